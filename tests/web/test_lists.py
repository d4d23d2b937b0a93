"""Do pages turn by key, filters stay, counts stop at their cap, and charts stand where they should?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.money import Money
from relief.web.charts import HIGH, TOP, WIDE, Chart, Series, laid_out
from relief.web.filters import Chosen, Filter
from relief.web.paging import Ask, capped, decode_key, encode_key, page_of

ROWS = list(range(1, 8))


def fetch(ask: Ask, per_page: int) -> list[int]:
    """What a query would give: one more than the page, in the direction asked for."""
    if ask.backwards and ask.key:
        return [row for row in reversed(ROWS) if row < int(ask.key[0] or 0)][: per_page + 1]
    return [row for row in ROWS if not ask.key or row > int(ask.key[0] or 0)][: per_page + 1]


def walk(ask: Ask, per_page: int = 3) -> tuple[list[int], str | None, str | None]:
    page = page_of(fetch(ask, per_page), ask, lambda row: (row,), per_page)
    return list(page.rows), page.next_key, page.previous_key


def test_forward_to_the_end_and_back_to_the_start() -> None:
    first, after, before = walk(Ask())
    assert (first, before) == ([1, 2, 3], None)
    second, after, before = walk(Ask.read(after, None, 1))
    assert second == [4, 5, 6]
    last, end, before_last = walk(Ask.read(after, None, 1))
    assert (last, end) == ([7], None)
    assert walk(Ask.read(None, before_last, 1))[0] == [4, 5, 6]
    back, _after, start = walk(Ask.read(None, before, 1))
    assert (back, start) == ([1, 2, 3], None)


def test_an_empty_list_has_no_neighbours() -> None:
    page = page_of([], Ask(), lambda row: (row,), 3)
    assert (page.rows, page.next_key, page.previous_key) == ([], None, None)


@given(st.lists(st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
                          st.integers(-(2**63) + 1, 2**63 - 1)), min_size=1, max_size=4))  # fmt: skip
def test_keys_come_back_as_they_went(values: list[str | int | None]) -> None:
    assert decode_key(encode_key(tuple(values)), len(values)) == tuple(values)


@given(st.text(max_size=60))
def test_any_other_text_is_the_first_page(text: str) -> None:
    assert Ask.read(text, None, 2).key is None or decode_key(text, 2) is not None


@pytest.mark.parametrize(
    "text", ["", "x", "WzFd", "e30", "W1tdLDFd", "WzFlOTk5LDFd", "W3RydWUsMV0", "[" * 500, "W05hTiwxXQ"]
)
def test_a_tampered_key_is_the_first_page(text: str) -> None:
    assert Ask.read(text, text, 2) == Ask()


def test_counts_stop_at_their_cap() -> None:
    assert (capped(37), capped(1000), capped(1001)) == ("37", "1,000", "1,000+")


DECLARED = (
    Filter("state", "State", options=[("draft", "Draft"), ("paid", "Paid")]),
    Filter("month", "Month", takes="month"),
    Filter("since", "Since", takes="day"),
    Filter("least", "Least", takes="money"),
)


def test_filters_are_read_and_stay_in_addresses() -> None:
    chosen = Chosen(DECLARED, {"state": "paid", "month": "2026-02", "since": "2026-02-01", "least": "5"}, "/cases")
    assert dict(chosen) == {"state": "paid", "month": "2026-02", "since": date(2026, 2, 1), "least": Money.yuan(5)}
    assert chosen.url(after="k") == "/cases?state=paid&month=2026-02&since=2026-02-01&least=5&after=k"
    assert chosen.url(state=None, month=None, since=None, least=None) == "/cases"


def test_a_chip_takes_just_its_own_filter_away() -> None:
    chips = Chosen(DECLARED, {"state": "paid", "month": "2026-02", "after": "k"}, "/cases").chips()
    assert [(chip.text, chip.without) for chip in chips] == [
        ("State: Paid", "/cases?month=2026-02"), ("Month: 2026-02", "/cases?state=paid"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed", [{"state": "gone"}, {"month": "2026-13"}, {"since": "x"}, {"least": "NaN"}, {"other": "1"}]
)
def test_what_no_filter_takes_is_as_if_not_there(typed: dict[str, str]) -> None:
    assert dict(Chosen(DECLARED, typed, "/cases")) == {}


@pytest.mark.parametrize("kind", ["bars", "stacked", "line"])
@pytest.mark.parametrize("figures", [[0, 0], [1, 3], [999, 10_001], [5, 4_999_999]])
def test_everything_stands_inside_the_drawing(kind: str, figures: list[int]) -> None:
    drawn = laid_out(Chart("t", ["a", "b"], [Series("one", figures), Series("two", figures[::-1])], kind=kind))
    for bar in drawn.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDE
        assert TOP - 1 <= bar.y <= bar.y + bar.height <= HIGH
    assert all(TOP - 1 <= y <= HIGH for line in drawn.lines for _x, y, _figure in line)
    assert 2 <= len(drawn.ticks) <= 6


def test_twice_the_amount_is_twice_the_bar() -> None:
    low, high = laid_out(Chart("t", ["a", "b"], [Series("one", [Money.yuan(500), Money.yuan(1000)])])).bars
    assert high.height == pytest.approx(2 * low.height, abs=0.2)


def test_a_chart_of_nothing_is_no_fault() -> None:
    assert laid_out(Chart("t", [], [])).bars == []
