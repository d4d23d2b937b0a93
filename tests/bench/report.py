"""How is a comparison measured and told? Both sides in the same run, in turns, by their medians.

Seconds differ from machine to machine; the ratio inside one run is what is promised.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import TextIO

Work = Callable[[], object]


@dataclass(frozen=True)
class Comparison:
    """One line of the report. `is_met` says whether the ratio is on the right side of `reach`."""

    name: str
    ours: str
    peer: str
    ratio: float
    reach: float
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.reach if self.at_most else self.ratio >= self.reach

    def line(self) -> str:
        """Name, ours, peer, ratio, reach, met or not."""
        sign = "≤" if self.at_most else "≥"
        verdict = "met" if self.is_met else "NOT MET"
        ratio = f"{self.ratio:.2f}× (reach {sign} {self.reach:g}×)"
        return f"{self.name:<44} {self.ours:<22} {self.peer:<40} {ratio:<24} {verdict}"


class Report:
    """Takes comparisons and prints a line for each as soon as it is known."""

    def __init__(self, out: TextIO) -> None:
        self.comparisons: list[Comparison] = []
        self._out = out

    def faster(
        self, name: str, ours: Work, peer: Work, *, peer_is: str, reach: float, rounds: int = 5, per: int = 1
    ) -> Comparison:
        """Ours must be at least `reach` times as fast as the peer. `per` is how many pieces one call makes."""
        mine, theirs = in_turns(ours, peer, rounds)
        return self.was_faster(name, mine / per, theirs / per, peer_is=peer_is, reach=reach)

    def near(
        self, name: str, ours: Work, floor: Work, *, floor_is: str, reach: float, rounds: int = 5, per: int = 1
    ) -> Comparison:
        """Ours may take at most `reach` times as long as the floor: what nobody can beat."""
        mine, least = in_turns(ours, floor, rounds)
        return self.was_near(name, mine / per, least / per, floor_is=floor_is, reach=reach)

    def was_faster(self, name: str, ours: float, peer: float, *, peer_is: str, reach: float) -> Comparison:
        """The same for seconds that were measured elsewhere in this run."""
        told = f"{peer_is} {duration(peer)}"
        return self._tell(Comparison(name, f"ours {duration(ours)}", told, peer / ours, reach))

    def was_near(self, name: str, ours: float, floor: float, *, floor_is: str, reach: float) -> Comparison:
        """The same for seconds that were measured elsewhere in this run."""
        told = f"{floor_is} {duration(floor)}"
        return self._tell(Comparison(name, f"ours {duration(ours)}", told, ours / floor, reach, at_most=True))

    def within(self, name: str, ours: float, limit: float, unit: str) -> Comparison:
        """A figure that must stay under a limit, such as megabytes of memory."""
        told = f"limit {limit:g} {unit}"
        return self._tell(Comparison(name, f"ours {ours:g} {unit}", told, ours / limit, 1.0, at_most=True))

    def note(self, text: str) -> None:
        """A line that explains: the data, the machine, why a peer is missing."""
        print(f"  {text}", file=self._out, flush=True)

    @property
    def are_all_met(self) -> bool:
        return all(one.is_met for one in self.comparisons)

    def summary(self) -> str:
        """The last line: how many promises hold."""
        met = sum(one.is_met for one in self.comparisons)
        return f"{met} of {len(self.comparisons)} reached"

    def _tell(self, comparison: Comparison) -> Comparison:
        self.comparisons.append(comparison)
        print(comparison.line(), file=self._out, flush=True)
        return comparison


def in_turns(first: Work, second: Work, rounds: int) -> tuple[float, float]:
    """Median seconds of both, after one warm call each; turns are swapped each round, so neither goes first."""
    first(), second()
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        pair = [(first, taken[0]), (second, taken[1])]
        for work, seconds in pair if number % 2 == 0 else reversed(pair):
            seconds.append(seconds_of(work))
    return median(taken[0]), median(taken[1])


def seconds_of(work: Work) -> float:
    """Wall seconds of one call, without the collector's pauses for other people's garbage."""
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def duration(seconds: float) -> str:
    """Seconds as a person reads them: µs, ms or s."""
    for factor, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= factor:
            return f"{seconds / factor:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
