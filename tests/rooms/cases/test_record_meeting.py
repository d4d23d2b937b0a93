"""Record a meeting: its number, day, people and minutes; one meeting carries many cases."""

import io
from datetime import timedelta

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Meeting
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.files.models import Attachment
from tests.build_cases import DOT
from tests.rooms.cases.asking import ENGLISH, audit_of, get, post
from tests.rooms.cases.test_give_opinion import a_meeting


def test_it_is_recorded_with_its_people(office):
    meeting = cases.record_meeting(
        office.dongfeng.id, number=" 纪1 ", on=clock.today(), attendees=["李建国 ", "", "王秀兰"], by=office.li
    )
    assert (meeting.number, meeting.attendees) == ("纪1", ["李建国", "王秀兰"])
    assert audit_of(meeting.id, "meeting.record")[0].changes["attendees"] == 2


@pytest.mark.parametrize(
    ("field", "given"),
    [("attendees", {"attendees": ["李建国"]}), ("number", {"number": " "}), ("meeting_on", {"days": 1})],
)
def test_too_few_people_no_number_a_day_to_come(office, field, given):
    told = {"number": "纪1", "attendees": ["甲", "乙"]} | given
    day = clock.today() + timedelta(days=told.pop("days", 0))
    with pytest.raises(RuleBroken) as refused:
        cases.record_meeting(office.dongfeng.id, on=day, by=office.li, **told)
    assert refused.value.field == field


def test_a_number_is_taken_once_per_union(office):
    a_meeting(office.dongfeng, office.li, "纪1")
    with pytest.raises(RuleBroken, match="already"):
        a_meeting(office.dongfeng, office.li, "纪1")
    assert a_meeting(office.bureau, office.sun, "纪1").id


def test_wrong_role_and_another_union(office):
    with pytest.raises(NotAllowed):
        a_meeting(office.dongfeng, office.wang)
    with pytest.raises(NotYours):
        a_meeting(office.hongqi, office.li)


def test_over_http_with_its_minutes(office, client):
    typed = {
        "union_id": str(office.dongfeng.id), "number": "东风工会会纪〔2026〕7号", "meeting_on": "2026-03-02",
        "attendees": "李建国\n王秀兰", "resolution": "同意张桂兰申请",
    }  # fmt: skip
    bad = post(client, office, "li", "/meetings/new", **(typed | {"attendees": "李建国"}))
    assert (bad.status_code, 'id="attendees-error"' in bad.text, "同意张桂兰申请" in bad.text) == (422, True, True)
    files = {"minutes": (io.BytesIO(DOT), "纪要.png")}
    done = client.post(
        "/meetings/new", data=typed | files, headers=ENGLISH, content_type="multipart/form-data"
    )
    meeting = db.session.scalars(db.select(Meeting)).one()
    assert (done.status_code, done.location) == (303, f"/meetings/{meeting.id}")
    assert db.session.scalars(db.select(Attachment.kind)).all() == ["minutes"]
    assert "同意张桂兰申请" in get(client, office, "chen", f"/meetings/{meeting.id}").text
    assert meeting.number in get(client, office, "li", "/meetings").text
    assert get(client, office, "he", f"/meetings/{meeting.id}").status_code == 404
    assert meeting.number not in get(client, office, "he", "/meetings").text
    assert get(client, office, "zhou", "/meetings").status_code == 403
    assert get(client, office, "wang", "/meetings/new").status_code == 403


def test_a_wrong_file_leaves_no_meeting(office, client):
    from tests.build import sign_in

    sign_in(client, office, "li")
    answer = client.post(
        "/meetings/new",
        data={
            "union_id": str(office.dongfeng.id), "number": "纪1", "meeting_on": "2026-03-02", "attendees": "甲\n乙",
            "minutes": (io.BytesIO(b"MZ"), "minutes.exe"),
        },
        headers=ENGLISH, content_type="multipart/form-data",
    )  # fmt: skip
    assert (answer.status_code, 'id="minutes-error"' in answer.text) == (422, True)
    assert db.session.scalars(db.select(Meeting)).all() == []
