"""How a card looks this time: the instance of its item, and the order of what is shown shuffled."""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quizdl.packs.faces import Face, face

if TYPE_CHECKING:
    from quizdl.journal.events import Event
    from quizdl.packs.cards import Card
    from quizdl.packs.items import AnyItem, Concept
    from quizdl.packs.library import Library
    from quizdl.study.values import Question


_TRIES = 20
"""Seeds that are tried when the values of some make no instance, such as a division by zero."""


class Look(NamedTuple):
    """What must be kept of a question to show it again as it was.

    Args:
        card: the key of the card.
        seed: of its instance.
        order: of its rows; () where that is not known.
    """

    card: str
    seed: int | None = None
    order: tuple[int, ...] = ()

    @classmethod
    def of(cls, event: Event) -> Look:
        """How the question of a review looked."""
        return cls(event.card, event.data.get("seed"), tuple(event.data.get("order") or ()))


def look(question: Question) -> Look:
    """How a question looks."""
    return Look(question.card.key, question.seed, question.order)


@dataclass(frozen=True, slots=True)
class Asked:
    """A card as it is asked: the item (an instance, where it has parameters), its face, seed and order."""

    item: AnyItem
    face: Face
    seed: int | None
    order: tuple[int, ...]


def put(library: Library, card: Card, rng: random.Random, before: Look | None = None) -> Asked:
    """Draw how a card looks.

    Args:
        library: has the item.
        card: what is asked.
        rng: draws the seed of an item with parameters, and the order of the rows.
        before: how it looked before, when it comes back by undo.

    Raises:
        VariantError: no instance can be made of the item; `quizdl pack check` reports such.
    """
    item, seed = _instance(library.item(card), rng, before.seed if before is not None else None)
    concept = library.concept(card.pack, card.concept)

    def named(name: str) -> Concept | None:
        return library.concepts.get((card.pack, name))

    shown = face(item, concept, card.face, named)
    rows = range(len(shown.rows))
    if before is not None and sorted(before.order) == list(rows):  # the author may have changed the rows
        return Asked(item, shown, seed, before.order)
    return Asked(item, shown, seed, shuffled(shown, rng, fixed=not getattr(item, "shuffle", True)))


def _instance(item: AnyItem, rng: random.Random, seed: int | None) -> tuple[AnyItem, int | None]:
    """An instance of an item and its seed; the item itself where it has no parameters."""
    if not (item.params or item.derived):
        return item, None
    from quizdl.packs.variants import VariantError, instantiate  # only for items that need it

    for _ in range(_TRIES if seed is None else 0):
        drawn = rng.randrange(2**32)
        with suppress(VariantError):
            return instantiate(item, drawn), drawn
    drawn = rng.randrange(2**32) if seed is None else seed
    return instantiate(item, drawn), drawn


def shuffled(shown: Face, rng: random.Random, *, fixed: bool = False) -> tuple[int, ...]:
    """An order for the rows of a face; steps are never shown in the right order.

    Args:
        shown: the face.
        rng: shuffles.
        fixed: the author wants the rows as they are.

    Example:
        >>> from quizdl.packs.items import Text
        >>> steps = Face("order", Text(), Text(), steps=(Text(en="a"), Text(en="b")))
        >>> {shuffled(steps, random.Random(seed)) for seed in range(20)}
        {(1, 0)}
    """
    right = tuple(range(len(shown.rows)))
    if fixed:
        return right
    order = list(right)
    rng.shuffle(order)
    while shown.steps and tuple(order) == right and len(order) > 1:
        rng.shuffle(order)
    return tuple(order)
