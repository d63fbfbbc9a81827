"""The engine against Keras 3.15.1 and torch 2.13.0, row by row of `tests/data/oracle.jsonl`."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

DATA = Path(__file__).parents[1] / "data" / "oracle.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]

_spec = importlib.util.spec_from_file_location(
    "engine_oracle_adapters", Path(__file__).with_name("adapters.py")
)
assert _spec is not None
assert _spec.loader is not None
adapters = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = adapters
_spec.loader.exec_module(adapters)

RELATIVE = 1e-9
LOOSER = {
    # Keras computes these in float32, or leaves its softplus at x above 20.
    "metric-132": 1e-7,
    "metric-144": 1e-7,
    "f32-277": 1e-7,
    "actext-043": 2e-9,
}


def check(row: dict[str, Any], convention: str) -> bool:
    """Compare, and say whether there was anything to compare."""
    if row[convention] is None:
        return False
    got = adapters.ADAPTERS[row["group"]](row, convention)
    if got is None:
        return False
    expected = np.array(row[convention], dtype=np.float64)
    assert np.shape(got) == expected.shape
    np.testing.assert_allclose(got, expected, rtol=LOOSER.get(row["id"], RELATIVE), atol=1e-14)
    return True


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_engine_agrees_with_keras(row: dict[str, Any]) -> None:
    if row["keras"] is None:
        # A row on a form that only torch has: there the engine must have torch's convention.
        assert check(row, "torch")
    else:
        assert check(row, "keras")


TORCH_ROWS = [row for row in ROWS if row["torch"] is not None]


@pytest.mark.parametrize("row", TORCH_ROWS, ids=lambda row: row["id"])
def test_the_engine_agrees_with_torch_where_it_has_its_convention(row: dict[str, Any]) -> None:
    if not check(row, "torch"):
        # Only where the two libraries do not agree may the engine leave torch out.
        assert not row["agree"]


def test_most_of_torch_is_covered() -> None:
    asked = [row for row in TORCH_ROWS if adapters.ADAPTERS[row["group"]](row, "torch") is not None]
    assert len(asked) >= 0.8 * len(TORCH_ROWS)
