"""Letters and numbers that a learner types for what is shown in rows: options, steps, sides of pairs.

Korean learners type in Hangul mode and in full width: `ㅠ` is the option b, `４` is 4. What cannot be
understood is a `Feedback`, which costs nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizdl.grading.verdict import Feedback

if TYPE_CHECKING:
    from quizdl.packs.items import Text

_BETWEEN = re.compile(r"[\s,;/·、.)]+")
_CHAIN = re.compile(r"[\s,;/·、.)(>→\-–—]+")
_LINES = re.compile(r"\s*(?:\n|;|→|->|>)\s*")
_PAIR = re.compile(r"([0-9]{1,2})\s*(?:[-–—:=.)→>]|->|=>)*\s*([a-z])(?![a-z])")
MOST = 1_000
"""Characters of an answer that may be one; what is longer names nothing."""


def clean(line: str) -> str:
    """A line as it was meant: full-width characters made normal, spaces at the ends gone.

    Typed jamo stay as they are, for NFKC would turn them into other characters than those of the keys.

    Example:
        >>> clean("　：ｕｎｄｏ　\\n"), clean("４"), clean("ㅠ")
        (':undo', '4', 'ㅠ')
    """
    folded = "".join(
        character if "\u3130" <= character <= "\u318f" else unicodedata.normalize("NFKC", character)
        for character in unicodedata.normalize("NFC", line)
    )
    return re.sub(r"\s+", " ", folded).strip()


def latin(text: str) -> str:
    """The keys that were pressed, for text typed in Hangul mode.

    Example:
        >>> latin("ㅕㅜ애"), latin("undo")
        ('undo', 'undo')
    """
    if text.isascii():
        return text
    from quizdl.typeset.hangul import to_keys  # only for lines with Hangul in them

    return to_keys(text)


def rows(line: str, count: int, *, chain: bool = False) -> list[int] | str:
    """The rows that a line names, from 0, by letters or numbers.

    Args:
        line: a cleaned line such as `b`, `A, C`, `1 3`, `ac`, `13`.
        count: how many rows there are.
        chain: `B > A > C` and `b-a-c` are rows in order; else `a-c` might be a range, and is refused.

    Returns:
        The rows in the order typed; or, when a part of the line names no row, that part.

    Example:
        >>> rows("b", 4), rows("A, C", 4), rows("13", 4), rows("ㅠ", 4)
        ([1], [0, 2], [0, 2], [1])
        >>> rows("12", 12), rows("e", 4), rows("5", 4), rows("b or c", 4)
        ([11], 'e', '5', 'or')
    """
    found: list[int] = []
    for part in (_CHAIN if chain else _BETWEEN).split(latin(line).casefold()):
        if not part:
            continue
        named = _part(part, count)
        if named is None:
            return part
        found += named
    return found


def _part(part: str, count: int) -> list[int] | None:
    if re.fullmatch(r"[0-9]+", part):
        numbers = [int(part)] if int(part) <= count or len(part) == 1 else [int(digit) for digit in part]
        found = [number - 1 for number in numbers]
    elif re.fullmatch(r"[a-z]+", part):
        found = [ord(letter) - ord("a") for letter in part]
    else:
        return None
    return found if all(0 <= row < count for row in found) else None


def chosen(
    line: str, texts: Sequence[Text], order: Sequence[int], *, chain: bool = False
) -> tuple[int, ...] | Feedback:
    """The authored indexes that a line names, in the order typed: by letters, numbers or whole texts.

    A number counts rows, even where the texts are numbers themselves.

    Args:
        line: as typed.
        texts: what is shown, as authored.
        order: `order[row]` is the authored index of what is shown in that row.
        chain: see `rows`.

    Example:
        >>> from quizdl.packs.items import Text
        >>> shown = [Text(ko="렐루", en="ReLU"), Text(ko="탄젠트", en="tanh"), Text(en="sigmoid")]
        >>> chosen("b, C", shown, [2, 0, 1]), chosen(" relu", shown, [2, 0, 1])
        ((0, 1), (0,))
        >>> chosen("z", shown, [2, 0, 1]).params
        {'part': 'Z', 'last': 'C'}
    """
    last = chr(ord("A") + len(order) - 1)
    if len(line) > MOST:
        return Feedback("rows.unknown", {"part": f"{line[:40]}…", "last": last})
    named = rows(clean(line), len(order), chain=chain)
    if not isinstance(named, str):
        return tuple(order[row] for row in named)
    by_text: dict[str, int] = {}
    for index in order:
        for text in (texts[index].ko, texts[index].en):
            if text:
                by_text.setdefault(_folded(text), index)
    for parts in ([line], _LINES.split(line.strip()), line.split(",")):
        found = [by_text.get(_folded(part)) for part in parts if part.strip()]
        if found and None not in found:
            return tuple(index for index in found if index is not None)
    return Feedback("rows.unknown", {"part": named[:40].upper(), "last": last})


def pairs(line: str, lefts: int, order: Sequence[int]) -> tuple[tuple[int, int], ...] | Feedback:
    """The pairs that a line names: `1-b 2-a`, `1b2a`, or only the letters in the order of the left side.

    Args:
        line: as typed.
        lefts: how many there are on the left, numbered.
        order: `order[row]` is the authored index of what is shown on the right in that row, with a letter.

    Returns:
        (left, right) as authored.

    Example:
        >>> pairs("1-b, 2-a", 2, [0, 1, 2]), pairs("B A", 2, [0, 1, 2])
        (((0, 1), (1, 0)), ((0, 1), (1, 0)))
        >>> pairs("1-b, 3-a", 2, [0, 1]).code
        'match.unknown'
    """
    last = chr(ord("A") + len(order) - 1)
    if len(line) > MOST:
        return Feedback("match.unknown", {"part": f"{line[:40]}…", "lefts": lefts, "last": last})
    written = latin(clean(line)).casefold()
    found = _PAIR.findall(written)
    rest = _CHAIN.sub("", _PAIR.sub("", written))
    if not found and len(rest) == lefts and re.fullmatch(r"[a-z]+", rest):
        found, rest = [(str(at), letter) for at, letter in enumerate(rest, 1)], ""
    wrong = rest or next(
        (
            f"{number}-{letter}"
            for number, letter in found
            if not 1 <= int(number) <= lefts or ord(letter) - ord("a") >= len(order)
        ),
        "",
    )
    if wrong:
        return Feedback("match.unknown", {"part": wrong[:40].upper(), "lefts": lefts, "last": last})
    return tuple((int(number) - 1, order[ord(letter) - ord("a")]) for number, letter in found)


def _folded(text: str) -> str:
    return "".join(clean(text).casefold().split())
