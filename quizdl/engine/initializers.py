"""Starting weights: drawn so that signals neither fade nor grow from layer to layer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from quizdl.engine.arrays import Array
from quizdl.engine.variance_scaling import (
    GlorotNormal,
    GlorotUniform,
    HeNormal,
    HeUniform,
    LecunNormal,
    LecunUniform,
    Seed,
    Shape,
    VarianceScaling,
    compute_fans,
    truncated_normal,
)

__all__ = [
    "Constant", "GlorotNormal", "GlorotUniform", "HeNormal", "HeUniform", "Initializer", "LecunNormal",
    "LecunUniform", "Ones", "Orthogonal", "RandomNormal", "RandomUniform", "TruncatedNormal",
    "VarianceScaling", "Zeros", "compute_fans", "get", "truncated_normal",
]  # fmt: skip


class Initializer(Protocol):
    """Draws an array of a shape."""

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array: ...


@dataclass(frozen=True, slots=True)
class Constant:
    """One value everywhere. All units of a layer stay alike then, so only biases start so.

    Example:
        >>> Constant(0.5)((2,))
        array([0.5, 0.5])
    """

    value: float = 0.0

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array:
        return np.full(tuple(shape), self.value, dtype=np.float64)


class Zeros(Constant):
    """0 everywhere; Keras's default for biases.

    Example:
        >>> Zeros()((2,))
        array([0., 0.])
    """

    def __init__(self) -> None:
        super().__init__(0.0)


class Ones(Constant):
    """1 everywhere; the default for the gamma of batch normalisation.

    Example:
        >>> Ones()((2,))
        array([1., 1.])
    """

    def __init__(self) -> None:
        super().__init__(1.0)


@dataclass(frozen=True, slots=True)
class RandomNormal:
    """N(mean, stddev²), whatever the fans are.

    Example:
        >>> RandomNormal(stddev=0.0)((2,))
        array([0., 0.])
    """

    mean: float = 0.0
    stddev: float = 0.05
    seed: Seed = None

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array:
        generator = np.random.default_rng(self.seed if rng is None else rng)
        return generator.normal(self.mean, self.stddev, tuple(shape))


@dataclass(frozen=True, slots=True)
class RandomUniform:
    """Uniform on [minval, maxval), whatever the fans are.

    Example:
        >>> RandomUniform(1.0, 1.0)((2,))
        array([1., 1.])
    """

    minval: float = -0.05
    maxval: float = 0.05
    seed: Seed = None

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array:
        generator = np.random.default_rng(self.seed if rng is None else rng)
        return generator.uniform(self.minval, self.maxval, tuple(shape))


@dataclass(frozen=True, slots=True)
class TruncatedNormal:
    """`truncated_normal` with fixed deviation; `stddev` is that before the cut.

    Example:
        >>> TruncatedNormal(mean=2.0, stddev=0.0)((2,))
        array([2., 2.])
    """

    mean: float = 0.0
    stddev: float = 0.05
    seed: Seed = None

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array:
        return truncated_normal(shape, self.seed if rng is None else rng, stddev=self.stddev, mean=self.mean)


@dataclass(frozen=True, slots=True)
class Orthogonal:
    """A random orthogonal matrix times `gain`: it keeps the length of every signal.

    Formula: Q of the QR decomposition of a normal matrix, columns by the sign of R's diagonal

    Args:
        gain: factor.
        seed: used when no Generator is passed to the call.

    Returns:
        Orthonormal rows or columns, whichever are fewer, over the flattened leading axes.

    Raises:
        ValueError: fewer than two axes.

    Example:
        >>> q = Orthogonal()((3, 3), 0)
        >>> bool(np.allclose(q.T @ q, np.eye(3)))
        True

    Reference: Saxe, McClelland, Ganguli, Exact Solutions to the Nonlinear Dynamics of Learning (2014).
    """

    gain: float = 1.0
    seed: Seed = None

    def __call__(self, shape: Shape, rng: Seed = None, /) -> Array:
        if len(shape) < 2:
            raise ValueError(f"the shape must have at least two axes, received {tuple(shape)}")
        rows, columns = math.prod(shape[:-1]), int(shape[-1])
        generator = np.random.default_rng(self.seed if rng is None else rng)
        q, r = np.linalg.qr(generator.standard_normal((max(rows, columns), min(rows, columns))))
        # Without the signs Q would follow LAPACK's habits instead of the uniform (Haar) distribution.
        q = q * np.where(np.diag(r) < 0, -1.0, 1.0)
        return np.asarray(self.gain * (q.T if rows < columns else q).reshape(tuple(shape)), dtype=np.float64)


_BY_NAME: dict[str, type[Initializer]] = {
    "glorot_uniform": GlorotUniform, "glorot_normal": GlorotNormal, "he_uniform": HeUniform,
    "he_normal": HeNormal, "lecun_uniform": LecunUniform, "lecun_normal": LecunNormal, "zeros": Zeros,
    "ones": Ones, "constant": Constant, "orthogonal": Orthogonal, "random_normal": RandomNormal,
    "random_uniform": RandomUniform, "truncated_normal": TruncatedNormal,
    "variance_scaling": VarianceScaling,
}  # fmt: skip


def get(name: str | Initializer) -> Initializer:
    """An initializer by Keras's name; anything else is given back.

    Raises:
        ValueError: an unknown name.

    Example:
        >>> get("he_normal").scale
        2.0
    """
    if not isinstance(name, str):
        return name
    if name not in _BY_NAME:
        raise ValueError(f"an initializer must be one of {', '.join(sorted(_BY_NAME))}; received {name!r}")
    return _BY_NAME[name]()
