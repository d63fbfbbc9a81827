"""The engine as a library: everything by name, numpy only, and nothing before it is asked for."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from quizdl import engine

FRESH = """
import sys
from quizdl import engine
assert "numpy" not in sys.modules
engine.Sequential
known = {*sys.stdlib_module_names, "numpy", "cython_runtime", "quizdl", "__main__"}
foreign = {m.split(".")[0] for m in sys.modules} - known
print(sorted(m for m in foreign if not m.startswith("_")))
print(sorted(m for m in sys.modules if m.startswith("quizdl.") and not m.startswith("quizdl.engine")))
"""


def test_numpy_alone_is_imported_and_only_when_needed() -> None:
    run = subprocess.run([sys.executable, "-I", "-c", FRESH], capture_output=True, text=True, check=True)
    foreign, rooms = run.stdout.splitlines()
    assert foreign == "[]"
    assert rooms == "[]"


def test_every_public_name_is_found() -> None:
    for name in dir(engine):
        if name in ("find", "public", *engine._ROOMS):
            continue
        owners = [r for r in engine._ROOMS if name in engine.public(getattr(engine, r))]
        assert owners
        for room in owners:
            assert engine.find(f"{room}.{name}") is getattr(getattr(engine, room), name)


def test_every_public_name_says_what_it_is() -> None:
    missing = []
    for room in engine._ROOMS:
        for name, value in engine.public(getattr(engine, room)).items():
            if (inspect.isfunction(value) or inspect.isclass(value)) and not inspect.getdoc(value):
                missing.append(f"{room}.{name}")
    assert missing == []


def test_names_of_two_rooms_must_be_said_with_their_room() -> None:
    with pytest.raises(AttributeError, match=r"losses\.MeanSquaredError, metrics\.MeanSquaredError"):
        engine.MeanSquaredError  # noqa: B018
    assert engine.losses.MeanSquaredError is not engine.metrics.MeanSquaredError
    assert engine.Activation is engine.layers.Activation
    for unknown in ("reluu", "os", "np", "losses.np", "os.system", "losses._BY_NAME", "metrics.base.Mean"):
        with pytest.raises(ValueError, match="the engine has no"):
            engine.find(unknown)
    with pytest.raises(AttributeError):
        engine.reluu  # noqa: B018
