"""Is a promise answered by whoever owes it, until the household agrees?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from relief import clock
from relief.audit.models import AuditEntry
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.permissions import Actor
from relief.domain.visit_codes import PromiseState
from relief.visits.models import Promise
from relief.visits.promise_queries import get_promise, list_promises
from relief.visits.promises import answer_promise
from relief.web.paging import Ask
from tests.build import Office
from tests.rooms.visits.conftest import Log


def a_promise(log: Log, owner: Actor, text: str = "联系修炉子", days: int = 7) -> Promise:
    due_on = clock.today() + timedelta(days)
    visit = log(on=clock.today() - timedelta(days=3), promises=[(text, owner.person_id, due_on)])
    return db.session.scalars(sa.select(Promise).where(Promise.visit_id == visit.id)).one()


def test_it_is_done_told_and_agreed_to(office: Office, log: Log) -> None:
    promise = a_promise(log, office.li)
    answer_promise(
        promise.id, version=promise.version, state=PromiseState.DONE, answer="已更换", told_on=clock.today(),
        confirmed=True, by=office.li,
    )  # fmt: skip
    db.session.expire_all()
    assert (promise.state, promise.answer, promise.told_on, promise.confirmed) == (
        "done", "已更换", clock.today(), True,
    )  # fmt: skip
    line = db.session.scalars(sa.select(AuditEntry).where(AuditEntry.verb == "promise.answer")).one()
    assert line.changes["state"] == ["open", "done"]
    assert "已更换" not in str(line.changes)


def test_the_owner_answers_and_whoever_logs_visits_of_the_unit(office: Office, log: Log) -> None:
    promise = a_promise(log, office.liu)
    for by in (office.liu, office.wang, office.chen):
        answer_promise(promise.id, version=None, state=PromiseState.DOING, by=by)
        assert get_promise(promise.id, by=by).id == promise.id


def test_others_do_not(office: Office, log: Log) -> None:
    promise = a_promise(log, office.li)
    for by, refusal in ((office.zhao, NotYours), (office.liu, NotAllowed), (office.feng, NotAllowed)):
        with pytest.raises(refusal):
            answer_promise(promise.id, version=None, state=PromiseState.DOING, by=by)
        with pytest.raises(NotYours):
            get_promise(promise.id, by=by)


def test_an_answer_has_words(office: Office, log: Log) -> None:
    promise = a_promise(log, office.li)
    with pytest.raises(RuleBroken) as refused:
        answer_promise(promise.id, version=None, state=PromiseState.IMPOSSIBLE, answer="  ", by=office.li)
    assert refused.value.field == "answer"


def test_two_windows_do_not_overwrite_each_other(office: Office, log: Log) -> None:
    promise = a_promise(log, office.li)
    version = promise.version
    answer_promise(promise.id, version=version, state=PromiseState.DOING, by=office.li)
    with pytest.raises(Stale):
        answer_promise(promise.id, version=version, state=PromiseState.DONE, answer="已办", by=office.wang)


def test_what_the_household_confirmed_stands(office: Office, log: Log) -> None:
    promise = a_promise(log, office.li)
    done = {"state": PromiseState.DONE, "answer": "已办", "told_on": clock.today(), "by": office.li}
    answer_promise(promise.id, version=None, confirmed=False, **done)
    answer_promise(promise.id, version=None, confirmed=True, **done)
    with pytest.raises(WrongState):
        answer_promise(promise.id, version=None, state=PromiseState.OPEN, by=office.li)


def test_my_promises_come_overdue_first_and_leave_when_the_household_agrees(office: Office, log: Log) -> None:
    later, soon = a_promise(log, office.li, "后办", 9), a_promise(log, office.li, "先办", -1)
    a_promise(log, office.wang, "别人办")
    rows = list_promises(by=office.li).rows
    assert [(row.promise.text, row.promise.is_overdue) for row in rows] == [("先办", True), ("后办", False)]
    done = {"state": PromiseState.DONE, "answer": "已办", "told_on": clock.today(), "by": office.li}
    answer_promise(soon.id, version=None, **done)
    assert [row.promise.is_overdue for row in list_promises(by=office.li).rows] == [False, False]
    answer_promise(soon.id, version=None, confirmed=True, **done)
    assert [row.promise.id for row in list_promises(by=office.li).rows] == [later.id]
    assert [row.promise.id for row in list_promises("kept", by=office.li).rows] == [soon.id]
    assert len(list_promises("unit", by=office.wang).rows) == 2
    assert list_promises("unit", by=office.zhao).rows == []


def test_long_lists_are_turned_by_day_and_number(office: Office, log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    day = clock.today()
    log(promises=[(f"第{n}件", office.li.person_id, day + timedelta(days=n // 2)) for n in range(5)])
    monkeypatch.setattr(Ask.__init__, "__defaults__", (None, False, 2))
    texts, ask = [], Ask()
    while True:
        page = list_promises(by=office.li, ask=ask)
        texts.append([row.promise.text for row in page.rows])
        if page.next_key is None:
            break
        ask = Ask.read(page.next_key, None, 2)
    assert texts == [["第0件", "第1件"], ["第2件", "第3件"], ["第4件"]]
    back = list_promises(by=office.li, ask=Ask.read(None, page.previous_key, 2))
    assert [row.promise.text for row in back.rows] == ["第2件", "第3件"]
