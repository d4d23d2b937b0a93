"""Which units has the demo's bureau, and who works in them? Twelve offices, one of them of two people."""

from __future__ import annotations

from dataclasses import dataclass

Hand = tuple[str, str]  # user name and name


@dataclass(frozen=True)
class Unit:
    """A unit with its hands. Without a `second` caseworker the `foreman`, who has no account, goes along."""

    name: str
    chair: Hand
    caseworker: Hand
    second: Hand | None
    foreman: str = ""


BUREAU = ("兴隆林业局工会", "局工会", "XL")
HOME = "东风林场"
OFFICE_OF_TWO = "太平经营所"
UNITS = (
    Unit("局机关", ("yangwei", "杨伟"), ("linna", "林娜"), ("xulei", "许磊")),
    Unit(HOME, ("li", "李建国"), ("wang", "王秀兰"), ("zhang", "张立新")),
    Unit("红旗林场", ("zhaogang", "赵刚"), ("suncui", "孙翠芝"), ("hebin", "何斌")),
    Unit("前进林场", ("gaofeng", "高峰"), ("maling", "马玲"), ("songtao", "宋涛")),
    Unit("青峰林场", ("tangyong", "唐勇"), ("luoxia", "罗霞"), ("hanlei", "韩雷")),
    Unit("双丫山林场", ("caojun", "曹军"), ("dengli", "邓丽"), ("xiaopeng", "肖鹏")),
    Unit(OFFICE_OF_TWO, ("fanchun", "范春生"), ("tianfang", "田芳"), None, "高长河"),
    Unit("贮木场", ("dongqiang", "董强"), ("panyan", "潘艳"), ("yuanhui", "袁辉")),
    Unit("木材加工厂", ("caibo", "蔡波"), ("jiangmin", "蒋敏"), ("yubin", "余斌")),
    Unit("汽车运输处", ("dushan", "杜山"), ("yerong", "叶蓉"), ("chengkai", "程凯")),
    Unit("职工医院", ("weimin", "魏民"), ("suqin", "苏琴"), ("lvliang", "吕亮")),
    Unit("第一中学", ("dingyi", "丁毅"), ("renjing", "任静"), ("shenchao", "沈超")),
)
