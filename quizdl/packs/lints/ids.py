"""Ids are the names by which the journal knows cards, so each must be used once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from quizdl.errors import Problem, Where
from quizdl.packs.items import Pack
from quizdl.packs.positions import Positions


def duplicate_items(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Two items with one id."""
    yield from _repeated("an item", (item.id for item in pack.items), positions.item)


def duplicate_concepts(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Two concepts with one id."""
    yield from _repeated("a concept", (concept.id for concept in pack.concepts), positions.concept)


def _repeated(what: str, ids: Iterable[str], place: Callable[..., Where]) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        for nth in range(1, count):
            yield Problem(
                place(name, "id", nth=nth),
                f"the id of {what} must be unique, received {name!r} again",
                f"it stands already at {place(name, 'id')}",
                code="duplicate-id",
            )
