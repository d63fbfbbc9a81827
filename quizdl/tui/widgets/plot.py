"""Curves of named functions, drawn in Braille for the room there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from quizdl.tui.widgets.formatted import styled
from quizdl.tui.widgets.lines import Lines
from quizdl.typeset.cells import wrap

if TYPE_CHECKING:
    from quizdl.packs.items import Plot

_WIDEST = 72


class PlotView(Lines):
    """The plot of an item; an item without one takes no room."""

    DEFAULT_CSS = """
    PlotView { margin-top: 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._plot: Plot | None = None
        self._rows = 12

    def show(self, plot: Plot | None, rows: int = 12) -> None:
        """Draw another plot, `rows` lines high."""
        self._plot, self._rows = plot, rows
        self.display = plot is not None
        self.changed()

    def lay(self, width: int) -> list[Content]:
        if self._plot is None:
            return []
        # Imported here because sampling needs numpy: only a card with a plot pays for it.
        from quizdl.packs.plots import sample
        from quizdl.typeset import canvas

        plot = self._plot
        width = min(width, _WIDEST)
        try:
            curves = sample(plot, 2 * width)
        except ValueError as error:  # An installed pack may name a function that this version has not.
            return [Content.styled(row, "$warning") for row in wrap(str(error), width)]
        return styled(canvas.plot(curves, width, self._rows, x=plot.x, y=plot.y))
