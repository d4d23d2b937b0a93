"""Are sentences, amounts, days and names written as a Chinese and as an English reader expects?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from relief.domain.labels import label
from relief.domain.money import Money
from relief.domain.sentences import Sentence, sentence
from relief.domain.workflow import NoticeState, PaymentState, SheetState, State, VoucherState
from relief.persons.pinyin import initials, reading
from relief.web import formatting
from relief.web.locale import local_path
from relief.web.sentences import render
from relief.web.states import LOOKS, state_tone, state_words

DAY = date(2026, 2, 26)
MOMENT = datetime(2026, 2, 26, 6, 5)


@contextmanager
def reader(app: Flask, language: str) -> Iterator[None]:
    with app.test_request_context(headers={"Accept-Language": language}):
        yield


def said(app: Flask, language: str, spoken: Sentence) -> str:
    with reader(app, language):
        return render(spoken)


def test_a_sentence_with_money_day_and_list(gallery: Flask) -> None:
    spoken = sentence(
        "%(sum)s by %(day)s: %(who)s, %(times)s", sum=Money(123450), day=DAY, times=3, who=(label("Yes"), label("No"))
    )
    assert said(gallery, "en", spoken) == "¥1,234.50 by 26 February 2026: Yes, No, 3"
    assert said(gallery, "zh-CN", spoken) == "¥1,234.50 by 2026年2月26日: 是、否, 3"


def test_a_sentence_without_parameters_may_hold_a_percent_sign(gallery: Flask) -> None:
    assert said(gallery, "en", label("50 % of it")) == "50 % of it"


def test_the_empty_sentence_is_empty(gallery: Flask) -> None:
    assert said(gallery, "zh", label("")) == ""


def test_days_moments_and_months(gallery: Flask) -> None:
    with reader(gallery, "zh-CN"):
        assert formatting.day(DAY) == "2026年2月26日"
        assert formatting.moment(MOMENT) == "2026年2月26日 14:05"
        assert formatting.month("202602") == formatting.month(DAY) == "2026年2月"
    with reader(gallery, "en"):
        assert formatting.day(DAY) == "26 February 2026"
        assert formatting.moment(MOMENT.replace(tzinfo=UTC)) == "26 February 2026, 14:05"
        assert formatting.month("2026-02") == "February 2026"


def test_late_in_the_utc_day_it_is_tomorrow_in_shanghai(gallery: Flask) -> None:
    with reader(gallery, "zh"):
        assert formatting.moment(datetime(2026, 2, 28, 16, 0)) == "2026年3月1日 00:00"
        assert formatting.moment(datetime(2026, 2, 28, 15, 59)) == "2026年2月28日 23:59"


def test_amounts_and_nothing() -> None:
    assert formatting.money(Money(123450)) == "¥1,234.50"
    assert formatting.money(Money(-5)) == "−¥0.05"
    assert formatting.money(None) == formatting.day(None) == "—"


@pytest.mark.parametrize(
    ("asked", "cookie", "tag"),
    [
        ("", None, "zh-Hans"), ("en-GB,en;q=0.9", None, "en"), ("zh-TW", None, "zh-Hans"), ("de,en;q=0.5", None, "en"),
        ("de", None, "zh-Hans"), ("en", "zh_Hans_CN", "zh-Hans"), ("zh", "en", "en"), ("en", "xx", "en"),
    ],
)  # fmt: skip
def test_the_language_is_chosen_then_asked_then_chinese(
    zh: FlaskClient, asked: str, cookie: str | None, tag: str
) -> None:
    if cookie:
        zh.set_cookie("lang", cookie)
    assert f'<html lang="{tag}"' in zh.get("/nope", headers={"Accept-Language": asked}).get_data(as_text=True)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/cases?state=draft", "/cases?state=draft"), ("//evil.example", "/"), ("https://evil.example/", "/"),
        ("/\\evil.example", "/"), ("/a\nb", "/"), ("cases", "/"), (None, "/"), ("", "/"),
    ],
)  # fmt: skip
def test_only_paths_of_this_site_are_gone_back_to(asked: str | None, kept: str) -> None:
    assert local_path(asked) == kept


@pytest.mark.parametrize(
    ("name", "read", "short"),
    [
        ("单晓明", "Shan Xiaoming", "sxm"), ("仇丽娜", "Qiu Lina", "qln"), ("曾国华", "Zeng Guohua", "zgh"),
        ("解放", "Xie Fang", "xf"), ("区志强", "Ou Zhiqiang", "ozq"), ("查良镛", "Zha Liangyong", "zly"),
        ("盖叫天", "Ge Jiaotian", "gjt"), ("朴正浩", "Piao Zhenghao", "pzh"), ("欧阳修", "Ouyang Xiu", "oyx"),
        ("尉迟恭", "Yuchi Gong", "ycg"), ("吕布", "Lü Bu", "lb"), ("买买提·艾力", "Maimaiti·Aili", "mmtal"),
        ("John Smith", "John Smith", "js"), ("", "", None),
    ],
)  # fmt: skip
def test_names_are_read_as_their_bearers_do(name: str, read: str, short: str | None) -> None:
    assert reading(name) == read
    assert (initials(name) or (None,))[0] == short


def test_initials_hold_every_way_a_surname_is_read() -> None:
    assert {"sxm", "dxm"} <= set(initials("单晓明"))
    assert {"zgh", "cgh"} <= set(initials("曾国华"))


@pytest.mark.parametrize(
    ("table", "states"),
    [
        ("case", State),
        ("sheet", SheetState),
        ("payment", PaymentState),
        ("voucher", VoucherState),
        ("notice", NoticeState),
    ],
)
def test_every_state_has_words_and_a_tone(gallery: Flask, table: str, states: type[State]) -> None:
    assert set(LOOKS[table]) == set(states)
    with reader(gallery, "en"):
        for one in states:
            assert state_words(one.value, table)
            assert state_tone(one.value, table) in {"still", "waits", "moves", "good", "bad"}
