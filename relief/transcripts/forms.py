"""What do the forms of paper decisions ask? The shape of input; rules are in the service."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from relief.cases.words import MENDABLE
from relief.domain.money import Money
from relief.domain.reasons import REASONS
from relief.domain.transcribing import ASKED, PaperDecision
from relief.web.forms import (
    DayField,
    Form,
    LongTextField,
    ManyPickField,
    MoneyField,
    Needed,
    PickField,
    TextField,
    TickField,
    UploadField,
    VersionedForm,
)

_REASONS = {
    "send_back": list(REASONS["return"].items()),
    "refuse": [(code, text) for code, text in REASONS["refuse"].items() if code != "J08"],
}
# Step → the fields that its paper has beside signer, day, words and photo.
_FIELDS = {
    "give_opinion": ("amount", "minutes_number", "attendees"), "review": ("amount",),
    "approve": ("amount", "fund", "minutes_number", "attendees"), "send_back": ("reason", "fields"),
    "refuse": ("reason",),
}  # fmt: skip
_NEEDED = (("minutes", "minutes_number"), ("note", "note"))  # what only some papers must say → its field
_OWN = ("amount", "fund", "reason", "fields", "minutes_number", "attendees")


class PaperForm(Form):
    """A decision as it stands on its paper; of the fields only those of the step are there."""

    signer = PickField(_l("Who signed"), [Needed()])
    signed_on = DayField(_l("Signed on"), [Needed()])
    amount = MoneyField(_l("Amount on the paper"), [Needed()])
    fund = PickField(_l("Fund that pays"))
    reason = PickField(_l("Reason"), [Needed()], looks="radio")
    fields = ManyPickField(_l("What has to be mended"), [Needed()], choices=list(MENDABLE.items()))
    minutes_number = TextField(_l("Number of the minutes"), most=40)
    attendees = LongTextField(_l("Who took part, one on each line"), most=600)
    note = LongTextField(_l("Words on the paper"), most=500)
    photos = UploadField(_l("Photo of the signed paper"), [Needed()], most=5)

    def __init__(self, *args: Any, verb: str, **kw: Any) -> None:
        self._verb = verb
        super().__init__(*args, **kw)

    def process(self, *args: Any, **kw: Any) -> None:
        self._offered = {**self._offered, "reason": _REASONS.get(self._verb, [])}
        super().process(*args, **kw)
        for name in set(_OWN) - set(_FIELDS[self._verb]):
            del self[name]
        for asked, name in _NEEDED:
            if asked in ASKED[self._verb]:
                self[name].validators, self[name].flags.required = (Needed(),), True

    def said(self) -> PaperDecision:
        """The decision as it is typed; call it on a form that was read."""
        amount: Money | None = self._typed("amount")
        return PaperDecision(
            verb=self._verb, signed_on=self.signed_on.data, amount=amount,  # type: ignore[arg-type]
            fund_id=int(self._code("fund") or 0) or None, reason=self._code("reason"),
            fields=tuple(self._typed("fields") or ()), note=self.note.data or "",
            minutes_number=self._typed("minutes_number") or "",
            attendees=tuple(name.strip() for name in (self._typed("attendees") or "").splitlines() if name.strip()),
        )  # fmt: skip

    def _typed(self, name: str) -> Any:
        return self[name].data if name in self else None

    def _code(self, name: str) -> str:
        return self[name].code or "" if name in self else ""


class CompareForm(VersionedForm):
    """A second person says that the values stand on the paper."""

    same = TickField(_l("I compared every value with the photo: they agree, and the paper is signed"), [Needed()])


class RejectForm(VersionedForm):
    """A second person says that they do not."""

    answer = LongTextField(_l("What does not agree"), [Needed()], most=300)
