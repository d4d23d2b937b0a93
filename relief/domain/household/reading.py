"""What did the roster mean? Codes out of the Chinese that unions write; None for a word nobody knows."""

from __future__ import annotations

import re
import unicodedata

from relief.domain.household.codes import Category, Cause, FileTier, Heating, Relation

_CATEGORIES = {
    "深度困难": Category.DEEP,
    "深度": Category.DEEP,
    "相对困难": Category.RELATIVE,
    "相对": Category.RELATIVE,
    "意外致困": Category.ACCIDENT,
    "意外": Category.ACCIDENT,
    "边缘困难": Category.MARGINAL,
    "边缘": Category.MARGINAL,
    "局级困难": Category.BUREAU,
    "局级": Category.BUREAU,
}
_CAUSES = {
    "无劳动能力": Cause.NO_CAPACITY,
    "有劳动能力而未就业": Cause.NOT_EMPLOYED,
    "有劳动能力未就业": Cause.NOT_EMPLOYED,
    "未就业": Cause.NOT_EMPLOYED,
    "下岗失业": Cause.LAID_OFF,
    "失业": Cause.LAID_OFF,
    "下岗": Cause.LAID_OFF,
    "未参加社会保险": Cause.UNINSURED,
    "社会保险待遇落实不到位": Cause.INSURANCE_UNPAID,
    "患重特大疾病": Cause.ILLNESS,
    "患重大疾病": Cause.ILLNESS,
    "重特大疾病": Cause.ILLNESS,
    "因病": Cause.ILLNESS,
    "疾病": Cause.ILLNESS,
    "遭受自然灾害": Cause.DISASTER,
    "自然灾害": Cause.DISASTER,
    "因灾": Cause.DISASTER,
    "遭受意外事故": Cause.ACCIDENT,
    "意外事故": Cause.ACCIDENT,
    "因意外": Cause.ACCIDENT,
    "子女上学": Cause.SCHOOLING,
    "子女就学": Cause.SCHOOLING,
    "因学": Cause.SCHOOLING,
    "其他": Cause.OTHER,
    "其它": Cause.OTHER,
}
_TIERS = {
    "全国级": FileTier.NATIONAL,
    "国家级": FileTier.NATIONAL,
    "全总级": FileTier.NATIONAL,
    "省级": FileTier.PROVINCIAL,
    "省总级": FileTier.PROVINCIAL,
    "局级": FileTier.BUREAU,
}
_HEATINGS = {
    "集中供热": Heating.CENTRAL,
    "集中供暖": Heating.CENTRAL,
    "集中": Heating.CENTRAL,
    "电采暖": Heating.ELECTRIC,
    "电取暖": Heating.ELECTRIC,
    "电暖": Heating.ELECTRIC,
    "烧煤": Heating.COAL,
    "煤": Heating.COAL,
    "烧柴": Heating.WOOD,
    "柴": Heating.WOOD,
    "其他": Heating.OTHER,
    "其它": Heating.OTHER,
    "无": Heating.NONE,
    "无取暖": Heating.NONE,
}
_RELATIONS = {
    Relation.HEAD: "户主 本人",
    Relation.SPOUSE: "配偶 夫 妻 丈夫 妻子 夫妻",
    Relation.CHILD: "子女 子 女 儿子 女儿 长子 次子 三子 长女 次女 三女 独生子 独生女 养子 养女 继子 继女",
    Relation.PARENT: "父母 父 母 父亲 母亲 继父 继母 养父 养母",
    Relation.SIBLING: "兄弟姐妹 兄弟 姐妹 兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹",
    Relation.GRANDPARENT: "祖父母 祖父 祖母 爷爷 奶奶 外祖父母 外祖父 外祖母 姥爷 姥姥",
    Relation.GRANDCHILD: "孙子女 孙 孙子 孙女 外孙子女 外孙 外孙女",
    Relation.PARENT_IN_LAW: "公婆 公公 婆婆 岳父母 岳父 岳母",
    Relation.CHILD_IN_LAW: "儿媳 女婿 媳妇",
    Relation.OTHER: "其他 其它 其他亲属 亲属",
}
_RELATION_WORDS = {word: relation for relation, words in _RELATIONS.items() for word in words.split()}


def read_category(text: object) -> Category | None:
    """`深度困难职工`, `深度困难` → DEEP, and so on."""
    return _CATEGORIES.get(re.sub(r"(职工)?(家庭|户)?$", "", _word(text)))


def read_cause(text: object) -> Cause | None:
    """The wording of the national form, short forms, or the number 1 to 10 before it."""
    word = _word(text)
    if re.fullmatch(r"\d{1,2}(\.0)?", word, re.ASCII):
        number = int(word.split(".")[0])
        return Cause(number) if number in set(Cause) else None
    return _CAUSES.get(re.sub(r"(致困|致贫)$", "", re.sub(r"^\d{1,2}[.、]?", "", word)))


def read_tier(text: object) -> FileTier | None:
    """`全国级`, `省级`, `局级`, with or without 困难职工."""
    return _TIERS.get(re.sub(r"困难职工(档案)?$|档案$", "", _word(text)))


def read_heating(text: object) -> Heating | None:
    """`集中供热`, `电采暖`, `烧煤`, `烧柴`, `无`."""
    return _HEATINGS.get(re.sub(r"(?<!电)取暖$", "", _word(text)))


def read_relation(text: object) -> Relation | None:
    """`配偶`, `长子`, `岳母` and the other words of a household register."""
    return _RELATION_WORDS.get(_word(text))


def _word(text: object) -> str:
    folded = "" if text is None else unicodedata.normalize("NFKC", str(text))
    return re.sub(r"[\s\"'“”()]", "", folded)
