"""S-shaped activations, smooth and hard."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

NAMES = ("sigmoid", "log_sigmoid", "tanh", "tanh_shrink", "softsign", "hard_sigmoid", "hard_tanh")


def sigmoid(x: ArrayLike) -> Array:
    """Logistic function.

    Formula: σ(x) = 1 / (1 + e⁻ˣ)

    Args:
        x: any shape.

    Returns:
        The shape of x, values in [0, 1].

    Convention: Keras and torch alike. e^(−|x|) is used on both sides, so that nothing overflows.

    Example:
        >>> sigmoid([-1e4, 0.0, 1e4])
        array([0. , 0.5, 1. ])
    """
    x = np.asarray(x, dtype=np.float64)
    small = np.exp(-np.abs(x))
    out: Array = np.where(x >= 0, 1.0, small) / (1.0 + small)
    return out


def sigmoid_derivative(x: ArrayLike) -> Array:
    """Derivative of `sigmoid`: σ(x)(1 − σ(x)), at most 1/4.

    It is computed as e^(−|x|) / (1 + e^(−|x|))², which stays exact where 1 − σ(x) would cancel.

    Example:
        >>> sigmoid_derivative([0.0])
        array([0.25])
    """
    small = np.exp(-np.abs(np.asarray(x, dtype=np.float64)))
    return small / (1.0 + small) ** 2


def log_sigmoid(x: ArrayLike) -> Array:
    """Logarithm of the sigmoid.

    Formula: f(x) = log σ(x) = −log(1 + e⁻ˣ)

    Args:
        x: any shape.

    Returns:
        The shape of x, values ≤ 0.

    Convention: Keras and torch alike; −softplus(−x), finite where log(sigmoid(x)) would be −inf.

    Example:
        >>> log_sigmoid([-1e4, 0.0])
        array([-1.00000000e+04, -6.93147181e-01])
    """
    x = np.asarray(x, dtype=np.float64)
    out: Array = np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))
    return out


def log_sigmoid_derivative(x: ArrayLike) -> Array:
    """Derivative of `log_sigmoid`: 1 − σ(x) = σ(−x).

    Example:
        >>> log_sigmoid_derivative([0.0, 1e4])
        array([0.5, 0. ])
    """
    return sigmoid(-np.asarray(x, dtype=np.float64))


def tanh(x: ArrayLike) -> Array:
    """Hyperbolic tangent.

    Formula: tanh x = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) = 2σ(2x) − 1

    Args:
        x: any shape.

    Returns:
        The shape of x, values in [−1, 1].

    Example:
        >>> tanh([0.0, 1e4])
        array([0., 1.])
    """
    return np.tanh(np.asarray(x, dtype=np.float64))


def tanh_derivative(x: ArrayLike) -> Array:
    """Derivative of `tanh`: 1 − tanh²x = 4σ(2x)(1 − σ(2x)), in the second form, which does not cancel.

    Example:
        >>> tanh_derivative([0.0])
        array([1.])
    """
    return 4.0 * sigmoid_derivative(2.0 * np.asarray(x, dtype=np.float64))


def tanh_shrink(x: ArrayLike) -> Array:
    """What the hyperbolic tangent takes away.

    Formula: f(x) = x − tanh x

    Args:
        x: any shape.

    Returns:
        The shape of x.

    Example:
        >>> tanh_shrink([0.0, 10.0]).round(6)
        array([0., 9.])
    """
    x = np.asarray(x, dtype=np.float64)
    out: Array = x - np.tanh(x)
    return out


def tanh_shrink_derivative(x: ArrayLike) -> Array:
    """Derivative of `tanh_shrink`: tanh²x.

    Example:
        >>> tanh_shrink_derivative([0.0])
        array([0.])
    """
    return np.tanh(np.asarray(x, dtype=np.float64)) ** 2


def softsign(x: ArrayLike) -> Array:
    """An S that flattens like a power, not like an exponential.

    Formula: f(x) = x / (1 + |x|)

    Args:
        x: any shape.

    Returns:
        The shape of x, values in (−1, 1).

    Example:
        >>> softsign([-1.0, 3.0])
        array([-0.5 ,  0.75])
    """
    x = np.asarray(x, dtype=np.float64)
    out: Array = x / (1.0 + np.abs(x))
    return out


def softsign_derivative(x: ArrayLike) -> Array:
    """Derivative of `softsign`: 1 / (1 + |x|)².

    Example:
        >>> softsign_derivative([-1.0, 0.0])
        array([0.25, 1.  ])
    """
    return 1.0 / (1.0 + np.abs(np.asarray(x, dtype=np.float64))) ** 2


def hard_sigmoid(x: ArrayLike) -> Array:
    """Piecewise linear sigmoid.

    Formula: f(x) = relu6(x + 3) / 6

    Args:
        x: any shape.

    Returns:
        The shape of x, values in [0, 1].

    Convention: Keras 3 and torch. Keras 1 and 2 had clip(0.2x + 0.5, 0, 1).

    Example:
        >>> hard_sigmoid([-3.0, 0.0, 1.5])
        array([0.  , 0.5 , 0.75])
    """
    return np.clip(np.asarray(x, dtype=np.float64) + 3.0, 0.0, 6.0) / 6.0


def hard_sigmoid_derivative(x: ArrayLike) -> Array:
    """Derivative of `hard_sigmoid`: 1/6 for |x| < 3, else 0 (both kinks too, as in Keras and torch).

    Example:
        >>> hard_sigmoid_derivative([-3.0, 3.0])
        array([0., 0.])
    """
    return np.where(np.abs(np.asarray(x, dtype=np.float64)) < 3.0, 1.0 / 6.0, 0.0)


def hard_tanh(x: ArrayLike) -> Array:
    """Piecewise linear tanh.

    Formula: f(x) = min(max(x, −1), 1)

    Args:
        x: any shape.

    Returns:
        The shape of x, values in [−1, 1].

    Example:
        >>> hard_tanh([-2.0, 0.5])
        array([-1. ,  0.5])
    """
    return np.clip(np.asarray(x, dtype=np.float64), -1.0, 1.0)


def hard_tanh_derivative(x: ArrayLike) -> Array:
    """Derivative of `hard_tanh`: 1 for |x| < 1, else 0 (both kinks too, as in Keras and torch).

    Example:
        >>> hard_tanh_derivative([-1.0, 0.5, 1.0])
        array([0., 1., 0.])
    """
    return (np.abs(np.asarray(x, dtype=np.float64)) < 1.0).astype(np.float64)
