"""One sentence to the learner: what was undone, what went wrong. It stays until the next key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from textual.content import Content

from quizdl.errors import QuizdlError
from quizdl.tui.widgets.lines import Lines
from quizdl.typeset.cells import wrap

Level = Literal["info", "error"]


class Notice(Lines):
    """A message with a sign, so that an error is not told by its colour alone."""

    DEFAULT_CSS = """
    Notice { padding: 0 2; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._level: Level = "info"

    @property
    def text(self) -> str:
        """What is shown now, empty when nothing is."""
        return self._text

    def show(self, text: str, level: Level = "info") -> None:
        """Show a sentence."""
        self._text, self._level = text, level
        self.display = bool(text)
        self.changed()

    def failed(self, error: QuizdlError) -> None:
        """Show what went wrong and what can be done about it."""
        self.show("\n".join(filter(None, (error.message, error.hint))), "error")

    def hide(self) -> None:
        """Take the sentence away."""
        if self._text:
            self.show("")

    def lay(self, width: int) -> Sequence[Content]:
        if not self._text:
            return []
        sign, style = ("✗ ", "bold $error") if self._level == "error" else ("• ", "bold $accent")
        rows = [row for part in self._text.split("\n") for row in wrap(part.strip(), max(10, width - 2))]
        return [
            Content.assemble((sign, style) if not number else "  ", (row, style if not number else ""))
            for number, row in enumerate(rows)
        ]
