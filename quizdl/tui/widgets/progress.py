"""The first row: what kind of card this is, how far the session is, and how long it will still take."""

from __future__ import annotations

from textual.content import Content

from quizdl.locale import _
from quizdl.study.wording import duration
from quizdl.tui.widgets.lines import Lines

_BAR = 40


class Progress(Lines):
    """A bar with counts and the time left."""

    DEFAULT_CSS = """
    Progress { height: 1; padding: 0 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = Content("")
        self._done = self._left = 0
        self._seconds: float | None = None

    def show(self, title: Content, done: int, left: int, seconds: float | None) -> None:
        """Show a title and how far the session is.

        Args:
            title: what stands at the left.
            done: answers given.
            left: answers still to give.
            seconds: time for what is left, `None` where nothing is known yet.
        """
        self._title, self._done, self._left, self._seconds = title, done, left, seconds
        self.changed()

    def lay(self, width: int) -> list[Content]:
        total = self._done + self._left
        words = f"{self._done} / {total}"
        if self._seconds is not None and self._left:
            words = _("{count} · {time} left").format(count=words, time=duration(self._seconds))
        counts = Content.styled(words, "$text-muted")
        room = width - self._title.cell_length - counts.cell_length - 3
        if not total or room < 5:
            gap = max(1, width - self._title.cell_length - counts.cell_length)
            return [Content.assemble(self._title, " " * gap, counts)]
        length = min(_BAR, room)
        return [
            Content.assemble(
                self._title, " " * (room - length + 2), bar(self._done / total, length), " ", counts
            )
        ]


def bar(share: float, length: int, style: str = "$primary", track: str = "─") -> Content:
    """A bar of `length` cells, filled for a share 0..1; thick against thin, so that it needs no colour.

    Example:
        >>> bar(0.5, 6).plain
        '━━━───'
        >>> bar(0.999, 4).plain, bar(0.001, 4).plain
        ('━━━─', '━───')
    """
    filled = round(max(0.0, min(1.0, share)) * length)
    if share > 0:
        filled = max(1, filled)  # A first step should be seen,
    if share < 1:
        filled = min(filled, length - 1)  # and the last one that is missing too.
    return Content.assemble(("━" * filled, style), (track * (length - filled), "$text-disabled"))
