"""Losses as objects, with Keras's names and arguments: parameters kept, ready for `compile`.

Each also takes `reduction` ("sum_over_batch_size", "mean" for the same, "sum", "mean_with_sample_weight",
"none" or None) and `name`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from numpy.typing import ArrayLike

from quizdl.engine.arrays import Array
from quizdl.engine.losses import hinges, probabilistic, regression
from quizdl.engine.losses.base import Loss, Reduction


class LossClass:
    """A loss with its parameters and reduction.

    Args:
        reduction: how the samples' losses become one number.
        name: how messages call it.

    Raises:
        ValueError: an unknown reduction.
    """

    functions: ClassVar[tuple[Callable[..., Array], Callable[..., Array]]]
    """The loss per sample, and its gradient by y_pred."""

    def __init__(self, reduction: str | None = "sum_over_batch_size", name: str = "") -> None:
        known: dict[str | None, Reduction] = {
            None: "none",
            "none": "none",
            "mean": "sum_over_batch_size",
            "sum_over_batch_size": "sum_over_batch_size",
            "sum": "sum",
            "mean_with_sample_weight": "mean_with_sample_weight",
        }
        if reduction not in known:
            raise ValueError(
                "a reduction must be sum_over_batch_size, mean, sum, mean_with_sample_weight, none or None; "
                f"received {reduction!r}"
            )
        self.reduction: Reduction = known[reduction]
        self.name = name or self.functions[0].__name__
        self.params: dict[str, float] = {}
        self._loss = Loss(self.name, *self.functions)

    def value(self, y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: ArrayLike | None = None) -> Array:
        """The loss of a batch: a number, or (batch,) for the reduction "none"."""
        return self._loss.value(
            y_true, y_pred, sample_weight=sample_weight, reduction=self.reduction, **self.params
        )

    def gradient(
        self, y_true: ArrayLike, y_pred: ArrayLike, *, sample_weight: ArrayLike | None = None
    ) -> Array:
        """Its gradient by y_pred, of the shape of y_pred."""
        return self._loss.gradient(
            y_true, y_pred, sample_weight=sample_weight, reduction=self.reduction, **self.params
        )

    def __call__(self, y_true: ArrayLike, y_pred: ArrayLike, sample_weight: ArrayLike | None = None) -> Any:
        """`value`, as a float where it is one number."""
        value = self.value(y_true, y_pred, sample_weight=sample_weight)
        return float(value) if value.ndim == 0 else value


class MeanSquaredError(LossClass):
    """`mean_squared_error` as an object.

    Example:
        >>> MeanSquaredError()([[0.0], [0.0]], [[1.0], [3.0]])
        5.0
    """

    functions = (regression.mean_squared_error, regression.mean_squared_error_gradient)


class MeanAbsoluteError(LossClass):
    """`mean_absolute_error` as an object.

    Example:
        >>> MeanAbsoluteError()([[0.0], [0.0]], [[1.0], [3.0]])
        2.0
    """

    functions = (regression.mean_absolute_error, regression.mean_absolute_error_gradient)


class MeanAbsolutePercentageError(LossClass):
    """`mean_absolute_percentage_error` as an object.

    Example:
        >>> MeanAbsolutePercentageError()([[2.0]], [[1.0]])
        50.0
    """

    functions = (
        regression.mean_absolute_percentage_error,
        regression.mean_absolute_percentage_error_gradient,
    )


class MeanSquaredLogarithmicError(LossClass):
    """`mean_squared_logarithmic_error` as an object.

    Example:
        >>> MeanSquaredLogarithmicError()([[1.0]], [[1.0]])
        0.0
    """

    functions = (
        regression.mean_squared_logarithmic_error,
        regression.mean_squared_logarithmic_error_gradient,
    )


class LogCosh(LossClass):
    """`log_cosh` as an object.

    Example:
        >>> LogCosh()([[1.0]], [[1.0]])
        0.0
    """

    functions = (regression.log_cosh, regression.log_cosh_gradient)


class CosineSimilarity(LossClass):
    """`cosine_similarity` as an object.

    Example:
        >>> CosineSimilarity()([[1.0, 0.0]], [[0.0, 2.0]])
        0.0
    """

    functions = (regression.cosine_similarity, regression.cosine_similarity_gradient)


class KLDivergence(LossClass):
    """`kl_divergence` as an object.

    Example:
        >>> KLDivergence()([[0.5, 0.5]], [[0.5, 0.5]])
        0.0
    """

    functions = (probabilistic.kl_divergence, probabilistic.kl_divergence_gradient)


class Poisson(LossClass):
    """`poisson` as an object.

    Example:
        >>> Poisson()([[0.0]], [[2.0]])
        2.0
    """

    functions = (probabilistic.poisson, probabilistic.poisson_gradient)


class Hinge(LossClass):
    """`hinge` as an object.

    Example:
        >>> Hinge()([[1.0]], [[0.25]])
        0.75
    """

    functions = (hinges.hinge, hinges.hinge_gradient)


class SquaredHinge(LossClass):
    """`squared_hinge` as an object.

    Example:
        >>> SquaredHinge()([[1.0]], [[0.5]])
        0.25
    """

    functions = (hinges.squared_hinge, hinges.squared_hinge_gradient)


class CategoricalHinge(LossClass):
    """`categorical_hinge` as an object.

    Example:
        >>> CategoricalHinge()([[0.0, 1.0]], [[0.5, 0.5]])
        1.0
    """

    functions = (hinges.categorical_hinge, hinges.categorical_hinge_gradient)


class Huber(LossClass):
    """`huber` as an object.

    Example:
        >>> Huber(delta=2.0)([[0.0]], [[3.0]])
        4.0
    """

    functions = (regression.huber, regression.huber_gradient)

    def __init__(
        self,
        delta: float = 1.0,
        reduction: str | None = "sum_over_batch_size",
        name: str = "",
    ) -> None:
        super().__init__(reduction, name)
        self.params = {"delta": delta}


class BinaryCrossentropy(LossClass):
    """`binary_crossentropy` as an object.

    Example:
        >>> BinaryCrossentropy(from_logits=True)([[1.0]], [[-500.0]])
        500.0
    """

    functions = (probabilistic.binary_crossentropy, probabilistic.binary_crossentropy_gradient)

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        reduction: str | None = "sum_over_batch_size",
        name: str = "",
    ) -> None:
        super().__init__(reduction, name)
        self.params = {"from_logits": from_logits, "label_smoothing": label_smoothing}


class CategoricalCrossentropy(LossClass):
    """`categorical_crossentropy` as an object.

    Example:
        >>> CategoricalCrossentropy(from_logits=True)([[0.0, 1.0]], [[500.0, 0.0]])
        500.0
    """

    functions = (probabilistic.categorical_crossentropy, probabilistic.categorical_crossentropy_gradient)

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        reduction: str | None = "sum_over_batch_size",
        name: str = "",
    ) -> None:
        super().__init__(reduction, name)
        self.params = {"from_logits": from_logits, "label_smoothing": label_smoothing}


class SparseCategoricalCrossentropy(LossClass):
    """`sparse_categorical_crossentropy` as an object.

    Example:
        >>> SparseCategoricalCrossentropy(from_logits=True, reduction=None)([1], [[500.0, 0.0]])
        array([500.])
    """

    functions = (
        probabilistic.sparse_categorical_crossentropy,
        probabilistic.sparse_categorical_crossentropy_gradient,
    )

    def __init__(
        self,
        from_logits: bool = False,
        reduction: str | None = "sum_over_batch_size",
        name: str = "",
    ) -> None:
        super().__init__(reduction, name)
        self.params = {"from_logits": from_logits}
