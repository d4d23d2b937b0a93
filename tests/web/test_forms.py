"""Does a form read what people type, keep it, and say in their language what is wrong?"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from relief.domain.money import Money
from tests.web.gallery import EventForm

RIGHT = {"name": "欧阳建国", "amount": "2,500.5", "on": "2026-02-26", "cause": "fire", "version": "3"}


def posted(client: FlaskClient, address: str = "/form", **fields: object) -> TestResponse:
    """Send the form with right answers, changed by `fields`, and the token of the page."""
    page = client.get("/form").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    return client.post(address, data=RIGHT | fields | {"csrf_token": token[1]})


def read(app: Flask, **fields: object) -> EventForm:
    """The form as it is after reading these fields, without CSRF."""
    with app.test_request_context("/form", method="POST", headers={"Accept-Language": "en"}):
        form = EventForm(MultiDict(RIGHT | fields), meta={"csrf": False})
        form.validate()
        form.said = {field.name: list(field.errors) for field in form}
        return form


def test_right_answers_act_and_go_on_with_303(zh: FlaskClient) -> None:
    answer = posted(zh)
    assert (answer.status_code, answer.location) == (303, "/?amount=2,500.50")


def test_without_the_token_nothing_happens(zh: FlaskClient) -> None:
    assert zh.post("/form", data=RIGHT).status_code == 400


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("１２３", "half-width figures without a sign: 123."),
        ("¥50", "half-width figures without a sign: 50."),
        ("1.234", "at most two decimals"),
        ("-0", "cannot be negative"),
        ("NaN", "such as 1,234.50"),
        ("1e9999999", "such as 1,234.50"),
        ("", "Fill in “Amount”."),
    ],
)
def test_what_is_no_amount_is_told_and_stays(gallery: Flask, typed: str, says: str) -> None:
    form = read(gallery, amount=typed)
    assert says in form.said["amount"][0]
    assert form.amount.data is None
    assert form.amount._value() == typed


@pytest.mark.parametrize("typed", ["0.05", "2500", "999,999.99"])
def test_amounts_come_out_as_money(gallery: Flask, typed: str) -> None:
    assert read(gallery, amount=typed).amount.data == Money.parse(typed)


@pytest.mark.parametrize(
    "typed", ["2026-02-26", "2026/2/26", "2026.2.26", "20260226", "2026年2月26日", "２０２６-02-26"]
)
def test_days_are_read_as_people_write_them(gallery: Flask, typed: str) -> None:
    assert read(gallery, on=typed).on.data == date(2026, 2, 26)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("2026-02-30", "no such day"), ("26.2.2026", "year-month-day"), ("1899-12-31", "between 1900 and 2100")],
)
def test_what_is_no_day_is_told(gallery: Flask, typed: str, says: str) -> None:
    assert says in read(gallery, on=typed).said["on"][0]


@pytest.mark.parametrize("typed", ["138 0000 0000", "+86 13800000000", "0451-5555-8888", "１３８００００００００"])
def test_phones_lose_their_spaces(gallery: Flask, typed: str) -> None:
    assert not read(gallery, phone=typed).said["phone"]


@pytest.mark.parametrize("typed", ["12", "23800000000", "138000000001", "phone"])
def test_what_is_no_phone_is_told(gallery: Flask, typed: str) -> None:
    assert "11 figures" in read(gallery, phone=typed).said["phone"][0]


@pytest.mark.parametrize(("typed", "out"), [("0", None), ("1", 1), ("20", 20), ("21", None), ("３", 3), ("x", None)])
def test_counts_hold_their_bounds(gallery: Flask, typed: str, out: int | None) -> None:
    form = read(gallery, members=typed)
    assert form.members.data == out
    assert bool(form.said["members"]) == (out is None)


def test_text_is_trimmed_and_long_text_told(gallery: Flask) -> None:
    assert read(gallery, name="  单\x00晓明\n ").name.data == "单 晓明"
    assert not read(gallery, name="名" * 30).said["name"]
    assert "at most 30 characters; these are 31" in read(gallery, name="名" * 31).said["name"][0]


def test_a_code_out_of_the_list_is_told(gallery: Flask) -> None:
    assert read(gallery, grade="9").said["grade"] == ["Choose one of the list."]
    assert read(gallery, grade="2").grade.data == "2"


def test_other_needs_its_words(gallery: Flask) -> None:
    assert read(gallery, cause="other").said["cause_other"] == ["Fill in “Which other cause”."]
    assert not read(gallery, cause="other", cause_other="水灾").errors
    assert not read(gallery, cause="fire").said["cause_other"]


def test_many_and_yes_or_no(gallery: Flask) -> None:
    with gallery.test_request_context("/form", method="POST", headers={"Accept-Language": "en"}):
        form = EventForm(MultiDict([*RIGHT.items(), ("needs", "coal"), ("needs", "school")]), meta={"csrf": False})
        assert not form.validate()
        assert form.needs.errors == ["Choose at most 1."]
    assert read(gallery, heated="no").heated.data is False
    assert read(gallery).heated.data is None


def test_empty_file_slots_are_no_files_and_too_many_are_told(en: FlaskClient) -> None:
    assert posted(en, photos=(BytesIO(b""), "")).status_code == 303
    four = [(BytesIO(b"x"), f"{n}.jpg") for n in range(4)]
    assert "at most 3 files at a time" in posted(en, photos=four).get_data(as_text=True)


@pytest.mark.parametrize(
    ("refuse", "status", "says"),
    [
        ("rule", 422, "At most ¥3,000.00 for this grade."),
        ("whole", 422, "The window is closed since 26 February 2026."),
        ("state", 409, "The case has moved on."),
        ("hands", 403, "You have visited this household."),
        ("stale", 409, "Somebody else changed this"),
    ],
)
def test_a_refusal_gives_the_form_back_with_what_was_typed(
    en: FlaskClient, refuse: str, status: int, says: str
) -> None:
    answer = posted(en, f"/form?refuse={refuse}", words="屋顶漏雨")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert says in page
    assert 'value="2,500.5"' in page
    assert "屋顶漏雨" in page


def test_a_broken_rule_stands_on_its_field_and_in_the_summary(en: FlaskClient) -> None:
    page = posted(en, "/form?refuse=rule").get_data(as_text=True)
    assert '<a href="#amount">At most ¥3,000.00 for this grade.</a>' in page
    assert re.search(r'id="amount-error".*At most ¥3,000.00 for this grade\.', page)
    assert re.search(r'<input[^>]*aria-invalid="true"[^>]*name="amount"', page)


def test_the_second_editor_sees_both_texts(zh: FlaskClient) -> None:
    page = posted(zh, "/form?refuse=stale").get_data(as_text=True)
    assert "屋顶已修好" in page
    assert "<td>¥3,000.00</td><td>¥2,500.00</td>" in page
    assert re.search(r'name="version"[^>]*value="4"', page)
    assert "其间的变动" in page


def test_what_is_not_yours_is_the_404_page_even_from_a_form(zh: FlaskClient) -> None:
    assert posted(zh, "/form?refuse=missing").status_code == 404
