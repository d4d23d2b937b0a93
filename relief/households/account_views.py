"""How are the account, the consents and the proposed changes of a file handled?"""

from __future__ import annotations

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from relief import clock
from relief.domain.errors import NotYours
from relief.domain.sentences import Sentence
from relief.households import bank, consents, proposals
from relief.households.file_views import page_of
from relief.households.forms import AccountForm, ConsentForm, DecideForm
from relief.households.membership import list_members
from relief.households.models import Account, Proposal
from relief.households.proposal_words import described
from relief.households.routes import blueprint
from relief.households.sight import get_household
from relief.web.access import actor, confirmed, requires
from relief.web.forms import answer, whole
from relief.web.sentences import told


@blueprint.route("/households/<int:household_id>/account", methods=["GET", "POST"])
@requires("household.write")
@confirmed
def set_account(household_id: int) -> ResponseReturnValue:
    """Where the household's money goes."""
    by = actor()
    household = get_household(household_id, by=by)
    stands = {"payee_id": str(household.head_id), "holder": household.head.name}
    form = AccountForm(data=stands, choices={"payee_id": _people(household_id)})

    def act() -> Account:
        return bank.set_account(
            household_id, holder=form.holder.data, bank=form.bank.data, number=form.card.data,
            payee_id=int(form.payee_id.code), by=by,
        )  # fmt: skip

    def then(account: Account) -> str:
        if account.state == "active":
            flash(_("The account ending in %(tail)s is on file.", tail=account.number_tail), "good")
        else:
            flash(_("The new account waits for a second person, who confirms it by phone."), "calm")
        return page_of(household_id)

    return answer(
        form, act, then=then,
        page=lambda: render_template(
            "households/account.html", form=form, household=household, account=bank.find_account(household_id)
        ),
    )  # fmt: skip


@blueprint.route("/households/<int:household_id>/consents/add", methods=["GET", "POST"])
@requires("household.write")
def record_consents(household_id: int) -> ResponseReturnValue:
    """Signed consents, several at once as they stand on one paper."""
    by = actor()
    household = get_household(household_id, by=by)
    stands = {"person_id": str(household.head_id), "signed_on": clock.today()}
    form = ConsentForm(data=stands, choices={"person_id": _people(household_id)})

    @whole
    def act() -> None:
        for purpose in form.purposes.data:
            consents.record_consent(
                household_id, purpose=purpose, person_id=int(form.person_id.code), signed_on=form.signed_on.data,
                by=by,
            )  # fmt: skip
        flash(_("The consents are on file."), "good")

    return answer(
        form, act, then=page_of(household_id),
        page=lambda: render_template("households/consents.html", form=form, household=household),
    )  # fmt: skip


@blueprint.post("/households/<int:household_id>/consents/<int:consent_id>/withdraw")
@requires("household.write")
def withdraw_consent(household_id: int, consent_id: int) -> ResponseReturnValue:
    """The household takes a consent back."""
    consents.withdraw_consent(consent_id, household_id=household_id, by=actor())
    flash(_("The consent is withdrawn from today."), "good")
    return redirect(page_of(household_id), 303)


@blueprint.route("/households/<int:household_id>/proposals/<int:proposal_id>/decide", methods=["GET", "POST"])
@requires("proposal.decide")
@confirmed
def decide_proposal(household_id: int, proposal_id: int) -> ResponseReturnValue:
    """A second person looks at a proposed change and decides it."""
    by = actor()
    household, proposal = get_household(household_id, by=by), proposals.get_proposal(proposal_id, by=by)
    if proposal.household_id != household.id:
        raise NotYours
    form = DecideForm(data={"version": proposal.version})
    if proposal.subject != "account":
        del form.phoned
    if proposal.subject != "resident_id":
        del form.retyped

    def act() -> Proposal:
        return proposals.decide_proposal(
            proposal_id, accept=bool(form.accept.data), version=form.version.data,
            phoned="phoned" in form and form.phoned.data, note=form.note.data,
            retyped=form.retyped.data or "" if "retyped" in form else "", by=by,
        )  # fmt: skip

    def then(decided: Proposal) -> str:
        accepted = decided.state == "accepted"
        flash(_("The change is accepted.") if accepted else _("The change is declined."), "good")
        return page_of(household_id)

    return answer(
        form, act, then=then,
        page=lambda: render_template(
            "households/decide.html", form=form, household=household, proposal=proposal,
            why=Sentence.from_data(proposal.why),
            lines=[(name, told(now), told(new)) for name, now, new in described(proposal)],
        ),
    )  # fmt: skip


def _people(household_id: int) -> list[tuple[str, str]]:
    return [(str(one.person_id), one.person.name) for one in list_members(household_id)]
