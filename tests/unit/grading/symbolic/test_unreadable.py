"""What cannot be read, the place of the caret, and the reason; beside each its neighbour that can."""

from __future__ import annotations

import pytest

from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.unreadable import Unreadable, caret

TABLE = Symbols.read(
    [
        {"name": "A", "kind": "matrix", "shape": ["m", "p"]},
        {"name": "x", "kind": "vector", "shape": ["p"]},
        {"name": "b", "kind": "vector", "shape": ["m"]},
        {"name": "lam", "domain": "positive", "aliases": ["λ"]},
        {"name": "softmax", "kind": "function"},
    ]
)

BROKEN = [
    # text, where the caret stands, the reason, what is readable instead
    ("1/(1+|t)^2", 7, "bracket", "1/(1+|t|)^2"),
    ("1 - tanh(u))^2", 11, "bracket", "(1 - tanh(u))^2"),
    ("1 - tanh^", 9, "operand", "1 - tanh^2 u"),
    ("x + * y", 4, "operand", "x + y"),
    ("x +", 3, "operand", "x + 1"),
    ("(x + 1", 6, "bracket", "(x + 1)"),
    ("[x + 1)", 6, "bracket", "[x + 1]"),
    ("x # y", 2, "character", "x y"),
    (r"\foo{x}", 0, "command", r"\frac{x}{2}"),
    (r"\frac{x", 7, "bracket", r"\frac{x}{2}"),
    ("앞으로 가기", 0, "word", "x"),
    ("", 0, "empty", "x"),
    ("9e9999", 0, "limit", "9e99"),
    ("x" * 4001, 4000, "limit", "x " * 200),
    ("(" * 60 + "x" + ")" * 60, None, "limit", "(" * 12 + "x" + ")" * 12),
    ("sum_{i=1 x", None, None, "sum_{i=1}^3 x^i"),
    ("max(", 4, "operand", "max(x, 1)"),
    ("a, b", 1, None, "[a, b]"),
    ("x ! ! = ", None, None, "x!"),
    (r"\begin{cases} x & x>0", None, "bracket", r"\begin{cases} x & x>0 \end{cases}"),
    ("\x00x", 0, "character", "x"),
]


@pytest.mark.parametrize(("text", "position", "reason", "readable"), BROKEN)
def test_the_caret_and_the_reason(text: str, position: int | None, reason: str | None, readable: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, OPEN)
    if position is not None:
        assert caught.value.position == position
    if reason is not None:
        assert caught.value.reason == reason
    parse(readable, OPEN)


UNKNOWN = [
    ("A x - k b", 6, "A x - lam b"),
    ("A x - lamq b", 6, "A x - λ b"),
    ("A y", 2, "A x"),
    ("foo(x)", 0, "exp(x)"),
    ("np.system(x)", 3, "np.exp(x)"),
    ("x.foo()", 2, "x.sum()"),
]


@pytest.mark.parametrize(("text", "position", "readable"), UNKNOWN)
def test_a_name_that_is_not_declared(text: str, position: int, readable: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse(text, TABLE)
    assert (caught.value.position, caught.value.reason) == (position, "name")
    parse(readable, TABLE)


def test_a_typo_is_told_what_was_probably_meant() -> None:
    with pytest.raises(Unreadable) as caught:
        parse("sofmax(x)", TABLE)
    assert "softmax" in caught.value.hint


MISSHAPEN = [
    ("A A x", "A^T A x"),
    ("A x + x", "A x + b"),
    ("A^{-1} b", "(A^T A)^{-1} A^T b"),
    ("A b", "A^T b"),
    ("x @ A", "b @ A"),
    ("A.T @ x", "A.T @ b"),
    ("np.linalg.solve(A, b)", "np.linalg.solve(A @ A.T, b)"),
    ("trace(A)", "trace(A A^T)"),
    ("b + A.sum(axis=0)", "b + A.sum(axis=1)"),
    ("np.dot(x, b)", "np.dot(b, b)"),
    ("A + I", "A A^T + I"),
    ("A @ A", "A @ A.T"),
]


@pytest.mark.parametrize(("text", "fits"), MISSHAPEN)
def test_shapes_that_do_not_fit(text: str, fits: str) -> None:
    with pytest.raises(Unreadable) as caught:
        resolve(parse(text, TABLE).tree, TABLE)
    assert caught.value.reason == "shape"
    resolve(parse(fits, TABLE).tree, TABLE)


def test_the_sentence_names_both_shapes() -> None:
    with pytest.raises(Unreadable) as caught:
        resolve(parse("A b", TABLE).tree, TABLE)
    assert "m×p" in caught.value.message
    assert "length m" in caught.value.message


def test_the_caret_of_a_wide_text_stays_below_its_character() -> None:
    line, mark = caret("x" * 100 + "?" + "y" * 100, 100, width=40).split("\n")
    assert line[len(mark) - 1] == "?"
    assert len(line) == 40


READINGS = [
    ("1/2x", ["division"]),
    ("a/bc", ["division"]),
    ("e^-x^2", ["sign"]),
    ("sin x^2", ["argument"]),
    ("log x y", ["argument"]),
    ("(1/2) x", []),
    (r"\frac{1}{2}x", []),
    ("1/2*x", []),
    ("sin(x)^2", []),
    ("log x - log y", []),
]


@pytest.mark.parametrize(("text", "codes"), READINGS)
def test_an_ambiguity_is_noted_and_nothing_else(text: str, codes: list[str]) -> None:
    assert [reading.code for reading in parse(text, OPEN).readings] == codes
