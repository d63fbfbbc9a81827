"""Samples that occur twice: the quiet way for test data to get into training."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, Integers, as_array


def duplicate_groups(x: npt.ArrayLike, *, decimals: int | None = None) -> list[list[int]]:
    """Samples that are equal, in groups.

    Args:
        x: (n, …) samples.
        decimals: round to so many decimals first; None for exact equality. 0.0 and −0.0 are equal.

    Returns:
        Groups of two or more positions, in the order of their first members.

    Example:
        >>> duplicate_groups([[1, 2], [3, 4], [1, 2]])
        [[0, 2]]
    """
    found: dict[bytes, list[int]] = {}
    for position, row in enumerate(_rows(x, decimals)):
        found.setdefault(row.tobytes(), []).append(position)
    return [group for group in found.values() if len(group) > 1]


def drop_duplicates(x: npt.ArrayLike, *, decimals: int | None = None) -> Integers:
    """Positions of the samples that remain when only the first of equal ones is kept.

    Args:
        x: (n, …) samples.
        decimals: as for `duplicate_groups`.

    Returns:
        Increasing positions.

    Example:
        >>> drop_duplicates([[1, 2], [3, 4], [1, 2]])
        array([0, 1])
    """
    later = {p for group in duplicate_groups(x, decimals=decimals) for p in group[1:]}
    return np.array([p for p in range(len(as_array(x))) if p not in later], dtype=np.int64)


def overlap(
    train: npt.ArrayLike, test: npt.ArrayLike, *, decimals: int | None = None
) -> list[tuple[int, int]]:
    """Samples of the test that are in the training data too.

    Args:
        train: (n, …) samples.
        test: (m, …) samples of the same shape.
        decimals: as for `duplicate_groups`.

    Returns:
        Pairs (position in train, position in test), each test sample at most once. A model's score on these
        says nothing.

    Raises:
        ValueError: samples of different shapes.

    Example:
        >>> overlap([[1, 2], [3, 4]], [[5, 6], [3, 4]])
        [(1, 1)]
    """
    known, asked = as_array(train), as_array(test)
    if known.shape[1:] != asked.shape[1:]:
        raise ValueError(f"samples must have one shape, received {known.shape[1:]} and {asked.shape[1:]}")
    first: dict[bytes, int] = {}
    for position, row in enumerate(_rows(known, decimals)):
        first.setdefault(row.tobytes(), position)
    rows = enumerate(_rows(asked, decimals))
    return [(first[key], position) for position, row in rows if (key := row.tobytes()) in first]


def _rows(x: npt.ArrayLike, decimals: int | None) -> Array:
    a = as_array(x)
    if a.ndim == 0:
        raise ValueError("samples must be (n, …), received a single number")
    rows = a.reshape(len(a), -1) if a.size else a.reshape(len(a), 0)
    # Adding 0.0 turns −0.0 into 0.0, whose bytes would differ otherwise.
    return (rows if decimals is None else np.round(rows, decimals)) + 0.0
