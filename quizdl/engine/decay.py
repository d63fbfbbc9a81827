"""Learning rates that change with the step, as functions.

Steps count from 0 and may be an array. A step is one mini-batch, not one epoch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array


def exponential_decay(
    step: npt.ArrayLike,
    initial_learning_rate: float,
    decay_steps: float,
    decay_rate: float,
    *,
    staircase: bool = False,
) -> Array:
    """Multiply the rate by `decay_rate` every `decay_steps` steps.

    Formula: ηₜ = η₀ · r^(t/T); with `staircase` the exponent is ⌊t/T⌋

    Args:
        step: t ≥ 0, any shape.
        initial_learning_rate: η₀.
        decay_steps: T > 0.
        decay_rate: r.
        staircase: fall in steps instead of smoothly.

    Returns:
        Rates of the shape of `step`.

    Convention: Keras. torch's ExponentialLR is T = 1, its StepLR is the staircase.

    Example:
        >>> exponential_decay([0, 1, 2], 0.1, 2, 0.25)
        array([0.1  , 0.05 , 0.025])
        >>> exponential_decay([0, 1, 2], 0.1, 2, 0.5, staircase=True)
        array([0.1 , 0.1 , 0.05])
    """
    return as_array(initial_learning_rate * decay_rate ** _progress(step, decay_steps, staircase))


def inverse_time_decay(
    step: npt.ArrayLike,
    initial_learning_rate: float,
    decay_steps: float,
    decay_rate: float,
    *,
    staircase: bool = False,
) -> Array:
    """Divide the rate by a number that grows evenly.

    Formula: ηₜ = η₀ / (1 + r t/T); with `staircase` ⌊t/T⌋ for t/T

    Args:
        step: t ≥ 0, any shape.
        initial_learning_rate: η₀.
        decay_steps: T > 0.
        decay_rate: r.
        staircase: fall in steps instead of smoothly.

    Returns:
        Rates of the shape of `step`.

    Example:
        >>> inverse_time_decay([0, 1, 3], 0.1, 1, 1.0)
        array([0.1  , 0.05 , 0.025])
    """
    return as_array(initial_learning_rate / (1 + decay_rate * _progress(step, decay_steps, staircase)))


def cosine_decay(
    step: npt.ArrayLike,
    initial_learning_rate: float,
    decay_steps: float,
    *,
    alpha: float = 0.0,
    warmup_target: float | None = None,
    warmup_steps: int = 0,
) -> Array:
    """Half a cosine wave from the rate down to `alpha` times the rate.

    Formula: ηₜ = η₀ ((1 − α)(1 + cos(π min(t, T)/T))/2 + α)

    Args:
        step: t ≥ 0, any shape.
        initial_learning_rate: η₀.
        decay_steps: T > 0.
        alpha: the part of the rate that is left at the end.
        warmup_target: climb evenly from η₀ to this rate first, then decay from it.
        warmup_steps: how long to climb.

    Returns:
        Rates of the shape of `step`.

    Convention: Keras stays at α η₀ after T; torch's CosineAnnealingLR climbs back.

    Example:
        >>> cosine_decay([0, 2, 4, 9], 0.1, 4)
        array([0.1 , 0.05, 0.  , 0.  ])

    Reference: Loshchilov, Hutter, SGDR (2017).
    """
    t = as_array(step)
    start = initial_learning_rate if warmup_target is None else warmup_target
    begin = 0 if warmup_target is None else warmup_steps
    fraction = np.clip(_progress(t - begin, decay_steps), 0.0, 1.0)
    decayed = start * ((1 - alpha) * 0.5 * (1 + np.cos(np.pi * fraction)) + alpha)
    if warmup_target is None or warmup_steps == 0:
        return as_array(decayed)
    climbing = initial_learning_rate + (warmup_target - initial_learning_rate) * t / warmup_steps
    return np.where(t < warmup_steps, climbing, decayed)


def polynomial_decay(
    step: npt.ArrayLike,
    initial_learning_rate: float,
    decay_steps: float,
    *,
    end_learning_rate: float = 0.0001,
    power: float = 1.0,
    cycle: bool = False,
) -> Array:
    """Fall to `end_learning_rate` along (1 − t/T)^power; a straight line by default.

    Formula: ηₜ = (η₀ − η₁)(1 − min(t, T)/T)^p + η₁; with `cycle` T grows to the next multiple of itself ≥ t

    Args:
        step: t ≥ 0, any shape.
        initial_learning_rate: η₀.
        decay_steps: T > 0.
        end_learning_rate: η₁.
        power: p.
        cycle: start over, each time from a lower point, instead of staying at η₁.

    Returns:
        Rates of the shape of `step`.

    Example:
        >>> polynomial_decay([0, 5, 10, 20], 0.1, 10, end_learning_rate=0.0)
        array([0.1 , 0.05, 0.  , 0.  ])
    """
    t = as_array(step)
    fraction = _progress(t, decay_steps)
    if cycle:
        fraction = fraction / np.maximum(1.0, np.ceil(fraction))
    rest = np.clip(1 - fraction, 0.0, 1.0)
    return as_array((initial_learning_rate - end_learning_rate) * rest**power + end_learning_rate)


def piecewise_constant_decay(
    step: npt.ArrayLike, boundaries: Sequence[float], values: Sequence[float]
) -> Array:
    """One rate up to each boundary.

    Formula: ηₜ = vᵢ for bᵢ₋₁ < t ≤ bᵢ

    Args:
        step: t ≥ 0, any shape.
        boundaries: increasing steps; the step itself still has the rate before it.
        values: one more than boundaries.

    Returns:
        Rates of the shape of `step`.

    Raises:
        ValueError: the lengths do not fit.

    Convention: Keras; torch's MultiStepLR changes at t = b already.

    Example:
        >>> piecewise_constant_decay([0, 2, 3], [2], [0.1, 0.01])
        array([0.1 , 0.1 , 0.01])
    """
    if len(values) != len(boundaries) + 1:
        raise ValueError(
            f"there must be one value more than boundaries, received {len(values)} and {len(boundaries)}"
        )
    return as_array(values)[np.searchsorted(as_array(boundaries), as_array(step), side="left")]


def _progress(step: npt.ArrayLike, decay_steps: float, staircase: bool = False) -> Array:
    if not decay_steps > 0:
        raise ValueError(f"decay_steps must be > 0, received {decay_steps}")
    fraction = as_array(step) / decay_steps
    return np.floor(fraction) if staircase else fraction
