"""A list's follow-ups on one page: each answer as the single verb records it; who cannot be asked stays with why."""

import re
from datetime import timedelta

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases import service as cases
from relief.cases.follow_up_models import FollowUp
from relief.cases.given import Answer
from relief.cases.models import Case
from relief.db import db
from relief.desk.waiting import list_queues
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.lists import following_page
from relief.lists import service as lists
from relief.lists.answers import RowAnswer
from tests.build import an_office
from tests.build_cases import a_case
from tests.rooms.cases.asking import audit_of, fresh, get, last_step, post
from tests.rooms.lists.bureau import rows_of
from tests.rooms.lists.paid import a_paid_list


@pytest.fixture
def office(app):
    return an_office()


def said(received_it=True, satisfaction=5, way="phone", words="感谢工会", on=None):
    return Answer(on or clock.today(), way, received_it, satisfaction, words)


def ask(opened, by, *answers):
    rows = rows_of(opened.dongfeng)
    given = {row.id: RowAnswer(row.version, one) for row, one in zip(rows, answers, strict=False)}
    return lists.follow_up(opened.dongfeng.id, given, by=by)


def states(opened):
    db.session.expire_all()
    return [row.state for row in rows_of(opened.dongfeng)]


def told(verb):
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb)).all()


def kept():
    wanted = db.select(FollowUp).order_by(FollowUp.case_id, FollowUp.id)
    return [(one.way, one.received_it, one.satisfaction, one.words) for one in db.session.scalars(wanted)]


def test_every_answer_is_recorded_as_the_single_one_is(office):
    opened = a_paid_list(office)
    first, *others = rows_of(opened.dongfeng)
    single = cases.follow_up(first.id, version=first.version, on=clock.today(), way="phone", received_it=True,
                             satisfaction=5, words="感谢工会", by=office.chen)  # fmt: skip
    given = {row.id: RowAnswer(row.version, said()) for row in others}
    asked = lists.follow_up(opened.dongfeng.id, given, by=office.chen)
    assert (asked.recorded, asked.missing, asked.behind) == (tuple(row.id for row in others), 0, ())
    assert states(opened) == ["followed_up"] * 3
    assert kept() == [("phone", True, 5, "感谢工会")] * 3
    for row in others:
        assert last_step(row, "follow_up") == last_step(single, "follow_up")
        assert audit_of(row, "case.follow_up")[0].changes == audit_of(single, "case.follow_up")[0].changes
        assert fresh(row).due_on == fresh(single).due_on
    assert [line.changes for line in told("list.follow_up")] == [
        {"number": opened.dongfeng.number, "rows": 2, "missing": 0, "behind": 0}
    ]


def test_a_household_without_it_is_asked_again_and_the_auditor_is_told(office):
    opened = a_paid_list(office)
    asked = ask(opened, office.chen, said(), said(received_it=False, satisfaction=None))
    assert (len(asked.recorded), asked.missing) == (2, 1)
    assert states(opened) == ["followed_up", "paid", "paid"]
    second = rows_of(opened.dongfeng)[1]
    assert audit_of(second, "case.follow_up")[0].unusual == "not_received"


def test_what_was_not_brought_in_person_stays_and_says_why(office):
    opened = a_paid_list(office, brought=1)
    asked = ask(opened, office.chen, said(), said())
    assert states(opened) == ["followed_up", "paid", "paid"]
    assert [str(one.why) for one in asked.behind] == ["Bring it in person, and log the visit."]
    assert len(kept()) == 1


def test_that_it_did_not_arrive_is_recorded_before_it_was_brought(office):
    opened = a_paid_list(office, brought=0)
    asked = ask(opened, office.chen, said(received_it=False, satisfaction=None), said())
    assert (len(asked.recorded), asked.missing, len(asked.behind)) == (1, 1, 1)
    assert [row[1] for row in kept()] == [False]


def test_a_case_that_changed_meanwhile_stays(office):
    opened = a_paid_list(office)
    first, second, third = rows_of(opened.dongfeng)
    given = {row.id: RowAnswer(row.version, said()) for row in (first, second, third)}
    given[first.id] = RowAnswer(first.version - 1, said())
    cases.follow_up(second.id, version=second.version, on=clock.today(), way="visit", received_it=True,
                    satisfaction=3, by=office.chen)  # fmt: skip
    asked = lists.follow_up(opened.dongfeng.id, given, by=office.chen)
    assert (asked.recorded, [one.case_id for one in asked.behind]) == ((third.id,), [first.id, second.id])
    assert "Somebody else changed" in str(asked.behind[0].why)
    assert states(opened) == ["paid", "followed_up", "followed_up"]
    assert len(kept()) == 2


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("satisfaction", {"satisfaction": None}),
        ("satisfaction", {"satisfaction": 6}),
        ("received_it", {"received_it": None}),
        ("way", {"way": ""}),
        ("on", {"on": clock.today() + timedelta(days=400)}),
    ],
)
def test_an_answer_that_is_not_whole_is_refused_at_its_row_and_nothing_is_recorded(office, field, wrong):
    opened = a_paid_list(office)
    second = rows_of(opened.dongfeng)[1]
    with pytest.raises(RuleBroken) as refused:
        ask(opened, office.chen, said(), said(**wrong))
    assert refused.value.field == f"row{second.id}-{field}"
    assert (states(opened), kept()) == (["paid"] * 3, [])


def test_who_visited_another_role_another_unit_another_case_and_no_answer(office):
    opened = a_paid_list(office)
    asked = ask(opened, office.wang, said())
    assert asked.recorded == () and "visited" in str(asked.behind[0].why)
    with pytest.raises(NotAllowed):
        ask(opened, office.li, said())
    with pytest.raises(NotYours):
        ask(opened, office.zhao, said())
    with pytest.raises(RuleBroken, match="No row has an answer"):
        ask(opened, office.chen)
    other = a_case(office)
    with pytest.raises(NotYours):
        lists.follow_up(opened.dongfeng.id, {other.id: RowAnswer(other.version, said())}, by=office.chen)
    assert (states(opened), told("list.follow_up")) == (["paid"] * 3, [])


def typed(rows, **fields):
    sent = {"row": [str(row.id) for row in rows], "all-on": str(clock.today())}
    sent |= {f"row{row.id}-version": str(row.version) for row in rows}
    return sent | {name.replace("_i_", "-"): value for name, value in fields.items()}


def test_ticked_rows_take_the_answer_above_where_they_are_empty(office, client):
    opened = a_paid_list(office)
    address = f"/lists/{opened.dongfeng.id}/follow-up"
    first, second, third = rows_of(opened.dongfeng)
    page = get(client, office, "chen", address).text
    assert "3 households wait to be asked." in page and page.count('name="row"') == 3
    sent = typed([first, second, third], **{
        "all-way": "phone", "all-received_it": "yes", "all-satisfaction": "5", "all-words": "都收到了",
        f"row{first.id}-same": "y", f"row{second.id}-same": "y", f"row{second.id}-satisfaction": "2",
    })  # fmt: skip
    done = post(client, office, "chen", address, **sent)
    assert (done.status_code, done.location) == (303, address)
    assert states(opened) == ["followed_up", "followed_up", "paid"]
    assert kept() == [("phone", True, 5, "都收到了"), ("phone", True, 2, "都收到了")]
    after = client.get(address, headers={"Accept-Language": "en"}).text
    assert "2 answers are recorded." in after and "1 household waits to be asked." in after
    no = typed([third], **{
        "all-way": "visit", "all-received_it": "yes", "all-satisfaction": "5",
        f"row{third.id}-same": "y", f"row{third.id}-received_it": "no",
    })  # fmt: skip
    assert post(client, office, "chen", address, **no).status_code == 303
    assert kept()[-1] == ("visit", False, None, None)
    assert "it had not arrived." in get(client, office, "chen", address).text


def test_what_was_typed_stays_at_its_row(office, client):
    opened = a_paid_list(office, brought=2)
    address = f"/lists/{opened.dongfeng.id}/follow-up"
    first, second, third = rows_of(opened.dongfeng)
    bad = post(client, office, "chen", address, **typed([first, second, third], **{
        f"row{first.id}-words": "钱到了", f"row{first.id}-way": "phone", f"row{first.id}-received_it": "yes",
    }))  # fmt: skip
    assert bad.status_code == 422 and f'id="row{first.id}-satisfaction-error"' in bad.text
    assert "钱到了" in bad.text and kept() == []
    assert "Bring it in person, and log the visit. Until then only “no” can be recorded." in bad.text
    changed = typed([first, second, third], **{
        "all-way": "phone", "all-received_it": "yes", "all-satisfaction": "4",
        f"row{first.id}-same": "y", f"row{first.id}-words": "钱到了", f"row{second.id}-same": "y",
    })  # fmt: skip
    changed[f"row{first.id}-version"] = str(first.version - 1)
    stays = post(client, office, "chen", address, **changed)
    assert (stays.status_code, states(opened)) == (409, ["paid", "followed_up", "paid"])
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", stays.text))
    assert "1 answer is recorded." in text and "Not recorded: 1." in text and "Somebody else changed this case" in text
    assert "钱到了" in stays.text and f'name="row{first.id}-version" value="{first.version}"' in stays.text
    assert f'id="row-{second.id}"' not in stays.text


def test_the_list_and_the_desk_lead_there(office, client):
    opened = a_paid_list(office)
    address = f"/lists/{opened.dongfeng.id}"
    assert f'href="{address}/follow-up"' in get(client, office, "chen", address).text
    (queue,) = [one for one in list_queues(office.chen) if one.code == "lists"]
    assert [item.url for item in queue.items] == [f"{address}/follow-up"]
    assert "ask" not in {one.code for one in list_queues(office.chen)}


def test_pages_turn_by_the_rows(office, client, monkeypatch):
    opened = a_paid_list(office)
    address = f"/lists/{opened.dongfeng.id}/follow-up"
    monkeypatch.setattr(following_page, "ON_A_PAGE", 2)
    page = get(client, office, "chen", address).text
    assert page.count('name="row"') == 2
    onward = re.search(r'rel="next" href="([^"]+)"', page)[1]
    assert get(client, office, "chen", onward).text.count('name="row"') == 1


def test_other_hands_over_http(office, client):
    opened = a_paid_list(office)
    address = f"/lists/{opened.dongfeng.id}/follow-up"
    assert get(client, office, "li", address).status_code == 403
    theirs, none = get(client, office, "zhao", address), get(client, office, "zhao", "/lists/999999/follow-up")
    assert (theirs.status_code, theirs.data) == (404, none.data)
    other = a_case(office)
    for row in (str(other.id), "9" * 5000, "x"):
        assert post(client, office, "chen", address, row=row).status_code == 404
    empty = post(client, office, "chen", address, **typed(rows_of(opened.dongfeng)))
    assert (empty.status_code, "No row has an answer yet" in empty.text) == (422, True)
    assert db.session.scalar(db.select(db.func.count(Case.id)).where(Case.state == "paid")) == 3
