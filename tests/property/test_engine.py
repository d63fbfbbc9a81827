"""Laws of the engine, tried on whatever hypothesis thinks of. Those of activations and losses alone are with
their unit tests."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from quizdl.engine import (
    activations,
    augmentation,
    callbacks,
    gradcheck,
    layers,
    losses,
    metrics,
    optimizers,
    splits,
)

LARGE = st.floats(-1e4, 1e4)
batches = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6), elements=LARGE)
labelled = st.integers(2, 40).flatmap(
    lambda n: st.tuples(
        arrays(np.int64, n, elements=st.integers(0, 1)),
        arrays(np.float64, n, elements=st.integers(0, 20).map(lambda i: i / 20)),
    )
)


@given(batches, LARGE)
def test_softmax_sums_to_one_and_knows_no_shift(x: np.ndarray, shift: float) -> None:
    s = activations.softmax(x)
    np.testing.assert_allclose(s.sum(axis=-1), 1.0, rtol=1e-14)
    assert (s >= 0).all()
    # The shift itself rounds x to a multiple of about 4e-12.
    np.testing.assert_allclose(activations.softmax(x + shift), s, rtol=1e-10, atol=1e-300)
    np.testing.assert_allclose(activations.softmax(x[:, ::-1])[:, ::-1], s, rtol=1e-13)


@given(batches)
def test_softmax_and_its_logarithm_agree(x: np.ndarray) -> None:
    np.testing.assert_allclose(
        np.exp(activations.log_softmax(x)), activations.softmax(x), rtol=1e-9, atol=1e-300
    )


ELEMENTWISE = [n for n in activations.names() if activations.get(n).derivative and n != "exponential"]


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(x=batches)
@settings(max_examples=30)
def test_activations_neither_overflow_nor_warn(name: str, x: np.ndarray) -> None:
    found = activations.get(name)
    assert found.derivative is not None
    with np.errstate(all="raise", under="ignore"):
        for y in (found.forward(x), found.derivative(x)):
            assert y.shape == x.shape
            assert np.isfinite(y).all()


@pytest.mark.parametrize(
    "name", [n for n in losses.names() if n not in ("sparse_categorical_crossentropy", "categorical_hinge")]
)
@given(x=batches, seed=st.integers(0, 99))
@settings(max_examples=40)
def test_losses_neither_overflow_nor_warn(name: str, x: np.ndarray, seed: int) -> None:
    """Predictions of any size, as the loss is meant to be used: logits, probabilities, counts or numbers."""
    rng = np.random.default_rng(seed)
    loss, params = losses.get(name), {}
    true: Any = rng.normal(size=x.shape) * 100
    if name.endswith("crossentropy"):
        true, params = rng.dirichlet(np.ones(x.shape[1]), x.shape[0]), {"from_logits": True}
    elif name == "kl_divergence":
        true, x = rng.dirichlet(np.ones(x.shape[1]), x.shape[0]), activations.softmax(x)
    elif name == "poisson":
        true, x = rng.poisson(3.0, x.shape), np.abs(x)
    elif "hinge" in name:
        true = rng.choice([-1.0, 1.0], x.shape)
    with np.errstate(all="raise", under="ignore"):
        value = loss.per_sample(true, x, **params)
        gradient = loss.gradient(true, x, **params)
    assert value.shape == x.shape[:1]
    assert np.isfinite(value).all()
    assert gradient.shape == x.shape
    assert np.isfinite(gradient).all()
    if name not in ("cosine_similarity", "poisson", "kl_divergence"):
        assert (value >= -1e-12).all()


awkward = st.sampled_from([-1e4, -2.0, -1.0, -1e-7, -0.0, 0.0, 1e-300, 1e-8, 0.5, 1.0, 2.0, 1e4]) | LARGE


@pytest.mark.parametrize("name", losses.names())
@given(x=arrays(np.float64, (3, 2), elements=awkward), y=arrays(np.float64, (3, 2), elements=awkward))
def test_losses_of_anything_are_numbers(name: str, x: np.ndarray, y: np.ndarray) -> None:
    """Predictions that are no probabilities, sum to 0, or are negative rates: a number, and no warning."""
    loss = losses.get(name)
    true = [0, 1, 1] if name.startswith("sparse") else y
    for params in ({}, {"from_logits": True}) if name.endswith("crossentropy") else ({},):
        with np.errstate(all="raise", under="ignore"):
            assert np.isfinite(loss.per_sample(true, x, **params)).all()
            assert np.isfinite(loss.gradient(true, x, **params)).all()


@pytest.mark.parametrize("name", ["mean_squared_error", "mean_absolute_error", "huber", "log_cosh"])
@given(x=batches)
def test_a_hit_costs_nothing_and_has_no_gradient(name: str, x: np.ndarray) -> None:
    loss = losses.get(name)
    assert (loss.per_sample(x, x) == 0).all()
    assert (loss.gradient(x, x) == 0).all()
    assert (loss.per_sample(x, x + 1) > 0).all()


@given(labelled)
def test_counts_are_all_samples(data: tuple[np.ndarray, np.ndarray]) -> None:
    y, p = data
    counts = metrics.confusion_counts(y, p, [0.0, 0.3, 0.5, 1.0])
    np.testing.assert_array_equal(sum(counts), len(y))
    assert (np.diff(counts.true_positives) <= 0).all()
    matrix = metrics.confusion_matrix(y, (p > 0.5).astype(int), num_classes=2)
    assert np.trace(matrix) / len(y) == pytest.approx(metrics.binary_accuracy(y, p).mean())


@given(labelled)
def test_auc_is_turned_about_by_turning_scores_about(data: tuple[np.ndarray, np.ndarray]) -> None:
    y, p = data
    area = metrics.roc_auc(y, p)
    assert 0 <= area <= 1
    if 0 < y.sum() < len(y):
        assert metrics.roc_auc(y, 1 - p) == pytest.approx(1 - area)
        assert metrics.roc_auc(1 - y, p) == pytest.approx(1 - area)
        assert metrics.roc_auc(y, p**3) == pytest.approx(area)


@given(labelled, st.floats(0.1, 10.0))
def test_f_lies_between_precision_and_recall(data: tuple[np.ndarray, np.ndarray], beta: float) -> None:
    y, p = data
    pr, re = metrics.precision(y, p), metrics.recall(y, p)
    f = float(metrics.fbeta_score(y, p, beta=beta, threshold=0.5, epsilon=0.0)[0])
    assert min(pr, re) - 1e-12 <= f <= max(pr, re) + 1e-12


gradients = arrays(np.float64, (3,), elements=LARGE)
STEPS: list[Any] = [
    optimizers.sgd_step, optimizers.adagrad_step, optimizers.rmsprop_step, optimizers.adadelta_step,
    optimizers.adam_step, optimizers.adamax_step, optimizers.nadam_step,
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
@given(path=st.lists(gradients, min_size=1, max_size=5))
@settings(max_examples=50)
def test_steps_are_finite_and_odd_in_the_gradient(step: Any, path: list[np.ndarray]) -> None:
    """Turning all gradients about turns the way about."""
    w = v = np.zeros(3)
    s = t = None
    with np.errstate(all="raise", under="ignore"):
        for g in path:
            w, s = step(w, g, s)
            v, t = step(v, -g, t)
    assert np.isfinite(w).all()
    np.testing.assert_allclose(w, -v, rtol=1e-12, atol=1e-300)


@given(gradients, st.floats(1e-3, 1e4))
def test_clipping_shortens_and_keeps_the_direction(g: np.ndarray, c: float) -> None:
    short = optimizers.clip_by_norm(g, c)
    assert np.linalg.norm(short) <= c * (1 + 1e-12)
    np.testing.assert_allclose(short * np.linalg.norm(g), g * np.linalg.norm(short), rtol=1e-9, atol=1e-9)
    if np.linalg.norm(g) <= c:
        np.testing.assert_allclose(short, g, rtol=1e-12, atol=1e-300)
    assert np.abs(optimizers.clip_by_value(g, c)).max() <= c


@given(batches, st.floats(0.01, 100.0), LARGE)
def test_batch_normalization_knows_no_scale_and_no_shift(x: np.ndarray, scale: float, shift: float) -> None:
    spread = x.std(axis=0)
    y = layers.batch_normalization(x, epsilon=1e-3).y
    assert np.isfinite(y).all()
    np.testing.assert_allclose(y.mean(axis=0), 0.0, atol=1e-6)
    if (spread > 10).all():
        other = layers.batch_normalization(scale * x + shift, epsilon=1e-3 * scale**2).y
        np.testing.assert_allclose(other, y, rtol=1e-6, atol=1e-6)


@given(
    arrays(np.float64, (4, 2), elements=st.floats(-3, 3)),
    arrays(np.float64, (4, 3), elements=st.floats(-3, 3)),
    arrays(np.float64, (2, 3), elements=st.floats(-3, 3)),
)
@settings(max_examples=25)
def test_dense_gradients_wherever(x: np.ndarray, upstream: np.ndarray, kernel: np.ndarray) -> None:
    g = layers.dense_backward(upstream, x, kernel)
    assert gradcheck(lambda a: float((upstream * layers.dense(a, kernel)).sum()), x, g.x, atol=1e-7)
    assert gradcheck(lambda a: float((upstream * layers.dense(x, a)).sum()), kernel, g.kernel, atol=1e-7)


@given(st.integers(2, 200), st.data())
def test_folds_are_all_samples(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(2, n))
    labels = data.draw(arrays(np.int64, n, elements=st.integers(0, 3)))
    for folds in (splits.k_fold(n, k, rng=0), splits.stratified_k_fold(labels, k, rng=0)):
        held = []
        for fold in folds:
            assert not set(fold.train) & set(fold.validation)
            assert len(fold.train) + len(fold.validation) == n
            held.append(fold.validation)
        assert sorted(np.concatenate(held).tolist()) == list(range(n))


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=30), st.integers(0, 5), st.floats(0, 1))
def test_early_stopping_looks_at_nothing_later(values: list[float], patience: int, min_delta: float) -> None:
    stop = callbacks.early_stopping(values, patience=patience, min_delta=min_delta)
    assert (
        callbacks.early_stopping(values[: stop.last_epoch + 1], patience=patience, min_delta=min_delta)
        == stop
    )
    assert stop.best_epoch <= stop.last_epoch
    if stop.stopped:
        assert stop.last_epoch - stop.best_epoch == max(1, patience)
    if min_delta == 0:
        assert values[stop.best_epoch] == min(values[: stop.last_epoch + 1])


@given(
    arrays(np.float64, (2, 4, 5, 3), elements=st.floats(0, 255)),
    st.floats(-1, 1),
    st.sampled_from(["reflect", "nearest", "wrap"]),
)
@settings(max_examples=50)
def test_moved_images_show_nothing_new(x: np.ndarray, amount: float, fill_mode: Any) -> None:
    for y in (
        augmentation.rotate(x, amount, fill_mode=fill_mode),
        augmentation.zoom(x, 0.9 * amount, fill_mode=fill_mode),
    ):
        assert y.shape == x.shape
        assert y.min() >= x.min() - 1e-9
        assert y.max() <= x.max() + 1e-9


@given(arrays(np.float64, (3, 4, 3), elements=st.floats(0, 1)))
def test_colours_go_there_and_back(x: np.ndarray) -> None:
    hsv = augmentation.rgb_to_hsv(x)
    assert (hsv >= 0).all()
    assert (hsv <= 1).all()
    np.testing.assert_allclose(augmentation.hsv_to_rgb(hsv), x, atol=1e-9)
