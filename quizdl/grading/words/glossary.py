"""All names of all concepts: what else an accepted name brings with it, and what is a rival of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from quizdl.grading.words.forms import dictionary, parts_of, plain, spellings
from quizdl.grading.words.normalising import joined
from quizdl.grading.words.sounds import heard


class Named(Protocol):
    """Names in both languages, as `packs.items.Names` holds them."""

    @property
    def ko(self) -> tuple[str, ...]: ...
    @property
    def en(self) -> tuple[str, ...]: ...


def names_of(names: Named | Iterable[str]) -> tuple[str, ...]:
    """Names in a row, Korean first; a plain sequence of names stays as it is.

    Example:
        >>> names_of(["ReLU", "렐루"])
        ('ReLU', '렐루')
    """
    if isinstance(names, Iterable):
        return tuple(names)
    return (*names.ko, *names.en)


class Entry(NamedTuple):
    """A name, and the number of its concept in the glossary."""

    concept: int
    name: str


class Glossary:
    """The names of every concept; its tables are made on first use.

    Example:
        >>> known = Glossary.build([("adam", ["Adam", "아담"]), ("nadam", ["Nadam"])])
        >>> known.names(known.exact["아담"][0].concept)
        ('Adam', '아담')
    """

    def __init__(self, concepts: Sequence[tuple[str, tuple[str, ...], frozenset[str]]]) -> None:
        self._concepts = tuple(concepts)

    @classmethod
    def build(cls, concepts: Iterable[tuple[str, Named | Iterable[str]]]) -> Glossary:
        """A glossary of (concept id, names); the first name of each language is the canonical one."""
        made = []
        for concept_id, names in concepts:
            flat = names_of(names)
            first = flat[:1] if isinstance(names, Iterable) else (*names.ko[:1], *names.en[:1])
            made.append((concept_id, flat, frozenset(first)))
        return cls(made)

    def __len__(self) -> int:
        return len(self._concepts)

    def id(self, concept: int) -> str:
        """The id of a concept by its number."""
        return self._concepts[concept][0]

    def names(self, concept: int) -> tuple[str, ...]:
        """All names of a concept by its number."""
        return self._concepts[concept][1]

    def _entries(self) -> Iterator[Entry]:
        for number, (_, names, _) in enumerate(self._concepts):
            for name in names:
                yield Entry(number, name)

    @cached_property
    def exact(self) -> dict[str, list[Entry]]:
        """Compact forms and whose they are."""
        table: dict[str, list[Entry]] = {}
        for entry in self._entries():
            for parts in spellings(entry.name):
                table.setdefault(joined(parts), []).append(entry)
        return table

    @cached_property
    def plain(self) -> dict[str, list[Entry]]:
        """Forms without inflection and whose they are."""
        table: dict[str, list[Entry]] = {}
        for entry in self._entries():
            table.setdefault(plain(parts_of(entry.name)), []).append(entry)
        return table

    @cached_property
    def heard(self) -> dict[str, list[Entry]]:
        """Forms by their sound and whose they are."""
        table: dict[str, list[Entry]] = {}
        for text, entries in self.exact.items():
            table.setdefault(heard(text), []).extend(entries)
        return table

    @cached_property
    def sounds(self) -> list[str]:
        """The keys of `heard`, for searches by distance."""
        return list(self.heard)

    @cached_property
    def dictionary(self) -> dict[str, tuple[str, ...]]:
        """English words with their Korean ones."""
        return dictionary(names for _, names, _ in self._concepts)

    def owners(self, accepted: Sequence[str]) -> frozenset[int]:
        """The concepts that accepted names belong to.

        A name that several concepts share (정규화) speaks only for one of which it is the canonical name, or
        of which other accepted names are names too.
        """
        hits: dict[int, set[str]] = {}
        sure: set[int] = set()
        for name in accepted:
            entries = self.exact.get(joined(parts_of(name)), [])
            concepts = {entry.concept for entry in entries}
            for entry in entries:
                hits.setdefault(entry.concept, set()).add(name)
                if len(concepts) == 1 or entry.name in self._concepts[entry.concept][2]:
                    sure.add(entry.concept)
        return frozenset(sure | {concept for concept, names in hits.items() if len(names) > 1})
