"""Does the benchmark report tell the truth: which side is ours, which way the ratio goes, what is met?"""

from __future__ import annotations

import io
from itertools import count

import pytest

from tests.bench import report as bench
from tests.bench.report import Report


@pytest.mark.parametrize(
    ("ours", "peer", "met"), [(1.0, 3.0, True), (1.0, 3.1, True), (1.0, 2.9, False), (3.0, 1.0, False)]
)
def test_faster_means_the_peer_takes_reach_times_as_long(ours: float, peer: float, met: bool) -> None:
    assert Report(io.StringIO()).was_faster("sheet", ours, peer, peer_is="openpyxl", reach=3).is_met is met


@pytest.mark.parametrize(
    ("ours", "floor", "met"), [(3.0, 1.0, True), (2.9, 1.0, True), (3.1, 1.0, False), (1.0, 3.0, True)]
)
def test_near_means_ours_takes_at_most_reach_times_the_floor(ours: float, floor: float, met: bool) -> None:
    assert Report(io.StringIO()).was_near("page", ours, floor, floor_is="bare", reach=3).is_met is met


@pytest.mark.parametrize(("ours", "met"), [(99, True), (100, True), (101, False)])
def test_a_limit_may_be_touched_and_not_passed(ours: float, met: bool) -> None:
    assert Report(io.StringIO()).within("memory", ours, 100, "MB").is_met is met


def test_a_line_names_both_sides_the_ratio_and_the_reach() -> None:
    out = io.StringIO()
    Report(out).was_faster("voucher, single", 0.066, 0.223, peer_is="naive", reach=3)
    for part in ("voucher, single", "ours 66 ms", "naive 223 ms", "3.38×", "reach ≥ 3×", "met"):
        assert part in out.getvalue()


def test_one_promise_missed_is_said_and_fails_the_run() -> None:
    out = io.StringIO()
    report = Report(out)
    report.within("memory", 50, 100, "MB")
    report.within("memory", 150, 100, "MB")
    assert "NOT MET" in out.getvalue()
    assert report.summary() == "1 of 2 reached"
    assert not report.are_all_met


def test_rounds_alternate_and_medians_shrug_off_one_slow_round(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    clock = count()
    monkeypatch.setattr(bench.time, "perf_counter", lambda: float(next(clock)))

    def slow_once() -> None:
        calls.append("ours")
        if len(calls) == 3:
            for _ in range(1000):
                next(clock)

    ours, peer = bench.in_turns(slow_once, lambda: calls.append("peer"), rounds=3)
    assert calls == ["ours", "peer", "ours", "peer", "peer", "ours", "ours", "peer"]
    assert (ours, peer) == (1.0, 1.0)


@pytest.mark.parametrize(("seconds", "told"), [(12.3, "12.3 s"), (0.066, "66 ms"), (2.5e-5, "25 µs"), (4e-9, "4 ns")])
def test_durations_are_told_in_their_unit(seconds: float, told: str) -> None:
    assert bench.duration(seconds) == told
