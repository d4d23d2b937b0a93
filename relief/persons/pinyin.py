"""How is a name read? Pinyin for the English page, initials for the search, surnames by their own reading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import product

# Readings as a surname, the commoner one first; dictionaries give the everyday word instead.
SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan", "dan"), "仇": ("qiu", "chou"), "曾": ("zeng", "ceng"), "解": ("xie", "jie"),
    "区": ("ou", "qu"), "查": ("zha", "cha"), "盖": ("ge", "gai"), "朴": ("piao", "pu"), "任": ("ren",),
    "华": ("hua",), "燕": ("yan",), "尉": ("wei", "yu"), "乐": ("yue", "le"), "覃": ("qin", "tan"),
    "翟": ("zhai", "di"), "缪": ("miao", "mou"), "洗": ("xian", "xi"), "冼": ("xian",),
    "种": ("chong", "zhong"), "黑": ("he", "hei"), "秘": ("bi", "mi"), "繁": ("po", "fan"),
    "召": ("shao", "zhao"), "折": ("she", "zhe"), "逄": ("pang",), "员": ("yun", "yuan"), "幺": ("yao",),
    "么": ("yao", "me"), "都": ("du",), "宁": ("ning",), "甯": ("ning",), "卜": ("bu",), "哈": ("ha",),
    "那": ("na",), "能": ("nai", "neng"), "长": ("zhang", "chang"), "车": ("che",), "万": ("wan",),
    "石": ("shi",), "重": ("chong", "zhong"), "隗": ("wei", "kui"), "谌": ("chen", "shen"), "洪": ("hong",),
    "贾": ("jia",), "葛": ("ge",), "薄": ("bo",), "柏": ("bai", "bo"), "纪": ("ji",), "瞿": ("qu",),
    "俞": ("yu", "shu"), "晁": ("chao",), "祭": ("zhai", "ji"), "句": ("gou", "ju"), "阚": ("kan",),
    "宓": ("mi", "fu"), "强": ("qiang",), "相": ("xiang",), "应": ("ying",), "荀": ("xun",), "钭": ("tou",),
    "适": ("kuo", "shi"), "沈": ("shen",), "盛": ("sheng",), "奇": ("qi",), "曲": ("qu",), "行": ("xing",),
    "呙": ("guo",), "弗": ("fei", "fu"), "佴": ("nai",), "阿": ("a",), "降": ("jiang",), "药": ("yao",),
    "少": ("shao",), "难": ("nan",), "谷": ("gu",), "莘": ("shen", "xin"), "过": ("guo",),
}  # fmt: skip
TWO_CHARACTERS: dict[str, tuple[str, ...]] = {
    "欧阳": ("ou", "yang"), "司马": ("si", "ma"), "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"),
    "东方": ("dong", "fang"), "皇甫": ("huang", "fu"), "尉迟": ("yu", "chi"), "公孙": ("gong", "sun"),
    "慕容": ("mu", "rong"), "长孙": ("zhang", "sun"), "宇文": ("yu", "wen"), "司徒": ("si", "tu"),
    "令狐": ("ling", "hu"), "夏侯": ("xia", "hou"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"),
    "鲜于": ("xian", "yu"), "闾丘": ("lü", "qiu"), "呼延": ("hu", "yan"), "赫连": ("he", "lian"),
    "独孤": ("du", "gu"), "南宫": ("nan", "gong"), "端木": ("duan", "mu"), "单于": ("chan", "yu"),
    "申屠": ("shen", "tu"), "太史": ("tai", "shi"), "完颜": ("wan", "yan"), "西门": ("xi", "men"),
    "濮阳": ("pu", "yang"),
}  # fmt: skip


@lru_cache(maxsize=4096)
def reading(name: str) -> str:
    """`单晓明` → `Shan Xiaoming`; surname first, without tones; other scripts stay as they are."""
    plain = name.strip()
    if not plain or plain.isascii():
        return plain
    if "·" in plain:
        return "·".join(_run_together(_plain_readings(part)) for part in plain.split("·"))
    surname, given = _split(plain)
    return f"{_run_together(surname)} {_run_together(_plain_readings(given))}".strip()


@lru_cache(maxsize=4096)
def initials(name: str) -> tuple[str, ...]:
    """Every way to abbreviate the name: `单晓明` → `("sxm", "dxm")`; the reading's own first, at most 16."""
    plain = name.strip().replace("·", "")
    if not plain:
        return ()
    if plain.isascii():
        return ("".join(part[0] for part in plain.lower().split()),)
    surname, given = _split(plain)
    letters = [_firsts(one) for one in (*surname, *_plain_readings(given))]
    return tuple(dict.fromkeys("".join(chosen) for chosen in product(*letters)))[:16]


def _run_together(readings: Iterable[tuple[str, ...]]) -> str:
    return "".join(one[0] for one in readings).capitalize()


def _firsts(readings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0] for one in readings if one))


def _split(name: str) -> tuple[list[tuple[str, ...]], str]:
    """The readings of the surname's characters, and the given name."""
    if name[:2] in TWO_CHARACTERS and len(name) > 2:
        return [(one,) for one in TWO_CHARACTERS[name[:2]]], name[2:]
    first = SURNAMES.get(name[0])
    return [first] if first else list(_plain_readings(name[0])), name[1:]


@lru_cache(maxsize=8192)
def _plain_readings(text: str) -> tuple[tuple[str, ...], ...]:
    """Each character's readings in this text, the likely one first; one without any stands for itself."""
    from pypinyin import Style, pinyin  # 0.3 s: only when somebody reads English or saves a name

    likely = pinyin(text, style=Style.NORMAL, v_to_u=True, errors=list)  # type: ignore[arg-type]
    every = pinyin(text, style=Style.NORMAL, heteronym=True, v_to_u=True, errors=list)  # type: ignore[arg-type]
    return tuple(tuple(dict.fromkeys([one[0], *many])) for one, many in zip(likely, every, strict=False))
