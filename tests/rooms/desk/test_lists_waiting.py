"""A list on the desk: it counts once; a lifted row waits by itself; the chair sees the window at a glance."""

import pytest

from relief.desk.glances import glances_for
from relief.desk.waiting import count_waiting, list_queues
from relief.domain.money import Money
from relief.lists import service as lists
from relief.lists.queries import paying_funds
from tests.build import an_office, sign_in
from tests.build_cases import some_money
from tests.rooms.cases.asking import get
from tests.rooms.lists.bureau import a_window, rows_of, to_approval


@pytest.fixture
def office(app):
    return an_office()


def waiting(by):
    return {queue.code: [(item.url, item.amount) for item in queue.items] for queue in list_queues(by)}


def test_a_list_counts_as_one_thing_for_the_hand_whose_turn_it_is(office):
    opened = a_window(office)
    made = f"/lists/{opened.dongfeng.id}"
    assert waiting(office.wang) == {"lists": [(made, Money.yuan(5_100))]}
    assert (count_waiting(office.wang), waiting(office.li), waiting(office.zhao)) == (1, {}, {})
    lists.submit(opened.dongfeng.id, by=office.wang)
    assert waiting(office.li) == {"lists": [(made, Money.yuan(5_100))]}
    (queue,) = list_queues(office.li)
    assert queue.items[0].text.params["count"] == 3
    assert waiting(office.he) == {}


def test_a_lifted_row_waits_by_itself(office):
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    first = rows_of(opened.dongfeng)[0]
    lists.lift_out(first.id, version=first.version, why="待核实", by=office.li)
    assert waiting(office.li) == {
        "lists": [(f"/lists/{opened.dongfeng.id}", Money.yuan(3_400))],
        "opinion": [(f"/cases/{first.id}", Money.yuan(1_700))],
    }


def test_a_window_waits_for_the_chair_and_is_seen_at_a_glance(office, client):
    opened = a_window(office)
    some_money()
    assert glances_for(office.zhou) == [] and glances_for(office.wang)[0].coming is not None
    to_approval(office, opened.dongfeng)
    assert waiting(office.sun) == {"windows": [(f"/windows/{opened.window.id}", Money.yuan(5_100))]}
    (item,) = list_queues(office.sun)[0].items
    assert str(item.title) == "Spring Festival relief 2027 Spring Festival"
    (glance,) = glances_for(office.sun)
    assert (glance.units, glance.rows, glance.amount, glance.left) == (
        1, 3, Money.yuan(5_100), sum((one.balance.left_to_promise for one in paying_funds(opened.window)), start=Money(0))
    )  # fmt: skip
    assert glance.odd == 0 and glance.coming is not None
    (item,) = list_queues(office.sun)[0].items
    assert item.due_on == opened.window.approve_by == glance.coming.text.params["day"]
    told = f"Next: Decision by {opened.window.approve_by.day} January 2027."
    assert all(told in get(client, office, "sun", page).text for page in ("/", f"/windows/{opened.window.id}"))
    sign_in(client, office, "sun")
    page = client.get("/").text
    assert f"/windows/{opened.window.id}/paper" in page and "¥5,100.00" in page
