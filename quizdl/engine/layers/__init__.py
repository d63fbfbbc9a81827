"""Layers: functions forward and backward, and small classes that keep weights for them."""

from __future__ import annotations

from quizdl.engine.layers.activation import Activation, Flatten
from quizdl.engine.layers.base import Layer
from quizdl.engine.layers.dense import Dense, DenseGradients, dense, dense_backward
from quizdl.engine.layers.dropout import Dropout, dropout, dropout_mask
from quizdl.engine.layers.normalization import (
    BatchNormalization,
    NormalizationGradients,
    Normalized,
    batch_normalization,
    batch_normalization_backward,
)

__all__ = [
    "Activation", "BatchNormalization", "Dense", "DenseGradients", "Dropout", "Flatten", "Layer",
    "NormalizationGradients", "Normalized", "batch_normalization", "batch_normalization_backward", "dense",
    "dense_backward", "dropout", "dropout_mask",
]  # fmt: skip
