"""Which numbers stand for the names of a question: charts of random values in the declared domains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from quizdl.grading.symbolic.shapes import UNKNOWN
from quizdl.grading.symbolic.symbols import Domain, Symbol

Array = Any
Chart = Literal["positive", "mixed", "unit", "above-one", "wide", "small", "negative", "whole", "fraction"]
CHARTS: tuple[tuple[Chart, int], ...] = (
    ("positive", 8),
    ("mixed", 10),
    ("unit", 6),
    ("above-one", 4),
    ("wide", 4),
    ("negative", 4),
)
"""The charts of the first attempt, with the number of points in each."""
OTHER_CHARTS: tuple[tuple[Chart, int], ...] = (
    ("whole", 16),
    ("fraction", 16),
    ("small", 16),
    ("wide", 24),
)
"""The charts tried when too few points of the first are valid."""
SIZES: tuple[tuple[int, ...], ...] = (
    (4, 3, 5, 2, 6, 7),
    (5, 2, 3, 6, 4, 7),
    (2, 4, 3, 5, 6, 7),
    (3, 5, 4, 2, 6, 7),
)
"""Lengths for the named sizes, in the order of their first use: distinct, so that none is equal by chance."""
LAWS = frozenset({"simplex", "one-hot", "orthogonal", "symmetric", "positive-definite"})
"""Domains that tie the entries of a tensor together."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Values for all names at a batch of points, for one choice of the sizes.

    Args:
        sizes: the length of each named axis.
        points: for each name an array of shape (batch, axes of the name).
        charts: the chart of each point.
    """

    sizes: Mapping[str, int]
    points: Mapping[str, Array]
    charts: tuple[Chart, ...] = field(default=())

    @property
    def batch(self) -> int:
        """How many points."""
        return len(self.charts)

    def rows(self, chosen: Array) -> Instance:
        """The instance with only some of its points.

        Args:
            chosen: their numbers.
        """
        return Instance(
            self.sizes,
            {name: value[chosen] for name, value in self.points.items()},
            tuple(self.charts[int(row)] for row in np.atleast_1d(chosen)),
        )


def lengths(names: Iterable[str], attempt: int) -> dict[str, int]:
    """Distinct lengths for the named sizes.

    Example:
        >>> lengths(["n", "d"], 0)
        {'n': 4, 'd': 3, '?': 3}
    """
    names = list(names)
    choice = SIZES[attempt % len(SIZES)]
    sizes = {name: choice[place] if place < len(choice) else 2 + place for place, name in enumerate(names)}
    return {**sizes, UNKNOWN: 3 + attempt % 2}


def draw(
    symbols: Iterable[Symbol],
    sizes: Mapping[str, int],
    rng: np.random.Generator,
    charts: Iterable[tuple[Chart, int]] = CHARTS,
    *,
    lawless: bool = False,
) -> Instance:
    """Random values for every symbol, chart by chart.

    Args:
        symbols: what needs a value; sizes, indices and functions need none.
        sizes: the length of each named axis.
        rng: the source of randomness.
        charts: each chart with its number of points.
        lawless: ignore what ties the entries of a tensor together: a simplex becomes positive numbers.
    """
    chosen = tuple(charts)
    where = tuple(chart for chart, count in chosen for _ in range(count))
    points: dict[str, Array] = {}
    for symbol in symbols:
        shape = tuple(sizes[d] if isinstance(d, str) else d for d in symbol.shape)
        parts = [_values(symbol.domain, chart, (count, *shape), rng, lawless) for chart, count in chosen]
        points[symbol.name] = np.concatenate(parts)
    return Instance(dict(sizes), points, where)


def _values(
    domain: Domain, chart: Chart, shape: tuple[int, ...], rng: np.random.Generator, lawless: bool
) -> Array:
    law = domain.name
    if law in LAWS and len(shape) > 1:
        if not lawless:
            return _lawful(law, chart, shape, rng)
        if law in ("simplex", "one-hot"):
            return rng.uniform(0.1, 1.6, shape)
        return rng.uniform(-2, 2, shape)
    if domain.integer:
        low = max(domain.low, -4.0) if np.isfinite(domain.low) else min(-4.0, domain.high - 6)
        high = min(domain.high, low + (9 if chart == "wide" else 6))
        return rng.integers(int(np.ceil(low)), int(np.floor(high)) + 1, shape).astype(float)
    if np.isfinite(domain.low) and np.isfinite(domain.high):
        margin = 0.003 if chart == "wide" else 0.03
        return domain.low + (domain.high - domain.low) * rng.uniform(margin, 1 - margin, shape)
    if law == "nonzero":
        chart = "mixed" if chart == "whole" else chart
    if np.isfinite(domain.low):
        return domain.low + _positive(chart, shape, rng)
    if np.isfinite(domain.high):
        return domain.high - _positive(chart, shape, rng)
    return _real(chart, shape, rng)


def _positive(chart: Chart, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    match chart:
        case "unit" | "small" | "fraction":
            return rng.uniform(0.05, 0.95, shape)
        case "wide":
            return rng.uniform(2.0, 7.0, shape)
        case "above-one":
            return rng.uniform(1.1, 3.5, shape)
        case "whole":
            return rng.integers(1, 7, shape).astype(float)
    return rng.uniform(0.2, 2.6, shape)


def _real(chart: Chart, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    match chart:
        case "positive":
            return rng.uniform(0.2, 2.6, shape)
        case "negative":
            return -rng.uniform(0.2, 2.6, shape)
        case "unit":
            return rng.uniform(-0.95, 0.95, shape)
        case "above-one":
            return rng.uniform(1.1, 3.5, shape)
        case "wide":
            return rng.uniform(2.0, 6.5, shape) * rng.choice((-1.0, 1.0), shape)
        case "small":
            return rng.uniform(-0.1, 0.1, shape)
        case "whole":
            return rng.integers(1, 7, shape).astype(float)
        case "fraction":
            return rng.uniform(0.02, 0.98, shape)
    return rng.uniform(0.15, 2.6, shape) * rng.choice((-1.0, 1.0), shape)


def _lawful(law: str, chart: Chart, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    if law == "simplex":
        powers = np.exp(rng.normal(0, 1.5 if chart == "wide" else 0.8, shape))
        return powers / powers.sum(axis=-1, keepdims=True)
    if law == "one-hot":
        places = rng.integers(0, shape[-1], shape[:-1])
        return np.eye(shape[-1])[places]
    square = rng.normal(0, 1, shape)
    if law == "orthogonal":
        return np.linalg.qr(square)[0]
    if law == "symmetric":
        return (square + np.swapaxes(square, -1, -2)) / 2
    return square @ np.swapaxes(square, -1, -2) + np.eye(shape[-1])
