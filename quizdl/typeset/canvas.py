"""Curves drawn with Braille dots, two by four in a cell, and bars drawn with eighths of a cell."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from quizdl.typeset.cells import cell_width, pad, truncate
from quizdl.typeset.spans import Line, Span, Style, merged
from quizdl.typeset.ticks import label, ticks

MARKERS = "●▲■◆○△"
"""One per curve, on it and in the legend, so that colour is never what tells curves apart."""
_CURVES: tuple[Style, ...] = ("curve1", "curve2", "curve3", "curve4", "curve5", "curve6")
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bit of each dot of a Braille cell, by column and row."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"


class Curve(Protocol):
    """Anything with a name and points in order; values that are not finite leave a gap."""

    @property
    def label(self) -> str: ...
    @property
    def xs(self) -> Sequence[float]: ...
    @property
    def ys(self) -> Sequence[float]: ...


def plot(
    curves: Sequence[Curve],
    width: int,
    height: int,
    *,
    x: tuple[float, float] | None = None,
    y: tuple[float, float] | None = None,
) -> list[Line]:
    """Draw curves over one another in one frame.

    Args:
        curves: up to six are told apart.
        width: cells, 20 or more to be readable.
        height: rows in all, legend and labels too; 6 or more.
        x: ends of the horizontal axis, by default those of the data.
        y: ends of the vertical axis, by default those of the data and a little air.

    Returns:
        `height` lines, none wider than `width`; curves in styles "curve1" to "curve6".
    """
    x = x if x is not None else _range(value for curve in curves for value in curve.xs)
    if y is None:
        low, high = _range(_visible(curves, x))
        air = (high - low) * 0.05
        y = (low - air, high + air)
    legend = _legend(curves, width, max(1, height // 4))
    roomy = height - len(legend) >= 6
    rows = max(1, height - len(legend) - 1 - roomy)
    y_ticks = ticks(*y, max(2, rows // 3))
    y_labels = [label(value, _step(y_ticks)) for value in y_ticks]
    margin = max(map(cell_width, y_labels), default=0) + 1
    area = _Area(max(1, width - margin), rows, x, y)
    for index, curve in enumerate(curves):
        area.draw(curve, index)
    if len(curves) > 1:
        for index, curve in enumerate(curves):
            area.mark(curve, index, len(curves))
    at_row = {area.row_of(value): text for value, text in zip(y_ticks, y_labels, strict=True)}
    out: list[Line] = []
    for row in range(rows):
        side = Span(pad(at_row.get(row, ""), margin - 1, ">") + ("┤" if row in at_row else "│"), "axis")
        out.append(merged((side, *area.line(row))))
    x_ticks = ticks(*x, max(2, area.columns // 10))
    at_column = {area.column_of(value): label(value, _step(x_ticks)) for value in x_ticks}
    if roomy:
        line = "".join("┴" if column in at_column else "─" for column in range(area.columns))
        out.append((Span(" " * (margin - 1) + "└" + line, "axis"),))
    out.append(merged((Span(_under(at_column, margin, width), "axis"),)))
    return out + legend


def _range(values: Iterable[float]) -> tuple[float, float]:
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return 0.0, 1.0
    low, high = min(finite), max(finite)
    if not low < high:
        reach = abs(low) / 2 or 1.0
        return low - reach, high + reach
    return low, high


def _visible(curves: Sequence[Curve], x: tuple[float, float]) -> list[float]:
    return [b for curve in curves for a, b in zip(curve.xs, curve.ys, strict=True) if x[0] <= a <= x[1]]


def _step(values: Sequence[float]) -> float:
    return values[1] - values[0] if len(values) > 1 else abs(values[0]) if values else 0.0


def _legend(curves: Sequence[Curve], width: int, most: int) -> list[Line]:
    """Marker and name of every curve, in as few lines as they need."""
    out: list[Line] = []
    line: list[Span] = []
    used = 0
    for index, curve in enumerate(curves):
        style = _CURVES[index % len(_CURVES)]
        text = f"{MARKERS[index % len(MARKERS)]} {truncate(curve.label, max(1, width - 2))}"
        if line and used + 3 + cell_width(text) > width and len(out) + 1 < most:
            out.append(merged(line))
            line, used = [], 0
        if line:
            text = "   " + text
        text = truncate(text, width - used)
        line.append(Span(text, style))
        used += cell_width(text)
    if line:
        out.append(merged(line))
    return out


def _under(at_column: dict[int, str], margin: int, width: int) -> str:
    """The numbers below the horizontal axis, each under its tick, none over another."""
    text = ""
    for column, name in sorted(at_column.items()):
        start = min(margin + column - (cell_width(name) - 1) // 2, width - cell_width(name))
        start = max(start, 0)
        if text and start < cell_width(text) + 1:
            continue
        text = pad(text, start) + name
    return truncate(text, width)


class _Area:
    """The field inside the axes, in dots: `columns` × `rows` cells of two by four."""

    def __init__(self, columns: int, rows: int, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.columns, self.rows = columns, rows
        self.x, self.y = x, y
        self.bits: dict[tuple[int, int], int] = {}
        self.owner: dict[tuple[int, int], int] = {}
        self.marks: dict[tuple[int, int], int] = {}

    def _dot(self, a: float, b: float) -> tuple[float, float]:
        across = (a - self.x[0]) / (self.x[1] - self.x[0]) * (self.columns * 2 - 1)
        down = (self.y[1] - b) / (self.y[1] - self.y[0]) * (self.rows * 4 - 1)
        return across, down

    def row_of(self, b: float) -> int:
        return min(self.rows - 1, max(0, round(self._dot(self.x[0], b)[1]) // 4))

    def column_of(self, a: float) -> int:
        return min(self.columns - 1, max(0, round(self._dot(a, self.y[0])[0]) // 2))

    def draw(self, curve: Curve, index: int) -> None:
        """Connect the points; what is not finite interrupts, what is outside is cut at the edge."""
        last: tuple[float, float] | None = None
        for a, b in zip(curve.xs, curve.ys, strict=True):
            if not (math.isfinite(a) and math.isfinite(b)):
                last = None
                continue
            dot = self._dot(a, b)
            self._segment(last or dot, dot, index)
            last = dot

    def _segment(self, start: tuple[float, float], end: tuple[float, float], index: int) -> None:
        clipped = _clip(start, end, self.columns * 2 - 1, self.rows * 4 - 1)
        if clipped is None:
            return
        (x0, y0), (x1, y1) = clipped
        steps = max(1, math.ceil(max(abs(x1 - x0), abs(y1 - y0))))
        for k in range(steps + 1):
            across, down = round(x0 + (x1 - x0) * k / steps), round(y0 + (y1 - y0) * k / steps)
            cell = (across // 2, down // 4)
            self.bits[cell] = self.bits.get(cell, 0) | _DOTS[across % 2][down % 4]
            self.owner[cell] = index

    def mark(self, curve: Curve, index: int, count: int) -> None:
        """Put a curve's marker on it, where it is its own cell rather than shared with other curves."""
        cells: list[tuple[int, int]] = []
        for a, b in zip(curve.xs, curve.ys, strict=True):
            if not (math.isfinite(a) and math.isfinite(b)):
                continue
            across, down = self._dot(a, b)
            cell = (round(across) // 2, round(down) // 4)
            if 0 <= across <= self.columns * 2 - 1 and 0 <= down <= self.rows * 4 - 1 and cell in self.bits:
                cells.append(cell)
        own = [cell for cell in cells if self.owner[cell] == index and cell not in self.marks]
        if not own:
            return
        halves = 2 if self.columns >= 24 else 1
        for half in range(halves):
            # each curve at other columns than its neighbours
            column = self.columns * (half + (index + 0.5) / count) / halves
            free = [cell for cell in own if all(abs(cell[0] - c) > 1 or cell[1] != r for c, r in self.marks)]
            if free:
                self.marks[min((abs(cell[0] - column), cell) for cell in free)[1]] = index

    def line(self, row: int) -> list[Span]:
        """A row of cells: markers over dots over the lines through zero."""
        zero_row = self.row_of(0.0) if self.y[0] < 0 < self.y[1] else -1
        zero_column = self.column_of(0.0) if self.x[0] < 0 < self.x[1] else -1
        out: list[Span] = []
        for column in range(self.columns):
            cell = (column, row)
            if cell in self.marks:
                index = self.marks[cell] % len(_CURVES)
                out.append(Span(MARKERS[index], _CURVES[index]))
            elif cell in self.bits:
                out.append(Span(chr(0x2800 + self.bits[cell]), _CURVES[self.owner[cell] % len(_CURVES)]))
            elif row == zero_row:
                out.append(Span("┼" if column == zero_column else "─", "axis"))
            elif column == zero_column:
                out.append(Span("│", "axis"))
            else:
                out.append(Span(" "))
        return out


def _clip(
    start: tuple[float, float], end: tuple[float, float], right: float, bottom: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The part of a segment inside the field (Liang and Barsky), or None."""
    (x0, y0), (x1, y1) = start, end
    enter, leave = 0.0, 1.0
    for delta, distance in ((x0 - x1, x0), (x1 - x0, right - x0), (y0 - y1, y0), (y1 - y0, bottom - y0)):
        if delta == 0:
            if distance < 0:
                return None
            continue
        at = distance / delta
        if delta < 0:
            enter = max(enter, at)
        else:
            leave = min(leave, at)
        if enter > leave:
            return None
    inside = [(x0 + (x1 - x0) * t, y0 + (y1 - y0) * t) for t in (enter, leave)]
    clamped = [(min(max(a, 0.0), right), min(max(b, 0.0), bottom)) for a, b in inside]
    return clamped[0], clamped[1]


def sparkline(values: Sequence[float], width: int) -> str:
    """Values as bars one row high; more values than cells are added up in equal shares.

    Args:
        values: not negative; what is not finite counts as 0.
        width: cells at most.

    Returns:
        One character per value; zero is empty, everything else at least the lowest bar.

    Example:
        >>> sparkline([0, 1, 4, 8], 10)
        ' ▁▄█'
    """
    columns = _shares(values, width)
    top = max(columns, default=0.0)
    return "".join(_EIGHTHS[_eighths(value, top, 1)] for value in columns)


def bars(
    values: Sequence[float],
    width: int,
    height: int,
    *,
    labels: tuple[str, str] = ("", ""),
    style: Style = "curve1",
) -> list[Line]:
    """Values as upright bars, such as the reviews of each day.

    Args:
        values: not negative, in order.
        width: cells in all; the scale takes some on the left.
        height: rows in all, labels too.
        labels: names of the first and the last value, below.
        style: style of the bars.

    Returns:
        `height` lines, none wider than `width`.
    """
    rows = max(1, height - 1 - any(labels))
    finite = [value for value in values if math.isfinite(value)]
    top = max(finite, default=0.0) or 1.0
    scale = ticks(0.0, top, max(2, rows // 2 + 1))
    names = {rows - math.ceil(value / top * rows): label(value, _step(scale)) for value in scale if value}
    margin = max([1, *map(cell_width, names.values())]) + 1
    room = max(1, width - margin)
    columns = _shares(values, room)
    each = max(1, room // max(1, len(columns)))
    gap = 1 if each >= 3 else 0
    out: list[Line] = []
    for row in range(rows):
        text = ""
        for value in columns:
            filled = _eighths(value, top, rows) - 8 * (rows - 1 - row)
            text += _EIGHTHS[min(8, max(0, filled))] * (each - gap) + " " * gap
        side = pad(names.get(row, ""), margin - 1, ">") + ("┤" if row in names else "│")
        out.append(merged((Span(side, "axis"), Span(text, style))))
    out.append((Span(pad("0", margin - 1, ">") + "└" + "─" * (each * len(columns)), "axis"),))
    if any(labels):
        first = truncate(labels[0], room)
        line = pad(first, max(cell_width(first), each * len(columns) - cell_width(labels[1]))) + labels[1]
        out.append(merged((Span(" " * margin + truncate(line, room), "muted"),)))
    return out


def _shares(values: Sequence[float], columns: int) -> list[float]:
    clean = [value if math.isfinite(value) and value > 0 else 0.0 for value in values]
    columns = max(1, columns)
    if len(clean) <= columns:
        return clean
    each = math.ceil(len(clean) / columns)
    first = len(clean) % each or each  # the last column is full: it is the one that is looked at
    edges = [0, *range(first, len(clean) + 1, each)]
    return [sum(clean[a:b]) for a, b in pairwise(edges)]


def _eighths(value: float, top: float, rows: int) -> int:
    if value <= 0 or top <= 0:
        return 0
    return max(1, round(value / top * rows * 8))
