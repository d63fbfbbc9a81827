"""The child process: reads pairs of expressions, answers whether SymPy proves them equal.

Run as `python -m quizdl.grading.symbolic.prove.worker`. One line of JSON in, one out. It builds SymPy objects
from tagged lists; no text is parsed or evaluated.
"""

from __future__ import annotations

import json
import sys
from fractions import Fraction
from typing import Any

_MEMORY = 1 << 30
_SECONDS = 600
_POWER = 10_000


def limit() -> None:
    """Takes as little as needed from the machine, where it can be limited."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS)):
        _soft, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def built(node: list[Any], names: dict[str, Any]) -> Any:
    """A SymPy expression from a tagged list.

    Raises:
        ValueError: an unknown tag, or a power beyond all measure.
    """
    import sympy  # type: ignore[import-untyped]

    tag, *rest = node
    if tag == "number":
        value = Fraction(rest[0])
        return sympy.Rational(value.numerator, value.denominator)
    if tag == "constant":
        return {"pi": sympy.pi, "e": sympy.E}[rest[0]]
    if tag == "name":
        return names[rest[0]]
    if tag == "call":
        function, *args = rest
        return known(function, [built(arg, names) for arg in args])
    parts = [built(part, names) for part in rest]
    if tag == "add":
        return sympy.Add(*parts)
    if tag == "mul":
        return sympy.Mul(*parts)
    if tag == "div":
        return parts[0] / parts[1]
    if tag == "pow":
        if parts[1].is_number and abs(parts[1]) > _POWER:
            raise ValueError("the power is too high")
        return parts[0] ** parts[1]
    if tag == "diff":
        return sympy.diff(parts[0], *parts[1:])
    raise ValueError(f"unknown tag {tag!r}")


def known(name: str, args: list[Any]) -> Any:
    """A known function of SymPy expressions."""
    import sympy

    x = args[0]
    one = sympy.Integer(1)
    made = {
        "sigmoid": lambda: one / (1 + sympy.exp(-x)),
        "softplus": lambda: sympy.log(1 + sympy.exp(x)),
        "silu": lambda: x / (1 + sympy.exp(-x)),
        "log1p": lambda: sympy.log(1 + x),
        "expm1": lambda: sympy.exp(x) - 1,
        "log2": lambda: sympy.log(x) / sympy.log(2),
        "log10": lambda: sympy.log(x) / sympy.log(10),
        "exp2": lambda: 2**x,
        "cbrt": lambda: sympy.real_root(x, 3),
        "abs": lambda: sympy.Abs(x),
        "logit": lambda: sympy.log(x / (1 - x)),
        "softsign": lambda: x / (1 + sympy.Abs(x)),
        "maximum": lambda: sympy.Max(*args),
        "minimum": lambda: sympy.Min(*args),
        "relu": lambda: sympy.Max(x, 0),
        "trigamma": lambda: sympy.polygamma(1, x),
    }
    return made[name]() if name in made else getattr(sympy, name)(*args)


def proved(request: dict[str, Any]) -> bool:
    """Whether the two sides of a request are equal.

    Example:
        >>> left = ["pow", ["add", ["name", "x"], ["number", "1"]], ["number", "2"]]
        >>> square = ["pow", ["name", "x"], ["number", "2"]]
        >>> right = ["add", square, ["mul", ["number", "2"], ["name", "x"]], ["number", "1"]]
        >>> proved({"left": left, "right": right, "domains": {"x": "real"}})
        True
        >>> proved({"left": left, "right": square, "domains": {"x": "real"}})
        False
    """
    import sympy

    names = {
        name: sympy.Symbol(
            f"s{place}",
            real=True,
            **({"positive": True} if "positive" in domain else {}),
            **({"integer": True} if "integer" in domain else {}),
        )
        for place, (name, domain) in enumerate(request["domains"].items())
    }
    gap = built(request["left"], names) - built(request["right"], names)
    for step in (sympy.expand, sympy.together, sympy.cancel, sympy.simplify):
        gap = step(gap)
        if gap == 0:
            return True
    return bool(sympy.simplify(gap.rewrite(sympy.exp)) == 0)


def main() -> None:
    """Answers requests until the input ends."""
    limit()
    import sympy

    sympy.simplify(sympy.Symbol("x") - sympy.Symbol("x"))  # warm
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request: dict[str, Any] = {}
        try:
            request = json.loads(line)
            answer = proved(request)
        except Exception as error:  # noqa: BLE001 - the edge of the process: whatever SymPy runs into proves nothing
            print(
                json.dumps({"id": request.get("id"), "proved": False, "error": type(error).__name__}),
                flush=True,
            )
            continue
        print(json.dumps({"id": request.get("id"), "proved": answer}), flush=True)


if __name__ == "__main__":
    main()
