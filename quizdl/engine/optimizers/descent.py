"""Gradient descent: plain, with momentum, with Nesterov's look ahead."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array

Convention: TypeAlias = Literal["keras", "torch"]
"""Whose form of an update is meant where the two differ."""


class SGDState(NamedTuple):
    """What momentum remembers: the velocity, of the shape of the weights."""

    velocity: Array


def sgd_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: SGDState | None = None,
    *,
    learning_rate: float = 0.01,
    momentum: float = 0.0,
    nesterov: bool = False,
    convention: Convention = "keras",
) -> tuple[Array, SGDState]:
    """One step of (stochastic) gradient descent.

    Full-batch, mini-batch and stochastic descent are this same step; they differ in how many samples the
    gradient is the mean of.

    Formula: w ← w − η g. With momentum μ: v ← μ v − η g, w ← w + v; Nesterov: w ← w + μ v − η g, v being
    the new one.

    Args:
        weights: w, any shape.
        gradient: g of the loss at w, of that shape.
        state: what the step before returned; None for a velocity of 0.
        learning_rate: η, 0.01 as in Keras (torch 0.001).
        momentum: μ in [0, 1).
        nesterov: look ahead.
        convention: torch keeps v ← μ v + g, w ← w − η v: the same while η is constant, but a new η there
            scales the whole velocity.

    Returns:
        New weights, new state. Neither argument is changed.

    Example:
        >>> w, state = sgd_step([1.0], [0.5], learning_rate=0.1, momentum=0.9)
        >>> w, state.velocity
        (array([0.95]), array([-0.05]))
        >>> sgd_step(w, [0.5], state, learning_rate=0.1, momentum=0.9)[0].round(4)
        array([0.855])

    Reference: Sutskever, Martens, Dahl, Hinton, On the Importance of Initialization and Momentum (2013).
    """
    w, g = as_array(weights), as_array(gradient)
    if momentum == 0.0:
        return w - learning_rate * g, state or SGDState(np.zeros_like(w))
    if convention == "torch":
        v = g if state is None else momentum * state.velocity + g
        step = g + momentum * v if nesterov else v
        return w - learning_rate * step, SGDState(v)
    v = momentum * (state.velocity if state else np.zeros_like(w)) - learning_rate * g
    return w + (momentum * v - learning_rate * g if nesterov else v), SGDState(v)
