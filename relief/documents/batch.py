"""How do many papers become one PDF? In chunks, over processes when it pays, memory flat, progress told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from relief.documents.layers import merge
from relief.documents.pdf import Paper, render
from relief.domain.errors import RuleBroken
from relief.domain.sentences import Sentence

CHUNK = 20
"""Papers in one layout: fewer repeat the fonts, more hold memory (500 vouchers took 450 MB)."""


@dataclass(frozen=True)
class Batch:
    """The PDF of the papers that could be printed, and the refusals of the others by their place."""

    pdf: bytes
    refused: dict[int, RuleBroken] = field(default_factory=dict)


def render_in_chunks(
    template: str,
    papers: Sequence[Paper],
    locale: str,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
    **settings: Any,
) -> bytes:
    """One PDF of all papers; RuleBroken at the first that cannot be printed."""
    chunks = [papers[first : first + CHUNK] for first in range(0, len(papers), CHUNK)]
    parts, done = [], 0
    for chunk, part in zip(chunks, _rendered(template, chunks, locale, workers, settings), strict=True):
        parts.append(part)
        done += len(chunk)
        if progress:
            progress(done, len(papers))
    return merge(parts)


def _rendered(
    template: str, chunks: list[Sequence[Paper]], locale: str, workers: int, settings: dict[str, Any]
) -> Iterator[bytes]:
    if workers <= 1 or len(chunks) <= 1:
        yield from (render(template, chunk, locale, **settings) for chunk in chunks)
        return
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    one = partial(_render_chunk, template, locale, settings)
    # Spawned, not forked: the web process has threads, and Pango's state does not survive a fork safely.
    with ProcessPoolExecutor(min(workers, len(chunks)), mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(one, chunks)
        except _Travelling as refused:
            raise refused.arrived() from None


class _Travelling(Exception):
    """A refusal on its way from a worker's process: as data, because a RuleBroken cannot be packed."""

    def arrived(self) -> RuleBroken:
        """The refusal as it was raised."""
        said = Sentence.from_data(self.args[0])
        return RuleBroken("name", said.message, **said.params)


def _render_chunk(template: str, locale: str, settings: dict[str, Any], chunk: Sequence[Paper]) -> bytes:
    try:
        return render(template, chunk, locale, **settings)
    except RuleBroken as refused:
        raise _Travelling(refused.sentence.as_data()) from None
