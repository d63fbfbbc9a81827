"""Piecewise linear activations: the ReLU family and the shrinkages.

At a kink the derivative is not defined; each function says which side is taken. It is the side that Keras and
torch take by automatic differentiation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

NAMES = ("linear", "relu", "relu6", "leaky_relu", "prelu", "threshold", "hard_shrink", "soft_shrink")


def linear(x: ArrayLike) -> Array:
    """The identity.

    Formula: f(x) = x

    Args:
        x: any shape.

    Returns:
        A copy of x as float64.

    Example:
        >>> linear([1, -2])
        array([ 1., -2.])
    """
    return np.array(x, dtype=np.float64)


def linear_derivative(x: ArrayLike) -> Array:
    """Derivative of `linear`: 1 everywhere.

    Example:
        >>> linear_derivative([1, -2])
        array([1., 1.])
    """
    return np.ones_like(np.asarray(x, dtype=np.float64))


def relu(
    x: ArrayLike, *, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> Array:
    """Rectified linear unit.

    Formula: f(x) = max(x, 0); in general max_value where x ≥ max_value, x where threshold ≤ x < max_value,
    and negative_slope · (x − threshold) below.

    Args:
        x: any shape.
        negative_slope: slope below the threshold.
        max_value: where the function is cut, None for nowhere.
        threshold: where it begins to pass.

    Returns:
        The shape of x.

    Convention: Keras; torch's ReLU has no parameters.

    Example:
        >>> relu([-3.0, -0.5, 0.0, 2.0])
        array([0., 0., 0., 2.])
        >>> relu([-1.0, 1.0, 9.0], negative_slope=0.1, max_value=6.0)
        array([-0.1,  1. ,  6. ])
    """
    x = np.asarray(x, dtype=np.float64)
    # adding 0.0 turns the -0.0 of 0 · negative numbers into 0.0
    low = negative_slope * (x - threshold) + 0.0
    out = np.where(x >= threshold, x, low)
    return out if max_value is None else np.where(x >= max_value, max_value, out)


def relu_derivative(
    x: ArrayLike, *, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> Array:
    """Derivative of `relu`: 1 where x passes, negative_slope below the threshold, 0 above max_value.

    Convention: 0 (or negative_slope) at x = threshold, as in Keras and torch; 0 at max_value.

    Example:
        >>> relu_derivative([-1.0, 0.0, 2.0])
        array([0., 0., 1.])
    """
    x = np.asarray(x, dtype=np.float64)
    out = np.where(x > threshold, 1.0, negative_slope)
    return out if max_value is None else np.where(x >= max_value, 0.0, out)


def relu6(x: ArrayLike) -> Array:
    """ReLU cut at 6.

    Formula: f(x) = min(max(x, 0), 6)

    Args:
        x: any shape.

    Returns:
        The shape of x, values in [0, 6].

    Example:
        >>> relu6([-1.0, 3.0, 8.0])
        array([0., 3., 6.])

    Reference: Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10 (2010).
    """
    return np.clip(np.asarray(x, dtype=np.float64), 0.0, 6.0)


def relu6_derivative(x: ArrayLike) -> Array:
    """Derivative of `relu6`: 1 for 0 < x < 6, else 0 (both kinks too, as in Keras and torch).

    Example:
        >>> relu6_derivative([0.0, 3.0, 6.0])
        array([0., 1., 0.])
    """
    x = np.asarray(x, dtype=np.float64)
    return ((x > 0) & (x < 6)).astype(np.float64)


def leaky_relu(x: ArrayLike, *, negative_slope: float = 0.2) -> Array:
    """ReLU with a slope for negative x.

    Formula: f(x) = x where x > 0, negative_slope · x elsewhere

    Args:
        x: any shape.
        negative_slope: slope for x ≤ 0.

    Returns:
        The shape of x.

    Convention: 0.2 is the default of keras.activations.leaky_relu. keras.layers.LeakyReLU has 0.3, torch and
    the paper 0.01.

    Example:
        >>> leaky_relu([-1.0, 2.0])
        array([-0.2,  2. ])

    Reference: Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013).
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, x, negative_slope * x)


def leaky_relu_derivative(x: ArrayLike, *, negative_slope: float = 0.2) -> Array:
    """Derivative of `leaky_relu`: 1 where x > 0, negative_slope elsewhere (0 too, as in Keras and torch).

    Example:
        >>> leaky_relu_derivative([-1.0, 0.0, 2.0])
        array([0.2, 0.2, 1. ])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, 1.0, negative_slope)


def prelu(x: ArrayLike, *, alpha: ArrayLike = 0.25) -> Array:
    """Leaky ReLU whose slope is learnt.

    Formula: f(x) = x where x > 0, α · x elsewhere

    Args:
        x: (..., features).
        alpha: a number or (features,), broadcast against x.

    Returns:
        The shape of x.

    Convention: 0.25 is where torch and the paper start; keras.layers.PReLU starts at 0.

    Example:
        >>> prelu([[-4.0, -4.0]], alpha=[0.25, 0.5])
        array([[-1., -2.]])

    Reference: He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015).
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, x, np.asarray(alpha, dtype=np.float64) * x)


def prelu_derivative(x: ArrayLike, *, alpha: ArrayLike = 0.25) -> Array:
    """Derivative of `prelu` by x: 1 where x > 0, α elsewhere. (By α it is min(x, 0).)

    Example:
        >>> prelu_derivative([-4.0, 4.0])
        array([0.25, 1.  ])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, 1.0, np.asarray(alpha, dtype=np.float64))


def threshold(x: ArrayLike, *, threshold: float = 0.0, default_value: float = 0.0) -> Array:
    """Pass what is above a threshold, replace the rest.

    Formula: f(x) = x where x > threshold, default_value elsewhere

    Args:
        x: any shape.
        threshold: what x must exceed.
        default_value: what stands for the rest.

    Returns:
        The shape of x.

    Convention: Keras and torch alike.

    Example:
        >>> threshold([1.0, 2.0, 3.0], threshold=2.0, default_value=-1.0)
        array([-1., -1.,  3.])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > threshold, x, default_value)


def threshold_derivative(x: ArrayLike, *, threshold: float = 0.0, default_value: float = 0.0) -> Array:
    """Derivative of `threshold`: 1 where x > threshold, else 0, whatever default_value is.

    Example:
        >>> threshold_derivative([1.0, 2.0, 3.0], threshold=2.0)
        array([0., 0., 1.])
    """
    return (np.asarray(x, dtype=np.float64) > threshold).astype(np.float64)


def hard_shrink(x: ArrayLike, *, threshold: float = 0.5) -> Array:
    """Set what is small to zero.

    Formula: f(x) = x where |x| > threshold, 0 elsewhere

    Args:
        x: any shape.
        threshold: λ ≥ 0.

    Returns:
        The shape of x.

    Convention: Keras and torch alike (torch calls the threshold lambd).

    Example:
        >>> hard_shrink([-2.0, 0.5, 2.0])
        array([-2.,  0.,  2.])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(np.abs(x) > threshold, x, 0.0)


def hard_shrink_derivative(x: ArrayLike, *, threshold: float = 0.5) -> Array:
    """Derivative of `hard_shrink`: 1 where |x| > threshold, else 0.

    Example:
        >>> hard_shrink_derivative([-2.0, 0.5, 2.0])
        array([1., 0., 1.])
    """
    return (np.abs(np.asarray(x, dtype=np.float64)) > threshold).astype(np.float64)


def soft_shrink(x: ArrayLike, *, threshold: float = 0.5) -> Array:
    """Pull towards zero by a threshold: the proximal operator of L1.

    Formula: f(x) = sign(x) · max(|x| − threshold, 0)

    Args:
        x: any shape.
        threshold: λ ≥ 0.

    Returns:
        The shape of x.

    Convention: Keras and torch alike.

    Example:
        >>> soft_shrink([-2.0, 0.25, 2.0])
        array([-1.5,  0. ,  1.5])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > threshold, x - threshold, np.where(x < -threshold, x + threshold, 0.0))


def soft_shrink_derivative(x: ArrayLike, *, threshold: float = 0.5) -> Array:
    """Derivative of `soft_shrink`: 1 where |x| > threshold, else 0.

    Example:
        >>> soft_shrink_derivative([-2.0, 0.25, 2.0])
        array([1., 0., 1.])
    """
    return (np.abs(np.asarray(x, dtype=np.float64)) > threshold).astype(np.float64)
