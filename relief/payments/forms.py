"""What is typed on the way of a sheet, from its start to the bank's answer?"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from relief.domain.month import Month
from relief.domain.reasons import REASONS
from relief.domain.ways import Way
from relief.web.fields import half_width
from relief.web.forms import (
    DayField,
    Form,
    LongTextField,
    ManyPickField,
    Needed,
    PickField,
    TextField,
    TickField,
    VersionedForm,
)
from relief.web.locale import LANGUAGES

WAYS = (
    (Way.TRANSFER.value, _l("Money, by bank transfer")),
    (Way.GOODS.value, _l("Goods, signed for when handed over")),
)
COPIES = (
    ("masked", _l("Copy with private values hidden")),
    ("archive", _l("Archive copy, with full ID and card numbers")),
)
FORMATS = (("xlsx", _l("Workbook (xlsx)")), ("pdf", _l("PDF, to print and sign")))
WHY_ARCHIVE = (
    ("pay", _l("To pay it at the bank")),
    ("sign", _l("To have it signed on paper")),
    ("file", _l("To file it with the accounts")),
    ("audit", _l("For an audit")),
)


class MonthField(TextField):
    """A month as `2026-02`; 202602 is read too. A Month out, None for blank."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        typed = half_width(str(valuelist[0])) if valuelist else ""
        if typed:
            self.data = self._read(typed)

    def _read(self, typed: str) -> Month:
        try:
            return Month.parse(typed)
        except ValueError:
            raise ValueError(_("Type the month as year-month, such as 2026-02.")) from None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else str(self.data or "")

    def pre_validate(self, form: Any) -> None:
        return


class StartForm(Form):
    """A new sheet: whose money, given in which way, which month, what for."""

    fund = PickField(_l("Fund"), [Needed()])
    way = PickField(_l("Way of paying"), choices=WAYS, looks="radio")
    month = MonthField(_l("Month of payment"), [Needed()])
    title = TextField(_l("What it is for"), most=80)


class StepForm(VersionedForm):
    """A step that needs no more than a yes; `back` is where the password is asked from."""

    back = HiddenField()


class GatherForm(VersionedForm):
    """Which rows go on the sheet: those that are ticked, or all that may."""

    rows = ManyPickField(_l("Payments on this sheet"))
    everything = TickField(_l("All that may"))


class ReturnForm(VersionedForm):
    """What must be changed."""

    note = LongTextField(_l("What must be changed"), [Needed()], most=400)


class ArrivedForm(VersionedForm):
    """Which rows arrived, and on which day."""

    rows = ManyPickField(_l("Payments on this sheet"))
    everything = TickField(_l("All arrived"))
    on = DayField(_l("Day of the bank's success"), [Needed()])
    bank_number = TextField(_l("Number of the bank's receipt"), most=40)


class SignedForm(VersionedForm):
    """Which rows were handed over and signed for, and on which day."""

    rows = ManyPickField(_l("Rows on this sheet"))
    everything = TickField(_l("All were signed for"))
    on = DayField(_l("Day of the signature"), [Needed()])


class BounceForm(VersionedForm):
    """Why the bank returned a row."""

    reason = PickField(_l("Reason given by the bank"), [Needed()])
    on = DayField(_l("Day of the return"), [Needed()])
    note = TextField(_l("In the bank's words"), most=200)


class NotHandedForm(BounceForm):
    """Why goods were not handed over."""

    reason = PickField(_l("Why they were not handed over"), [Needed()])
    on = DayField(_l("Day on which it was tried"), [Needed()])
    note = TextField(_l("In a few words"), most=200)


class BookForm(VersionedForm):
    """The accountant's own numbers."""

    subject_code = TextField(_l("Account subject"), most=40)
    ledger_number = TextField(_l("Accounting entry no."), most=40)
    bank_number = TextField(_l("Bank receipt no."), most=40)


class TakeAwayForm(Form):
    """Which copy of a sheet is taken away, and why when it shows full numbers."""

    copy = PickField(_l("Which copy"), [Needed()], choices=COPIES, looks="radio")
    file_format = PickField(_l("As what"), [Needed()], choices=FORMATS, looks="radio")
    language = PickField(_l("Language of the paper"), [Needed()], choices=tuple(LANGUAGES.items()), looks="radio")
    reason = PickField(_l("Why the full numbers are needed"), choices=WHY_ARCHIVE)


class EndMonthsForm(VersionedForm):
    """Why an award by month ends before its last month."""

    reason = PickField(_l("Reason"), [Needed()], choices=list(REASONS["end"].items()), looks="radio")
    note = LongTextField(_l("The reason in a sentence, for the household"), [Needed()], most=300)
