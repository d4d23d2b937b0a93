"""Which field of a roster does a header name? Known wordings, however spaced, starred or bracketed."""

from __future__ import annotations

import re
import unicodedata

from relief.domain.roster.cells import Cell, text

RETURNED = "未导入原因"  # the column that a returned workbook adds; nobody reads it when it comes back

HOUSEHOLD_FIELDS: dict[str, str] = {
    "number": "序号 编号 序 行号 档案序号",
    "unit": "单位 工作单位 所在单位 所属单位 单位名称 职工单位 工作单位名称 基层单位 基层工会 "
    "所在工会 所属工会 工会名称 单位工会 部门 工作部门",
    "name": "姓名 户主姓名 户主 职工姓名 困难职工姓名 申请人 申请人姓名 本人姓名 名字 职工",
    "sex": "性别 户主性别",
    "nation": "民族 户主民族",
    "born": "出生日期 出生年月 出生年月日 出生时间 生日 户主出生日期",
    "resident_id": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号 公民身份证号码 居民身份证号 "
    "居民身份证号码 居民身份证 证件号码 证件号 身份号码 户主身份证号 户主身份证号码 户主身份证 "
    "职工身份证号 职工身份证号码 本人身份证号 本人身份证号码 户主公民身份号码",
    "phone": "联系电话 手机 手机号 手机号码 电话 电话号码 联系方式 移动电话 本人电话 联系手机 户主电话 户主联系电话",
    "address": "家庭住址 家庭地址 住址 地址 现住址 居住地址 家庭详细地址 家庭详细住址 详细地址 "
    "详细住址 现居住地 通讯地址",
    "size": "家庭人口 家庭人口数 家庭人数 人口 人口数 家庭成员数 家庭成员人数 家庭总人口 共同生活人口 户人口",
    "income12": "近12个月总收入 近12个月家庭总收入 近十二个月总收入 12个月总收入 家庭年总收入 "
    "家庭年收入 年总收入 年收入 总收入 全年总收入 全年收入 家庭总收入 家庭年度总收入 近一年总收入 "
    "近一年家庭总收入 上年度家庭总收入 家庭全年总收入",
    "rigid": "刚性支出 家庭刚性支出 年刚性支出 近12个月刚性支出 近十二个月刚性支出 刚性支出合计 "
    "家庭年刚性支出 必要支出",
    "monthly_net": "月人均收入 人均月收入 家庭月人均收入 家庭人均月收入 月人均 人均收入 家庭人均收入 "
    "月人均纯收入 人均月纯收入",
    "category": "困难类别 类别 困难职工类别 困难类型 困难职工类型 档案类别 建档类别 困难等级 认定类别",
    "cause": "主要致困原因 致困原因 困难原因 主要困难原因 主要致贫原因 致困主要原因",
    "heating": "取暖方式 供暖方式 供热方式 采暖方式 取暖类型 采暖类型",
    "bank": "开户银行 开户行 银行 银行名称 发卡银行 开户银行名称 开户行名称 所属银行",
    "card": "银行卡号 银行账号 银行帐号 账号 帐号 卡号 银行账户 银行帐户 银行卡账号 银行卡 一卡通号 "
    "一卡通账号 收款账号 工资卡号 存折账号",
    "opened_on": "建档日期 建档时间 建档年月日 立档日期 档案建立日期",
    "remark": "备注 说明 备注说明 其他说明 附注",
    "returned": f"{RETURNED} WhyTheRowWasNotTaken",
}

MEMBER_FIELDS: dict[str, str] = {
    "number": "序号 编号 序",
    "head_id": "户主身份证号 户主身份证号码 户主身份证 户主公民身份号码 户主证件号码 户主证件号 "
    "职工身份证号 职工身份证号码 职工身份证 困难职工身份证号 困难职工身份证号码 户主居民身份证号 "
    "户主身份号码",
    "head_name": "户主姓名 户主 职工姓名 困难职工姓名",
    "name": "成员姓名 家庭成员姓名 姓名 家属姓名 家庭成员 成员",
    "relation": "与户主关系 与职工关系 关系 与本人关系 与困难职工关系 与户主的关系 家庭关系 称谓",
    "resident_id": "身份证号 身份证号码 身份证 公民身份号码 居民身份证号 居民身份证号码 成员身份证号 "
    "成员身份证号码 成员身份证 家庭成员身份证号 家庭成员身份证号码 证件号码 证件号 身份号码 "
    "成员公民身份号码",
    "sex": "性别 成员性别",
    "born": "出生日期 出生年月 出生年月日 出生时间 生日 成员出生日期",
    "health": "健康状况 身体状况 健康情况 健康",
    "monthly_income": "月收入 本人月收入 月均收入 月平均收入 个人月收入 收入",
    "work_or_school": "单位或学校 工作单位或学校 单位学校 单位/学校 工作单位/学校 工作单位 单位 学校 "
    "就业就学情况 工作或就学单位 工作学习单位",
    "remark": "备注 说明",
    "returned": f"{RETURNED} WhyTheRowWasNotTaken",
}

REQUIRED_FOR_HOUSEHOLDS = ("name", "resident_id", "unit", "category")
REQUIRED_FOR_MEMBERS = ("head_id", "name", "relation")

_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_DECORATION = re.compile(r"[\s*※★:;,、。.·\"'“”_\-]+")


def plain_header(cell: Cell) -> str:
    """The header without spaces, stars, colons and what stands in brackets; half width."""
    narrow = unicodedata.normalize("NFKC", text(cell))
    return _DECORATION.sub("", _BRACKETED.sub("", narrow)) or _DECORATION.sub("", narrow)


def household_field(cell: Cell) -> str | None:
    """The field of a household that the header names, or None."""
    return _HOUSEHOLD_WORDS.get(plain_header(cell))


def member_field(cell: Cell) -> str | None:
    """The field of a member that the header names, or None."""
    return _MEMBER_WORDS.get(plain_header(cell))


def counts_in_ten_thousands(cell: Cell) -> bool:
    """True for a header (or a title's unit of money) such as `总收入(万元)`: its bare figures mean 万元."""
    return re.search(r"[(:]万元", unicodedata.normalize("NFKC", text(cell)).replace(" ", "")) is not None


def _by_wording(fields: dict[str, str]) -> dict[str, str]:
    return {plain_header(wording): field for field, words in fields.items() for wording in words.split()}


_HOUSEHOLD_WORDS = _by_wording(HOUSEHOLD_FIELDS)
_MEMBER_WORDS = _by_wording(MEMBER_FIELDS)
