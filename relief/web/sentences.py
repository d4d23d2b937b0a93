"""How does a sentence of the rule book read on this screen? In the reader's language, figures too."""

from __future__ import annotations

from datetime import date, datetime

from relief.domain.money import Money
from relief.domain.sentences import Param, Sentence
from relief.web import formatting
from relief.web.catalogue import translated


def render(sentence: Sentence) -> str:
    """The sentence in the current language; parameters are rendered the same way, nested sentences too."""
    words = translated(sentence.message) if sentence.message else ""
    if not sentence.params:
        return words
    return words % {name: _spoken(value) for name, value in sentence.params.items()}


def words(text: object) -> str:
    """Any label as text of the current language: a Sentence, a lazy string, plain text; empty for None."""
    if isinstance(text, str) or text is None:
        return text or ""
    return render(text) if isinstance(text, Sentence) else str(text)


def joined(texts: list[str]) -> str:
    """Several texts as one list: `甲、乙` in Chinese, `one, two` in English."""
    return ("、" if formatting.in_chinese() else ", ").join(texts)


def told(value: Param) -> str:
    """One value as the reader's text: figures, days, labels, lists of labels."""
    return str(_spoken(value))


def _spoken(value: Param) -> object:
    if isinstance(value, Sentence):
        return render(value)
    if isinstance(value, tuple):
        return joined([render(one) for one in value])
    if isinstance(value, Money):
        return formatting.money(value)
    if isinstance(value, datetime):
        return formatting.moment(value)
    if isinstance(value, date):
        return formatting.day(value)
    return value
