"""What is typed when a voucher is printed, signed, filed or made void?"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from relief.domain.reasons import REASONS
from relief.web.forms import (
    DayField,
    Form,
    LongTextField,
    Needed,
    PickField,
    UploadField,
    VersionedForm,
)
from relief.web.locale import LANGUAGES

COPIES = (
    ("archive", _l("Archive copy, with full ID and card numbers")),
    ("masked", _l("Copy with private values hidden")),
)


class PrintForm(Form):
    """Which copy, in which language."""

    copy = PickField(_l("Which copy"), [Needed()], choices=COPIES)
    language = PickField(_l("Language of the paper"), [Needed()], choices=tuple(LANGUAGES.items()))


class SignForm(VersionedForm):
    """The day of the signature, and the signed paper."""

    signed_on = DayField(_l("Day of the signature"), [Needed()])
    scans = UploadField(_l("Photo or scan of the signed voucher"), most=4)


class ArchiveForm(VersionedForm):
    """Filing needs no more than a yes."""


class VoidForm(VersionedForm):
    """Why a voucher is void."""

    reason = PickField(
        _l("Reason"), [Needed()], looks="radio",
        choices=[(code, words) for code, words in REASONS["void"].items() if code != "V02"],
    )  # fmt: skip
    note = LongTextField(_l("Explain it in a sentence"), [Needed()], most=200)
