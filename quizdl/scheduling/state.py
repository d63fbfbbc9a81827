"""What is known about one card's memory: a value that schedulers turn into the next value."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEECH_LAPSES = 8
"""A card with so many lapses is a leech: it costs more than it teaches as it is written."""


@dataclass(frozen=True, slots=True)
class CardState:
    """The schedule of one card, as it follows from its events.

    Args:
        repetitions: scheduled answers of quality ≥ 3 in a row.
        ease: SM-2's easiness factor in integer hundredths (250 is 2.50).
        interval: days from the last scheduled review to the next one; 0 for a new card.
        due: study day of the next scheduled review; 0 for a new card.
        last: study day of the last scheduled review.
        first: study day of the first scheduled review.
        reviews: number of scheduled reviews; 0 makes the card new.
        lapses: scheduled answers of quality < 3 after the first review.
        again: the last answer was below 4, so on that same day the card must come again.
        suspended: out of every queue until unsuspended.
        buried_until: hidden on every study day before this one.

    Example:
        >>> CardState().new, CardState(lapses=8).leech, CardState(lapses=7).leech
        (True, True, False)
    """

    repetitions: int = 0
    ease: int = 250
    interval: int = 0
    due: int = 0
    last: int = 0
    first: int = 0
    reviews: int = 0
    lapses: int = 0
    again: bool = False
    suspended: bool = False
    buried_until: int = 0

    @property
    def new(self) -> bool:
        """The card has never had a scheduled review."""
        return self.reviews == 0

    @property
    def leech(self) -> bool:
        """The card was forgotten so often that it should be rewritten or suspended."""
        return self.lapses >= LEECH_LAPSES

    def pending(self, day: int) -> bool:
        """Whether the card must come again on this study day; on a later day the duty lapses.

        Example:
            >>> failed = CardState(reviews=1, interval=1, last=100, due=101, again=True)
            >>> failed.pending(100), failed.pending(101)
            (True, False)
        """
        return self.again and self.last == day

    def hidden(self, day: int) -> bool:
        """Whether the card is kept out of this day's queue (suspended, or buried beyond it)."""
        return self.suspended or self.buried_until > day

    def reviewed(self, quality: int, day: int, *, repetitions: int, ease: int, interval: int) -> CardState:
        """The state after a scheduled review: what every algorithm books alike, and its own three results.

        A lapse is an answer below 3 to a card that was seen before. The very first answer cannot be one,
        but a card that fails every day collects one a day, and so is found out as a leech.

        Args:
            quality: 0..5.
            day: the study day of the review.
            repetitions, ease, interval: what the algorithm worked out; the card is due in `interval` days.
        """
        return replace(
            self,
            repetitions=repetitions,
            ease=ease,
            interval=interval,
            due=day + interval,
            last=day,
            first=self.first if self.reviews else day,
            reviews=self.reviews + 1,
            lapses=self.lapses + (quality < 3 and self.reviews > 0),
            again=quality < 4,
        )

    def repeated(self, quality: int) -> CardState:
        """The state after a repeat in the same session: only whether the card must come once more.

        Example:
            >>> failed = CardState(reviews=1, interval=1, last=100, due=101, again=True)
            >>> failed.repeated(3) == failed, failed.repeated(4).again
            (True, False)
        """
        return replace(self, again=quality < 4)
