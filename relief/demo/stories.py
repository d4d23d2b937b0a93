"""What has happened in the demo's office? Cases of a year, each with its event, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from relief.domain.workflow import State


@dataclass(frozen=True)
class Story:
    """One case: opened so many days ago, what happened, the grade, and where it stands (None: all the way).

    `turn` names what was not ordinary: bounced, refused, objected, withdrawn.
    """

    days_ago: int
    event: str
    grade: int
    text: str
    stops_at: State | None = None
    turn: str = ""


STORIES = (
    Story(330, "illness", 2, "户主突发脑梗住院,自付医疗费用三万余元。"),
    Story(318, "fire", 3, "取暖炉引燃板棚,烧毁储柴房和部分家具,无人员伤亡。"),
    Story(301, "injury", 1, "上山作业摔伤左腿,停工两个月。"),
    Story(288, "illness", 4, "孩子确诊白血病,赴哈尔滨治疗,家庭已借债。"),
    Story(270, "flood", 2, "春汛进水,冲毁菜地和围墙。"),
    Story(255, "traffic", 2, "下班途中被撞,肇事方逃逸,自行垫付医药费。"),
    Story(241, "death", 3, "家庭主要劳动力病故,留有两名在校子女。"),
    Story(226, "illness", 2, "恶性肿瘤术后化疗,每月自费药两千余元。", turn="bounced"),
    Story(212, "injury", 1, "采伐作业中手部受伤。"),
    Story(196, "fire", 2, "电线老化起火,烧毁一间偏房。"),
    Story(183, "illness", 1, "老人骨折卧床,需专人照料。", turn="withdrawn"),
    Story(170, "flood", 3, "连日暴雨,房屋后墙倒塌。"),
    Story(154, "illness", 2, "尿毒症透析,医保报销后仍自付较多。"),
    Story(139, "traffic", 1, "骑摩托车翻车受伤。", turn="refused"),
    Story(123, "illness", 3, "妻子患重症肺炎转院治疗。"),
    Story(109, "forest", 2, "贮木场装车时被原木砸伤。"),
    Story(95, "illness", 2, "心脏支架手术,自付两万八千元。", turn="objected"),
    Story(80, "fire", 4, "住房失火全部烧毁,一家四口借住亲戚家。"),
    Story(66, "injury", 2, "清雪作业滑倒骨折。"),
    Story(52, "illness", 2, "糖尿病并发症住院。"),
    Story(40, "illness", 1, "孩子急性阑尾炎手术。", State.PAID),
    Story(33, "fire", 2, "灶台起火,厨房烧毁。", State.IN_PAYMENT),
    Story(28, "illness", 2, "突发胰腺炎住院治疗。", State.APPROVED),
    Story(26, "flood", 3, "秋汛淹没口粮田和家畜棚。", State.APPROVED),
    Story(22, "injury", 2, "营林作业被油锯划伤。", State.IN_APPROVAL),
    Story(20, "illness", 3, "乳腺癌手术,家庭无其他收入。", State.IN_APPROVAL),
    Story(18, "traffic", 1, "被农用车剐蹭受伤。", State.FORWARDED),
    Story(9, "illness", 2, "老人突发脑出血。", State.ON_NOTICE),
    Story(6, "fire", 2, "锅炉房起火,烧毁两间。", State.OPINION_GIVEN),
    Story(4, "illness", 1, "孩子肺炎住院。", State.SUBMITTED),
    Story(2, "injury", 2, "巡护途中摔伤。", State.DRAFT),
)
