"""Derivations: lines beside lines that do not follow."""

from __future__ import annotations

import pytest

from quizdl.grading.symbolic.derivation import Way, grade_derivation, split
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.packs.items import Text

SIGMOID = Symbols.read([{"name": "x"}, {"name": "s", "domain": "unit", "definition": "s = 1/(1+exp(-x))"}])
SLOPE = Way(
    SIGMOID,
    "d/dx 1/(1+exp(-x))",
    "s(1-s)",
    waypoints=(("exp(-x)/(1+exp(-x))^2", Text(en="the quotient rule")),),
)


def test_all_lines_follow_and_the_goal_is_reached() -> None:
    found = grade_derivation(SLOPE, ["exp(-x)/(1+exp(-x))^2", "= s^2 exp(-x)", "= s(1-s)"])
    assert found.verdict.outcome == "correct"
    assert [line.status for line in found.lines] == ["ok"] * 3
    assert any(
        one.code == "deriv.used" and "s = " in str(one.params["fact"]) for one in found.verdict.feedback
    )


def test_the_first_bad_line_is_named_and_the_rest_follows() -> None:
    found = grade_derivation(SLOPE, ["-exp(-x)/(1+exp(-x))^2", "= -s^2 exp(-x)", "= -s(1-s)"])
    assert found.first_bad == 0
    assert [line.status for line in found.lines] == ["bad", "follows", "follows"]
    assert found.lines[0].reason is not None
    assert found.lines[0].reason.word == "sign"
    assert not found.complete
    assert found.verdict.outcome == "wrong"


def test_a_slip_that_is_mended_later_is_still_the_first_bad_line() -> None:
    found = grade_derivation(SLOPE, ["exp(-x)/(1+exp(-x))^2", "= s^2 exp(x)", "= s(1-s)"])
    assert [line.status for line in found.lines] == ["ok", "bad", "ok"]
    assert found.verdict.outcome == "partial"


def test_the_right_value_is_not_yet_the_goal() -> None:
    found = grade_derivation(SLOPE, ["exp(-x)/(1+exp(-x))^2"])
    assert not found.complete
    assert "deriv.not-there" in [one.code for one in found.verdict.feedback]


def test_a_waypoint_must_be_passed() -> None:
    found = grade_derivation(SLOPE, ["= s(1-s)"])
    assert found.missing
    assert found.verdict.outcome == "partial"


def test_chains_on_one_line_are_checked_side_by_side() -> None:
    way = Way(OPEN, "(x+1)^2 - 1", "x(x+2)")
    assert grade_derivation(way, ["= x^2 + 2x = x(x+2)"]).complete
    assert grade_derivation(way, ["= x^2 + x = x(x+1)"]).first_bad == 0
    assert grade_derivation(way, ["(x+1)^2 - 1 = x^2 + 2x", "= x(x+2)"]).complete


@pytest.mark.parametrize("lines", ["", "= (x +", ["= x", "= ))"], "= x\n" * 50])
def test_what_cannot_be_read_costs_nothing(lines: str | list[str]) -> None:
    way = Way(OPEN, "(x+1)^2 - 1", "x(x+2)")
    assert grade_derivation(way, lines).verdict.outcome == "unreadable"


def test_laws_that_a_step_needs_are_named() -> None:
    symbols = Symbols.read(
        [
            {"name": "p", "kind": "vector", "shape": ["K"]},
            {"name": "y", "kind": "vector", "shape": ["K"], "domain": "one-hot"},
            {"name": "i", "kind": "index", "range": "K"},
            {"name": "k", "kind": "index", "range": "K"},
        ]
    )
    way = Way(
        symbols, "p_i sum_k y_k - y_i", "p_i - y_i", ("i",), facts=(("sum_k y_k = 1", Text(en="one-hot")),)
    )
    found = grade_derivation(way, ["= p_i - y_i"])
    assert found.complete
    assert [one.text for one in found.verdict.feedback if one.code == "deriv.used"] == [Text(en="one-hot")]
    assert grade_derivation(way, ["= p_i - y_i sum_k p_k"]).first_bad == 0


def test_lines_are_split_where_a_person_would() -> None:
    assert split("a\n\n = b ;\n⇔ c") == ["a", "= b ;", "c"]
    assert split("= a; = b") == ["= a", "= b"]
    assert split(r"a\;b") == [r"a\;b"]


def test_e_to_a_power_is_the_exponential_function_in_a_waypoint() -> None:
    powers = r"\frac{e^{-x}}{(1+e^{-x})^2}"
    assert grade_derivation(SLOPE, [powers, "= s(1-s)"]).verdict.outcome == "correct"
    assert grade_derivation(SLOPE, ["= s(1-s)"]).verdict.outcome == "partial"
    assert grade_derivation(SLOPE, [powers.replace("-x", "x", 1), "= s(1-s)"]).verdict.outcome != "correct"
