"""Findings: each question catches the hole planted for it, in its own unit, and nothing on the ordinary road."""

import pytest

from relief.auditing.findings import QUESTIONS, count_hits, list_hits
from relief.auditing.subjects import read_subjects
from relief.domain.audit_findings import CODES, FINDINGS
from relief.domain.errors import NotAllowed
from relief.web.paging import Ask, decode_key
from relief.web.sentences import words
from tests.build import a_household
from tests.build_cases import a_paid_case
from tests.rooms.auditing.asking import auditor_of
from tests.rooms.auditing.oddities import OF_THE_OFFICE, PLANTED, change, shared_telephone, staff_helped


def found(slug, by, **chosen):
    page = list_hits(QUESTIONS[slug], chosen, by=by, ask=Ask())
    assert count_hits(QUESTIONS[slug], chosen, by=by) == len(page.rows)
    return [(hit.subject, hit.subject_id) for hit in page.rows]


@pytest.mark.parametrize("slug", list(PLANTED))
def test_each_question_catches_its_hole_and_only_where_it_is(app, office, slug):
    about = PLANTED[slug](office)
    assert found(slug, office.feng) == [about]
    assert found(slug, auditor_of(office, office.hongqi)) == []
    assert found(slug, office.feng, unit=str(office.hongqi.id)) == []
    if slug not in OF_THE_OFFICE:
        assert found(slug, auditor_of(office, office.dongfeng)) == [about]
        assert found(slug, office.feng, unit=str(office.dongfeng.id)) == [about]
    (hit,) = list_hits(QUESTIONS[slug], {}, by=office.feng, ask=Ask()).rows
    with app.test_request_context():
        assert "%(" not in words(hit.note) and words(hit.note)
    assert about in read_subjects([about])


def test_the_ordinary_road_raises_no_question(office):
    a_paid_case(office)
    expected = {"unbooked"}  # every result is in, and the number of the books is not
    assert {slug for slug in QUESTIONS if found(slug, office.feng)} == expected


def test_every_question_has_a_hole_planted_for_it():
    assert set(PLANTED) == set(QUESTIONS)
    assert [one.code for one in QUESTIONS.values()] == sorted(
        (one.code for one in QUESTIONS.values()), key=lambda code: int(code[1:])
    )


def test_what_has_no_question_says_why(office, signed_in):
    asked = {one.code for one in QUESTIONS.values()}
    silent = [one for one in FINDINGS if one.code not in asked]
    assert [one.code for one in silent] == ["A5", "A14"]
    get, _ = signed_in("feng")
    page = get("/auditing/doubts").text
    assert all(str(one.gap) in page for one in FINDINGS if one.gap)
    assert all(f"{code} " in page for code in CODES)


def test_staff_themselves_are_close_too(office):
    about = staff_helped(office)
    assert found("close-to-staff", office.feng) == [about]


def test_a_list_turns_by_its_key(office):
    first = shared_telephone(office)
    second, third = a_household(office, "韩梅"), a_household(office, "韩松")
    change(third.head, phone_index=second.head.phone_index)
    question = QUESTIONS["shared-telephone"]
    page = list_hits(question, {}, by=office.feng, ask=Ask(size=1))
    assert [hit.subject_id for hit in page.rows] == [third.id]
    further = Ask(decode_key(page.next_key, 1), size=1)
    page = list_hits(question, {}, by=office.feng, ask=further)
    assert [hit.subject_id for hit in page.rows] == [first[1]] and page.next_key is None
    back = Ask(decode_key(page.previous_key, 1), backwards=True, size=1)
    assert [hit.subject_id for hit in list_hits(question, {}, by=office.feng, ask=back).rows] == [third.id]


@pytest.mark.parametrize("who", ["wang", "li", "chen", "wu", "chu", "wei"])
def test_others_are_turned_away(office, signed_in, who):
    with pytest.raises(NotAllowed):
        found("cash", getattr(office, who))
    get, _ = signed_in(who)
    for address in ("/auditing/doubts", "/auditing/doubts/cash", "/auditing/doubts/cash/download"):
        assert get(address).status_code == 403


def test_over_http_a_row_leads_to_a_doubt_and_the_list_is_taken_away(office, signed_in):
    _, household_id = shared_telephone(office)
    get, _ = signed_in("feng")
    page = get("/auditing/doubts/shared-telephone")
    assert f"/households/{household_id}" in page.text and "One telephone in 2 households" in page.text
    assert f"subject=household&amp;subject_id={household_id}&amp;from=shared-telephone" in page.text
    assert get("/auditing/doubts/shared-telephone/download").data[:2] == b"PK"
    assert get("/auditing/doubts/no-such-question").status_code == 404
    get, _ = signed_in("sun")
    assert get("/auditing/doubts/shared-telephone").status_code == 200
    assert "Raise a doubt" not in get("/auditing/doubts/shared-telephone").text
