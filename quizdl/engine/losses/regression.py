"""Losses between numbers and numbers, averaged over the last axis, each beside its gradient by y_pred."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizdl.engine.arrays import EPSILON, Array, same_rank

NAMES = (
    "mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "log_cosh",
    "huber",
    "cosine_similarity",
)


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Mean squared error.

    Formula: L = (1/d) Σⱼ (ŷⱼ − yⱼ)²

    Args:
        y_true: (..., d).
        y_pred: (..., d).

    Returns:
        (...): one value per sample.

    Convention: Keras; torch's reduction="none" keeps the d values apart, so that its "sum" is d times larger.

    Example:
        >>> mean_squared_error([[1.0, 2.0]], [[2.0, 4.0]])
        array([2.5])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(((pred - true) ** 2).mean(axis=-1))


def mean_squared_error_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `mean_squared_error` by y_pred: 2(ŷ − y)/d.

    Example:
        >>> mean_squared_error_gradient([[1.0, 2.0]], [[2.0, 4.0]])
        array([[1., 2.]])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(2.0 * (pred - true) / pred.shape[-1])


def mean_absolute_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Mean absolute error.

    Formula: L = (1/d) Σⱼ |ŷⱼ − yⱼ|

    Args:
        y_true: (..., d).
        y_pred: (..., d).

    Returns:
        (...): one value per sample.

    Example:
        >>> mean_absolute_error([[1.0, 2.0]], [[2.0, 4.0]])
        array([1.5])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(np.abs(pred - true).mean(axis=-1))


def mean_absolute_error_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `mean_absolute_error` by y_pred: sign(ŷ − y)/d, 0 where they are equal.

    Example:
        >>> mean_absolute_error_gradient([[1.0, 2.0]], [[1.0, 4.0]])
        array([[0. , 0.5]])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(np.sign(pred - true) / pred.shape[-1])


def mean_absolute_percentage_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Mean absolute error in percent of the true value.

    Formula: L = (100/d) Σⱼ |yⱼ − ŷⱼ| / max(|yⱼ|, 1e-7)

    Args:
        y_true: (..., d); a zero makes the loss huge.
        y_pred: (..., d).

    Returns:
        (...): one value per sample, in percent.

    Convention: Keras; scikit-learn gives the fraction, torch has none.

    Example:
        >>> mean_absolute_percentage_error([[1.0, 2.0]], [[2.0, 2.0]])
        array([50.])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(100.0 * (np.abs(true - pred) / np.maximum(np.abs(true), EPSILON)).mean(axis=-1))


def mean_absolute_percentage_error_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `mean_absolute_percentage_error` by y_pred: 100 sign(ŷ − y) / (d max(|y|, 1e-7)).

    Example:
        >>> mean_absolute_percentage_error_gradient([[1.0, 2.0]], [[2.0, 1.0]])
        array([[ 50., -25.]])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(100.0 * np.sign(pred - true) / np.maximum(np.abs(true), EPSILON) / pred.shape[-1])


def mean_squared_logarithmic_error(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Mean squared difference of the logarithms: errors count by their ratio.

    Formula: L = (1/d) Σⱼ (log(max(ŷⱼ, ε) + 1) − log(max(yⱼ, ε) + 1))², ε = 1e-7

    Args:
        y_true: (..., d), not negative.
        y_pred: (..., d), not negative; what is counts as ε.

    Returns:
        (...): one value per sample.

    Convention: Keras; the plain formula is NaN below −1.

    Example:
        >>> mean_squared_logarithmic_error([[0.0]], [[np.e - 1]]).round(6)
        array([1.])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(((_log_plus_one(pred) - _log_plus_one(true)) ** 2).mean(axis=-1))


def mean_squared_logarithmic_error_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `mean_squared_logarithmic_error` by y_pred: 2(log(ŷ+1) − log(y+1)) / (d(ŷ + 1)), 0 below ε.

    Example:
        >>> mean_squared_logarithmic_error_gradient([[0.0]], [[-2.0]])
        array([[0.]])
    """
    true, pred = same_rank(y_true, y_pred)
    difference = _log_plus_one(pred) - _log_plus_one(true)
    slope = 2.0 * difference / (np.maximum(pred, EPSILON) + 1.0) / pred.shape[-1]
    return np.where(pred > EPSILON, slope, 0.0)


def _log_plus_one(x: Array) -> Array:
    return np.asarray(np.log(np.maximum(x, EPSILON) + 1.0))


def log_cosh(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Logarithm of the hyperbolic cosine: e²/2 for small errors, |e| − log 2 for large ones.

    Formula: L = (1/d) Σⱼ log cosh(ŷⱼ − yⱼ)

    Args:
        y_true: (..., d).
        y_pred: (..., d).

    Returns:
        (...): one value per sample.

    Convention: Keras; torch has none. Computed as |e| + log(1 + e^(−2|e|)) − log 2: cosh would overflow.

    Example:
        >>> log_cosh([[0.0]], [[1e4]]).round(4)
        array([9999.3069])
    """
    true, pred = same_rank(y_true, y_pred)
    error = np.abs(pred - true)
    return np.asarray((error + np.log1p(np.exp(-2.0 * error)) - np.log(2.0)).mean(axis=-1))


def log_cosh_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `log_cosh` by y_pred: tanh(ŷ − y)/d.

    Example:
        >>> log_cosh_gradient([[0.0]], [[1e4]])
        array([[1.]])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(np.tanh(pred - true) / pred.shape[-1])


def huber(y_true: ArrayLike, y_pred: ArrayLike, *, delta: float = 1.0) -> Array:
    """Squared error for small errors, absolute for large ones.

    Formula: L = (1/d) Σⱼ h(ŷⱼ − yⱼ), h(e) = e²/2 where |e| ≤ δ, δ|e| − δ²/2 elsewhere

    Args:
        y_true: (..., d).
        y_pred: (..., d).
        delta: δ > 0, where the two meet.

    Returns:
        (...): one value per sample.

    Convention: Keras and torch.nn.HuberLoss; torch's SmoothL1Loss is this divided by its beta.

    Example:
        >>> huber([[0.0, 0.0]], [[1.0, 3.0]])
        array([1.5])

    Reference: Huber, Robust Estimation of a Location Parameter (1964).
    """
    true, pred = same_rank(y_true, y_pred)
    error = np.abs(pred - true)
    values = np.where(error <= delta, 0.5 * error**2, delta * error - 0.5 * delta**2)
    return np.asarray(values.mean(axis=-1))


def huber_gradient(y_true: ArrayLike, y_pred: ArrayLike, *, delta: float = 1.0) -> Array:
    """Gradient of `huber` by y_pred: the error cut to [−δ, δ], over d.

    Example:
        >>> huber_gradient([[0.0, 0.0]], [[0.5, -3.0]])
        array([[ 0.25, -0.5 ]])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(np.clip(pred - true, -delta, delta) / pred.shape[-1])


def cosine_similarity(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Cosine of the angle between two vectors, with its sign turned to make it a loss.

    Formula: L = −Σⱼ yⱼŷⱼ / (‖y‖ ‖ŷ‖), a norm below 1e-7 counting as 1e-7

    Args:
        y_true: (..., d).
        y_pred: (..., d).

    Returns:
        (...): one value in [−1, 1] per sample; 0 for a zero vector.

    Convention: Keras's loss; its metric, and torch's function, have the other sign, and torch's
    CosineEmbeddingLoss is 1 − cos.

    Example:
        >>> cosine_similarity([[3.0, 4.0]], [[4.0, 3.0]])
        array([-0.96])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(-(true * pred).sum(axis=-1) / (_norm(true) * _norm(pred))[..., 0])


def cosine_similarity_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `cosine_similarity` by y_pred: −(u − (u·v)v)/‖ŷ‖ with unit vectors u of y and v of ŷ.

    Example:
        >>> cosine_similarity_gradient([[1.0, 1.0]], [[2.0, 0.0]]).round(3)
        array([[-0.   , -0.354]])
    """
    true, pred = same_rank(y_true, y_pred)
    norm = _norm(pred)
    u, v = true / _norm(true), pred / norm
    along = np.where(norm > EPSILON, (u * v).sum(axis=-1, keepdims=True), 0.0)
    return np.asarray(-(u - along * v) / norm)


def _norm(x: Array) -> Array:
    return np.asarray(np.maximum(np.sqrt((x * x).sum(axis=-1, keepdims=True)), EPSILON))
