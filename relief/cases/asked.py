"""What does an application say, row by row, in the words of its kind? For every page that shows a case in short."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup

from relief.cases.models import Case
from relief.cases.routes import blueprint, event_words, grade_words
from relief.db import db
from relief.domain.aid import find_kind
from relief.persons.models import Person
from relief.web.sentences import told, words

_WRITTEN = Markup('<span lang="zh-Hans" class="as-written">{}</span>')
_NAME = Markup('<span lang="zh-Hans">{}</span>')


def said_rows(case: Case) -> list[tuple[str, str]]:
    """Label and value of what the applicant said, ready to print; only what the kind asks for, blank where unsaid."""
    kind, story = find_kind(case.kind), case.event.story if case.event else case.story
    rows = [*_item_rows(case), *_event_rows(case)]
    if story or kind.asks:
        rows.append((_("In a few sentences"), _WRITTEN.format(story) if story else ""))
    if "grade" in kind.asks:
        rows.append((_("Grade of loss"), words(grade_words(case.grade))))
    rows.append((_("Amount asked for"), told(case.requested) if case.requested else _("the full standard")))
    return rows


def _item_rows(case: Case) -> list[tuple[str, str]]:
    """What the aid is for, with the months, the costs or the student that belong to it."""
    kind = find_kind(case.kind)
    if "item" not in kind.asks:
        return []
    rows = [(_("What the aid is for"), words(kind.items.get(case.item or "")))]
    if case.months:
        rows.append((_("For how many months"), str(case.months)))
    if case.cost is not None:
        rows.append((_("Costs that the household bore itself"), told(case.cost)))
    if case.beneficiary_id is not None:
        student = db.session.get_one(Person, case.beneficiary_id)
        rows.append((_("Who studies"), _NAME.format(student.name)))
    return rows


def _event_rows(case: Case) -> list[tuple[str, str]]:
    if case.event:
        return [(_("What happened"), words(event_words(case.event.kind))), (_("On which day"), told(case.event.on))]
    return [(_("What happened"), ""), (_("On which day"), "")] if find_kind(case.kind).needs_event else []


def answers(case: Case, change: str) -> list[tuple[str, str, str]]:
    """The same to be read once more, each with the way to change it."""
    return [(label, value, change) for label, value in said_rows(case)]


@blueprint.app_context_processor
def _said() -> dict[str, object]:
    """The cases in short stand on pages of other rooms too."""
    return {"said_rows": said_rows, "answers_of": answers}
