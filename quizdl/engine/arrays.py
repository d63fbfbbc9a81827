"""What every module of the engine says about arrays: float64, and Keras's smallest positive number."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
"""float64 values of any shape."""

Integers: TypeAlias = npt.NDArray[np.int64]
"""Classes, counts, indexes."""

EPSILON = 1e-7
"""`keras.config.epsilon()`: added to a denominator, or clipped to, unless a function says otherwise."""


def as_array(x: npt.ArrayLike) -> Array:
    """Values as float64, without a copy when they are so already.

    Example:
        >>> as_array([1, 2])
        array([1., 2.])
    """
    return np.asarray(x, dtype=np.float64)


def same_rank(y_true: npt.ArrayLike, y_pred: npt.ArrayLike) -> tuple[Array, Array]:
    """Bring labels (batch,) and predictions (batch, 1), or the other way round, to one shape, as Keras does.

    Without it NumPy would broadcast (batch,) against (batch, 1) to (batch, batch), a mistake that trains
    quietly towards the mean.

    Args:
        y_true: labels.
        y_pred: predictions.

    Returns:
        Both as float64, of one shape.

    Raises:
        ValueError: the shapes differ otherwise.

    Example:
        >>> [a.shape for a in same_rank([1, 0], [[0.9], [0.2]])]
        [(2, 1), (2, 1)]
        >>> same_rank([1, 0], [0.9, 0.2, 0.1])
        Traceback (most recent call last):
        ValueError: y_true and y_pred must have the same shape, received (2,) and (3,)
    """
    true, pred = as_array(y_true), as_array(y_pred)
    if true.ndim + 1 == pred.ndim and pred.shape[-1] == 1:
        true = true[..., None]
    elif pred.ndim + 1 == true.ndim and true.shape[-1] == 1:
        pred = pred[..., None]
    if true.shape != pred.shape:
        raise ValueError(
            f"y_true and y_pred must have the same shape, received {true.shape} and {pred.shape}"
        )
    return true, pred


def divide_no_nan(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> Array:
    """Quotient that is 0 where the denominator is 0.

    Example:
        >>> divide_no_nan([1.0, 0.0], [2.0, 0.0])
        array([0.5, 0. ])
    """
    top, bottom = np.broadcast_arrays(as_array(numerator), as_array(denominator))
    quotient = np.zeros(top.shape)
    np.divide(top, bottom, out=quotient, where=bottom != 0)
    return quotient
