"""Markdown with mathematics, set by `quizdl.typeset` for the width there is, in the colours of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from quizdl.tui.widgets.lines import Folded, Lines

if TYPE_CHECKING:
    from quizdl.typeset.spans import Line, Style

# What each style of typeset looks like; names with $ are colours of the theme.
STYLES: dict[Style, str] = {
    "plain": "",
    "bold": "bold",
    "italic": "italic",
    "strike": "strike",
    "code": "$accent",
    "math": "$text-accent",
    "heading": "bold $primary",
    "link": "underline $accent",
    "muted": "$text-muted",
    "rule": "$text-disabled",
    "axis": "$text-muted",
    "curve1": "bold $primary",
    "curve2": "bold $warning",
    "curve3": "bold $success",
    "curve4": "bold $secondary",
    "curve5": "bold $accent",
    "curve6": "bold $error",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of Markdown.

    Args:
        source: the Markdown.
        style: a style that lies under all of it.
        sign: what stands before its first line; the other lines are indented as far.
        tight: whether it follows the block before without an empty line.
    """

    source: str
    style: str = ""
    sign: Content | None = None
    tight: bool = False


def styled(lines: Iterable[Line]) -> list[Content]:
    """Lines of typeset as contents of Textual."""
    made = []
    for line in lines:
        parts = []
        for text, style in line:
            names = (style,) if isinstance(style, str) else sorted(style)
            parts.append((text, " ".join(filter(None, map(STYLES.__getitem__, names)))))
        made.append(Content.assemble(*parts))
    return made


def set_block(block: Block, width: int) -> list[Content]:
    """One block as lines, none wider than `width`."""
    from quizdl.typeset import markdown

    indent = block.sign.cell_length if block.sign else 0
    lines = styled(markdown.render(block.source, max(8, width - indent)))
    if block.style:
        lines = [line.stylize_before(block.style) for line in lines]
    if block.sign:
        blank = Content(" " * indent)
        lines = [
            (blank if number else block.sign) + line for number, line in enumerate(lines or [Content("")])
        ]
    return lines


def set_texts(texts: Sequence[str], width: int, sign: Content, style: str = "") -> list[Content]:
    """One text, in one language or two, behind a sign.

    Args:
        texts: Markdown in each language shown; the second stands beside the first where one row holds both.
        width: the widest line, in cells.
        sign: what stands before the first line.
        style: the style of the first text; the second is muted.
    """
    first, *others = texts or ("",)
    lines = set_block(Block(first, style, sign), width)
    indent = Content(" " * sign.cell_length)
    for other in others:
        below = set_block(Block(other, "$text-muted", indent), width)
        beside = below[0][sign.cell_length :]
        if len(lines) == len(below) == 1 and lines[0].cell_length + beside.cell_length + 3 <= width:
            lines = [Content.assemble(lines[0], ("  /  ", "$text-muted"), beside)]
        else:
            lines += below
    return lines


class Formatted(Lines):
    """Blocks of Markdown below each other, and contents that are ready as they are."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._blocks: Sequence[Block | Content | Folded] = ()

    def show(self, blocks: Sequence[Block | Content | Folded]) -> None:
        """Show other blocks; none takes no room at all."""
        self._blocks = blocks
        self.display = bool(blocks)
        self.changed()

    def lay(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for block in self._blocks:
            if isinstance(block, Content):
                made = [block.truncate(width)]
            else:
                made = block.lay(width) if isinstance(block, Folded) else set_block(block, width)
            tight = isinstance(block, Folded) or (isinstance(block, Block) and block.tight)
            if lines and not tight:
                lines.append(Content(""))
            lines += made
        return lines
