"""Are both languages whole? Every message id of the code has its Chinese, in Chinese punctuation, placeholders alike."""

from __future__ import annotations

import re

from tools.catalogue import MESSAGES, PARTS, ROOT, extracted, faults, merged

HAN = "\u3400-\u9fff"
HALF_WIDTH = re.compile(rf"[{HAN}][,;:!?()]|[,;!?()][{HAN}]")


def test_every_message_has_its_chinese_with_the_same_placeholders() -> None:
    whole, _ = merged()
    assert list(faults(extracted(ROOT), whole)) == []


def test_there_is_one_catalogue_and_no_two_words_for_one_id() -> None:
    _, conflicts = merged()
    assert conflicts == []
    assert MESSAGES.exists() and not list(PARTS.glob("*.po"))


def test_chinese_is_set_in_chinese_punctuation() -> None:
    whole, _ = merged()
    texts = [text for m in whole for text in ([m.string] if isinstance(m.string, str) else list(m.string)) if text]
    assert [text for text in texts if HALF_WIDTH.search(text)] == []


def test_the_walls_see_a_missing_word() -> None:
    wanted = extracted(ROOT)
    wanted.add("A sentence that nobody has put into Chinese.", locations=[("relief/x.py", 1)])
    whole, _ = merged()
    assert [fault for fault in faults(wanted, whole) if "nobody has put" in fault]
