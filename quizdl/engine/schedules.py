"""Learning rates that change with the step: as functions, and as objects an optimizer takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from quizdl.engine.decay import (
    cosine_decay,
    exponential_decay,
    inverse_time_decay,
    piecewise_constant_decay,
    polynomial_decay,
)

__all__ = [
    "CosineDecay", "ExponentialDecay", "InverseTimeDecay", "PiecewiseConstantDecay", "PolynomialDecay",
    "Schedule", "cosine_decay", "exponential_decay", "inverse_time_decay", "piecewise_constant_decay",
    "polynomial_decay",
]  # fmt: skip


class Schedule(Protocol):
    """A learning rate by step."""

    def __call__(self, step: int, /) -> float: ...


@dataclass(frozen=True, slots=True)
class ExponentialDecay:
    """`exponential_decay` for an optimizer.

    Example:
        >>> ExponentialDecay(0.1, decay_steps=1, decay_rate=0.5)(2)
        0.025
    """

    initial_learning_rate: float
    decay_steps: float
    decay_rate: float
    staircase: bool = False

    def __call__(self, step: int, /) -> float:
        return float(
            exponential_decay(
                step,
                self.initial_learning_rate,
                self.decay_steps,
                self.decay_rate,
                staircase=self.staircase,
            )
        )


@dataclass(frozen=True, slots=True)
class InverseTimeDecay:
    """`inverse_time_decay` for an optimizer.

    Example:
        >>> InverseTimeDecay(0.5, decay_steps=2, decay_rate=1.0)(2)
        0.25
    """

    initial_learning_rate: float
    decay_steps: float
    decay_rate: float
    staircase: bool = False

    def __call__(self, step: int, /) -> float:
        return float(
            inverse_time_decay(
                step,
                self.initial_learning_rate,
                self.decay_steps,
                self.decay_rate,
                staircase=self.staircase,
            )
        )


@dataclass(frozen=True, slots=True)
class CosineDecay:
    """`cosine_decay` for an optimizer.

    Example:
        >>> CosineDecay(0.5, decay_steps=4)(4)
        0.0
    """

    initial_learning_rate: float
    decay_steps: float
    alpha: float = 0.0
    warmup_target: float | None = None
    warmup_steps: int = 0

    def __call__(self, step: int, /) -> float:
        return float(
            cosine_decay(
                step,
                self.initial_learning_rate,
                self.decay_steps,
                alpha=self.alpha,
                warmup_target=self.warmup_target,
                warmup_steps=self.warmup_steps,
            )
        )


@dataclass(frozen=True, slots=True)
class PolynomialDecay:
    """`polynomial_decay` for an optimizer.

    Example:
        >>> PolynomialDecay(0.5, decay_steps=4, end_learning_rate=0.0)(2)
        0.25
    """

    initial_learning_rate: float
    decay_steps: float
    end_learning_rate: float = 0.0001
    power: float = 1.0
    cycle: bool = False

    def __call__(self, step: int, /) -> float:
        return float(
            polynomial_decay(
                step,
                self.initial_learning_rate,
                self.decay_steps,
                end_learning_rate=self.end_learning_rate,
                power=self.power,
                cycle=self.cycle,
            )
        )


@dataclass(frozen=True, slots=True)
class PiecewiseConstantDecay:
    """`piecewise_constant_decay` for an optimizer.

    Example:
        >>> PiecewiseConstantDecay([10], [0.1, 0.01])(11)
        0.01
    """

    boundaries: Sequence[float]
    values: Sequence[float]

    def __call__(self, step: int, /) -> float:
        return float(piecewise_constant_decay(step, self.boundaries, self.values))
