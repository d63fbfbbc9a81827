"""Round numbers along an axis."""

from __future__ import annotations

import math


def ticks(low: float, high: float, most: int) -> list[float]:
    """Multiples of 1, 2 or 5 times a power of ten within a range, at most so many.

    Args:
        low: the smaller end.
        high: the larger end.
        most: how many there is room for, at least 1.

    Returns:
        The values in order; empty when no round number lies in the range.

    Example:
        >>> ticks(-6, 6, 5)
        [-5.0, 0.0, 5.0]
        >>> ticks(0, 1, 6)
        [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    span = high - low
    if not math.isfinite(span) or span <= 0:
        return [low] if math.isfinite(low) else []
    power = math.floor(math.log10(span)) - 2
    while True:
        for factor in (1, 2, 5):
            step = factor * 10.0**power
            first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
            if last - first + 1 <= max(1, most):
                # round() takes the dust of binary fractions off: 0.6000000000000001
                return [round(k * step, -power) if power < 0 else k * step for k in range(first, last + 1)]
        power += 1


def label(value: float, step: float) -> str:
    """A tick as short text: as many decimals as its step has, a real minus, powers of ten when long.

    Example:
        >>> label(-0.5, 0.5), label(2.0, 1.0), label(12000.0, 1000.0), label(1500000.0, 500000.0)
        ('−0.5', '2', '12000', '1.5e6')
    """
    if value == 0:
        return "0"
    if abs(value) >= 1e5 or abs(value) < 1e-3:
        mantissa, _, exponent = f"{value:.3g}".partition("e")
        if not exponent:
            mantissa, _, exponent = f"{value:e}".partition("e")
            mantissa = f"{float(mantissa):g}"
        text = f"{mantissa}e{int(exponent)}"
    else:
        decimals = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 3
        text = f"{value:.{decimals}f}"
    return text.replace("-", "−")
