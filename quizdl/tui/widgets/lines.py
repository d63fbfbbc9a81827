"""The base of every widget here: text that is laid out anew for each width, and never wrapped by anyone else.

A widget gives its lines for a width; Textual gets them as one visual, with selection and links as for any
other text. A line that is too long is cut at a whole character, so a Korean syllable is never halved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

from quizdl.typeset.cells import wrap

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.selection import Selection
    from textual.strip import Strip


class _Laid(Visual):
    """A visual that asks for its content once per width."""

    def __init__(self, lay: Callable[[int], Sequence[Content]]) -> None:
        self._lay = lay
        self._width = -1
        self._count = 0
        self.content = Content("")

    def _at(self, width: int) -> int:
        if width != self._width:
            lines = self._lay(width)
            self._width, self._count, self.content = width, len(lines), Content("\n").join(lines)
        return self._count

    def get_height(self, rules: RulesMap, width: int) -> int:
        return self._at(width)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        return container_width

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        return self.content.render_strips(width, height, style, options) if self._at(width) else []


class Lines(Widget):
    """Text that depends on its width."""

    DEFAULT_CSS = """
    Lines {
        height: auto; width: 1fr; text-wrap: nowrap; text-overflow: clip;
    }
    """

    _laid: _Laid | None = None

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.auto_links = False  # What can be clicked is not a hyperlink and keeps its own colours.

    def lay(self, width: int) -> Sequence[Content]:
        """The lines for a width, none of them wider."""
        raise NotImplementedError

    def render(self) -> Visual:
        self._laid = _Laid(self.lay)
        return self._laid

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        return (selection.extract(self._laid.content.plain), "\n") if self._laid else None

    def changed(self) -> None:
        """Lay out again, because what is shown has changed."""
        self.refresh(layout=True)


@dataclass(frozen=True, slots=True)
class Folded:
    """Plain text behind a sign, wrapped beside it. What a learner typed is no Markdown."""

    sign: Content
    text: str
    style: str = ""

    def lay(self, width: int) -> list[Content]:
        """The lines for a width."""
        indent = self.sign.cell_length
        rows = wrap(self.text, max(8, width - indent)) or [""]
        return [
            Content.assemble(" " * indent if number else self.sign, (row, self.style))
            for number, row in enumerate(rows)
        ]


def click(content: Content, action: str) -> Content:
    """The content, doing an action when it is clicked."""
    return content.stylize(Style.from_meta({"@click": action}))


def centred(content: Content, width: int) -> Content:
    """The content in the middle of exactly `width` cells; what does not fit is cut."""
    content = content.truncate(width)
    spare = width - content.cell_length
    return content.pad(spare // 2, spare - spare // 2)
