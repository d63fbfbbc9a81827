"""Losses against Keras, against differences, and at the ends of float64."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.engine import losses

ORACLE = Path(__file__).parents[2] / "data" / "oracle.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in ORACLE.read_text(encoding="utf-8").splitlines()]
NAMES = {
    "MeanSquaredError": "mse",
    "MeanAbsoluteError": "mae",
    "MeanAbsolutePercentageError": "mape",
    "MeanSquaredLogarithmicError": "msle",
    "CosineSimilarity": "cosine_similarity",
    "CosineEmbeddingLoss": "cosine_similarity",
    "Huber": "huber",
    "LogCosh": "log_cosh",
    "BinaryCrossentropy": "binary_crossentropy",
    "CategoricalCrossentropy": "categorical_crossentropy",
    "SparseCategoricalCrossentropy": "sparse_categorical_crossentropy",
    "class weights": "sparse_categorical_crossentropy",
    "KLDivergence": "kl_divergence",
    "Hinge": "hinge",
    "mse": "mse",
    "mae": "mae",
    "BCE": "binary_crossentropy",
}


def named(row: dict[str, Any]) -> losses.Loss:
    text = row["fn"].removeprefix("losses.").removeprefix("d ")
    return losses.get(NAMES[max((name for name in NAMES if text.startswith(name)), key=len)])


def arguments(row: dict[str, Any]) -> dict[str, Any]:
    params = {key: value for key, value in row["params"].items() if key not in ("axis", "weight")}
    if params.get("reduction", "") is None:
        params["reduction"] = "none"
    if row["fn"].startswith("class weights"):
        params["from_logits"] = True
    return params | {"sample_weight": row["inputs"].get("sample_weight")}


@pytest.mark.parametrize("row", [r for r in ROWS if r["group"] == "loss"], ids=lambda row: row["id"])
def test_values_are_those_of_keras(row: dict[str, Any]) -> None:
    got = named(row).value(row["inputs"]["y_true"], row["inputs"]["y_pred"], **arguments(row))
    np.testing.assert_allclose(got, row["keras"], rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("row", [r for r in ROWS if r["group"] == "lossgrad"], ids=lambda row: row["id"])
def test_gradients_are_those_of_automatic_differentiation(row: dict[str, Any]) -> None:
    got = named(row).gradient(row["inputs"]["y_true"], row["inputs"]["y_pred"], **arguments(row))
    np.testing.assert_allclose(got, row["keras"], rtol=1e-10, atol=1e-14)


def case(name: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Labels and predictions that the loss is meant for, away from its kinks."""
    rng = np.random.default_rng(seed)
    if name in ("binary_crossentropy", "categorical_crossentropy", "kl_divergence"):
        true, pred = rng.dirichlet(np.ones(4), 5), rng.dirichlet(np.full(4, 3.0), 5)
        return true, pred
    if name == "sparse_categorical_crossentropy":
        return rng.integers(0, 4, 5), rng.dirichlet(np.full(4, 3.0), 5)
    if name == "categorical_hinge":
        return np.eye(4)[rng.integers(0, 4, 5)], rng.normal(size=(5, 4))
    if "hinge" in name:
        return rng.choice([-1.0, 1.0], (5, 4)), rng.normal(size=(5, 4))
    if name in ("poisson", "mean_squared_logarithmic_error", "mean_absolute_percentage_error"):
        return rng.uniform(0.5, 4.0, (5, 4)), rng.uniform(0.5, 4.0, (5, 4))
    return rng.normal(size=(5, 4)), rng.normal(size=(5, 4)) * 2


VARIANTS = [(name, {}) for name in losses.names()] + [
    ("huber", {"delta": 0.4}),
    ("binary_crossentropy", {"from_logits": True, "label_smoothing": 0.2}),
    ("binary_crossentropy", {"label_smoothing": 0.2}),
    ("categorical_crossentropy", {"from_logits": True, "label_smoothing": 0.2}),
    ("sparse_categorical_crossentropy", {"from_logits": True}),
]


@pytest.mark.parametrize("reduction", ["sum_over_batch_size", "sum", "mean_with_sample_weight"])
@pytest.mark.parametrize(("name", "params"), VARIANTS)
def test_gradients_meet_differences(name: str, params: dict[str, Any], reduction: losses.Reduction) -> None:
    loss = losses.get(name)
    true, pred = case(name, 11)
    weight = np.array([1.0, 2.0, 0.5, 3.0, 0.0])
    h = 1e-4

    def value(at: np.ndarray) -> float:
        return float(loss.value(true, at, sample_weight=weight, reduction=reduction, **params))

    expected = np.zeros_like(pred)
    for index in np.ndindex(pred.shape):
        step = np.zeros_like(pred)
        step[index] = h
        expected[index] = (
            value(pred - 2 * step) - 8 * value(pred - step) + 8 * value(pred + step) - value(pred + 2 * step)
        ) / (12 * h)
    got = loss.gradient(true, pred, sample_weight=weight, reduction=reduction, **params)
    np.testing.assert_allclose(got, expected, rtol=1e-7, atol=1e-8)


HIT_IS_ZERO = [
    name
    for name in losses.names()
    # the others have their least value elsewhere: entropy, margins, −1
    if not name.endswith(("crossentropy", "hinge")) and name not in ("cosine_similarity", "poisson")
]


@pytest.mark.parametrize("name", HIT_IS_ZERO)
@given(seed=st.integers(0, 10_000))
def test_losses_are_not_negative_and_zero_at_a_hit(name: str, seed: int) -> None:
    loss = losses.get(name)
    true, pred = case(name, seed)
    assert (loss.per_sample(true, pred) >= -1e-12).all()
    np.testing.assert_allclose(loss.per_sample(true, true), 0.0, atol=1e-12)


@given(seed=st.integers(0, 10_000))
def test_cross_entropy_is_least_at_the_true_distribution(seed: int) -> None:
    loss = losses.get("categorical_crossentropy")
    true, pred = case("categorical_crossentropy", seed)
    assert (loss.per_sample(true, pred) >= loss.per_sample(true, true) - 1e-9).all()


@pytest.mark.parametrize("from_logits", [True, False])
@pytest.mark.parametrize("name", ["binary_crossentropy", "categorical_crossentropy"])
def test_no_overflow_no_nan_no_warning(name: str, from_logits: bool) -> None:
    loss = losses.get(name)
    true = np.array([[1.0, 0.0], [0.0, 1.0]])
    pred = np.array([[1e4, -1e4], [1e4, -1e4]]) if from_logits else np.array([[1.0, 0.0], [1.0, 0.0]])
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(loss.value(true, pred, from_logits=from_logits))
        assert np.isfinite(loss.gradient(true, pred, from_logits=from_logits)).all()


@pytest.mark.parametrize(
    "name", ["mse", "mae", "log_cosh", "huber", "cosine_similarity", "hinge", "squared_hinge"]
)
def test_large_errors_stay_finite(name: str) -> None:
    loss = losses.get(name)
    with np.errstate(all="raise", under="ignore"):
        assert np.isfinite(loss.value([[1.0, -1.0]], [[-1e4, 1e4]]))
        assert np.isfinite(loss.gradient([[1.0, -1.0]], [[-1e4, 1e4]])).all()
        assert np.isfinite(loss.value([[0.0, 0.0]], [[0.0, 0.0]]))


def test_labels_and_predictions_are_not_broadcast_against_one_another() -> None:
    assert losses.get("mse").value([1.0, 2.0], [[1.0], [2.0]]) == 0.0
    with pytest.raises(ValueError, match="same shape"):
        losses.get("mse").value([[1.0, 2.0]], [[1.0], [2.0]])


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="received 'msee'"):
        losses.get("msee")
    with pytest.raises(ValueError, match="integers from 0 to 1"):
        losses.get("sparse_categorical_crossentropy").value([2], [[0.5, 0.5]])
    with pytest.raises(ValueError, match="reduction"):
        losses.get("mse").value([[1.0]], [[1.0]], reduction="average")  # type: ignore[arg-type]


def test_weights_that_fit_no_sample_are_refused() -> None:
    true, pred = np.zeros((3, 2)), np.ones((3, 2))
    same = [losses.get("mse").value(true, pred, sample_weight=w) for w in ([1, 2, 3], [[1], [2], [3]])]
    assert same[0] == same[1] == 2.0
    for wrong in ([1.0, 2.0], [[1.0, 2.0]] * 3):
        with pytest.raises(ValueError, match="sample_weight must be"):
            losses.get("mse").value(true, pred, sample_weight=wrong)


def test_objects_are_the_functions_with_their_parameters() -> None:
    true, pred = case("huber", 3)
    one = losses.Huber(delta=0.4, reduction="sum")
    assert one(true, pred) == losses.get("huber").value(true, pred, reduction="sum", delta=0.4)
    np.testing.assert_array_equal(
        one.gradient(true, pred), losses.get("huber").gradient(true, pred, reduction="sum", delta=0.4)
    )
    assert losses.Huber(reduction=None)(true, pred).shape == (5,)
    assert losses.Huber(reduction="mean")(true, pred) == losses.Huber()(true, pred)
    assert one.name == "huber"
    with pytest.raises(ValueError, match="received 'average'"):
        losses.Huber(reduction="average")
    with pytest.raises(TypeError):
        losses.MeanSquaredError(delta=1.0)  # type: ignore[call-arg]
