"""What a typed line means: each accepted line beside a neighbour that is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.cli import typed
from quizdl.grading import picks


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (":undo", ("undo", "")),
        ("：ｕｎｄｏ", ("undo", "")),
        (":UNDO", ("undo", "")),
        (":ㅕㅜ애", ("undo", "")),
        (":ㅗㅑㅜㅅ", ("hint", "")),
        (":h", ("hint", "")),
        (":ㅗ", ("hint", "")),
        (":?", ("help", "")),
        (":？", ("help", "")),
        (":힌트", ("hint", "")),
        ("　:lang　ko　", ("lang", "ko")),
        (":undoo", ("undoo", "")),
        (":", ("", "")),
        ("undo", None),
        ("힌트", None),
        ("4:", None),
    ],
)
def test_commands(line: str, found: tuple[str, str] | None) -> None:
    assert typed.command(typed.clean(line)) == found


@pytest.mark.parametrize(
    ("line", "quality"),
    [("0", 0), ("5", 5), ("５", 5), ("　３　\n", 3), ("6", None), ("-1", None), ("4.0", None), ("44", None),
     ("四", None), ("٤", None), ("", None), ("넷", None)],
)  # fmt: skip
def test_grades(line: str, quality: int | None) -> None:
    assert typed.grade(typed.clean(line)) == quality


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("a", [0]), ("D", [3]), ("e", "e"), ("1", [0]), ("4", [3]), ("5", "5"), ("0", "0"),
        ("ac", [0, 2]), ("a,c", [0, 2]), ("A / C", [0, 2]), ("a、c", [0, 2]), ("ae", "ae"),
        ("14", [0, 3]), ("15", "15"), ("１　４", [0, 3]), ("Ｂ)", [1]), ("b.", [1]),
        ("ㅁ", [0]), ("ㅠ", [1]), ("ㅊ", [2]), ("ㅇ", [3]), ("a-c", "a-c"), ("¹", [0]), ("", []),
    ],
)  # fmt: skip
def test_options(line: str, rows: list[int] | str) -> None:
    assert picks.rows(typed.clean(line), 4) == rows


def test_two_digits_are_one_option_where_there_are_so_many() -> None:
    assert picks.rows("12", 12) == [11]
    assert picks.rows("12", 11) == [0, 1]


@given(st.text(max_size=60), st.integers(2, 12))
def test_no_line_is_too_strange(line: str, count: int) -> None:
    cleaned = typed.clean(line)
    typed.command(cleaned)
    typed.language(cleaned)
    typed.grade(cleaned)
    rows = picks.rows(cleaned, count)
    assert isinstance(rows, str) or all(0 <= row < count for row in rows)
