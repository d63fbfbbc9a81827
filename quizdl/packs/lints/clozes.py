"""Clozes: gaps that can be read, the same groups in both languages, and no answer left in sight."""

from __future__ import annotations

from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.packs import cloze
from quizdl.packs.items import LANGUAGES, Cloze, Lang, Pack
from quizdl.packs.lints.choices import folded
from quizdl.packs.positions import Positions

MAX_GROUPS = 20


def _texts(pack: Pack) -> Iterator[tuple[Cloze, Lang, str]]:
    for item in pack.items:
        if isinstance(item, Cloze):
            for lang in LANGUAGES:
                if text := (item.text.ko if lang == "ko" else item.text.en):
                    yield item, lang, text


def unreadable_gaps(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A gap that is not `{{c1::answer}}` or `{{c1::answer::hint}}`, or a cloze without any."""
    for item, lang, text in _texts(pack):
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


def answer_in_sight(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A cloze that shows an answer elsewhere in its own prompt."""
    for item, lang, text in _texts(pack):
        for group in cloze.groups(text):
            visible = folded(cloze.prompt(text, group))
            for answer in cloze.answers(text, group):
                if len(folded(answer)) > 2 and _stands_in(answer, cloze.prompt(text, group), visible):
                    yield Problem(
                        positions.item(item.id, "text", lang, snippet=f"{{{{c{group}::{answer.strip('$')}"),
                        f"a gap should hide its answer, received {answer!r} also in sight of c{group}",
                        "give both places the same gap number, or reword one",
                        severity="warning",
                        code="answer-in-sight",
                    )


def _stands_in(answer: str, prompt: str, visible: str) -> bool:
    """Whether an answer stands in a prompt: Latin as whole words, Hangul anywhere, as it takes endings."""
    if not answer.isascii():
        return folded(answer) in visible
    words = prompt.casefold()
    at = words.find(answer.casefold())
    while at >= 0:
        before, after = words[at - 1 : at], words[at + len(answer) : at + len(answer) + 1]
        if not (_latin(before) or _latin(after)):
            return True
        at = words.find(answer.casefold(), at + 1)
    return False


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
