"""Gradients by finite differences: the check that a gradient worked out by hand is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array

_STEP = float(np.finfo(np.float64).eps) ** 0.2
"""Truncation h⁴ and rounding ε/h are of one size near ε^(1/5) ≈ 7.4e-4."""


def numerical_gradient(f: Callable[[Array], float], x: npt.ArrayLike, *, h: float | None = None) -> Array:
    """Gradient of a scalar function by central differences of 4th order.

    Formula: ∂f/∂xᵢ ≈ (−f(x+2h eᵢ) + 8 f(x+h eᵢ) − 8 f(x−h eᵢ) + f(x−2h eᵢ)) / 12h, error O(h⁴)

    Args:
        f: takes an array of the shape of x, returns one number. It must be smooth within 2h of x.
        x: where, any shape.
        h: the step; by default 7.4e-4 · max(1, |xᵢ|).

    Returns:
        The shape of x.

    Example:
        >>> numerical_gradient(lambda x: float((x**3).sum()), [1.0, 2.0]).round(9)
        array([ 3., 12.])

    Reference: Fornberg, Generation of Finite Difference Formulas on Arbitrarily Spaced Grids (1988).
    """
    point = np.array(x, dtype=np.float64)
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        here = float(point[index])
        step = _representable(here, h)
        values = []
        for k in (-2, -1, 1, 2):
            point[index] = here + k * step
            values.append(float(f(point.copy())))
        point[index] = here
        gradient[index] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)
    return gradient


def numerical_derivative(f: Callable[[Array], Array], x: npt.ArrayLike, *, h: float | None = None) -> Array:
    """Derivative of an elementwise function at every element at once, by the same differences.

    Formula: f′(x) ≈ (f(x−2h) − 8 f(x−h) + 8 f(x+h) − f(x+2h)) / 12h

    Args:
        f: maps each element on its own.
        x: where, any shape.
        h: the step; by default 7.4e-4 · max(1, |x|).

    Returns:
        The shape of x.

    Example:
        >>> numerical_derivative(np.sin, [0.0, np.pi]).round(9)
        array([ 1., -1.])
    """
    point = as_array(x)
    step = np.full_like(point, h) if h is not None else _STEP * np.maximum(1.0, np.abs(point))
    difference = f(point - 2 * step) - 8 * f(point - step) + 8 * f(point + step) - f(point + 2 * step)
    return as_array(difference / (12 * step))


def complex_step_gradient(
    f: Callable[[npt.NDArray[np.complex128]], complex], x: npt.ArrayLike, *, h: float = 1e-200
) -> Array:
    """Gradient of an analytic function without subtraction, hence exact to rounding.

    Formula: ∂f/∂xᵢ = Im f(x + i h eᵢ) / h, error O(h²) and no cancellation

    Args:
        f: analytic and written for complex arrays: no abs, max, comparison or conversion to float.
        x: where, any shape, real.
        h: the step; as small as you like.

    Returns:
        The shape of x.

    Example:
        >>> complex_step_gradient(lambda z: (1 / (1 + np.exp(-z))).sum(), [0.0])
        array([0.25])

    Reference: Squire, Trapp, Using Complex Variables to Estimate Derivatives of Real Functions (1998).
    """
    point = np.array(x, dtype=np.complex128)
    gradient = np.zeros(point.shape)
    for index in np.ndindex(point.shape):
        moved = point.copy()
        moved[index] += 1j * h
        gradient[index] = complex(f(moved)).imag / h
    return gradient


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """What `gradcheck` found: whether the gradients agree, and where they differ most."""

    ok: bool
    max_error: float
    index: tuple[int, ...]
    expected: float
    received: float

    def __bool__(self) -> bool:
        return self.ok


def gradcheck(
    f: Callable[[Array], float],
    x: npt.ArrayLike,
    gradient: npt.ArrayLike,
    *,
    rtol: float = 1e-6,
    atol: float = 1e-8,
    method: Literal["difference", "complex"] = "difference",
) -> GradientCheck:
    """Compare a gradient with finite differences.

    Formula: |g − ĝ| ≤ atol + rtol · |ĝ| for every element, ĝ by `numerical_gradient`

    Args:
        f: the scalar function; of an array-valued one take `lambda x: (upstream * f(x)).sum()`.
        x: where, any shape.
        gradient: what is to be checked, of the shape of x.
        rtol: allowed relative error; 4th-order differences are good for about 1e-9.
        atol: allowed absolute error.
        method: "complex" for the complex step, where f is analytic.

    Returns:
        A `GradientCheck`, true when all elements agree; NaN never agrees.

    Raises:
        ValueError: the gradient has not the shape of x.

    Convention: torch.autograd.gradcheck uses 2nd-order differences, a fixed eps 1e-6, and raises.

    Example:
        >>> bool(gradcheck(lambda x: float((x**2).sum()), [1.0, -3.0], [2.0, -6.0]))
        True
        >>> gradcheck(lambda x: float((x**2).sum()), [1.0, -3.0], [1.0, -3.0]).index
        (1,)
    """
    point, given = as_array(x), as_array(gradient)
    if given.shape != point.shape:
        raise ValueError(f"the gradient must have the shape of x, {point.shape}, received {given.shape}")
    wanted = complex_step_gradient(f, point) if method == "complex" else numerical_gradient(f, point)  # type: ignore[arg-type]
    if not point.size:
        return GradientCheck(True, 0.0, (), 0.0, 0.0)
    error = np.abs(given - wanted)
    excess = np.where(np.isnan(error), np.inf, error - (atol + rtol * np.abs(wanted)))
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), excess.shape))
    ok = bool(excess[index] <= 0)
    return GradientCheck(ok, float(error[index]), index, float(wanted[index]), float(given[index]))


def _representable(x: float, h: float | None) -> float:
    """A step that x + h − x gives back exactly, so that rounding of x + h costs nothing."""
    step = h if h is not None else _STEP * max(1.0, abs(x))
    return (x + step) - x
