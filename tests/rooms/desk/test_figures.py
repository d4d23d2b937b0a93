"""What do the figures say, for whom, and what stands there before there is anything to draw?"""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief import clock
from relief.desk.charts import charts_for, last_months
from relief.desk.figures import list_figures, time_chart
from relief.domain.errors import NotAllowed
from relief.domain.money import Money
from relief.domain.month import Month
from relief.policies.queries import load_calendar
from relief.web.charts import Chart, Series, laid_out
from tests.build import Office, a_household, an_office
from tests.build_cases import a_paid_case, some_money
from tests.signing_in import sign_in_as


@pytest.fixture
def office(app: Flask) -> Office:
    return an_office()


def figures(chart: Chart) -> list[object]:
    return [figure for series in chart.series for figure in series.figures if figure]


def test_money_cases_and_time_by_month_kind_and_unit(office: Office) -> None:
    some_money()
    case = a_paid_case(office, household=a_household(office, "李文"), money=False)
    months = last_months(clock.today())
    money, opened, by_unit, time, time_by_unit = list_figures(months, {}, by=office.chen)
    assert figures(money) == [Money.yuan(3000)] and figures(opened) == [1]
    assert by_unit.places == ["东风林场"] and by_unit.series[0].figures == [Money.yuan(3000)]
    took = load_calendar().working_days_between(case.need_on, clock.today())
    assert figures(time) == [took] and time_by_unit.series[0].figures == [took]
    assert figures(time_chart(months, by=office.zhao)) == []
    assert figures(list_figures(months, {"kind": "winter"}, by=office.chen)[0]) == []
    assert figures(list_figures(months, {"unit": str(office.hongqi.id)}, by=office.chen)[0]) == []
    with pytest.raises(NotAllowed):
        list_figures(months, {}, by=office.chu)


@pytest.mark.parametrize(
    ("who", "count"), [("wang", 1), ("chen", 2), ("liu", 2), ("sun", 2), ("zhou", 2), ("feng", 2), ("chu", 1)]
)
def test_each_desk_has_its_pictures(office: Office, who: str, count: int) -> None:
    assert len(charts_for(getattr(office, who))) == count


def test_the_page_says_that_there_is_nothing_yet_and_keeps_its_filters(office: Office, client: FlaskClient) -> None:
    sign_in_as(client, "sun")
    page = client.get("/figures").text
    assert page.count("chart-empty") == 5
    assert f'<option value="{clock.today().year}" selected' in page, "the year that is drawn is the year that is picked"
    assert client.get("/figures?year=2024&kind=special&unit=2").status_code == 200
    assert client.get("/figures?year=1").status_code == 200
    sign_in_as(client, "chu")
    assert client.get("/figures").status_code == 403


def test_series_differ_by_pattern_as_well_as_by_colour(office: Office, client: FlaskClient) -> None:
    some_money()
    a_paid_case(office, household=a_household(office, "李文"), money=False)
    sign_in_as(client, "sun")
    page = client.get("/figures").text
    assert 'fill="url(#figure-1-p5)"' in page, "special relief is the fifth kind"


def test_rows_stand_inside_their_drawing_and_none_is_no_bar() -> None:
    chart = Chart("t", ["甲" * 20, "乙"], [Series("one", [Money.yuan(5), None])], "rows")
    drawn = laid_out(chart)
    assert [bar.width > 0 for bar in drawn.bars] == [True, False]
    assert all(bar.y + bar.height <= drawn.high for bar in drawn.bars)
    assert len(drawn.names[0][1]) == 7 and drawn.bars[1].figure == "—"
    assert not chart.is_empty and Chart("t", [], []).is_empty
    assert str(Month(2026, 3)) == "2026-03"
