"""All that can be said against a pack before anyone studies it: `quizdl pack check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from quizdl.errors import PackError, Problem
from quizdl.packs.cards import faces_of
from quizdl.packs.items import Pack
from quizdl.packs.lints.registry import CAREFUL, Lint, told
from quizdl.packs.source import read


def check(paths: Sequence[Path], *, more: Sequence[Lint] = ()) -> tuple[Pack, tuple[Problem, ...]]:
    """Read a pack, make every lint, and say what is wrong.

    Args:
        paths: the folders and files of one pack.
        more: further lints, for rooms that packs must not know (grading checks answers).

    Returns:
        The pack, and its warnings.

    Raises:
        PackError: with all errors and warnings, when there is an error.
    """
    pack, problems = inspect(paths, more=more)
    if pack is None or any(problem.severity == "error" for problem in problems):
        raise PackError(problems)
    return pack, problems


def inspect(paths: Sequence[Path], *, more: Sequence[Lint] = ()) -> tuple[Pack | None, tuple[Problem, ...]]:
    """As `check`, but return the problems instead of raising them."""
    reading = read(paths)
    if reading.pack is None or reading.problems:
        return reading.pack, reading.problems
    return reading.pack, tuple(told((*CAREFUL, *more), reading.pack, reading.positions))


def summary(pack: Pack) -> str:
    """What a pack holds, in one line.

    Example:
        >>> from quizdl.packs.items import PackInfo, Text
        >>> summary(Pack(info=PackInfo(id="a", title=Text(en="A"), version="1")))
        'a 1: 0 concepts, 0 items, 0 cards'
    """
    kinds = Counter(item.kind for item in pack.items)
    cards = sum(len(faces_of(item)) for item in pack.items)
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    items = counted(len(pack.items), "item") + (f" ({shown})" if shown else "")
    concepts = counted(len(pack.concepts), "concept")
    return f"{pack.info.id} {pack.info.version}: {concepts}, {items}, {counted(cards, 'card')}"


def counted(number: int, what: str) -> str:
    """A number of things.

    Example:
        >>> counted(0, "error"), counted(1, "error"), counted(2, "error")
        ('0 errors', '1 error', '2 errors')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
