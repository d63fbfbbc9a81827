"""Steps in order: what part of them is, and where it goes wrong."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from quizdl.grading.verdict import Feedback, Outcome, Verdict


def grade(steps: int, given: Sequence[int]) -> Verdict:
    """Judge an order of steps.

    score = length of the longest run of steps, others left out, that stands in the right order / steps.
    A single step is no order: the reverse of the right order scores 0.

    Args:
        steps: how many steps there are; the right order is 0, 1, 2 …
        given: the steps in the learner's order.

    Returns:
        Unreadable when a step is missing (`order.missing`), named twice (`order.twice`) or does not exist
        (`order.no-such`). Otherwise, unless it is right, `order.first` says the first place with a wrong step
        and `order.kept` how many steps stand in the right order.

    Example:
        >>> grade(4, [0, 2, 1, 3]).score, grade(4, [3, 2, 1, 0]).outcome.value
        (0.75, 'wrong')
    """
    strange = [step for step in given if not 0 <= step < steps]
    if strange:
        return _unreadable("order.no-such", step=strange[0] + 1, steps=steps)
    twice = next((step for at, step in enumerate(given) if step in given[:at]), None)
    if twice is not None:
        return _unreadable("order.twice", row=twice)
    if len(given) < steps:
        return _unreadable("order.missing", given=len(given), steps=steps)
    kept = longest(given)
    if kept == steps:
        return Verdict(Outcome.CORRECT, 1.0)
    place = next(at for at, step in enumerate(given) if step != at)
    first = Feedback("order.first", {"place": place + 1, "row": given[place]})
    if kept == 1:
        return Verdict(Outcome.WRONG, 0.0, (first,))
    return Verdict(
        Outcome.PARTIAL, kept / steps, (Feedback("order.kept", {"kept": kept, "steps": steps}), first)
    )


def longest(given: Sequence[int]) -> int:
    """The length of the longest increasing subsequence.

    Example:
        >>> longest([2, 0, 1, 3]), longest([]), longest([2, 1, 0])
        (3, 0, 1)

    Reference:
        M. L. Fredman, On computing the length of longest increasing subsequences, 1975: patience sorting.
    """
    ends: list[int] = []  # ends[k] is the least step that a run of k + 1 steps can end with
    for step in given:
        at = bisect_left(ends, step)
        ends[at : at + 1] = [step]
    return len(ends)


def _unreadable(code: str, **params: int) -> Verdict:
    return Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, params),))
