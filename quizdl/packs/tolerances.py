"""How near a number must come to the right one, and with how many digits the right one is shown."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quizdl.packs.parameters import DEFAULT_RELATIVE, Tolerance

_WHOLE: Final = 0.01
"""How near a number must come to a whole one where the item says no tolerance."""
_NOISE: Final = 1e-9
"""What the rounding of intermediate results may add to any tolerance, relative to the right number."""
MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Judge:
    """Tells whether numbers are near enough to the right ones.

    Args:
        right: the right numbers; one, or the entries of an array.
        tolerance: what the item says. Relative to the entry, or for arrays to the entry greatest in size, so
            that a small entry may be given with as many decimals as the others.

    Example:
        >>> judge = Judge((0.64391,), Tolerance(significant=3))
        >>> judge.accepts(0.643, 0), judge.accepts(0.644, 0), judge.accepts(0.645, 0), judge.shown(0)
        (True, True, False, '0.644')
    """

    right: Sequence[float]
    tolerance: Tolerance

    def accepts(self, number: float, at: int) -> bool:
        """Whether a number will do for the right one at an index; one of the wrong sign never does."""
        right = self.right[at]
        if number * right < 0:
            return False
        place = self.place(at)
        if place is not None and self._to_place(abs(number), abs(right), place):
            return True
        return abs(number - right) <= self.limit(at)

    def limit(self, at: int) -> float:
        """The greatest difference that is accepted at an index, digits asked for aside."""
        tolerance, right = self.tolerance, abs(self.right[at])
        scale = max(map(abs, self.right))
        least = _NOISE * right if right else 1e-12
        if tolerance == Tolerance():
            relative = DEFAULT_RELATIVE * scale
            return max(min(relative, _WHOLE) if self.whole else relative, least)
        return max(tolerance.absolute or 0.0, (tolerance.relative or 0.0) * scale, least)

    def place(self, at: int) -> int | None:
        """The power of ten of the last digit asked for, or None where no number of digits is asked."""
        if self.tolerance.decimals is not None:
            return -self.tolerance.decimals
        if self.tolerance.significant is not None and self.right[at]:
            return magnitude(self.right[at]) - self.tolerance.significant + 1
        return None

    @property
    def whole(self) -> bool:
        """Whether all right numbers are whole."""
        return all(is_whole(right) for right in self.right)

    def shown(self, at: int) -> str:
        """The right number with the digits asked for, or as many as its tolerance makes telling."""
        right = self.right[at]
        if self.tolerance.decimals is not None:
            return _plain(right, self.tolerance.decimals)
        if is_whole(right) and abs(right) < 1e15:
            return str(round(right))
        if self.tolerance.significant is not None:
            return significant(right, self.tolerance.significant)
        return significant(right, self.digits(at, self.limit(at) / 10), trim=True)

    def digits(self, at: int, limit: float) -> int:
        """How many significant digits bring the right number within a limit of itself; at most 12."""
        right = self.right[at]
        for digits in range(1, MOST_DIGITS):
            if abs(float(f"{right:.{digits - 1}e}") - right) <= limit:
                return digits
        return MOST_DIGITS

    @staticmethod
    def _to_place(number: float, right: float, place: int) -> bool:
        # Anything from the right number cut off there to half a unit above it: both ways to shorten it.
        unit = 10.0**place
        noise = _NOISE * max(right, unit)
        return math.floor(right / unit + _NOISE) * unit - noise <= number <= right + unit / 2 + noise


def is_whole(number: float) -> bool:
    """Whether a number is whole but for the noise of its computation.

    Example:
        >>> is_whole(3), is_whole(2.9999999999999996), is_whole(2.999)
        (True, True, False)
    """
    return abs(number - round(number)) <= 1e-12 * max(1.0, abs(number))


def magnitude(number: float) -> int:
    """The power of ten of the first digit; 0 for 0.

    Example:
        >>> magnitude(0.0321), magnitude(-12.5), magnitude(9.99)
        (-2, 1, 0)
    """
    return int(f"{number:e}".partition("e")[2]) if number else 0


def significant(number: float, digits: int, *, trim: bool = False) -> str:
    """A number with so many significant digits, in plain notation where that is short.

    Example:
        >>> significant(0.6666666, 4), significant(9.5367e-7, 3), significant(0.5, 3, trim=True)
        ('0.6667', '9.54e-7', '0.5')
    """
    rounded = float(f"{number:.{digits - 1}e}")
    power = magnitude(rounded)
    if -5 <= power < max(digits, 5):
        text = _plain(rounded, max(0, digits - 1 - power))
        return text.rstrip("0").rstrip(".") if trim and "." in text else text
    mantissa, _, exponent = f"{number:.{digits - 1}e}".partition("e")
    if trim and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}"


def _plain(number: float, decimals: int) -> str:
    text = f"{number:.{decimals}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text
