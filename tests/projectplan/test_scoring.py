"""The score of an indicator: the cases that an agreement's reader would check by hand, and what holds for all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.ratio import Ratio
from projectplan.scoring import light, roll_up, score


def numbers(*given: float | str) -> list[Decimal]:
    return [Decimal(number) for number in given]


PERCENT = numbers(60, 70, 80, 90, 100)
FALLING = numbers(10, 8, 6, 4, 2)
LEVEL = numbers(1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", "1.00"),  # an agreement knows no 0
        ("59.9", "1.00"),
        ("60", "1.00"),
        ("60.1", "1.01"),
        ("65", "1.50"),
        ("70", "2.00"),
        ("73.3", "2.33"),
        ("89.95", "4.00"),  # 3.995, rounded half up
        ("90", "4.00"),
        ("99.9", "4.99"),
        ("100", "5.00"),
        ("120", "5.00"),
    ],
)
def test_a_value_between_two_levels_scores_in_proportion(value: str, expected: str) -> None:
    assert score(Decimal(value), PERCENT) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"), [("11", "1.00"), ("10", "1.00"), ("9", "1.50"), ("2.5", "4.75"), ("0", "5.00")]
)
def test_where_lower_is_better_the_levels_fall(value: str, expected: str) -> None:
    assert score(Decimal(value), FALLING) == Decimal(expected)


def test_levels_need_not_stand_at_equal_distances() -> None:
    assert score(Decimal(95), numbers(50, 80, 90, 98, 100)) == Decimal("3.63")


def test_there_is_no_score_while_nothing_is_decided() -> None:
    assert score(None, PERCENT) is None


@pytest.mark.parametrize(
    "levels",
    [
        PERCENT[:4],
        numbers(60, 60, 80, 90, 100),
        numbers(60, 70, 65, 90, 100),
    ],
)
def test_levels_that_do_not_go_one_way_are_refused(levels: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="five levels"):
        score(Decimal(70), levels)


def test_parts_count_by_their_weight() -> None:
    assert roll_up([(Decimal(5), Decimal(3)), (Decimal(1), Decimal(1))]) == Decimal("4.00")
    assert roll_up(
        [(Decimal(5), Decimal(1)), (Decimal(5), Decimal(1)), (Decimal("4.99"), Decimal(1))]
    ) == Decimal("5.00")  # 4.9967


def test_a_part_without_a_score_is_left_out_with_its_weight() -> None:
    assert roll_up([(None, Decimal(8)), (Decimal(4), Decimal(1)), (Decimal(2), Decimal(1))]) == Decimal(
        "3.00"
    )
    assert roll_up([(None, Decimal(1)), (None, Decimal(1))]) is None
    assert roll_up([]) is None


def test_a_part_weighs_something() -> None:
    with pytest.raises(ValueError, match="weighs"):
        roll_up([(Decimal(4), Decimal(0))])


values = st.decimals(-1000, 1000, places=2)
rising = st.lists(values, min_size=5, max_size=5, unique=True).map(sorted)


@given(rising, values, values)
def test_a_better_value_never_scores_lower(levels: list[Decimal], one: Decimal, other: Decimal) -> None:
    low, high = sorted([one, other])
    worse, better = score(low, levels), score(high, levels)
    assert worse is not None
    assert better is not None
    assert Decimal(1) <= worse <= better <= Decimal(5)


@given(rising, values)
def test_falling_levels_mirror_rising_ones(levels: list[Decimal], value: Decimal) -> None:
    assert score(value, levels) == score(-value, [-level for level in levels])


@given(rising)
def test_a_value_on_a_level_has_exactly_its_score(levels: list[Decimal]) -> None:
    assert [score(level, levels) for level in levels] == LEVEL


scores = st.decimals(1, 5, places=2)


@given(st.lists(st.tuples(scores, st.decimals("0.01", 100, places=2)), min_size=1))
def test_a_roll_up_lies_among_its_parts(parts: list[tuple[Decimal, Decimal]]) -> None:
    rolled = roll_up(parts)
    assert rolled is not None
    assert min(value for value, _weight in parts) <= rolled <= max(value for value, _weight in parts)


# ── The light ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        ("100", "100", "ok"),
        ("99.99", "100", "soon"),
        ("95", "100", "soon"),
        ("94.99", "100", "late"),
        ("80", "80", "ok"),
        ("76", "80", "soon"),
        ("75.99", "80", "late"),  # less than five points below, but not 95 % of the target
        ("4.75", "5", "soon"),
        ("4.74", "5", "late"),
        ("0", "0", "ok"),
    ],
)
def test_the_light_is_amber_from_95_percent_of_the_target(value: str, target: str, expected: str) -> None:
    assert light(Decimal(value), Decimal(target)) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("19", "ok"), ("19.01", "soon"), ("20", "soon"), ("20.01", "late")]
)
def test_where_lower_is_better_the_light_is_amber_a_little_above(value: str, expected: str) -> None:
    assert light(Decimal(value), Decimal(19), is_lower_better=True) == expected


def test_there_is_no_light_while_nothing_is_decided() -> None:
    assert light(None, Decimal(80)) == ""
    assert light(Ratio(pending=5).exact, Decimal(0)) == ""


def test_counts_give_their_light_unrounded() -> None:
    almost = Ratio(in_time=7_999, late=2_001)
    assert almost.percent == 80
    assert light(almost.exact, Decimal(80)) == "soon"
