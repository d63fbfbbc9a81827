"""The inside of a paragraph: emphasis, code, links, formulas and line breaks.

CommonMark closes `**` only where punctuation is not followed by a letter, so `**과적합(overfitting)**은` is
not bold there, and Korean puts its particles exactly so. Here a marker closes whatever of its kind is open.
That, the dollar signs, and 40 ms of import are why this is not markdown-it.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from quizdl.typeset.spans import PLAIN, Style, Styles

_SPECIAL = re.compile(r"[\\`$*_~\[!<&\n]")
_LINK = re.compile(r"\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+[\"'(][^\n]*?[\"')])?\s*\)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^\s<>]*)>")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MARKS: dict[str, Style] = {"**": "bold", "__": "bold", "*": "italic", "_": "italic", "~~": "strike"}
_MAX_NESTING = 8


class Inline(NamedTuple):
    """A piece of a paragraph."""

    kind: Literal["text", "math", "display", "break", "mark"]
    text: str
    styles: Styles = PLAIN


def parse(source: str, styles: Styles = PLAIN, depth: int = 0) -> list[Inline]:
    """Read the inside of a paragraph.

    Args:
        source: Markdown without block structure.
        styles: styles that all of it has.

    Returns:
        Text in its styles, formulas (LaTeX without dollars) and hard breaks, in order.

    Example:
        >>> [(item.kind, item.text, sorted(item.styles)) for item in parse("**손실(loss)**은 $L$")]
        [('text', '손실(loss)', ['bold']), ('text', '은 ', []), ('math', 'L', [])]
    """
    return _Reader(source, styles, depth).read()


class _Reader:
    def __init__(self, source: str, styles: Styles, depth: int) -> None:
        self.source = source
        self.styles = styles
        self.depth = depth
        self.at = 0
        self.out: list[Inline] = []
        self.open: list[tuple[str, int]] = []  # marks that wait for their partner, with their place in `out`

    def read(self) -> list[Inline]:
        source = self.source
        while self.at < len(source):
            found = _SPECIAL.search(source, self.at)
            if found is None:
                self._text(source[self.at :])
                break
            self._text(source[self.at : found.start()])
            self.at = found.start()
            self._special(source[self.at])
        # marks left without a partner were just characters
        return _joined([item._replace(kind="text") if item.kind == "mark" else item for item in self.out])

    def _text(self, text: str) -> None:
        if text:
            self.out.append(Inline("text", text, self.styles))

    def _special(self, character: str) -> None:
        source = self.source
        if character == "\\":
            following = source[self.at + 1 : self.at + 2]
            if following == "\n":
                self.out.append(Inline("break", ""))
                self.at += 2
            elif following in _PUNCTUATION and following:
                self._text(following)
                self.at += 2
            else:
                self._literal()
        elif character == "\n":
            self._line_end()
        elif character == "`":
            self._code()
        elif character == "$":
            self._math()
        elif character in "*_~":
            self._mark(character)
        elif character in "[!":
            self._link()
        else:
            self._html(character)

    def _literal(self, length: int = 1) -> None:
        self._text(self.source[self.at : self.at + length])
        self.at += length

    def _line_end(self) -> None:
        hard = self.source[max(0, self.at - 2) : self.at] == "  "
        self.at += 1
        self.out.append(Inline("break", "") if hard else Inline("text", " ", self.styles))

    def _code(self) -> None:
        ticks = re.match("`+", self.source[self.at :])
        length = len(ticks.group()) if ticks else 1
        fence = re.compile(rf"(?<!`)`{{{length}}}(?!`)")
        close = fence.search(self.source, self.at + length)
        if close is None:
            self._literal(length)
            return
        code = self.source[self.at + length : close.start()].replace("\n", " ")
        if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
            code = code[1:-1]
        self.out.append(Inline("text", code, self.styles | {"code"}))
        self.at = close.end()

    def _math(self) -> None:
        double = self.source.startswith("$$", self.at)
        fence = "$$" if double else "$"
        start = self.at + len(fence)
        end = closing_dollar(self.source, start, fence)
        body = self.source[start:end] if end >= 0 else ""
        if not body.strip() or (not double and (body[0].isspace() or body[-1].isspace())):
            self._literal(len(fence))
            return
        self.out.append(Inline("display" if double else "math", body.strip(), self.styles))
        self.at = end + len(fence)

    def _mark(self, character: str) -> None:
        source, start = self.source, self.at
        end = start
        while end < len(source) and source[end] == character:
            end += 1
        before = source[start - 1 : start]
        after = source[end : end + 1]
        may_open = bool(after) and not after.isspace()
        may_close = bool(before) and not before.isspace()
        if character == "_":  # snake_case is one word
            inner_before = before.isascii() and before.isalnum()
            inner_after = after.isascii() and after.isalnum()
            may_open, may_close = may_open and not inner_before, may_close and not inner_after
        left = end - start
        while left:
            taken = self._close(character, left) if may_close else 0
            if not taken and may_open:
                taken = self._open(character, left)
            if not taken:
                self._text(character * left)
                break
            left -= taken
        self.at = end

    def _close(self, character: str, left: int) -> int:
        """End the innermost emphasis made with this character; the characters used."""
        for index in range(len(self.open) - 1, -1, -1):
            mark, place = self.open[index]
            if mark[0] == character and len(mark) <= left and place < len(self.out) - 1:
                style = _MARKS[mark]
                for k in range(place + 1, len(self.out)):
                    self.out[k] = self.out[k]._replace(styles=self.out[k].styles | {style})
                self.out[place] = Inline("text", "")
                del self.open[index:]
                return len(mark)
        return 0

    def _open(self, character: str, left: int) -> int:
        for mark in (character * 2, character):
            if mark in _MARKS and len(mark) <= left and all(mark != other for other, _ in self.open):
                self.open.append((mark, len(self.out)))
                self.out.append(Inline("mark", mark, self.styles))
                return len(mark)
        return 0

    def _link(self) -> None:
        """[text](address) shows its text, ![text](address) too."""
        image = self.source.startswith("![", self.at)
        start = self.at + (2 if image else 1)
        if self.source[self.at] == "!" and not image:
            self._literal()
            return
        end = self._closing_bracket(start)
        target = _LINK.match(self.source, end + 1) if end >= 0 else None
        if target is None or self.depth >= _MAX_NESTING:
            self._literal(start - self.at)
            return
        style: Style = "muted" if image else "link"
        self.out += parse(self.source[start:end], self.styles | {style}, self.depth + 1)
        self.at = target.end()

    def _closing_bracket(self, start: int) -> int:
        level = 0
        for index in range(start, min(len(self.source), start + 1000)):
            character = self.source[index]
            if character == "[" and self.source[index - 1] != "\\":
                level += 1
            elif character == "]" and self.source[index - 1] != "\\":
                if level == 0:
                    return index
                level -= 1
        return -1

    def _html(self, character: str) -> None:
        if character == "<":
            if found := _BREAK.match(self.source, self.at):
                self.out.append(Inline("break", ""))
                self.at = found.end()
                return
            if found := _AUTOLINK.match(self.source, self.at):
                self.out.append(Inline("text", found.group(1), self.styles | {"link"}))
                self.at = found.end()
                return
        elif found := _ENTITY.match(self.source, self.at):
            from html import unescape

            text = unescape(found.group())
            self._text(text if text.isprintable() else found.group())
            self.at = found.end()
            return
        self._literal()


def closing_dollar(source: str, start: int, fence: str) -> int:
    """Where the dollars that end a formula are: outside braces, as \\text{…$x$…} may hold some; or -1."""
    level = 0
    first = -1
    index = start
    while index < len(source):
        character = source[index]
        if character == "\\":
            index += 2
            continue
        if character == "{":
            level += 1
        elif character == "}":
            level -= 1
        elif character == "$" and source.startswith(fence, index):
            closes = fence == "$$" or not source[index + 1 : index + 2].isdigit()
            if closes and level <= 0:
                return index
            if closes and first < 0:
                first = index
        elif character == "\n" and source[index + 1 : index + 2] == "\n" and fence == "$":
            break
        index += 1
    return first


def _joined(items: list[Inline]) -> list[Inline]:
    out: list[Inline] = []
    for item in items:
        if item.kind == "text" and not item.text:
            continue
        if out and item.kind == out[-1].kind == "text" and item.styles == out[-1].styles:
            out[-1] = out[-1]._replace(text=out[-1].text + item.text)
        else:
            out.append(item)
    return out
