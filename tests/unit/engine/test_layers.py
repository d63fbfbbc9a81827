"""Layers forward and backward: every gradient against differences, also through whole networks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizdl.engine import activations, gradcheck, layers, losses, models
from quizdl.engine.arrays import Array

RNG = np.random.default_rng(5)
X = RNG.normal(size=(6, 4))
UPSTREAM = RNG.normal(size=(6, 3))


def weighed(y: Array) -> float:
    return float((UPSTREAM * y).sum())


def test_dense_gradients() -> None:
    w, b = RNG.normal(size=(4, 3)), RNG.normal(size=3)
    g = layers.dense_backward(UPSTREAM, X, w)
    assert gradcheck(lambda x: weighed(layers.dense(x, w, b)), X, g.x)
    assert gradcheck(lambda k: weighed(layers.dense(X, k, b)), w, g.kernel)
    assert gradcheck(lambda c: weighed(layers.dense(X, w, c)), b, g.bias)


def test_dense_works_on_the_last_axis_of_more() -> None:
    x, w, up = RNG.normal(size=(2, 5, 4)), RNG.normal(size=(4, 3)), RNG.normal(size=(2, 5, 3))
    g = layers.dense_backward(up, x, w)
    assert g.x.shape == x.shape
    assert gradcheck(lambda k: float((up * layers.dense(x, k)).sum()), w, g.kernel)


def test_batch_normalization_gradients() -> None:
    gamma, beta = np.array([2.0, 0.5, -1.0]), np.array([0.1, 0.2, 0.3])
    x = RNG.normal(size=(6, 3)) * 3 + 1
    g = layers.batch_normalization_backward(UPSTREAM, x, gamma)
    assert gradcheck(lambda a: weighed(layers.batch_normalization(a, gamma, beta).y), x, g.x)
    assert gradcheck(lambda a: weighed(layers.batch_normalization(x, a, beta).y), gamma, g.gamma)
    assert gradcheck(lambda a: weighed(layers.batch_normalization(x, gamma, a).y), beta, g.beta)
    # That of who forgets that the mean depends on x is refused.
    assert not gradcheck(
        lambda a: weighed(layers.batch_normalization(a, gamma, beta).y),
        x,
        UPSTREAM * gamma / np.sqrt(x.var(axis=0) + 1e-3),
    )


def test_batch_normalization_at_inference_gradients() -> None:
    layer = layers.BatchNormalization(momentum=0.5)
    x = RNG.normal(size=(6, 3)) * 3 + 1
    layer(x, training=True)
    layer(x)
    got = layer.backward(UPSTREAM)
    assert gradcheck(lambda a: weighed(layer(a)), x, got)


def test_batch_normalization_keeps_biased_statistics() -> None:
    layer = layers.BatchNormalization(momentum=0.9)
    x = np.array([[1.0], [3.0]])
    y = layer(x, training=True)
    np.testing.assert_allclose(y.mean(), 0.0, atol=1e-15)
    np.testing.assert_allclose(layer.moving_mean, [0.2])
    np.testing.assert_allclose(layer.moving_variance, [0.9 + 0.1 * 1.0])
    before = layer.moving_mean.copy()
    layer(x * 100)
    np.testing.assert_array_equal(layer.moving_mean, before)


def test_batch_normalization_over_images_is_per_channel() -> None:
    x = RNG.normal(size=(4, 5, 5, 2)) * [1.0, 10.0] + [0.0, 100.0]
    y = layers.BatchNormalization()(x, training=True)
    np.testing.assert_allclose(y.mean(axis=(0, 1, 2)), 0.0, atol=1e-12)
    np.testing.assert_allclose(y.var(axis=(0, 1, 2)), 1.0, atol=2e-3)


@pytest.mark.parametrize("center", [True, False])
@pytest.mark.parametrize("scale", [True, False])
def test_batch_normalization_weights(center: bool, scale: bool) -> None:
    layer = layers.BatchNormalization(center=center, scale=scale)
    layer(X, training=True)
    layer.backward(np.ones_like(X))
    assert len(layer.trainable) == len(layer.gradients) == center + scale
    layer.set_weights([w + 1 for w in layer.weights])
    np.testing.assert_array_equal(layer.gamma, 2.0 if scale else 1.0)
    np.testing.assert_array_equal(layer.beta, 1.0 if center else 0.0)


def test_dropout_keeps_the_expectation() -> None:
    x = np.ones((1, 100_000))
    y = layers.Dropout(0.3, seed=0)(x, training=True)
    assert y.mean() == pytest.approx(1.0, abs=0.01)
    assert (y == 0).mean() == pytest.approx(0.3, abs=0.01)
    np.testing.assert_allclose(np.unique(y), [0.0, 1 / 0.7])


def test_dropout_goes_back_through_its_own_mask() -> None:
    layer = layers.Dropout(0.5, seed=0)
    y = layer(np.ones((3, 8)), training=True)
    np.testing.assert_array_equal(layer.backward(np.ones((3, 8))), y)
    layer(np.ones((3, 8)))
    np.testing.assert_array_equal(layer.backward(np.ones((3, 8))), 1.0)


def test_dropout_draws_a_new_mask_for_each_batch() -> None:
    layer = layers.Dropout(0.5, seed=0)
    x = np.ones((1, 64))
    assert (layer(x, training=True) != layer(x, training=True)).any()


def test_flatten_goes_back() -> None:
    layer = layers.Flatten()
    x = RNG.normal(size=(2, 3, 4))
    np.testing.assert_array_equal(layer.backward(layer(x)), x)


@pytest.mark.parametrize("name", [n for n in activations.names() if n not in ("glu", "log_softmax")])
def test_networks_are_differentiated_through_every_activation(name: str) -> None:
    model = models.Sequential([layers.Dense(5, name), layers.Dense(3)], seed=2)
    model.build((4,))
    model.compile("sgd", "mse")
    x = np.random.default_rng(8).normal(size=(6, 4))
    check_weights(model, x, UPSTREAM)


@pytest.mark.parametrize(
    ("loss", "last"),
    [
        (losses.BinaryCrossentropy(), "sigmoid"),
        (losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1), None),
        (losses.CategoricalCrossentropy(label_smoothing=0.1), "softmax"),
        (losses.SparseCategoricalCrossentropy(), "softmax"),
        (losses.KLDivergence(), "softmax"),
        (losses.Poisson(reduction="sum"), "softplus"),
        (losses.CosineSimilarity(), "tanh"),
        (losses.LogCosh(), None),
    ],
    ids=lambda v: getattr(v, "name", str(v)),
)
def test_networks_are_differentiated_with_every_kind_of_loss(loss: Any, last: str | None) -> None:
    model = models.Sequential(
        [
            layers.Dense(5, "tanh", kernel_regularizer="l1_l2"),
            layers.BatchNormalization(),
            layers.Dense(3, last, kernel_regularizer="l2", bias_regularizer="l1"),
        ],
        seed=3,
    )
    model.build((4,))
    shake = np.random.default_rng(9)
    model.set_weights([w + shake.uniform(0.05, 0.2, w.shape) for w in model.get_weights()])
    model.compile("sgd", loss)
    classes = np.array([0, 1, 2, 2, 1, 0])
    check_weights(model, X, classes if loss.name.startswith("sparse") else np.eye(3)[classes])


def check_weights(model: models.Sequential, x: Array, y: Array) -> None:
    """Each weight's gradient against differences of the loss."""
    start = model.get_weights()
    trainable = model.trainable
    _, gradients, _ = model.loss_and_gradients(x, y)
    gradients = [g.copy() for g in gradients]
    assert len(gradients) == len(trainable)
    places = [next(i for i, w in enumerate(start) if np.array_equal(w, t)) for t in trainable]
    for place, gradient in zip(places, gradients, strict=True):

        def value(w: Array, place: int = place) -> float:
            model.set_weights([*start[:place], w, *start[place + 1 :]])
            return model.loss_and_gradients(x, y)[0]

        assert gradcheck(value, start[place], gradient, rtol=1e-5, atol=1e-8)
    model.set_weights(start)


def test_what_does_not_fit_is_refused() -> None:
    layer = layers.Dense(2)
    layer(np.zeros((1, 3)))
    with pytest.raises(ValueError, match="3 features"):
        layer(np.zeros((1, 4)))
    with pytest.raises(ValueError, match="shapes"):
        layer.set_weights([np.zeros((2, 3)), np.zeros(2)])
    with pytest.raises(ValueError, match="units"):
        layers.Dense(0)
    with pytest.raises(ValueError, match="rate"):
        layers.Dropout(1.5)
    with pytest.raises(ValueError, match="an activation must be"):
        layers.Dense(2, "rellu")
    with pytest.raises(ValueError, match="has no weights"):
        layers.Flatten().trainable = [np.zeros(1)]
