"""Answers that a card shows before it is asked."""

from __future__ import annotations

from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.packs import cloze
from quizdl.packs.items import LANGUAGES, Pack, Term
from quizdl.packs.lints.choices import folded
from quizdl.packs.lints.clozes import texts
from quizdl.packs.positions import Positions


def name_in_definition(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A term whose definition says the name that it asks for."""
    concepts = {concept.id: concept for concept in pack.concepts}
    for item in pack.items:
        if not isinstance(item, Term):
            continue
        names = item.names or concepts[item.concept].names
        for lang in LANGUAGES:
            said = item.definition.ko if lang == "ko" else item.definition.en
            name = next((name for name in names.in_(lang) if _stands_in(name, said)), None)
            if name is not None:
                yield Problem(
                    positions.item(item.id, "definition", lang, snippet=name),
                    f"a definition should not say the name it asks for, received {name!r} in it",
                    "say it in other words",
                    severity="warning",
                    code="answer-in-sight",
                )


def answer_beside_gap(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A cloze that shows an answer elsewhere in its own prompt."""
    for item, lang, text in texts(pack):
        for group in cloze.groups(text):
            prompt = cloze.prompt(text, group)
            for answer in cloze.answers(text, group):
                if _stands_in(answer, prompt):
                    yield Problem(
                        positions.item(item.id, "text", lang, snippet=f"{{{{c{group}::{answer.strip('$')}"),
                        f"a gap should hide its answer, received {answer!r} also in sight of c{group}",
                        "give both places the same gap number, or reword one",
                        severity="warning",
                        code="answer-in-sight",
                    )


def _stands_in(answer: str, prompt: str) -> bool:
    """Whether an answer stands in a prompt: Latin as whole words, Hangul anywhere, as it takes endings.

    Answers of one or two characters are no telling find.
    """
    if len(folded(answer)) < 3:
        return False
    if not answer.isascii():
        return folded(answer) in folded(prompt)
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
