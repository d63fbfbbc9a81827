"""The row under the card: how to turn it over, then the six qualities with the interval of each."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from quizdl.locale import _
from quizdl.tui.widgets.lines import Lines, centred, click

_AGAIN_BELOW = 4
_GAP = 1


def words() -> tuple[str, ...]:
    """What the qualities 0..5 are called."""
    # Translators: at most five cells each, so that six of them and their signs stand in sixty columns.
    return (_("Blank"), _("Wrong"), _("Close"), _("Hard"), _("Good"), _("Easy"))


def interval(days: int) -> str:
    """An interval as short as it can be said.

    Example:
        >>> [interval(days) for days in (0, 1, 29, 45, 365, 500)]
        ['today', '1 d', '29 d', '1.5 mo', '1 y', '1.4 y']
    """
    if days < 1:
        return _("today")
    if days < 30:
        return _("{n} d").format(n=days)
    if days < 360:
        return _("{n} mo").format(n=f"{days / 30:.2g}" if days < 300 else round(days / 30))
    years = days / 365
    return _("{n} y").format(n=f"{years:.1f}".removesuffix(".0") if years < 9.5 else round(years))


def tone(quality: int) -> str:
    """The colour of a quality; its word and digit always stand beside it."""
    return ("$error", "$error", "$warning", "$warning", "$success", "$success")[quality]


class Grades(Lines):
    """The qualities 0..5, each with digit, word and next interval; the one that Enter takes stands out."""

    DEFAULT_CSS = """
    Grades { height: 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._previews: Sequence[int] = ()
        self._suggested = 4
        self._key = self._does = ""

    def show_step(self, key: str, does: str) -> None:
        """Before the answer: the one key that goes on."""
        self._previews, self._key, self._does = (), key, does
        self.changed()

    def show(self, previews: Sequence[int], suggested: int) -> None:
        """After the answer: the qualities.

        Args:
            previews: interval in days for each quality 0..5.
            suggested: the quality that Enter takes.
        """
        self._previews, self._suggested = previews, suggested
        self.changed()

    def lay(self, width: int) -> list[Content]:
        if not self._previews:
            step = click(
                Content.assemble((f" {self._key} ", "bold reverse $primary"), f" {self._does}"), "screen.next"
            )
            return [centred(step, width) if self._does else Content(""), Content("")]
        column = (width - 5 * _GAP) // 6
        upper: list[Content] = []
        lower: list[Content] = []
        for quality, (word, days) in enumerate(zip(words(), self._previews, strict=True)):
            again = " ↻" if quality < _AGAIN_BELOW else ""
            chosen = quality == self._suggested
            label = Content.assemble((str(quality), "bold"), f" {word}")
            if chosen:  # Its sign stays, whatever else must give way.
                label = label.truncate(column - 1)
                label += " ⏎" if label.cell_length + 2 <= column else "⏎"
            below = Content(interval(days) + again)
            style = f"bold reverse {tone(quality)}" if chosen else f"{tone(quality)} on $panel"
            for row, cell in ((upper, label), (lower, below)):
                cell = centred(cell, column).stylize_before(style)
                row.append(click(cell, f"screen.rate({quality})"))
        return [Content(" " * _GAP).join(upper), Content(" " * _GAP).join(lower)]
