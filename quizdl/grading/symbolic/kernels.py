"""The known functions on arrays: real, by complex step, or at many digits.

`Real` is NumPy on float64; where a function is not defined it gives nan. `Step` is NumPy on complex128 with a
tiny imaginary part that carries a derivative: f(x + ih) = f(x) + ih·f′(x); comparisons look at the real part.
`Exact` works on object arrays of mpmath numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from quizdl.grading.symbolic.special import digamma, erf, erfc, gamma, loggamma, polygamma

Array = Any
Unary = Callable[[Array], Array]
_TWO, _TEN, _THIRD, _HUNDREDTH = Fraction(2), Fraction(10), Fraction(1, 3), Fraction(1, 100)


class Real:
    """float64."""

    exact = False
    complex = False
    dtype: Any = np.float64
    pi = math.pi
    e = math.e
    exp: Unary = staticmethod(np.exp)
    log: Unary = staticmethod(np.log)
    sqrt: Unary = staticmethod(np.sqrt)
    log1p: Unary = staticmethod(np.log1p)
    expm1: Unary = staticmethod(np.expm1)
    sin: Unary = staticmethod(np.sin)
    cos: Unary = staticmethod(np.cos)
    tan: Unary = staticmethod(np.tan)
    sinh: Unary = staticmethod(np.sinh)
    cosh: Unary = staticmethod(np.cosh)
    tanh: Unary = staticmethod(np.tanh)
    asin: Unary = staticmethod(np.arcsin)
    acos: Unary = staticmethod(np.arccos)
    atan: Unary = staticmethod(np.arctan)
    asinh: Unary = staticmethod(np.arcsinh)
    acosh: Unary = staticmethod(np.arccosh)
    atanh: Unary = staticmethod(np.arctanh)
    gamma: Unary = staticmethod(gamma)
    loggamma: Unary = staticmethod(loggamma)
    digamma: Unary = staticmethod(digamma)
    trigamma: Unary = staticmethod(lambda x: polygamma(1, x))
    erf: Unary = staticmethod(erf)
    erfc: Unary = staticmethod(erfc)
    floor: Unary = staticmethod(np.floor)
    ceil: Unary = staticmethod(np.ceil)
    round: Unary = staticmethod(np.round)
    sign: Unary = staticmethod(np.sign)
    abs: Unary = staticmethod(np.abs)

    @staticmethod
    def real(x: Array) -> Array:
        """What comparisons look at."""
        return x

    @staticmethod
    def number(value: Any) -> Array:
        """A rational as a number of this arithmetic."""
        try:
            return float(value)
        except OverflowError:
            return math.inf if value > 0 else -math.inf

    @staticmethod
    def power(x: Array, y: Array) -> Array:
        """x ^ y."""
        return np.power(x, y)

    @staticmethod
    def inv(x: Array) -> Array:
        """The inverse of the matrices in the last two axes; nan where there is none."""
        try:
            return np.linalg.inv(x)
        except np.linalg.LinAlgError:
            return np.full_like(x, np.nan)

    @staticmethod
    def det(x: Array) -> Array:
        """The determinant of the matrices in the last two axes."""
        return np.linalg.det(x)


def _step(real: Unary, slope: Unary) -> Unary:
    """A function of a complex step, by its derivative."""

    def function(x: Array) -> Array:
        x = np.asarray(x, complex)
        value = real(x.real)
        return value + 1j * np.where(np.isnan(value), np.nan, x.imag * slope(x.real))

    return function


class Step(Real):
    """complex128 with a tiny imaginary part."""

    complex = True
    dtype = np.complex128
    exp = staticmethod(_step(np.exp, np.exp))
    log = staticmethod(_step(np.log, lambda x: 1 / x))
    sqrt = staticmethod(_step(np.sqrt, lambda x: 0.5 / np.sqrt(x)))
    log1p = staticmethod(_step(np.log1p, lambda x: 1 / (1 + x)))
    expm1 = staticmethod(_step(np.expm1, np.exp))
    sin = staticmethod(_step(np.sin, np.cos))
    cos = staticmethod(_step(np.cos, lambda x: -np.sin(x)))
    tan = staticmethod(_step(np.tan, lambda x: 1 + np.tan(x) ** 2))
    sinh = staticmethod(_step(np.sinh, np.cosh))
    cosh = staticmethod(_step(np.cosh, np.sinh))
    tanh = staticmethod(_step(np.tanh, lambda x: 1 / np.cosh(x) ** 2))
    asin = staticmethod(_step(np.arcsin, lambda x: 1 / np.sqrt(1 - x * x)))
    acos = staticmethod(_step(np.arccos, lambda x: -1 / np.sqrt(1 - x * x)))
    atan = staticmethod(_step(np.arctan, lambda x: 1 / (1 + x * x)))
    asinh = staticmethod(_step(np.arcsinh, lambda x: 1 / np.sqrt(1 + x * x)))
    acosh = staticmethod(_step(np.arccosh, lambda x: 1 / np.sqrt(x * x - 1)))
    atanh = staticmethod(_step(np.arctanh, lambda x: 1 / (1 - x * x)))
    gamma = staticmethod(_step(gamma, lambda x: gamma(x) * digamma(x)))
    loggamma = staticmethod(_step(loggamma, digamma))
    digamma = staticmethod(_step(digamma, lambda x: polygamma(1, x)))
    trigamma = staticmethod(_step(lambda x: polygamma(1, x), lambda x: polygamma(2, x)))
    erf = staticmethod(_step(erf, lambda x: 2 / math.sqrt(math.pi) * np.exp(-x * x)))
    erfc = staticmethod(_step(erfc, lambda x: -2 / math.sqrt(math.pi) * np.exp(-x * x)))
    floor = staticmethod(_step(np.floor, lambda x: 0 * x))
    ceil = staticmethod(_step(np.ceil, lambda x: 0 * x))
    round = staticmethod(_step(np.round, lambda x: 0 * x))
    sign = staticmethod(_step(np.sign, lambda x: 0 * x))
    abs = staticmethod(_step(np.abs, np.sign))

    @staticmethod
    def real(x: Array) -> Array:
        """The real part."""
        return np.real(x)

    @staticmethod
    def power(x: Array, y: Array) -> Array:
        """x ^ y through the derivative by both."""
        x, y = np.asarray(x, complex), np.asarray(y, complex)
        value = np.power(x.real, y.real)
        slope_x = np.where(y.real == 0, 0.0, y.real * np.power(x.real, y.real - 1))
        slope_y = np.where(y.imag == 0, 0.0, value * np.log(np.where(x.real > 0, x.real, np.nan)))
        return value + 1j * (x.imag * slope_x + np.where(y.imag == 0, 0.0, y.imag * slope_y))


class Exact(Real):
    """Object arrays of mpmath numbers, at the precision that mpmath is set to."""

    exact = True
    dtype = object

    def __init__(self) -> None:
        import mpmath  # type: ignore[import-untyped]

        self.mp = mpmath.mp
        one: dict[str, Any] = {
            "exp": mpmath.exp, "log": mpmath.log, "sqrt": mpmath.sqrt,
            "log1p": mpmath.log1p, "expm1": mpmath.expm1,
            "sin": mpmath.sin, "cos": mpmath.cos, "tan": mpmath.tan, "sinh": mpmath.sinh, "cosh": mpmath.cosh,
            "tanh": mpmath.tanh, "asin": mpmath.asin, "acos": mpmath.acos, "atan": mpmath.atan,
            "asinh": mpmath.asinh, "acosh": mpmath.acosh, "atanh": mpmath.atanh, "gamma": mpmath.gamma,
            "loggamma": lambda x: mpmath.log(abs(mpmath.gamma(x))), "digamma": mpmath.digamma,
            "trigamma": lambda x: mpmath.polygamma(1, x), "erf": mpmath.erf, "erfc": mpmath.erfc,
            "floor": mpmath.floor, "ceil": mpmath.ceil, "round": mpmath.nint, "sign": mpmath.sign, "abs": abs,
        }  # fmt: skip
        for name, function in one.items():
            setattr(self, name, _each(function))
        self.pi = mpmath.mp.pi + 0
        self.e = mpmath.mp.e + 0
        self.power = _each(lambda x, y: x**y, 2)  # type: ignore[method-assign]

    def number(self, value: Any) -> Array:  # type: ignore[override]
        """A rational as an mpmath number."""
        return self.mp.mpf(value.numerator) / value.denominator

    def inv(self, x: Array) -> Array:  # type: ignore[override]
        """The inverse, matrix by matrix."""
        flat = x.reshape(-1, *x.shape[-2:])
        out = np.empty_like(flat)
        for place, matrix in enumerate(flat):
            inverse = self.mp.matrix(matrix.tolist()) ** -1
            out[place] = np.array(inverse.tolist(), dtype=object)
        return out.reshape(x.shape)

    def det(self, x: Array) -> Array:  # type: ignore[override]
        """The determinant, matrix by matrix."""
        flat = x.reshape(-1, *x.shape[-2:])
        found = np.array([self.mp.det(self.mp.matrix(m.tolist())) for m in flat], dtype=object)
        return found.reshape(x.shape[:-2])


def _each(function: Any, inputs: int = 1) -> Any:
    """A function of numbers on object arrays; nan where the result is not real."""
    import mpmath

    def one(*values: Any) -> Any:
        try:
            result = function(*values)
        except (ValueError, ZeroDivisionError, OverflowError, mpmath.libmp.ComplexResult):
            return mpmath.mpf("nan")
        if isinstance(result, mpmath.mpc):
            return result.real if result.imag == 0 else mpmath.mpf("nan")
        return result

    return np.frompyfunc(one, inputs, 1)


REAL, STEP = Real(), Step()


def _sigmoid(m: Real, x: Array) -> Array:
    """1/(1+e^-x), without overflow on either side."""
    return 0.5 * (1 + m.tanh(0.5 * x)) if not m.exact else 1 / (1 + m.exp(-x))


def _softplus(m: Real, x: Array) -> Array:
    big = np.where(m.real(x) > 0, x, 0 * x)
    return big + m.log1p(m.exp(-m.abs(x)))


def _where(m: Real, positive: Array, yes: Array, no: Array) -> Array:
    return np.where(m.real(positive) > 0, yes, no)


def clip(m: Real, x: Array, low: Array, high: Array) -> Array:
    """x between two bounds."""
    return minimum(m, maximum(m, x, low), high)


def maximum(m: Real, x: Array, y: Array) -> Array:
    """The greater of two."""
    return np.where(m.real(x) >= m.real(y), x, y)


def minimum(m: Real, x: Array, y: Array) -> Array:
    """The lesser of two."""
    return np.where(m.real(x) <= m.real(y), x, y)


_SELU_ALPHA, _SELU_SCALE = 1.6732632423543772, 1.0507009873554805

UNARY: dict[str, Callable[[Any, Array], Array]] = {
    "exp": lambda m, x: m.exp(x),
    "log": lambda m, x: m.log(x),
    "log2": lambda m, x: m.log(x) / m.log(m.number(_TWO) + 0 * x),
    "log10": lambda m, x: m.log(x) / m.log(m.number(_TEN) + 0 * x),
    "log1p": lambda m, x: m.log1p(x),
    "expm1": lambda m, x: m.expm1(x),
    "exp2": lambda m, x: m.power(m.number(_TWO) + 0 * x, x),
    "sqrt": lambda m, x: m.sqrt(x),
    "cbrt": lambda m, x: m.sign(x) * m.power(m.abs(x), m.number(_THIRD) + 0 * x),
    "sin": lambda m, x: m.sin(x),
    "cos": lambda m, x: m.cos(x),
    "tan": lambda m, x: m.tan(x),
    "sec": lambda m, x: 1 / m.cos(x),
    "csc": lambda m, x: 1 / m.sin(x),
    "cot": lambda m, x: m.cos(x) / m.sin(x),
    "asin": lambda m, x: m.asin(x),
    "acos": lambda m, x: m.acos(x),
    "atan": lambda m, x: m.atan(x),
    "asec": lambda m, x: m.acos(1 / x),
    "acsc": lambda m, x: m.asin(1 / x),
    "acot": lambda m, x: m.atan(1 / x),
    "sinh": lambda m, x: m.sinh(x),
    "cosh": lambda m, x: m.cosh(x),
    "tanh": lambda m, x: m.tanh(x),
    "sech": lambda m, x: 1 / m.cosh(x),
    "csch": lambda m, x: 1 / m.sinh(x),
    "coth": lambda m, x: 1 / m.tanh(x),
    "asinh": lambda m, x: m.asinh(x),
    "acosh": lambda m, x: m.acosh(x),
    "atanh": lambda m, x: m.atanh(x),
    "asech": lambda m, x: m.acosh(1 / x),
    "acsch": lambda m, x: m.asinh(1 / x),
    "acoth": lambda m, x: m.atanh(1 / x),
    "abs": lambda m, x: m.abs(x),
    "sign": lambda m, x: m.sign(x),
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "relu": lambda m, x: _where(m, x, x, 0 * x),
    "relu6": lambda m, x: clip(m, x, 0 * x, 6 + 0 * x),
    "erf": lambda m, x: m.erf(x),
    "erfc": lambda m, x: m.erfc(x),
    "floor": lambda m, x: m.floor(x),
    "ceil": lambda m, x: m.ceil(x),
    "round": lambda m, x: m.round(x),
    "gamma": lambda m, x: m.gamma(x),
    "factorial": lambda m, x: m.gamma(1 + x),
    "loggamma": lambda m, x: m.loggamma(x),
    "digamma": lambda m, x: m.digamma(x),
    "trigamma": lambda m, x: m.trigamma(x),
    "step": lambda m, x: (1 + m.sign(x)) / 2,
    "logit": lambda m, x: m.log(x / (1 - x)),
    "silu": lambda m, x: x * _sigmoid(m, x),
    "gelu": lambda m, x: x * (1 + m.erf(x / m.sqrt(m.number(_TWO) + 0 * x))) / 2,
    "softsign": lambda m, x: x / (1 + m.abs(x)),
    "hardtanh": lambda m, x: clip(m, x, -1 + 0 * x, 1 + 0 * x),
    "mish": lambda m, x: x * m.tanh(_softplus(m, x)),
    "log_sigmoid": lambda m, x: -_softplus(m, -x),
    "sinpi": lambda m, x: m.sin(m.pi * x),
    "cospi": lambda m, x: m.cos(m.pi * x),
    "elu": lambda m, x: _where(m, x, x, m.expm1(minimum(m, x, 0 * x))),
    "selu": lambda m, x: _SELU_SCALE * _where(m, x, x, _SELU_ALPHA * m.expm1(minimum(m, x, 0 * x))),
    "leaky_relu": lambda m, x: _where(m, x, x, m.number(_HUNDREDTH) * x),
    "logical_not": lambda m, x: np.where(m.real(x) == 0, 1 + 0 * x, 0 * x),
}
"""Functions of one argument, in any arithmetic."""

BINARY: dict[str, Callable[[Any, Array, Array], Array]] = {
    "maximum": maximum,
    "minimum": minimum,
    "elu": lambda m, x, a: _where(m, x, x, a * m.expm1(minimum(m, x, 0 * x))),
    "leaky_relu": lambda m, x, a: _where(m, x, x, a * x),
    "atan2": lambda m, y, x: 2 * m.atan(y / (m.sqrt(x * x + y * y) + x)),
    "binomial": lambda m, n, k: m.gamma(1 + n) / m.gamma(1 + k) / m.gamma(1 + n - k),
    "xlogy": lambda m, x, y: np.where(
        m.real(x) == 0, 0 * x, x * m.log(np.where(m.real(x) == 0, 1 + 0 * y, y))
    ),
}
"""Functions of two arguments."""
