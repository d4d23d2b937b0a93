"""The pages of windows and lists: a window from its opening to its decision over HTTP, by the hands whose turn it is."""

import re
from datetime import timedelta

import pytest

from relief import clock
from relief.cases.models import Case
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.permissions import system_actor
from relief.funds.queries import find_fund
from relief.households.models import Account, Household
from relief.lists import previews, step_views, window_views
from relief.lists import service as lists
from relief.policies.queries import load_calendar
from relief.windows.models import AidList, AidWindow
from tests.build import an_office
from tests.build_cases import some_money
from tests.rooms.cases.asking import get, post
from tests.rooms.lists.bureau import JANUARY, a_window, on_day, ready_household, rows_of


@pytest.fixture
def office(app):
    return an_office()


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_window_from_its_opening_to_its_decision(office, client):
    on_day(JANUARY)
    some_money()
    for name in ("张一", "张二", "张三"):
        ready_household(office, name)
    assert "2027-festival" in get(client, office, "chen", "/windows").text
    assert post(client, office, "chen", "/windows/open", window="spring_festival/2027-festival").status_code == 303
    window = db.session.scalars(db.select(AidWindow)).one().id
    assert "No unit has made its list yet" in get(client, office, "wang", f"/windows/{window}").text
    assert post(client, office, "wang", f"/windows/{window}/propose", union=str(office.dongfeng.id)).status_code == 303
    made = db.session.scalars(db.select(AidList)).one().id
    assert "3 rows are ready, ¥5,100.00" in text_of(get(client, office, "wang", f"/lists/{made}"))
    assert post(client, office, "wang", f"/lists/{made}/submit").status_code == 303
    offered = ["/lift-out" in get(client, office, who, f"/lists/{made}").text for who in ("li", "wang", "zhou")]
    assert offered == [True, False, False], "a row is lifted out by whoever's turn it is"
    bad = post(client, office, "li", f"/lists/{made}/give-opinion", meeting="new", note="情况属实")
    assert (bad.status_code, "情况属实" in bad.text) == (422, True)
    meeting = {"meeting": "new", "number": "东风会纪1", "meeting_on": str(JANUARY), "attendees": "李建国\n王秀兰"}
    assert post(client, office, "li", f"/lists/{made}/give-opinion", note="属实", **meeting).status_code == 303
    assert post(client, office, "wang", f"/lists/{made}/post-notice", place="公示栏").status_code == 303
    over = load_calendar().add_working_days(clock.today(), 6).on
    on_day(over)
    run_due(over, by=system_actor())
    assert post(client, office, "chen", f"/lists/{made}/review", note="").status_code == 303
    assert "Decide 3 rows" in text_of(get(client, office, "sun", f"/windows/{window}"))
    first = db.session.scalars(db.select(Case.id).order_by(Case.id)).first()
    address, fund = f"/windows/{window}/decide?out={first}", str(find_fund("F4").id)
    assert "Approve 2 rows, ¥3,400.00" in text_of(get(client, office, "sun", address))
    meeting |= {"number": "兴林办纪1", "meeting_on": str(over), "attendees": "孙德福\n刘志强"}
    missing = post(client, office, "sun", address, fund=fund, why="", **meeting)
    assert (missing.status_code, 'id="why-error"' in missing.text) == (422, True)
    assert post(client, office, "sun", address, fund=fund, why="待核实", **meeting).status_code == 303
    states = db.session.scalars(db.select(Case.state).order_by(Case.id)).all()
    assert states == ["in_approval", "approved", "approved"]


def test_the_paper_for_the_table_is_a_pdf_with_every_row(office, client):
    on_day(JANUARY)
    ready_household(office, "张一")
    post(client, office, "chen", "/windows/open", window="spring_festival/2027-festival")
    window = db.session.scalars(db.select(AidWindow)).one().id
    post(client, office, "wang", f"/windows/{window}/propose", union=str(office.dongfeng.id))
    paper = get(client, office, "chen", f"/windows/{window}/paper")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")


def test_the_overview_tells_how_far_the_last_safe_day_is(office, client):
    on_day(JANUARY)
    post(client, office, "chen", "/windows/open", window="spring_festival/2027-festival")
    window = db.session.scalars(db.select(AidWindow)).one()
    for after, said in ((-10, "10 days left"), (-1, "1 day left"), (1, "over")):
        on_day(window.last_safe_day + timedelta(days=after))
        assert said in text_of(get(client, office, "wang", "/windows"))


def test_no_alarm_over_the_last_safe_day_once_every_row_is_past_its_notice(office, client):
    opened = a_window(office)
    on_day(opened.window.last_safe_day + timedelta(days=1))
    pages = ("/windows", f"/windows/{opened.window.id}")
    for page in pages:
        text = text_of(get(client, office, "wang", page))
        assert re.search(r" over (?!by)", text) and "every row is past it" not in text
    with transaction():
        for row in rows_of(opened.dongfeng):
            row.state = "in_approval"
    for page in pages:
        text = text_of(get(client, office, "wang", page))
        assert not re.search(r" over (?!by)", text) and "every row is past it" in text


def test_of_many_exceptions_the_first_are_shown(office, client, monkeypatch):
    monkeypatch.setattr(window_views, "EXCEPTIONS_SHOWN", 2)
    opened = a_window(office)
    with transaction():
        for household in opened.households:
            for account in db.session.scalars(db.select(Account).filter_by(household_id=household.id)):
                account.passes_luhn = False
    window = f"/windows/{opened.window.id}"
    page, whole = (get(client, office, "sun", f"{window}{more}").text for more in ("", "?exceptions=all"))
    assert page.count("The card number fails its check") == 2 and "Show all 3" in page
    assert whole.count("The card number fails its check") == 3 and "Show all" not in whole


def test_of_many_that_stay_behind_or_are_left_out_the_first_are_shown(office, client, monkeypatch):
    monkeypatch.setattr(previews, "SHOWN", 2)
    monkeypatch.setattr(step_views, "LEFT_OUT_SHOWN", 1)
    opened = a_window(office)
    for name in ("李一", "李二"):
        ready_household(office, name, declared_category=None)
    lists.propose(opened.window.id, office.dongfeng.id, by=office.wang)
    with transaction():
        for row in rows_of(opened.dongfeng):
            db.session.get_one(Household, row.household_id).reviewed_on = None
    made = f"/lists/{opened.dongfeng.id}"
    step = get(client, office, "wang", f"{made}/submit")
    assert "And 1 more." in step.text and step.text.count("/cases/") == 2
    page, whole = (get(client, office, "wang", f"{made}{more}").text for more in ("", "?left=all"))
    assert "Show all 2" in page and "李一" in page and "李二" not in page
    assert "Show all" not in whole and "李二" in whole


def test_another_units_list_is_no_page(office, client):
    on_day(JANUARY)
    ready_household(office, "张一")
    post(client, office, "chen", "/windows/open", window="spring_festival/2027-festival")
    window = db.session.scalars(db.select(AidWindow)).one().id
    post(client, office, "wang", f"/windows/{window}/propose", union=str(office.dongfeng.id))
    made = db.session.scalars(db.select(AidList)).one().id
    assert get(client, office, "zhao", f"/lists/{made}").status_code == 404
    assert post(client, office, "wang", "/windows/open", window="winter/2027-winter").status_code == 403
