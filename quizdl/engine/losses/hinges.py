"""Margin losses, each beside its gradient by y_pred."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from quizdl.engine.arrays import Array, same_rank

NAMES = ("hinge", "squared_hinge", "categorical_hinge")


def _signed(true: Array) -> Array:
    """Labels 0 and 1 as −1 and 1, as Keras does when all labels are 0 or 1."""
    return 2.0 * true - 1.0 if np.isin(true, (0.0, 1.0)).all() else true


def hinge(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Hinge loss.

    Formula: L = (1/d) Σⱼ max(1 − yⱼŷⱼ, 0)

    Args:
        y_true: (..., d), −1 or 1; 0 and 1 are turned into them when no other label occurs.
        y_pred: (..., d), scores.

    Returns:
        (...): one value per sample.

    Convention: Keras. torch's HingeEmbeddingLoss is another thing.

    Example:
        >>> hinge([[1.0, -1.0]], [[0.5, -2.0]])
        array([0.25])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray(np.maximum(1.0 - _signed(true) * pred, 0.0).mean(axis=-1))


def hinge_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `hinge` by y_pred: −y/d inside the margin, 0 outside and on its edge.

    Example:
        >>> hinge_gradient([[1.0, -1.0]], [[0.5, -2.0]])
        array([[-0.5,  0. ]])
    """
    true, pred = same_rank(y_true, y_pred)
    sign = _signed(true)
    return np.asarray(np.where(sign * pred < 1.0, -sign, 0.0) / pred.shape[-1])


def squared_hinge(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Hinge loss, squared.

    Formula: L = (1/d) Σⱼ max(1 − yⱼŷⱼ, 0)²

    Args:
        y_true: as for `hinge`.
        y_pred: (..., d), scores.

    Returns:
        (...): one value per sample.

    Example:
        >>> squared_hinge([[1.0, -1.0]], [[0.5, -2.0]])
        array([0.125])
    """
    true, pred = same_rank(y_true, y_pred)
    return np.asarray((np.maximum(1.0 - _signed(true) * pred, 0.0) ** 2).mean(axis=-1))


def squared_hinge_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `squared_hinge` by y_pred: −2y max(1 − yŷ, 0)/d.

    Example:
        >>> squared_hinge_gradient([[1.0, -1.0]], [[0.5, -2.0]])
        array([[-0.5,  0. ]])
    """
    true, pred = same_rank(y_true, y_pred)
    sign = _signed(true)
    return np.asarray(-2.0 * sign * np.maximum(1.0 - sign * pred, 0.0) / pred.shape[-1])


def categorical_hinge(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Hinge between the right class and the best wrong one.

    Formula: L = max(maxⱼ (1 − yⱼ)ŷⱼ − Σⱼ yⱼŷⱼ + 1, 0)

    Args:
        y_true: (..., classes), one-hot.
        y_pred: (..., classes), scores.

    Returns:
        (...): one value per sample.

    Convention: Keras; the right class takes part in the maximum with the value 0.

    Example:
        >>> categorical_hinge([[0.0, 1.0, 0.0]], [[0.2, 0.7, 0.1]])
        array([0.5])
    """
    true, pred = same_rank(y_true, y_pred)
    wrong = ((1.0 - true) * pred).max(axis=-1)
    return np.asarray(np.maximum(wrong - (true * pred).sum(axis=-1) + 1.0, 0.0))


def categorical_hinge_gradient(y_true: ArrayLike, y_pred: ArrayLike) -> Array:
    """Gradient of `categorical_hinge` by y_pred: −y, and 1 − y at the best wrong class (the first of equals).

    Example:
        >>> categorical_hinge_gradient([[0.0, 1.0, 0.0]], [[0.2, 0.7, 0.1]])
        array([[ 1., -1.,  0.]])
    """
    true, pred = same_rank(y_true, y_pred)
    rest = (1.0 - true) * pred
    best = np.zeros_like(pred)
    np.put_along_axis(best, rest.argmax(axis=-1)[..., None], 1.0, axis=-1)
    active = categorical_hinge(true, pred)[..., None] > 0.0
    return np.where(active, best * (1.0 - true) - true, 0.0)
