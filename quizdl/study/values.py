"""What a session shows and says, as frozen values. Screens draw these and keep no state of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from quizdl.packs.cards import Card
    from quizdl.packs.faces import Face
    from quizdl.packs.items import Concept, Item, Option, Text
    from quizdl.scheduling.state import CardState

Language = Literal["both", "ko", "en"]

Phase = Literal["new", "review", "repeat", "cram"]
"""`new` and `review` move the schedule; `repeat` (again in the same session) and `cram` do not."""

Entry = Literal["none", "options", "text", "order", "pairs"]
"""How an answer is given: not at all (the learner looks and judges), or by which means."""

Response = str | Sequence[int] | Sequence[tuple[int, int]] | None
"""What the learner gave. None = show me the answer. By the entry of the question:

| entry | response |
|---|---|
| `text` (words, numeric, expression, derivation) | what was typed; gaps of a cloze with `;` between them |
| `options` (choice) | the indexes of the chosen options, as authored |
| `order` | the indexes of the steps as authored, in the learner's order |
| `pairs` (match) | (left, right) as authored: rights count through the pairs, then the extra ones |
| `none` | whatever the learner wrote down for themselves; for code, Python that is run (`Question.code`) |

Text is understood for every entry: `B A C` by the letters shown for an order, `1-b 2-a` for pairs.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which cards this session asks.

    Args:
        concept: only cards of this concept (also those whose item lists it under `also`).
        pack: only cards of this pack.
        kind: only items of this kind.
        tags: only items that have all of these tags.
        limit: cards at most in this session, repeats not counted.
        new: new cards at most in this session, instead of what is left of today's allowance.
        cram: every matching card, due or not; the schedule is not touched.

    Example:
        >>> Filters(concept="softmax").narrows, Filters(limit=5).narrows
        (True, False)
    """

    concept: str | None = None
    pack: str | None = None
    kind: str | None = None
    tags: tuple[str, ...] = ()
    limit: int | None = None
    new: int | None = None
    cram: bool = False

    @property
    def narrows(self) -> bool:
        """Whether cards are left out by what they are about."""
        return bool(self.concept or self.pack or self.kind or self.tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The card on the screen.

    Args:
        card: which card.
        item: the item it was made from.
        concept: the item's concept.
        face: prompt, answer and options in both languages.
        phase: see `Phase`.
        order: what is shown shuffled (options, steps, the right side of pairs): `order[row]` is the index in
            `face.rows` of what is shown in that row.
        seed: of an item with parameters: `item` is the instance made from it.
        typing: whether the learner wants to type the answers of terms and clozes.
        state: the card's state before the answer.
        number: counts what was put on the screen in this session, from 1.
    """

    card: Card
    item: Item
    concept: Concept
    face: Face
    phase: Phase
    order: tuple[int, ...] = ()
    state: CardState
    number: int
    seed: int | None = None
    typing: bool = True

    @property
    def rows(self) -> tuple[tuple[int, Option], ...]:
        """The options as shown, each with its authored index, which is what `Session.answer` takes."""
        return tuple((index, self.face.options[index]) for index in self.order if self.face.options)

    @property
    def lettered(self) -> tuple[tuple[int, Text], ...]:
        """What is shown with letters, in the order shown: index in `face.rows`, and its text."""
        return tuple((index, self.face.rows[index]) for index in self.order)

    @property
    def several(self) -> bool:
        """Whether more than one option may be chosen."""
        return self.face.ask == "choice.many"

    @property
    def code(self) -> bool:
        """Whether Python may be given, which is run and judged; who gives none judges alone."""
        return self.face.ask == "code"

    @property
    def graded(self) -> bool:
        """Whether to look without an answer is wrong; otherwise the learner may look and judge alone."""
        return self.entry != "none" and self.item.kind not in ("term", "cloze")

    @property
    def entry(self) -> Entry:
        """How the answer is given."""
        face = self.face
        if face.options:
            return "options"
        if face.steps:
            return "order"
        if face.pairs:
            return "pairs"
        if face.ask in ("short", "list", "numeric", "expression", "derivation"):
            return "text"
        return "text" if face.blanks and self.typing else "none"

    def letter(self, row: int) -> str:
        """The letter in front of what is authored at an index of `face.rows`, as shown: `A`, `B` …"""
        return chr(ord("A") + self.order.index(row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A review that was acknowledged: it is on the disk.

    Args:
        question: what was asked.
        quality: 0..5.
        event: the id of the event in the journal.
        after: the card's state after it; `question.state` is the one before.
        again: the card comes again in this session.
        leech: the card became a leech by this answer.
    """

    question: Question
    quality: int
    event: str
    after: CardState
    again: bool
    leech: bool

    @property
    def days(self) -> int:
        """Days until the card is due, from the day of the review."""
        return self.after.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """An action that was taken back; its card is on the screen again.

    Args:
        action: `review`, `bury` or `suspend`.
        card: the key of the card.
    """

    action: str
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the session is.

    Args:
        done: cards that are finished (answered well enough, buried or suspended).
        left: cards that are still to come, the one on the screen included.
        seconds_left: what is left times the learner's median time for a card.

    Example:
        >>> Progress(done=3, left=1, seconds_left=8.0).share
        0.75
    """

    done: int
    left: int
    seconds_left: float

    @property
    def share(self) -> float:
        """Done as a share of all, 0..1; 1 when there is nothing to do."""
        total = self.done + self.left
        return self.done / total if total else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the session was.

    Args:
        qualities: how many answers of each quality, index 0..5, repeats not counted.
        new: cards seen for the first time.
        reviews: scheduled reviews.
        repeats: answers to cards that came again.
        crammed: answers that did not touch the schedule.
        buried: cards put off until tomorrow.
        suspended: cards taken out.
        seconds: time on the cards.
        leeches: keys of cards that became leeches.
        pending: cards that were not reached or not yet known well enough.
        next_day: the study day on which cards are due next; None when none is scheduled.
        next_count: how many are due on that day.
        today: the study day of the session.
    """

    qualities: tuple[int, int, int, int, int, int] = (0, 0, 0, 0, 0, 0)
    new: int = 0
    reviews: int = 0
    repeats: int = 0
    crammed: int = 0
    buried: int = 0
    suspended: int = 0
    seconds: float = 0.0
    leeches: tuple[str, ...] = field(default=())
    pending: int = 0
    next_day: int | None = None
    next_count: int = 0
    today: int = 0

    @property
    def answers(self) -> int:
        """First answers: new, review and cram."""
        return sum(self.qualities)

    @property
    def accuracy(self) -> float | None:
        """The share of first answers with quality 3 or better; None without answers.

        Example:
            >>> Summary(qualities=(0, 1, 0, 0, 3, 0)).accuracy
            0.75
        """
        return sum(self.qualities[3:]) / self.answers if self.answers else None
