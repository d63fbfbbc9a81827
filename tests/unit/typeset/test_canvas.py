from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import pytest

from quizdl.typeset.canvas import MARKERS, bars, plot, sparkline
from quizdl.typeset.cells import cell_width
from quizdl.typeset.spans import Line, text_of
from quizdl.typeset.ticks import ticks


class Sampled(NamedTuple):
    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


def sampled(
    label: str, f: Callable[[float], float], low: float = -6, high: float = 6, n: int = 200
) -> Sampled:
    xs = tuple(low + (high - low) * k / (n - 1) for k in range(n))
    return Sampled(label, xs, tuple(map(f, xs)))


TANH = sampled("tanh", math.tanh)
SIGMOID = sampled("시그모이드", lambda x: 1 / (1 + math.exp(-x)))
STEP = sampled("계단", lambda x: float(x > 0))


def dots(lines: list[Line]) -> int:
    """Braille dots that are set, and the cells under markers do not count."""
    return sum((ord(c) - 0x2800).bit_count() for c in text_of(lines) if 0x2800 < ord(c) < 0x2900)


@pytest.mark.parametrize(("width", "height"), [(20, 6), (40, 10), (60, 16), (76, 20), (200, 50)])
@pytest.mark.parametrize("curves", [(TANH,), (TANH, SIGMOID, STEP)])
def test_a_plot_fills_its_frame_exactly(curves: tuple[Sampled, ...], width: int, height: int) -> None:
    lines = plot(curves, width, height)
    assert len(lines) == height
    assert max(sum(cell_width(span.text) for span in line) for line in lines) <= width


def test_a_straight_line_dot_by_dot() -> None:
    line = Sampled("x", (0.0, 1.0), (0.0, 1.0))
    rows = [row for row in text_of(plot([line], 20, 9, x=(0, 1), y=(0, 1))).split("\n") if row[1] in "┤│"]
    top_right, bottom_left = ord(rows[0][-1]) - 0x2800, ord(rows[-1][2]) - 0x2800
    assert top_right & 0x08
    assert not top_right & 0x40
    assert bottom_left & 0x40
    assert not bottom_left & 0x08
    # a diagonal: every row further to the left than the one above
    starts = [min(k for k, c in enumerate(row) if 0x2800 < ord(c) < 0x2900) for row in rows]
    assert starts == sorted(starts, reverse=True)
    assert len(set(starts)) == len(rows)


def test_crossing_curves_share_the_dots_of_a_cell() -> None:
    up = Sampled("up", (0.0, 1.0), (0.0, 1.0))
    down = Sampled("down", (0.0, 1.0), (1.0, 0.0))
    one = [dots(plot([curve], 40, 12, x=(0, 1), y=(0, 1))) for curve in (up, down)]
    both = plot([up, down], 40, 12, x=(0, 1), y=(0, 1))
    marked = sum(text_of(both[:-1]).count(marker) for marker in MARKERS)
    assert marked >= 2
    # only the crossing's dots and the cells under markers are counted once
    assert sum(one) - 8 * (marked + 1) <= dots(both) <= sum(one)
    # the cell of the crossing has the dots of both and the colour of the later curve
    first, second = (plot([curve], 40, 12, x=(0, 1), y=(0, 1)) for curve in (up, down))
    rows = zip(
        text_of(first).split("\n"), text_of(second).split("\n"), text_of(both).split("\n"), strict=True
    )
    shared = [
        (ord(a) | ord(b), ord(c))
        for one_row, two_row, both_row in rows
        for a, b, c in zip(one_row, two_row, both_row, strict=False)
        if all(0x2800 < ord(x) < 0x2900 for x in (a, b, c))
    ]
    assert shared
    assert all(merged == drawn for merged, drawn in shared)


def test_every_curve_has_marker_and_name_without_colour() -> None:
    text = text_of(plot([TANH, SIGMOID, STEP], 60, 16))
    rows = text.split("\n")
    for marker, curve in zip(MARKERS, (TANH, SIGMOID, STEP), strict=False):
        assert f"{marker} {curve.label}" in text
        assert marker in "\n".join(rows[:-2])


def test_gaps_and_jumps() -> None:
    broken = Sampled("f", (0.0, 1.0, 2.0, 3.0, 4.0), (0.0, 0.0, math.nan, 1.0, 1.0))
    jump = Sampled("f", (0.0, 1.0, 2.0, 3.0, 4.0), (0.0, 0.0, 0.0, 1.0, 1.0))
    middle = [row[6:40] for row in text_of(plot([broken], 40, 12, y=(-0.1, 1.1))).split("\n")][3:6]
    assert not any(0x2800 < ord(c) < 0x2900 for row in middle for c in row)
    middle = [row[6:40] for row in text_of(plot([jump], 40, 12, y=(-0.1, 1.1))).split("\n")][3:6]
    assert all(any(0x2800 < ord(c) < 0x2900 for c in row) for row in middle)


@pytest.mark.parametrize("value", [math.nan, math.inf, 3.0, 0.0])
def test_flat_and_empty_data_still_draw(value: float) -> None:
    assert len(plot([Sampled("c", (0.0, 1.0), (value, value))], 30, 8)) == 8
    assert len(plot([Sampled("c", (), ())], 30, 8)) == 8


def test_values_far_outside_are_cut_at_the_edge() -> None:
    steep = sampled("exp", math.exp, -700, 700)
    assert len(plot([steep], 60, 12, x=(-3, 3), y=(0, 5))) == 12


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 10, 6, [0, 2, 4, 6, 8, 10]),
        (-1, 1, 3, [-1, 0, 1]),
        (0, 0.03, 4, [0, 0.01, 0.02, 0.03]),
        (0, 1e6, 3, [0, 5e5, 1e6]),
    ],
)
def test_ticks_are_round(low: float, high: float, most: int, expected: list[float]) -> None:
    assert ticks(low, high, most) == expected


def test_bars_show_the_scale_and_never_hide_a_small_value() -> None:
    lines = bars([0, 1, 100], 20, 6, labels=("월", "수"))
    text = text_of(lines)
    assert len(lines) == 6
    assert "100┤" in text
    assert "▁" in text.split("\n")[3]
    assert "월" in text.split("\n")[-1]
    assert max(sum(cell_width(span.text) for span in line) for line in lines) <= 20


@pytest.mark.parametrize("values", [[], [0, 0], [math.nan, 1.0], list(range(500))])
def test_bars_and_sparklines_take_any_numbers(values: list[float]) -> None:
    assert len(bars(values, 40, 7)) == 7
    assert len(sparkline(values, 40)) <= 40


def test_more_days_than_cells_are_added_up_evenly() -> None:
    assert sparkline([1.0] * 60, 30) == "█" * 30
