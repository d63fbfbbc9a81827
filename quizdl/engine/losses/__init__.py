"""Losses with their gradients, by Keras's names and conventions.

A function such as `mean_squared_error` gives one value per sample: Keras averages (or sums over classes)
along the last axis. `get("mse")` gives a `Loss`, which weighs and reduces these to a number and its gradient;
`MeanSquaredError(reduction=...)` is the same with its parameters kept.
"""

from __future__ import annotations

from quizdl.engine.losses import hinges, probabilistic, regression
from quizdl.engine.losses.base import Loss, Reduction, weights
from quizdl.engine.losses.classes import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    CategoricalHinge,
    CosineSimilarity,
    Hinge,
    Huber,
    KLDivergence,
    LogCosh,
    LossClass,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredError,
    MeanSquaredLogarithmicError,
    Poisson,
    SparseCategoricalCrossentropy,
    SquaredHinge,
)
from quizdl.engine.losses.hinges import (
    categorical_hinge,
    categorical_hinge_gradient,
    hinge,
    hinge_gradient,
    squared_hinge,
    squared_hinge_gradient,
)
from quizdl.engine.losses.probabilistic import (
    binary_crossentropy,
    binary_crossentropy_gradient,
    categorical_crossentropy,
    categorical_crossentropy_gradient,
    kl_divergence,
    kl_divergence_gradient,
    poisson,
    poisson_gradient,
    sparse_categorical_crossentropy,
    sparse_categorical_crossentropy_gradient,
)
from quizdl.engine.losses.regression import (
    cosine_similarity,
    cosine_similarity_gradient,
    huber,
    huber_gradient,
    log_cosh,
    log_cosh_gradient,
    mean_absolute_error,
    mean_absolute_error_gradient,
    mean_absolute_percentage_error,
    mean_absolute_percentage_error_gradient,
    mean_squared_error,
    mean_squared_error_gradient,
    mean_squared_logarithmic_error,
    mean_squared_logarithmic_error_gradient,
)

__all__ = [
    "BinaryCrossentropy", "CategoricalCrossentropy", "CategoricalHinge", "CosineSimilarity", "Hinge",
    "Huber", "KLDivergence", "LogCosh", "Loss", "LossClass", "MeanAbsoluteError",
    "MeanAbsolutePercentageError", "MeanSquaredError", "MeanSquaredLogarithmicError", "Poisson",
    "Reduction", "SparseCategoricalCrossentropy", "SquaredHinge", "binary_crossentropy",
    "binary_crossentropy_gradient", "categorical_crossentropy", "categorical_crossentropy_gradient",
    "categorical_hinge", "categorical_hinge_gradient", "cosine_similarity", "cosine_similarity_gradient",
    "get", "hinge", "hinge_gradient", "huber", "huber_gradient", "kl_divergence",
    "kl_divergence_gradient", "log_cosh", "log_cosh_gradient", "mean_absolute_error",
    "mean_absolute_error_gradient", "mean_absolute_percentage_error",
    "mean_absolute_percentage_error_gradient", "mean_squared_error", "mean_squared_error_gradient",
    "mean_squared_logarithmic_error", "mean_squared_logarithmic_error_gradient", "names", "poisson",
    "poisson_gradient", "sparse_categorical_crossentropy", "sparse_categorical_crossentropy_gradient",
    "squared_hinge", "squared_hinge_gradient", "weights",
]  # fmt: skip

_ALIASES = {
    "mse": "mean_squared_error", "mae": "mean_absolute_error", "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error", "logcosh": "log_cosh", "bce": "binary_crossentropy",
    "kld": "kl_divergence", "kullback_leibler_divergence": "kl_divergence",
}  # fmt: skip

_BY_NAME = {
    name: Loss(name, getattr(module, name), getattr(module, f"{name}_gradient"))
    for module in (regression, probabilistic, hinges)
    for name in module.NAMES
}


def names() -> tuple[str, ...]:
    """The names that `get` knows, in alphabetical order."""
    return tuple(sorted(_BY_NAME))


def get(name: str) -> Loss:
    """Look a loss up, as `keras.losses.get` does.

    Args:
        name: Keras's name of the function, or its short form ("mse").

    Returns:
        The loss.

    Raises:
        ValueError: an unknown name.

    Example:
        >>> get("huber").per_sample([[0.0]], [[3.0]])
        array([2.5])
    """
    found = _BY_NAME.get(_ALIASES.get(name.lower(), name))
    if found is None:
        raise ValueError(f"a loss must be one of {', '.join(names())}; received {name!r}")
    return found
