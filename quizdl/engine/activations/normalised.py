"""Activations that mix their inputs: softmax, its logarithm, and the gated linear unit."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizdl.engine.activations.sigmoids import sigmoid, sigmoid_derivative

Array = NDArray[np.float64]

NAMES = ("softmax", "log_softmax", "glu")


def softmax(x: ArrayLike, *, axis: int = -1) -> Array:
    """Turn scores into probabilities.

    Formula: sᵢ = e^(xᵢ − max x) / Σⱼ e^(xⱼ − max x)

    Args:
        x: scores (logits), the classes along `axis`.
        axis: the axis whose values sum to 1 in the result.

    Returns:
        The shape of x, values in [0, 1].

    Convention: Keras and torch alike (torch has no default axis). Subtracting the maximum changes nothing,
    since softmax is invariant under shifts, and keeps e^x from overflowing.

    Example:
        >>> softmax([1e4, 1e4])
        array([0.5, 0.5])
        >>> softmax([[0.0, 0.0], [0.0, -1e4]])
        array([[0.5, 0.5],
               [1. , 0. ]])
    """
    x = np.asarray(x, dtype=np.float64)
    powers = np.exp(x - x.max(axis=axis, keepdims=True))
    out: Array = powers / powers.sum(axis=axis, keepdims=True)
    return out


def softmax_vjp(x: ArrayLike, gradient: ArrayLike, *, axis: int = -1) -> Array:
    """Vector-Jacobian product of `softmax`: the gradient by its input.

    Formula: (Jᵀg)ᵢ = sᵢ (gᵢ − Σⱼ gⱼ sⱼ)

    Args:
        x: the scores that softmax was given.
        gradient: the gradient by softmax's result, of the shape of x.
        axis: as for `softmax`.

    Returns:
        The gradient by x, of its shape; it sums to 0 along `axis`.

    Example:
        >>> softmax_vjp([0.0, 0.0], [1.0, 0.0])
        array([ 0.25, -0.25])
    """
    s = softmax(x, axis=axis)
    g = np.asarray(gradient, dtype=np.float64)
    out: Array = s * (g - (g * s).sum(axis=axis, keepdims=True))
    return out


def softmax_jacobian(x: ArrayLike) -> Array:
    """The whole Jacobian of `softmax` along the last axis.

    Formula: ∂sᵢ/∂xⱼ = sᵢ (δᵢⱼ − sⱼ)

    Args:
        x: (..., classes).

    Returns:
        (..., classes, classes), symmetric, with rows that sum to 0.

    Example:
        >>> softmax_jacobian([0.0, 0.0])
        array([[ 0.25, -0.25],
               [-0.25,  0.25]])
    """
    s = softmax(x)
    return s[..., :, None] * (np.eye(s.shape[-1]) - s[..., None, :])


def log_softmax(x: ArrayLike, *, axis: int = -1) -> Array:
    """Logarithm of `softmax`, finite where log(softmax(x)) would be −inf.

    Formula: f(x)ᵢ = (xᵢ − m) − log Σⱼ e^(xⱼ − m), m = max x

    Args:
        x: scores, the classes along `axis`.
        axis: as for `softmax`.

    Returns:
        The shape of x, values ≤ 0.

    Example:
        >>> log_softmax([0.0, -1e4])
        array([     0., -10000.])
    """
    x = np.asarray(x, dtype=np.float64)
    shifted = x - x.max(axis=axis, keepdims=True)
    out: Array = shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))
    return out


def log_softmax_vjp(x: ArrayLike, gradient: ArrayLike, *, axis: int = -1) -> Array:
    """Vector-Jacobian product of `log_softmax`.

    Formula: (Jᵀg)ᵢ = gᵢ − sᵢ Σⱼ gⱼ

    Args:
        x: the scores that log_softmax was given.
        gradient: the gradient by its result, of the shape of x.
        axis: as for `softmax`.

    Returns:
        The gradient by x, of its shape.

    Example:
        >>> log_softmax_vjp([0.0, 0.0], [1.0, 0.0])
        array([ 0.5, -0.5])
    """
    g = np.asarray(gradient, dtype=np.float64)
    out: Array = g - softmax(x, axis=axis) * g.sum(axis=axis, keepdims=True)
    return out


def glu(x: ArrayLike, *, axis: int = -1) -> Array:
    """Gated linear unit: one half lets the other pass.

    Formula: f(a, b) = a · σ(b), x = (a, b) along `axis`

    Args:
        x: an even number of features along `axis`.
        axis: the axis that is halved.

    Returns:
        Half as many features as x.

    Raises:
        ValueError: an odd number of features.

    Example:
        >>> glu([2.0, 0.0])
        array([1.])

    Reference: Dauphin, Fan, Auli, Grangier, Language Modeling with Gated Convolutional Networks (2017).
    """
    a, b = _halves(np.asarray(x, dtype=np.float64), axis)
    return a * sigmoid(b)


def glu_vjp(x: ArrayLike, gradient: ArrayLike, *, axis: int = -1) -> Array:
    """Vector-Jacobian product of `glu`: (g σ(b), g a σ′(b)) along `axis`.

    Args:
        x: what glu was given.
        gradient: the gradient by its result, half as many features.
        axis: as for `glu`.

    Returns:
        The gradient by x, of its shape.

    Example:
        >>> glu_vjp([2.0, 0.0], [1.0])
        array([0.5, 0.5])
    """
    a, b = _halves(np.asarray(x, dtype=np.float64), axis)
    g = np.asarray(gradient, dtype=np.float64)
    return np.concatenate([g * sigmoid(b), g * a * sigmoid_derivative(b)], axis=axis)


def _halves(x: Array, axis: int) -> tuple[Array, Array]:
    if x.shape[axis] % 2:
        raise ValueError(
            f"glu must have an even number of features along axis {axis}, received {x.shape[axis]}"
        )
    a, b = np.split(x, 2, axis=axis)
    return a, b
