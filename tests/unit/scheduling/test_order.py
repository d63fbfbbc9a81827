"""Prerequisites first, the order of the file among equals, and cycles named."""

from __future__ import annotations

import pytest

from quizdl.scheduling.order import cycles, topological


def test_order_of_the_file_when_nothing_is_required() -> None:
    assert topological({"z": [], "a": [], "m": []}) == ["z", "a", "m"]


def test_a_diamond() -> None:
    assert topological({"d": ["b", "c"], "c": ["a"], "b": ["a"], "a": []}) == ["a", "c", "b", "d"]


def test_requirements_from_elsewhere_and_repeated_ones() -> None:
    assert topological({"b": ["a", "a", "elsewhere"], "a": ["elsewhere"]}) == ["a", "b"]


def test_a_deep_chain_needs_no_recursion() -> None:
    chain = {f"c{n}": [f"c{n + 1}"] for n in range(5_000)}
    assert topological(chain) == [f"c{n}" for n in reversed(range(5_000))]
    assert topological({**chain, "c5000": []})[0] == "c5000"


def test_concepts_on_a_cycle_come_last() -> None:
    assert topological({"x": ["y"], "y": ["x"], "needs-x": ["x"], "free": []}) == [
        "free",
        "x",
        "y",
        "needs-x",
    ]


@pytest.mark.parametrize(
    ("requires", "expected"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, [["a", "b", "c"]]),
        ({"in": ["a"], "a": ["b"], "b": ["a"], "c": ["d"], "d": ["c", "a"]}, [["a", "b"], ["c", "d"]]),
        ({"a": ["missing"]}, []),
    ],
)
def test_cycles(requires: dict[str, list[str]], expected: list[list[str]]) -> None:
    assert cycles(requires) == expected
