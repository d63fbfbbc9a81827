"""The special functions NumPy does not have: Γ, its logarithmic derivatives, the error function."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

Array = Any
_BERNOULLI = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6)


def _vector(function: Callable[[float], float]) -> Callable[[Array], Array]:
    def one(x: Any) -> float:
        try:
            return function(float(x))
        except (ValueError, OverflowError):
            return math.nan

    each = np.frompyfunc(one, 1, 1)
    return lambda x: np.asarray(each(x), dtype=float)


gamma = _vector(math.gamma)
loggamma = _vector(math.lgamma)
erf = _vector(math.erf)
erfc = _vector(math.erfc)


def digamma(x: Array) -> Array:
    """The derivative of log Γ, by recurrence, reflection and the asymptotic series.

    Reference: Abramowitz & Stegun, 6.3.5, 6.3.7, 6.3.18.

    Example:
        >>> round(float(digamma(1.0)), 12)
        -0.577215664902
    """
    x = np.asarray(x, dtype=float)
    below = x < 0.5
    y = np.where(below, 1 - x, x)
    total = np.zeros_like(y)
    for _ in range(10):
        total = total - np.where(y < 10, 1 / y, 0)
        y = np.where(y < 10, y + 1, y)
    square = 1 / (y * y)
    series = np.zeros_like(y)
    for n in range(len(_BERNOULLI), 0, -1):
        series = (series + _BERNOULLI[n - 1] / (2 * n)) * square
    total = total + np.log(y) - 0.5 / y - series
    return np.where(below, total - math.pi / np.tan(math.pi * x), total)


def polygamma(order: int, x: Array) -> Array:
    """The first or second derivative of digamma.

    Reference: Abramowitz & Stegun, 6.4.6, 6.4.7, 6.4.12, 6.4.13.

    Example:
        >>> round(float(polygamma(1, 1.0)), 12)
        1.644934066848
    """
    x = np.asarray(x, dtype=float)
    below = x < 0.5
    y = np.where(below, 1 - x, x)
    total = np.zeros_like(y)
    for _ in range(12):
        term = 1 / y**2 if order == 1 else -2 / y**3
        total = total + np.where(y < 12, term, 0)
        y = np.where(y < 12, y + 1, y)
    if order == 1:
        tail = 1 / y + 0.5 / y**2
        for n, bernoulli in enumerate(_BERNOULLI, 1):
            tail = tail + bernoulli / y ** (2 * n + 1)
    else:
        tail = -1 / y**2 - 1 / y**3
        for n, bernoulli in enumerate(_BERNOULLI, 1):
            tail = tail - (2 * n + 1) * bernoulli / y ** (2 * n + 2)
    total = total + tail
    sine = np.sin(math.pi * x)
    if order == 1:
        return np.where(below, (math.pi / sine) ** 2 - total, total)
    reflected = total - 2 * math.pi**3 * np.cos(math.pi * x) / sine**3
    return np.where(below, reflected, total)
