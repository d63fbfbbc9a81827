"""Data to train on without a download: made here, the same for the same seed."""

from __future__ import annotations

from quizdl.engine.datasets.digits import glyphs, small_digits
from quizdl.engine.datasets.moons import two_moons

__all__ = ["glyphs", "small_digits", "two_moons"]
