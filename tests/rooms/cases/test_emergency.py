"""The emergency lane: decided within a day, paid, the file made up, ratified or booked to come back."""

from datetime import date

import pytest

from relief import clock
from relief.cases import queries
from relief.cases import service as cases
from relief.cases.models import Notice, NoticeRow
from relief.cases.papers import notice_paper
from relief.cases.service.recoveries import paid_of, recoverables_of
from relief.cases.urgent import duties_of
from relief.cases.ways_papers import award_of
from relief.db import db
from relief.domain.errors import NotAllowed, NotYours, RuleBroken, WrongState
from relief.domain.money import Money
from relief.domain.workflow import State
from relief.payments.models import Sheet
from tests.build import a_household
from tests.build_cases import a_case
from tests.rooms.cases import urgent
from tests.rooms.cases.asking import audit_of, fresh, get, is_missing_alike, last_step, post


def test_a_draft_lies_before_the_chair_at_once(office):
    case = urgent.asked(office)
    assert (case.state, case.lane, case.proposed) == (State.IN_APPROVAL, "emergency", Money.yuan(3_000))
    assert last_step(case, "ask_urgently") == ("draft", "in_approval", office.wang.person_id)
    assert audit_of(case, "case.ask_urgently")[0].unusual == "emergency"
    assert (urgent.file_of(case).decide_by, case.due_on) == (date(2026, 3, 3), date(2026, 3, 3))
    assert [one.level.role for one in queries.list_levels(case.id)] == ["chair"]


def test_a_higher_grade_is_helped_up_to_what_the_lane_gives(office):
    case = urgent.asked(office, grade=4)
    assert case.proposed == Money.yuan(3_000)
    urgent.some_money()
    with pytest.raises(RuleBroken, match="up to"):
        cases.approve(case.id, version=case.version, amount=Money.yuan(4_000), note="", fund_id=1, by=office.sun)


@pytest.mark.parametrize(
    ("field", "given"), [("why", {"why": " "}), ("ordered_by", {"ordered_by": ""}), ("way", {"way": "hearsay"})]
)
def test_what_must_be_said(office, field, given):
    case = a_case(office)
    told = {"why": "无处居住", "ordered_by": "孙德福", "way": "paper"} | given
    with pytest.raises(RuleBroken) as refused:
        cases.ask_urgently(case.id, version=case.version, by=office.wang, **told)
    assert refused.value.field == field


def test_wrong_event_role_state_unit_and_a_second_time_for_one_event(office):
    other = a_case(office, event_kind="other")
    told = {"why": "无处居住", "ordered_by": "孙德福"}
    with pytest.raises(RuleBroken) as refused:
        cases.ask_urgently(other.id, version=other.version, by=office.wang, **told)
    assert refused.value.field == "event"
    case = urgent.asked(office)
    with pytest.raises(WrongState):
        cases.ask_urgently(case.id, version=case.version, by=office.wang, **told)
    again = a_case(office, household=case.household)
    for by, why in ((office.wang, RuleBroken), (office.li, NotAllowed), (office.zhao, NotYours)):
        with pytest.raises(why):
            cases.ask_urgently(again.id, version=again.version, by=by, **told)


def test_the_chair_alone_decides_without_notice_and_the_days_run_from_then(office):
    case = urgent.asked(office)
    urgent.some_money()
    with pytest.raises(NotAllowed):
        cases.approve(case.id, version=case.version, amount=case.proposed, note="", fund_id=1, by=office.liu)
    case = urgent.approved(office, household=urgent.a_case(office).household, event_kind="flood")
    assert (case.state, audit_of(case, "case.approve")[0].unusual) == (State.APPROVED, "emergency")
    file = urgent.file_of(case)
    assert (file.visit_by, file.complete_by, case.due_on) == (date(2026, 3, 5), date(2026, 3, 16), date(2026, 3, 5))


def test_the_money_arrives_before_any_visit_or_notice_and_nobody_asks_yet_whether_it_helped(office):
    case = urgent.paid(office)
    assert (case.state, paid_of(case)) == (State.PAID, Money.yuan(3_000))
    with pytest.raises(WrongState, match="ratified"):
        cases.follow_up(
            case.id, version=case.version, on=date(2026, 3, 2), way="phone", received_it=True, satisfaction=5, by=office.chen
        )


def test_what_is_made_up_leaves_state_and_amount(office):
    case = urgent.paid(office)
    urgent.visited(office, case)
    with pytest.raises(WrongState, match="opinion"):
        cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    urgent.with_opinion(office, case)
    assert last_step(case, "give_opinion")[:2] == ("paid", "paid")
    with pytest.raises(WrongState, match="already"):
        urgent.cases.give_opinion(case.id, version=case.version, amount=case.approved, meeting_id=1, note="", by=office.li)
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    assert last_step(case, "post_notice")[:2] == ("paid", "paid")
    urgent.days_pass(6)
    assert (fresh(case).state, urgent.file_of(case).noticed_on) == (State.PAID, date(2026, 3, 2))


def test_ratified_in_full_the_case_goes_on_as_any_other(office):
    case = urgent.ratify(office, urgent.made_up(office))
    assert (case.state, urgent.file_of(case).outcome, recoverables_of(case.id)) == (State.PAID, "ratified", [])
    line = audit_of(case, "case.ratify")[0]
    assert (line.unusual, line.changes["working_days_late"]) == ("emergency", 0)
    cases.follow_up(
        case.id, version=case.version, on=date(2026, 3, 10), way="phone", received_it=True, satisfaction=5, by=office.chen
    )
    assert fresh(case).state == State.FOLLOWED_UP


def test_ratified_lower_the_rest_is_booked_to_come_back(office):
    case = urgent.ratify(office, urgent.made_up(office), 2_000)
    (owed,) = recoverables_of(case.id)
    assert (case.state, urgent.file_of(case).outcome) == (State.PAID, "lowered")
    assert (owed.amount, owed.reason, owed.fund_id) == (Money.yuan(1_000), "X05", case.fund_id)


def test_not_ratified_all_of_it_is_to_come_back(office):
    case = urgent.ratify(office, urgent.made_up(office), 0)
    (owed,) = recoverables_of(case.id)
    assert (case.state, owed.amount, urgent.file_of(case).outcome) == (State.REVOKED, Money.yuan(3_000), "refused")


def test_nothing_is_ratified_before_its_file_is_complete(office):
    case = urgent.paid(office)
    with pytest.raises(WrongState, match="opinion"):
        urgent.ratify(office, case)
    urgent.with_opinion(office, case)
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    with pytest.raises(WrongState, match="ended clean"):
        cases.ratify(case.id, version=case.version, amount=case.approved, meeting_id=None, by=office.sun)
    urgent.days_pass(6)
    with pytest.raises(RuleBroken) as missing:
        cases.ratify(case.id, version=case.version, amount=case.approved, meeting_id=None, by=office.sun)
    assert missing.value.field == "visits" and len(missing.value.others) == 3


def test_ratifying_needs_a_meeting_a_reason_for_less_and_the_chair(office):
    case = urgent.made_up(office)
    for field, given in (("meeting", {"meeting_id": None}), ("reason", {"amount": Money(0), "reason": None})):
        told = {"amount": case.approved, "meeting_id": urgent.office_meeting(office, hash(field)), "note": "x"} | given
        with pytest.raises(RuleBroken) as refused:
            cases.ratify(case.id, version=case.version, by=office.sun, **told)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        cases.ratify(case.id, version=case.version, amount=case.approved, meeting_id=None, by=office.liu)


def test_an_upheld_objection_does_not_undo_the_payment_but_forbids_ratifying_all(office):
    case = urgent.paid(office)
    urgent.visited(office, case)
    urgent.with_opinion(office, case)
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    cases.record_objection(case.id, version=case.version, received_on=date(2026, 3, 2), text="夸大损失", by=office.wang)
    cases.settle_objection(case.id, version=case.version, upheld=True, finding="损失较小", by=office.chen)
    urgent.days_pass(6)
    assert fresh(case).state == State.PAID
    with pytest.raises(RuleBroken, match="upheld"):
        urgent.ratify(office, fresh(case))
    assert urgent.ratify(office, fresh(case), 1_000, meeting=2).state == State.PAID


def test_a_dismissed_objection_may_ask_for_a_new_notice(office):
    case = urgent.paid(office)
    urgent.with_opinion(office, case)
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    cases.record_objection(case.id, version=case.version, received_on=date(2026, 3, 2), text="夸大损失", by=office.wang)
    cases.settle_objection(
        case.id, version=case.version, upheld=False, repost=True, finding="补正户名", by=office.chen
    )
    assert (fresh(case).state, urgent.file_of(case).noticed_on) == (State.PAID, None)
    cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)


def test_each_late_part_says_by_how_many_working_days(office):
    case = urgent.paid(office)
    urgent.days_pass(5)
    late = {one.code: one.late_by for one in duties_of(fresh(case), urgent.file_of(case))}
    assert late == {"decide": 0, "visit": 2, "papers": 0, "opinion": 0, "notice": 0, "ratify": 0}
    urgent.days_pass(6)
    late = {one.code: one.late_by for one in duties_of(fresh(case), urgent.file_of(case))}
    assert late == {"decide": 0, "visit": 8, "papers": 1, "opinion": 1, "notice": 1, "ratify": 1}


@pytest.mark.parametrize("way", ["send_back", "recall"])
def test_what_goes_back_leaves_the_lane_and_may_be_handed_in_as_any_other(office, way):
    if way == "send_back":
        case = urgent.asked(office)
        cases.send_back(case.id, version=case.version, reason="R01", fields=["story"], note="补写", by=office.sun)
    else:
        case = urgent.approved(office)
        cases.recall(case.id, version=case.version, note="并非急难", by=office.sun)
    assert (fresh(case).state, fresh(case).lane) == (State.DRAFT, "ordinary")
    urgent.visited(office, fresh(case))
    assert cases.submit(case.id, version=fresh(case).version, by=office.wang).state == State.SUBMITTED


def test_what_goes_back_may_be_asked_for_anew(office):
    case = urgent.asked(office)
    cases.send_back(case.id, version=case.version, reason="R01", fields=["story"], note="补写", by=office.sun)
    urgent.days_pass(1)
    case = cases.ask_urgently(case.id, version=fresh(case).version, why="仍无处居住", ordered_by="孙德福", by=office.wang)
    assert (case.state, urgent.file_of(case).decide_by) == (State.IN_APPROVAL, date(2026, 3, 4))


def test_over_http(office, client):
    case = a_case(office)
    sheet = f"/cases/{case.id}/ask-urgently"
    bad = post(client, office, "wang", sheet, version=case.version, why="无处居住", way="phone")
    assert (bad.status_code, 'id="ordered_by-error"' in bad.text, "无处居住" in bad.text) == (422, True, True)
    done = post(client, office, "wang", sheet, version=case.version, why="无处居住", ordered_by="孙德福", way="phone")
    assert (done.status_code, fresh(case).lane) == (303, "emergency")
    shown = get(client, office, "sun", f"/cases/{case.id}").text
    assert "Emergency file" in shown and "无处居住" in shown
    assert "无处居住" not in get(client, office, "zhou", f"/cases/{case.id}").text
    assert is_missing_alike(client, office, "zhao", "ask-urgently", case)
    assert get(client, office, "li", sheet).status_code == 403


def test_ratify_over_http(office, client):
    case = urgent.made_up(office)
    told = {
        "version": case.version, "outcome": "lowered", "meeting": "new", "number": "兴林工办纪〔2026〕9号",
        "meeting_on": clock.today().isoformat(), "attendees": "孙德福\n刘志强",
    }  # fmt: skip
    bad = post(client, office, "sun", f"/cases/{case.id}/ratify", **told)
    assert (bad.status_code, 'id="amount-error"' in bad.text, 'id="reason-error"' in bad.text) == (422, True, True)
    done = post(client, office, "sun", f"/cases/{case.id}/ratify", **told, amount="2000", reason="X05", note="损失较小")
    assert (done.status_code, recoverables_of(case.id)[0].amount) == (303, Money.yuan(1_000))
    assert "Still open: ¥1,000.00" in get(client, office, "chen", f"/cases/{case.id}").text
    assert get(client, office, "chen", f"/cases/{case.id}/ratify").status_code == 403


def test_a_late_file_is_red_on_the_desk_and_on_the_case(office, client):
    case = urgent.paid(office)
    urgent.days_pass(5)
    desk = get(client, office, "chen", "/").text
    assert "Emergency files to complete" in desk and "late by 2 working days" in desk and "wait-due late" in desk
    assert "Late by 2 working days" in get(client, office, "wang", f"/cases/{case.id}").text
    assert "Waiting for the follow-up" not in desk


def test_the_accountant_pays_at_once_by_one_press(office, client):
    case = urgent.approved(office)
    assert "Pay at once" in get(client, office, "zhou", f"/cases/{case.id}").text
    assert "Pay at once" not in get(client, office, "chen", f"/cases/{case.id}").text
    done = post(client, office, "zhou", f"/sheets/at-once/{case.id}")
    assert (done.status_code, fresh(case).state) == (303, State.IN_PAYMENT)
    sheet = db.session.scalars(db.select(Sheet)).one()
    assert (sheet.state, sheet.row_count, sheet.made_by) == ("submitted", 1, office.zhou.person_id)
    assert post(client, office, "zhou", f"/sheets/at-once/{case.id}").status_code == 422
    assert post(client, office, "zheng", f"/sheets/at-once/{case.id}").status_code == 403
    ordinary = a_case(office, State.APPROVED)
    assert post(client, office, "zhou", f"/sheets/at-once/{ordinary.id}").status_code == 422
    assert post(client, office, "zhou", "/sheets/at-once/999999").status_code == 404


def test_the_day_that_a_file_is_owed_moves_on_after_the_visit(office):
    case = urgent.paid(office)
    assert fresh(case).due_on == date(2026, 3, 5)
    urgent.visited(office, fresh(case))
    urgent.days_pass(1)
    assert fresh(case).due_on == date(2026, 3, 16)


def test_the_board_and_the_letter_say_that_the_money_went_first(office, client):
    case = urgent.paid(office)
    urgent.visited(office, case)
    case = urgent.with_opinion(office, case)
    assert "was helped first" in get(client, office, "wang", f"/cases/{case.id}/post-notice").text
    notice = cases.post_notice([case.id], versions=[case.version], place="公示栏", by=office.wang)
    paper = notice_paper(notice)
    assert paper.all_helped_first and paper.rows[0].amount == case.approved
    assert "helped first" in get(client, office, "wang", f"/notices/{notice.id}").text
    letter = award_of(fresh(case))
    assert letter.helped_first and letter.visit_by is not None
    ordinary = a_case(office, State.ON_NOTICE, household=a_household(office, "李文"))
    row = db.session.scalars(db.select(NoticeRow).where(NoticeRow.case_id == ordinary.id)).one()
    assert not notice_paper(db.session.get_one(Notice, row.notice_id)).rows[0].helped_first
