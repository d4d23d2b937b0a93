"""What do the auditor's forms ask? The shape of input; rules are in the services."""

from __future__ import annotations

from relief.domain.audit_findings import FINDINGS
from relief.domain.auditing import LARGEST_SAMPLE, LONGEST_SEED
from relief.domain.labels import label
from relief.domain.sentences import sentence
from relief.web.forms import (
    CountField,
    DayField,
    Form,
    LongTextField,
    Needed,
    PickField,
    TextField,
    VersionedForm,
)

CODES = [(one.code, sentence("%(code)s %(title)s", code=one.code, title=one.title)) for one in FINDINGS]


class AboutForm(Form):
    """What the doubt is about, by its number."""

    number = TextField(
        label("Number"), [Needed(label("Type a number as it stands on the screen or on paper."))], most=40
    )


class RaiseForm(Form):
    """What the auditor asks, of whom, by when."""

    code = PickField(label("Finding"), [Needed()], choices=CODES)
    question = LongTextField(label("The question"), [Needed()])
    owner = PickField(label("Who answers"), [Needed()])
    due_on = DayField(label("Answer due by"), [Needed()])


class AnswerForm(VersionedForm):
    """The owner's answer."""

    answer = LongTextField(label("Your answer"), [Needed()])


class JudgeForm(VersionedForm):
    """What the auditor found."""

    finding = LongTextField(label("Finding and why"), [Needed()])


class SampleForm(Form):
    """The seed and the bounds of a sample."""

    seed = TextField(label("Seed"), [Needed()], most=LONGEST_SEED)
    size = CountField(label("How many cases"), [Needed()], least=1, most=LARGEST_SAMPLE)
    since = DayField(label("Submitted from"), [Needed()])
    until = DayField(label("Submitted until"), [Needed()])
    kind = PickField(label("Kind"), blank=label("All"))
    unit = PickField(label("Unit"), blank=label("All"))
