"""From the learner's wishes to the keys of a session: filters, limits, and what was done today."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from quizdl.errors import UsageError
from quizdl.scheduling.queue import DueCard, Limits, NewCard, build_queue, item_of

if TYPE_CHECKING:
    from quizdl.journal.store import Journal
    from quizdl.packs.cards import Card
    from quizdl.packs.library import Library
    from quizdl.settings import Settings
    from quizdl.study.values import Filters


def today_queue(
    library: Library, journal: Journal, settings: Settings, filters: Filters, day: int
) -> list[str]:
    """The keys of today's cards.

    What was done today already counts: the daily limits shrink by it and siblings of its cards stay away, so
    that a session which was cut off goes on with the cards that it still had. A buried card keeps its
    siblings away too.

    Args:
        library: everything installed.
        journal: what happened so far.
        settings: the daily limits.
        filters: which cards; `filters.new` stands in for what is left of today's new cards.
        day: the study day.

    Returns:
        Keys, in the order of `scheduling.queue.build_queue`.
    """
    wanted = matcher(filters, library)
    by_key = library.by_key
    hidden = journal.hidden(day)
    done = journal.today(day)
    limits = Limits(
        new=max(0, settings.new_per_day - done.introduced) if filters.new is None else filters.new,
        reviews=max(0, settings.reviews_per_day - done.reviewed),
    )
    buried = {key for key, state in journal.states(hidden).items() if state.buried_until > day}
    repeats: set[str] = set()

    def due() -> Iterator[DueCard]:
        for card in journal.due(day):
            if card.again:
                repeats.add(card.key)
            yield card

    def new() -> Iterator[NewCard]:
        seen = journal.seen()  # asked for only when the limit leaves room for new cards
        for card in library.cards:
            if card.key not in seen and card.key not in hidden and wanted(card):
                yield NewCard(card.key, card.concept)

    def concept_of(key: str) -> str | None:
        card = by_key.get(key)
        return card.concept if card is not None and wanted(card) else None

    queue = build_queue(
        due(), new(), limits, day, {item_of(key) for key in done.cards | buried}, concept_of=concept_of
    )
    if filters.limit is None:
        return queue
    # Repeats come first and are no new cards of this session: the limit counts from behind them.
    return queue[: sum(key in repeats for key in queue) + filters.limit]


def cram_queue(
    library: Library, journal: Journal, filters: Filters, day: int, rng: random.Random
) -> list[str]:
    """The keys of every matching card that is not suspended, in random order.

    Args:
        library: everything installed.
        journal: which cards are suspended.
        filters: which cards.
        day: the study day.
        rng: shuffles.
    """
    wanted = matcher(filters, library)
    suspended = {key for key, state in journal.states(journal.hidden(day)).items() if state.suspended}
    keys = [card.key for card in library.cards if card.key not in suspended and wanted(card)]
    rng.shuffle(keys)
    return keys if filters.limit is None else keys[: filters.limit]


def matcher(filters: Filters, library: Library) -> Callable[[Card], bool]:
    """Whether a card is one that the filters ask for."""
    concept, pack, kind, tags = filters.concept, filters.pack, filters.kind, frozenset(filters.tags)
    if not filters.narrows:
        return lambda card: True

    def matches(card: Card) -> bool:
        if pack and card.pack != pack:
            return False
        if kind and card.kind != kind:
            return False
        if not tags <= set(card.tags):
            return False
        # The body of an item is read only when its card did not say enough.
        return not concept or card.concept == concept or concept in library.item(card).also

    return matches


def checked(filters: Filters, library: Library) -> Filters:
    """The filters with the concept as an id, or a clear refusal.

    A concept may be given by its id or by any of its names in Korean or English.

    Raises:
        UsageError: no such concept, pack, kind or tag, with the nearest one; a negative number; `cram` with
            `new`.
    """
    from dataclasses import replace

    from quizdl.packs.items import KINDS

    for name, number in (("--limit", filters.limit), ("--new", filters.new)):
        if number is not None and number < 0:
            raise UsageError(f"{name} must be 0 or more, received {number}")
    if filters.cram and filters.new is not None:
        raise UsageError("--new cannot go with --cram: cramming shows cards without scheduling them")
    if filters.pack is not None:
        _known("pack", filters.pack, [info.id for info in library.packs])
    if filters.kind is not None:
        _known("kind", filters.kind, KINDS)
    if filters.tags:
        tags = sorted({tag for card in library.cards for tag in card.tags})
        for tag in filters.tags:
            _known("tag", tag, tags)
    if filters.concept is None:
        return filters
    return replace(filters, concept=_concept_id(filters.concept, library))


def _concept_id(given: str, library: Library) -> str:
    names: dict[str, str] = {}
    for concept in library.concepts.values():
        names.setdefault(concept.id, concept.id)
    if given in names:
        return given
    for concept in library.concepts.values():
        for name in (*concept.names.ko, *concept.names.en):
            names.setdefault(name.casefold(), concept.id)
    found = names.get(given.casefold())
    if found is None:
        _known("concept", given, names)
        raise AssertionError("unreachable: the name is not known")
    return found


def _known(what: str, given: str, names: Iterable[str]) -> None:
    names = list(names)
    if given in names:
        return
    from quizdl.nearest import nearest

    near = nearest(given, names)
    listed = ", ".join(islice(names, 12))
    hint = f"did you mean {near!r}?" if near else f"there are: {listed}" if 0 < len(names) <= 12 else ""
    raise UsageError(f"there is no {what} {given!r}", hint=hint)
