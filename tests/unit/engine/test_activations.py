"""Activations against Keras and torch, against differences, and at the ends of float64."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from quizdl.engine import activations

ORACLE = Path(__file__).parents[2] / "data" / "oracle.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in ORACLE.read_text(encoding="utf-8").splitlines()]
PARAMS: dict[str, dict[str, Any]] = {
    "relu": {"negative_slope": 0.1, "max_value": 2.0, "threshold": 0.2},
    "elu": {"alpha": 0.7},
    "celu": {"alpha": 0.7},
    "prelu": {"alpha": 0.3},
    "gelu": {"approximate": True},
    "squareplus": {"b": 2.0},
    "threshold": {"threshold": 0.3},
}
ELEMENTWISE = [name for name in activations.names() if activations.get(name).derivative]
MIXING = [name for name in activations.names() if activations.get(name).vjp]


def named(row: dict[str, Any]) -> activations.Activation:
    """The function of a row: "d/dx activations.leaky_relu_0.01" is leaky_relu."""
    name = row["fn"].split("activations.")[1].split(" ")[0]
    return activations.get(max((n for n in activations.names() if name.startswith(n)), key=len))


@pytest.mark.parametrize(
    "row", [r for r in ROWS if r["group"] in ("act", "actext", "softmax")], ids=lambda row: row["id"]
)
def test_values_are_those_of_keras(row: dict[str, Any]) -> None:
    got = named(row).forward(row["inputs"]["x"], **row["params"])
    assert got.dtype == np.float64
    # the oracle cuts softplus off above 20, which costs it 1.3e-9; here the formula holds everywhere
    rtol = 1e-10 if "softplus" in row["fn"] else 1e-12
    np.testing.assert_allclose(got, row["keras"], rtol=rtol, atol=1e-15)


@pytest.mark.parametrize("row", [r for r in ROWS if r["group"] == "actgrad"], ids=lambda row: row["id"])
def test_derivatives_are_those_of_automatic_differentiation(row: dict[str, Any]) -> None:
    derivative = named(row).derivative
    assert derivative is not None
    np.testing.assert_allclose(
        derivative(row["inputs"]["x"], **row["params"]), row["keras"], rtol=1e-10, atol=1e-14
    )


def difference(f: Any, x: np.ndarray, h: float = 1e-3) -> np.ndarray:
    """Derivative by central differences of fourth order: error h⁴."""
    return np.asarray((f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h))


@pytest.mark.parametrize("params", [False, True])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivatives_meet_differences(name: str, params: bool) -> None:
    chosen = PARAMS.get(name, {}) if params else {}
    found = activations.get(name)
    x = np.linspace(-4.0, 4.0, 161) + 0.0137  # off every kink by more than the width of the difference
    x = x[np.all([np.abs(x - k) > 0.005 for k in (-3, -1, -0.5, 0, 0.2, 0.3, 0.5, 1, 2, 3)], axis=0)]
    expected = difference(lambda v: found.forward(v, **chosen), x)
    assert found.derivative is not None
    np.testing.assert_allclose(found.derivative(x, **chosen), expected, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("name", MIXING)
@pytest.mark.parametrize("axis", [0, 1, -1])
def test_vector_jacobian_products_meet_differences(name: str, axis: int) -> None:
    found = activations.get(name)
    rng = np.random.default_rng(7)
    x = rng.normal(size=(4, 6))
    g = rng.normal(size=found.forward(x, axis=axis).shape)
    expected = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        direction = np.zeros_like(x)
        direction[index] = 1.0
        expected[index] = difference(
            lambda h, d=direction: np.array(
                [np.sum(g * found.forward(x + step * d, axis=axis)) for step in h]
            ),
            np.array([0.0]),
        )[0]
    assert found.vjp is not None
    np.testing.assert_allclose(found.vjp(x, g, axis=axis), expected, rtol=1e-8, atol=1e-10)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_no_overflow_no_nan_no_warning(name: str) -> None:
    found = activations.get(name)
    x = np.array([-1e4, -745.2, -710.0, -37.0, -1e-300, -0.0, 0.0, 1e-300, 37.0, 700.0, 709.0, 710.0, 1e4])
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        assert found.derivative is not None
        for values in (found.forward(x), found.derivative(x)):
            assert not np.isnan(values).any()
            assert np.isfinite(values).all() or name == "exponential"


@pytest.mark.parametrize("name", activations.names())
def test_batches_are_computed_row_by_row_and_inputs_stay(name: str) -> None:
    found = activations.get(name)
    x = np.random.default_rng(3).normal(size=(3, 4))
    before = x.copy()
    whole = found.forward(x)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_allclose(whole, np.stack([found.forward(row) for row in x]), rtol=1e-15)
    assert not np.shares_memory(whole, x)


scores = arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 6)), elements=st.floats(-1e4, 1e4))


@given(scores, st.floats(-1e4, 1e4))
def test_softmax_sums_to_one_and_is_invariant_under_shifts(x: np.ndarray, shift: float) -> None:
    s = activations.softmax(x)
    np.testing.assert_allclose(s.sum(axis=-1), 1.0, rtol=1e-12)
    assert (s >= 0).all()
    np.testing.assert_allclose(activations.softmax(x + shift), s, rtol=1e-7, atol=1e-9)


@given(scores)
def test_log_softmax_is_finite_and_its_exponential_is_softmax(x: np.ndarray) -> None:
    logs = activations.log_softmax(x)
    assert np.isfinite(logs).all()
    np.testing.assert_allclose(np.exp(logs), activations.softmax(x), rtol=1e-9, atol=1e-12)


@given(scores)
def test_the_softmax_jacobian_is_symmetric_with_rows_that_sum_to_zero(x: np.ndarray) -> None:
    jacobian = activations.softmax_jacobian(x)
    np.testing.assert_array_equal(jacobian, np.swapaxes(jacobian, -1, -2))
    np.testing.assert_allclose(jacobian.sum(axis=-1), 0.0, atol=1e-12)
    g = np.cos(np.arange(x.size)).reshape(x.shape)
    product = np.einsum("bij,bi->bj", jacobian, g)
    np.testing.assert_allclose(activations.softmax_vjp(x, g), product, atol=1e-12)


def test_lookup() -> None:
    assert activations.get("swish") is activations.get("silu")
    assert activations.get("softmax").derivative is None
    assert {"relu", "sigmoid", "tanh", "gelu", "softmax", "selu", "elu", "mish"} <= set(activations.names())
    with pytest.raises(ValueError, match="received 'reLU'"):
        activations.get("reLU")


def test_an_odd_number_of_features_has_no_halves() -> None:
    with pytest.raises(ValueError, match="even"):
        activations.glu([1.0, 2.0, 3.0])
