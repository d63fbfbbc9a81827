"""The order of one session: the queue, and the cards that must come again. A value: each step makes another.

A step keeps the queue itself and moves a position, so that a session can hold on to every earlier agenda for
undo, even with 100,000 cards in the queue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizdl.scheduling.queue import item_of

GAP = 5
"""A card that was not known comes again as the fifth one after it, or at the end when fewer are left."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that must come again, once `ready` answers have been given in the session.

    Args:
        key: of the card.
        ready: how many answers must have been given.
        unseen: it was brought back by undo, so that it counts as not asked today.
    """

    key: str
    ready: int
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is asked now and next.

    Args:
        queue: the keys of the session's cards in order.
        position: how many of them are behind us.
        waiting: cards that come again, the one that waits longest first.
        answers: how many answers were given.
        done: how many cards are finished.

    Example:
        >>> agenda = Agenda(("a", "b"))
        >>> agenda = agenda.again()
        >>> agenda.current, agenda.left
        ('b', 2)
        >>> agenda.finished().current
        'a'
    """

    queue: Sequence[str]
    position: int = 0
    waiting: tuple[Waiting, ...] = ()
    answers: int = 0
    done: int = 0

    @property
    def current(self) -> str | None:
        """The key of the card to ask now; None when nothing is left."""
        if self._from_waiting:
            return self.waiting[0].key
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def left(self) -> int:
        """Cards that are not finished, the current one included."""
        return len(self.queue) - self.position + len(self.waiting)

    @property
    def _from_waiting(self) -> bool:
        if not self.waiting:
            return False
        return self.waiting[0].ready <= self.answers or self.position >= len(self.queue)

    def finished(self) -> Agenda:
        """The current card was answered and is known."""
        return replace(self.skipped(), answers=self.answers + 1, done=self.done + 1)

    def again(self) -> Agenda:
        """The current card was answered and must come again."""
        key = self.current
        assert key is not None
        answers = self.answers + 1
        rest = self.skipped()
        return replace(rest, waiting=(*rest.waiting, Waiting(key, answers + GAP - 1)), answers=answers)

    def removed(self) -> Agenda:
        """The current card was taken out (buried, suspended) without an answer."""
        return replace(self.skipped(), done=self.done + 1)

    def first(self, key: str, *, apart: bool = True) -> Agenda:
        """The card `key` comes now, wherever it was; the one that was current comes after it.

        Args:
            key: of the card.
            apart: its siblings leave the queue, since only one card of an item comes a day.

        Example:
            >>> agenda = Agenda(("p/x/front", "p/y/front", "p/z/front")).first("p/y/back")
            >>> agenda.current, agenda.finished().current, agenda.left
            ('p/y/back', 'p/x/front', 3)
        """
        item = item_of(key)
        rest = tuple(
            other
            for other in self.queue[self.position :]
            if other != key and not (apart and item_of(other) == item)
        )
        waiting = tuple(
            card
            for card in self.waiting
            if card.key != key and not (apart and card.unseen and item_of(card.key) == item)
        )
        back = Waiting(key, self.answers, unseen=True)
        return replace(self, queue=rest, position=0, waiting=(back, *waiting))

    def skipped(self) -> Agenda:
        """The current card is no longer to be asked, and does not count as done."""
        if self._from_waiting:
            return replace(self, waiting=self.waiting[1:])
        return replace(self, position=self.position + 1)
