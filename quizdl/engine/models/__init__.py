"""Models: layers put together and trained."""

from __future__ import annotations

from quizdl.engine.models.batches import batches, class_weights
from quizdl.engine.models.sequential import LossFunction, Sequential

__all__ = ["LossFunction", "Sequential", "batches", "class_weights"]
