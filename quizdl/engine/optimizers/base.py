"""What all optimizers share: the learning rate, clipping, weight decay, and a state for each weight."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeAlias, TypeVar

import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array
from quizdl.engine.optimizers.clipping import (
    clip_by_global_norm,
    clip_by_norm,
    clip_by_value,
    decay_weights,
)
from quizdl.engine.optimizers.descent import Convention
from quizdl.engine.schedules import Schedule

State = TypeVar("State")
Rate: TypeAlias = float | Schedule


class Optimizer(ABC, Generic[State]):
    """Moves weights against their gradients.

    The arithmetic is in the step functions (`adam_step`, …); this keeps their states between batches.

    Formula: clip g, then w ← w (1 − η λ) if there is a weight decay λ, then the step

    Args:
        learning_rate: η, or a schedule that is asked with the number of batches so far.
        weight_decay: λ, decoupled (Keras); with convention "torch" SGD and Adam add λw to g.
        clipnorm: longest gradient of each weight.
        clipvalue: largest element of a gradient.
        global_clipnorm: longest gradient of all weights together.
        convention: whose form of the update, see the step functions; the default values stay Keras's.

    Raises:
        ValueError: more than one way to clip, or one that is not > 0.
    """

    decouples = False
    """Whether weight decay is apart from the gradient in torch too (AdamW)."""

    def __init__(
        self,
        learning_rate: Rate,
        *,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        clipvalue: float | None = None,
        global_clipnorm: float | None = None,
        convention: Convention = "keras",
    ) -> None:
        clips = {"clipnorm": clipnorm, "clipvalue": clipvalue, "global_clipnorm": global_clipnorm}
        given = [name for name, value in clips.items() if value is not None]
        if len(given) > 1:
            raise ValueError(f"only one way to clip must be set, received {', '.join(given)}")
        for name in given:
            value = clips[name]
            if value is not None and not value > 0:
                raise ValueError(f"{name} must be > 0, received {value}")
        self._rate = learning_rate
        self.weight_decay, self.convention = weight_decay, convention
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self.iterations = 0
        self._states: list[State | None] = []

    @property
    def learning_rate(self) -> float:
        """The rate of the next step."""
        return float(self._rate(self.iterations)) if callable(self._rate) else float(self._rate)

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        if callable(self._rate):
            raise TypeError("the learning rate must be a number to be set, received a schedule at the start")
        self._rate = float(value)

    def apply(self, gradients: Sequence[npt.ArrayLike], weights: Sequence[npt.ArrayLike]) -> list[Array]:
        """One step for all weights.

        Args:
            gradients: one array for each weight, in the same order every time.
            weights: where the gradients were taken.

        Returns:
            New weights; those passed are not changed (Keras changes its variables in place).

        Raises:
            ValueError: another number of weights than before, or gradients of other shapes.
        """
        w, g = [as_array(x) for x in weights], [as_array(x) for x in gradients]
        self._states = self._states or [None] * len(w)
        if not len(w) == len(g) == len(self._states):
            raise ValueError(
                f"there must be {len(self._states)} weights and gradients, received {len(w)} and {len(g)}"
            )
        for one, other in zip(w, g, strict=True):
            if one.shape != other.shape:
                raise ValueError(
                    f"a gradient must have its weight's shape {one.shape}, received {other.shape}"
                )
        rate = self.learning_rate
        moved = []
        for i, (weight, gradient) in enumerate(zip(w, self._clip(g), strict=True)):
            if self.weight_decay and self.convention == "torch" and not self.decouples:
                gradient = gradient + self.weight_decay * weight
            elif self.weight_decay:
                weight = decay_weights(weight, rate, self.weight_decay)
            new, self._states[i] = self.step(weight, gradient, self._states[i], rate)
            moved.append(new)
        self.iterations += 1
        return moved

    @abstractmethod
    def step(
        self, weight: Array, gradient: Array, state: State | None, learning_rate: float
    ) -> tuple[Array, State]:
        """The step function with this optimizer's parameters."""

    def _clip(self, gradients: list[Array]) -> list[Array]:
        if self.clipnorm is not None:
            return [clip_by_norm(g, self.clipnorm) for g in gradients]
        if self.global_clipnorm is not None:
            epsilon = 1e-6 if self.convention == "torch" else 0.0
            return clip_by_global_norm(gradients, self.global_clipnorm, epsilon=epsilon)
        if self.clipvalue is not None:
            return [clip_by_value(g, self.clipvalue) for g in gradients]
        return gradients
