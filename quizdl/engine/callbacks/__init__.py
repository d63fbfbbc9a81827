"""Callbacks of `fit`: early stopping, learning rates by epoch, history."""

from __future__ import annotations

from quizdl.engine.callbacks.base import Callback, History, LambdaCallback, Logs
from quizdl.engine.callbacks.rates import (
    LearningRateScheduler,
    PlateauState,
    ReduceLROnPlateau,
    reduce_on_plateau_step,
)
from quizdl.engine.callbacks.stopping import (
    EarlyStopping,
    Stop,
    StoppingState,
    early_stopping,
    early_stopping_step,
)

__all__ = [
    "Callback", "EarlyStopping", "History", "LambdaCallback", "LearningRateScheduler", "Logs",
    "PlateauState", "ReduceLROnPlateau", "Stop", "StoppingState", "early_stopping", "early_stopping_step",
    "reduce_on_plateau_step",
]  # fmt: skip
