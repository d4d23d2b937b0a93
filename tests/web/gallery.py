"""What does every piece of the web layer look like? A bare application with one page of all macros."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace as Row

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader

from relief.domain.errors import NotAllowed, NotYours, Refusal, RuleBroken, Stale, WrongState
from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import sentence
from relief.domain.workflow import CASE_STEPS, STATE_LABELS, Offer, State
from relief.web import assets, errors, formatting, headers, locale
from relief.web.charts import Chart, Series
from relief.web.filters import Filter, chosen
from relief.web.forms import (
    CountField,
    DayField,
    LongTextField,
    ManyPickField,
    MoneyField,
    Needed,
    NeededWhen,
    PhoneField,
    PickField,
    TextField,
    TickField,
    UploadField,
    VersionedForm,
    YesNoField,
    answer,
)
from relief.web.paging import Page

ROOT = Path(__file__).parents[2]
WORKDAY = date(2026, 2, 26)


class EventForm(VersionedForm):
    """A form with every kind of field."""

    name = TextField(label("Applicant"), [Needed()], most=30)
    amount = MoneyField(label("Amount"), [Needed()])
    on = DayField(label("Day of the event"), [Needed()])
    members = CountField(label("Members of the household"), least=1, most=20)
    phone = PhoneField(label("Mobile"))
    grade = PickField(label("Grade"), choices=[("1", label("First")), ("2", label("Second"))])
    cause = PickField(
        label("Cause"), [Needed()], choices=[("fire", label("Fire")), ("other", label("Other"))], looks="radio"
    )
    cause_other = TextField(label("Which other cause"), [NeededWhen("cause", "other")])
    needs = ManyPickField(label("Needs"), choices=[("coal", label("Coal")), ("school", label("School fees"))], most=1)
    heated = YesNoField(label("Central heating"))
    words = LongTextField(label("What was seen"))
    photos = UploadField(label("Photos"), most=3)
    consent = TickField(label("The household agrees"))


REFUSALS: dict[str, Refusal] = {
    "rule": RuleBroken("amount", "At most %(most)s for this grade.", most=Money.yuan(3000)),
    "whole": RuleBroken(None, "The window is closed since %(day)s.", day=WORKDAY),
    "state": WrongState(None, "The case has moved on."),
    "hands": NotAllowed(None, "You have visited this household."),
    "missing": NotYours(),
    "stale": Stale({"amount": (Money.yuan(3000), Money.yuan(2500)), "words": ("屋顶已修好", "屋顶漏雨")}, version=4),
}


@dataclass(frozen=True)
class Clerk:
    """Who looks at the gallery."""

    name: str = "单晓明"
    roles: frozenset[str] = field(default_factory=lambda: frozenset({"caseworker"}))

    def can(self, permission: str) -> bool:
        return True


def make_app(translations: str, *, propagate: bool = True) -> Flask:
    """The bare application; `translations` is a folder with a compiled catalogue."""
    app = Flask(
        "relief", root_path=str(ROOT / "relief"), template_folder=str(ROOT / "templates"), static_folder="static"
    )
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(ROOT / "templates"), FileSystemLoader(Path(__file__).parent / "pages")]
    )
    app.config.update(SECRET_KEY="gallery", TESTING=propagate, MAX_CONTENT_LENGTH=2_000_000)
    CSRFProtect(app)
    locale.register(app, translations)
    for layer in (assets, formatting, headers, errors):
        layer.register(app)
    app.context_processor(_context)
    for rule, view in {
        "/": gallery,
        "/form": form_page,
        "/job": job_page,
        "/broken": broken,
        "/refused/<what>": refused,
    }.items():
        app.add_url_rule(rule, view_func=view, methods=["GET", "POST"])
    app.add_url_rule("/drafts/<key>", view_func=lambda key: ("", 204), methods=["POST"], endpoint="drafts")
    return app


def gallery() -> ResponseReturnValue:
    """All macros at once."""
    return render_template("gallery.html", form=EventForm(), **_cast())


def form_page() -> ResponseReturnValue:
    """The form; `?refuse=` makes the act say no in that way."""
    form = EventForm()

    def act() -> str:
        if refusal := REFUSALS.get(request.args.get("refuse", "")):
            raise refusal
        return f"{form.amount.data}"

    return answer(
        form, act, then=lambda amount: f"/?amount={amount}", page=lambda: render_template("form.html", form=form)
    )


def job_page() -> ResponseReturnValue:
    """What the job's element becomes when the work is done."""
    return '<p id="job-done">完成</p>'


def broken() -> ResponseReturnValue:
    """A fault of ours."""
    raise OSError(int(request.args.get("errno", "5")), "broken on purpose")


def refused(what: str) -> ResponseReturnValue:
    """A refusal outside a form."""
    raise REFUSALS[what]


def _context() -> dict[str, object]:
    menu = [
        Row(label=text, url=f"#{icon}", icon=icon, count=count, active=icon == "home")
        for text, icon, count in (
            (label("Desk"), "home", 7), (label("Households"), "home-heart", 0), (label("Cases"), "clipboard-list", 12),
            (label("Visits"), "walk", 0), (label("Notices"), "speakerphone", 1), (label("Funds"), "coins", 0),
            (label("Reports"), "chart-bar", 0),
        )
    ]  # fmt: skip
    people = [
        Row(name="单晓明", role=label("Caseworker"), url="/"),
        Row(name="曾国华", role=label("Unit chair"), url="/"),
    ]
    steps = [
        Row(label=label("Open a case"), done=True, url="/"),
        Row(label=label("Log the visit"), done=False, url=None),
    ]
    demo = Row(people=people, day=WORKDAY, next_day_url="/", checklist=steps)
    return {
        "actor": None if "signed_out" in request.args else Clerk(), "menu": menu, "today": WORKDAY,
        "office_name": "兴隆林业局工会", "demo": demo, "roles_text": label("Caseworker"), "can": lambda name: True,
        "large_type": "large" in request.args,
    }  # fmt: skip


def _cast() -> dict[str, object]:
    moment = datetime(2026, 2, 26, 6, 5, tzinfo=UTC)
    verbs = {step.verb: step for step in CASE_STEPS}
    offers = [
        Offer("review", verbs["review"].label),
        Offer("send_back", verbs["send_back"].label),
        Offer("approve", verbs["approve"].label, sentence("This is done by: %(roles)s.", roles=(label("Chair"),))),
        Offer("refuse", verbs["refuse"].label, danger=True),
    ]
    gates = [
        Row(label=label("Verification visit by two people"), done=True, text=None, url="#"),
        Row(label=label("Account of the payee"), done=False, text=label("The card has no bank name."), url="#"),
    ]
    story = [
        Row(title=label("Put on public notice"), at=moment, on=None, by="单晓明", text="在林场公告栏张贴", tone="moves",
            icon="speakerphone", url="#"),
        Row(title=label("Unit's opinion"), at=moment, on=None, by="曾国华", text="经集体研究，同意上报。", tone="good",
            icon="users-group", url=None),
        Row(title=label("Returned by the bank"), at=None, on=WORKDAY, by=None, text=None, tone="bad", icon="receipt-2",
            url=None),
    ]  # fmt: skip
    rows = [
        Row(
            name=name,
            number=f"XL-2026-00{at}",
            unit="兴隆林业局东风林场工会",
            amount=Money.yuan(1000 * at),
            state=state,
        )
        for at, (name, state) in enumerate(
            [("欧阳建国", "on_notice"), ("仇丽娜", "in_approval"), ("买买提·艾力", "refused"), ("朴正浩", "paid")],
            start=1,
        )
    ]
    lines = [Row(label=label("Grade 2"), amount=Money.yuan(3000)), Row(label=label("Cap"), amount=Money.yuan(-500))]
    states = chosen(
        Filter("state", label("State"), options=[(one.value, words) for one, words in STATE_LABELS.items()]),
        Filter("month", label("Month"), takes="month"),
        Filter("unit", label("Unit"), takes="text"),
    )
    months = [date(2025, 9 + at, 1) if at < 4 else date(2026, at - 3, 1) for at in range(6)]
    both = [Series(label("Opened"), [3, 7, 4, 9, 14, 6]), Series(label("Paid"), [2, 5, 5, 7, 11, 8])]
    charts = [
        Chart(label("Paid by month"), [formatting.short_month(one) for one in months],
              [Series(label("Special"), [Money.yuan(one) for one in (8000, 12000, 9500, 20000, 31000, 14500)])],
              says=label("Most was paid in January, before the festival.")),
        Chart(label("Cases by month"), [formatting.short_month(one) for one in months],
              both, kind="stacked"),
        Chart(label("Waiting"), [formatting.short_month(one) for one in months],
              both, kind="line"),
    ]  # fmt: skip
    return {
        "offers": offers, "gates": gates, "story": story, "rows": rows, "lines": lines, "filters": states,
        "charts": charts, "page": Page(rows, "next", "before"), "moment": moment, "states": list(State),
        "road_steps": [STATE_LABELS[one] for one in list(State)[:11]],
    }  # fmt: skip
