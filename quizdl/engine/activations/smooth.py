"""Smooth relatives of ReLU, and the exponential."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quizdl.engine.activations.sigmoids import hard_sigmoid, sigmoid, sigmoid_derivative

Array = NDArray[np.float64]

NAMES = (
    "softplus", "squareplus", "elu", "celu", "selu", "exponential", "silu", "hard_silu", "mish", "gelu",
)  # fmt: skip

SELU_ALPHA = 1.6732632423543772848170429916717
SELU_SCALE = 1.0507009873554804934193349852946
_SQRT_2_PI = math.sqrt(2.0 / math.pi)
_CUBIC = 0.044715

# NumPy has no erf; math.erf is exact to the last bit or so, and a loop in C over Python floats is fast enough
_erf = np.frompyfunc(math.erf, 1, 1)


def softplus(x: ArrayLike) -> Array:
    """A smooth ReLU.

    Formula: f(x) = log(1 + eˣ)

    Args:
        x: any shape.

    Returns:
        The shape of x, values ≥ 0.

    Convention: Keras; torch switches to x above 20 by default, equal to 2e-9.

    Example:
        >>> softplus([-1e4, 0.0, 1e4])
        array([0.00000000e+00, 6.93147181e-01, 1.00000000e+04])
    """
    x = np.asarray(x, dtype=np.float64)
    out: Array = np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))
    return out


def softplus_derivative(x: ArrayLike) -> Array:
    """Derivative of `softplus`: σ(x).

    Example:
        >>> softplus_derivative([0.0])
        array([0.5])
    """
    return sigmoid(x)


def squareplus(x: ArrayLike, *, b: float = 4.0) -> Array:
    """A smooth ReLU without an exponential.

    Formula: f(x) = (x + √(x² + b)) / 2

    Args:
        x: any shape.
        b: smoothness, > 0.

    Returns:
        The shape of x.

    Convention: Keras; torch has none. Below 0 it is b / (2(√(x² + b) − x)), which does not cancel.

    Example:
        >>> squareplus([0.0, 1.5])
        array([1., 2.])

    Reference: Barron, Squareplus: A Softplus-Like Algebraic Rectifier (2021).
    """
    x = np.asarray(x, dtype=np.float64)
    root = np.sqrt(x * x + b)
    out: Array = np.where(x >= 0, (x + root) / 2.0, b / (2.0 * (root + np.abs(x))))
    return out


def squareplus_derivative(x: ArrayLike, *, b: float = 4.0) -> Array:
    """Derivative of `squareplus`: (1 + x / √(x² + b)) / 2.

    Example:
        >>> squareplus_derivative([0.0])
        array([0.5])
    """
    x = np.asarray(x, dtype=np.float64)
    out: Array = (1.0 + x / np.sqrt(x * x + b)) / 2.0
    return out


def elu(x: ArrayLike, *, alpha: float = 1.0) -> Array:
    """Exponential linear unit.

    Formula: f(x) = x where x > 0, α(eˣ − 1) elsewhere

    Args:
        x: any shape.
        alpha: the limit at −∞ is −α.

    Returns:
        The shape of x.

    Convention: Keras, torch and the paper alike.

    Example:
        >>> elu([-1e4, 2.0])
        array([-1.,  2.])

    Reference: Clevert, Unterthiner, Hochreiter, Fast and Accurate Deep Network Learning by ELUs (2016).
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0.0)))


def elu_derivative(x: ArrayLike, *, alpha: float = 1.0) -> Array:
    """Derivative of `elu`: 1 where x > 0, αeˣ elsewhere (α at 0).

    Example:
        >>> elu_derivative([0.0, 2.0], alpha=0.5)
        array([0.5, 1. ])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x > 0, 1.0, alpha * np.exp(np.minimum(x, 0.0)))


def celu(x: ArrayLike, *, alpha: float = 1.0) -> Array:
    """ELU that is smooth at 0 for every α.

    Formula: f(x) = max(x, 0) + min(α(e^(x/α) − 1), 0)

    Args:
        x: any shape.
        alpha: > 0; the limit at −∞ is −α.

    Returns:
        The shape of x.

    Convention: Keras, torch and the paper alike.

    Example:
        >>> celu([-1e4, 2.0], alpha=2.0)
        array([-2.,  2.])

    Reference: Barron, Continuously Differentiable Exponential Linear Units (2017).
    """
    x = np.asarray(x, dtype=np.float64)
    out: Array = np.maximum(x, 0.0) + alpha * np.expm1(np.minimum(x, 0.0) / alpha)
    return out


def celu_derivative(x: ArrayLike, *, alpha: float = 1.0) -> Array:
    """Derivative of `celu`: 1 where x > 0, e^(x/α) elsewhere.

    Example:
        >>> celu_derivative([0.0, 2.0], alpha=0.5)
        array([1., 1.])
    """
    return np.exp(np.minimum(np.asarray(x, dtype=np.float64), 0.0) / alpha)


def selu(x: ArrayLike) -> Array:
    """Scaled ELU, which keeps mean 0 and variance 1 from layer to layer.

    Formula: f(x) = λ · elu(x; α), λ ≈ 1.0507, α ≈ 1.6733

    Args:
        x: any shape.

    Returns:
        The shape of x.

    Convention: the constants of the paper, as in Keras and torch; wants lecun_normal weights.

    Example:
        >>> selu([-1e4, 1.0]).round(6)
        array([-1.758099,  1.050701])

    Reference: Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017).
    """
    return SELU_SCALE * elu(x, alpha=SELU_ALPHA)


def selu_derivative(x: ArrayLike) -> Array:
    """Derivative of `selu`: λ where x > 0, λαeˣ elsewhere.

    Example:
        >>> selu_derivative([1.0]).round(6)
        array([1.050701])
    """
    return SELU_SCALE * elu_derivative(x, alpha=SELU_ALPHA)


def exponential(x: ArrayLike) -> Array:
    """The exponential function.

    Formula: f(x) = eˣ

    Args:
        x: any shape.

    Returns:
        The shape of x; inf, without a warning, above 709.78, where float64 ends.

    Example:
        >>> exponential([0.0, 1e4])
        array([ 1., inf])
    """
    with np.errstate(over="ignore"):
        return np.exp(np.asarray(x, dtype=np.float64))


def exponential_derivative(x: ArrayLike) -> Array:
    """Derivative of `exponential`: itself.

    Example:
        >>> exponential_derivative([0.0])
        array([1.])
    """
    return exponential(x)


def silu(x: ArrayLike) -> Array:
    """Sigmoid-weighted linear unit, also called swish.

    Formula: f(x) = x · σ(x)

    Args:
        x: any shape.

    Returns:
        The shape of x, values ≥ −0.2785.

    Convention: Keras and torch alike; swish of the paper has a β, here 1.

    Example:
        >>> silu([0.0, 1e4])
        array([    0., 10000.])

    Reference: Ramachandran, Zoph, Le, Searching for Activation Functions (2017).
    """
    x = np.asarray(x, dtype=np.float64)
    return x * sigmoid(x)


def silu_derivative(x: ArrayLike) -> Array:
    """Derivative of `silu`: σ(x) + x σ(x)(1 − σ(x)).

    Example:
        >>> silu_derivative([0.0])
        array([0.5])
    """
    x = np.asarray(x, dtype=np.float64)
    return sigmoid(x) + x * sigmoid_derivative(x)


def hard_silu(x: ArrayLike) -> Array:
    """Piecewise quadratic SiLU, also called hard swish.

    Formula: f(x) = x · relu6(x + 3) / 6

    Args:
        x: any shape.

    Returns:
        The shape of x.

    Example:
        >>> hard_silu([-3.0, 0.0, 3.0])
        array([-0.,  0.,  3.])

    Reference: Howard et al., Searching for MobileNetV3 (2019).
    """
    x = np.asarray(x, dtype=np.float64)
    return x * hard_sigmoid(x)


def hard_silu_derivative(x: ArrayLike) -> Array:
    """Derivative of `hard_silu`: 0 for x ≤ −3, 1 for x ≥ 3, (2x + 3) / 6 between.

    Convention: the outer side at the kinks, as automatic differentiation of the formula in Keras; torch's own
    kernel may take the inner.

    Example:
        >>> hard_silu_derivative([-4.0, 0.0, 4.0])
        array([0. , 0.5, 1. ])
    """
    x = np.asarray(x, dtype=np.float64)
    return np.where(x <= -3.0, 0.0, np.where(x >= 3.0, 1.0, (2.0 * x + 3.0) / 6.0))


def mish(x: ArrayLike) -> Array:
    """A smooth, not monotonic relative of SiLU.

    Formula: f(x) = x · tanh(log(1 + eˣ))

    Args:
        x: any shape.

    Returns:
        The shape of x, values ≥ −0.3088.

    Example:
        >>> mish([0.0, 1e4])
        array([    0., 10000.])

    Reference: Misra, Mish: A Self Regularized Non-Monotonic Activation Function (2019).
    """
    x = np.asarray(x, dtype=np.float64)
    return x * np.tanh(softplus(x))


def mish_derivative(x: ArrayLike) -> Array:
    """Derivative of `mish`: tanh s + x σ(x)(1 − tanh² s), s = log(1 + eˣ).

    Example:
        >>> mish_derivative([0.0])
        array([0.6])
    """
    x = np.asarray(x, dtype=np.float64)
    t = np.tanh(softplus(x))
    return t + x * sigmoid(x) * (1.0 - t * t)


def gelu(x: ArrayLike, *, approximate: bool = False) -> Array:
    """Gaussian error linear unit.

    Formula: f(x) = x Φ(x) = x (1 + erf(x/√2)) / 2; approximately x (1 + tanh(√(2/π) (x + 0.044715x³))) / 2

    Args:
        x: any shape.
        approximate: the form with tanh; up to 5e-4 from the exact one.

    Returns:
        The shape of x, values ≥ −0.17.

    Convention: exact by default, as keras.activations.gelu and torch; keras.ops.gelu approximates by default.

    Example:
        >>> gelu([-1e4, 0.0, 1.0]).round(6)
        array([-0.      ,  0.      ,  0.841345])

    Reference: Hendrycks, Gimpel, Gaussian Error Linear Units (2016).
    """
    x = np.asarray(x, dtype=np.float64)
    if approximate:
        return 0.5 * x * (1.0 + np.tanh(_SQRT_2_PI * (x + _CUBIC * x**3)))
    return x * _normal_cdf(x)


def gelu_derivative(x: ArrayLike, *, approximate: bool = False) -> Array:
    """Derivative of `gelu`: Φ(x) + x φ(x), φ the normal density; that of the tanh form when approximate.

    Example:
        >>> gelu_derivative([0.0])
        array([0.5])
    """
    x = np.asarray(x, dtype=np.float64)
    if approximate:
        t = np.tanh(_SQRT_2_PI * (x + _CUBIC * x**3))
        out: Array = 0.5 * (1.0 + t) + 0.5 * x * (1.0 - t * t) * _SQRT_2_PI * (1.0 + 3.0 * _CUBIC * x * x)
        return out
    density = np.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)
    exact: Array = _normal_cdf(x) + x * density
    return exact


def _normal_cdf(x: Array) -> Array:
    erf = np.asarray(_erf(x / math.sqrt(2.0)), dtype=np.float64)
    return 0.5 * (1.0 + erf)
