"""Data in batches, and the weights of samples: what `fit` needs before any arithmetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, Integers, as_array


def batches(
    n: int, batch_size: int | None = 32, *, rng: np.random.Generator | None = None
) -> Iterator[Integers]:
    """Positions of n samples in batches; the last may be smaller.

    Args:
        n: number of samples.
        batch_size: samples of a batch: 1 for stochastic, None for full-batch gradient descent.
        rng: mixes the samples; None keeps the order.

    Returns:
        Positions for each batch; each sample is in exactly one.

    Raises:
        ValueError: a batch size < 1.

    Example:
        >>> [b.tolist() for b in batches(5, 2)]
        [[0, 1], [2, 3], [4]]
    """
    size = n if batch_size is None else batch_size
    if size < 1:
        raise ValueError(f"batch_size must be at least 1, received {size}")
    order = np.arange(n) if rng is None else rng.permutation(n)
    return (order[start : start + size] for start in range(0, n, size))


def class_weights(y_true: npt.ArrayLike, class_weight: Mapping[int, float]) -> Array:
    """A weight for each sample by its class.

    Args:
        y_true: (n,) or (n, 1) class numbers, or (n, classes) one-hot.
        class_weight: by class number; 1 for classes that are not there.

    Returns:
        (n,) weights.

    Example:
        >>> class_weights([0, 1, 1], {1: 2.0})
        array([1., 2., 2.])
    """
    y = np.asarray(y_true)
    numbers = y.argmax(axis=-1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(len(y))
    return as_array([class_weight.get(int(c), 1.0) for c in numbers])


def checked(
    x: npt.ArrayLike, y: npt.ArrayLike | None, sample_weight: npt.ArrayLike | None = None
) -> tuple[Array, npt.NDArray[np.generic] | None, Array | None]:
    """Inputs, labels and weights as arrays of one number of samples.

    Raises:
        ValueError: the numbers differ.
    """
    inputs = as_array(x)
    labels = None if y is None else np.asarray(y)
    weights = None if sample_weight is None else as_array(sample_weight)
    for name, other in (("y", labels), ("sample_weight", weights)):
        if other is not None and other.shape[:1] != inputs.shape[:1]:
            raise ValueError(
                f"{name} must have as many samples as x, {inputs.shape[:1]}, received {other.shape[:1]}"
            )
    return inputs, labels, weights
