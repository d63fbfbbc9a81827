"""How many terminal cells a text takes, and cutting, filling and wrapping text by cells.

The terminal, not the font, decides: a Hangul syllable takes two cells, a combining mark none. The rules are
those of Unicode's East Asian Width (ambiguous counts as narrow) with the standard library's tables, which
cost 0.2 ms to import where rich.cells costs 10 and wcwidth 25; a test holds them equal to rich.cells, by
which Textual lays out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from unicodedata import category, east_asian_width

_JOINER = "\u200d"
_EMOJI = "\ufe0f"
"""Variation selector 16: the character before it is drawn as an emoji, two cells wide."""


@lru_cache(maxsize=4096)
def _character_width(character: str) -> int:
    code = ord(character)
    if 0x1160 <= code <= 0x11FF or 0xD7B0 <= code <= 0xD7FF or code in (0x3164, 0xFFA0):
        return 0  # vowels and finals of conjoining jamo are drawn into the initial before them; fillers
    kind = category(character)
    if kind in ("Mn", "Mc", "Me", "Cc", "Cs", "Zl", "Zp") or (kind == "Cf" and code != 0xAD):
        return 0
    if 0x1F3FB <= code <= 0x1F3FF:
        return 0  # skin tones colour the emoji before them
    return 2 if east_asian_width(character) in "WF" else 1


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Split text into what must stay together, each with its width in cells.

    A cluster is a character with the combining marks, joined emoji and selectors that follow it.

    Args:
        text: any text on one line.

    Returns:
        (cluster, cells) pairs; joined they are the text again.

    Example:
        >>> list(clusters("가x\u0302"))
        [('가', 2), ('x̂', 1)]
    """
    start, width, joined = 0, 0, False
    for index, character in enumerate(text):
        cells = _character_width(character)
        if index > start and (cells == 0 or joined):
            if character == _EMOJI and width == 1 and _takes_emoji(text[index - 1]):
                width = 2
            elif joined and character != _JOINER:
                cells = 0
            joined = character == _JOINER
            if width == 0:
                width = cells
            continue
        if index > start:
            yield text[start:index], width
        start, width, joined = index, cells, character == _JOINER
    if start < len(text):
        yield text[start:], width


def _takes_emoji(character: str) -> bool:
    return ord(character) >= 0x203C or character in "#*0123456789©®"


def cell_width(text: str) -> int:
    """Width of a text in terminal cells.

    Args:
        text: any text on one line; control characters count nothing.

    Returns:
        The number of cells.

    Example:
        >>> cell_width("과적합 = overfitting")
        20
    """
    if text.isascii():
        return len(text) if text.isprintable() else sum(map(_character_width, text))
    if _JOINER in text or _EMOJI in text:
        return sum(width for _, width in clusters(text))
    return sum(map(_character_width, text))


def split_at(text: str, width: int) -> tuple[str, str]:
    """Cut a text where the cells are full, never inside a wide character.

    Args:
        text: any text on one line.
        width: cells there are for the first part.

    Returns:
        The part that fits and the rest. The first part may be empty (a wide character, one cell).

    Example:
        >>> split_at("과적합", 5)
        ('과적', '합')
    """
    used = 0
    end = 0
    for cluster, cells in clusters(text):
        if used + cells > width:
            break
        used += cells
        end += len(cluster)
    return text[:end], text[end:]


def truncate(text: str, width: int, ellipsis: str = "…") -> str:
    """Shorten a text to a width; what was cut is marked.

    Args:
        text: any text on one line.
        width: cells there are.
        ellipsis: the mark put at the end when something was cut.

    Returns:
        The text, at most `width` cells wide.

    Example:
        >>> truncate("경사 하강법", 8)
        '경사 하…'
    """
    if cell_width(text) <= width:
        return text
    room = width - cell_width(ellipsis)
    if room < 0:
        return split_at(ellipsis, width)[0]
    return split_at(text, room)[0] + ellipsis


def pad(text: str, width: int, align: str = "<") -> str:
    """Fill a text with spaces to a width; a longer text stays as it is.

    Args:
        text: any text on one line.
        width: cells to fill.
        align: "<" left, ">" right, "^" centre.

    Returns:
        The text with spaces.

    Example:
        >>> pad("손실", 7, "^")
        ' 손실  '
    """
    missing = max(0, width - cell_width(text))
    before = {"<": 0, ">": missing, "^": missing // 2}[align]
    return " " * before + text + " " * (missing - before)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines: at spaces, Korean too; a word longer than the line is cut.

    Args:
        text: any text; line ends in it are kept.
        width: cells of a line, at least 2 so that every character fits.

    Returns:
        The lines, each at most `width` cells wide; an empty text is one empty line.

    Example:
        >>> wrap("가중치를 조금씩 고친다", 12)
        ['가중치를', '조금씩', '고친다']
        >>> wrap("backpropagation", 8)
        ['backprop', 'agation']
    """
    width = max(2, width)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0
        for word in paragraph.split():
            cells = cell_width(word)
            if line and used + 1 + cells <= width:
                line, used = f"{line} {word}", used + 1 + cells
                continue
            if line:
                lines.append(line)
            while cells > width:
                head, word = split_at(word, width)
                lines.append(head)
                cells = cell_width(word)
            line, used = word, cells
        lines.append(line)
    return lines
