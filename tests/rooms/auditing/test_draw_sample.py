"""Draw a sample: the same seed and bounds give the same cases, in the order of the seed, whatever came since."""

from datetime import timedelta

import pytest

from relief import clock
from relief.auditing import service
from relief.auditing.models import Sample
from relief.auditing.queries import get_sample, list_sampled, list_samples
from relief.cases.models import Case
from relief.db import db
from relief.domain.auditing import place_in_sample
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.workflow import State
from tests.build import a_household
from tests.build_cases import a_case
from tests.rooms.auditing.asking import auditor_of, lines_of, pass_days


def some_cases(office, count=6, state=State.SUBMITTED):
    return [a_case(office, state, household=a_household(office, f"张{'甲乙丙丁戊己庚辛'[one]}")) for one in range(count)]


def drawn(office, by=None, **changed):
    asked = {"seed": "2026年春审", "size": 3, "since": clock.today() - timedelta(days=60)} | changed
    asked.setdefault("until", clock.today() - timedelta(days=1))
    return service.draw_sample(**asked, by=by or office.feng)


def test_the_order_is_that_of_the_seed(office):
    cases = some_cases(office)
    pass_days(1)
    sample = drawn(office)
    inside = sorted(cases, key=lambda case: place_in_sample("2026年春审", case.number))
    assert sample.case_ids == [case.id for case in inside[:3]]
    assert (sample.population, sample.size, sample.drawn_by) == (6, 3, office.feng.person_id)
    assert [(row.place, row.id) for row in list_sampled(sample, by=office.feng)] == list(
        enumerate(sample.case_ids, start=1)
    )


def test_drawn_again_it_is_the_same_sample_also_when_cases_came_since(office):
    some_cases(office)
    pass_days(1)
    until = clock.today() - timedelta(days=1)
    since = until - timedelta(days=30)
    first = drawn(office, since=since, until=until)
    some_cases(office, 2)
    pass_days(5)
    assert drawn(office, since=since, until=until).id == first.id
    assert db.session.scalar(db.select(db.func.count()).select_from(Sample)) == 1
    assert drawn(office, since=since, until=until, seed="别的").case_ids != first.case_ids


def test_the_record_keeps_seed_size_and_bounds(office):
    some_cases(office, 2)
    pass_days(1)
    sample = drawn(office, kind="special", unit=office.dongfeng.id)
    (line,) = lines_of("sample.draw")
    assert line.subject_id == sample.id
    told = {name: line.changes[name] for name in ("seed", "size", "population", "kind", "unit")}
    assert told == {"seed": "2026年春审", "size": 3, "population": 2, "kind": "special", "unit": office.dongfeng.id}


def test_period_kind_unit_and_drafts_bound_it(office):
    inside = some_cases(office, 2)
    a_case(office, State.DRAFT)
    pass_days(3)
    some_cases(office, 1)
    pass_days(1)
    early = clock.today() - timedelta(days=3)
    assert sorted(drawn(office, until=early).case_ids) == sorted(case.id for case in inside)
    assert len(drawn(office, size=9).case_ids) == 3
    for nothing in ({"kind": "winter"}, {"unit": office.hongqi.id}):
        with pytest.raises(RuleBroken, match="No case"):
            drawn(office, **nothing)


def test_what_could_not_be_drawn_again_is_refused(office):
    some_cases(office, 1)
    for field, changed in (("until", {"until": clock.today()}), ("seed", {"seed": " "}), ("size", {"size": 501})):
        with pytest.raises(RuleBroken) as refused:
            drawn(office, **changed)
        assert refused.value.field == field


def test_only_auditors_draw_and_only_in_their_subtree(office):
    some_cases(office, 1)
    pass_days(1)
    for who in ("sun", "wang", "chu", "wei"):
        with pytest.raises(NotAllowed):
            drawn(office, by=getattr(office, who))
    beyond = auditor_of(office, office.hongqi)
    with pytest.raises(RuleBroken, match="No case"):
        drawn(office, by=beyond)
    with pytest.raises(NotYours):
        drawn(office, by=beyond, unit=office.dongfeng.id)


def test_a_sample_is_read_by_auditors_whose_scope_holds_it(office):
    some_cases(office, 1)
    pass_days(1)
    sample = drawn(office)
    assert [one.sample.id for one in list_samples(by=office.feng)] == [sample.id]
    with pytest.raises(NotAllowed):
        get_sample(sample.id, by=office.sun)


def test_over_http(office, signed_in):
    cases = some_cases(office, 4)
    pass_days(1)
    get, post = signed_in("feng")
    until = (clock.today() - timedelta(days=1)).isoformat()
    bad = post("/auditing/sample", seed="7", size="5", since="2026-01-01", until=clock.today().isoformat())
    assert bad.status_code == 422 and 'id="until-error"' in bad.text
    done = post("/auditing/sample", seed="7", size="2", since="2026-01-01", until=until)
    assert done.status_code == 303
    shown = get(done.headers["Location"]).text
    chosen = sorted(cases, key=lambda case: place_in_sample("7", case.number))
    assert [case.number in shown for case in chosen] == [True, True, False, False]
    assert shown.index(chosen[0].number) < shown.index(chosen[1].number)
    assert "data-print" in shown
    book = get(done.headers["Location"] + "/download")
    assert book.status_code == 200 and book.data[:2] == b"PK"
    assert db.session.scalar(db.select(db.func.count()).select_from(Case)) == 4
    get, post = signed_in("sun")
    assert get(done.headers["Location"]).status_code == 403
