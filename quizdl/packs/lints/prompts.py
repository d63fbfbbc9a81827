"""Prompts that nearly repeat one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.packs.items import (
    LANGUAGES,
    Choice,
    Code,
    Derivation,
    Expression,
    Flashcard,
    Item,
    Listing,
    Match,
    Numeric,
    Order,
    Pack,
    Short,
    Term,
    Text,
)
from quizdl.packs.lints.choices import folded
from quizdl.packs.positions import Positions

Key = tuple[str, str]

NEAR = 92.0
"""Similarity in percent (normalised edit distance) from which two prompts count as one."""
COMPARED = 300
"""Characters of a prompt that are compared."""
MAX_COMPARISONS = 50_000_000
"""So that no pack, however large, keeps the check busy for more than a minute."""


def near_duplicates(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Two items whose prompts are nearly the same in one language, with the same numbers and plot."""
    from rapidfuzz import fuzz, process

    comparisons = 0
    for lang in LANGUAGES:
        # Only prompts of nearly the same length can be near, and only these are compared.
        asked: dict[Key, dict[int, list[tuple[str, int]]]] = defaultdict(lambda: defaultdict(list))
        for at, item in enumerate(pack.items):
            field, text = prompt_of(item)
            said = folded(text.ko if lang == "ko" else text.en)[:COMPARED]
            size = len(said)
            if not field or size < 8:
                continue
            alike = asked[_key(item, said)]
            lengths = range(int(size * 0.85), int(size / 0.85) + 1)
            near = [entry for length in lengths if length in alike for entry in alike[length]]
            comparisons += len(near)
            if comparisons > MAX_COMPARISONS:
                return
            found = process.extractOne(said, [said for said, _ in near], scorer=fuzz.ratio, score_cutoff=NEAR)
            alike[size].append((said, at))
            if found is None:
                continue
            other = pack.items[near[found[2]][1]]
            yield Problem(
                positions.item(item.id, field),
                f"prompts should differ, received nearly {other.id!r} again ({lang}, {found[1]:.0f} %)",
                f"it stands at {positions.item(other.id, prompt_of(other)[0])}",
                severity="warning",
                code="near-duplicate",
            )


def prompt_of(item: Item) -> tuple[str, Text]:
    """The field of an item that asks, and its text."""
    if isinstance(item, Term):
        return "definition", item.definition
    if isinstance(item, Flashcard):
        return "front", item.front
    if isinstance(item, (Choice, Short, Listing, Order, Match, Numeric, Expression, Derivation, Code)):
        return "prompt", item.prompt
    return "", Text()


def _key(item: Item, said: str) -> Key:
    """What two prompts must share to be compared: the numbers and the plot are what is asked about."""
    plot = item.plot if isinstance(item, Choice) else None
    return "".join(char for char in said if char.isdigit()), repr(plot)
