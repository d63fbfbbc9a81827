"""Steps scaled by the squares of past gradients: Adagrad, RMSprop, Adadelta."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import EPSILON, Array, as_array
from quizdl.engine.optimizers.descent import Convention


class AdagradState(NamedTuple):
    """Sum of squared gradients."""

    accumulator: Array


def adagrad_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: AdagradState | None = None,
    *,
    learning_rate: float = 0.001,
    initial_accumulator_value: float = 0.1,
    epsilon: float = EPSILON,
    convention: Convention = "keras",
) -> tuple[Array, AdagradState]:
    """One step of Adagrad: weights that were moved much move less from now on.

    Formula: a ← a + g², w ← w − η g / √(a + ε)

    Args:
        weights: w, any shape.
        gradient: g, of that shape.
        state: what the step before returned, or None.
        learning_rate: η, 0.001 as in Keras (torch 0.01).
        initial_accumulator_value: a at the start, 0.1 as in Keras (torch 0).
        epsilon: ε, 1e-7 as in Keras (torch 1e-10).
        convention: torch puts ε outside of the root.

    Returns:
        New weights, new state.

    Example:
        >>> adagrad_step([1.0], [0.5], learning_rate=0.1, initial_accumulator_value=0.0, epsilon=0.0)[0]
        array([0.9])

    Reference: Duchi, Hazan, Singer, Adaptive Subgradient Methods (2011).
    """
    w, g = as_array(weights), as_array(gradient)
    a = (state.accumulator if state else np.full_like(w, initial_accumulator_value)) + g**2
    return w - learning_rate * g / _root(a, epsilon, convention), AdagradState(a)


class RMSpropState(NamedTuple):
    """Moving means: of squared gradients, of gradients (centered), and the momentum."""

    velocity: Array
    average_gradient: Array
    momentum: Array


def rmsprop_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: RMSpropState | None = None,
    *,
    learning_rate: float = 0.001,
    rho: float = 0.9,
    momentum: float = 0.0,
    epsilon: float = EPSILON,
    centered: bool = False,
    convention: Convention = "keras",
) -> tuple[Array, RMSpropState]:
    """One step of RMSprop: Adagrad that forgets.

    Formula: v ← ρ v + (1 − ρ) g², w ← w − η g / √(v + ε). Centered: ḡ ← ρ ḡ + (1 − ρ) g and v − ḡ² for v in
    the root. Momentum: m ← μ m + η g/√…, w ← w − m.

    Args:
        weights: w, any shape.
        gradient: g, of that shape.
        state: what the step before returned, or None.
        learning_rate: η, 0.001 as in Keras (torch 0.01).
        rho: ρ, 0.9 as in Keras (torch calls it alpha, 0.99).
        momentum: μ.
        epsilon: ε, 1e-7 as in Keras (torch 1e-8).
        centered: divide by the deviation of the gradients rather than their size.
        convention: torch puts ε outside of the root, and multiplies by η after the momentum.

    Returns:
        New weights, new state.

    Example:
        >>> rmsprop_step([1.0], [2.0], learning_rate=0.1, rho=0.75, epsilon=0.0)[0]
        array([0.8])

    Reference: Hinton, Neural Networks for Machine Learning, lecture 6e (2012).
    """
    w, g = as_array(weights), as_array(gradient)
    old = state or RMSpropState(np.zeros_like(w), np.zeros_like(w), np.zeros_like(w))
    v = rho * old.velocity + (1 - rho) * g**2
    mean = rho * old.average_gradient + (1 - rho) * g if centered else old.average_gradient
    # v ≥ ḡ² but for rounding, which must not bring a negative number under the root.
    spread = np.maximum(v - mean**2, 0.0) if centered else v
    direction = g / _root(spread, epsilon, convention)
    if momentum == 0.0:
        return w - learning_rate * direction, RMSpropState(v, mean, old.momentum)
    if convention == "torch":
        m = momentum * old.momentum + direction
        return w - learning_rate * m, RMSpropState(v, mean, m)
    m = momentum * old.momentum + learning_rate * direction
    return w - m, RMSpropState(v, mean, m)


class AdadeltaState(NamedTuple):
    """Moving means of squared gradients and of squared steps."""

    accumulated_gradient: Array
    accumulated_delta: Array


def adadelta_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: AdadeltaState | None = None,
    *,
    learning_rate: float = 0.001,
    rho: float = 0.95,
    epsilon: float = EPSILON,
) -> tuple[Array, AdadeltaState]:
    """One step of Adadelta: the size of past steps stands in for a learning rate.

    Formula: a ← ρ a + (1 − ρ) g², δ = g √(d + ε) / √(a + ε), d ← ρ d + (1 − ρ) δ², w ← w − η δ

    Args:
        weights: w, any shape.
        gradient: g, of that shape.
        state: what the step before returned, or None.
        learning_rate: η, 0.001 as in Keras; the paper and torch have 1.
        rho: ρ, 0.95 as in Keras and the paper (torch 0.9).
        epsilon: ε, 1e-7 as in Keras (torch 1e-6). It sets the size of the first steps.

    Returns:
        New weights, new state.

    Example:
        >>> w, state = adadelta_step([1.0], [1.0], learning_rate=1.0, rho=0.0, epsilon=1.0)
        >>> w.round(6), state.accumulated_delta.round(6)
        (array([0.292893]), array([0.5]))

    Reference: Zeiler, ADADELTA (2012).
    """
    w, g = as_array(weights), as_array(gradient)
    old = state or AdadeltaState(np.zeros_like(w), np.zeros_like(w))
    a = rho * old.accumulated_gradient + (1 - rho) * g**2
    delta = g * np.sqrt(old.accumulated_delta + epsilon) / np.sqrt(a + epsilon)
    d = rho * old.accumulated_delta + (1 - rho) * delta**2
    return w - learning_rate * delta, AdadeltaState(a, d)


def _root(squares: Array, epsilon: float, convention: Convention) -> Array:
    if convention == "torch":
        return np.sqrt(squares) + epsilon
    return np.sqrt(squares + epsilon)
