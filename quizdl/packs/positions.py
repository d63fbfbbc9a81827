"""Where each part of a pack stands in its files: kept beside the values, walked only to report a problem."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from quizdl.errors import Where
from quizdl.packs.yaml12 import Document, Map, Place, Seq

Path: TypeAlias = Iterable[str | int]


def place_of(node: Map | Seq, path: Path, *, key: bool = False) -> Place:
    """The place of the value at `path` below a node, as near as the path leads; with `key`, of its key.

    Example:
        >>> from quizdl.packs.yaml12 import load
        >>> document, _ = load(b"a:\\n  - b: 1\\n", "x.yaml")
        >>> place_of(document.root, ["a", 0, "b"]), place_of(document.root, ["a", 0, "b"], key=True)
        ((2, 8), (2, 5))
    """
    at: Place = node.at
    value: object = node
    for step in path:
        if isinstance(value, Map) and isinstance(step, str) and step in value:
            at = value.keys_at[step] if key else value.values_at[step]
        elif isinstance(value, Seq) and isinstance(step, int) and step < len(value):
            at = value.values_at[step]
        else:
            break
        value = value[step]  # type: ignore[index]
    return at


class Positions:
    """Where the concepts and items of a pack stand; of those with the same id, all of them, in order."""

    def __init__(self) -> None:
        self.pack_at = Where("")
        self._concepts: dict[str, list[tuple[Document, Map]]] = {}
        self._items: dict[str, list[tuple[Document, Map]]] = {}

    def add_concept(self, concept: str, document: Document, node: Map) -> None:
        """Note where a concept stands."""
        self._concepts.setdefault(concept, []).append((document, node))

    def add_item(self, item: str, document: Document, node: Map) -> None:
        """Note where an item stands."""
        self._items.setdefault(item, []).append((document, node))

    def concept(
        self, concept: str, *path: str | int, nth: int = 0, snippet: str = "", offset: int = 0
    ) -> Where:
        """The place of a value in a concept; with a snippet, of that text within the value."""
        return _where(self._concepts, concept, path, nth, snippet, offset)

    def item(self, item: str, *path: str | int, nth: int = 0, snippet: str = "", offset: int = 0) -> Where:
        """The place of a value in an item; with a snippet, of that text within the value.

        Args:
            item: the id of the item.
            path: the keys and indexes that lead to the value.
            nth: which of the items with this id, from 0.
            snippet: a part of the value to look for, from which `offset` characters are counted.
            offset: how far into the snippet the place is.
        """
        return _where(self._items, item, path, nth, snippet, offset)


def _where(
    known: dict[str, list[tuple[Document, Map]]],
    name: str,
    path: tuple[str | int, ...],
    nth: int,
    snippet: str,
    offset: int,
) -> Where:
    if name not in known:
        return Where("")
    document, node = known[name][nth]
    place = place_of(node, path)
    return document.where(_within(document, place, snippet, offset) if snippet else place)


def _within(document: Document, place: Place, snippet: str, offset: int) -> Place:
    """Where a snippet next stands at or after a place, and `offset` characters on; else the place itself.

    Looking into the source is right for every style of scalar, plain, quoted or block, without undoing its
    escapes. Only what the source folds or escapes is not found.
    """
    line, column = place
    lines = document.lines()
    blank = len(snippet) - len(snippet.lstrip())  # an empty first line would be found anywhere
    snippet, offset = snippet[blank:], max(0, offset - blank)
    row = snippet.count("\n", 0, offset)
    wanted = snippet.split("\n")
    into = offset - sum(len(text) + 1 for text in wanted[:row])
    for first in (wanted[0], wanted[0].replace("'", "''"), wanted[0].replace("\\", "\\\\")):
        for number in range(line - 1, min(line + 199, len(lines))):
            at = lines[number].find(first, column - 1 if number == line - 1 else 0)
            if at < 0 or number + row >= len(lines):
                continue
            if row:
                at = max(0, lines[number + row].find(wanted[row]))
            return number + row + 1, min(at + into, len(lines[number + row])) + 1
    return place
