"""What was done in a session: the steps that undo walks back, and the summary that follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from quizdl.study.values import Summary

if TYPE_CHECKING:
    from quizdl.journal.reads import Reader
    from quizdl.study.agenda import Agenda
    from quizdl.study.values import Question, Rated

_HORIZON = 36_500  # the longest interval, in days


class Step(NamedTuple):
    """One action: its event, what was on the screen, and the agenda before it.

    Args:
        event: the id of its event.
        action: `review`, `bury` or `suspend`.
        question: what was asked.
        agenda: before the action.
        rated: for a review.
        took_ms: time on the card.
    """

    event: str
    action: str
    question: Question
    agenda: Agenda
    rated: Rated | None = None
    took_ms: int = 0


def summarize(steps: Sequence[Step], journal: Reader, *, day: int, pending: int) -> Summary:
    """The summary of a session.

    Args:
        steps: what was done and not taken back.
        journal: knows what is due next.
        day: the study day of the session.
        pending: cards still on the agenda.
    """
    actions = Counter(step.action for step in steps)
    reviews = [step for step in steps if step.rated is not None]
    phases = Counter(step.question.phase for step in reviews)
    # A card crammed twice is answered for the first time only once.
    first: dict[str, int] = {}
    repeats = 0
    for step in reviews:
        key = step.question.card.key
        assert step.rated is not None
        if step.question.phase == "repeat" or key in first:
            repeats += 1
        else:
            first[key] = step.rated.quality
    counts = Counter(first.values())
    next_day, next_count = upcoming(journal.due_count, day)
    return Summary(
        qualities=(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]),
        new=phases["new"],
        reviews=phases["review"],
        repeats=repeats,
        crammed=sum(step.question.phase == "cram" for step in reviews),
        buried=actions["bury"],
        suspended=actions["suspend"],
        seconds=sum(step.took_ms for step in steps) / 1000,
        leeches=tuple(
            step.question.card.key for step in reviews if step.rated is not None and step.rated.leech
        ),
        pending=pending,
        next_day=next_day,
        next_count=next_count,
        today=day,
    )


def upcoming(due_count: Callable[[int], int], day: int) -> tuple[int | None, int]:
    """The first day after `day` on which more cards are due than today, and how many more.

    The count of due cards only grows with the day, so the day is found by halving: some 17 questions to the
    journal instead of one for each day.

    Args:
        due_count: cards due on or before a day.
        day: today.

    Example:
        >>> upcoming(lambda day: 3 + 2 * (day >= 106), 100)
        (106, 2)
        >>> upcoming(lambda day: 3, 100)
        (None, 0)
    """
    now = due_count(day)
    low, high = day, day + _HORIZON
    if due_count(high) == now:
        return None, 0
    while high - low > 1:
        middle = (low + high) // 2
        if due_count(middle) > now:
            high = middle
        else:
            low = middle
    return high, due_count(high) - now
