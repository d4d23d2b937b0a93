"""Is it settled in one place what proves that aid was received, whatever the way?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from relief.domain.reasons import REASONS, returned_reasons
from relief.domain.ways import PROOF_OF_RECEIPT, Proof, Way, way_of


@pytest.mark.parametrize(
    ("way", "proof"),
    [(Way.TRANSFER, Proof.BANK_LINE), (Way.CASH, Proof.SIGNED_SHEET), (Way.GOODS, Proof.SIGNED_SHEET)],
)
def test_the_bank_proves_a_transfer_a_signature_the_rest(way: Way, proof: Proof) -> None:
    assert PROOF_OF_RECEIPT.of(way) == PROOF_OF_RECEIPT.of(way.value) == proof
    assert way in PROOF_OF_RECEIPT.vouchers


def test_the_setting_can_be_another() -> None:
    signed = replace(PROOF_OF_RECEIPT, transfer=Proof.SIGNED_SHEET, vouchers=frozenset({"cash"}))
    assert signed.of("transfer") == Proof.SIGNED_SHEET and "goods" not in signed.vouchers
    with pytest.raises(ValueError, match="barter"):
        PROOF_OF_RECEIPT.of("barter")


@pytest.mark.parametrize(("form", "way"), [("cash", Way.TRANSFER), ("goods", Way.GOODS)])
def test_goods_are_handed_over_and_money_is_transferred(form: str, way: Way) -> None:
    assert way_of(form) is way


def test_goods_come_back_for_other_reasons_than_money() -> None:
    money, goods = returned_reasons("transfer"), returned_reasons("goods")
    assert set(money) | set(goods) == set(REASONS["bounce"]) and not set(money) & set(goods)
    assert money == returned_reasons("cash") and "G01" in goods and "B01" in money
