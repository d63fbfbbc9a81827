"""Orders and pairs: the laws of their scores, and what cannot be read."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.grading import match, order
from quizdl.grading.verdict import Outcome
from quizdl.packs.items import Text


def longest_by_trying(given: tuple[int, ...]) -> int:
    """The length of the longest increasing subsequence, by looking at all subsequences."""
    best = 0
    for mask in range(1 << len(given)):
        part = [step for at, step in enumerate(given) if mask >> at & 1]
        if part == sorted(part):
            best = max(best, len(part))
    return best


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 6])
def test_the_score_of_every_order_of_few_steps(steps: int) -> None:
    for tried in permutations(range(steps)):
        verdict = order.grade(steps, tried)
        kept = longest_by_trying(tried)
        expected = 1.0 if kept == steps else 0.0 if kept == 1 else kept / steps
        assert verdict.score == pytest.approx(expected)
        assert (verdict.outcome is Outcome.CORRECT) == (tried == tuple(range(steps)))


@given(st.integers(2, 40).flatmap(lambda n: st.permutations(range(n))))
def test_laws_of_the_score(given: list[int]) -> None:
    steps = len(given)
    verdict = order.grade(steps, given)
    # An order and its reverse cannot both be good (Erdős and Szekeres).
    assert order.longest(given) * order.longest(given[::-1]) >= steps
    assert (verdict.score == 1) == (given == sorted(given))
    # To move one step to another place changes the longest order by one at most.
    moved = [*given[1:], given[0]]
    assert abs(order.longest(moved) - order.longest(given)) <= 1
    if verdict.outcome is not Outcome.CORRECT:
        first = next(entry for entry in verdict.feedback if entry.code == "order.first")
        place = int(first.params["place"]) - 1
        assert given[:place] == list(range(place))
        assert given[place] == first.params["row"] != place


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ((0, 1), "order.missing"),
        ((), "order.missing"),
        ((0, 1, 1), "order.twice"),
        ((0, 1, 2, 2), "order.twice"),
        ((0, 1, 3), "order.no-such"),
        ((-1, 0, 1), "order.no-such"),
    ],
)
def test_what_is_no_order_costs_nothing(given: tuple[int, ...], code: str) -> None:
    verdict = order.grade(3, given)
    assert (verdict.outcome, verdict.feedback[0].code) == (Outcome.UNREADABLE, code)


RIGHTS = tuple(Text(ko=f"오{n}", en=f"r{n}") for n in range(4))


def test_pairs_of_three_with_one_right_to_spare() -> None:
    for tried in permutations(range(4), 3):
        verdict = match.grade(RIGHTS, 3, list(enumerate(tried)))
        right = sum(left == right for left, right in enumerate(tried))
        assert verdict.score == pytest.approx(right / 3)
        assert len([entry for entry in verdict.feedback if entry.code == "match.wrong"]) == 3 - right


def test_a_left_without_a_right_is_not_right() -> None:
    verdict = match.grade(RIGHTS, 3, [(0, 0), (2, 2)])
    assert verdict.score == pytest.approx(2 / 3)
    assert [(entry.code, dict(entry.params)) for entry in verdict.feedback] == [
        ("match.missing", {"lefts": "2"})
    ]


def test_rights_that_read_the_same_are_the_same() -> None:
    same = (Text(en="x"), Text(en="x"), Text(en="y"))
    assert match.grade(same, 2, [(0, 1), (1, 0)]).score == 1
    assert match.grade(same, 2, [(0, 1), (1, 2)]).score == 0.5


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "match.none"),
        ([(0, 0), (0, 1)], "match.twice"),
        ([(3, 0)], "match.no-such"),
        ([(0, 4)], "match.no-such"),
        ([(-1, 0)], "match.no-such"),
    ],
)
def test_what_is_no_pair_costs_nothing(given: list[tuple[int, int]], code: str) -> None:
    verdict = match.grade(RIGHTS, 3, given)
    assert (verdict.outcome, verdict.feedback[0].code) == (Outcome.UNREADABLE, code)
