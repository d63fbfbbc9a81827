"""Early stopping: end when the validation no longer improves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from quizdl.engine.arrays import Array
from quizdl.engine.callbacks.base import Callback, Logs, Mode, direction, improves


class StoppingState(NamedTuple):
    """The best value so far, its epoch, how long there has been none better, and whether to stop."""

    best: float | None = None
    best_epoch: int = 0
    wait: int = 0
    stopped: bool = False


def early_stopping_step(
    state: StoppingState,
    epoch: int,
    value: float,
    *,
    patience: int = 0,
    min_delta: float = 0.0,
    way: Literal["min", "max"] = "min",
    baseline: float | None = None,
) -> StoppingState:
    """What is known after one more epoch.

    Formula: better: value < best − min_delta; wait ← 0 if better (than the baseline too), else wait + 1;
    stop when not better, wait ≥ patience and epoch > 0

    Args:
        state: what was known before.
        epoch: number of this epoch, from 0.
        value: what is monitored.
        patience: how many epochs without improvement are borne.
        min_delta: what an improvement must exceed.
        way: whether less or more is better.
        baseline: patience is not renewed by values that do not beat this one.

    Returns:
        The new state.

    Convention: Keras. Patience 0 and 1 both stop at the first epoch that is not better.

    Example:
        >>> state = StoppingState()
        >>> for epoch, value in enumerate([1.0, 0.8, 0.9]):
        ...     state = early_stopping_step(state, epoch, value, patience=1)
        >>> state
        StoppingState(best=0.8, best_epoch=1, wait=1, stopped=True)
    """
    wait = state.wait + 1
    if improves(value, state.best, min_delta, way):
        renewed = baseline is None or improves(value, baseline, min_delta, way)
        return StoppingState(value, epoch, 0 if renewed else wait, False)
    return StoppingState(state.best, state.best_epoch, wait, wait >= patience and epoch > 0)


class Stop(NamedTuple):
    """Where `early_stopping` ended: the last epoch, the best one, and whether it stopped before the end."""

    last_epoch: int
    best_epoch: int
    stopped: bool


def early_stopping(
    values: Sequence[float],
    *,
    patience: int = 0,
    min_delta: float = 0.0,
    mode: Literal["min", "max"] = "min",
    baseline: float | None = None,
) -> Stop:
    """Where training would have stopped, given the values of all epochs.

    Formula: `early_stopping_step` for each

    Args:
        values: what is monitored, by epoch, at least one.
        patience: how many epochs without improvement are borne.
        min_delta: what an improvement must exceed.
        mode: whether less or more is better.
        baseline: see `early_stopping_step`.

    Returns:
        Epochs, from 0.

    Example:
        >>> early_stopping([1.0, 0.8, 0.7, 0.71, 0.705, 0.72, 0.6], patience=2)
        Stop(last_epoch=4, best_epoch=2, stopped=True)

    Reference: Prechelt, Early Stopping, But When? (1998).
    """
    if not len(values):
        raise ValueError("values must not be empty")
    state = StoppingState()
    for epoch, value in enumerate(values):
        state = early_stopping_step(
            state, epoch, value, patience=patience, min_delta=min_delta, way=mode, baseline=baseline
        )
        if state.stopped:
            break
    return Stop(epoch, state.best_epoch, state.stopped)


class EarlyStopping(Callback):
    """End `fit` when what is monitored no longer improves.

    Args:
        monitor: a name in the history.
        min_delta: what an improvement must exceed.
        patience: how many epochs without improvement are borne.
        mode: "auto" asks the metric whether more is better.
        baseline: see `early_stopping_step`.
        restore_best_weights: give the model the weights of the best epoch back. Off by default as in Keras:
            the weights of the last epoch remain then. It is also done when all epochs were run.
        start_from_epoch: epochs before this one are not looked at.

    Raises:
        ValueError: what is monitored is not in the history (Keras only warns).

    Example:
        >>> EarlyStopping(patience=3, restore_best_weights=True).patience
        3
    """

    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0.0,
        patience: int = 0,
        mode: Mode = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
    ) -> None:
        self.monitor, self.min_delta, self.patience, self.mode = monitor, abs(min_delta), patience, mode
        self.baseline, self.restore_best_weights = baseline, restore_best_weights
        self.start_from_epoch = start_from_epoch
        self.on_train_begin()

    def on_train_begin(self) -> None:
        self.state = StoppingState()
        self.stopped_epoch = 0
        self.best_weights: list[Array] | None = None

    @property
    def best(self) -> float | None:
        """The best value so far."""
        return self.state.best

    @property
    def best_epoch(self) -> int:
        """The epoch of the best value."""
        return self.state.best_epoch

    @property
    def wait(self) -> int:
        """How many epochs there has been none better."""
        return self.state.wait

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        if epoch < self.start_from_epoch:
            return
        if self.monitor not in logs:
            raise ValueError(f"monitor must be one of {', '.join(sorted(logs))}; received {self.monitor!r}")
        self.state = early_stopping_step(
            self.state,
            epoch,
            logs[self.monitor],
            patience=self.patience,
            min_delta=self.min_delta,
            way=direction(self.mode, self.monitor, self.model),
            baseline=self.baseline,
        )
        if self.restore_best_weights and self.state.best_epoch == epoch:
            self.best_weights = self.model.get_weights()
        if self.state.stopped:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self) -> None:
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)
