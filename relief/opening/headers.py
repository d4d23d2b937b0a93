"""Which field of an old sheet does a header name? Known wordings, however spaced, starred or bracketed."""

from __future__ import annotations

from relief.domain.labels import label
from relief.domain.opening import PAID, STANDING
from relief.domain.roster import Cell
from relief.households.roster_headers import RETURNED, plain_header

_PERSON = {
    "number": "序号 编号 序 行号",
    "name": "姓名 户主姓名 户主 职工姓名 困难职工姓名 领款人 受助人 受助人姓名 救助对象 收款人 收款人姓名",
    "resident_id": "身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 证件号码 "
    "证件号 身份号码 户主身份证号 户主身份证号码 职工身份证号 职工身份证号码 本人身份证号 "
    "领款人身份证号 收款人身份证号",
    "unit": "工作单位 单位 所在单位 所属单位 单位名称 基层单位 基层工会 所在工会 所属工会",
    "kind": "救助类别 救助种类 救助类型 帮扶类别 帮扶类型 慰问类别 补助类别 类别 救助名目",
    "item": "项目 救助项目 帮扶项目 救助内容 用途 补助项目",
    "fund": "资金来源 资金渠道 经费来源 款项来源 资金性质 列支渠道",
    "remark": "备注 说明 附注",
    # Read by nobody: an account, a phone or a signature has no place in a remark.
    "card": "银行卡号 银行账号 账号 卡号 收款账号",
    "bank": "开户银行 开户行 银行",
    "phone": "联系电话 电话 手机号 手机号码",
    "address": "家庭住址 住址 家庭地址",
    "signature": "签字 签名 领款人签字 领取人签字 签收 领款签字",
    "returned": f"{RETURNED} WhyTheRowWasNotTaken",
}
_FIELDS = {
    PAID: _PERSON | {
        "amount": "救助金额 金额 发放金额 实发金额 救助款 慰问金额 补助金额 实领金额 发放数额",
        "day": "日期 发放日期 发放时间 领取日期 支付日期 付款日期 领款日期",
        "period": "所属期 所属月份 月份 发放月份 期间 年月",
        "sheet_number": "批次号 发放表号 批次 表号 批号 发放表编号 批次号/发放表号",
    },
    STANDING: _PERSON | {
        "first_month": "起始月 起始月份 开始月份 起始时间 自何月 开始月",
        "last_month": "截止月 截止月份 终止月份 结束月份 截止时间 至何月 结束月",
        "monthly": "每月金额 月金额 月标准 每月标准 月发放金额 月救助金额 月补助金额",
        "sheet_number": "批次号 文号 批准文号 审批文号 发放表号 批次号/发放表号",
    },
}  # fmt: skip
REQUIRED = {
    STANDING: (("resident_id",), ("first_month",), ("last_month",), ("monthly",), ("kind", "item")),
    PAID: (("resident_id",), ("kind", "item"), ("amount",), ("day", "period")),
}
LABELS = {
    "resident_id": label("Resident ID"), "kind": label("Kind of aid"), "amount": label("Amount"),
    "day": label("Day or month of payment"), "first_month": label("First month"), "last_month": label("Last month"),
    "monthly": label("Amount a month"),
}  # fmt: skip


def paid_field(cell: Cell) -> str | None:
    """The field of an old 发放表 that the header names, or None."""
    return _WORDS[PAID].get(plain_header(cell))


def standing_field(cell: Cell) -> str | None:
    """The field of a list of standing awards that the header names, or None."""
    return _WORDS[STANDING].get(plain_header(cell))


def _by_wording(fields: dict[str, str]) -> dict[str, str]:
    return {plain_header(wording): field for field, words in fields.items() for wording in words.split()}


_WORDS = {form: _by_wording(fields) for form, fields in _FIELDS.items()}
