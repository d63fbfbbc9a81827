"""Prompts that nearly repeat one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.packs.items import Choice, Flashcard, Item, Pack, Plot, Term, Text
from quizdl.packs.lints.choices import folded
from quizdl.packs.positions import Positions

NEAR = 92.0
"""Similarity in percent (normalised edit distance) from which two prompts count as one."""


def near_duplicates(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Two items whose prompts are nearly the same in one language, and ask it of the same plot."""
    from rapidfuzz import fuzz, process

    for lang in ("ko", "en"):
        # Prompts of very different length cannot be near, so only neighbours in length are compared.
        asked: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for at, item in enumerate(pack.items):
            field, text = prompt_of(item)
            said = folded(text.ko if lang == "ko" else text.en)
            if not field or len(said) < 8:
                continue
            size = len(said)
            near = [
                entry for length in range(int(size * 0.85), int(size / 0.85) + 1) for entry in asked[length]
            ]
            found = process.extractOne(
                said, [entry[0] for entry in near], scorer=fuzz.ratio, score_cutoff=NEAR
            )
            asked[size].append((said, at))
            if found is None:
                continue
            other = pack.items[near[found[2]][1]]
            if _plot(other) != _plot(item) or _numbers(found[0]) != _numbers(said):
                continue
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
    if isinstance(item, Choice):
        return "prompt", item.prompt
    return "", Text()


def _plot(item: Item) -> Plot | None:
    return item.plot if isinstance(item, Choice) else None


def _numbers(text: str) -> list[str]:
    return [char for char in text if char.isdigit()]
