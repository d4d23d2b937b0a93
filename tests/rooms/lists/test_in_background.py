"""Is a step of a long list long work: asked for once, shown, gone on with after its worker was lost, never twice?"""

import json
from datetime import timedelta

import pytest

from relief import clock
from relief.audit.models import AuditEntry
from relief.cases.models import Case, CaseStep, Notice, NoticeRow
from relief.consequences import run_due
from relief.db import db, transaction
from relief.domain.errors import NotAllowed, NotYours, RuleBroken
from relief.domain.money import Money
from relief.domain.permissions import system_actor
from relief.domain.sentences import Sentence
from relief.domain.workflow import State
from relief.funds.queries import find_fund
from relief.funds.service import balance_of
from relief.households.models import Household
from relief.jobs import service as jobs
from relief.jobs.models import Job
from relief.jobs.running import run_now
from relief.jobs.worker import load
from relief.lists import paper_views, window_views
from relief.lists import service as lists
from relief.lists.service import asking, parts
from relief.lists.service.acts import Said
from relief.lists.service.asking import take, take_decision, take_proposal
from relief.policies.queries import load_calendar
from relief.windows.service import open_window
from tests.build import an_office
from tests.build_cases import some_money
from tests.rooms.cases.asking import get, post
from tests.rooms.lists.bureau import a_meeting, a_window, on_day, ready_household, rows_of, to_approval
from tests.rooms.lists.paid import a_paid_list
from tests.rooms.lists.test_follow_up import ask as ask_all
from tests.rooms.lists.test_follow_up import said as well

NAMES = ("张一", "张二", "张三", "张四", "张五")


@pytest.fixture
def office(app, monkeypatch):
    """Three rows are many here, and a part holds two."""
    monkeypatch.setattr(asking, "LONG", 3)
    monkeypatch.setattr(parts, "PART", 2)
    load()
    return an_office()


def states(aid_list):
    db.session.expire_all()
    return [row.state for row in rows_of(aid_list)]


def told(verb):
    return db.session.scalars(db.select(AuditEntry).where(AuditEntry.verb == verb).order_by(AuditEntry.id)).all()


def taken(verb):
    return db.session.scalar(db.select(db.func.count(CaseStep.id)).where(CaseStep.verb == verb))


def test_a_long_list_takes_every_step_in_the_background(office):
    opened = a_window(office, NAMES)
    some_money()
    made = opened.dongfeng
    steps = (
        ("submit", office.wang, lambda: Said()),
        ("give_opinion", office.li, lambda: Said(note="同意", meeting_id=a_meeting(office.dongfeng.id, office.li))),
        ("post_notice", office.wang, lambda: Said(place="林场公示栏")),
        ("review", office.chen, lambda: Said(note="同意")),
    )
    for verb, by, said in steps:
        if verb == "review":
            over = load_calendar().add_working_days(clock.today(), 6).on
            on_day(over)
            run_due(over, by=system_actor())
        job = run_now(take(verb, made.id, said(), by=by))
        assert (job.kind, job.state, job.result["rows"], job.result["behind"]) == (f"lists.{verb}", "done", 5, 0)
    assert states(made) == ["in_approval"] * 5
    assert [line.changes["rows"] for line in told("list.review")] == [2, 2, 1]
    assert db.session.scalar(db.select(db.func.count(Notice.id))) == 1
    assert db.session.scalar(db.select(db.func.count(NoticeRow.id))) == 5
    said = Said(note="同意", fund_id=find_fund("F4").id, meeting_id=a_meeting(office.bureau.id, office.sun, "兴林1"))
    first = rows_of(made)[0].id
    job = run_now(take_decision(opened.window.id, taken_out={first: "待核实"}, said=said, by=office.sun))
    assert (job.state, job.result) == (
        "done", {"url": f"/windows/{opened.window.id}", "rows": 4, "amount": 680_000, "behind": 0},
    )  # fmt: skip
    assert states(made) == ["in_approval", *["approved"] * 4]
    assert [line.changes["taken_out"] for line in told("list.decide")] == [1, 1]
    assert balance_of(find_fund("F4").id).committed.fen == 680_000


def test_a_long_list_is_closed_in_the_background(office, client):
    opened = a_paid_list(office, NAMES)
    ask_all(opened, office.chen, *[well()] * 5)
    address = f"/lists/{opened.dongfeng.id}"
    assert post(client, office, "wang", f"{address}/close").status_code == 303
    job = db.session.scalars(db.select(Job).where(Job.kind == "lists.close")).one()
    page = get(client, office, "wang", f"{address}/close").text
    assert f"/jobs/{job.id}/progress" in page and "<form" not in page.split("<main")[1]
    assert run_now(job).result == {"url": address, "rows": 5, "amount": 850_000, "behind": 0}
    assert states(opened.dongfeng) == ["closed"] * 5


def test_what_a_lost_worker_left_is_done_by_the_next_and_nothing_twice(office, monkeypatch):
    opened = a_window(office, NAMES)
    job = take("submit", opened.dongfeng.id, by=office.wang)
    real, calls = parts._take_part, []

    def killed(*args):
        if calls:
            raise SystemExit
        calls.append(args)
        return real(*args)

    monkeypatch.setattr(parts, "_take_part", killed)
    with pytest.raises(SystemExit):
        run_now(job)
    monkeypatch.setattr(parts, "_take_part", real)
    assert states(opened.dongfeng) == ["submitted", "submitted", "draft", "draft", "draft"]
    with transaction():
        db.session.get(Job, job.id).lease_until = clock.machine_now() - timedelta(seconds=1)
    assert jobs.sweep() == 1
    ended = run_now(job)
    assert (ended.state, ended.attempts, ended.result["rows"], ended.total) == ("done", 2, 5, 5)
    assert states(opened.dongfeng) == ["submitted"] * 5 and taken("submit") == 5


def test_a_notice_that_was_posted_before_the_worker_was_lost_hangs_once(office):
    opened = a_window(office, NAMES)
    lists.submit(opened.dongfeng.id, by=office.wang)
    lists.give_opinion(opened.dongfeng.id, meeting_id=a_meeting(office.dongfeng.id, office.li), note="", by=office.li)
    job = take("post_notice", opened.dongfeng.id, Said(place="公示栏"), by=office.wang)
    lists.post_notice(opened.dongfeng.id, place="公示栏", by=office.wang)
    assert run_now(job).result["rows"] == 5
    assert db.session.scalar(db.select(db.func.count(Notice.id))) == 1


def test_asked_for_twice_it_is_one_job_and_what_was_said_is_sealed(office):
    opened = a_window(office, NAMES)
    lists.submit(opened.dongfeng.id, by=office.wang)
    said = Said(note="张一患病", meeting_id=a_meeting(office.dongfeng.id, office.li))
    one, other = (take("give_opinion", opened.dongfeng.id, said, by=office.li) for _ in range(2))
    assert one.id == other.id and "患病" not in json.dumps(one.params, ensure_ascii=False)
    assert asking.errand_of(one.kind, one.params).said == said
    assert len(told("job.ask")) == 1


def test_a_short_list_takes_the_step_at_once(office):
    opened = a_window(office, NAMES[:3])
    assert take("submit", opened.dongfeng.id, by=office.wang).rows == 3
    assert db.session.scalar(db.select(db.func.count(Job.id))) == 0


def test_what_the_form_got_wrong_is_said_at_once_and_nothing_is_asked(office):
    opened = a_window(office, NAMES)
    with pytest.raises(NotYours):
        take("submit", opened.dongfeng.id, by=office.zhao)
    with pytest.raises(NotAllowed):
        take("review", opened.dongfeng.id, by=office.li)
    lists.submit(opened.dongfeng.id, by=office.wang)
    with pytest.raises(RuleBroken) as no_meeting:
        take("give_opinion", opened.dongfeng.id, Said(note="同意"), by=office.li)
    assert no_meeting.value.field == "meeting"
    meeting = a_meeting(office.dongfeng.id, office.li)
    lists.give_opinion(opened.dongfeng.id, meeting_id=meeting, note="同意", by=office.li)
    with pytest.raises(RuleBroken) as no_place:
        take("post_notice", opened.dongfeng.id, Said(place=" "), by=office.wang)
    assert no_place.value.field == "place"
    assert db.session.scalar(db.select(db.func.count(Job.id))) == 0
    assert states(opened.dongfeng) == ["opinion_given"] * 5


def test_nothing_of_the_trial_stays(office):
    opened = a_window(office, NAMES)
    take("submit", opened.dongfeng.id, by=office.wang)
    assert states(opened.dongfeng) == ["draft"] * 5 and taken("submit") == 0 and not told("case.submit")


def test_a_row_that_was_lifted_out_meanwhile_is_left_alone(office, monkeypatch):
    opened = a_window(office, NAMES)
    lists.submit(opened.dongfeng.id, by=office.wang)
    said = Said(note="同意", meeting_id=a_meeting(office.dongfeng.id, office.li))
    job, last = take("give_opinion", opened.dongfeng.id, said, by=office.li), rows_of(opened.dongfeng)[-1].id
    real = parts._take_part

    def then_lifted(*args):
        taken = real(*args)
        if rows_of(opened.dongfeng)[-1].lifted is False:
            lists.lift_out(last, version=None, why="存疑", by=office.li)
        return taken

    monkeypatch.setattr(parts, "_take_part", then_lifted)
    assert run_now(job).result["rows"] == 4
    assert states(opened.dongfeng) == [*["opinion_given"] * 4, "submitted"]


def test_what_came_or_changed_since_it_was_asked_for_is_not_decided(office):
    opened = a_window(office, NAMES)
    some_money()
    to_approval(office, opened.dongfeng)
    said = Said(note="同意", fund_id=find_fund("F4").id, meeting_id=a_meeting(office.bureau.id, office.sun, "兴林1"))
    first, second, *_ = rows_of(opened.dongfeng)
    lists.lift_out(first.id, version=None, why="待核实", by=office.sun)
    job = take_decision(opened.window.id, taken_out={}, said=said, by=office.sun)
    lists.put_back(first.id, version=None, why="已核实", by=office.sun)
    with transaction():
        db.session.get_one(Case, second.id).proposed = Money.yuan(1)
    assert run_now(job).result["rows"] == 3 and run_now(job).result["behind"] == 1
    assert states(opened.dongfeng) == ["in_approval", "in_approval", *["approved"] * 3]


def test_when_no_row_can_the_job_says_why(office):
    opened = a_window(office, NAMES)
    with transaction():
        for household in opened.households:
            db.session.get_one(Household, household.id).reviewed_on = None
    job = run_now(take("submit", opened.dongfeng.id, by=office.wang))
    assert job.state == "failed" and "review" in str(Sentence.from_data(job.failure))


def test_a_long_list_is_made_in_parts(office):
    opened = a_window(office, NAMES[:1])
    for name in ("李一", "李二", "李三", "李四"):
        ready_household(office, name)
    out = ready_household(office, "李五", declared_category=None)
    made = take_proposal(opened.window.id, office.dongfeng.id, by=office.wang)
    job = db.session.scalars(db.select(Job)).one()
    assert (job.kind, len(rows_of(made))) == ("lists.propose", 1)
    ended = run_now(job)
    assert (ended.state, ended.result["rows"]) == ("done", 4)
    assert len(rows_of(made)) == 5 and out.id not in [row.household_id for row in rows_of(made)]
    assert [line.changes["left_out"] for line in told("list.propose")] == [0, 0, 0, 1]


def test_the_pages_show_how_far_it_is_and_what_it_did(office, client):
    opened = a_window(office, NAMES)
    made = opened.dongfeng.id
    assert post(client, office, "wang", f"/lists/{made}/submit").status_code == 303
    job = db.session.scalars(db.select(Job)).one()
    page = get(client, office, "wang", f"/lists/{made}").text
    assert f"/jobs/{job.id}/progress" in page and f"/lists/{made}/submit" not in page
    assert "<form" not in get(client, office, "wang", f"/lists/{made}/submit").text.split("<main")[1]
    run_now(job)
    assert "Done for 5 rows" in get(client, office, "wang", f"/lists/{made}").text


def test_a_window_page_shows_the_decision_under_way(office, client):
    opened = a_window(office, NAMES)
    some_money()
    to_approval(office, opened.dongfeng)
    window, meeting = opened.window.id, {"meeting": "new", "number": "兴林1", "attendees": "孙德福\n刘志强"}
    answer = post(client, office, "sun", f"/windows/{window}/decide", fund=str(find_fund("F4").id), note="",
                  meeting_on=str(clock.today()), **meeting)  # fmt: skip
    job = db.session.scalars(db.select(Job)).one()
    assert (answer.status_code, job.kind) == (303, "lists.approve")
    page = get(client, office, "sun", f"/windows/{window}").text
    assert f"/jobs/{job.id}/progress" in page and "Decide 5 rows" not in page
    run_now(job)
    assert "Done for 5 rows" in get(client, office, "sun", f"/windows/{window}").text
    assert set(states(opened.dongfeng)) == {State.APPROVED}


def test_a_long_paper_for_the_meeting_is_made_in_the_background(office, client, monkeypatch):
    for place in (paper_views, window_views):
        monkeypatch.setattr(place, "LONG", 3)
    opened = a_window(office, NAMES)
    address = f"/windows/{opened.window.id}/paper"
    assert get(client, office, "sun", address).status_code == 302
    assert f'action="{address}"' in get(client, office, "sun", f"/windows/{opened.window.id}").text
    jobs_asked = {post(client, office, "sun", address).headers["Location"] for _ in range(2)}
    job = db.session.scalars(db.select(Job)).one()
    assert jobs_asked == {f"/jobs/{job.id}"}
    assert get(client, office, "sun", f"{address}/{job.id}").status_code == 404
    assert run_now(job).result == {"url": f"{address}/{job.id}"}
    made = get(client, office, "sun", f"{address}/{job.id}")
    assert (made.status_code, made.data[:5]) == (200, b"%PDF-")
    assert get(client, office, "wang", f"{address}/{job.id}").status_code == 404
    other = open_window("winter", "2027-winter", by=office.chen).id
    assert get(client, office, "sun", f"/windows/{other}/paper/{job.id}").status_code == 404


def test_a_step_that_stopped_can_be_started_again_from_the_lists_page(office, client):
    opened = a_window(office, NAMES)
    with transaction():
        for household in opened.households:
            db.session.get_one(Household, household.id).reviewed_on = None
    job = run_now(take("submit", opened.dongfeng.id, by=office.wang))
    page = get(client, office, "wang", f"/lists/{opened.dongfeng.id}").text
    assert job.state == "failed" and f"/jobs/{job.id}/progress" in page and "Done for" not in page
    assert f"/jobs/{job.id}/again" in get(client, office, "wang", f"/jobs/{job.id}/progress").text
    away, here = f"/jobs/{job.id}/put-away", f"/lists/{opened.dongfeng.id}"
    assert f'action="{away}"' in page and f'name="next" value="{here}"' in page
    assert post(client, office, "wang", away, next=here).location == here
    assert away not in get(client, office, "wang", here).text
    assert post(client, office, "wang", away, next="//elsewhere").location == "/jobs"
    with transaction():
        for household in opened.households:
            db.session.get_one(Household, household.id).reviewed_on = clock.today()
    assert post(client, office, "wang", f"/jobs/{job.id}/again").status_code == 303
    assert run_now(job).result["rows"] == 5
