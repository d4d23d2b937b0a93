"""Do the pages of visits work without JavaScript, keep what was typed, and open only for the right people?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_babel import refresh

from relief import clock
from relief.accounts.models import Draft
from relief.db import db
from relief.domain.visit_codes import Aspect
from relief.households.models import Household
from relief.visits.models import Promise, Visit
from relief.visits.observations import seen_in
from tests.build import Office, an_id, sign_in
from tests.rooms.visits.conftest import Log
from tests.rooms.visits.test_log_visit import a_photo


@pytest.fixture
def wang(client: FlaskClient, office: Office) -> FlaskClient:
    """The caseworker's browser, in English: the sentences stand here as the code has them."""
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_in(client, office, "wang")
    return client


def number_on(page: str) -> str:
    return re.findall(r'name="client_uuid"[^>]*value="([^"]+)"', page)[0]


def a_form(client: FlaskClient, office: Office, address: str, **typed: object) -> dict[str, object]:
    """What a browser sends of a new care visit."""
    given = {
        "client_uuid": number_on(client.get(address).text), "kind": "care", "on": clock.today().isoformat(),
        "place": "home", "visitors": [str(office.wang.person_id)],
    }  # fmt: skip
    return given | typed


def test_a_visit_is_logged_from_the_form_to_its_page(wang: FlaskClient, office: Office, household: Household) -> None:
    address, today = f"/visits/new?household={household.id}", clock.today()
    photo = a_photo()
    form = a_form(
        wang, office, address, kind="verification", talked_to="张桂兰", seen_heating="烧煤",
        themes=["housing", "living"], need_housing="修炉子", note="路滑",
        next_on=(today + timedelta(days=30)).isoformat(),
        visitors=[str(office.wang.person_id), str(office.li.person_id)], photos=(photo.stream, photo.filename),
        **{
            "promise_1-text": "联系修炉子", "promise_1-owner_id": str(office.li.person_id),
            "promise_1-due_on": (today + timedelta(days=7)).isoformat(),
        },
    )  # fmt: skip
    done = wang.post(address, data=form)
    visit = db.session.scalars(sa.select(Visit)).one()
    assert (done.status_code, done.location) == (303, f"/visits/{visit.id}")
    assert seen_in(visit) == {Aspect.HEATING: "烧煤"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Promise)) == 1
    page = wang.get(done.location).text
    for words in ("烧煤", "修炉子", "联系修炉子", "路滑", "王秀兰", "李建国"):
        assert words in page
    assert "/small" in page


def test_the_form_sent_twice_leads_to_the_same_visit(wang: FlaskClient, office: Office, household: Household) -> None:
    address = f"/visits/new?household={household.id}"
    form = a_form(wang, office, address)
    assert wang.post(address, data=form).location == wang.post(address, data=form).location


def test_one_tap_keeps_what_was_seen_last_time(
    wang: FlaskClient, office: Office, household: Household, log: Log
) -> None:
    address = f"/visits/new?household={household.id}"
    assert 'name="unchanged"' not in wang.get(address).text
    log(seen={Aspect.HEATING: "烧煤"}, on=clock.today() - timedelta(days=1))
    page = wang.get(address).text
    assert 'value="烧煤"' in page
    unsaid = wang.post(address, data=a_form(wang, office, address, seen_heating="烧煤"))
    assert unsaid.status_code == 422
    done = wang.post(address, data=a_form(wang, office, address, unchanged="yes", seen_heating="不看"))
    latest = db.session.get_one(Visit, int(done.location.rsplit("/", 1)[1]))
    assert (latest.unchanged, seen_in(latest)) == (True, {Aspect.HEATING: "烧煤"})
    changed = wang.post(address, data=a_form(wang, office, address, unchanged="no", seen_heating="集中供热"))
    assert seen_in(db.session.get_one(Visit, int(changed.location.rsplit("/", 1)[1]))) == {Aspect.HEATING: "集中供热"}


def test_a_broken_rule_stands_at_its_field_and_what_was_typed_stays(
    wang: FlaskClient, office: Office, household: Household
) -> None:
    address = f"/visits/new?household={household.id}"
    form = a_form(wang, office, address, kind="verification", note="门前路滑", **{"other-name": ""})
    page = wang.post(address, data=form)
    assert page.status_code == 422
    assert 'href="#visitors">A verification visit is made by two people' in page.text
    assert "门前路滑" in page.text
    assert number_on(page.text) == form["client_uuid"]
    form |= {"other-name": "李建国"}
    page = wang.post(address, data=form)
    assert 'href="#other-name">李建国 has an account' in page.text
    form |= {"other-name": "赵老四", "other-resident_id": an_id(sequence=77)}
    assert wang.post(address, data=form).status_code == 303


def test_half_a_promise_is_asked_for(wang: FlaskClient, office: Office, household: Household) -> None:
    address = f"/visits/new?household={household.id}"
    page = wang.post(address, data=a_form(wang, office, address, **{"promise_0-text": "修炉子"}))
    assert (page.status_code, 'href="#promise_0-due_on"' in page.text) == (422, True)
    early = {"promise_2-text": "修炉子", "promise_2-due_on": "2026-01-01"}
    early["promise_2-owner_id"] = str(office.wang.person_id)
    page = wang.post(address, data=a_form(wang, office, address, **early))
    assert (page.status_code, 'href="#promise_2-due_on"' in page.text) == (422, True)


def test_the_draft_comes_back_with_its_number_and_goes_when_it_is_sent(
    wang: FlaskClient, office: Office, household: Household
) -> None:
    address = f"/visits/new?household={household.id}"
    form = a_form(wang, office, address, note="门前路滑", **{"promise_0-text": "修炉子"})
    assert f'data-draft="visit-{household.id}-new"' in wang.get(address).text
    assert wang.post(f"/drafts/visit-{household.id}-new", data=form).status_code == 204
    page = wang.get(address).text
    assert "门前路滑" in page
    assert 'value="修炉子"' in page
    assert number_on(page) == form["client_uuid"]
    assert wang.post(address, data=form | {"promise_0-text": ""}).status_code == 303
    assert db.session.scalar(sa.select(Draft)) is None
    assert "门前路滑" not in wang.get(address).text


def test_the_household_is_chosen_by_name_and_a_number_never_stands_in_an_address(
    wang: FlaskClient, household: Household
) -> None:
    found = wang.post("/visits/choose", data={"q": "张桂"})
    assert found.status_code == 303
    assert f"/visits/new?household={household.id}" in wang.get(found.location).text
    number = household.head.resident_id
    answered = wang.post("/visits/choose", data={"q": number})
    assert f"/visits/new?household={household.id}" in answered.text
    assert f"/visits/new?household={household.id}" not in wang.get("/visits/new", query_string={"q": number}).text


def test_a_visit_is_mended_on_the_same_form(wang: FlaskClient, office: Office, log: Log) -> None:
    visit = log(seen={Aspect.HEATING: "烧煤"}, note="路滑")
    address = f"/visits/{visit.id}/edit"
    page = wang.get(address).text
    assert 'value="烧煤"' in page
    assert 'name="visitors"' not in page
    told = {"on": visit.on.isoformat(), "place": "phone", "seen_heating": "烧柴", "note": "路滑"}
    form = told | {"version": visit.version}
    assert wang.post(address, data=form).location == f"/visits/{visit.id}"
    stale = wang.post(address, data=form | {"note": "路好走了"})
    assert (stale.status_code, "Somebody else changed this" in stale.text) == (409, True)


def test_a_promise_is_answered_on_its_page(wang: FlaskClient, office: Office, log: Log) -> None:
    log(promises=[("修炉子", office.wang.person_id, clock.today())])
    promise = db.session.scalars(sa.select(Promise)).one()
    address = f"/promises/{promise.id}/answer"
    assert address in wang.get("/promises").text
    form = {"version": promise.version, "state": "done", "answer": "", "told_on": clock.today().isoformat()}
    refused = wang.post(address, data=form)
    assert (refused.status_code, 'href="#answer"' in refused.text) == (422, True)
    assert wang.post(address, data=form | {"answer": "已修好", "confirmed": "yes"}).location == "/promises"
    assert address not in wang.get("/promises").text
    assert "已修好" in wang.get(f"/visits/{promise.visit_id}").text


def test_every_page_opens_in_both_languages(wang: FlaskClient, office: Office, household: Household, log: Log) -> None:
    visit = log(promises=[("修炉子", office.wang.person_id, clock.today())])
    promise = db.session.scalars(sa.select(Promise)).one()
    for address in (
        "/visits", "/visits?entered=late&since=2026-01-01&who=me", "/visits?after=nonsense", f"/visits/{visit.id}",
        "/visits/new", f"/visits/new?household={household.id}", f"/visits/{visit.id}/edit", "/promises",
        "/promises?which=unit", "/promises?which=kept", f"/promises/{promise.id}/answer",
    ):  # fmt: skip
        for language in ("zh-CN", "en"):
            refresh()  # the test's context outlives the request and keeps its language
            assert wang.get(address, headers={"Accept-Language": language}).status_code == 200, address


@pytest.mark.parametrize(("who", "status"), [("zhao", 404), ("zhou", 403), ("feng", 200)])
def test_a_visit_opens_for_those_who_see_it(
    client: FlaskClient, office: Office, household: Household, log: Log, who: str, status: int
) -> None:
    visit = log()
    sign_in(client, office, who)
    assert client.get(f"/visits/{visit.id}").status_code == status
    new = client.get(f"/visits/new?household={household.id}").status_code
    assert new == (404 if who == "zhao" else 403)
