"""Augmentation as layers: random while training, the identity at inference, Keras's names and factors."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, Literal, TypeAlias

import numpy as np

from quizdl.engine.arrays import EPSILON, Array
from quizdl.engine.augmentation import colour, geometry
from quizdl.engine.layers.base import Layer
from quizdl.engine.variance_scaling import Seed

Factor: TypeAlias = float | tuple[float, float]


class RandomTransform(Layer):
    """Changes each image of a batch by its own random amount; nothing is differentiated through it.

    Put these first in a model, before any weights.
    """

    def __init__(self, *, seed: Seed = None, name: str = "") -> None:
        super().__init__(name)
        self._rng = None if seed is None else np.random.default_rng(seed)

    def build(self, input_shape: tuple[int, ...], rng: np.random.Generator) -> None:
        if self._rng is None:
            self._rng = rng.spawn(1)[0]

    def forward(self, x: Array, *, training: bool = False) -> Array:
        if not training:
            return x
        return self.transform(x, self._rng or np.random.default_rng())

    @abstractmethod
    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        """The images changed at random."""

    def backward(self, gradient: Array) -> Array:
        raise TypeError(f"{self.name} must come before all weights: nothing is differentiated through it")


class RandomFlip(RandomTransform):
    """Mirror each image with probability ½ along each of the directions in `mode`.

    Example:
        >>> x = np.arange(2.0).reshape(1, 1, 2, 1)
        >>> sorted({tuple(RandomFlip("horizontal", seed=s)(x, training=True).ravel()) for s in range(9)})
        [(np.float64(0.0), np.float64(1.0)), (np.float64(1.0), np.float64(0.0))]
    """

    def __init__(
        self,
        mode: Literal["horizontal", "vertical", "horizontal_and_vertical"] = "horizontal_and_vertical",
        *,
        seed: Seed = None,
        name: str = "",
    ) -> None:
        super().__init__(seed=seed, name=name)
        if mode not in ("horizontal", "vertical", "horizontal_and_vertical"):
            raise ValueError(
                f"mode must be horizontal, vertical or horizontal_and_vertical, received {mode!r}"
            )
        self.mode = mode

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        if "horizontal" in self.mode:
            images = np.where(_chance(images, rng, 0.5), geometry.flip_left_right(images), images)
        if "vertical" in self.mode:
            images = np.where(_chance(images, rng, 0.5), geometry.flip_up_down(images), images)
        return images


class RandomRotation(RandomTransform):
    """Rotate by a part of a full turn drawn from U(−factor, factor), or from a given range.

    Args:
        factor: 0.1 is up to 36° either way; (0, 0.25) up to a quarter turn counter-clockwise.
        options: `fill_mode`, `interpolation`, `fill_value` of `geometry.rotate`.

    Example:
        >>> RandomRotation((0.5, 0.5), seed=0)([[[[1.0], [2.0]]]], training=True).ravel().round(9)
        array([2., 1.])
    """

    def __init__(self, factor: Factor, *, seed: Seed = None, name: str = "", **options: Any) -> None:
        super().__init__(seed=seed, name=name)
        self.factor, self.options = _range(factor, -1.0, 1.0), options

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        return geometry.rotate(images, rng.uniform(*self.factor, len(images)), **self.options)


class RandomZoom(RandomTransform):
    """Zoom by a factor drawn from U(−height_factor, height_factor); positive is out.

    Args:
        height_factor: in (−1, 1], a number or a range.
        width_factor: likewise; by default the same as the height, which keeps the aspect ratio.
        options: `fill_mode`, `interpolation`, `fill_value` of `geometry.zoom`.

    Example:
        >>> RandomZoom(0.0, seed=0)([[[[1.0], [2.0]]]], training=True).ravel()
        array([1., 2.])
    """

    def __init__(
        self,
        height_factor: Factor,
        width_factor: Factor | None = None,
        *,
        seed: Seed = None,
        name: str = "",
        **options: Any,
    ) -> None:
        super().__init__(seed=seed, name=name)
        self.height_factor = _range(height_factor, -1.0, 1.0)
        self.width_factor = None if width_factor is None else _range(width_factor, -1.0, 1.0)
        self.options = options

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        height = rng.uniform(*self.height_factor, len(images))
        width = None if self.width_factor is None else rng.uniform(*self.width_factor, len(images))
        return geometry.zoom(images, height, width, **self.options)


class _RandomColour(RandomTransform):
    """A change of colour by a factor drawn for each image."""

    bounds = (-1.0, 1.0)

    def __init__(
        self, factor: Factor, value_range: colour.Range = colour.BYTES, *, seed: Seed = None, name: str = ""
    ) -> None:
        super().__init__(seed=seed, name=name)
        self.factor, self.value_range = _range(factor, *self.bounds), value_range


class RandomBrightness(_RandomColour):
    """Add f · (hi − lo), f from U(−factor, factor).

    Example:
        >>> RandomBrightness((0.2, 0.2), seed=0)([[[[0.0]]]], training=True)
        array([[[[51.]]]])
    """

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        f = rng.uniform(*self.factor, len(images))
        return colour.adjust_brightness(images, f, value_range=self.value_range)


class RandomContrast(_RandomColour):
    """Spread values about their mean by c from U(1 − factor, 1 + factor).

    Convention: a pair (a, b) means U(1 − a, 1 + b) as in Keras: random even for a = b.

    Example:
        >>> RandomContrast(0.0, seed=0)([[[[10.0]]]], training=True)
        array([[[[10.]]]])
    """

    def __init__(
        self, factor: Factor, value_range: colour.Range = colour.BYTES, *, seed: Seed = None, name: str = ""
    ) -> None:
        low, high = (factor, factor) if isinstance(factor, int | float) else factor
        if not (0 <= low <= 1 and 0 <= high <= 1):
            raise ValueError(f"factor must be in [0, 1], received {factor}")
        super().__init__((-low, high), value_range, seed=seed, name=name)

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        c = 1.0 + rng.uniform(*self.factor, len(images))
        return colour.adjust_contrast(images, c, value_range=self.value_range)


class RandomSaturation(_RandomColour):
    """Multiply the saturation by f / (1 − f), f from [0, factor] or a range in [0, 1].

    f = 0.5 changes nothing, below it colours grow paler.

    Example:
        >>> RandomSaturation((0.0, 0.0), seed=0)([[[[200.0, 100.0, 100.0]]]], training=True)
        array([[[[200., 200., 200.]]]])
    """

    bounds = (0.0, 1.0)

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        f = rng.uniform(*self.factor, len(images))
        return colour.adjust_saturation(images, f / (1 - f + EPSILON), value_range=self.value_range)


class RandomHue(_RandomColour):
    """Turn the hue by ±f/2 of the circle, f from [0, factor] or a range in [0, 1].

    Example:
        >>> RandomHue((1.0, 1.0), seed=0)([[[[255.0, 0.0, 0.0]]]], training=True).round(9)
        array([[[[  0., 255., 255.]]]])
    """

    bounds = (0.0, 1.0)

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        sign = np.where(rng.random(len(images)) > 0.5, -1.0, 1.0)
        delta = sign * rng.uniform(*self.factor, len(images)) / 2
        return colour.adjust_hue(images, delta, value_range=self.value_range)


class RandomInvert(_RandomColour):
    """The negative, with a probability drawn from the range for each image.

    Convention: Keras. `RandomInvert(1.0)` draws the probability from U(0, 1); (1, 1) means always.

    Example:
        >>> RandomInvert((1.0, 1.0), seed=0)([[[[55.0]]]], training=True)
        array([[[[200.]]]])
    """

    bounds = (0.0, 1.0)

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        p = rng.uniform(*self.factor, len(images))
        chosen = _chance(images, rng, p[:, None, None, None])
        return np.where(chosen, colour.invert(images, value_range=self.value_range), images)


class RandomGrayscale(RandomTransform):
    """Grey in all channels with probability `factor`.

    Example:
        >>> RandomGrayscale(1.0, seed=0)([[[[100.0, 0.0, 0.0]]]], training=True)
        array([[[[29.89, 29.89, 29.89]]]])
    """

    def __init__(self, factor: float = 0.5, *, seed: Seed = None, name: str = "") -> None:
        super().__init__(seed=seed, name=name)
        if not 0 <= factor <= 1:
            raise ValueError(f"factor must be in [0, 1], received {factor}")
        self.factor = factor

    def transform(self, images: Array, rng: np.random.Generator) -> Array:
        return np.where(_chance(images, rng, self.factor), colour.rgb_to_grayscale(images), images)


def _chance(images: Array, rng: np.random.Generator, p: float | Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.asarray(rng.random((len(images), 1, 1, 1)) < p)


def _range(factor: Factor, lowest: float, highest: float) -> tuple[float, float]:
    """One number f means from −f to f, but not below what is allowed, as in Keras."""
    if isinstance(factor, int | float):
        low, high = max(-abs(factor), lowest), abs(factor)
    else:
        low, high = min(factor), max(factor)
    if low < lowest or high > highest:
        raise ValueError(f"factor must be in [{lowest}, {highest}], received {factor}")
    return float(low), float(high)
