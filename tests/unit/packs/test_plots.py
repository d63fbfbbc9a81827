"""Curves as points."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from quizdl.packs.check import inspect
from quizdl.packs.items import Curve, Plot
from quizdl.packs.plots import function_names, sample


def test_a_curve_and_its_derivative() -> None:
    plot = Plot(curves=(Curve(fn="sigmoid"), Curve(fn="sigmoid", derivative=True)), x=(-2.0, 2.0))
    value, slope = sample(plot, 5)
    assert value.xs == slope.xs == (-2.0, -1.0, 0.0, 1.0, 2.0)
    expected = [1 / (1 + math.exp(-x)) for x in value.xs]
    assert value.ys == pytest.approx(expected)
    assert slope.ys == pytest.approx([y * (1 - y) for y in expected])


def test_labels_do_not_give_the_function_away() -> None:
    sigmoid, tanh = Curve(fn="sigmoid"), Curve(fn="tanh", label="B")
    assert [curve.label for curve in sample(Plot(curves=(sigmoid,)), 2)] == ["f"]
    assert [curve.label for curve in sample(Plot(curves=(sigmoid, tanh, sigmoid)), 2)] == ["f₁", "B", "f₃"]


def test_parameters_reach_the_function_and_overflow_is_a_gap() -> None:
    (curve,) = sample(Plot(curves=(Curve(fn="elu", params={"alpha": 2.0}),), x=(-1.0, 1.0)), 2)
    assert curve.ys == pytest.approx((2 * (math.exp(-1) - 1), 1.0))
    (high,) = sample(Plot(curves=(Curve(fn="exponential"),), x=(0.0, 1e4)), 2)
    assert high.ys[0] == 1.0
    assert math.isnan(high.ys[1])


@pytest.mark.parametrize("fn", ["softmax", "sigmod", "__import__", "names"])
def test_what_is_no_function_of_one_number(fn: str) -> None:
    assert fn not in function_names()
    with pytest.raises(ValueError, match="must be"):
        sample(Plot(curves=(Curve(fn=fn),)), 2)


@pytest.mark.parametrize("fn", function_names())
@pytest.mark.parametrize("derivative", [False, True])
def test_every_function_can_be_drawn_over_the_default_range(fn: str, derivative: bool) -> None:
    (curve,) = sample(Plot(curves=(Curve(fn=fn, derivative=derivative),)), 50)
    assert all(math.isfinite(y) for y in curve.ys)


@pytest.mark.parametrize(
    ("plot", "said"),
    [
        ("{curves: [{fn: sigmoid}]}", ""),
        ("{curves: [{fn: elu, params: {alpha: 0.5}}], x: [-1, 1], y: [0, 1]}", ""),
        (
            "{curves: [{fn: sigmod}]}",
            "9:26: error: a curve must be a function of one number that quizdl knows",
        ),
        (
            "{curves: [{fn: elu, params: {alhpa: 0.5}}]}",
            "9:47: error: a parameter of elu must be one of ['alpha']",
        ),
        ("{curves: [{fn: relu}], x: [1, -1]}", "9:37: error: the range of x must run upwards"),
        ("{curves: [{fn: relu}], y: [1, 1]}", "9:37: error: the range of y must run upwards"),
        ("{curves: [{fn: softmax}]}", "received 'softmax'"),
    ],
)
def test_a_plot_that_cannot_be_drawn_is_told(tmp_path: Path, plot: str, said: str) -> None:
    wrong = "{text: {ko: 둘, en: two}, feedback: {ko: 왜, en: why}}"
    (tmp_path / "pack.yaml").write_text(
        "pack: {id: p, title: '1', version: '1'}\nconcepts: [{id: a, names: {ko: 가, en: a}}]\nitems:\n"
        "  - id: a.x\n    kind: choice\n    concept: a\n    prompt: {ko: 무엇, en: What}\n"
        f"    options: [{{text: {{ko: 하나, en: one}}, right: true}}, {wrong}]\n    plot: {plot}\n",
        encoding="utf-8",
    )
    _, problems = inspect([tmp_path])
    assert len(problems) == bool(said)
    assert said in "".join(map(str, problems))
