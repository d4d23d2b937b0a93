"""Where do the bars and lines of a chart stand? Figures in, places in a drawing out; the macro draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10

from flask import Flask

from relief.domain.money import Money
from relief.web import formatting
from relief.web.sentences import words

Figure = int | Money | None
WIDE, HIGH, LEFT, BOTTOM, TOP = 720, 260, 84, 34, 24
ROW_HIGH, ROW_LEFT, ROW_RIGHT = 36, 190, 190  # a chart of rows: height of a row, room for names and for figures
LONGEST_NAME = 7


@dataclass(frozen=True)
class Series:
    """One row of figures: its label, and a figure for each place of the chart."""

    label: object
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Chart:
    """What is shown: `bars`, `stacked`, `line` of series over places, or `rows` of one series; `says` is what to see.

    A figure that is not known is None: nothing is drawn, and the table has a dash.
    """

    title: object
    places: Sequence[object]
    series: Sequence[Series]
    kind: str = "bars"
    says: object = ""
    zero_counts: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw; where `zero_counts`, a nought is a figure like another."""
        figures = [value for one in self.series for value in one.figures if value is not None]
        return not (figures if self.zero_counts else any(map(_size, figures)))


@dataclass(frozen=True)
class Bar:
    """A rectangle of series `tone` (1, 2, …) with its words for the pointer."""

    x: float
    y: float
    width: float
    height: float
    tone: int
    place: int
    figure: str


@dataclass(frozen=True)
class Drawing:
    """A chart laid out: bars or lines (points per series), ticks of the scale, middles of the places."""

    bars: list[Bar]
    lines: list[list[tuple[float, float, str]]]
    ticks: list[tuple[float, str]]
    middles: list[float]
    shown: list[int]
    high: int = HIGH
    names: list[tuple[float, str]] = field(default_factory=list)


def laid_out(chart: Chart) -> Drawing:
    """Places for everything, in a box of 720 × 260; a chart of rows is as high as it has rows."""
    if chart.kind == "rows":
        return _rows(chart)
    step = _step(_highest(chart))
    top = max(step, step * ceil(_highest(chart) / step))
    middles = [LEFT + (WIDE - LEFT) * (place + 0.5) / max(1, len(chart.places)) for place in range(len(chart.places))]
    ticks = [(_y(value, top), _tick(chart, value)) for value in range(0, top + 1, step)]
    bars = [] if chart.kind == "line" else _bars(chart, top, middles)
    return Drawing(bars, _lines(chart, top, middles) if chart.kind == "line" else [], ticks, middles, _shown(chart))


def figure(value: Figure) -> str:
    """A figure in words: `¥1,234.50` or `1,234`; a dash for one that is not known."""
    if value is None:
        return formatting.NOTHING
    return formatting.money(value) if isinstance(value, Money) else f"{value:,}"


def register(app: Flask) -> None:
    """Give the templates `laid_out` and `chart_figure`."""
    app.jinja_env.globals.update(laid_out=laid_out, chart_figure=figure)


def _size(value: Figure) -> int:
    return max(0, value.fen if isinstance(value, Money) else value or 0)


def _highest(chart: Chart) -> int:
    rows = [[_size(value) for value in one.figures] for one in chart.series]
    if chart.kind == "stacked":
        return max((sum(column) for column in zip(*rows, strict=True)), default=0)
    return max((value for row in rows for value in row), default=0)


def _step(highest: int) -> int:
    """A round step that gives three to five lines: 1, 2, 2.5 or 5 times a power of ten."""
    if highest <= 4:
        return 1
    raw = highest / 4
    power = int(10 ** floor(log10(raw)))
    nice = next(times for times in (1, 2, 2.5, 5, 10) if raw <= times * power)
    return max(1, round(nice * power))


def _y(value: int, top: int) -> float:
    return round(HIGH - BOTTOM - (HIGH - BOTTOM - TOP) * value / top, 1)


def _tick(chart: Chart, value: int) -> str:
    in_money = any(isinstance(one, Money) for series in chart.series for one in series.figures)
    return f"¥{_brief(value // 100)}" if in_money else _brief(value)


def _brief(value: int) -> str:
    """`2.5万` or `25k` from ten thousand up: a scale has little room."""
    if value < 10_000:
        return f"{value:,}"
    tenths, unit = (value // 1000, "万") if formatting.in_chinese() else (value // 100, "k")
    return f"{tenths // 10:,}{f'.{tenths % 10}' if tenths % 10 else ''}{unit}"


def _bars(chart: Chart, top: int, middles: list[float]) -> list[Bar]:
    stacked, count = chart.kind == "stacked", max(1, len(chart.series))
    room = min(56.0, (WIDE - LEFT) / max(1, len(chart.places)) * 0.64)
    width = room if stacked else room / count
    return [
        _bar(chart, top, (place, number), middles[place] - room / 2 + (0 if stacked else width * number), width)
        for place in range(len(chart.places))
        for number in range(len(chart.series))
    ]


def _bar(chart: Chart, top: int, where: tuple[int, int], x: float, width: float) -> Bar:
    place, number = where
    value = chart.series[number].figures[place]
    under = sum(_size(one.figures[place]) for one in chart.series[:number]) if chart.kind == "stacked" else 0
    y, foot = _y(under + _size(value), top), _y(under, top)
    gap = 2 if len(chart.series) > 1 and chart.kind != "stacked" else 0
    return Bar(round(x, 1), y, round(width - gap, 1), round(foot - y, 1), number + 1, place, figure(value))


def _rows(chart: Chart) -> Drawing:
    """One bar a row, the longest as long as there is room; its figure stands at its end."""
    figures = chart.series[0].figures if chart.series else []
    highest, room = max(1, _highest(chart)), WIDE - ROW_LEFT - ROW_RIGHT
    bars = [
        Bar(ROW_LEFT, at * ROW_HIGH + 6, round(room * _size(value) / highest, 1), ROW_HIGH - 12, 1, at, figure(value))
        for at, value in enumerate(figures)
    ]
    names = [(at * ROW_HIGH + ROW_HIGH / 2 + 5, _brief_name(place)) for at, place in enumerate(chart.places)]
    return Drawing(bars, [], [], [], [], max(1, len(figures)) * ROW_HIGH, names)


def _brief_name(place: object) -> str:
    text = words(place)
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 1]}…"


def _lines(chart: Chart, top: int, middles: list[float]) -> list[list[tuple[float, float, str]]]:
    return [
        [(round(x, 1), _y(_size(value), top), figure(value)) for x, value in zip(middles, one.figures, strict=True)]
        for one in chart.series
    ]


def _shown(chart: Chart) -> list[int]:
    """The places whose label is written: at most thirteen, evenly."""
    every = max(1, ceil(len(chart.places) / 13))
    return list(range(0, len(chart.places), every))
