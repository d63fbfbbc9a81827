"""Choices: at least one option right and one wrong, no two alike, and a reason for each wrong one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.packs.items import LANGUAGES, Choice, Pack
from quizdl.packs.positions import Positions


def _choices(pack: Pack) -> Iterator[Choice]:
    return (item for item in pack.items if isinstance(item, Choice))


def right_options(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A choice with no right option, or with nothing but right ones."""
    for item in _choices(pack):
        right = sum(option.right for option in item.options)
        where = positions.item(item.id, "options")
        if right == 0:
            message = "at least one option must be right, received none"
            yield Problem(where, message, "add 'right: true' to it", code="no-right-option")
        elif right == len(item.options):
            message = "at least one option must be wrong, received only right ones"
            yield Problem(where, message, code="no-wrong-option")


def options_alike(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Two options that read the same in one language, case and spaces aside."""
    for item in _choices(pack):
        told: set[tuple[int, int]] = set()
        for lang in LANGUAGES:
            seen: dict[str, int] = {}
            for at, option in enumerate(item.options):
                first = seen.setdefault(folded(option.text.in_(lang)), at)
                if first == at or (first, at) in told:
                    continue
                told.add((first, at))
                yield Problem(
                    positions.item(item.id, "options", at, "text"),
                    f"options must differ, received {option.text.in_(lang)!r} again",
                    f"options[{first}] says the same",
                    code="options-alike",
                )


def folded(text: str) -> str:
    """A text without what tells no two apart: form of characters, case (outside formulas), spaces.

    Example:
        >>> folded("L2  Norm") == folded("l2 norm"), folded("$X$") == folded("$x$")
        (True, False)
    """
    normal = unicodedata.normalize("NFC", text)
    # Case tells symbols apart: X is a matrix where x is a vector.
    parts = [part if at % 2 else part.casefold() for at, part in enumerate(normal.split("$"))]
    return "".join("$".join(parts).split())


def missing_feedback(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A wrong option without a word on why it is wrong."""
    for item in _choices(pack):
        for at, option in enumerate(item.options):
            if not option.right and not option.feedback:
                yield Problem(
                    positions.item(item.id, "options", at),
                    "a wrong option should say why it is wrong, received no feedback",
                    "add 'feedback: {ko: …, en: …}'",
                    severity="warning",
                    code="missing-feedback",
                )
