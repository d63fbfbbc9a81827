"""Both languages: names that a term asks for, and texts that have only one of the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from quizdl.errors import Problem, Where
from quizdl.packs.items import LANGUAGES, Names, Pack, Term, Text
from quizdl.packs.positions import Positions

_LANGUAGE = {"ko": "Korean", "en": "English"}


def missing_names(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A term without a name in one language, of its own or of its concept: it could not be asked."""
    concepts = {concept.id: concept for concept in pack.concepts}
    for concept in pack.concepts:
        if not concept.names.ko and not concept.names.en:
            where = positions.concept(concept.id, "names")
            yield Problem(where, "names must hold at least one name, received none", code="missing-name")
    for item in pack.items:
        if not isinstance(item, Term):
            continue
        if item.names is not None:
            yield from _nameless(item.id, item.names, positions.item(item.id, "names"))
        elif item.concept in concepts:
            where = positions.concept(item.concept, "names")
            yield from _nameless(item.id, concepts[item.concept].names, where)


def _nameless(term: str, names: Names, where: Where) -> Iterator[Problem]:
    for lang in LANGUAGES:
        if not names.in_(lang):
            message = f"the term {term!r} must have a name in {_LANGUAGE[lang]}, received none"
            yield Problem(where, message, f"add '{lang}: …' to the names", code="missing-name")


def missing_translations(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A text in one language only."""
    for concept in pack.concepts:
        for path, text in texts_of(concept):
            yield from _untranslated(text, positions.concept(concept.id, *path), path)
    for item in pack.items:
        for path, text in texts_of(item):
            yield from _untranslated(text, positions.item(item.id, *path), path)


def _untranslated(text: Text, where: Where, path: tuple[str | int, ...]) -> Iterator[Problem]:
    for lang in LANGUAGES:
        if text and not (text.ko if lang == "ko" else text.en).strip():
            yield Problem(
                where,
                f"{named(path)} should be in both languages, received no {_LANGUAGE[lang]}",
                f"add '{lang}: …'",
                severity="warning",
                code="missing-translation",
            )


def texts_of(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Text]]:
    """All texts below a value, with their paths."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for at, entry in enumerate(value):
            yield from texts_of(entry, (*path, at))
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name), (*path, field.name))


def named(path: tuple[str | int, ...]) -> str:
    """A path as messages show it.

    Example:
        >>> named(("options", 0, "text"))
        'options[0].text'
    """
    shown = ""
    for step in path:
        shown += f"[{step}]" if isinstance(step, int) else f".{step}" if shown else step
    return shown
