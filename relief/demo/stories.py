"""What has happened in the demo's units? Special cases of a year, each with its event, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from relief.demo.units import HOME, OFFICE_OF_TWO
from relief.domain.workflow import State


@dataclass(frozen=True)
class Story:
    """One case: opened so many days ago, where, what happened, the grade, and where it stands (None: all the way).

    `turn` names what was not ordinary (`relief.demo.turns`), `key` the card on the start page that leads here.
    """

    days_ago: int
    unit: str
    event: str
    grade: int
    text: str
    stops_at: State | None = None
    turn: str = ""
    key: str = ""


STORIES = (
    Story(690, "职工医院", "illness", 2, "胃切除手术，自付两万余元。"),
    Story(655, "贮木场", "injury", 1, "装车时脚踝骨折。"),
    Story(610, "木材加工厂", "fire", 3, "锅炉房失火殃及住房。"),
    Story(560, "第一中学", "illness", 2, "慢性肾病住院。"),
    Story(520, "红旗林场", "flood", 2, "山洪冲毁院墙和仓房。"),
    Story(480, "汽车运输处", "traffic", 2, "出车途中翻车，腰椎受伤。"),
    Story(445, "前进林场", "forest", 2, "伐木时被树枝砸伤。"),
    Story(410, "局机关", "illness", 1, "孩子哮喘住院。"),
    Story(385, HOME, "illness", 2, "户主胆囊手术，恢复后已重新上岗。", turn="recovered"),
    Story(360, "双丫山林场", "death", 3, "家庭主要劳动力病故，留有两名在校子女。"),
    Story(330, "青峰林场", "illness", 2, "户主突发脑梗住院，自付医疗费用三万余元。"),
    Story(318, HOME, "fire", 3, "取暖炉引燃板棚，烧毁储柴房和部分家具，无人员伤亡。"),
    Story(301, "前进林场", "injury", 1, "上山作业摔伤左腿，停工两个月。"),
    Story(288, "职工医院", "illness", 4, "孩子确诊白血病，赴哈尔滨治疗，家庭已借债。"),
    Story(270, "红旗林场", "flood", 2, "春汛进水，冲毁菜地和围墙。"),
    Story(262, "贮木场", "injury", 2, "冒用他人工伤材料申请。", turn="revoked", key="revoked"),
    Story(255, "汽车运输处", "traffic", 2, "下班途中被撞，肇事方逃逸，自行垫付医药费。"),
    Story(248, "木材加工厂", "injury", 1, "带锯伤手，同一伤情已由工伤保险赔付。", turn="recovering"),
    Story(241, HOME, "death", 3, "家庭主要劳动力病故，留有两名在校子女。"),
    Story(226, "第一中学", "illness", 2, "恶性肿瘤术后化疗，每月自费药两千余元。", turn="bounced"),
    Story(212, "木材加工厂", "injury", 1, "带锯作业中手部受伤。"),
    Story(196, "局机关", "fire", 2, "电线老化起火，烧毁一间偏房。"),
    Story(183, HOME, "illness", 1, "老人骨折卧床，需专人照料。", turn="withdrawn"),
    Story(176, OFFICE_OF_TWO, "illness", 2, "经办人和主席一同入户，意见移交前进林场。", turn="passed", key="two"),
    Story(170, "双丫山林场", "flood", 3, "连日暴雨，房屋后墙倒塌。"),
    Story(154, HOME, "illness", 2, "尿毒症透析，医保报销后仍自付较多。"),
    Story(146, "红旗林场", "traffic", 1, "摩托车事故，事由材料前后不一。", turn="upheld"),
    Story(139, "汽车运输处", "traffic", 1, "骑摩托车翻车受伤。", turn="refused"),
    Story(131, OFFICE_OF_TWO, "injury", 1, "修路作业砸伤脚趾，主席在纸上签署意见。", turn="paper"),
    Story(123, "职工医院", "illness", 3, "妻子患重症肺炎转院治疗。"),
    Story(109, "贮木场", "forest", 2, "贮木场装车时被原木砸伤。"),
    Story(102, "青峰林场", "illness", 2, "初审被拒，申诉后查明并未重复救助。", turn="appealed", key="appealed"),
    Story(95, HOME, "illness", 2, "心脏支架手术，自付两万八千元。", turn="objected", key="objected"),
    Story(80, "前进林场", "fire", 4, "住房失火全部烧毁，一家四口借住亲戚家。"),
    Story(66, HOME, "injury", 2, "清雪作业滑倒骨折。", turn="bounced", key="bounced"),
    Story(60, "青峰林场", "illness", 2, "材料缺页，退回补正后重报。", turn="sent_back"),
    Story(52, "红旗林场", "illness", 2, "糖尿病并发症住院。"),
    Story(47, "局机关", "illness", 1, "术后并发症住院。"),
    Story(40, HOME, "illness", 1, "孩子急性阑尾炎手术。", State.PAID),
    Story(36, "双丫山林场", "injury", 1, "巡护时被野猪撞伤。", State.IN_PAYMENT),
    Story(33, HOME, "fire", 2, "灶台起火，厨房烧毁。", State.IN_PAYMENT, turn="bouncing"),
    Story(28, HOME, "illness", 2, "突发胰腺炎住院治疗。", State.APPROVED),
    Story(26, "第一中学", "flood", 3, "连日暴雨，地下室和粮食被淹。", State.APPROVED),
    Story(24, "木材加工厂", "injury", 2, "初审被拒，家属已提出申诉。", turn="appealing"),
    Story(23, HOME, "illness", 2, "住院结算单缺页。", turn="returned"),
    Story(22, HOME, "injury", 2, "营林作业被油锯划伤。", State.IN_APPROVAL),
    Story(20, "贮木场", "illness", 3, "乳腺癌手术，家庭无其他收入。", State.IN_APPROVAL),
    Story(18, "汽车运输处", "traffic", 1, "被农用车剐蹭受伤。", State.FORWARDED),
    Story(17, HOME, "illness", 1, "出院小结待补，先行暂缓。", turn="on_hold"),
    Story(12, HOME, "illness", 1, "公示期间有职工来电反映。", turn="objecting"),
    Story(9, HOME, "illness", 2, "老人突发脑出血。", State.ON_NOTICE),
    Story(6, HOME, "fire", 2, "锅炉房起火，烧毁两间。", State.OPINION_GIVEN),
    Story(5, "红旗林场", "injury", 1, "搬运时扭伤腰部。", State.SUBMITTED),
    Story(4, HOME, "illness", 1, "孩子肺炎住院。", State.SUBMITTED),
    Story(2, HOME, "injury", 2, "巡护途中摔伤。", State.DRAFT),
)
