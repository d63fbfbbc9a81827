"""The blocks of a text: paragraphs, headings, lists, quotes, code, tables and display formulas.

The subset of CommonMark (and of GitHub's tables) that cards need. Left out on purpose: code by indentation,
which YAML's own indentation would trigger by accident, and raw HTML.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias

from quizdl.typeset.inlines import closing_dollar


class Paragraph(NamedTuple):
    text: str


class Heading(NamedTuple):
    level: int
    text: str


class Code(NamedTuple):
    lines: tuple[str, ...]
    language: str


class Items(NamedTuple):
    """A list: `start` is the first number, None for bullets."""

    start: int | None
    items: tuple[tuple[Block, ...], ...]
    loose: bool


class Quote(NamedTuple):
    blocks: tuple[Block, ...]


class Table(NamedTuple):
    """`align` has "<", "^" or ">" per column."""

    align: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Rule(NamedTuple):
    """A line across."""


Block: TypeAlias = Paragraph | Heading | Code | Items | Quote | Table | Rule

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`\s]*)[^`]*$")
_BULLET = re.compile(r"( {0,3})([-*+])(?:( +)(?=\S)|[ \t]*$)")
_NUMBER = re.compile(r"( {0,3})(\d{1,9})([.)])(?:( +)(?=\S)|[ \t]*$)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_QUOTE = re.compile(r" {0,3}> ?")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_MAX_DEPTH = 12


def parse(source: str) -> tuple[Block, ...]:
    """Read a text into blocks.

    Example:
        >>> parse("## 손실\\n- 하나\\n- 둘")
        (Heading(level=2, text='손실'), Items(start=None, items=((Paragraph(text='하나'),), \
(Paragraph(text='둘'),)), loose=False))
    """
    return _blocks(source.expandtabs(4).split("\n"), 0)


def _blocks(lines: list[str], depth: int) -> tuple[Block, ...]:
    out: list[Block] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif found := _FENCE.match(line):
            block, at = _code(lines, at, found)
            out.append(block)
        elif found := _HEADING.match(line):
            out.append(Heading(len(found.group(1)), (found.group(2) or "").strip()))
            at += 1
        elif _RULE.match(line):
            out.append(Rule())
            at += 1
        elif _QUOTE.match(line) and depth < _MAX_DEPTH:
            quote, at = _quote(lines, at, depth)
            out.append(quote)
        elif (_BULLET.match(line) or _NUMBER.match(line)) and depth < _MAX_DEPTH:
            items, at = _items(lines, at, depth)
            out.append(items)
        elif _is_table(lines, at):
            table, at = _table(lines, at)
            out.append(table)
        else:
            paragraph, at = _paragraph(lines, at)
            out.append(paragraph)
    return tuple(out)


def _code(lines: list[str], at: int, fence: re.Match[str]) -> tuple[Code, int]:
    mark = fence.group(1)
    indent = len(lines[at]) - len(lines[at].lstrip())
    close = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    body: list[str] = []
    at += 1
    while at < len(lines) and not close.match(lines[at]):
        line = lines[at]
        body.append(line[min(indent, len(line) - len(line.lstrip())) :])
        at += 1
    return Code(tuple(body), fence.group(2)), at + 1


def _quote(lines: list[str], at: int, depth: int) -> tuple[Quote, int]:
    body: list[str] = []
    while at < len(lines):
        found = _QUOTE.match(lines[at])
        if found:
            body.append(lines[at][found.end() :])
        elif not lines[at].strip() or _starts_block(lines[at]):
            break
        else:
            body.append(lines[at])  # a lazy continuation
        at += 1
    return Quote(_blocks(body, depth + 1)), at


def _marker(line: str) -> tuple[str, int, int | None] | None:
    """(kind of list, column where the content begins, number) of a line that begins an item."""
    if _RULE.match(line):
        return None
    if found := _BULLET.match(line):
        space = found.group(3) or " "
        return found.group(2), found.end(2) + (len(space) if len(space) <= 4 else 1), None
    if found := _NUMBER.match(line):
        space = found.group(4) or " "
        return found.group(3), found.end(3) + (len(space) if len(space) <= 4 else 1), int(found.group(2))
    return None


def _items(lines: list[str], at: int, depth: int) -> tuple[Items, int]:
    first = _marker(lines[at])
    assert first is not None
    kind, _, start = first
    items: list[tuple[Block, ...]] = []
    loose = False
    while at < len(lines):
        marker = _marker(lines[at])
        if marker is None or marker[0] != kind:
            break
        column = marker[1]
        body = [lines[at][column:]]
        at += 1
        blank = False
        while at < len(lines):
            line = lines[at]
            indent = len(line) - len(line.lstrip())
            if not line.strip():
                blank = True
                body.append("")
            elif indent >= min(column, 2 + 2 * (start is not None)) and indent:
                loose = loose or (blank and indent >= column and _marker(line[column:]) is None)
                blank = False
                body.append(line[min(indent, column) :])
            elif blank or _starts_block(line) or _marker(line) is not None:
                break
            else:
                body.append(line)
            at += 1
        more = at < len(lines) and (following := _marker(lines[at])) is not None and following[0] == kind
        loose = loose or (blank and more)
        items.append(_blocks(body, depth + 1))
    return Items(start, tuple(items), loose), at


def _starts_block(line: str) -> bool:
    """Whether a line ends the paragraph before it."""
    number = _NUMBER.match(line)
    bullet = _BULLET.match(line)
    return bool(
        _FENCE.match(line)
        or _HEADING.match(line)
        or _RULE.match(line)
        or _QUOTE.match(line)
        or (bullet and bullet.group(3))
        or (number and number.group(2) == "1" and number.group(4))
    )


def _paragraph(lines: list[str], at: int) -> tuple[Block, int]:
    body = [lines[at].lstrip()]
    closed = _dollars_closed(body[0])
    at += 1
    if not closed:  # a display formula over several lines: what looks like a list in it is a sum
        end = next((k for k in range(at, len(lines)) if "$$" in lines[k]), None)
        if end is not None:
            body += lines[at : end + 1]
            at = end + 1
    while at < len(lines) and lines[at].strip():
        line = lines[at]
        if _UNDERLINE.match(line):
            level = 1 if line.strip()[0] == "=" else 2
            return Heading(level, "\n".join(body).strip()), at + 1
        if _starts_block(line) or _is_table(lines, at):
            break
        body.append(line.lstrip())
        at += 1
        if not _dollars_closed("\n".join(body)):
            end = next((k for k in range(at, len(lines)) if "$$" in lines[k]), None)
            if end is not None:
                body += lines[at : end + 1]
                at = end + 1
    return Paragraph("\n".join(body).rstrip()), at


def _dollars_closed(text: str) -> bool:
    return text.count("$$") % 2 == 0


def _is_table(lines: list[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at] or "|" not in lines[at + 1]:
        return False
    return bool(_TABLE_RULE.match(lines[at + 1])) and len(_cells(lines[at])) == len(_cells(lines[at + 1]))


def _table(lines: list[str], at: int) -> tuple[Table, int]:
    header = _cells(lines[at])
    align = "".join(
        "^" if cell.startswith(":") and cell.endswith(":") else ">" if cell.endswith(":") else "<"
        for cell in _cells(lines[at + 1])
    )
    at += 2
    rows: list[tuple[str, ...]] = []
    while at < len(lines) and lines[at].strip() and not _starts_block(lines[at]):
        cells = _cells(lines[at])[: len(header)]
        rows.append((*cells, *[""] * (len(header) - len(cells))))
        at += 1
    return Table(align, header, tuple(rows)), at


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a table row; a bar in code or in a formula divides nothing."""
    line = line.strip().removeprefix("|")
    cells = [""]
    index = 0
    while index < len(line):
        character = line[index]
        if line.startswith("\\|", index):
            cells[-1] += "|"
            index += 2
            continue
        end = -1
        if character == "`":
            end = line.find("`", index + 1)
        elif character == "$":
            end = closing_dollar(line, index + 1, "$")
        if end >= 0:
            cells[-1] += line[index : end + 1]
            index = end + 1
            continue
        if character == "|":
            cells.append("")
        elif character == "\\":
            cells[-1] += line[index : index + 2]
            index += 1
        else:
            cells[-1] += character
        index += 1
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return tuple(cell.strip() for cell in cells)
