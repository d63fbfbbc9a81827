"""Clozes: gaps that can be read, and the same groups in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.packs import cloze
from quizdl.packs.items import LANGUAGES, Cloze, Lang, Pack
from quizdl.packs.positions import Positions

MAX_GROUPS = 20


def texts(pack: Pack) -> Iterator[tuple[Cloze, Lang, str]]:
    """The texts of all clozes, in each language that they have."""
    for item in pack.items:
        if isinstance(item, Cloze):
            for lang in LANGUAGES:
                if text := (item.text.ko if lang == "ko" else item.text.en):
                    yield item, lang, text


def unreadable_gaps(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A gap that is not `{{c1::answer}}` or `{{c1::answer::hint}}`, or a cloze without any."""
    for item, lang, text in texts(pack):
        try:
            found = cloze.groups(text)
        except cloze.ClozeError as error:
            where = positions.item(item.id, "text", lang, snippet=text[error.offset : error.offset + 12])
            yield Problem(where, error.message, "write {{c1::answer}} or {{c1::answer::hint}}", code="cloze")
            continue
        if len(found) > MAX_GROUPS:
            message = f"a cloze must have at most {MAX_GROUPS} groups of gaps, received {len(found)}"
            yield Problem(positions.item(item.id, "text", lang), message, "split the item", code="cloze")
        if not found:
            where = positions.item(item.id, "text", lang)
            message = "a cloze must have a gap, received a text without any"
            yield Problem(where, message, "write {{c1::…}} around what to recall", code="cloze")


def different_gaps(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A cloze whose languages have different groups, so that a card would have no gap in one of them."""
    for item in pack.items:
        if not isinstance(item, Cloze) or not (item.text.ko and item.text.en):
            continue
        try:
            ko, en = cloze.groups(item.text.ko), cloze.groups(item.text.en)
        except cloze.ClozeError:
            continue  # reported by unreadable_gaps
        if ko != en and ko and en:
            shown = [", ".join(f"c{group}" for group in groups) for groups in (ko, en)]
            message = (
                f"both languages must have the same gaps, received {shown[0]} in ko and {shown[1]} in en"
            )
            yield Problem(positions.item(item.id, "text"), message, code="cloze-groups")
