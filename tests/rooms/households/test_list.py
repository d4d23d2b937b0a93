"""The list shows one's own subtree, filtered and paged, with a number of statements that does not grow."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from relief.db import db
from relief.domain.errors import NotAllowed
from relief.households import queries, service
from relief.households.search import search
from relief.web.paging import PER_PAGE, Ask
from tests.build import a_household, an_office, sign_in

pytestmark = pytest.mark.usefixtures("app")


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement sent while the block runs."""
    sent: list[str] = []

    def note(connection, cursor, statement, *rest):
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def heads(chosen, by):
    return [row.head for row in queries.list_households(chosen, by=by).rows]


def test_only_ones_own_subtree_and_the_newest_first():
    office = an_office()
    for name, union in (("张桂兰", office.dongfeng), ("李玉梅", office.hongqi), ("赵铁柱", office.dongfeng)):
        a_household(office, name, union=union)
    assert heads({}, office.wang) == ["赵铁柱", "张桂兰"]
    assert heads({}, office.zhao) == ["李玉梅"]
    assert heads({}, office.feng) == ["赵铁柱", "李玉梅", "张桂兰"]
    assert (queries.count_households({}, by=office.wang), queries.count_households({}, by=office.feng)) == (2, 3)


def test_each_filter_by_itself_and_together():
    office = an_office()
    a_household(office, "张桂兰", declared_category="deep", heating="wood")
    a_household(office, "李玉梅", declared_category="relative", heating="wood", file_tier="national")
    closed = a_household(office, "赵铁柱", union=office.hongqi, heating="coal")
    service.close_file(closed.id, reason="moved", by=office.zhao)
    by = office.chen
    assert heads({"category": "deep"}, by) == ["赵铁柱", "张桂兰"]
    assert heads({"heating": "wood"}, by) == ["李玉梅", "张桂兰"]
    assert heads({"tier": "national"}, by) == ["李玉梅"]
    assert heads({"status": "closed"}, by) == ["赵铁柱"]
    assert heads({"unit": str(office.hongqi.id)}, by) == ["赵铁柱"]
    assert len(heads({"unit": str(office.bureau.id)}, by)) == 3
    assert heads({"heating": "wood", "category": "relative"}, by) == ["李玉梅"]
    assert heads({"unit": str(office.hongqi.id)}, office.wang) == []


def test_a_row_counts_its_members():
    office = an_office()
    a_household(office, members=3, account=False)
    (row,) = queries.list_households({}, by=office.wang).rows
    assert (row.members, row.has_account, row.unit) == (3, False, "东风林场")


def test_pages_meet_without_gap_or_overlap():
    office = an_office()
    for _ in range(PER_PAGE + 3):
        a_household(office, members=1, account=False, consent=False)
    first = queries.list_households({}, by=office.wang)
    second = queries.list_households({}, by=office.wang, ask=Ask.read(first.next_key, None, 1))
    numbers = [row.number for row in (*first.rows, *second.rows)]
    assert numbers == sorted(numbers, reverse=True) and len(set(numbers)) == PER_PAGE + 3
    assert second.next_key is None
    assert [row.number for row in queries.stream_households({}, by=office.wang)] == numbers


def test_more_rows_take_no_more_statements(client):
    office = an_office()
    sign_in(client, office, "wang")
    counted = []
    for _ in range(2):
        for _ in range(4):
            household = a_household(office, members=3)
        addresses = ("/households", "/search?q=张", f"/households/{household.id}")
        counted.append([_statements_of(client, address) for address in addresses])
    assert counted[0] == counted[1]


def test_a_page_of_the_list_is_one_statement_and_of_the_search_three():
    office = an_office()
    for _ in range(3):
        a_household(office, members=3)
    by = office.wang
    with statements() as listing:
        assert len(queries.list_households({}, by=by).rows) == 3
    with statements() as searching:
        assert len(search("张", by=by).rows) == 3
    assert (len(_selects(listing)), len(_selects(searching))) == (1, 3)


def _selects(sent):
    return [statement for statement in sent if statement.startswith("SELECT")]


def _statements_of(client, address):
    with statements() as sent:
        assert client.get(address).status_code == 200
    return len(sent)


@pytest.mark.parametrize("who", ["zhou", "wu", "zheng", "chu", "wei"])
def test_finance_and_administrators_have_no_list(who):
    office = an_office()
    with pytest.raises(NotAllowed):
        queries.list_households({}, by=getattr(office, who))
