"""How do members come, change, die and leave, and how does another one become the head?"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.domain.errors import NotYours
from relief.domain.household import Relation
from relief.domain.permissions import Actor
from relief.households import member_service
from relief.households.drafted import and_drop, drafted
from relief.households.file_views import page_of
from relief.households.forms import AddMemberForm, DayForm, EditMemberForm, HeadForm
from relief.households.membership import MemberGiven, PersonGiven, list_members
from relief.households.models import Household, Member
from relief.households.routes import blueprint
from relief.households.sight import get_household
from relief.web.access import actor, requires
from relief.web.forms import answer

MEMBER = "/households/<int:household_id>/members/<int:member_id>"


@blueprint.route("/households/<int:household_id>/members/add", methods=["GET", "POST"])
@requires("household.write")
def add_member(household_id: int) -> ResponseReturnValue:
    """A person joins the file."""
    by, key = actor(), f"household-{household_id}-member"
    household = get_household(household_id, by=by)
    form, restored = drafted(AddMemberForm, key, {"since": clock.today()})

    def act() -> Member:
        return member_service.add_member(
            household_id, person=_person(form), relation=Relation(form.relation.code), said=_said(form),
            since=form.since.data, by=by,
        )  # fmt: skip

    def then(member: Member) -> str:
        flash(_("%(name)s is on file.", name=member.person.name), "good")
        return page_of(household_id)

    return answer(
        form, and_drop(key, act), then=then,
        page=lambda: render_template(
            "households/member.html", form=form, household=household, member=None, draft=key, restored=restored
        ),
    )  # fmt: skip


@blueprint.route(f"{MEMBER}/edit", methods=["GET", "POST"])
@requires("household.write")
def edit_member(household_id: int, member_id: int) -> ResponseReturnValue:
    """What is said of a member."""
    by, key = actor(), f"member-{member_id}-edit"
    household, member = _found(household_id, member_id, by)
    form, restored = drafted(EditMemberForm, key, _standing(member))
    _fit(form, member, by)

    def act() -> Member:
        return member_service.edit_member(member_id, fields=_typed(form), version=form.version.data, by=by)

    def then(member: Member) -> str:
        flash(_("%(name)s is saved.", name=member.person.name), "good")
        return page_of(household_id)

    return answer(
        form, and_drop(key, act), then=then,
        page=lambda: render_template(
            "households/member.html", form=form, household=household, member=member, draft=key, restored=restored
        ),
    )  # fmt: skip


@blueprint.route(f"{MEMBER}/end", methods=["GET", "POST"])
@requires("household.write")
def end_membership(household_id: int, member_id: int) -> ResponseReturnValue:
    """A member leaves the household."""
    return _on_a_day(household_id, member_id, member_service.end_membership, "households/end_member.html")


@blueprint.route(f"{MEMBER}/deceased", methods=["GET", "POST"])
@requires("household.write")
def mark_deceased(household_id: int, member_id: int) -> ResponseReturnValue:
    """A member has died."""
    return _on_a_day(household_id, member_id, member_service.mark_deceased, "households/deceased.html")


@blueprint.route("/households/<int:household_id>/change-head", methods=["GET", "POST"])
@requires("household.write")
def change_head(household_id: int) -> ResponseReturnValue:
    """Another member becomes the head."""
    by = actor()
    household = get_household(household_id, by=by)
    members = list_members(household_id)
    others = [(str(one.id), one.person.name) for one in members if one.person_id != household.head_id]
    form = HeadForm(choices={"member_id": others})
    head_is_there = any(one.person_id == household.head_id for one in members)

    def act() -> Household:
        becomes = Relation(form.old_head_is.code) if form.old_head_is.code else None
        return member_service.change_head(int(form.member_id.code), old_head_is=becomes, by=by)

    def then(changed: Household) -> str:
        flash(_("%(name)s is the head now. Check how the others are related.", name=changed.head.name), "good")
        return page_of(changed)

    return answer(
        form, act, then=then,
        page=lambda: render_template(
            "households/change_head.html", form=form, household=household, head_is_there=head_is_there
        ),
    )  # fmt: skip


def _on_a_day(household_id: int, member_id: int, verb: Any, template: str) -> ResponseReturnValue:
    by = actor()
    household, member = _found(household_id, member_id, by)
    form = DayForm(data={"version": member.version, "on": clock.today()})

    def act() -> Member:
        return verb(member_id, on=form.on.data, version=form.version.data, by=by)  # type: ignore[no-any-return]

    def then(_member: Member) -> str:
        flash(_("The file is saved."), "good")
        return page_of(household_id)

    return answer(
        form, act, then=then,
        page=lambda: render_template(template, form=form, household=household, member=member),
    )  # fmt: skip


def _found(household_id: int, member_id: int, by: Actor) -> tuple[Household, Member]:
    household = get_household(household_id, by=by)
    member = next((one for one in list_members(household_id) if one.id == member_id), None)
    if member is None:
        raise NotYours
    return household, member


def _standing(member: Member) -> dict[str, Any]:
    return {
        "name": member.person.name, "relation": member.relation, "health": member.health,
        "monthly_income": member.monthly_income, "occupation": member.occupation, "version": member.version,
    }  # fmt: skip


def _fit(form: EditMemberForm, member: Member, by: Actor) -> None:
    """What this member's form does not ask: the head's relation, an ID that stands, health that one may not see."""
    del form.born_on, form.nation
    if member.relation == Relation.HEAD.value:
        del form.relation
    if member.person.resident_id is not None:
        del form.resident_id
    if not by.can("health.read"):
        del form.health


def _typed(form: EditMemberForm) -> dict[str, Any]:
    """A phone or an ID left blank stays as it is: the form does not show what is masked."""
    names = ("name", "relation", "health", "monthly_income", "occupation", "phone", "resident_id")
    typed = {name: form[name].data for name in names if name in form}
    return {name: value for name, value in typed.items() if value or name not in ("phone", "resident_id")}


def _person(form: AddMemberForm) -> PersonGiven:
    return PersonGiven(
        form.name.data, form.resident_id.data or None, form.phone.data or None, born_on=form.born_on.data,
        nation=form.nation.data or None,
    )  # fmt: skip


def _said(form: AddMemberForm) -> MemberGiven:
    return MemberGiven(form.health.data, form.monthly_income.data, form.occupation.data)
