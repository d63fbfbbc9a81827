"""From a verdict to the SM-2 quality that is suggested; the learner may overrule it."""

from __future__ import annotations

from quizdl.grading.verdict import Outcome, Verdict

PASSED = 3
"""The lowest quality that counts as remembered in SM-2."""

KNOWN = 4
"""The lowest quality after which an answer does not come again in the same session."""


def suggest(verdict: Verdict | None, *, hints: int = 0) -> int:
    """The quality offered as default.

    Correct is 4, and 3 when a hint was needed; wrong is 1, and 2 when at least half was right. Without a
    verdict (the learner judges) the default is that of a correct answer.

    Args:
        verdict: what grading said; None for a card that the learner grades.
        hints: how many hints were shown before the answer.

    Returns:
        A quality 1..4.

    Raises:
        ValueError: the verdict is `unreadable`, which has no quality.

    Example:
        >>> suggest(Verdict(Outcome.CORRECT, 1.0)), suggest(Verdict(Outcome.CORRECT, 1.0), hints=1)
        (4, 3)
        >>> suggest(Verdict(Outcome.PARTIAL, 0.5)), suggest(Verdict(Outcome.PARTIAL, 0.4))
        (2, 1)
    """
    if verdict is None or verdict.outcome is Outcome.CORRECT:
        return 3 if hints else 4
    if verdict.outcome is Outcome.UNREADABLE:
        raise ValueError("an unreadable answer has no quality: it may be given again")
    return 2 if verdict.score >= 0.5 else 1
