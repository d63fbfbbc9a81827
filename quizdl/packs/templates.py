"""Texts with values in them: `<<expression>>` or `<<expression:format>>`.

The formats:

| format | 0.8807970779778824 as |
|---|---|
| none, `g` | `0.880797`: at most 6 significant digits, no trailing zeros |
| `.3g` | `0.881` |
| `.3f` | `0.881`, `.5f` `0.88080`: just so many decimal places |
| `.2e` | `8.81e-1` |
| `.1%` | `88.1%` |
| `d` | only a whole number, without a point |
| `+` before these | with its sign: `x <<b:+d>>` is `x +3` or `x -3` |
| `(` before these | in parentheses when negative: `2 <<b:(d>>` is `2 3` or `2 (-3)` |

An array is `[0.1, 0.9]`, each entry in the format. `pmatrix` or `bmatrix` before the format makes it a LaTeX
matrix, a vector being a column: `$<<A:pmatrix.2f>>$`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from quizdl.packs.formula.arrays import Value, is_number, said, shape
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.parser import parse
from quizdl.packs.formula.tree import Tree

OPEN: Final = "<<"
CLOSE: Final = ">>"
_FORMAT = re.compile(
    r"(?P<layout>[pb]matrix)?(?P<sign>[+(])?(?:\.(?P<places>[0-9]{1,2})(?=[fge%]))?(?P<style>[dfge%])?"
)
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_PLACES: Final = 15
DIGITS: Final = 6
"""Significant digits that are shown when no format says otherwise."""

cached_parse = lru_cache(maxsize=4_096)(parse)
"""`parse`, remembered: an item is instantiated many times."""


class Format(NamedTuple):
    """How a value is written.

    Attributes:
        layout: "" or the LaTeX environment of a matrix.
        sign: "", "+" (always with sign) or "(" (negative ones in parentheses).
        style: one of d, f, g, e, %.
        places: digits after the point, for g significant ones.
    """

    layout: str = ""
    sign: str = ""
    style: str = "g"
    places: int = DIGITS


class Part(NamedTuple):
    """An `<<…>>` of a text.

    Attributes:
        start: the index of its `<<`.
        end: the index after its `>>`.
        tree: its expression.
        format: how its value is written.
    """

    start: int
    end: int
    tree: Tree
    format: Format


@lru_cache(maxsize=4_096)
def parts(text: str) -> tuple[Part, ...]:
    """The values that a text asks for, in order.

    Raises:
        FormulaError: one of them cannot be read; the position is that in the text.

    Example:
        >>> [(part.start, part.format.style) for part in parts("σ(<<x>>) = <<sigmoid(x):.3f>>")]
        [(2, 'g'), (11, 'f')]
    """
    found = []
    at = text.find(OPEN)
    while at >= 0:
        end = text.find(CLOSE, at)
        if end < 0:
            raise FormulaError(
                "a '<<' must be closed by '>>'", at, "write <<expression>> or <<expression:.3f>>"
            )
        begin = at + len(OPEN)
        source, form = _split(text[begin:end], begin)
        try:
            tree = cached_parse(source)
        except FormulaError as error:
            raise error.at(begin + error.position) from None
        found.append(Part(at, end + len(CLOSE), tree, form))
        at = text.find(OPEN, end)
    return tuple(found)


def fill(text: str, value: Callable[[Tree], Value]) -> str:
    """A text with its values put in.

    Args:
        text: with `<<…>>`.
        value: what evaluates an expression.

    Raises:
        FormulaError: an expression cannot be read or evaluated, or its value does not fit the format; the
            position is that in the text.

    Example:
        >>> from quizdl.packs.formula.evaluate import evaluate
        >>> fill("2 <<b:(d>> = <<2*b>>", lambda tree: evaluate(tree, {"b": -3}))
        '2 (-3) = -6'
    """
    filled, after = [], 0
    for part in parts(text):
        try:
            written = write(value(part.tree), part.format)
        except FormulaError as error:
            raise error.at(min(part.start + len(OPEN) + error.position, part.end)) from None
        filled += [text[after : part.start], written]
        after = part.end
    return "".join([*filled, text[after:]])


def write(value: Value, form: Format = Format()) -> str:  # noqa: B008 (immutable)
    r"""A value in a format.

    Raises:
        FormulaError: the value does not fit the format.

    Example:
        >>> write(2/3), write((0.1, 0.90000001)), write(1e-7), write(-1e-9, Format(style="f", places=2))
        ('0.666667', '[0.1, 0.9]', '1e-7', '0.00')
        >>> write(((1, 2), (3, 4)), Format(layout="pmatrix", style="d"))
        '\\begin{pmatrix}1 & 2\\\\3 & 4\\end{pmatrix}'
    """
    if isinstance(value, tuple):
        if form.layout:
            return _matrix(value, form)
        return f"[{', '.join(write(entry, form) for entry in value)}]"
    if form.layout:
        raise FormulaError(f"a matrix must come here, received {said(value)}", kind="type")
    if not is_number(value):
        return value if isinstance(value, str) else str(value).lower()
    return _signed(_digits(value, form), form.sign)


def _split(inner: str, begin: int) -> tuple[str, Format]:
    # Texts may hold a colon; nothing else of an expression can.
    bare = _STRING.sub(lambda text: " " * len(text[0]), inner)
    colon = bare.find(":")
    if colon < 0:
        return inner, Format()
    found = _FORMAT.fullmatch(inner[colon + 1 :].strip())
    if found is None or int(found["places"] or 0) > _MOST_PLACES:
        message = f"a format must be d, .3f, .4g, .2e or .1%, received {inner[colon + 1 :]!r}"
        raise FormulaError(message, begin + colon + 1, "before it may stand +, ( or pmatrix")
    style = found["style"] or "g"
    places = int(found["places"]) if found["places"] else DIGITS if style == "g" else 0 if style == "%" else 6
    return inner[:colon], Format(found["layout"] or "", found["sign"] or "", style, places)


def _matrix(value: tuple[Value, ...], form: Format) -> str:
    if len(shape(value)) not in (1, 2):
        raise FormulaError(f"a vector or a matrix must come here, received {said(value)}", kind="type")
    rows = [row if isinstance(row, tuple) else (row,) for row in value]
    plain = form._replace(layout="")
    body = r"\\".join(" & ".join(write(entry, plain) for entry in row) for row in rows)
    return rf"\begin{{{form.layout}}}{body}\end{{{form.layout}}}"


def _digits(number: int | float, form: Format) -> str:
    if form.style == "d":
        if number != int(number):
            raise FormulaError(
                f"a whole number must come here, received {number:g}", hint="use .3f", kind="type"
            )
        return str(int(number))
    if form.style == "g" and isinstance(number, int) and abs(number) < 10**15:
        return str(number)
    text = format(number, f".{form.places}{form.style}")
    if "e" in text:  # 1e-07 is Python's; people write 1e-7
        mantissa, _, exponent = text.partition("e")
        text = f"{mantissa}e{int(exponent)}"
    return text[1:] if text.startswith("-") and not text.partition("e")[0].strip("-0.%") else text


def _signed(text: str, sign: str) -> str:
    if sign == "+" and not text.startswith("-"):
        return f"+{text}"
    return f"({text})" if sign == "(" and text.startswith("-") else text
