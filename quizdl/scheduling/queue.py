"""Today's queue: which cards come, and in what order. A pure function of values."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence, Set
from heapq import heapify, heappop, heappush
from typing import NamedTuple


class DueCard(NamedTuple):
    """A card that is due, or that must come again today.

    Args:
        key: "pack/item/face".
        due: the study day it was due.
        interval: its interval in days (≥ 1).
        again: an answer below 4 was given today and the card must come again in the session.
    """

    key: str
    due: int
    interval: int
    again: bool = False


class NewCard(NamedTuple):
    """A card that was never reviewed, and the concept it is about."""

    key: str
    concept: str


class Limits(NamedTuple):
    """How many cards may still come today: the daily limit minus what was done."""

    new: int
    reviews: int


def item_of(key: str) -> str:
    """The item a card is made from; cards of one item are siblings.

    Example:
        >>> item_of("deep-learning/softmax.sum-one/front")
        'deep-learning/softmax.sum-one'
    """
    return key.rpartition("/")[0]


def overdue_first(cards: Iterable[DueCard], day: int) -> list[DueCard]:
    """Due cards in the order of the queue: most overdue relative to the interval first.

    (day − due) / interval, then the earlier due day, then the key. `Journal.due` gives this order already.

    Example:
        >>> month, week = DueCard("a/b/c", 95, 30), DueCard("d/e/f", 96, 7)
        >>> [card.key for card in overdue_first([month, week], day=100)]
        ['d/e/f', 'a/b/c']
    """
    return sorted(cards, key=lambda card: (-(day - card.due) / card.interval, card.due, card.key))


def build_queue(
    due: Iterable[DueCard],
    new: Iterable[NewCard],
    limits: Limits,
    day: int,
    seen_items: Set[str] = frozenset(),
    *,
    concept_of: Callable[[str], str | None],
) -> list[str]:
    """The cards of a study day, in the order in which they come.

    First those that must come again today (they have waited longest, and no limit or sibling keeps them
    out); then the due cards; then new ones. Of an item only one card comes a day. Within each of the three
    parts cards move back just so far that no two neighbours are about one concept, where that is possible.

    Args:
        due: most overdue first, as from `Journal.due` or `overdue_first`, without suspended and buried
            cards. It is read only as far as the limit needs.
        new: in the order of the concept graph, without cards that were seen, suspended or buried.
            It is read only as far as the limit needs.
        limits: what may still come today; repeats of today do not count.
        day: the study day; cards due later are left out.
        seen_items: items of which a card was reviewed today.
        concept_of: the concept of a due card's key, or None to leave the card out (it is not in the
            learner's selection, or no longer in any pack).

    Returns:
        Card keys.

    Example:
        >>> due = [DueCard("dl/relu.a/front", 90, 10), DueCard("dl/relu.b/front", 99, 9)]
        >>> new = [NewCard("dl/adam.a/front", "adam"), NewCard("dl/adam.a/back", "adam")]
        >>> build_queue(due, new, Limits(new=20, reviews=1), 100, concept_of=lambda key: "relu")
        ['dl/relu.a/front', 'dl/adam.a/front']
    """
    items = set(seen_items)
    again: list[tuple[str, str]] = []
    reviews: list[tuple[str, str]] = []
    fresh: list[tuple[str, str]] = []

    for card in due:
        if not card.again and len(reviews) >= limits.reviews:
            break  # `again` cards come before all others
        concept = concept_of(card.key)
        if concept is None:
            continue
        item = item_of(card.key)
        if card.again:
            again.append((card.key, concept))
        elif card.due > day or item in items:
            continue
        else:
            reviews.append((card.key, concept))
        items.add(item)

    if limits.new > 0:
        for key, concept in new:
            item = item_of(key)
            if item in items:
                continue
            items.add(item)
            fresh.append((key, concept))
            if len(fresh) >= limits.new:
                break

    queue: list[str] = []
    last = None
    for part in (again, reviews, fresh):
        mixed = interleave(part, last)
        queue += [key for key, _ in mixed]
        last = mixed[-1][1] if mixed else last
    return queue


def interleave(cards: Sequence[tuple[str, str]], last: str | None = None) -> list[tuple[str, str]]:
    """Reorder (key, concept) pairs so that neighbours differ in concept as often as is possible at all.

    Each place takes the earliest card of another concept than the place before. Only when one concept makes
    up more than half of what is left must it come now, or its cards would pile up at the end.
    Cards of one concept keep their order.

    Args:
        cards: in the order wished for.
        last: the concept that came just before.

    Example:
        >>> [key for key, _ in interleave([("a1", "a"), ("a2", "a"), ("b1", "b"), ("c1", "c")])]
        ['a1', 'b1', 'a2', 'c1']
    """
    places: dict[str, deque[int]] = {}
    for place, (_, concept) in enumerate(cards):
        places.setdefault(concept, deque()).append(place)
    first = [(own[0], concept) for concept, own in places.items()]  # the earliest card of each concept left
    heapify(first)
    left = Counter({concept: len(own) for concept, own in places.items()})
    most = [(-count, concept) for concept, count in left.items()]  # may hold outdated counts
    heapify(most)

    mixed: list[tuple[str, str]] = []
    for remaining in range(len(cards), 0, -1):
        while -most[0][0] != left[most[0][1]]:
            heappop(most)
        count, frequent = -most[0][0], most[0][1]
        if 2 * count > remaining and frequent != last:
            concept = frequent
            first.remove((places[concept][0], concept))
            heapify(first)
        else:
            place, concept = heappop(first)
            if concept == last and first:
                skipped = (place, concept)
                _, concept = heappop(first)
                heappush(first, skipped)
        own = places[concept]
        mixed.append(cards[own.popleft()])
        if own:
            heappush(first, (own[0], concept))
        left[concept] -= 1
        heappush(most, (-left[concept], concept))
        last = concept
    return mixed
