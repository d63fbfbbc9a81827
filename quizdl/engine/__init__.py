"""The reference NumPy engine: a small Keras with nothing hidden.

float64, batched, stable, forward beside its gradient; Keras's names and conventions by default, and every
docstring says where torch or a paper differs. It imports numpy, and nothing of quizdl.

    from quizdl import engine

    model = engine.Sequential([engine.Dense(16, "relu"), engine.Dense(1, "sigmoid")], seed=1)
    model.compile(engine.Adam(0.01), "binary_crossentropy", ["accuracy"])
    x, y = engine.two_moons(1000)
    history = model.fit(x, y, epochs=60, validation_split=0.2)

Everything public is both in its room (`engine.losses.huber`) and here (`engine.huber`), except for the names
that are a loss and a metric in Keras as well (`MeanSquaredError`), which must be said with their room.
Nothing is imported before it is asked for: numpy alone costs 70 ms.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

_ROOMS = (
    "activations", "augmentation", "baselines", "callbacks", "datasets", "differences", "duplicates",
    "initializers", "layers", "losses", "metrics", "models", "optimizers", "regularizers", "schedules",
    "splits",
)  # fmt: skip

_ELSEWHERE = {"get", "names"}
"""Public in several rooms, with a meaning in each."""


def find(name: str) -> Any:
    """What is public in the engine under a name.

    Args:
        name: "huber", or with its room "losses.huber".

    Returns:
        The function or class.

    Raises:
        ValueError: an unknown name, or one that two rooms have.

    Example:
        >>> find("relu")([-1.0, 2.0])
        array([0., 2.])
        >>> find("losses.MeanSquaredError")()([[0.0]], [[3.0]])
        9.0
    """
    room, _, plain = name.rpartition(".")
    if room:
        if room not in _ROOMS or plain not in (owned := public(_room(room))):
            raise ValueError(f"the engine has no {name!r}; rooms are {', '.join(_ROOMS)}")
        return owned[plain]
    found = {r: owned[plain] for r in _ROOMS if plain in (owned := public(_room(r)))}
    if plain == "Activation":  # of activations it is but the type of an entry
        found.pop("activations")
    if plain in _ELSEWHERE or len(found) > 1:
        raise ValueError(f"say in which room {name!r} is meant: {', '.join(f'{r}.{name}' for r in found)}")
    if not found:
        raise ValueError(f"the engine has no {name!r}")
    return next(iter(found.values()))


def public(room: ModuleType) -> dict[str, Any]:
    """The public functions and classes of a room, by name."""
    listed = getattr(room, "__all__", None)
    if listed is not None:
        return {name: getattr(room, name) for name in listed}
    return {
        name: value
        for name, value in vars(room).items()
        if not name.startswith("_") and callable(value) and getattr(value, "__module__", "") == room.__name__
    }


def _room(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return _room(name)
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return find(name)
    except ValueError as error:
        raise AttributeError(str(error)) from None


def __dir__() -> list[str]:
    owned = {name for room in _ROOMS for name in public(_room(room))} - _ELSEWHERE
    return sorted({"find", "public", *_ROOMS, *owned})
