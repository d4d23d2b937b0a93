"""How is a row of a roster compared with the rows before it, and with the register? Both sides of each rule."""

from __future__ import annotations

from relief.domain.roster import Known, Outcome, RawRow, asked_for
from tests.roster_rows import CAO, CARD, KNOWN, LI, LIU, OTHER_CARD, TODAY, judge, raw


def test_the_second_row_of_an_id_is_rejected_and_the_first_stays() -> None:
    first, second, third = judge(raw(5), raw(9, name="李丽", card=None), raw(11, card=None))
    assert (first.outcome, second.why, third.why) == (Outcome.IMPORTED, *["duplicate resident-id in file"] * 2)
    assert str(second.reasons[0].sentence).startswith("Row 5 ")


def test_a_rejected_first_row_does_not_stand_in_the_way_of_a_good_second() -> None:
    first, second = judge(raw(5, unit="西山林场"), raw(9))
    assert (first.why, second.outcome) == ("unit unknown", Outcome.IMPORTED)


def test_a_card_of_an_earlier_row_warns_the_later_one_only() -> None:
    first, second = judge(raw(5), raw(6, resident_id=LIU, born=None))
    assert (first.outcome, second.why) == (Outcome.IMPORTED, "bank card used by another household")
    assert "row 5" in str(second.reasons[0].sentence)


def test_the_card_of_a_rejected_row_is_nobodys() -> None:
    _, second = judge(raw(5, unit="西山林场"), raw(6, resident_id=LIU, born=None))
    assert second.outcome is Outcome.IMPORTED


def test_a_card_is_compared_with_households_that_are_not_in_the_file() -> None:
    elsewhere = Known(KNOWN.units, heads={CAO: "A"}, cards={CARD: ["B"]})
    own = Known(KNOWN.units, heads={CAO: "A"}, cards={CARD: ["A"]})
    assert judge(raw(), known=elsewhere)[0].why == "bank card used by another household"
    assert judge(raw(), known=own)[0].outcome is Outcome.IMPORTED


def test_a_card_that_moves_between_two_households_of_the_file_is_judged_by_the_file_alone() -> None:
    known = Known(KNOWN.units, heads={CAO: "A", LIU: "B"}, cards={CARD: ["A"], OTHER_CARD: ["B"]})
    rows = (raw(5, card=OTHER_CARD), raw(6, resident_id=LIU, born=None, card=CARD))
    assert [verdict.outcome for verdict in judge(*rows, known=known)] == [Outcome.IMPORTED, Outcome.IMPORTED]


def test_a_head_who_is_a_member_elsewhere_is_warned_of() -> None:
    known = Known(KNOWN.units, members={CAO: ["B"]})
    assert judge(raw(), known=known)[0].why == "head is a member of another household"


def test_the_register_is_asked_about_clean_numbers_only() -> None:
    rows = [raw(5, resident_id=f"'{CAO}"), raw(6, resident_id="1", card="现金")]
    members = [RawRow(2, {"head_id": LIU, "resident_id": LI.lower()})]
    asked = asked_for(rows, members, TODAY)
    assert (asked.resident_ids, asked.cards) == ({CAO, LIU, LI}, {CARD})


def test_no_sentence_shows_a_whole_number() -> None:
    rows = [
        raw(5),
        raw(6),
        raw(7, resident_id=LIU, born=None),
        raw(8, resident_id=f"{CAO[:17]}1"),
        raw(9, resident_id=f"{CAO}1"),
    ]
    said = " ".join(str(reason.sentence) for verdict in judge(*rows) for reason in verdict.reasons)
    assert said
    assert not {number for number in (CAO, LIU, CARD) if number[:12] in said}
