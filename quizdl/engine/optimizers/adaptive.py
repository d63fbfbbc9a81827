"""Adam and its relatives: AMSGrad, Adamax, Nadam. AdamW is Adam after `decay_weights`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import EPSILON, Array, as_array
from quizdl.engine.optimizers.descent import Convention


class AdamState(NamedTuple):
    """Moving means of g and g², the largest of the latter so far (AMSGrad), and the steps made."""

    momentum: Array
    velocity: Array
    velocity_max: Array
    step: int


def adam_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: AdamState | None = None,
    *,
    learning_rate: float = 0.001,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = EPSILON,
    amsgrad: bool = False,
    convention: Convention = "keras",
) -> tuple[Array, AdamState]:
    """One step of Adam: momentum, scaled as in RMSprop, both corrected for having started at 0.

    Formula: m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε̂)

    Args:
        weights: w, any shape.
        gradient: g, of that shape.
        state: what the step before returned, or None.
        learning_rate: η.
        beta_1: β₁, how much of m is kept.
        beta_2: β₂, how much of v is kept.
        epsilon: ε̂, 1e-7 as in Keras (torch 1e-8).
        amsgrad: divide by the largest v so far.
        convention: "keras" adds ε̂ to the uncorrected √v (the paper's remark at the end of its section 2);
            "torch" is the paper's Algorithm 1, w ← w − η m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ) and v̂ likewise.
            They differ where √v is not large against ε.

    Returns:
        New weights, new state.

    Example:
        >>> w, state = adam_step([1.0, 1.0], [0.5, -80.0], learning_rate=0.1, epsilon=0.0)
        >>> w
        array([0.9, 1.1])
        >>> state.step
        1

    Reference: Kingma, Ba, Adam (2015); Reddi, Kale, Kumar, On the Convergence of Adam and Beyond (2018).
    """
    w, g = as_array(weights), as_array(gradient)
    old = state or AdamState(np.zeros_like(w), np.zeros_like(w), np.zeros_like(w), 0)
    t = old.step + 1
    m = old.momentum + (1 - beta_1) * (g - old.momentum)
    v = old.velocity + (1 - beta_2) * (g**2 - old.velocity)
    largest = np.maximum(old.velocity_max, v) if amsgrad else old.velocity_max
    scale = largest if amsgrad else v
    new = AdamState(m, v, largest, t)
    correction_1, correction_2 = 1 - beta_1**t, np.sqrt(1 - beta_2**t)
    if convention == "torch":
        return w - learning_rate / correction_1 * m / (np.sqrt(scale) / correction_2 + epsilon), new
    return w - learning_rate * correction_2 / correction_1 * m / (np.sqrt(scale) + epsilon), new


class AdamaxState(NamedTuple):
    """Moving mean of g, decaying maximum of |g|, and the steps made."""

    momentum: Array
    infinity_norm: Array
    step: int


def adamax_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: AdamaxState | None = None,
    *,
    learning_rate: float = 0.001,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = EPSILON,
    convention: Convention = "keras",
) -> tuple[Array, AdamaxState]:
    """One step of Adamax: Adam with the maximum norm.

    Formula: m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g|), w ← w − η/(1 − β₁ᵗ) · m / (u + ε)

    Args:
        weights: w, any shape.
        gradient: g, of that shape.
        state: what the step before returned, or None.
        learning_rate: η, 0.001 as in Keras (torch and the paper 0.002).
        beta_1: β₁.
        beta_2: β₂.
        epsilon: ε, 1e-7 as in Keras (torch 1e-8; the paper none).
        convention: torch has u ← max(β₂ u, |g| + ε) and divides by u.

    Returns:
        New weights, new state.

    Example:
        >>> adamax_step([1.0], [0.5], learning_rate=0.1, epsilon=0.0)[0]
        array([0.9])

    Reference: Kingma, Ba, Adam (2015), section 7.1.
    """
    w, g = as_array(weights), as_array(gradient)
    old = state or AdamaxState(np.zeros_like(w), np.zeros_like(w), 0)
    t = old.step + 1
    m = old.momentum + (1 - beta_1) * (g - old.momentum)
    if convention == "torch":
        u = np.maximum(beta_2 * old.infinity_norm, np.abs(g) + epsilon)
        divisor = u
    else:
        u = np.maximum(beta_2 * old.infinity_norm, np.abs(g))
        divisor = u + epsilon
    return w - learning_rate * m / ((1 - beta_1**t) * divisor), AdamaxState(m, u, t)


class NadamState(NamedTuple):
    """Moving means of g and g², the product of the momenta so far, and the steps made."""

    momentum: Array
    velocity: Array
    product: float
    step: int


def nadam_step(
    weights: npt.ArrayLike,
    gradient: npt.ArrayLike,
    state: NadamState | None = None,
    *,
    learning_rate: float = 0.001,
    beta_1: float = 0.9,
    beta_2: float = 0.999,
    epsilon: float = EPSILON,
    momentum_decay: float = 1.0,
) -> tuple[Array, NadamState]:
    """One step of Nadam: Adam that looks ahead as Nesterov does, with a momentum that warms up.

    Formula: μₜ = β₁ (1 − ½ · 0.96^(ψ t)), m̂ = μₜ₊₁ m / (1 − Π μ₁…μₜ₊₁) + (1 − μₜ) g / (1 − Π μ₁…μₜ),
    w ← w − η m̂ / (√(v/(1 − β₂ᵗ)) + ε), m and v as for Adam

    Args:
        weights: w, any shape.
        gradient: g, of that shape.
        state: what the step before returned, or None.
        learning_rate: η, 0.001 as in Keras (torch 0.002).
        beta_1: β₁.
        beta_2: β₂.
        epsilon: ε, 1e-7 as in Keras (torch 1e-8).
        momentum_decay: ψ, 1 as in Keras; torch and the paper have 0.004.

    Returns:
        New weights, new state.

    Example:
        >>> nadam_step([1.0], [0.5])[0].round(6)
        array([0.998937])

    Reference: Dozat, Incorporating Nesterov Momentum into Adam (2016).
    """
    w, g = as_array(weights), as_array(gradient)
    old = state or NadamState(np.zeros_like(w), np.zeros_like(w), 1.0, 0)
    t = old.step + 1
    now = beta_1 * (1 - 0.5 * 0.96 ** (momentum_decay * t))
    ahead = beta_1 * (1 - 0.5 * 0.96 ** (momentum_decay * (t + 1)))
    product = old.product * now
    m = old.momentum + (1 - beta_1) * (g - old.momentum)
    v = old.velocity + (1 - beta_2) * (g**2 - old.velocity)
    m_hat = ahead * m / (1 - product * ahead) + (1 - now) * g / (1 - product)
    v_hat = v / (1 - beta_2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), NadamState(m, v, product, t)
