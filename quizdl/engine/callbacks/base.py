"""What happens around the epochs of `fit`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol, TypeAlias

from quizdl.engine.arrays import Array

Logs: TypeAlias = dict[str, float]
Mode: TypeAlias = Literal["auto", "min", "max"]


class Model(Protocol):
    """What a callback may touch of a model."""

    stop_training: bool

    @property
    def optimizer(self) -> Any: ...

    @property
    def metrics(self) -> Any: ...

    def get_weights(self) -> list[Array]: ...

    def set_weights(self, weights: list[Array], /) -> None: ...


class Callback:
    """Base of what is called around epochs; each method does nothing by default.

    Epochs count from 0.
    """

    model: Model

    def set_model(self, model: Model) -> None:
        """Called by `fit` first."""
        self.model = model

    def on_train_begin(self) -> None:
        """Before the first epoch."""

    def on_epoch_begin(self, epoch: int) -> None:
        """Before an epoch."""

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        """After an epoch and its validation; `logs` may be added to."""

    def on_train_end(self) -> None:
        """After the last epoch."""


class History(Callback):
    """Loss and metrics of each epoch; what `fit` returns.

    Attributes:
        epoch: numbers of the epochs.
        history: a list for each of loss, the metrics' names, and the same with val_ before.

    Example:
        >>> history = History()
        >>> history.on_epoch_end(0, {"loss": 0.5})
        >>> history.history
        {'loss': [0.5]}
    """

    def __init__(self) -> None:
        self.epoch: list[int] = []
        self.history: dict[str, list[float]] = {}

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self.epoch.append(epoch)
        for name, value in logs.items():
            self.history.setdefault(name, []).append(value)


class LambdaCallback(Callback):
    """Call a function after each epoch, for progress.

    Example:
        >>> LambdaCallback(lambda epoch, logs: print(epoch, logs)).on_epoch_end(0, {"loss": 0.5})
        0 {'loss': 0.5}
    """

    def __init__(self, on_epoch_end: Callable[[int, Logs], object]) -> None:
        self._function = on_epoch_end

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        self._function(epoch, logs)


def direction(mode: Mode, monitor: str, model: Model) -> Literal["min", "max"]:
    """Whether less or more of what is monitored is better."""
    if mode in ("min", "max"):
        return mode
    name = monitor.removeprefix("val_")
    if name == "loss":
        return "min"
    for metric in model.metrics:
        if metric.name == name:
            return "max" if metric.direction == "max" else "min"
    raise ValueError(f"mode must be min or max for {monitor!r}, which no metric of the model tells")


def improves(value: float, best: float | None, min_delta: float, way: Literal["min", "max"]) -> bool:
    """Whether a value beats another by more than `min_delta`; NaN never does, and anything beats None.

    Example:
        >>> improves(0.9, 1.0, 0.2, "min"), improves(0.7, 1.0, 0.2, "min")
        (False, True)
    """
    if best is None:
        return True
    return value < best - min_delta if way == "min" else value > best + min_delta
