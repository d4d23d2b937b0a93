"""The pages work through the browser's doors: forms keep what was typed, masks hold, strangers get the one 404."""

import re
from io import BytesIO

import pytest
from flask_babel import refresh
from python_calamine import CalamineWorkbook

from relief.accounts.drafts import find_draft, save_draft
from relief.audit.models import AccessEntry
from relief.db import db
from relief.households.membership import list_members
from relief.households.models import Household
from relief.households.proposals import list_open_proposals
from tests.build import a_card, a_household, an_id, an_office, sign_in

NEW = {"name": "张桂兰", "resident_id": an_id(sequence=61), "phone": "13845671234", "file_tier": "bureau"}


@pytest.fixture
def office(app):
    return an_office()


@pytest.fixture
def wang(office, client):
    sign_in(client, office, "wang")
    return client


def test_a_file_is_opened_and_shown(wang, office):
    answer = wang.post("/households/open", data=NEW | {"union_id": office.dongfeng.id, "address": "东风路12号"})
    assert answer.status_code == 303
    page = wang.get(answer.headers["Location"]).text
    assert "XLGH-D000001" in page and "张桂兰" in page and "东风路***" in page
    for secret in (NEW["resident_id"], NEW["phone"], "12号"):
        assert secret not in page


def test_what_was_typed_stays_beside_the_sentence(wang, office):
    data = NEW | {"union_id": office.dongfeng.id, "resident_id": "230126198001010011", "address": "东风路12号"}
    answer = wang.post("/households/open", data=data)
    assert answer.status_code == 422
    assert "东风路12号" in answer.text and "error-summary" in answer.text
    assert db.session.scalar(db.select(db.func.count()).select_from(Household)) == 0


def test_a_draft_comes_back_and_goes_with_the_saving(wang, office):
    save_draft("household-open", {"name": ["张桂兰"], "remark": ["写到一半"]}, by=office.wang)
    assert "写到一半" in wang.get("/households/open").text
    wang.post("/households/open", data=NEW | {"union_id": office.dongfeng.id})
    assert find_draft(office.wang, "household-open") is None


def test_two_editors_see_the_difference_and_can_save_again(wang, office):
    household = a_household(office, heating="coal")
    form = {"version": household.version, "heating": "wood", "declared_category": "deep", "main_cause": "6"}
    assert wang.post(f"/households/{household.id}/edit", data=form).status_code == 303
    late = wang.post(f"/households/{household.id}/edit", data=form | {"heating": "electric"})
    assert late.status_code == 409 and "烧柴" in late.text and "电采暖" in late.text
    version = re.search(r'name="version"[^>]*value="(\d+)"', late.text)[1]
    again = wang.post(f"/households/{household.id}/edit", data=form | {"heating": "electric", "version": version})
    assert again.status_code == 303
    assert db.session.get_one(Household, household.id).heating == "electric"


def test_a_blank_address_keeps_the_one_on_file(wang, office):
    household = a_household(office, address="东风路12号")
    assert "东风路12号" not in wang.get(f"/households/{household.id}/edit").text
    wang.post(f"/households/{household.id}/edit", data={"version": household.version, "main_cause": "6"})
    assert db.session.get_one(Household, household.id).address == "东风路12号"


def test_a_masked_value_is_shown_once_for_a_reason(wang, office):
    household = a_household(office)
    number, member = household.head.resident_id, list_members(household.id)[0].id
    url = f"/households/{household.id}/members/{member}/reveal/resident_id"
    assert number not in wang.get(f"/households/{household.id}").text
    assert wang.post(url, data={}).status_code == 422
    shown = wang.post(url, data={"reason": "compare"})
    assert shown.status_code == 200 and number in shown.text
    assert number not in wang.get(f"/households/{household.id}").text
    assert wang.post(f"/households/{household.id}/reveal/account", data={"reason": "payment"}).status_code == 403


def test_health_is_seen_by_those_who_may(office, client):
    household = a_household(office)
    list_members(household.id)[0].health = "恶性肿瘤"
    db.session.commit()
    for who, sees in (("wang", True), ("li", True), ("chen", True), ("feng", True)):
        sign_in(client, office, who)
        assert ("恶性肿瘤" in client.get(f"/households/{household.id}").text) is sees
    sign_in(client, office, "zhou")
    assert client.get(f"/households/{household.id}").status_code == 403


def test_a_member_joins_changes_and_leaves(wang, office):
    household = a_household(office, members=1)
    base = f"/households/{household.id}"
    joined = {"name": "张小军", "relation": "child", "monthly_income": "1,200", "since": "2026-01-01"}
    assert wang.post(f"{base}/members/add", data=joined).status_code == 303
    member = list_members(household.id)[1]
    edited = {"name": "张晓军", "relation": "child", "version": member.version}
    assert wang.post(f"{base}/members/{member.id}/edit", data=edited).status_code == 303
    assert list_members(household.id)[1].person.name == "张晓军"
    assert wang.post(f"{base}/members/{member.id}/end", data={"on": "2026-02-01"}).status_code == 303
    assert len(list_members(household.id)) == 1


def test_the_road_of_an_account(office, client, wang):
    household = a_household(office, account=False)
    url = f"/households/{household.id}/account"
    data = {"payee_id": household.head_id, "holder": "张桂兰", "bank": "龙江银行"}
    assert wang.post(url, data=data | {"card": "12"}).status_code == 422
    for number in (7, 8):
        assert wang.post(url, data=data | {"card": a_card(number)}).status_code == 303
    (proposal,) = list_open_proposals(household.id)
    decide = f"/households/{household.id}/proposals/{proposal.id}/decide"
    assert wang.get(decide).status_code == 403
    sign_in(client, office, "li")
    page = client.get(decide).text
    assert a_card(7)[-4:] in page and a_card(8)[-4:] in page and a_card(8) not in page
    assert client.post(decide, data={"accept": "yes", "version": proposal.version}).status_code == 422
    answer = client.post(decide, data={"accept": "yes", "phoned": "y", "version": proposal.version})
    assert answer.status_code == 303 and not list_open_proposals(household.id)


def test_consents_are_recorded_together(wang, office):
    household = a_household(office, consent=False)
    data = {"purposes": ["notice", "bank"], "person_id": household.head_id, "signed_on": "2026-01-05"}
    assert wang.post(f"/households/{household.id}/consents/add", data=data).status_code == 303
    assert wang.get(f"/households/{household.id}").text.count("2026年1月5日签署") == 2


def test_close_and_open_again(wang, office):
    household = a_household(office)
    url = f"/households/{household.id}"
    assert wang.post(f"{url}/close", data={"version": household.version}).status_code == 422
    assert wang.post(f"{url}/close", data={"reason": "recovered", "version": household.version}).status_code == 303
    assert "恢复建档" in wang.get(url).text
    assert wang.post(f"{url}/reopen", data={"reason": "relapse"}).status_code == 303


def test_names_may_stand_in_an_address_numbers_never(wang, office):
    household = a_household(office)
    a_household(office, "张桂香")
    to_results = wang.post("/search", data={"q": "张桂"})
    assert to_results.status_code == 303 and "q=" in to_results.headers["Location"]
    assert "张桂香" in wang.get(to_results.headers["Location"]).text
    direct = wang.post("/search", data={"q": household.head.resident_id})
    assert direct.headers["Location"] == f"/households/{household.id}"
    missing = wang.post("/search", data={"q": an_id(sequence=998)})
    assert missing.status_code == 200 and "Location" not in missing.headers
    assert "张桂兰" not in wang.get(f"/search?q={household.head.resident_id}").text


def test_an_empty_list_says_what_to_do(wang, office):
    assert "/households/open" in wang.get("/households").text
    a_household(office, heating="coal")
    page = wang.get("/households?heating=none").text
    assert "没有符合筛选条件的内容" in page and 'href="/households"' in page


@pytest.mark.parametrize("path", ["?after=nonsense", "?after=WyJhIl0", "?unit=99999", "?status=%00"])
def test_a_list_takes_any_address(wang, office, path):
    a_household(office)
    assert wang.get(f"/households{path}").status_code == 200


def test_another_units_pages_are_the_same_as_missing_ones(office, client):
    household = a_household(office)
    member, proposal = list_members(household.id)[1].id, 1
    sign_in(client, office, "zhao")
    of_file = "/edit /members/add /change-head /move /account /consents/add /close /reopen /papers/add"
    tails = ["", *of_file.split(), *(f"/members/{member}/{verb}" for verb in ("edit", "end", "deceased"))]
    missing = client.get("/households/999999").text
    for tail in tails:
        answer = client.get(f"/households/{household.id}{tail}")
        assert (answer.status_code, answer.text) == (404, missing), tail
    for tail in ("/review", "/reveal/address", f"/members/{member}/reveal/phone", "/consents/1/withdraw"):
        assert client.post(f"/households/{household.id}{tail}", data={"reason": "visit"}).status_code == 404, tail
    sign_in(client, office, "he")
    assert client.get(f"/households/{household.id}/proposals/{proposal}/decide").status_code == 404


def test_both_languages_are_whole(wang, office):
    household = a_household(office)
    chinese = wang.get(f"/households/{household.id}", headers={"Accept-Language": "zh-CN"}).text
    refresh()  # the test's one application context remembers the language
    english = wang.get(f"/households/{household.id}", headers={"Accept-Language": "en"}).text
    assert "家庭成员" in chinese and "Members" not in chinese
    assert "Members" in english and "Zhang Guilan" in english and "家庭成员" not in english


def test_the_list_says_category_and_heating_in_the_readers_language(wang, office):
    a_household(office, "张桂兰", heating="coal")
    chinese = wang.get("/households", headers={"Accept-Language": "zh-CN"}).text
    refresh()
    english = wang.get("/households", headers={"Accept-Language": "en"}).text
    assert ">烧煤</td>" in chinese and ">Coal</td>" not in chinese
    assert ">Coal</td>" in english


def test_the_list_is_taken_away_with_its_filters_and_without_numbers(wang, office):
    a_household(office, "张桂兰", heating="coal")
    household = a_household(office, "李玉梅", heating="wood")
    answer = wang.get("/households/download?heating=wood")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    text = str(rows)
    assert "李玉梅" in text and "张桂兰" not in text and household.number in text
    assert household.head.resident_id not in text and household.head.phone not in text
    assert db.session.scalars(db.select(AccessEntry)).one().what == "download_list"
