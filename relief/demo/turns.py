"""What does not go the ordinary way in the demo? Each side road of a case, by its own hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from relief import clock
from relief.cases import service as cases
from relief.cases.service.recoveries import left_of, recoverables_of
from relief.db import db
from relief.demo import road
from relief.demo.papers import sample_paper
from relief.demo.people import crew, crews, person
from relief.demo.steps import case_of, sum_of, working_days_on
from relief.domain.money import portion
from relief.domain.transcribing import PaperDecision
from relief.domain.workflow import State
from relief.files.judging import Given
from relief.transcripts import service as transcripts
from relief.visits.given import VisitorGiven

GOES_ON, DONE, STOPS, ENDED = object(), object(), object(), object()
TAKES_OVER = "前进林场"


def take(turn: str, place: str, case_id: int) -> object:
    """The turn at this place of the road: whether the step follows, was done, the story stops, or the case ended."""
    act = _TURNS.get((turn, place))
    return act(case_id) if act else GOES_ON


def after(turn: str, case_id: int) -> Iterator[date]:
    """What follows an end, or the money."""
    if turn in ("refused", "appealing"):
        yield from appeal(case_id, upheld=False if turn == "refused" else None)
    if turn in ("revoked", "recovering"):
        yield working_days_on(30)
        yield from _take_back(case_id, whole=turn == "revoked")


def appeal(case_id: int, *, upheld: bool | None) -> Iterator[date]:
    """An appeal comes in; somebody who took no part answers it (None: it still waits)."""
    yield working_days_on(3)
    case = case_of(case_id)
    cases.record_appeal(
        case_id, version=case.version, received_on=clock.today(), text="家属认为并未重复救助，请求复核。",
        by=crew(case.union_id).caseworker,
    )  # fmt: skip
    if upheld is None:
        return
    yield working_days_on(4)
    answer = "经核对，另一笔救助属于不同事由，撤销原决定。" if upheld else "经复核，保险已全额赔付，维持原决定。"
    cases.judge_appeal(case_id, version=case_of(case_id).version, upheld=upheld, answer=answer, by=person("liu"))


def both_hands(union_id: int) -> list[VisitorGiven]:
    """In an office of two, chair and caseworker go together."""
    of = crew(union_id)
    return [VisitorGiven(of.caseworker.person_id), VisitorGiven(of.chair.person_id)]


def pass_on(union_id: int) -> None:
    """Who visited gives no opinion: another unit is named for what is handed in today."""
    other = next(one for one in crews() if one.unit.name == TAKES_OVER)
    cases.pass_opinions(
        union_id, to_union_id=other.union_id, since=clock.today(), until=clock.today(),
        why="本单位仅二人，均已入户，回避。", by=crew(union_id).chair,
    )  # fmt: skip


def _withdraw(case_id: int) -> object:
    case = case_of(case_id)
    by = crew(case.union_id).caseworker
    cases.withdraw(case_id, version=case.version, reason="W02", note="子女已返家照料。", by=by)
    return ENDED


def _other_gives_opinion(case_id: int) -> object:
    road.give_opinion(case_id, next(one for one in crews() if one.unit.name == TAKES_OVER))
    return DONE


def _opinion_on_paper(case_id: int) -> object:
    """The chair signed on paper; the caseworker writes it over, the reviewer compares."""
    case = case_of(case_id)
    of = crew(case.union_id)
    paper = PaperDecision(
        "give_opinion", clock.today(), amount=sum_of(case.proposed), note="情况属实，同意上报。",
        minutes_number=road.minutes_number(of.union_id, f"{of.unit.name}工会会纪"), attendees=tuple(of.names),
    )  # fmt: skip
    row = transcripts.transcribe(
        case_id, paper, signer_id=of.chair.user_id or 0, photos=[Given("审批表.png", sample_paper())], by=of.caseworker
    )
    db.session.flush()  # the version that the verb just raised
    transcripts.compare(row.id, version=row.version, by=person("chen"))
    return DONE


def _object(case_id: int) -> None:
    case = case_of(case_id)
    cases.record_objection(
        case_id, version=case.version, received_on=clock.today(), who="职工来电", text="反映该户子女有固定收入。",
        by=crew(case.union_id).caseworker,
    )  # fmt: skip


def _dismissed(case_id: int) -> object:
    _object(case_id)
    _settle(case_id, upheld=False, finding="经入户复核，子女在外务工已失业，情况属实。")
    return DONE


def _upheld(case_id: int) -> object:
    _object(case_id)
    _settle(case_id, upheld=True, finding="经核实，事故责任方已全额赔付。")
    return ENDED


def _settle(case_id: int, *, upheld: bool, finding: str) -> None:
    case = case_of(case_id)
    by = crew(case.union_id).chair
    cases.settle_objection(case_id, version=case.version, upheld=upheld, finding=finding, by=by)


def _objecting(case_id: int) -> object:
    _object(case_id)
    return STOPS


def _send_back(case_id: int) -> None:
    cases.send_back(
        case_id, version=case_of(case_id).version, reason="R01", fields=["evidence"], note="住院结算单缺第二页。",
        by=person("chen"),
    )  # fmt: skip


def _sent_back(case_id: int) -> object:
    """Mended and handed in again on the same day: it comes back to the review."""
    _send_back(case_id)
    road.attach_papers(case_id, ("event_proof",))
    road.submit(case_id)
    return GOES_ON


def _returned(case_id: int) -> object:
    _send_back(case_id)
    return STOPS


def _on_hold(case_id: int) -> object:
    case = case_of(case_id)
    cases.hold(case_id, version=case.version, note="等待出院小结，先行暂缓。", by=crew(case.union_id).chair)
    return STOPS


def _refused_at_review(case_id: int) -> object:
    version = case_of(case_id).version
    cases.refuse(case_id, version=version, reason="J04", note="疑似同一事由已获救助。", by=person("chen"))
    return ENDED


def _refused(case_id: int) -> object:
    note, version = "同一事故已由交通事故救助基金救助。", case_of(case_id).version
    cases.refuse(case_id, version=version, reason="J04", note=note, by=person("sun"))
    return ENDED


def _take_back(case_id: int, *, whole: bool) -> Iterator[date]:
    """Revoked by the chair; the household pays back in two parts, of which the second may be open or given up."""
    case, sun, zheng = case_of(case_id), person("sun"), person("zheng")
    if case.state not in (State.PAID, State.FOLLOWED_UP, State.CLOSED):
        return
    cases.revoke(case_id, version=case.version, reason="X04" if not whole else "X01",
                 note="核查发现不应发放，撤销并追回。", by=sun)  # fmt: skip
    yield working_days_on(15)
    row = recoverables_of(case_id)[0]
    part = portion(sum_of(row.amount), 2, 3)
    cases.record_recovery(row.id, version=row.version, amount=part, on=clock.today(),
                          document_number=f"收回单{case_id:04d}", by=zheng)  # fmt: skip
    if whole:
        yield working_days_on(20)
        row = recoverables_of(case_id)[0]
        cases.write_off(row.id, version=row.version, amount=left_of(row), reason="户主病故，无力偿还。", by=sun)


_TURNS: dict[tuple[str, str], Callable[[int], object]] = {
    ("passed", "opinion"): _other_gives_opinion,
    ("paper", "opinion"): _opinion_on_paper,
    ("withdrawn", "notice"): _withdraw,
    ("on_hold", "notice"): _on_hold,
    ("objected", "hanging"): _dismissed,
    ("upheld", "hanging"): _upheld,
    ("objecting", "hanging"): _objecting,
    ("sent_back", "review"): _sent_back,
    ("returned", "review"): _returned,
    ("appealed", "review"): _refused_at_review,
    ("appealing", "review"): _refused_at_review,
    ("refused", "decision"): _refused,
}
