"""SM-2, the algorithm of SuperMemo 2 (Piotr Woźniak, 1987), in exact integer arithmetic."""

from __future__ import annotations

from typing import Protocol

from quizdl.scheduling.state import CardState

EASE_START = 250
EASE_FLOOR = 130
INTERVAL_CAP = 36_500
"""A hundred years: no learner meets it, and no date overflows."""

# 100 · (0.1 − (5−q)(0.08 + (5−q)·0.02)) for q = 0..5; whole numbers, so the ease never drifts.
_EASE_STEP = (-80, -54, -32, -14, 0, 10)


class Scheduler(Protocol):
    """What an algorithm must offer: a name for the journal, and two pure functions of a card's state."""

    @property
    def name(self) -> str:
        """The name that the journal writes beside each review."""

    def schedule(self, state: CardState, quality: int, day: int) -> CardState:
        """The state after a scheduled answer of this quality on this study day."""

    def preview(self, state: CardState, day: int) -> tuple[int, ...]:
        """The interval in days that each quality 0..5 would give."""


class SM2:
    """SM-2: intervals grow by the card's ease, and the ease moves with the quality of the answers.

    I(1) = 1, I(2) = 6, I(n) = round(I(n−1) · EF) with the ease *before* this answer, half up;
    then, after every answer, EF ← max(1.30, EF + 0.1 − (5−q)(0.08 + (5−q)·0.02)).
    An answer below 3 starts the repetitions again with an interval of one day.

    The ease is an integer in hundredths, so I(n) = ⌊(I · EF + 50) / 100⌋ is exact: no date ever hangs on
    the last bit of a float.

    Where sources differ, this follows SuperMemo's own code:

    - The published text keeps the ease unchanged when q < 3; the code of SuperMemo 2 changes it after every
      answer, as is done here.
    - PyPI `supermemo2` 3.0 agrees in ease and in when repetitions restart. It rounds every interval *up*
      (`ceil`), where SM-2 rounds to the nearest day: its intervals are one day longer whenever the fraction
      lies strictly between 0 and one half, and its float ease can lift an exact product such as 50 × 2.18
      by a day, too.
    - `supermemo2` has no upper bound; here an interval ends at 36,500 days.

    Example:
        >>> state, intervals = CardState(), []
        >>> for quality in (3, 3, 3, 3):
        ...     state = SM2().schedule(state, quality, state.due)
        ...     intervals.append(state.interval)
        >>> intervals, state.ease
        ([1, 6, 13, 27], 194)

    Reference:
        P. A. Woźniak, "Application of a computer to improve the results obtained in working with the
        SuperMemo method", https://super-memory.com/english/ol/sm2.htm
    """

    name = "sm2"

    def schedule(self, state: CardState, quality: int, day: int) -> CardState:
        """The state after a scheduled answer.

        Args:
            state: the card before the answer.
            quality: 0 (no idea) to 5 (at once).
            day: the study day of the answer.

        Returns:
            A new state, due `interval` days after `day`.

        Raises:
            ValueError: the quality is not one of 0..5.

        Example:
            >>> SM2().schedule(CardState(), 5, day=100).due
            101
        """
        interval = self._interval(state, quality)
        return state.reviewed(
            quality,
            day,
            repetitions=state.repetitions + 1 if quality >= 3 else 0,
            ease=max(EASE_FLOOR, state.ease + _EASE_STEP[quality]),
            interval=interval,
        )

    def preview(self, state: CardState, day: int) -> tuple[int, ...]:
        """The interval in days for each quality 0..5.

        Example:
            >>> SM2().preview(CardState(repetitions=2, interval=6, reviews=2), day=100)
            (1, 1, 1, 15, 15, 15)
        """
        return tuple(self._interval(state, quality) for quality in range(6))

    @staticmethod
    def _interval(state: CardState, quality: int) -> int:
        if quality not in range(6):
            raise ValueError(f"quality must be in 0..5, received {quality!r}")
        if quality < 3 or state.repetitions == 0:
            return 1
        if state.repetitions == 1:
            return 6
        return min(INTERVAL_CAP, (state.interval * state.ease + 50) // 100)
