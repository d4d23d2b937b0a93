"""Letters of award and slips of every kind: what it is, in how many months, on which account, and whom to call."""

from __future__ import annotations

import pytest

from relief.cases.papers import issue_slip
from relief.cases.ways_papers import award_of, issue_award
from relief.domain.aid import kinds
from relief.domain.errors import NotAllowed, WrongState
from relief.domain.money import Money, total
from relief.domain.workflow import State
from relief.files.queries import content_of
from tests.build_cases import a_case, some_money
from tests.documents.reading import facts_of, letters_of
from tests.rooms.cases import urgent
from tests.rooms.cases.asking import ENGLISH, get, post
from tests.rooms.money.awards import a_listed_award, a_listed_draft, a_living_award, a_living_draft

KINDS = tuple(kinds())


def an_award(office, kind):
    some_money("F4", 100_000)
    if kind == "special":
        return a_case(office, State.APPROVED, money=False)
    return a_living_award(office) if kind == "routine" else a_listed_award(office, kind)


def a_draft(office, kind):
    if kind == "special":
        return a_case(office)
    return a_living_draft(office, 6) if kind == "routine" else a_listed_draft(office, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_parts_add_up_to_the_award(office, kind):
    case = an_award(office, kind)
    letter = award_of(case)
    assert total(part.amount for part in letter.parts) == letter.amount == case.approved
    assert letter.kind == kinds()[kind].name


def test_months_kits_and_money_are_told_as_they_are(office):
    living = award_of(an_award(office, "routine"))
    (part,) = living.parts
    assert (part.form, len(part.months), part.monthly, living.recheck_after) == ("cash", 6, Money.yuan(400), 3)
    festival = award_of(a_listed_award(office, "spring_festival"))
    assert [one.form for one in festival.parts] == ["goods", "cash"] and festival.parts[0].kit
    seasonal = award_of(a_listed_award(office, "seasonal"))
    assert ([one.form for one in seasonal.parts], seasonal.account_tail) == (["goods"], "")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_slip_and_its_letter_in_both_languages(office, app, kind, language):
    with app.test_request_context(headers={"Accept-Language": language}):
        slip = content_of(issue_slip(a_draft(office, kind), by=office.wang))
        letter = content_of(issue_award(an_award(office, kind), by=office.wang))
    assert facts_of(slip)["Pages"] == facts_of(letter)["Pages"] == "1"
    told = letters_of(letter)
    assert ("救助通知书" if language == "zh-CN" else "Letterofaward") in told
    assert "0451-57801234" in told and "0451-57801234" in letters_of(slip)


def test_an_emergency_says_who_comes_and_its_slip_says_when_the_chair_answers(office, app):
    asked = urgent.asked(office)
    with app.test_request_context(headers=ENGLISH):
        assert "3March2026" in letters_of(content_of(issue_slip(asked, by=office.wang)))
    assert award_of(urgent.approved(office)).visit_by is not None


def test_over_http(office, client):
    case = an_award(office, "special")
    assert "Letter of award" in get(client, office, "wang", f"/cases/{case.id}").text
    letter = post(client, office, "wang", f"/cases/{case.id}/award-letter")
    assert (letter.status_code, letter.data[:5]) == (200, b"%PDF-")
    assert post(client, office, "zhou", f"/cases/{case.id}/award-letter").status_code == 403
    assert post(client, office, "zhao", f"/cases/{case.id}/award-letter").status_code == 404
    draft = a_case(office)
    assert post(client, office, "wang", f"/cases/{draft.id}/award-letter").status_code == 409
    with pytest.raises(WrongState):
        issue_award(draft, by=office.wang)
    with pytest.raises(NotAllowed):
        issue_award(case, by=office.zhou)
