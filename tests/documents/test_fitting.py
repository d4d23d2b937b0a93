"""How large is a text in its cell? As large as its lines allow, one line rather than a broken one."""

from __future__ import annotations

from relief.documents.fitting import LADDER, ems, fit, lines_of, size


def test_a_chinese_character_is_one_em_and_a_figure_about_half() -> None:
    assert ems("困难") == 2.0
    assert 0.5 < ems("0") < 0.6
    assert ems("W", bold=True) > ems("W") > ems("i")


def test_ten_characters_of_ten_points_fill_one_line_and_eleven_need_two() -> None:
    line = 10 * 10 * 25.4 / 72
    assert lines_of("困" * 10, line, 10) == 1
    assert lines_of("困" * 11, line, 10) == 2


def test_a_word_that_does_not_fit_goes_to_the_next_line() -> None:
    assert lines_of("Signature of payee", 16.6, 9) == 2
    assert lines_of("aaaaaaaaaaaaaaaaaaaa", 10, 9) > 1


def test_punctuation_takes_its_neighbour_along() -> None:
    line = 10 * 10 * 25.4 / 72
    assert lines_of("困" * 10 + "，" + "难" * 9, line, 10) == 3


def test_type_shrinks_until_the_lines_fit() -> None:
    assert size("张建国", 40, 8) == 10
    assert size("困" * 30, 40, 8) < 10
    assert size("困" * 2000, 40, 8) == LADDER[-1]


def test_a_little_smaller_is_better_than_one_character_on_a_line_of_its_own() -> None:
    assert lines_of("中国农业银行巴彦兴隆支行", 39.6, size("中国农业银行巴彦兴隆支行", 39.6, 8.9)) == 1


def test_the_class_is_the_size_in_tenths_of_a_point() -> None:
    assert fit("张建国", 40, 8, 10.5) == "p105"
