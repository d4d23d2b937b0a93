"""Unusual ways: each leaves one line with what, whom, who and when; newest first, by sort and unit, page by page."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest

from relief import clock
from relief.auditing.unusual import count_unusual, list_unusual
from relief.auditing.unusual_sources import SOURCES, TOLD_ELSEWHERE
from relief.auditing.words import MARKS, mark_of
from relief.cases import service as cases
from relief.cases.ways_models import EmergencyFile, OpinionPassed
from relief.db import db, transaction
from relief.domain.errors import NotAllowed
from relief.domain.workflow import State
from relief.households.models import Account
from relief.households.reveals import reveal
from relief.persons.service import declare_relative, withdraw_relative
from relief.transcripts.models import Transcript
from relief.visits.given import VisitorGiven
from relief.visits.service import log_visit
from relief.web.paging import Ask, decode_key
from relief.web.sentences import words
from tests.build import SYSTEM, a_household
from tests.build_cases import a_case, a_visit
from tests.rooms.auditing.asking import auditor_of, pass_days


def emergency(office):
    case = a_case(office, State.SUBMITTED)
    today = clock.today()
    with transaction():
        db.session.add(
            EmergencyFile(
                case_id=case.id, union_id=case.union_id, opened_on=today, why="火灾", decide_by=today, complete_by=today
            )
        )
    pass_days(1)
    return "张桂兰", case.number, "王秀兰", "Its file is late"


def transcript(office):
    case = a_case(office, State.SUBMITTED)
    with transaction():
        db.session.add(
            Transcript(
                case_id=case.id, union_id=case.union_id, verb="give_opinion", signer_id=office.users["li"].id,
                signed_on=clock.today(), entered_by=office.chen.person_id, entered_at=clock.now(),
            )
        )
    return "张桂兰", case.number, "陈静", "Not compared yet"


def opinion_passed(office):
    with transaction():
        db.session.add(
            OpinionPassed(
                union_id=office.dongfeng.id, since=clock.today(), why="只有两人", named_by=office.chen.person_id,
                named_at=clock.now(),
            )
        )
    return "", "", "陈静", ""


def visitor(office):
    household = a_household(office)
    log_visit(
        household.id, client_uuid=str(uuid.uuid4()), kind="verification", on=clock.today(), by=office.wang,
        visitors=[VisitorGiven(office.wang.person_id), VisitorGiven(name="赵铁柱")],
    )  # fmt: skip
    a_visit(household, office.wang, office.zhao)
    return "张桂兰", household.number, "王秀兰", ""


def late_visit(office):
    household = a_household(office)
    log_visit(
        household.id, client_uuid=str(uuid.uuid4()), kind="care", on=clock.today() - timedelta(days=20),
        visitors=[VisitorGiven(office.wang.person_id)], by=office.wang,
    )  # fmt: skip
    return "张桂兰", household.number, "王秀兰", ""


def recall(office):
    case = a_case(office, State.APPROVED)
    cases.recall(case.id, version=case.version, note="金额有误", by=office.sun)
    return "张桂兰", case.number, "孙德福", ""


def revoke(office):
    case = a_case(office, State.APPROVED)
    cases.revoke(case.id, version=case.version, reason="X01", note="弄虚作假", by=office.sun)
    return "张桂兰", case.number, "孙德福", "Fraud"


def objection(office):
    case = a_case(office, State.ON_NOTICE)
    cases.record_objection(case.id, version=case.version, received_on=clock.today(), text="不属实", by=office.wang)
    return "张桂兰", case.number, "王秀兰", ""


def card(office):
    household = a_household(office)
    account = db.session.scalars(db.select(Account)).one()
    with transaction():
        db.session.get_one(Account, account.id).passes_luhn = False
    return "张桂兰", household.number, "", ""


def revealed(office):
    household = a_household(office)
    reveal(household.id, "address", reason="visit", by=office.wang)
    return "张桂兰", household.number, "王秀兰", "Address"


def marked(office):
    household = a_household(office)
    declare_relative(office.li.person_id, household.head_id, "sibling", by=SYSTEM)
    withdraw_relative(office.li.person_id, household.head_id, "登记有误", by=SYSTEM)
    return "", "", "tests", "Declared relative withdrawn"


WAYS = {
    "emergency": emergency, "transcript": transcript, "opinion_passed": opinion_passed, "visitor": visitor,
    "late_visit": late_visit, "recall": recall, "revoke": revoke, "objection": objection, "card": card,
    "revealed": revealed, "marked": marked,
}  # fmt: skip


@pytest.mark.parametrize("sort", list(WAYS))
def test_each_way_leaves_one_line(app, office, sort):
    assert list_unusual({}, by=office.feng).rows == []
    name, number, who, mark = WAYS[sort](office)
    (line,) = list_unusual({}, by=office.feng).rows
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert (line.sort, line.name, line.number, line.who) == (sort, name, number, who)
        assert words(mark_of(line)) == mark
    laid_again = timedelta(minutes=1)  # rows that a builder lays again bear the moments of their first making
    assert -laid_again < clock.now() - line.at < timedelta(days=30)
    assert count_unusual({}, by=office.feng) == len(list_unusual({"sort": sort}, by=office.feng).rows) == 1
    other = next(code for code in SOURCES if code != sort)
    assert list_unusual({"sort": other}, by=office.feng).rows == []


@pytest.mark.parametrize("sort", [one for one in WAYS if one != "marked"])
def test_another_units_auditor_sees_none_of_it(office, sort):
    WAYS[sort](office)
    unit = str(office.hongqi.id)
    assert list_unusual({}, by=auditor_of(office, office.hongqi)).rows == []
    assert list_unusual({"unit": unit}, by=office.feng).rows == []
    assert count_unusual({"unit": unit}, by=office.feng) == 0
    assert len(list_unusual({"unit": str(office.dongfeng.id)}, by=office.feng).rows) == 1
    assert len(list_unusual({}, by=auditor_of(office, office.dongfeng)).rows) == 1


def test_the_newest_comes_first_and_pages_turn_both_ways_without_a_gap(office):
    for sort in ("late_visit", "objection", "revealed", "visitor", "transcript"):
        WAYS[sort](office)
    whole = [(line.sort, line.id) for line in list_unusual({}, by=office.feng).rows]
    assert [sort for sort, _ in whole] == ["transcript", "visitor", "revealed", "objection", "late_visit"]
    seen, ask = [], Ask(size=2)
    while True:
        page = list_unusual({}, by=office.feng, ask=ask)
        seen += [(line.sort, line.id) for line in page.rows]
        if page.next_key is None:
            break
        ask = Ask(decode_key(page.next_key, 3), size=2)
    assert seen == whole
    back = Ask(decode_key(page.previous_key, 3), backwards=True, size=2)
    assert [(line.sort, line.id) for line in list_unusual({}, by=office.feng, ask=back).rows] == whole[2:4]


def test_lines_of_one_moment_are_parted_by_sort_and_id(office, monkeypatch):
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    households = [a_household(office, name) for name in ("张甲", "张乙", "张丙")]
    for household in households:
        reveal(household.id, "address", reason="visit", by=office.wang)
        a_visit(household, office.wang, kind="care", on=clock.today() - timedelta(days=20))
    whole = [(line.sort, line.id) for line in list_unusual({}, by=office.feng).rows]
    seen, ask = [], Ask(size=1)
    while (page := list_unusual({}, by=office.feng, ask=ask)).next_key:
        seen += [(line.sort, line.id) for line in page.rows]
        ask = Ask(decode_key(page.next_key, 3), size=1)
    assert seen + [(line.sort, line.id) for line in page.rows] == whole and len(whole) == 6


def test_a_broken_key_is_the_first_page(office, signed_in):
    objection(office)
    get, _ = signed_in("feng")
    first = list_unusual({}, by=office.feng).rows
    for key in (("x", "objection", 1), ("2026-03-01T00:00:00", "objection", 1), ("2026-03-01T00:00:00+00:00", "no", 1)):
        assert list_unusual({}, by=office.feng, ask=Ask(key)).rows == first
    assert get("/auditing?after=broken").status_code == 200


@pytest.mark.parametrize("who", ["wang", "li", "chen", "wu", "chu", "wei"])
def test_others_are_turned_away(office, signed_in, who):
    for ask in (list_unusual, count_unusual):
        with pytest.raises(NotAllowed):
            ask({}, by=getattr(office, who))
    get, _ = signed_in(who)
    assert get("/auditing").status_code == get("/auditing/download").status_code == 403


def test_over_http(office, signed_in):
    _, number, _, _ = objection(office)
    get, _ = signed_in("feng")
    page = get("/auditing?sort=objection")
    assert "Objection to a notice" in page.text and number in page.text and 'href="/cases/1"' in page.text
    assert "Nothing fits these filters" in get("/auditing?sort=recall").text
    assert get("/auditing/download?sort=objection").data[:2] == b"PK"


def test_every_mark_of_the_record_has_words_for_the_auditor():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (Path(__file__).resolve().parents[3] / "relief").rglob("*.py"))
    marks = set(re.findall(r'(?:unusual|UNUSUAL) ?= ?"([a-z_]+)"', source))
    assert {"written_off", "past_awards_taken_back"} <= marks
    assert marks - set(MARKS) - set(TOLD_ELSEWHERE) == set()
