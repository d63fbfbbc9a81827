"""Whole trainings against Keras: the same data, starting weights and batches must give the same numbers.

Accuracy on the test fifth, the engine's and that of Keras 3.15.1 alike:
two moons, 2-16-1 with Adam, 60 epochs: 0.995; small digits, 64-64-10 with Adam, 30 epochs: 0.9725;
with batch normalisation, L2 and Nesterov's SGD, 20 epochs: 0.9725.
Loss, accuracy and weights agree to 1e-9 in every epoch (1e-14 on the machine that wrote the file).
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

HERE = Path(__file__).parent
_spec = importlib.util.spec_from_file_location("keras_training", HERE / "keras_training.py")
assert _spec is not None
assert _spec.loader is not None
training = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = training
_spec.loader.exec_module(training)

WRITTEN: list[dict[str, Any]] = json.loads(
    (HERE.parent / "data" / "keras-training.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "row", WRITTEN, ids=lambda row: f"{row['run']['data']}-{row['run']['optimizer']}-{row['run']['params']}"
)
def test_training_goes_as_in_keras(row: dict[str, Any]) -> None:
    run = row["run"]
    x, y, cut = training.samples(run)
    model = training.our_model(run, x.shape[1:])
    history = model.fit(x[:cut], y[:cut], epochs=run["epochs"], **training.FIT).history
    assert set(history) == set(row["history"])
    for name, values in row["history"].items():
        np.testing.assert_allclose(history[name], values, rtol=1e-9, atol=1e-12, err_msg=name)
    loss, accuracy = model.evaluate(x[cut:], y[cut:])
    np.testing.assert_allclose(loss, row["test"]["loss"], rtol=1e-9)
    assert accuracy == pytest.approx(row["test"]["accuracy"], abs=1e-12)
    norms = [float(np.linalg.norm(w)) for w in model.get_weights()]
    np.testing.assert_allclose(norms, row["weight_norms"], rtol=1e-9)


@pytest.mark.parametrize(("index", "data", "least"), [(0, "two_moons", 0.99), (1, "small_digits", 0.96)])
def test_a_small_network_learns_the_bundled_data(index: int, data: str, least: float) -> None:
    run = training.RUNS[index]
    assert run["data"] == data
    x, y, cut = training.samples(run)
    model = training.our_model(run, x.shape[1:])
    model.fit(x[:cut], y[:cut], epochs=run["epochs"])
    _, accuracy = model.evaluate(x[cut:], y[cut:])
    assert accuracy >= least


def test_every_run_is_written_down() -> None:
    assert [row["run"] for row in WRITTEN] == training.RUNS
