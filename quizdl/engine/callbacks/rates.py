"""Learning rates changed between epochs: on a plateau, or by a function of the epoch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from quizdl.engine.callbacks.base import Callback, Logs, Mode, direction, improves


class PlateauState(NamedTuple):
    """The learning rate, the best value so far, epochs without a better one, epochs of rest left."""

    learning_rate: float
    best: float | None = None
    wait: int = 0
    cooldown: int = 0


def reduce_on_plateau_step(
    state: PlateauState,
    value: float,
    *,
    factor: float = 0.1,
    patience: int = 10,
    min_delta: float = 1e-4,
    cooldown: int = 0,
    min_lr: float = 0.0,
    way: Literal["min", "max"] = "min",
) -> PlateauState:
    """What is known, and the learning rate, after one more epoch.

    Formula: not better for `patience` epochs: η ← max(η · factor, min_lr), then `cooldown` epochs of rest

    Args:
        state: what was known before.
        value: what is monitored.
        factor: in (0, 1).
        patience: how many epochs without improvement are borne.
        min_delta: what an improvement must exceed, absolutely.
        cooldown: epochs after a reduction in which none is counted.
        min_lr: the rate is not reduced below.
        way: whether less or more is better.

    Returns:
        The new state.

    Convention: Keras. torch reduces one epoch later (bad epochs > patience), its threshold is relative, and
    the cooldown differs by one.

    Example:
        >>> state = PlateauState(0.1)
        >>> for value in (1.0, 1.0, 1.0):
        ...     state = reduce_on_plateau_step(state, value, factor=0.5, patience=2)
        >>> state.learning_rate
        0.05
    """
    rate, best, wait, rest = state
    if rest > 0:
        rest, wait = rest - 1, 0
    if improves(value, best, min_delta, way):
        return PlateauState(rate, value, 0, rest)
    if rest > 0:
        return PlateauState(rate, best, wait, rest)
    wait += 1
    if wait >= patience and rate > min_lr:
        return PlateauState(max(rate * factor, min_lr), best, 0, cooldown)
    return PlateauState(rate, best, wait, rest)


class ReduceLROnPlateau(Callback):
    """`reduce_on_plateau_step` after each epoch; the rate is also put into the history.

    Args:
        monitor: a name in the history.
        factor: in (0, 1).
        patience: how many epochs without improvement are borne.
        mode: "auto" asks the metric whether more is better.
        min_delta: what an improvement must exceed.
        cooldown: epochs of rest after a reduction.
        min_lr: the rate is not reduced below.

    Raises:
        ValueError: a factor ≥ 1, or what is monitored is not in the history.

    Example:
        >>> ReduceLROnPlateau(factor=0.5, patience=2).factor
        0.5
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        mode: Mode = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
    ) -> None:
        if not 0 < factor < 1:
            raise ValueError(f"factor must be in (0, 1), received {factor}")
        self.monitor, self.factor, self.patience, self.mode = monitor, factor, patience, mode
        self.min_delta, self.cooldown, self.min_lr = min_delta, cooldown, min_lr
        self.on_train_begin()

    def on_train_begin(self) -> None:
        self.state = PlateauState(0.0)

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        if self.monitor not in logs:
            raise ValueError(f"monitor must be one of {', '.join(sorted(logs))}; received {self.monitor!r}")
        rate = self.model.optimizer.learning_rate
        self.state = reduce_on_plateau_step(
            self.state._replace(learning_rate=rate),
            logs[self.monitor],
            factor=self.factor,
            patience=self.patience,
            min_delta=self.min_delta,
            cooldown=self.cooldown,
            min_lr=self.min_lr,
            way=direction(self.mode, self.monitor, self.model),
        )
        logs["learning_rate"] = rate
        if self.state.learning_rate != rate:
            self.model.optimizer.learning_rate = self.state.learning_rate


class LearningRateScheduler(Callback):
    """Set the rate before each epoch by a function of the epoch and the present rate.

    Args:
        schedule: takes the epoch (from 0) and the present rate, gives the new rate.

    Convention: Keras. The present rate is what the epoch before was given, so that factors compound; torch's
    LambdaLR multiplies the rate of the start.

    Example:
        >>> LearningRateScheduler(lambda epoch, rate: rate * 0.5).schedule(3, 0.1)
        0.05
    """

    def __init__(self, schedule: Callable[[int, float], float]) -> None:
        self.schedule = schedule

    def on_epoch_begin(self, epoch: int) -> None:
        self.model.optimizer.learning_rate = self.schedule(epoch, self.model.optimizer.learning_rate)

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        logs["learning_rate"] = self.model.optimizer.learning_rate
