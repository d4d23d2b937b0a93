"""Which decisions on paper can a case take now, who may have signed them, and which fund may they name?"""

from __future__ import annotations

from relief.accounts.queries import actor_of
from relief.cases.models import Case
from relief.cases.passing import passed_of, table_of
from relief.cases.service.steps import policy_for
from relief.domain.permissions import Actor
from relief.domain.transcribing import ASKED
from relief.domain.workflow import Step
from relief.funds.queries import list_standings
from relief.transcripts.applying import may_have_signed
from relief.transcripts.queries import list_signers


def open_verbs(case: Case) -> list[Step]:
    """The steps out of the case's state that may be taken on paper, in the order of the table."""
    table = table_of(passed_of(case))
    return [step for step in table if step.verb in ASKED and step.leaves_from(case.state, case.lane)]


def signers(case: Case, step: Step, *, by: Actor) -> list[tuple[str, str]]:
    """Whose decision it may be: who holds the step's permission and sees the case, but not whoever types."""
    users = [user for user in list_signers(step.permission) if user.person_id != by.person_id]
    return [(str(user.id), f"{user.person.name}（{user.union.short_name}）")
            for user in users if may_have_signed(case, step, actor_of(user))]  # fmt: skip


def funds(case: Case) -> list[tuple[str, str]]:
    """The funds that the case's policy lets pay, in its order."""
    standing = {one.fund.code: one.fund for one in list_standings()}
    codes = [code for code in policy_for(case).funds if code in standing]
    return [(str(standing[code].id), f"{code} {standing[code].name}") for code in codes]
