"""Mend a draft: what changed is recorded, the amount follows, and who wrote has had a hand in it."""

from datetime import date

import pytest

from relief.cases import service as cases
from relief.cases.given import Application
from relief.cases.hands import hands_of
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, Stale, WrongState
from relief.domain.money import Money
from relief.domain.permissions import Role
from relief.domain.workflow import State
from tests.build import a_household, sign_in
from tests.build_cases import a_case
from tests.rooms.cases.asking import audit_of, fresh, get, is_missing_alike, post, steps_of

SAME = {"event_kind": "fire", "event_on": date(2026, 3, 2), "story": "锅炉房起火,烧毁两间", "requested": None}


def mend(case, by, **other):
    return cases.edit_case(case.id, Application(**(SAME | {"grade": case.grade} | other)), version=case.version, by=by)


def test_a_new_grade_gives_a_new_amount_and_an_audit_line(office):
    case = mend(a_case(office), office.wang, grade=3)
    assert case.proposed == Money.yuan(6_000)
    assert audit_of(case, "case.edit")[0].changes == {"grade": [2, 3]}


def test_the_story_stays_out_of_the_record(office):
    case = mend(a_case(office), office.wang, story="另有新情况：儿子受伤住院")
    assert case.event.story.startswith("另有")
    assert audit_of(case, "case.edit")[0].changes == {"story": "changed"}


def test_who_wrote_in_a_draft_has_entered_the_case(office):
    case = a_case(office)
    other = office.wang.__class__(**{**office.wang.__dict__, "person_id": office.zhao.person_id, "name": "赵敏"})
    mend(case, other, grade=1)
    hands = hands_of(fresh(case), None)
    assert hands.entered == {office.wang.person_id, office.zhao.person_id}


def test_after_a_correction_the_history_tells_of_it(office):
    case = a_case(office, State.SUBMITTED)
    cases.send_back(case.id, version=case.version, reason="R08", fields=["grade"], note="请核等级", by=office.li)
    case = mend(fresh(case), office.wang, grade=1)
    assert [step.person_id for step in steps_of(case, "edit")] == [office.wang.person_id]


def test_only_a_draft_only_a_caseworker_only_ones_own(office):
    case = a_case(office)
    with pytest.raises(NotAllowed):
        mend(case, office.li)
    with pytest.raises(NotYours):
        mend(case, office.zhao)
    handed_in = a_case(office, State.SUBMITTED)
    with pytest.raises(WrongState):
        mend(handed_in, office.wang)


def test_the_second_editor_gets_the_difference(office):
    case = a_case(office)
    seen = case.version
    mend(case, office.wang, grade=3, requested=Money.yuan(5_000))
    with pytest.raises(Stale) as stale:
        cases.edit_case(case.id, Application(**(SAME | {"grade": 1})), version=seen, by=office.wang)
    assert stale.value.changes == {"grade": (3, 1), "requested": (Money.yuan(5_000), "")}
    assert fresh(case).grade == 3


def test_over_http_the_difference_is_shown_beside_what_was_typed(office, client):
    case = a_case(office)
    seen = case.version
    mend(case, office.wang, grade=3)
    answer = post(
        client, office, "wang", f"/cases/{case.id}/edit", version=seen, event_kind="fire", event_on="2026-03-02",
        story="又想起一事", grade="1",
    )  # fmt: skip
    assert answer.status_code == 409
    assert "As it stands now" in answer.text
    assert "又想起一事" in answer.text
    again = post(
        client, office, "wang", f"/cases/{case.id}/edit", version=fresh(case).version, event_kind="fire",
        event_on="2026-03-02", story="又想起一事", grade="1",
    )  # fmt: skip
    assert again.status_code == 303
    assert fresh(case).grade == 1


def test_a_form_without_a_version_is_one_of_long_ago(office, client):
    case = a_case(office)
    answer = post(
        client, office, "wang", f"/cases/{case.id}/edit", event_kind="fire", event_on="2026-03-02", story="x", grade="1"
    )
    assert answer.status_code == 409
    assert fresh(case).grade == 2


def test_what_was_sent_back_is_marked_in_the_form(office, client):
    case = a_case(office, State.SUBMITTED)
    assert "please mend this" not in get(client, office, "wang", f"/cases/{case.id}").text
    cases.send_back(case.id, version=case.version, reason="R08", fields=["grade"], note="请核等级", by=office.li)
    page = get(client, office, "wang", f"/cases/{case.id}/edit").text
    assert page.count("please mend this") == 1
    shown = get(client, office, "wang", f"/cases/{case.id}").text
    assert "请核等级" in shown
    assert "Amount does not follow the standard" in shown


def test_another_units_draft_answers_as_a_missing_one(office, client):
    case = a_case(office, household=a_household(office))
    assert is_missing_alike(client, office, "zhao", "edit", case)
    sign_in(client, office, "li")
    assert client.get(f"/cases/{case.id}/edit").status_code == 403
    assert Role.UNIT_CHAIR in office.li.roles
    assert db.session.get(type(case), case.id) is not None
