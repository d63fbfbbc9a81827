"""Everything there is to study: the bundled pack and the installed ones, as one ordered list of cards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from quizdl.errors import PackError, Problem, Where
from quizdl.packs.bundled import bundled_paths
from quizdl.packs.cache import CachedPack, Entry, load
from quizdl.packs.cards import Card
from quizdl.packs.items import AnyItem, Concept, PackInfo


class Library:
    """The cards of all packs, read-only; items are decoded when they are asked.

    Attributes:
        packs: what each pack says about itself, the bundled one first.
        cards: all cards in the order in which they are learnt: pack by pack, along the concept graph, then
            in the order of the files and faces.
        by_key: card by `pack/item/face`.
        concepts: concept by (pack, id).
        problems: why a pack is not among `packs`.
    """

    def __init__(self, packs: Sequence[CachedPack], problems: Sequence[Problem] = ()) -> None:
        self.packs: tuple[PackInfo, ...] = tuple(pack.header.info for pack in packs)
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.concepts: Mapping[tuple[str, str], Concept] = {
            (pack.header.info.id, concept.id): concept for pack in packs for concept in pack.header.concepts
        }
        self._packs = {pack.header.info.id: pack for pack in packs}
        self._entries: dict[tuple[str, str], Entry] = {}
        cards: list[Card] = []
        for pack in packs:
            name = pack.header.info.id
            for entry in pack.header.entries:
                item, kind, concept, tags, faces, _, _ = entry
                self._entries[name, item] = entry
                for face in faces:
                    key = f"{name}/{item}/{face}"
                    cards.append(Card(key, name, item, face, concept, kind, len(cards), tags))
        self.cards: Sequence[Card] = cards
        self.by_key: Mapping[str, Card] = {card.key: card for card in cards}

    @classmethod
    def open(cls, home: Path, extra: Sequence[Path] = ()) -> Library:
        """Open the bundled pack, the installed ones, and any others by their paths.

        Args:
            home: the learner's folder; packs lie below `packs/`, caches below `cache/`.
            extra: folders or files that are packs of their own, not installed.

        Returns:
            The library. A pack that cannot be read, or whose id is taken, is a problem and not an error.
        """
        packs: dict[str, CachedPack] = {}
        problems: list[Problem] = []
        for paths in _sources(home, extra, problems):
            try:
                pack = load(paths, home / "cache" / "packs")
            except PackError as error:
                problems += error.problems
                continue
            name = pack.header.info.id
            if name in packs:
                message = f"the id of a pack must be unique, received {name!r} again"
                problems.append(Problem(Where(str(paths[0])), message, code="duplicate-pack"))
            else:
                packs[name] = pack
        return cls(tuple(packs.values()), problems)

    def item(self, card: Card | str) -> AnyItem:
        """The item of a card, or of the key of one.

        Raises:
            KeyError: there is no such card.
        """
        card = self.by_key[card] if isinstance(card, str) else card
        return self._packs[card.pack].item(self._entries[card.pack, card.item])

    def items(self, pack: str) -> Iterator[AnyItem]:
        """All items of a pack, in the order in which they are learnt."""
        return map(self._packs[pack].item, self._packs[pack].header.entries)

    def concept(self, pack: str, concept: str) -> Concept:
        """A concept of a pack.

        Raises:
            KeyError: there is no such concept.
        """
        return self.concepts[pack, concept]


def _sources(home: Path, extra: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, ...]]:
    if bundled := bundled_paths():
        yield bundled
    packs = home / "packs"
    if any(packs.glob("*.json")):
        from quizdl.packs.install import damaged, installed

        problems += damaged(home)
        for entry in installed(home):
            yield (packs / entry.folder,)
    for path in extra:
        yield (path,)
