"""Starting weights scaled by how many inputs and outputs a unit has: Glorot, He, LeCun."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from quizdl.engine.arrays import Array

Shape: TypeAlias = Sequence[int]
Seed: TypeAlias = int | np.random.Generator | None
"""A number gives the same weights every time; a Generator goes on from where it is."""

TRUNCATED_STD = 0.87962566103423978
"""Standard deviation of a standard normal cut at ±2."""


def compute_fans(shape: Shape) -> tuple[int, int]:
    """How many inputs and outputs each unit of a weight has.

    Formula: fan_in = receptive field · in, fan_out = receptive field · out

    Args:
        shape: (in, out) of a dense layer; (height, width, in, out) of a convolution.

    Returns:
        fan_in, fan_out.

    Convention: Keras, channels last. torch keeps weights as (out, in, height, width).

    Example:
        >>> compute_fans((784, 512)), compute_fans((3, 3, 3, 32))
        ((784, 512), (27, 288))
    """
    if len(shape) == 0:
        return 1, 1
    if len(shape) == 1:
        return int(shape[0]), int(shape[0])
    field = math.prod(shape[:-2])
    return field * int(shape[-2]), field * int(shape[-1])


def truncated_normal(shape: Shape, rng: Seed = None, *, stddev: float = 0.05, mean: float = 0.0) -> Array:
    """Normal values of which those beyond two `stddev` are drawn again.

    Formula: w = mean + stddev · z, z ~ N(0, 1) given |z| ≤ 2

    Args:
        shape: of the weights.
        rng: a seed or a Generator.
        stddev: of the normal before it is cut; what is left has 0.8796 · stddev.
        mean: the centre.

    Returns:
        float64 of `shape`.

    Example:
        >>> bool(np.abs(truncated_normal((1000,), 0, stddev=1.0)).max() <= 2.0)
        True
    """
    generator = np.random.default_rng(rng)
    values = generator.standard_normal(tuple(shape))
    while (outside := np.abs(values) > 2).any():
        values[outside] = generator.standard_normal(int(outside.sum()))
    return mean + stddev * values


@dataclass(frozen=True, slots=True)
class VarianceScaling:
    """Weights whose variance is scale / fan, the family of Glorot, He and LeCun.

    Formula: Var w = scale / n, n = fan_in, fan_out or their mean; uniform on ±√(3 scale / n), or normal

    Args:
        scale: 1 or 2.
        mode: which fan n is.
        distribution: "truncated_normal" is cut at two sigma and widened so that its variance is as stated.
        seed: used when no Generator is passed to the call.

    Convention: Keras. torch draws its normal initializers untruncated.

    Example:
        >>> round(VarianceScaling(2.0, "fan_in").stddev((8, 3)), 3)
        0.5
        >>> VarianceScaling(1.0, "fan_avg", "uniform")((2, 2), 0).shape
        (2, 2)
    """

    scale: float = 1.0
    mode: Literal["fan_in", "fan_out", "fan_avg"] = "fan_in"
    distribution: Literal["truncated_normal", "untruncated_normal", "uniform"] = "truncated_normal"
    seed: Seed = None

    def __post_init__(self) -> None:
        if not self.scale > 0:
            raise ValueError(f"scale must be > 0, received {self.scale}")
        if self.mode not in ("fan_in", "fan_out", "fan_avg"):
            raise ValueError(f"mode must be fan_in, fan_out or fan_avg, received {self.mode!r}")
        if self.distribution not in ("truncated_normal", "untruncated_normal", "uniform"):
            raise ValueError(
                "distribution must be truncated_normal, untruncated_normal or uniform, "
                f"received {self.distribution!r}"
            )

    def stddev(self, shape: Shape) -> float:
        """Standard deviation of what is drawn, √(scale / n)."""
        return math.sqrt(self._variance(shape))

    def limit(self, shape: Shape) -> float:
        """Bound of the uniform distribution of that deviation, √3 · stddev."""
        return math.sqrt(3.0 * self._variance(shape))

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array:
        generator = np.random.default_rng(self.seed if rng is None else rng)
        if self.distribution == "uniform":
            limit = self.limit(shape)
            return generator.uniform(-limit, limit, tuple(shape))
        if self.distribution == "truncated_normal":
            return truncated_normal(shape, generator, stddev=self.stddev(shape) / TRUNCATED_STD)
        return generator.normal(0.0, self.stddev(shape), tuple(shape))

    def _variance(self, shape: Shape) -> float:
        fan_in, fan_out = compute_fans(shape)
        n = {"fan_in": fan_in, "fan_out": fan_out, "fan_avg": (fan_in + fan_out) / 2}[self.mode]
        return self.scale / max(1.0, n)


class GlorotUniform(VarianceScaling):
    """Xavier, uniform on ±√(6 / (fan_in + fan_out)); Keras's default for Dense, made for tanh.

    Convention: torch's nn.Linear draws from U(±1/√fan_in) instead, bias included.

    Example:
        >>> GlorotUniform().limit((3, 3))
        1.0

    Reference: Glorot, Bengio, Understanding the Difficulty of Training Deep Feedforward Networks (2010).
    """

    def __init__(self, seed: Seed = None) -> None:
        super().__init__(1.0, "fan_avg", "uniform", seed)


class GlorotNormal(VarianceScaling):
    """Xavier, normal with variance 2 / (fan_in + fan_out).

    Example:
        >>> GlorotNormal().stddev((1, 1))
        1.0
    """

    def __init__(self, seed: Seed = None) -> None:
        super().__init__(1.0, "fan_avg", "truncated_normal", seed)


class HeUniform(VarianceScaling):
    """Kaiming, uniform on ±√(6 / fan_in): twice the variance, since ReLU drops half of the signal.

    Example:
        >>> HeUniform().limit((6, 99))
        1.0

    Reference: He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015).
    """

    def __init__(self, seed: Seed = None) -> None:
        super().__init__(2.0, "fan_in", "uniform", seed)


class HeNormal(VarianceScaling):
    """Kaiming, normal with variance 2 / fan_in.

    Example:
        >>> HeNormal().stddev((2, 99))
        1.0
    """

    def __init__(self, seed: Seed = None) -> None:
        super().__init__(2.0, "fan_in", "truncated_normal", seed)


class LecunUniform(VarianceScaling):
    """Uniform on ±√(3 / fan_in).

    Example:
        >>> LecunUniform().limit((3, 99))
        1.0

    Reference: LeCun, Bottou, Orr, Müller, Efficient BackProp (1998).
    """

    def __init__(self, seed: Seed = None) -> None:
        super().__init__(1.0, "fan_in", "uniform", seed)


class LecunNormal(VarianceScaling):
    """Normal with variance 1 / fan_in; what SELU asks for.

    Example:
        >>> LecunNormal().stddev((4, 99))
        0.5
    """

    def __init__(self, seed: Seed = None) -> None:
        super().__init__(1.0, "fan_in", "truncated_normal", seed)
