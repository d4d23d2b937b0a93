"""Which kind of aid, which item, which fund do the words of an old sheet mean?"""

from __future__ import annotations

import re

from relief.domain.aid import kinds
from relief.domain.aid.routine import LIVING, MEDICAL, STUDY
from relief.domain.roster.cells import Cell, compact

_KINDS = {
    "seasonal": "换季 春季换季 秋季换季 换季衣被 换季衣物 换季物资",
    "winter": "越冬 冬季 过冬 取暖 冬季取暖 越冬取暖 温暖过冬 冬煤",
    "spring_festival": "春节 元旦春节 两节 双节 送温暖 春节送温暖 两节送温暖 春节走访",
    "routine": "日常 常规",
    "special": "特殊 急难 突发 意外 临时 临时困难 应急 大病 重大疾病 灾害 火灾",
}
_ITEMS = {
    LIVING: "生活 日常生活 基本生活 生活费 长期生活",
    MEDICAL: "医疗 日常医疗 医药 医药费 医疗费 看病 自付医疗",
    STUDY: "助学 金秋助学 日常助学 子女助学 子女上学 学费 教育 就学",
}
_FUNDS = {
    "F1": "中央财政职工困难帮扶资金 中央财政 中央财政资金 中央专项 中央财政专项帮扶资金 中央资金",
    "F2": "省级配套资金 省级 省级资金 省级配套 省财政 省级专项",
    "F3": "上级工会拨付资金(含送温暖资金) 上级工会拨付资金 上级工会 上级拨付 上级拨款 送温暖资金 省总工会 上级工会补助",
    "F4": "本级工会经费 工会经费 本级 本级经费 自有经费 局工会经费",
    "F5": "行政补助 行政 行政拨款 行政资金",
    "F6": "社会捐助 社会捐赠 捐款 捐助 捐赠",
    "F7": "利息 利息收入",
}
_ENDING = re.compile(r"(专项)?(救助|帮扶|慰问|补助|救济|资助|援助)(金|款|品|费|物资)?$")


def read_kind(cell: Cell) -> tuple[str | None, str | None]:
    """The kind and, where the words name one, its item: 医疗救助 is routine relief's. None for other words."""
    words = _stem(cell)
    item = _ITEM_OF.get(words)
    if item:
        return ("routine", item) if "routine" in kinds() else (None, None)
    kind = _KIND_OF.get(words) or _code_of(compact(cell))
    return (kind, None) if kind in kinds() else (None, None)


def read_item(cell: Cell, kind: str | None) -> str | None:
    """The item of this kind that the words name, or None."""
    known = kinds()[kind].items if kind in kinds() else {}
    found = _ITEM_OF.get(_stem(cell), compact(cell))
    return found if found in known else None


def read_fund(cell: Cell) -> str | None:
    """The fund, by code or by name, or None."""
    words = compact(cell)
    return words.upper() if words.upper() in _FUNDS else _FUND_OF.get(words)


def _stem(cell: Cell) -> str:
    """The words without 救助, 慰问金 and the like at their end."""
    words = compact(cell)
    return _ENDING.sub("", words) or words


def _code_of(words: str) -> str | None:
    """A kind by its code or its English name, as a sixth kind comes without words of its own."""
    named = {"".join(str(kind.name).split()).lower(): code for code, kind in kinds().items()}
    return words if words in kinds() else named.get(words.lower())


def _by_word(words: dict[str, str]) -> dict[str, str]:
    return {compact(word): code for code, line in words.items() for word in line.split()}


_KIND_OF, _ITEM_OF, _FUND_OF = _by_word(_KINDS), _by_word(_ITEMS), _by_word(_FUNDS)
