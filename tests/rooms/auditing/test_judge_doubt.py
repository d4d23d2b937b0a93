"""Settle or uphold a doubt: an auditor of its union, with a finding; upheld against silence once its day is over."""

import pytest

from relief.auditing import service
from relief.auditing.queries import list_doubts
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, Stale, WrongState
from relief.domain.workflow import State
from tests.build import a_household
from tests.build_cases import a_case
from tests.rooms.auditing.asking import a_doubt, auditor_of, fresh, lines_of, pass_days

JUDGE = {"settle": service.settle_doubt, "uphold": service.uphold_doubt}


def answered(office):
    doubt = a_doubt(office)
    service.answer_doubt(doubt.id, version=doubt.version, answer="第12页", by=office.wang)
    return fresh(doubt)


@pytest.mark.parametrize(("verb", "state"), [("settle", "settled"), ("uphold", "upheld")])
def test_it_ends_with_a_finding_and_a_line_in_the_record(office, verb, state):
    doubt = answered(office)
    JUDGE[verb](doubt.id, version=doubt.version, finding="凭证齐全", by=office.feng)
    assert (fresh(doubt).state, fresh(doubt).finding) == (state, "凭证齐全")
    assert fresh(doubt).settled_at is not None
    (line,) = lines_of(f"doubt.{verb}")
    assert (line.person_id, line.changes) == (office.feng.person_id, {"state": ["answered", state]})


def test_silence_is_upheld_only_after_the_day(office):
    doubt = a_doubt(office)
    pass_days(10)
    with pytest.raises(WrongState, match="has until"):
        service.uphold_doubt(doubt.id, version=doubt.version, finding="逾期未答", by=office.feng)
    pass_days(1)
    service.uphold_doubt(doubt.id, version=doubt.version, finding="逾期未答", by=office.feng)
    assert fresh(doubt).state == "upheld"


@pytest.mark.parametrize("verb", ["settle", "uphold"])
def test_the_owner_and_everybody_else_are_turned_away(office, verb):
    doubt = answered(office)
    with pytest.raises(NotAllowed):
        JUDGE[verb](doubt.id, version=doubt.version, finding="好", by=office.wang)
    for other in (office.sun, office.li, office.chu, office.wei, auditor_of(office, office.hongqi)):
        with pytest.raises(NotYours):
            JUDGE[verb](doubt.id, version=doubt.version, finding="好", by=other)
    assert fresh(doubt).state == "answered"


@pytest.mark.parametrize("verb", ["settle", "uphold"])
def test_no_finding_a_stale_page_and_what_is_judged_already(office, verb):
    doubt = answered(office)
    with pytest.raises(RuleBroken) as refused:
        JUDGE[verb](doubt.id, version=doubt.version, finding=" ", by=office.feng)
    assert refused.value.field == "finding"
    with pytest.raises(Stale):
        JUDGE[verb](doubt.id, version=doubt.version - 1, finding="好", by=office.feng)
    JUDGE[verb](doubt.id, version=fresh(doubt).version, finding="好", by=office.feng)
    with pytest.raises(WrongState):
        JUDGE[verb](doubt.id, version=fresh(doubt).version, finding="好", by=office.feng)


def test_the_register_is_filtered_by_state_owner_and_silence(office):
    first, second = a_doubt(office), a_doubt(office, owner="li")
    service.answer_doubt(second.id, version=second.version, answer="第12页", by=office.li)

    def numbers(by=office.feng, **chosen):
        return [one.doubt.number for one in list_doubts(chosen, by=by).rows]

    assert numbers() == [second.number, first.number]
    assert numbers(state="answered") == [second.number]
    assert numbers(owner=str(office.users["wang"].id)) == [first.number]
    assert numbers(overdue="yes") == []
    assert numbers(by=auditor_of(office, office.hongqi)) == numbers(unit=str(office.hongqi.id)) == []
    pass_days(11)
    assert numbers(overdue="yes") == [first.number]
    for other in (office.sun, office.chu):
        with pytest.raises(NotAllowed):
            numbers(by=other)


def test_the_register_turns_page_by_page_and_is_taken_away(office, signed_in):
    for serial in range(3):
        a_doubt(office, about=a_case(office, State.DRAFT, household=a_household(office, f"张{'甲乙丙'[serial]}")))
    get, _ = signed_in("feng")
    page = get("/auditing/register?state=open").text
    assert page.count("XLGH-YD-2026-00") >= 3
    book = get("/auditing/register/download?state=open")
    assert book.status_code == 200 and book.data[:2] == b"PK"


def test_over_http(office, signed_in):
    doubt = answered(office)
    url = f"/auditing/register/{doubt.id}"
    get, post = signed_in("feng")
    assert f"{url}/settle" in get(url).text and f"{url}/answer" not in get(url).text
    bad = post(f"{url}/settle", version=doubt.version, finding="")
    assert bad.status_code == 422 and 'id="finding-error"' in bad.text
    assert post(f"{url}/settle", version=doubt.version, finding="齐全").status_code == 303
    assert "齐全" in get(url).text
    get, post = signed_in("sun")
    assert get(f"{url}/settle").status_code == post(f"{url}/uphold", finding="好").status_code == 403
