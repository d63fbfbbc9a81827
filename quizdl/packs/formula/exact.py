"""Elementary functions that give the same float on every machine.

The C library's `exp`, `log` or `pow` may differ in the last bit between platforms, which would make another
instance of an item from the same seed. Here the values are computed in decimal arithmetic to 30 digits, which
is all integers underneath, and rounded once. It takes microseconds instead of nanoseconds.
"""

from __future__ import annotations

import math
from decimal import Context, Decimal, localcontext
from functools import cache
from typing import Final

_DIGITS: Final = 30
_GREATEST: Final = 709.782712893384
"""The logarithm of the greatest float."""
_LEAST: Final = -745.14
_MAX_ANGLE: Final = 1e6

# No signals but those asked for: what overflows is caught before, by its logarithm.
_CONTEXT: Final = Context(prec=_DIGITS, Emax=999_999, Emin=-999_999)


class DomainError(ArithmeticError):
    """The function has no (finite, real) value there; the text says what must be."""


class TooLargeError(ArithmeticError):
    """The value is beyond every float."""


def exp(x: float) -> float:
    """e^x.

    Raises:
        TooLargeError: x > 709.78.

    Example:
        >>> exp(0), exp(1), exp(-1000)
        (1.0, 2.718281828459045, 0.0)
    """
    if x > _GREATEST:
        raise TooLargeError
    return 0.0 if x < _LEAST else float(_CONTEXT.exp(Decimal(x)))


def log(x: float) -> float:
    """The natural logarithm.

    Raises:
        DomainError: x ≤ 0.

    Example:
        >>> log(2), log(1)
        (0.6931471805599453, 0.0)
    """
    return float(_CONTEXT.ln(Decimal(_positive(x))))


def log10(x: float) -> float:
    """The decimal logarithm.

    Raises:
        DomainError: x ≤ 0.

    Example:
        >>> log10(1000), log10(2)
        (3.0, 0.3010299956639812)
    """
    return float(_CONTEXT.log10(Decimal(_positive(x))))


def log2(x: float) -> float:
    """The binary logarithm; exact for powers of two.

    Raises:
        DomainError: x ≤ 0.

    Example:
        >>> log2(8), log2(0.25), log2(3)
        (3.0, -2.0, 1.584962500721156)
    """
    mantissa, exponent = math.frexp(_positive(x))
    if mantissa == 0.5:
        return float(exponent - 1)
    return float(_CONTEXT.divide(_CONTEXT.ln(Decimal(x)), _CONTEXT.ln(Decimal(2))))


def power(base: float, exponent: float) -> float:
    """base^exponent of floats.

    Raises:
        DomainError: 0 to a negative power, or a negative number to a fractional one.
        TooLargeError: the result is beyond every float.

    Example:
        >>> power(2.0, 0.5), power(0.96, 2.0), power(-2.0, -1.0)
        (1.4142135623730951, 0.9216, -0.5)
    """
    if exponent == 0 or base == 1:
        return 1.0
    if base == 0:
        if exponent < 0:
            raise DomainError("0 cannot be raised to a negative power")
        return 0.0
    whole = float(exponent).is_integer()
    if base < 0 and not whole:
        raise DomainError("a negative number cannot be raised to a power that is not whole")
    if exponent == 0.5:
        return math.sqrt(base)
    size = exponent * math.log(abs(base))
    if size > _GREATEST + 1e-6:
        raise TooLargeError
    if size < _LEAST:
        return 0.0
    with localcontext(_CONTEXT) as context:  # 20 digits more for what the logarithm is multiplied by
        context.prec = _DIGITS + 20
        result = float((Decimal(abs(base)).ln() * Decimal(exponent)).exp())
    if result == math.inf:
        raise TooLargeError
    return -result if base < 0 and exponent % 2 == 1 else result


def sin(x: float) -> float:
    """The sine of an angle in radians.

    Raises:
        DomainError: |x| > 10^6.

    Example:
        >>> sin(0), round(sin(3.141592653589793 / 6), 12)
        (0.0, 0.5)
    """
    return float(_sine(_angle(x)))


def cos(x: float) -> float:
    """The cosine of an angle in radians.

    Raises:
        DomainError: |x| > 10^6.

    Example:
        >>> cos(0), cos(1)
        (1.0, 0.5403023058681398)
    """
    return float(_sine(_angle(x) + _pi() / 2)) if x else 1.0


def tanh(x: float) -> float:
    """(e^x − e^−x)/(e^x + e^−x).

    Example:
        >>> tanh(0), tanh(0.5), tanh(-400)
        (0.0, 0.46211715726000974, -1.0)
    """
    if abs(x) > 20:
        return math.copysign(1.0, x)
    if x == 0:
        return 0.0
    with localcontext(_CONTEXT) as context:
        context.prec = _DIGITS + 20  # 1 − e^−2x loses digits near 0
        if abs(x) < 1e-9:
            return x
        shrunk = (-2 * Decimal(abs(x))).exp()
        return math.copysign(float((1 - shrunk) / (1 + shrunk)), x)


def sigmoid(x: float) -> float:
    """1/(1 + e^−x).

    Example:
        >>> sigmoid(0), sigmoid(2), sigmoid(-1000)
        (0.5, 0.8807970779778824, 0.0)
    """
    if x < _LEAST:
        return 0.0
    return float(_CONTEXT.divide(Decimal(1), _CONTEXT.add(1, _CONTEXT.exp(Decimal(-min(x, 100.0))))))


def softplus(x: float) -> float:
    """ln(1 + e^x).

    Example:
        >>> softplus(0), softplus(800)
        (0.6931471805599453, 800.0)
    """
    if x > 100:
        return float(x)
    if x < -40:  # ln(1 + y) is y to the last bit
        return exp(x)
    with localcontext(_CONTEXT) as context:
        context.prec = _DIGITS + 20
        return float((1 + Decimal(x).exp()).ln())


def _positive(x: float) -> float:
    if x <= 0:
        raise DomainError(f"a logarithm must be of a number greater than 0, received {x:g}")
    return x


def _angle(x: float) -> Decimal:
    if abs(x) > _MAX_ANGLE:
        raise DomainError(f"an angle must be between -1e6 and 1e6, received {x:g}")
    return Decimal(x)


def _sine(angle: Decimal) -> Decimal:
    with localcontext(_CONTEXT) as context:
        context.prec = _DIGITS + 10
        turn = 2 * _pi()
        angle = angle - turn * (angle / turn).to_integral_value()
        term = total = angle
        k = 1
        while term and term.adjusted() > -_DIGITS - 10:
            k += 2
            term = -term * angle * angle / (k * (k - 1))
            total += term
        # What is left of π's own rounding is not a value.
        return Decimal(0) if abs(total) < Decimal("1e-15") else total


@cache
def _pi() -> Decimal:
    return Decimal("3.14159265358979323846264338327950288419716939937511")
