"""How is a case reviewed, approved, and an approval taken back over the screen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from relief.cases import queries, service
from relief.cases.amounts import amount_shown
from relief.cases.forms import ApproveForm, MeetingApproveForm, NoteForm, ReviewForm
from relief.cases.meeting_fields import meeting_id_of, offered_meetings
from relief.cases.models import Case
from relief.cases.routes import blueprint
from relief.cases.service.chains import open_level
from relief.cases.service.steps import policy_for
from relief.cases.stepping import take_step
from relief.domain.money import ZERO, Money
from relief.domain.permissions import Actor
from relief.domain.sentences import Sentence, sentence
from relief.funds.queries import FundStanding, list_standings
from relief.web.access import actor, requires
from relief.web.forms import whole


@dataclass(frozen=True)
class FundLeft:
    """A fund that may pay: what it can still promise, now and after this case."""

    standing: FundStanding
    left: Money
    after: Money

    @property
    def label(self) -> Markup:
        return Markup('{} <span lang="zh-Hans">{}</span>').format(self.standing.fund.code, self.standing.fund.name)

    @property
    def note(self) -> Sentence:
        """What stands beside the fund's name: what it has left, and whether that is enough."""
        if self.after < ZERO:
            return sentence("Left to promise: %(left)s. Too little by %(short)s.", left=self.left, short=-self.after)
        return sentence("Left to promise: %(left)s; after this case %(after)s.", left=self.left, after=self.after)


@blueprint.route("/cases/<int:case_id>/review", methods=["GET", "POST"])
@requires("case.review")
def review(case_id: int) -> ResponseReturnValue:
    """The bureau looks it through and says who must approve."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = ReviewForm(data={"version": case.version, "amount": case.noticed or case.proposed})
    return take_step(
        case, "review", form,
        lambda version: service.review(
            case_id, version=version, amount=form.amount.data or ZERO, note=form.note.data or "", by=by
        ),
        said=_("The review is passed."), more=lambda: {"amount": amount_shown(case)},
    )  # fmt: skip


@blueprint.route("/cases/<int:case_id>/approve", methods=["GET", "POST"])
@requires("case.approve")
def approve(case_id: int) -> ResponseReturnValue:
    """The signature of the level whose turn it is; the last one names the fund."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = _approve_form(case, by)

    @whole
    def act(version: int) -> Case:
        return service.approve(
            case_id, version=version, amount=form.amount.data or ZERO, note=form.note.data or "",
            fund_id=int(form.fund.code) if form.fund.code else None,
            meeting_id=meeting_id_of(form, by) if isinstance(form, MeetingApproveForm) else None, by=by,
        )  # fmt: skip

    def more() -> dict[str, Any]:
        notes = {str(one.standing.fund.id): one.note for one in funds_for(case)}
        return {"amount": amount_shown(case), "notes": notes, "level": open_level(case)}

    return take_step(case, "approve", form, act, said=_("Approved. The money is promised."), more=more)


def _approve_form(case: Case, by: Actor) -> ApproveForm:
    """The form of the open level: with the office meeting where it needs one; the only fund that can, chosen."""
    level, funds = open_level(case), funds_for(case)
    able = [str(one.standing.fund.id) for one in funds if one.after >= ZERO]
    stands = {"version": case.version, "amount": case.proposed, "fund": able[0] if len(able) == 1 else None}
    choices: dict[str, Any] = {"fund": [(str(one.standing.fund.id), one.label) for one in funds]}
    if level is None or not level.needs_meeting:
        return ApproveForm(data=stands, choices=choices)
    meetings = offered_meetings(by)
    return MeetingApproveForm(data=stands | meetings.begins, choices=choices | {"meeting": meetings.choices})


def funds_for(case: Case) -> list[FundLeft]:
    """The funds that the policy lets pay, in its order, each with what it has left."""
    wanted, by_code = case.proposed or ZERO, {one.fund.code: one for one in list_standings()}
    found = [by_code[code] for code in policy_for(case).funds if code in by_code]
    return [FundLeft(one, one.balance.left_to_promise, one.balance.left_to_promise - wanted) for one in found]


@blueprint.route("/cases/<int:case_id>/recall", methods=["GET", "POST"])
@requires("case.approve")
def recall(case_id: int) -> ResponseReturnValue:
    """Take the approval back before any sheet."""
    by = actor()
    case = queries.get_case(case_id, by=by)
    form = NoteForm(data={"version": case.version})
    return take_step(
        case, "recall", form,
        lambda version: service.recall(case_id, version=version, note=form.note.data or "", by=by),
        said=_("The approval is taken back; the money is free again."),
    )  # fmt: skip
