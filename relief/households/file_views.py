"""How is a file opened, read, mended, and looked into behind its masks?"""

from __future__ import annotations

from flask import flash, make_response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.accounts.queries import list_unions
from relief.households import fields as file_fields
from relief.households import reveals, service
from relief.households.closing import STATUS, TONES
from relief.households.drafted import and_drop, drafted
from relief.households.file_page import get_file_page
from relief.households.forms import FileFieldsForm, OpenForm, RevealForm
from relief.households.membership import MemberGiven, PersonGiven
from relief.households.models import Household
from relief.households.routes import blueprint
from relief.households.sight import get_household
from relief.web.access import actor, requires
from relief.web.forms import answer


def page_of(household: Household | int) -> str:
    """The address of a file's page."""
    household_id = household if isinstance(household, int) else household.id
    return url_for("households.show_file", household_id=household_id)


@blueprint.get("/households/<int:household_id>")
@requires("household.read")
def show_file(household_id: int) -> ResponseReturnValue:
    """The whole file on one page."""
    return _page(household_id)


def _page(household_id: int, revealed: dict[str, str] | None = None, reveal_error: str = "") -> ResponseReturnValue:
    file = get_file_page(household_id, by=actor())
    return render_template(
        "households/file.html", file=file, household=file.household, statuses=STATUS, tones=TONES,
        revealed=revealed or {}, reveal_error=reveal_error, reveal=RevealForm(formdata=None),
    )  # fmt: skip


@blueprint.route("/households/open", methods=["GET", "POST"])
@requires("household.write")
def open_file() -> ResponseReturnValue:
    """A new file."""
    by, key = actor(), "household-open"
    units = [(str(union.id), union.name) for union in list_unions(by=by)]
    begins = {"union_id": str(by.union_id), "opened_on": clock.today(), "file_tier": "bureau"}
    form, restored = drafted(OpenForm, key, begins, choices={"union_id": units})

    def act() -> Household:
        return service.open_file(
            union_id=int(form.union_id.code),
            head=PersonGiven(form.name.data, form.resident_id.data, form.phone.data, nation=form.nation.data or None),
            said=MemberGiven(occupation=form.occupation.data), fields=_typed(form), opened_on=form.opened_on.data,
            by=by,
        )  # fmt: skip

    def then(household: Household) -> str:
        flash(_("File %(number)s is open.", number=household.number), "good")
        return page_of(household)

    return answer(
        form, and_drop(key, act), then=then,
        page=lambda: render_template("households/open.html", form=form, draft=key, restored=restored),
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/edit", methods=["GET", "POST"])
@requires("household.write")
def edit_file(household_id: int) -> ResponseReturnValue:
    """The fields of the household itself."""
    by, key = actor(), f"household-{household_id}-edit"
    household = get_household(household_id, by=by)
    stands = file_fields.standing(household) | {"address": "", "version": household.version}
    form, restored = drafted(FileFieldsForm, key, stands)

    def act() -> Household:
        typed = _typed(form)
        if not form.address.data:
            del typed["address"]  # the form does not show what is masked: blank means unchanged
        return service.edit_file(household_id, fields=typed, version=form.version.data, by=by)

    def then(household: Household) -> str:
        flash(_("The file is saved."), "good")
        return page_of(household)

    return answer(
        form, and_drop(key, act), then=then,
        page=lambda: render_template(
            "households/edit.html", form=form, household=household, draft=key, restored=restored
        ),
    )  # fmt: skip


@blueprint.post("/households/<int:household_id>/reveal/<what>")
@requires("identity.reveal")
def reveal_field(household_id: int, what: str) -> ResponseReturnValue:
    """One masked field of the file in full, once, on the page itself; the record keeps who looked and why."""
    return _revealed(household_id, what, None)


@blueprint.post("/households/<int:household_id>/members/<int:member_id>/reveal/<what>")
@requires("identity.reveal")
def reveal_member_field(household_id: int, member_id: int, what: str) -> ResponseReturnValue:
    """One masked field of a member in full, once."""
    return _revealed(household_id, what, member_id)


def _revealed(household_id: int, what: str, member_id: int | None) -> ResponseReturnValue:
    form = RevealForm()
    if not form.validate():
        why = _("Choose why you look at it; the record keeps the reason.")
        return make_response(_page(household_id, reveal_error=why), 422)
    value = reveals.reveal(household_id, what, reason=form.reason.code, member_id=member_id, by=actor())
    return _page(household_id, {f"{what}-{member_id or ''}": value})


def _typed(form: FileFieldsForm | OpenForm) -> dict[str, object]:
    return {name: form[name].data for name in file_fields.FIELDS}
