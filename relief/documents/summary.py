"""How is the month's summary 发放汇总表 put on paper and into a workbook? Units down, kinds and sources across."""

from __future__ import annotations

from relief.documents.language import Words, words
from relief.documents.sheet import Summary, SummaryRow
from relief.documents.xlsx import Cell, Field, Table, write
from relief.domain.money import Money, in_capitals, total


def summary_pdf(summary: Summary, locale: str) -> bytes:
    """The summary on A4 landscape. RuleBroken for a character that cannot be printed."""
    from relief.documents.layers import Watermark, stamp
    from relief.documents.pdf import render

    made = render("summary", [summary], locale, headings=_headings(summary, words(locale)), sums=sums(summary))
    return stamp(made, Watermark(summary.watermark), locale) if summary.watermark else made


def summary_xlsx(summary: Summary, locale: str) -> bytes:
    """The summary as a workbook, with a sum under each column of money."""
    speech = words(locale)
    money = len(summary.kinds) + 1 + len(summary.sources)
    kinds: list[str] = ["text", "number", "number", *["money"] * money]
    widths = [26.0, 8.0, 8.0, *[14.0] * money]
    everything = sums(summary)
    table = Table(
        title=speech.gettext("Summary of hardship relief paid"),
        fields=[
            Field(heading, width, kind)  # type: ignore[arg-type]
            for heading, width, kind in zip(_headings(summary, speech), widths, kinds, strict=True)
        ],
        rows=[_cells(row) for row in summary.rows],
        count=len(summary.rows),
        above=[_head(summary, speech)],
        totals=[speech.gettext("Total"), everything.households, everything.payments, *_amounts(everything)],
        below=[
            [f"{speech.gettext('In capitals')}{speech.gettext(': ')}{in_capitals(everything.total)}"],
            [],
            [f"{speech.say(hand.role)}{speech.gettext(': ')}{hand.name}" for hand in summary.hands],
            [summary.record_head],
        ],
        footer=summary.watermark,
        author=summary.office,
        made_on=summary.made_on,
    )
    return write(table)


def _head(summary: Summary, speech: Words) -> list[str]:
    months = " – ".join(map(speech.month, summary.months))
    return [summary.office, months, summary.number, speech.gettext("Amounts in yuan")]


def sums(summary: Summary) -> SummaryRow:
    """The last line: what the units' lines add up to."""
    return SummaryRow(
        unit="",
        households=sum(row.households for row in summary.rows),
        payments=sum(row.payments for row in summary.rows),
        by_kind=_added([row.by_kind for row in summary.rows], len(summary.kinds)),
        total=total(row.total for row in summary.rows),
        by_source=_added([row.by_source for row in summary.rows], len(summary.sources)),
    )


def _added(columns: list[tuple[Money, ...]], width: int) -> tuple[Money, ...]:
    return tuple(total(row[at] for row in columns) for at in range(width))


def _headings(summary: Summary, speech: Words) -> list[str]:
    sources = [speech.gettext("of which %(source)s") % {"source": speech.say(one)} for one in summary.sources]
    first = [speech.gettext("Unit"), speech.gettext("Households"), speech.gettext("Payments")]
    return [*first, *map(speech.say, summary.kinds), speech.gettext("Total"), *sources]


def _cells(row: SummaryRow) -> list[Cell]:
    return [row.unit, row.households, row.payments, *_amounts(row)]


def _amounts(row: SummaryRow) -> list[Money]:
    return [*row.by_kind, row.total, *row.by_source]
