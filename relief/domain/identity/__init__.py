"""Who is this, and is the number real? Read, judge and mask what people are known by."""

from relief.domain.identity.bank_card import Card, bank_guess, clean_card, judge_card
from relief.domain.identity.credit_code import clean_credit_code, judge_credit_code
from relief.domain.identity.masks import (
    ListedName,
    mask_card,
    mask_name,
    mask_names,
    mask_numbers,
    mask_phone,
    mask_resident_id,
)
from relief.domain.identity.name import clean_name, judge_name
from relief.domain.identity.phone import clean_mobile, judge_contact, judge_phone
from relief.domain.identity.resident_id import (
    IdentityRefused,
    ResidentId,
    Sex,
    age_on,
    check_character,
    clean_resident_id,
    judge_resident_id,
    read_sex,
    upgrade_old,
)

__all__ = [
    "Card",
    "IdentityRefused",
    "ListedName",
    "ResidentId",
    "Sex",
    "age_on",
    "bank_guess",
    "check_character",
    "clean_card",
    "clean_credit_code",
    "clean_mobile",
    "clean_name",
    "clean_resident_id",
    "judge_card",
    "judge_contact",
    "judge_credit_code",
    "judge_name",
    "judge_phone",
    "judge_resident_id",
    "mask_card",
    "mask_name",
    "mask_names",
    "mask_numbers",
    "mask_phone",
    "mask_resident_id",
    "read_sex",
    "upgrade_old",
]
