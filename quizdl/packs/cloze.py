"""Texts with gaps, in Anki's notation: `{{c1::answer}}` or `{{c1::answer::hint}}`.

Unlike Anki's regular expression, braces are counted, so that an answer may hold LaTeX such as
`{{c1::$\\frac{e^{z_i}}{Z}$}}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPEN = re.compile(r"\{\{c(\d{1,3})::")
_BROKEN = re.compile(r"\{\{\s*[cC]\s*\d+\s*:?(?!:\w)")


class ClozeError(ValueError):
    """A gap that cannot be read; `offset` is its place in the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: the group that hides it, its answer and hint, and whether it stands inside `$...$`."""

    group: int
    answer: str
    hint: str = ""
    maths: bool = False


def parse(text: str) -> tuple[str | Gap, ...]:
    """Split a text into plain pieces and gaps.

    Raises:
        ClozeError: a gap is not closed, empty, or holds another gap.

    Example:
        >>> parse("{{c1::L2::a norm}} shrinks weights")
        (Gap(group=1, answer='L2', hint='a norm', maths=False), ' shrinks weights')
    """
    parts: list[str | Gap] = []
    at = 0
    maths = False
    while found := _OPEN.search(text, at):
        plain = text[at : found.start()]
        _refuse_broken(plain, at)
        maths ^= _dollars(plain) % 2 == 1
        end, split = _close(text, found.end(), found.start())
        answer = text[found.end() : split if split >= 0 else end]
        hint = text[split + 2 : end] if split >= 0 else ""
        if not answer.strip():
            raise ClozeError("a gap must have an answer, received none", found.start())
        if found[1].startswith("0"):
            raise ClozeError(f"gaps are numbered from c1, received c{found[1]}", found.start())
        if plain:
            parts.append(plain)
        parts.append(Gap(int(found[1]), answer, hint, maths))
        at = end + 2
    _refuse_broken(text[at:], at)
    if text[at:]:
        parts.append(text[at:])
    return tuple(parts)


def groups(text: str) -> tuple[int, ...]:
    """The numbers of the groups of gaps, in ascending order.

    Example:
        >>> groups("{{c2::b}} {{c1::a}} {{c2::c}}")
        (1, 2)
    """
    return tuple(sorted({part.group for part in parse(text) if isinstance(part, Gap)}))


def prompt(text: str, group: int) -> str:
    """The text with the gaps of one group hidden and all others filled in.

    Example:
        >>> prompt("{{c1::Adam}} adapts the {{c2::learning rate::two words}}", 2)
        'Adam adapts the **[two words …]**'
        >>> prompt("$s_i = {{c1::\\\\frac{a}{b}}}$", 1)
        '$s_i = [\\\\ldots]$'
    """
    return "".join(
        _hidden(part) if isinstance(part, Gap) and part.group == group else _shown(part)
        for part in parse(text)
    )


def answer(text: str, group: int) -> str:
    """What the gaps of one group hide, in the order of the text.

    Example:
        >>> answer("{{c1::mean}} and {{c1::variance}} of {{c2::a batch}}", 1)
        'mean; variance'
    """
    return "; ".join(answers(text, group))


def answers(text: str, group: int) -> tuple[str, ...]:
    """The answers of one group, each as Markdown; an answer from inside a formula keeps its dollar signs."""
    gaps = (part for part in parse(text) if isinstance(part, Gap) and part.group == group)
    return tuple(
        dict.fromkeys(f"${gap.answer.strip()}$" if gap.maths else gap.answer.strip() for gap in gaps)
    )


def _shown(part: str | Gap) -> str:
    return part.answer if isinstance(part, Gap) else part


def _hidden(gap: Gap) -> str:
    if gap.maths:
        return rf"[\text{{{gap.hint}}}]" if gap.hint else r"[\ldots]"
    return f"**[{gap.hint} …]**" if gap.hint else "**[…]**"


def _dollars(plain: str) -> int:
    """How many dollar signs open or close a formula: `$$` counts once, an escaped one not at all."""
    return len(re.findall(r"(?<!\\)\$\$?", plain))


def _close(text: str, start: int, opened: int) -> tuple[int, int]:
    """Where the gap ends, and where its `::` before the hint stands, or -1."""
    depth, split, at = 0, -1, start
    while at < len(text):
        if text[at] == "\\":
            at += 2
            continue
        if depth == 0 and text.startswith("}}", at):
            return at, split
        if _OPEN.match(text, at):
            raise ClozeError("a gap must not hold another gap", at)
        if depth == 0 and split < 0 and text.startswith("::", at):
            split, at = at, at + 2
            continue
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if depth < 0:
            break
        at += 1
    raise ClozeError(
        "a gap must end with '}}', received the end of the text"
        if depth >= 0
        else "the braces of a gap must pair up, received '}' too early",
        opened,
    )


def _refuse_broken(plain: str, start: int) -> None:
    if found := _BROKEN.search(plain):
        raise ClozeError(
            f"a gap must look like {{{{c1::answer}}}}, received {found[0]!r}", start + found.start()
        )
