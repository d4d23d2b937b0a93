"""Lift out and put back several rows with one reason: all or none, by whoever's turn they are, written to each."""

import pytest

from relief.cases.models import CaseStep
from relief.db import db
from relief.domain.errors import NotYours, RuleBroken
from relief.lists import service as lists
from tests.build import an_office
from tests.build_cases import a_case
from tests.rooms.cases.asking import audit_of, get, post
from tests.rooms.lists.bureau import a_window, rows_of


@pytest.fixture
def office(app):
    return an_office()


@pytest.fixture
def opened(office):
    opened = a_window(office)
    lists.submit(opened.dongfeng.id, by=office.wang)
    return opened


def lifted(opened):
    db.session.expire_all()
    return [row.lifted for row in rows_of(opened.dongfeng)]


def test_one_reason_is_written_to_each_row(office, opened):
    first, second, _third = [row.id for row in rows_of(opened.dongfeng)]
    assert lists.lift_out_rows(opened.dongfeng.id, [second, first], why="待核实", by=office.li) == 2
    assert lifted(opened) == [True, True, False]
    notes = db.session.scalars(db.select(CaseStep.note).where(CaseStep.verb == "lift_out")).all()
    assert notes == ["待核实", "待核实"] and len(audit_of(first, "case.lift_out")) == 1
    assert lists.put_back_rows(opened.dongfeng.id, [first], why="已核实", by=office.li) == 1
    assert lifted(opened) == [False, True, False]


def test_when_one_cannot_none_does(office, opened):
    rows = rows_of(opened.dongfeng)
    lists.lift_out(rows[1].id, version=rows[1].version, why="存疑", by=office.li)
    ids = [row.id for row in rows]
    with pytest.raises(RuleBroken, match=f"{rows[1].number}: The row is out of its list already"):
        lists.lift_out_rows(opened.dongfeng.id, ids, why="待核实", by=office.li)
    for marked, why, field in ((ids, " ", "why"), ([], "待核实", None)):
        with pytest.raises(RuleBroken) as refused:
            lists.lift_out_rows(opened.dongfeng.id, marked, why=why, by=office.li)
        assert refused.value.field == field
    assert lifted(opened) == [False, True, False]


def test_another_hand_another_unit_another_list(office, opened):
    ids = [row.id for row in rows_of(opened.dongfeng)]
    with pytest.raises(RuleBroken):
        lists.lift_out_rows(opened.dongfeng.id, ids, why="待核实", by=office.chen)
    with pytest.raises(NotYours):
        lists.lift_out_rows(opened.dongfeng.id, ids, why="待核实", by=office.zhao)
    with pytest.raises(NotYours):
        lists.lift_out_rows(opened.dongfeng.id, [*ids, a_case(office).id], why="待核实", by=office.li)
    assert lifted(opened) == [False] * 3


def test_over_http(office, client, opened):
    first, second, _third = [row.id for row in rows_of(opened.dongfeng)]
    page = f"/lists/{opened.dongfeng.id}"
    assert get(client, office, "li", page).text.count('name="row"') == 3
    assert 'name="row"' not in get(client, office, "wang", page).text
    address = f"{page}/lift-out?row={first}&row={second}"
    assert "Lift out 2 rows" in get(client, office, "li", address).text
    bare = post(client, office, "li", address, why="")
    assert (bare.status_code, 'id="why-error"' in bare.text) == (422, True)
    done = post(client, office, "li", address, why="待核实")
    assert (done.status_code, done.location, lifted(opened)) == (303, page, [True, True, False])
    assert "Put the marked rows back" in get(client, office, "li", page).text
    assert post(client, office, "li", f"{page}/put-back?row={first}", why="已核实").status_code == 303
    assert lifted(opened) == [False, True, False]
    assert "No row is marked" in get(client, office, "li", f"{page}/lift-out").text
    assert get(client, office, "li", f"{page}/lift-out?row=999999").status_code == 404
    assert get(client, office, "zhao", address).status_code == 404
