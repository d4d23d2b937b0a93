"""How is an application written, looked at while it is typed, and mended?"""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.cases import facts, queries, service
from relief.cases.amounts import AmountShown, amount_preview
from relief.cases.forms import ApplicationForm
from relief.cases.models import Case
from relief.cases.routes import blueprint, grade_notes
from relief.cases.service.entering import as_entered, grades_in
from relief.cases.service.steps import policy_for
from relief.cases.stepping import offer_of, page_of, version_of
from relief.cases.words import fields_to_mend
from relief.domain.aid import find_kind, kinds
from relief.domain.aid.kind import Kind
from relief.domain.errors import NotYours
from relief.households.drafted import and_drop, drafted
from relief.households.models import Household
from relief.households.sight import get_household
from relief.policies.queries import get_policy_version, policy_of
from relief.web.access import actor, requires
from relief.web.forms import answer


@blueprint.route("/households/<int:household_id>/cases/new", methods=["GET", "POST"])
@requires("case.write")
def open(household_id: int) -> ResponseReturnValue:
    """A new case for a household, of the kind that the address names."""
    by = actor()
    household, kind = get_household(household_id, by=by), _asked_kind()
    key = f"case-open-{household_id}-{kind.code}"
    form, restored = drafted(ApplicationForm, key, of_kind=kind, members=_members(household))

    def act() -> Case:
        return service.open_case(household_id, kind.code, form.said(), by=by)

    def then(case: Case) -> str:
        flash(_("Case %(number)s is open. See below what is still missing.", number=case.number), "good")
        return page_of(case)

    def page() -> str:
        policy = policy_of(get_policy_version(kind.code, clock.today()))
        return render_template(
            "cases/open.html", form=form, household=household, kind=kind, draft=key, restored=restored,
            mend=frozenset(), grades=grade_notes(grades_in(policy)),
            amount=_previewed(household, kind.code, None, form),
            preview_url=url_for("cases.preview", household_id=household_id, kind=kind.code),
        )  # fmt: skip

    return answer(form, and_drop(key, act), then=then, page=page)


@blueprint.post("/households/<int:household_id>/cases/preview")
@requires("case.write")
def preview(household_id: int) -> ResponseReturnValue:
    """The amount of what is typed so far, as a part of the page; nothing is kept."""
    by = actor()
    household = get_household(household_id, by=by)
    case = queries.get_case(int(request.args["case"]), by=by) if request.args.get("case", "").isdecimal() else None
    if case is not None and case.household_id != household.id:
        raise NotYours
    kind = find_kind(case.kind) if case else _asked_kind()
    form = ApplicationForm(of_kind=kind, members=_members(household))
    return render_template("cases/preview.html", amount=_previewed(household, kind.code, case, form))


@blueprint.route("/cases/<int:case_id>/edit", methods=["GET", "POST"])
@requires("case.write")
def edit(case_id: int) -> ResponseReturnValue:
    """A draft is mended; what was sent back is marked."""
    by, key = actor(), f"case-{case_id}-edit"
    case = queries.get_case(case_id, by=by)
    household, kind = case.household, find_kind(case.kind)
    form, restored = drafted(ApplicationForm, key, _standing(case), of_kind=kind, members=_members(household))

    def act() -> Case:
        return service.edit_case(case_id, form.said(), version=version_of(form), by=by)

    def then(edited: Case) -> str:
        flash(_("The application is saved."), "good")
        return page_of(edited)

    def page() -> str:
        return render_template(
            "cases/edit.html", form=form, case=case, household=household, kind=kind, draft=key,
            restored=restored, offer=offer_of(case, "edit", by), mend=fields_to_mend(case.mend_fields),
            grades=grade_notes(grades_in(policy_for(case))), amount=_previewed(household, kind.code, case, form),
            preview_url=url_for("cases.preview", household_id=household.id, case=case.id),
        )  # fmt: skip

    return answer(form, and_drop(key, act), then=then, page=page)


def _asked_kind() -> Kind:
    """The kind of aid that the address names; one that nobody wrote, or that is worked as a list, is no page."""
    kind = kinds().get(request.args.get("kind", "special"))
    if kind is None or kind.way == "list":
        raise NotYours
    return kind


def _members(household: Household) -> list[tuple[str, str]]:
    return [(str(member.person_id), member.person.name) for member in facts.list_members(household.id)]


def _standing(case: Case) -> dict[str, Any]:
    """What the form holds of a case as it stands."""
    stands = dict(vars(as_entered(case)))
    for name in ("grade", "beneficiary_id"):
        stands[name] = str(stands[name] or "")
    return {**stands, "version": case.version}


def _previewed(household: Household, kind: str, case: Case | None, form: ApplicationForm) -> AmountShown | None:
    return amount_preview(household.id, kind, form.said(), case=case)
