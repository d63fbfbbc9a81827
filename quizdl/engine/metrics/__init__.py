"""Metrics by Keras's names: functions give a value for each sample, classes collect batches."""

from __future__ import annotations

from quizdl.engine.metrics.accuracy import (
    Accuracy,
    BinaryAccuracy,
    CategoricalAccuracy,
    SparseCategoricalAccuracy,
    SparseTopKCategoricalAccuracy,
    TopKCategoricalAccuracy,
    accuracy,
    binary_accuracy,
    categorical_accuracy,
    sparse_categorical_accuracy,
    sparse_top_k_categorical_accuracy,
    top_k_categorical_accuracy,
)
from quizdl.engine.metrics.base import Mean, Metric
from quizdl.engine.metrics.confusion import (
    confusion_counts,
    confusion_matrix,
    f1_score,
    fbeta_score,
    precision,
    recall,
)
from quizdl.engine.metrics.counting import (
    F1Score,
    FalseNegatives,
    FalsePositives,
    FBetaScore,
    Precision,
    Recall,
    TrueNegatives,
    TruePositives,
)
from quizdl.engine.metrics.ranking import AUC, roc_auc
from quizdl.engine.metrics.regression import (
    R2Score,
    RootMeanSquaredError,
    r2_score,
    root_mean_squared_error,
)

__all__ = [
    "AUC", "Accuracy", "BinaryAccuracy", "CategoricalAccuracy", "F1Score", "FBetaScore", "FalseNegatives",
    "FalsePositives", "Mean", "Metric", "Precision", "R2Score", "Recall", "RootMeanSquaredError",
    "SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "TopKCategoricalAccuracy",
    "TrueNegatives", "TruePositives", "accuracy", "binary_accuracy", "categorical_accuracy",
    "confusion_counts", "confusion_matrix", "f1_score", "fbeta_score", "get", "precision", "r2_score",
    "recall", "roc_auc", "root_mean_squared_error", "sparse_categorical_accuracy",
    "sparse_top_k_categorical_accuracy", "top_k_categorical_accuracy",
]  # fmt: skip
