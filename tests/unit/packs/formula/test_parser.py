"""What expressions mean, and what is wrong with those that mean nothing."""

from __future__ import annotations

import pytest

from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.parser import parse
from quizdl.packs.formula.printer import show


@pytest.mark.parametrize(
    ("source", "same"),
    [
        ("1+2*3", "1+(2*3)"),
        ("-2^2", "-(2^2)"),
        ("2^-1", "2^(-1)"),
        ("2^3^2", "2^(3^2)"),
        ("2**3", "2^3"),
        ("a - b - c", "(a-b)-c"),
        ("a/b*c", "(a/b)*c"),
        ("-a*b", "(-a)*b"),
        ("v[0]^2", "(v[0])^2"),
        ("not a < b and c", "(not (a < b)) and c"),
        ("a or b and c", "a or (b and c)"),
        ("if a then b else c + 1", "if a then b else (c + 1)"),
        ("f(x)[1][2]", "((f(x))[1])[2]"),
        ("a @ b + c", "(a@b)+c"),
    ],
)
def test_precedence_is_that_of_paper(source: str, same: str) -> None:
    assert parse(source) == parse(same)


@pytest.mark.parametrize(("one", "other"), [("a-b-c", "a-(b-c)"), ("-2^2", "(-2)^2"), ("2^3^2", "(2^3)^2")])
def test_parentheses_tell_trees_apart(one: str, other: str) -> None:
    assert parse(one) != parse(other)


@pytest.mark.parametrize(
    ("source", "position", "said"),
    [
        ("", 0, "a value must come here, received the end"),
        ("1 +", 3, "received the end"),
        ("1 2", 2, "an operator or the end must come here, received '2'"),
        ("(1", 2, "')' must come here"),
        ("[1, 2", 5, "',' or ']' must come here"),
        ("f(,)", 2, "received ','"),
        ("2x", 1, "a number must end before 'x'"),
        ("x.real", 1, "must not hold the character '.'"),
        ("x = 1", 2, "must not hold the character '='"),
        ("a; b", 1, "must not hold the character ';'"),
        ("if a then b", 11, "'else' must come here"),
        ("x__class__", 0, "two underscores"),
        ("_x", 0, "character '_'"),
        ('"a', 0, "character '\"'"),
        ("lambda: 0", 6, "character ':'"),
        ("1e999", 0, "the exponent"),
        ("9" * 41, 0, "at most 40 digits"),
        ("σ(2)", 0, "character 'σ'"),
    ],
)
def test_errors_say_where(source: str, position: int, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(source)
    assert (caught.value.position, said in caught.value.message) == (position, True), caught.value


def test_depth_and_length_end() -> None:
    assert parse("(" * 60 + "1" + ")" * 60) == parse("1")
    for source in ("(" * 70 + "1" + ")" * 70, "-" * 70 + "1", "+".join("1" * 70), "1" + " " * 2_000):
        with pytest.raises(FormulaError) as caught:
            parse(source)
        assert caught.value.kind == "size"


@pytest.mark.parametrize(
    "source", ["(a - (b - c))*-d", "not (a and b)", "2^-x^2", "(-x)^2", 'if a == "b" then 1 else 2']
)
def test_printing_keeps_needed_parentheses(source: str) -> None:
    assert parse(show(parse(source))) == parse(source)
