"""The March start: an office begins on 10 March 2026 with balances, old sheets and awards that still run.

Then its limits bind as if it had always worked here, the timeline tells what was before, and nothing of it is payable.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from relief import clock
from relief.cases import service as cases
from relief.cases.amounts import amount_shown
from relief.cases.facts import facts_of
from relief.cases.given import Application
from relief.cases.models import Case
from relief.db import db
from relief.domain.errors import RuleBroken
from relief.domain.money import Money
from relief.domain.month import Month
from relief.funds.opening import bring_forward
from relief.funds.queries import find_fund, recomputed
from relief.funds.service import balance_of
from relief.households.models import Household
from relief.households.timeline import list_timeline
from relief.lists.service.proposing import propose
from relief.opening.service import import_file
from relief.payments import service as payments
from relief.payments.facts import list_waiting
from relief.payments.models import Payment
from relief.windows.queries import computed_windows
from relief.windows.service import open_window
from tests.awards_book import BOOK
from tests.build import Office
from tests.build_cases import a_visit, some_evidence
from tests.rooms.opening.books import a_book, a_row

ZHANG, SHAN = 0, 1  # the households of 张桂兰 and 单明
FIRE = {"event_kind": "fire", "event_on": date(2026, 3, 9), "story": "锅炉房起火，烧毁两间"}


@pytest.fixture
def started(office: Office, households: list[Household]) -> list[Household]:
    """The office has started: rosters are in, balances are brought forward, the old workbook is taken over."""
    assert clock.today() == date(2026, 3, 10)
    for code, announced, received in (("F4", 300_000, 200_000), ("F6", 8_000, 8_000)):
        fund = find_fund(code)
        assert fund is not None
        bring_forward(
            fund.id, announced=Money.yuan(announced), received=Money.yuan(received), on=date(2026, 3, 1),
            document_number="兴林工财〔2026〕2号", by=office.zhou,
        )  # fmt: skip
    import_file(BOOK, by=office.zhou, dry_run=False)
    return households


def apply_for(household: Household, office: Office, kind: str, **said: object) -> Case:
    """A case with everything that its submission asks for."""
    case = cases.open_case(household.id, kind, Application(**({"story": "情况属实"} | said)), by=office.wang)
    a_visit(household, office.wang, office.zhao)
    some_evidence(case, "application", "identity", "income", "diagnosis", "event_proof")
    return case


def test_the_funds_stand_as_the_old_books_left_them(started: list[Household]) -> None:
    fund = find_fund("F4")
    assert fund is not None
    balance = balance_of(fund.id)
    assert (balance.left_to_promise, balance.left_to_release) == (Money.yuan(300_000), Money.yuan(200_000))
    assert recomputed(fund.id) == balance


def test_a_routine_award_is_cut_to_what_this_years_sheets_left_of_its_item(
    office: Office, started: list[Household]
) -> None:
    """6,000 of 8,000 a year went to medical costs in January; the 5,000 of last year do not count."""
    case = apply_for(started[ZHANG], office, "routine", item="medical", cost=Money.yuan(10_000))
    assert case.proposed == Money.yuan(2_000)
    assert "The item's yearly limit leaves 2,000.00" in [str(line.label) for line in amount_shown(case).lines]
    cases.submit(case.id, version=case.version, by=office.wang)
    with pytest.raises(RuleBroken):
        cases.give_opinion(case.id, version=case.version, amount=Money.yuan(2_001), note="同意",
                           meeting_id=a_meeting(office), by=office.li)  # fmt: skip


def a_meeting(office: Office) -> int:
    meeting = cases.record_meeting(
        office.dongfeng.id, number="东风工会会纪〔2026〕1号", on=clock.today(), attendees=["李建国", "王秀兰"], by=office.li
    )
    return int(meeting.id)


def test_a_special_award_is_cut_to_what_the_household_had_of_its_year(
    office: Office, started: list[Household]
) -> None:
    """18,500 of 20,000 were paid to the spouse in February: the household's limit, not the person's."""
    case = apply_for(started[SHAN], office, "special", grade=2, **FIRE)
    assert case.proposed == Money.yuan(1_500)
    known = facts_of(case, clock.today())
    assert known.received_of_kind == Money.yuan(18_500)
    assert known.received_in_year == Money.yuan(18_500 + 2 * 300)  # and the living aid of January and February


def test_the_next_year_begins_anew(office: Office, started: list[Household]) -> None:
    case = apply_for(started[SHAN], office, "special", grade=2, **FIRE)
    assert facts_of(case, date(2027, 1, 1)).received_in_year == Money(0)
    assert facts_of(case, date(2025, 12, 31)).received_in_year == Money.yuan(1_000 + 4 * 300)


def test_months_that_a_sheet_shows_as_paid_are_counted_once(office: Office, started: list[Household]) -> None:
    """Five months of living aid in 2026, of which two are on the sheets as well: 2,000 and not 2,800."""
    case = apply_for(started[ZHANG], office, "routine", item="medical", cost=Money.yuan(100))
    assert facts_of(case, clock.today()).received_of_kind == Money.yuan(6_000 + 5 * 400)


def test_living_aid_that_still_runs_blocks_a_second_one_until_its_last_month_is_over(
    office: Office, started: list[Household]
) -> None:
    second = apply_for(started[ZHANG], office, "routine", item="living", months=3)
    assert facts_of(second, date(2026, 5, 31)).item_runs
    assert not facts_of(second, date(2026, 6, 1)).item_runs
    with pytest.raises(RuleBroken, match="same item is still running"):
        cases.submit(second.id, version=second.version, by=office.wang)
    over = apply_for(started[SHAN], office, "routine", item="living", months=3)
    assert cases.submit(over.id, version=over.version, by=office.wang).state == "submitted"


def test_who_was_helped_in_the_open_window_before_the_start_is_left_off_its_list(
    office: Office, started: list[Household], tmp_path: Path
) -> None:
    book = tmp_path / "换季.xlsx"
    book.write_bytes(a_book(a_row(1, "换季救助", "200", "2026-03-05")))
    import_file(book, by=office.zhou, dry_run=False)
    window = next(one for one in computed_windows(clock.today()) if one.kind.code == "seasonal")
    opened = open_window("seasonal", window.window.code, by=office.chen)
    made = propose(opened.id, office.dongfeng.id, by=office.wang)
    listed = set(db.session.scalars(sa.select(Case.household_id).where(Case.list_id == made.id)))
    assert started[SHAN].id in listed
    assert started[ZHANG].id not in listed


def test_the_timeline_tells_what_was_before(office: Office, started: list[Household]) -> None:
    told = [item for item in list_timeline(started[ZHANG].id, by=office.wang) if item.kind == "before"]
    assert len(told) == 6
    assert {str(item.state) for item in told} == {"before Relief"}


def test_nothing_of_it_is_payable(office: Office, started: list[Household]) -> None:
    fund = find_fund("F4")
    assert fund is not None
    for month in (Month(2025, 1), Month(2026, 3), Month(2026, 12)):
        assert list_waiting(fund.id, until=month) == []
    sheet = payments.start_sheet(fund.id, month=Month(2026, 3), title="三月", by=office.zhou)
    with pytest.raises(RuleBroken):
        payments.submit(sheet.id, version=sheet.version, by=office.zhou)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Payment)) == 0
    assert balance_of(fund.id).paid == Money(0)
