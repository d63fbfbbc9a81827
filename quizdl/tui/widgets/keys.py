"""The last row: the keys that matter in the present step, the most telling first; each can be clicked too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from quizdl.tui.widgets.lines import Lines, click


class Key(NamedTuple):
    """A key, what it does in a word or two, and the action that a click runs."""

    key: str
    does: str
    action: str


class Keys(Lines):
    """As many keys as the width holds; the last one given (help) always stays."""

    DEFAULT_CSS = """
    Keys { height: 1; padding: 0 2; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: Sequence[Key] = ()

    def show(self, keys: Sequence[Key]) -> None:
        """Name other keys."""
        if keys != self._keys:
            self._keys = keys
            self.changed()

    def lay(self, width: int) -> list[Content]:
        if not self._keys:
            return [Content("")]
        *others, last = map(_drawn, self._keys)
        shown: list[Content] = []
        room = width - last.cell_length
        for drawn in others:
            if drawn.cell_length + 2 > room:
                break
            room -= drawn.cell_length + 2
            shown.append(drawn)
        return [Content("  ").join([*shown, last])]


def _drawn(key: Key) -> Content:
    return click(Content.assemble((key.key, "bold $primary"), " ", key.does), key.action)
