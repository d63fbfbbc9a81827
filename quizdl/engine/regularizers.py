"""Penalties on weights, each with its gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array


class Regularizer(Protocol):
    """A penalty on a weight: a number, and its gradient."""

    def __call__(self, weights: npt.ArrayLike, /) -> float: ...

    def gradient(self, weights: npt.ArrayLike, /) -> Array: ...


def l1_penalty(weights: npt.ArrayLike, l1: float = 0.01) -> float:
    """Sum of absolute weights; it drives weights to exactly 0.

    Formula: R(w) = λ Σ |w|

    Args:
        weights: any shape.
        l1: λ ≥ 0.

    Returns:
        One number ≥ 0.

    Example:
        >>> l1_penalty([1.0, -2.0], l1=0.1)
        0.30000000000000004
    """
    return float(l1 * np.abs(as_array(weights)).sum())


def l1_gradient(weights: npt.ArrayLike, l1: float = 0.01) -> Array:
    """Gradient of `l1_penalty`: λ sign(w), 0 at w = 0 (a subgradient; Keras and torch alike).

    Example:
        >>> l1_gradient([1.0, -2.0, 0.0], l1=0.1)
        array([ 0.1, -0.1,  0. ])
    """
    return l1 * np.sign(as_array(weights))


def l2_penalty(weights: npt.ArrayLike, l2: float = 0.01) -> float:
    """Sum of squared weights; it shrinks all of them.

    Formula: R(w) = λ Σ w²

    Args:
        weights: any shape.
        l2: λ ≥ 0.

    Returns:
        One number ≥ 0.

    Convention: Keras has no factor ½, so the gradient is 2λw. torch's `weight_decay` of SGD adds λw, the
    gradient of ½λ Σ w².

    Example:
        >>> l2_penalty([1.0, -2.0], l2=0.1)
        0.5
    """
    return float(l2 * np.square(as_array(weights)).sum())


def l2_gradient(weights: npt.ArrayLike, l2: float = 0.01) -> Array:
    """Gradient of `l2_penalty`: 2λw.

    Example:
        >>> l2_gradient([1.0, -2.0], l2=0.1)
        array([ 0.2, -0.4])
    """
    return 2.0 * l2 * as_array(weights)


@dataclass(frozen=True, slots=True)
class L1L2:
    """Both penalties together (elastic net).

    Formula: R(w) = λ₁ Σ |w| + λ₂ Σ w²

    Args:
        l1: λ₁ ≥ 0, by default 0.
        l2: λ₂ ≥ 0, by default 0.

    Raises:
        ValueError: a negative or non-finite factor.

    Example:
        >>> L1L2(l1=0.1, l2=0.1)([1.0, -2.0])
        0.8
        >>> L1L2(l1=0.1, l2=0.1).gradient([1.0, -2.0])
        array([ 0.3, -0.5])
    """

    l1: float = 0.0
    l2: float = 0.0

    def __post_init__(self) -> None:
        for name in ("l1", "l2"):
            value = getattr(self, name)
            if not (value >= 0 and np.isfinite(value)):
                raise ValueError(f"{name} must be a finite number ≥ 0, received {value}")

    def __call__(self, weights: npt.ArrayLike, /) -> float:
        return l1_penalty(weights, self.l1) + l2_penalty(weights, self.l2)

    def gradient(self, weights: npt.ArrayLike, /) -> Array:
        """λ₁ sign(w) + 2 λ₂ w, of the shape of the weights."""
        return l1_gradient(weights, self.l1) + l2_gradient(weights, self.l2)


class L1(L1L2):
    """`l1_penalty` as a regularizer of a layer; λ is 0.01 by default, as in Keras.

    Example:
        >>> L1(0.1)([1.0, -2.0])
        0.30000000000000004
    """

    def __init__(self, l1: float = 0.01) -> None:
        super().__init__(l1=l1)


class L2(L1L2):
    """`l2_penalty` as a regularizer of a layer; λ is 0.01 by default, as in Keras.

    Example:
        >>> L2(0.1).gradient([1.0, -2.0])
        array([ 0.2, -0.4])
    """

    def __init__(self, l2: float = 0.01) -> None:
        super().__init__(l2=l2)


def get(name: str | Regularizer | None) -> Regularizer | None:
    """A regularizer by Keras's name ("l1", "l2", "l1_l2"); anything else is given back.

    Example:
        >>> get("l2").l2
        0.01
    """
    if not isinstance(name, str):
        return name
    known = {"l1": L1, "l2": L2, "l1_l2": L1L2, "L1": L1, "L2": L2, "L1L2": L1L2}
    if name not in known:
        raise ValueError(f"a regularizer must be one of l1, l2, l1_l2; received {name!r}")
    return known[name]()
