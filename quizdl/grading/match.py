"""Pairs: which belong together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.packs.items import Text


def grade(rights: Sequence[Text], lefts: int, given: Sequence[tuple[int, int]]) -> Verdict:
    """Judge which rights were given to the lefts.

    score = right pairs / lefts.

    Args:
        rights: what may be given; `rights[i]` belongs to left i, the rest to nothing. Two that read the same
            are the same.
        lefts: how many there are on the left.
        given: (left, index in rights), each left at most once; one that is not given is not right.

    Returns:
        `match.wrong` for each wrong pair and `match.missing` for the lefts without one. Unreadable: no pair
        (`match.none`), a left with two (`match.twice`), one that does not exist (`match.no-such`).

    Example:
        >>> from quizdl.packs.items import Text
        >>> rights = [Text(en="max(0, x)"), Text(en="1/(1+e^-x)"), Text(en="x")]
        >>> grade(rights, 2, [(0, 0), (1, 1)]).outcome.value, grade(rights, 2, [(0, 0), (1, 2)]).score
        ('correct', 0.5)
    """
    if not given:
        return _unreadable("match.none")
    for at, (left, right) in enumerate(given):
        if not (0 <= left < lefts and 0 <= right < len(rights)):
            return _unreadable("match.no-such", left=left + 1, right=right + 1)
        if any(left == other for other, _ in given[:at]):
            return _unreadable("match.twice", left=left + 1)
    by_left = dict(given)
    wrong = [left for left in sorted(by_left) if rights[by_left[left]] != rights[left]]
    missing = [left for left in range(lefts) if left not in by_left]
    feedback = [Feedback("match.wrong", {"left": left + 1, "row": by_left[left]}) for left in wrong]
    if missing:
        shown = ", ".join(str(left + 1) for left in missing)
        feedback.append(Feedback("match.missing", {"lefts": shown}))
    score = (lefts - len(wrong) - len(missing)) / lefts
    outcome = Outcome.CORRECT if score == 1 else Outcome.PARTIAL if score else Outcome.WRONG
    return Verdict(outcome, score, tuple(feedback))


def _unreadable(code: str, **params: int) -> Verdict:
    return Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, params),))
