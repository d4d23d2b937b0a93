"""Post a notice: masked, for its working days, proven, and ended by itself."""

from datetime import UTC, date, datetime

import pytest

from relief import clock
from relief.cases import service as cases
from relief.cases.models import Notice, NoticeRow
from relief.consequences import run_due
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.files.models import IssuedDocument
from tests.build import SYSTEM, a_household, an_office
from tests.build_cases import a_case
from tests.rooms.cases.asking import audit_of, fresh, get, is_missing_alike, last_step, post


def put_up(office, case, by=None, place="林场公示栏"):
    return cases.post_notice([case.id], versions=[case.version], place=place, by=by or office.wang)


def on_day(year, month, day):
    clock.set_shift(datetime(year, month, day, 2, tzinfo=UTC) - datetime.now(UTC))


def test_it_shows_masked_names_for_five_working_days(office):
    case = a_case(office, State.OPINION_GIVEN, household=a_household(office, "欧阳建国"))
    notice = put_up(office, case)
    assert (notice.number, notice.state, str(notice.ends_on)) == ("XLGH-GS-2026-0001", "posted", "2026-03-09")
    row = db.session.scalars(db.select(NoticeRow)).one()
    assert (row.masked_name, row.cause, row.amount) == ("欧**国", "Due to disaster", Money.yuan(3_000))
    assert last_step(case, "post_notice") == ("opinion_given", "on_notice", office.wang.person_id)
    assert audit_of(notice.id, "notice.post")[0].changes["rows"] == 1
    assert (fresh(case).noticed, fresh(case).due_on) == (Money.yuan(3_000), notice.ends_on)


def test_posted_on_the_12th_of_february_2026_it_ends_on_the_26th():
    on_day(2026, 2, 12)
    office = an_office()
    notice = put_up(office, a_case(office, State.OPINION_GIVEN))
    assert (notice.posted_on, notice.ends_on, notice.provisional) == (date(2026, 2, 12), date(2026, 2, 26), False)


def test_it_ends_clean_on_the_day_after_its_last_and_forwards_the_case(office):
    case = a_case(office, State.OPINION_GIVEN)
    notice = put_up(office, case)
    run_due(notice.ends_on, by=SYSTEM)
    assert fresh(case).state == State.ON_NOTICE
    on_day(2026, 3, 10)
    assert run_due(clock.today(), by=SYSTEM)["notices"] == 1
    assert last_step(case, "end_notice")[:2] == ("on_notice", "forwarded")
    assert run_due(clock.today(), by=SYSTEM)["notices"] == 0


def test_a_year_without_a_notice_of_holidays_gives_a_provisional_end(office, client):
    on_day(2026, 12, 28)
    case = a_case(office, State.OPINION_GIVEN)
    assert "Provisional end" in get(client, office, "wang", f"/cases/{case.id}/post-notice").text
    notice = put_up(office, case)
    assert (notice.provisional, notice.ends_on) == (True, date(2027, 1, 5))
    assert "Provisional end of notice" in get(client, office, "wang", f"/cases/{case.id}").text


def test_one_notice_carries_several_cases_of_one_unit_only(office):
    one, other = a_case(office, State.OPINION_GIVEN), a_case(office, State.OPINION_GIVEN)
    notice = cases.post_notice(
        [one.id, other.id], versions=[one.version, other.version], place="林场公示栏", by=office.wang
    )
    rows = db.session.scalars(db.select(NoticeRow.masked_name).where(NoticeRow.notice_id == notice.id)).all()
    assert len(set(rows)) == 2
    with pytest.raises(RuleBroken) as none:
        cases.post_notice([], versions=[], place="林场公示栏", by=office.wang)
    assert none.value.field == "cases"


@pytest.mark.parametrize("place", ["", "  "])
def test_it_hangs_somewhere(office, place):
    with pytest.raises(RuleBroken) as refused:
        put_up(office, a_case(office, State.OPINION_GIVEN), place=place)
    assert refused.value.field == "place"


def test_no_number_of_a_person_gets_onto_the_board(office):
    with pytest.raises(RuleBroken, match="mobile"):
        put_up(office, a_case(office, State.OPINION_GIVEN), place="公示栏，咨询13812345678")


def test_wrong_role_wrong_state_another_unit(office):
    case = a_case(office, State.OPINION_GIVEN)
    with pytest.raises(NotAllowed):
        put_up(office, case, office.li)
    with pytest.raises(NotYours):
        put_up(office, fresh(case), office.zhao)
    put_up(office, fresh(case))
    with pytest.raises(WrongState):
        put_up(office, fresh(case))


def test_over_http_it_leads_to_the_notice_and_the_paper_is_the_same_bytes_each_time(office, client):
    case = a_case(office, State.OPINION_GIVEN)
    assert "2026-03-09" not in get(client, office, "wang", f"/cases/{case.id}/post-notice").text
    assert "9 March 2026" in get(client, office, "wang", f"/cases/{case.id}/post-notice").text
    missing = post(client, office, "wang", f"/cases/{case.id}/post-notice", version=case.version, place="")
    assert (missing.status_code, 'id="place-error"' in missing.text) == (422, True)
    done = post(client, office, "wang", f"/cases/{case.id}/post-notice", version=case.version, place="大门口")
    notice = db.session.scalars(db.select(Notice)).one()
    assert (done.status_code, done.location) == (303, f"/notices/{notice.id}")
    papers = [post(client, office, "wang", f"/notices/{notice.id}/paper") for _ in range(2)]
    assert papers[0].data.startswith(b"%PDF") and papers[0].data == papers[1].data
    assert f"{notice.number}.pdf" in papers[0].headers["Content-Disposition"]
    assert len(db.session.scalars(db.select(IssuedDocument)).all()) == 1
    assert is_missing_alike(client, office, "zhao", "post-notice", fresh(case))


def test_another_units_notice_answers_as_a_missing_one(office, client):
    case = a_case(office, State.ON_NOTICE)
    notice = db.session.scalars(db.select(Notice)).one()
    for address in (f"/notices/{notice.id}", "/notices/999999"):
        assert get(client, office, "zhao", address).status_code == 404
    assert client.post(f"/notices/{notice.id}/paper").status_code == 404
    assert case.number not in get(client, office, "zhao", "/notices").text
    assert notice.number in get(client, office, "chen", "/notices").text
