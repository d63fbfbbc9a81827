"""From items to cards: what is scheduled."""

from __future__ import annotations

from dataclasses import dataclass

from quizdl.packs import cloze
from quizdl.packs.items import Cloze, Flashcard, Item, Term


@dataclass(frozen=True, slots=True)
class Card:
    """The schedulable unit: one face of one item. Cards of the same item are siblings.

    Attributes:
        key: `pack/item/face`, the name of the card in the journal.
        position: place among all cards: by the concept graph, then the order of the files, then the faces.
    """

    key: str
    pack: str
    item: str
    face: str
    concept: str
    kind: str
    position: int
    tags: tuple[str, ...] = ()


def faces_of(item: Item) -> tuple[str, ...]:
    """The faces of an item, in the order in which they are learnt.

    Example:
        >>> from quizdl.packs.items import Text
        >>> faces_of(Flashcard(id="a.b", concept="a", front=Text(en="?"), back=Text(en="!"), reversed=True))
        ('front', 'back')
    """
    if isinstance(item, Term):
        return ("ko-en", "en-ko", "definition")
    if isinstance(item, Flashcard):
        return ("front", "back") if item.reversed else ("front",)
    if isinstance(item, Cloze):
        found = {group for text in (item.text.ko, item.text.en) for group in cloze.groups(text)}
        return tuple(f"c{group}" for group in sorted(found))
    return ("main",)
