"""Image augmentation: functions with the amount given, and random layers around them."""

from __future__ import annotations

from quizdl.engine.augmentation.colour import (
    adjust_brightness,
    adjust_contrast,
    adjust_hue,
    adjust_saturation,
    hsv_to_rgb,
    invert,
    rgb_to_grayscale,
    rgb_to_hsv,
)
from quizdl.engine.augmentation.geometry import flip_left_right, flip_up_down, rotate, zoom
from quizdl.engine.augmentation.layers import (
    RandomBrightness,
    RandomContrast,
    RandomFlip,
    RandomGrayscale,
    RandomHue,
    RandomInvert,
    RandomRotation,
    RandomSaturation,
    RandomTransform,
    RandomZoom,
)

__all__ = [
    "RandomBrightness", "RandomContrast", "RandomFlip", "RandomGrayscale", "RandomHue", "RandomInvert",
    "RandomRotation", "RandomSaturation", "RandomTransform", "RandomZoom", "adjust_brightness",
    "adjust_contrast", "adjust_hue", "adjust_saturation", "flip_left_right", "flip_up_down", "hsv_to_rgb",
    "invert", "rgb_to_grayscale", "rgb_to_hsv", "rotate", "zoom",
]  # fmt: skip
