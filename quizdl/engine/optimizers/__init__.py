"""Optimizers: a pure step function and a small class for each, Keras's names and conventions by default."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizdl.engine.optimizers.accumulating import (
    AdadeltaState,
    AdagradState,
    RMSpropState,
    adadelta_step,
    adagrad_step,
    rmsprop_step,
)
from quizdl.engine.optimizers.adaptive import (
    AdamaxState,
    AdamState,
    NadamState,
    adam_step,
    adamax_step,
    nadam_step,
)
from quizdl.engine.optimizers.base import Optimizer
from quizdl.engine.optimizers.classes import (
    SGD,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Nadam,
    RMSprop,
)
from quizdl.engine.optimizers.clipping import (
    clip_by_global_norm,
    clip_by_norm,
    clip_by_value,
    decay_weights,
    global_norm,
)
from quizdl.engine.optimizers.descent import SGDState, sgd_step

__all__ = [
    "SGD", "Adadelta", "AdadeltaState", "Adagrad", "AdagradState", "Adam", "AdamState", "AdamW", "Adamax",
    "AdamaxState", "Nadam", "NadamState", "Optimizer", "RMSprop", "RMSpropState", "SGDState",
    "adadelta_step", "adagrad_step", "adam_step", "adamax_step", "clip_by_global_norm", "clip_by_norm",
    "clip_by_value", "decay_weights", "get", "global_norm", "nadam_step", "rmsprop_step", "sgd_step",
]  # fmt: skip


def get(name: str | Optimizer[Any]) -> Optimizer[Any]:
    """An optimizer by Keras's name ("sgd", "adam", …), with its defaults; an optimizer is given back.

    Raises:
        ValueError: an unknown name.

    Example:
        >>> get("adam").learning_rate
        0.001
    """
    if not isinstance(name, str):
        return name
    known: dict[str, Callable[[], Optimizer[Any]]] = {
        c.__name__.lower(): c for c in (SGD, Adadelta, Adagrad, Adam, AdamW, Adamax, Nadam, RMSprop)
    }
    if name.lower() not in known:
        raise ValueError(f"an optimizer must be one of {', '.join(sorted(known))}; received {name!r}")
    return known[name.lower()]()
