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

    def concept(self, concept: str, *path: str | int, nth: int = 0) -> Where:
        """The place of a value in a concept."""
        return _where(self._concepts, concept, path, nth)

    def item(self, item: str, *path: str | int, nth: int = 0, snippet: str = "") -> Where:
        """The place of a value in an item; with a snippet, of that text in the value, if it can be found."""
        return _where(self._items, item, path, nth, snippet)

    def concept_text(self, concept: str, *path: str | int, snippet: str) -> Where:
        """The place of a snippet of text within a value of a concept, as near as it can be found."""
        return _where(self._concepts, concept, path, 0, snippet)


def _where(
    known: dict[str, list[tuple[Document, Map]]],
    name: str,
    path: tuple[str | int, ...],
    nth: int,
    snippet: str = "",
) -> Where:
    if name not in known:
        return Where("")
    document, node = known[name][nth]
    place = place_of(node, path)
    return document.where(_snippet(document, place, snippet) if snippet else place)


def _snippet(document: Document, place: Place, snippet: str) -> Place:
    """Where the first line of a snippet next stands at or after a place; else the place itself.

    Looking into the source is right for every style of scalar, quoted, plain or block, without undoing
    its escapes; only a snippet that the source writes with escapes or folded is not found.
    """
    line, column = place
    first = snippet.strip().split("\n", 1)[0]
    for number, text in enumerate(document.lines()[line - 1 : line + 199], line):
        at = text.find(first, column - 1 if number == line else 0)
        if at >= 0:
            return number, at + 1
    return place
