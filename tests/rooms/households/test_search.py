"""Somebody is found by a name or part of it, its letters, an ID, a phone, a file number; never across units."""

import pytest

from relief.db import db
from relief.domain.errors import NotAllowed
from relief.domain.household import Relation
from relief.households import grams, service
from relief.households.member_service import add_member, edit_member, end_membership
from relief.households.membership import PersonGiven, list_members
from relief.households.models import SearchGram
from relief.households.search import PER_PAGE, is_private, search
from relief.web.paging import Ask
from tests.build import a_household, an_office

pytestmark = pytest.mark.usefixtures("app")


def found(text, by):
    return [hit.head for hit in search(text, by=by).rows]


@pytest.fixture
def office():
    return an_office()


@pytest.mark.parametrize("text", ["张桂兰", "张桂", "桂兰", "兰", "张", " 张 桂兰 "])
def test_any_run_of_characters_finds_the_name(office, text):
    a_household(office, "张桂兰", members=1)
    a_household(office, "李玉梅", members=1)
    assert found(text, office.wang) == ["张桂兰"]


@pytest.mark.parametrize("text", ["张兰", "兰桂", "张桂兰花", "丽"])
def test_other_characters_do_not(office, text):
    a_household(office, "张桂兰", members=1)
    assert found(text, office.wang) == []


def test_pairs_from_two_people_are_no_name(office):
    household = a_household(office, "王建国", members=1)
    add_member(household.id, person=PersonGiven("李国庆"), relation=Relation.CHILD, by=office.wang)
    assert found("建国庆", office.wang) == []
    assert found("建国", office.wang) == ["王建国"]


def test_a_member_finds_the_household_and_is_named(office):
    household = a_household(office, "张桂兰", members=1)
    add_member(household.id, person=PersonGiven("仇小军"), relation=Relation.OTHER, by=office.wang)
    (hit,) = search("小军", by=office.wang).rows
    assert (hit.head, hit.matched) == ("张桂兰", ("仇小军",))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("张桂兰", ["zgl", "zg", "ZGL", "zhangguilan", "zhang guilan", "Zhang Guilan", "zhanggu"]),
        ("单晓明", ["sxm", "dxm", "shanxiaoming", "sx"]),
        ("仇英", ["qy", "cy", "qiuying"]),
        ("曾国梁", ["zgl", "cgl", "zengguo"]),
        ("欧阳建华", ["oyjh", "ouyang"]),
        ("吕梁", ["ll", "lvliang", "luliang"]),
        ("买买提·吐尔逊", ["买买提吐", "提·吐", "吐尔逊"]),
        ("李㛃", ["㛃", "李㛃"]),
    ],
)
def test_letters_and_rare_names(office, name, texts):
    a_household(office, name, members=1)
    a_household(office, "赵铁柱", members=1)
    assert {text: found(text, office.wang) for text in texts} == {text: [name] for text in texts}


@pytest.mark.parametrize("text", ["z", "xm", "guilan", "%", "_", "", "  ", "''", "张%", "zz"])
def test_too_little_or_too_wild_finds_nobody(office, text):
    a_household(office, "张桂兰", members=1)
    a_household(office, "单晓明", members=1)
    assert found(text, office.wang) == []


def test_an_id_as_people_type_it(office):
    household = a_household(office, members=2)
    wife = list_members(household.id)[1].person.resident_id
    for text in (wife, wife.lower(), f" {wife[:6]} {wife[6:14]} {wife[14:]} "):
        assert found(text, office.wang) == ["张桂兰"]
    assert found(wife[:17] + ("1" if wife[17] != "1" else "2"), office.wang) == []


def test_a_phone(office):
    household = a_household(office, members=1)
    phone = household.head.phone
    for text in (phone, f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"):
        assert found(text, office.wang) == ["张桂兰"]
    assert found("13800000000", office.wang) == []


@pytest.mark.parametrize("text", ["XLGH-D000002", "xlgh-d000002", "D000002", "d2", "2", "000002"])
def test_a_file_number(office, text):
    a_household(office, "张桂兰", members=1)
    a_household(office, "李玉梅", members=1)
    assert found(text, office.wang) == ["李玉梅"]


def test_another_units_household_answers_like_a_missing_one(office):
    household = a_household(office, "张桂兰", union=office.hongqi, members=1)
    texts = ("张桂兰", "zgl", "zhangguilan", household.head.resident_id, household.head.phone, household.number)
    for text in texts:
        assert found(text, office.zhao) == found(text, office.chen) == ["张桂兰"]
        page = search(text, by=office.wang)
        assert (list(page.rows), page.next_key, page.previous_key) == ([], None, None)


def test_the_rows_follow_the_file(office):
    household = a_household(office, "张桂兰", members=2)
    head, spouse = list_members(household.id)
    edit_member(head.id, fields={"name": "张秀芝"}, by=office.wang)
    assert (found("桂兰", office.wang), found("秀芝", office.wang)) == ([], ["张秀芝"])
    end_membership(spouse.id, by=office.wang)
    assert found("张丽", office.wang) == []
    service.move_to_union(household.id, office.hongqi.id, by=office.chen)
    assert (found("秀芝", office.wang), found("秀芝", office.zhao)) == ([], ["张秀芝"])


def test_a_closed_file_is_found_by_its_last_members(office):
    household = a_household(office, "张桂兰", members=2)
    service.close_file(household.id, reason="recovered", by=office.wang)
    (hit,) = search("张丽", by=office.wang).rows
    assert hit.status == "exited"


def test_a_rebuild_gives_the_same_rows(office):
    for name in ("张桂兰", "单晓明", "欧阳建华"):
        a_household(office, name, members=4)
    kept = _rows()
    db.session.execute(db.delete(SearchGram))
    db.session.commit()
    assert grams.rebuild() == 3
    assert _rows() == kept


def _rows():
    columns = (SearchGram.gram, SearchGram.household_id, SearchGram.union_id)
    return sorted(tuple(row) for row in db.session.execute(db.select(*columns)))


def test_a_household_has_few_rows(office):
    household = a_household(office, "欧阳建华", members=5)
    assert len([row for row in _rows() if row[1] == household.id]) < 40


def test_many_are_paged_the_newest_first(office):
    for _ in range(PER_PAGE + 2):
        a_household(office, "张桂兰", members=1, account=False, consent=False)
    first = search("桂兰", by=office.wang)
    second = search("桂兰", by=office.wang, ask=Ask.read(first.next_key, None, 1))
    ids = [hit.id for hit in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows)) == (PER_PAGE, 2)
    assert ids == sorted(ids, reverse=True) and len(set(ids)) == PER_PAGE + 2
    back = search("桂兰", by=office.wang, ask=Ask.read(None, second.previous_key, 1))
    assert [hit.id for hit in back.rows] == ids[:PER_PAGE]


@pytest.mark.parametrize("who", ["zhou", "chu", "wei"])
def test_who_sees_no_files_searches_none(office, who):
    with pytest.raises(NotAllowed):
        search("张", by=getattr(office, who))


@pytest.mark.parametrize(
    ("text", "private"),
    [("张桂兰", False), ("zgl", False), ("D000002", True), ("12345", False), ("138 4567 1234", True), ("230126", True),
     ("23012619800101001X", True), ("XLGH-TS-2026-00012", True)],
)  # fmt: skip
def test_what_no_address_carries(text, private):
    assert is_private(text) is private
