"""From a verdict to the SM-2 quality that is suggested; the learner may overrule it."""

from __future__ import annotations

from collections.abc import Sequence

from quizdl.grading.verdict import Outcome, Verdict

PASSED = 3
"""The lowest quality that counts as remembered in SM-2."""

KNOWN = 4
"""The lowest quality after which an answer does not come again in the same session."""

SLIPS = frozenset({"words.typo", "list.wrong", "list.rival"})
"""Remarks on a correct answer that cost a point: a wrong spelling, something wrong beside what was asked."""

ENOUGH = 10
"""Correct answers to a kind of item until it is known how fast this learner is."""


def suggest(verdict: Verdict | None, *, hints: int = 0, tries: int = 1, fast: bool = False) -> int:
    """The quality offered as default.

    Correct is 4; 5 when it came fast, and 3 when a hint, a second try or the right spelling was needed. Wrong
    is 1, and 2 when at least half was right. Without a verdict (the learner judges) the default is 4, and 3
    with a hint: how well it was known, only the learner can say.

    Args:
        verdict: what grading said; None for a card that the learner grades.
        hints: how many hints were shown before the answer.
        tries: how many answers were given, unreadable ones not counted.
        fast: whether the answer came fast for this learner and this kind of item (see `is_fast`).

    Returns:
        A quality 1..5.

    Raises:
        ValueError: the verdict is `unreadable`, which has no quality.

    Example:
        >>> right = Verdict(Outcome.CORRECT, 1.0)
        >>> suggest(right), suggest(right, fast=True), suggest(right, fast=True, tries=2)
        (4, 5, 3)
        >>> suggest(Verdict(Outcome.PARTIAL, 0.5)), suggest(Verdict(Outcome.PARTIAL, 0.4))
        (2, 1)
    """
    if verdict is None:
        return 3 if hints else 4
    if verdict.outcome is Outcome.UNREADABLE:
        raise ValueError("an unreadable answer has no quality: it may be given again")
    if verdict.outcome is not Outcome.CORRECT:
        return 2 if verdict.score >= 0.5 else 1
    if hints or tries > 1 or any(feedback.code in SLIPS for feedback in verdict.feedback):
        return 3
    return 5 if fast else 4


def is_fast(answer_ms: int, earlier_ms: Sequence[int]) -> bool:
    """Whether an answer came fast: no slower than the fastest quarter of the earlier correct ones.

    Args:
        answer_ms: from the question to the answer.
        earlier_ms: the times of the learner's earlier correct answers to items of the kind, in any order.

    Returns:
        False as long as there are fewer than `ENOUGH` of them.

    Example:
        >>> is_fast(2_000, range(1_000, 11_000, 1_000)), is_fast(4_000, range(1_000, 11_000, 1_000))
        (True, False)
        >>> is_fast(1, [9_000] * 9)
        False
    """
    return len(earlier_ms) >= ENOUGH and answer_ms <= sorted(earlier_ms)[(len(earlier_ms) - 1) // 4]
