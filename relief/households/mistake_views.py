"""How does a hand take back a death that was none, or put up the right ID number of a member?"""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief.db import db
from relief.domain.errors import NotYours
from relief.domain.household import Relation
from relief.domain.permissions import Actor
from relief.households import mistakes
from relief.households.file_views import page_of
from relief.households.forms import NotDeadForm, NumberForm
from relief.households.models import Household, Member, Proposal
from relief.households.routes import blueprint
from relief.households.sight import get_household
from relief.web.access import actor, requires
from relief.web.forms import answer

MEMBER = "/households/<int:household_id>/members/<int:member_id>"


@blueprint.route(f"{MEMBER}/not-deceased", methods=["GET", "POST"])
@requires("household.write")
def take_back_death(household_id: int, member_id: int) -> ResponseReturnValue:
    """The person lives after all."""
    by = actor()
    household, member = _found(household_id, member_id, by)
    form = NotDeadForm(data={"version": member.version})
    if member.relation != Relation.HEAD.value or household.head_id == member.person_id:
        del form.relation

    def act() -> Member:
        becomes = Relation(form.relation.code) if "relation" in form and form.relation.code else None
        return mistakes.take_back_death(
            member_id, reason=form.reason.data, relation=becomes, version=form.version.data, by=by
        )

    def then(_member: Member) -> str:
        flash(_("The death is taken back. Payments that it stopped wait for a sheet again."), "good")
        return page_of(household_id)

    return answer(
        form, act, then=then,
        page=lambda: render_template("households/not_deceased.html", form=form, household=household, member=member),
    )  # fmt: skip


@blueprint.route(f"{MEMBER}/correct-id", methods=["GET", "POST"])
@requires("household.write")
def correct_resident_id(household_id: int, member_id: int) -> ResponseReturnValue:
    """The right ID number waits for a second person."""
    by = actor()
    household, member = _found(household_id, member_id, by)
    form = NumberForm(data={"version": member.version})

    def act() -> Proposal:
        return mistakes.propose_resident_id(
            member_id, number=form.resident_id.data, reason=form.reason.data, version=form.version.data, by=by
        )

    def then(_proposal: Proposal) -> str:
        flash(_("The right number waits for a second person, who compares it with the card."), "good")
        return page_of(household_id)

    return answer(
        form, act, then=then,
        page=lambda: render_template("households/correct_id.html", form=form, household=household, member=member),
    )  # fmt: skip


def _found(household_id: int, member_id: int, by: Actor) -> tuple[Household, Member]:
    """The file and one who is or was a member of it."""
    household, member = get_household(household_id, by=by), db.session.get(Member, member_id)
    if member is None or member.household_id != household.id:
        raise NotYours
    return household, member
