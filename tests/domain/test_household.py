"""Do rosters read rightly, does the right person count, and does the means test hold on its line?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief.domain.errors import RuleBroken
from relief.domain.household import (
    Category,
    Cause,
    Comparison,
    FileFacts,
    FileGate,
    FileTier,
    Heating,
    Means,
    Membership,
    Relation,
    Standard,
    assess_category,
    judge_members,
    label_of,
    members_on,
    missing_for,
    read_category,
    read_cause,
    read_heating,
    read_relation,
    read_tier,
)
from relief.domain.money import Money

LINE = Money.yuan(800)
DAY = date(2026, 2, 12)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("深度困难职工", Category.DEEP),
        (" 相对困难职工 ", Category.RELATIVE),
        ("意外致困职工", Category.ACCIDENT),
        ("意外致困户", Category.ACCIDENT),
        ("局级困难职工", Category.BUREAU),
        ("边缘困难职工家庭", Category.MARGINAL),
        ("深度困难", Category.DEEP),
        ("低保户", None),
        ("", None),
        (None, None),
    ],
)
def test_categories_read_as_rosters_write_them(text: str | None, category: Category | None) -> None:
    assert read_category(text) == category


@pytest.mark.parametrize(
    ("number", "text"),
    list(enumerate(
        ["无劳动能力", "有劳动能力而未就业", "下岗失业", "未参加社会保险", "社会保险待遇落实不到位",
         "患重特大疾病", "遭受自然灾害", "遭受意外事故", "子女上学", "其他"],
        start=1,
    )),
)  # fmt: skip
def test_causes_read_in_the_words_and_numbers_of_the_national_form(number: int, text: str) -> None:
    assert read_cause(text) == read_cause(f"{number}. {text}") == read_cause(number) == Cause(number)


@pytest.mark.parametrize("text", ["", None, "11", "0", "懒"])
def test_a_cause_that_nobody_knows_is_none(text: str | None) -> None:
    assert read_cause(text) is None


def test_short_words_for_causes_are_known() -> None:
    assert (read_cause("因病致困"), read_cause("因学"), read_cause(6.0)) == (
        Cause.ILLNESS, Cause.SCHOOLING, Cause.ILLNESS,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "heating"),
    [
        ("集中供热", Heating.CENTRAL),
        ("电采暖", Heating.ELECTRIC),
        ("电取暖", Heating.ELECTRIC),
        ("烧煤", Heating.COAL),
        ("烧煤取暖", Heating.COAL),
        ("烧柴", Heating.WOOD),
        ("无取暖", Heating.NONE),
        ("太阳", None),
    ],
)
def test_heating_reads(text: str, heating: Heating | None) -> None:
    assert read_heating(text) == heating


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("户主", Relation.HEAD), ("配偶", Relation.SPOUSE), ("子女", Relation.CHILD),
        ("长子", Relation.CHILD),
        ("父母", Relation.PARENT), ("岳母", Relation.PARENT_IN_LAW),
        ("孙女", Relation.GRANDCHILD), ("邻居", None),
    ],
)  # fmt: skip
def test_relations_read(text: str, relation: Relation | None) -> None:
    assert read_relation(text) == relation


def test_tiers_read() -> None:
    assert [read_tier(word) for word in ("全国级", "省级困难职工", "局级", "县级")] == [
        FileTier.NATIONAL, FileTier.PROVINCIAL, FileTier.BUREAU, None,
    ]  # fmt: skip


@pytest.mark.parametrize("codes", [Cause, Category, FileTier, Relation, Heating])
def test_every_code_has_its_own_name(codes: type[Cause] | type[Category]) -> None:
    names = [str(label_of(code)) for code in codes]
    assert len(set(names)) == len(names)
    assert [str(code.label) for code in codes] == names


def test_equal_texts_of_two_lists_keep_their_own_names() -> None:
    assert str(label_of(Relation.OTHER)) == "Other relation"
    assert str(label_of(Heating.OTHER)) == "Other heating"


HEAD = Membership(1, Relation.HEAD, date(2020, 1, 1))


@pytest.mark.parametrize(
    ("member", "counts"),
    [
        (Membership(2, Relation.CHILD, DAY), True),
        (Membership(2, Relation.CHILD, date(2026, 2, 13)), False),
        (Membership(2, Relation.CHILD, date(2020, 1, 1), until_on=DAY), True),
        (Membership(2, Relation.CHILD, date(2020, 1, 1), until_on=date(2026, 2, 11)), False),
        (Membership(2, Relation.PARENT, date(2020, 1, 1), deceased_on=DAY), False),
        (Membership(2, Relation.PARENT, date(2020, 1, 1), deceased_on=date(2026, 2, 13)), True),
        (Membership(2, Relation.CHILD, date(2020, 1, 1), shares_the_budget=False), False),
    ],
)
def test_who_counts_on_a_day(member: Membership, counts: bool) -> None:
    assert (member in members_on([HEAD, member], DAY)) is counts


def test_a_household_has_one_head() -> None:
    assert judge_members([HEAD], DAY) == (HEAD,)
    with pytest.raises(RuleBroken, match="no head"):
        judge_members([Membership(2, Relation.CHILD, date(2020, 1, 1))], DAY)
    with pytest.raises(RuleBroken, match="2 heads"):
        judge_members([HEAD, Membership(2, Relation.HEAD, date(2020, 1, 1))], DAY)


def test_a_person_counts_once() -> None:
    assert len(members_on([HEAD, HEAD], DAY)) == 1


def means(net_per_head: str, persons: int = 3, rigid: str = "3500.00") -> Means:
    yearly = Money.parse(net_per_head) * (12 * persons) + Money.parse(rigid)
    return Means(yearly, Money.parse(rigid), persons)


@pytest.mark.parametrize(
    ("net", "below", "at_most"),
    [
        ("799.99", Category.DEEP, Category.DEEP),
        ("800.00", Category.RELATIVE, Category.DEEP),
        ("800.01", Category.RELATIVE, Category.RELATIVE),
        ("1599.99", Category.RELATIVE, Category.RELATIVE),
        ("1600.00", None, Category.RELATIVE),
        ("1600.01", None, None),
    ],
)
def test_on_the_line_the_policy_decides(net: str, below: Category | None, at_most: Category | None) -> None:
    strict, lenient = Standard(), Standard(comparison=Comparison.AT_MOST)
    assert assess_category(means(net), LINE, standard=strict).category == below
    assert assess_category(means(net), LINE, standard=lenient).category == at_most


def test_the_comparison_is_exact_where_the_shown_figure_is_rounded() -> None:
    one_fen_short = Means(LINE * 36 - Money(1), Money(0), 3)
    assert one_fen_short.net_per_head == LINE
    assert assess_category(one_fen_short, LINE).category is Category.DEEP


def test_income_per_head_rounds_half_up_and_may_fall_below_zero() -> None:
    assert Means(Money.yuan(37400), Money.yuan(3500), 3).net_per_head == Money.parse("941.67")
    assert Means(Money.yuan(0), Money.yuan(1200), 1).net_per_head == Money.yuan(-100)


def test_an_event_that_cost_more_than_half_the_income_is_hardship_by_accident() -> None:
    rich = means("3000.00", persons=1, rigid="0.00")
    half = Money.yuan(18000)
    assert assess_category(rich, LINE, event_cost=half).category is None
    assert assess_category(rich, LINE, event_cost=half + Money(1)).category is Category.ACCIDENT


def test_the_bureaus_own_measure_is_gross_and_includes_the_line() -> None:
    wide = Standard(relative=Fraction(1))
    gross = Means(Money.yuan(1200) * 12, Money(0), 1)
    assert assess_category(gross, LINE, standard=wide).category is Category.BUREAU
    assert assess_category(Means(gross.income + Money(1), Money(0), 1), LINE, standard=wide).category is None


def test_the_assessment_shows_its_figures() -> None:
    found = assess_category(means("500.00"), LINE)
    assert found.fits == (Category.DEEP, Category.RELATIVE, Category.BUREAU)
    assert str(found.lines[0]).startswith("(21,500.00 − 3,500.00) ÷ 3 persons ÷ 12 months = 500.00")
    assert str(found.lines[1]) == "Deep: below 800.00"


@pytest.mark.parametrize(
    ("income", "rigid", "persons", "field"), [(0, 0, 0, "members"), (-1, 0, 1, "income"), (0, -1, 1, "rigid")]
)
def test_impossible_figures_are_refused_on_their_field(income: int, rigid: int, persons: int, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        Means(Money(income), Money(rigid), persons)
    assert refused.value.field == field


def test_without_a_line_nothing_is_assessed() -> None:
    with pytest.raises(RuleBroken, match="minimum living standard"):
        assess_category(means("500.00"), Money(0))


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(1, 12), st.integers(1, 10**6))
def test_who_is_deep_is_also_relative(income: int, rigid: int, persons: int, line: int) -> None:
    fits = assess_category(Means(Money(income), Money(rigid), persons), Money(line)).fits
    assert Category.DEEP not in fits or Category.RELATIVE in fits


FULL = FileFacts(**dict.fromkeys(FileFacts.__dataclass_fields__, True))


@pytest.mark.parametrize("gate", FileGate)
def test_a_full_file_opens_every_gate_and_an_empty_one_none(gate: FileGate) -> None:
    assert missing_for(gate, FULL) == ()
    assert missing_for(gate, FileFacts())


def test_each_gate_asks_only_for_what_its_step_needs() -> None:
    file = replace(FULL, has_account=False, has_income=False)
    missing = missing_for(FileGate.PAYMENT, file)
    assert [str(text) for text in missing] == ["The bank account is missing."]
