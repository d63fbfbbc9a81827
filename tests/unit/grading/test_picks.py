"""What is typed for rows: letters, numbers, whole texts, in any keyboard mode."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.grading import picks
from quizdl.grading.verdict import Feedback
from quizdl.packs.items import Text

SHOWN = (Text(ko="순전파", en="forward"), Text(ko="손실", en="loss"), Text(ko="역전파", en="backward"))
ORDER = (2, 0, 1)  # A is backward, B forward, C loss


@pytest.mark.parametrize(
    "line",
    ["b c a", "BCA", "2 3 1", "231", "B > C > A", "b, c, a", "B→C→A", "B-C-A", "２ ３ １", "ㅠ ㅊ ㅁ",
     "2) 3) 1)", "forward; loss; backward", "순전파 → 손실 → 역전파", "Forward\nLoss\nBackward",
     "순 전파, 손실, 역전파"],
)  # fmt: skip
def test_an_order_in_every_way_it_is_typed(line: str) -> None:
    assert picks.chosen(line, SHOWN, ORDER, chain=True) == (0, 1, 2)


def test_what_might_be_a_range_is_refused_where_order_does_not_count() -> None:
    assert isinstance(picks.chosen("a-c", SHOWN, ORDER), Feedback)


@pytest.mark.parametrize(
    ("line", "part"),
    [("b d a", "D"), ("4", "4"), ("0", "0"), ("b or c", "OR"), ("forward; los", "FORWARD"), ("b?", "B?")],
)
def test_what_names_no_row(line: str, part: str) -> None:
    found = picks.chosen(line, SHOWN, ORDER)
    assert isinstance(found, Feedback)
    assert found.params == {"part": part, "last": "C"}


def test_a_number_counts_rows_even_where_the_texts_are_numbers() -> None:
    numbers = (Text(en="2"), Text(en="1"), Text(en="7"))
    assert picks.chosen("2", numbers, (0, 1, 2)) == (1,)
    assert picks.chosen("7", numbers, (0, 1, 2)) == (2,)


@pytest.mark.parametrize(
    "line", ["1-b 2-c 3-a", "1b2c3a", "1:B, 2:C, 3:A", "1=b;2=c;3=a", "1→ㅠ 2→ㅊ 3→ㅁ", "b c a", "BCA",
             "3-a 1-b 2-c", "1) b 2) c 3) a", "１－Ｂ ２－Ｃ ３－Ａ", "1 b, 2 c, 3 a"],
)  # fmt: skip
def test_pairs_in_every_way_they_are_typed(line: str) -> None:
    found = picks.pairs(line, 3, ORDER)
    assert not isinstance(found, Feedback)
    assert sorted(found) == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize("line", ["1-d", "4-a", "0-a", "x", "1-b and more", "ab", "1-2", "a-1"])
def test_what_is_no_pair(line: str) -> None:
    found = picks.pairs(line, 3, ORDER)
    assert isinstance(found, Feedback)
    assert found.code == "match.unknown"


def test_nothing_typed_is_no_pair_and_no_row() -> None:
    assert picks.pairs(" ", 3, ORDER) == picks.chosen(" ", SHOWN, ORDER) == ()


@given(st.text(max_size=50))
def test_any_text_is_read_or_refused(line: str) -> None:
    for found in (picks.chosen(line, SHOWN, ORDER), picks.pairs(line, 3, ORDER)):
        assert isinstance(found, (tuple, Feedback))


def test_a_very_long_text_is_refused_soon() -> None:
    assert isinstance(picks.chosen("x" * 100_000, SHOWN, ORDER), Feedback)
    assert isinstance(picks.pairs("1-" * 50_000, 3, ORDER), Feedback)
