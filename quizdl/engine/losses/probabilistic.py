"""Losses between distributions, each beside its gradient by y_pred.

Probabilities are clipped to [1e-7, 1 − 1e-7] before a logarithm, as in Keras: the loss of one sample is at
most 16.118 per class, and the gradient is 0 where the clip acts. torch cuts the logarithm at −100 instead.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizdl.engine.activations import log_softmax, sigmoid, softmax
from quizdl.engine.arrays import EPSILON, Array, as_array, divide_no_nan, same_rank

NAMES = (
    "binary_crossentropy",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "kl_divergence",
    "poisson",
)


def _clipped(p: Array) -> Array:
    return np.clip(p, EPSILON, 1.0 - EPSILON)


def _inside(p: Array) -> Array:
    return ((p > EPSILON) & (p < 1.0 - EPSILON)).astype(np.float64)


def _total(p: Array) -> Array:
    """Sum over classes; what is so small that 1/S or the gradient would overflow counts as 0."""
    total = p.sum(axis=-1, keepdims=True)
    return np.where(np.abs(total) < 1e-290, 0.0, total)


def binary_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False, label_smoothing: float = 0.0
) -> Array:
    """Cross-entropy of yes-or-no labels.

    Formula: L = −(1/d) Σⱼ (yⱼ log pⱼ + (1 − yⱼ) log(1 − pⱼ));
    from logits z: max(z, 0) − zy + log(1 + e^(−|z|))

    Args:
        y_true: (..., d), in [0, 1].
        y_pred: (..., d), probabilities or logits.
        from_logits: whether y_pred are logits.
        label_smoothing: a in [0, 1]; labels become y(1 − a) + a/2.

    Returns:
        (...): one value per sample.

    Convention: Keras; torch has no smoothing here and cuts at 100 instead of 16.118.

    Example:
        >>> binary_crossentropy([[1.0]], [[0.5]]).round(6), binary_crossentropy([[1.0]], [[0.0]]).round(3)
        (array([0.693147]), array([16.118]))
        >>> binary_crossentropy([[1.0]], [[-500.0]], from_logits=True)
        array([500.])
    """
    true, pred = same_rank(y_true, y_pred)
    true = true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    if from_logits:
        values = np.maximum(pred, 0.0) - pred * true + np.log1p(np.exp(-np.abs(pred)))
    else:
        p = _clipped(pred)
        values = -(true * np.log(p) + (1.0 - true) * np.log(1.0 - p))
    return np.asarray(values.mean(axis=-1))


def binary_crossentropy_gradient(
    y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False, label_smoothing: float = 0.0
) -> Array:
    """Gradient of `binary_crossentropy` by y_pred: (p − y)/(p(1 − p)d), by logits (σ(z) − y)/d.

    Convention: Keras: 0 where p was clipped; torch: (p − y)/max(p(1 − p), 1e-12).

    Example:
        >>> binary_crossentropy_gradient([[1.0]], [[0.0]], from_logits=True)
        array([[-0.5]])
        >>> binary_crossentropy_gradient([[1.0]], [[0.0]])
        array([[-0.]])
    """
    true, pred = same_rank(y_true, y_pred)
    true = true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    if from_logits:
        return np.asarray((sigmoid(pred) - true) / pred.shape[-1])
    p = _clipped(pred)
    return np.asarray((p - true) / (p * (1.0 - p)) * _inside(pred) / pred.shape[-1])


def categorical_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False, label_smoothing: float = 0.0
) -> Array:
    """Cross-entropy of one-hot labels.

    Formula: L = −Σⱼ yⱼ log pⱼ; from logits: p = softmax(z)

    Args:
        y_true: (..., classes), one-hot or a distribution.
        y_pred: (..., classes), probabilities or logits.
        from_logits: whether y_pred are logits.
        label_smoothing: a in [0, 1]; labels become y(1 − a) + a/K for K classes.

    Returns:
        (...): one value per sample.

    Convention: Keras: probabilities are divided by their sum, then clipped; all 0, they stay 0 here (NaN in
    Keras). torch.nn.CrossEntropyLoss takes logits only.

    Example:
        >>> categorical_crossentropy([[0.0, 1.0]], [[0.5, 0.5]]).round(6)
        array([0.693147])
    """
    true, pred = same_rank(y_true, y_pred)
    true = true * (1.0 - label_smoothing) + label_smoothing / true.shape[-1]
    shares = None if from_logits else divide_no_nan(pred, _total(pred))
    logs = log_softmax(pred) if shares is None else np.log(_clipped(shares))
    return np.asarray(-(true * logs).sum(axis=-1))


def categorical_crossentropy_gradient(
    y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False, label_smoothing: float = 0.0
) -> Array:
    """Gradient of `categorical_crossentropy` by y_pred: by logits softmax(z) − y when y sums to 1.

    Formula: with q = p/S, S = Σ p and g = −y/q (0 where q was clipped): (g − Σⱼ gⱼqⱼ)/S

    Example:
        >>> categorical_crossentropy_gradient([[0.0, 1.0]], [[0.0, 0.0]], from_logits=True)
        array([[ 0.5, -0.5]])
    """
    true, pred = same_rank(y_true, y_pred)
    true = true * (1.0 - label_smoothing) + label_smoothing / true.shape[-1]
    if from_logits:
        return np.asarray(softmax(pred) * true.sum(axis=-1, keepdims=True) - true)
    total = _total(pred)
    q = divide_no_nan(pred, total)
    g = -true / _clipped(q) * _inside(q)
    return divide_no_nan(g - (g * q).sum(axis=-1, keepdims=True), total)


def sparse_categorical_crossentropy(
    y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False
) -> Array:
    """Cross-entropy of labels that are class numbers.

    Formula: L = −log p_y

    Args:
        y_true: (...) or (..., 1), integers from 0.
        y_pred: (..., classes), probabilities or logits.
        from_logits: whether y_pred are logits.

    Returns:
        (...): one value per sample.

    Raises:
        ValueError: a class that does not exist.

    Example:
        >>> sparse_categorical_crossentropy([1], [[0.5, 0.5]]).round(6)
        array([0.693147])
    """
    return categorical_crossentropy(_one_hot(y_true, y_pred), y_pred, from_logits=from_logits)


def sparse_categorical_crossentropy_gradient(
    y_true: ArrayLike, y_pred: ArrayLike, *, from_logits: bool = False
) -> Array:
    """Gradient of `sparse_categorical_crossentropy` by y_pred: that of the one-hot labels.

    Example:
        >>> sparse_categorical_crossentropy_gradient([1], [[0.0, 0.0]], from_logits=True)
        array([[ 0.5, -0.5]])
    """
    return categorical_crossentropy_gradient(_one_hot(y_true, y_pred), y_pred, from_logits=from_logits)


def _one_hot(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    pred = as_array(y_pred)
    labels = np.asarray(y_true)
    if labels.ndim == pred.ndim and labels.shape[-1] == 1:
        labels = labels[..., 0]
    classes = pred.shape[-1]
    whole = labels.astype(np.int64)
    if not np.array_equal(whole, labels) or whole.size == 0 or whole.min() < 0 or whole.max() >= classes:
        raise ValueError(f"labels must be integers from 0 to {classes - 1}, received {labels.tolist()}")
    return np.eye(classes)[whole]


def kl_divergence(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Kullback-Leibler divergence of a distribution from the true one.

    Formula: L = Σⱼ yⱼ log(yⱼ/pⱼ), both clipped to [1e-7, 1]

    Args:
        y_true: (..., classes), distributions.
        y_pred: (..., classes), distributions.

    Returns:
        (...): one value per sample, ≥ 0 for distributions.

    Convention: Keras; torch.nn.KLDivLoss has the arguments swapped, wants log p, and its "mean" divides by
    all elements ("batchmean" is this).

    Example:
        >>> kl_divergence([[0.5, 0.5]], [[0.5, 0.5]])
        array([0.])
    """
    true, pred = same_rank(y_true, y_pred)
    true, p = np.clip(true, EPSILON, 1.0), np.clip(pred, EPSILON, 1.0)
    return np.asarray((true * np.log(true / p)).sum(axis=-1))


def kl_divergence_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `kl_divergence` by y_pred: −y/p, 0 where p was clipped.

    Example:
        >>> kl_divergence_gradient([[0.5, 0.5]], [[0.5, 0.25]])
        array([[-1., -2.]])
    """
    true, pred = same_rank(y_true, y_pred)
    inside = (pred >= EPSILON) & (pred <= 1.0)
    return np.where(inside, -np.clip(true, EPSILON, 1.0) / np.clip(pred, EPSILON, 1.0), 0.0)


def poisson(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Negative log-likelihood of counts, without the part that does not depend on the prediction.

    Formula: L = (1/d) Σⱼ (ŷⱼ − yⱼ log(max(ŷⱼ, 0) + 1e-7))

    Args:
        y_true: (..., d), counts.
        y_pred: (..., d), rates ≥ 0.

    Returns:
        (...): one value per sample.

    Convention: Keras, but that a rate below 0 counts as 0 in the logarithm, where Keras has NaN.
    torch.nn.PoissonNLLLoss takes log rates by default and adds 1e-8.

    Example:
        >>> poisson([[1.0]], [[1.0]]).round(6)
        array([1.])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray((pred - true * np.log(np.maximum(pred, 0.0) + EPSILON)).mean(axis=-1))


def poisson_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `poisson` by y_pred: (1 − y/(ŷ + 1e-7))/d, 1/d for ŷ < 0.

    Example:
        >>> poisson_gradient([[0.0]], [[2.0]])
        array([[1.]])
    """
    true, pred = same_rank(y_true, y_pred)
    pull = np.where(pred >= 0.0, true / (np.maximum(pred, 0.0) + EPSILON), 0.0)
    return np.asarray((1.0 - pull) / pred.shape[-1])
