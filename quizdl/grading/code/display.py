"""Values as small aligned text, and text of learners made harmless for a terminal."""

from __future__ import annotations

from typing import Final

import numpy as np

from quizdl.grading.code.wire import Value

_WIDTH: Final = 60
_MAX_LINES: Final = 12
_DIGITS: Final = (4, 6, 9, 13, 17)


def show(value: Value, digits: int = 4) -> str:
    """A value in as few lines as will do.

    Example:
        >>> print(show(np.array([[1.0, 0.25], [1 / 3, 10.0]])))
        [[ 1.    ,  0.25  ],
         [ 0.3333, 10.    ]]
        >>> print(show((0.5, None)))
        (0.5, None)
    """
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=digits, separator=", ", max_line_width=_WIDTH, threshold=60, edgeitems=3
        )
    elif isinstance(value, float):
        text = f"{value:.{digits}g}" if np.isfinite(value) else str(value)
    elif isinstance(value, dict) and set(value) == {"$generator"}:
        text = f"numpy.random.default_rng({value['$generator']})"
    elif isinstance(value, list | tuple):
        inner = [show(member, digits) for member in value[:10]] + ["…"] * (len(value) > 10)
        between = ",\n " if any("\n" in member for member in inner) else ", "
        left, right = "[]" if isinstance(value, list) else "()"
        text = left + between.join(inner) + ("," if right == ")" and len(value) == 1 else "") + right
    elif isinstance(value, dict):
        text = "{" + ", ".join(f"{key!r}: {show(value[key], digits)}" for key in list(value)[:10]) + "}"
    else:
        text = clean(repr(value)[:200])
    lines = text.splitlines()
    return "\n".join(lines[:_MAX_LINES] + ["…"] * (len(lines) > _MAX_LINES))


def show_pair(expected: Value, got: Value) -> tuple[str, str]:
    """Two values with as many digits as it takes to tell them apart.

    Example:
        >>> show_pair(1.0, 1.00001)
        ('1', '1.00001')
    """
    one, other = show(expected), show(got)
    for digits in _DIGITS[1:]:
        if one != other:
            break
        one, other = show(expected, digits), show(got, digits)
    return one, other


def shape_of(value: Value) -> str:
    """The shape of an array or number, or the name of another type.

    Example:
        >>> shape_of(np.zeros((2, 3))), shape_of(1.0), shape_of("a")
        ('(2, 3)', '()', 'str')
    """
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, bool | int | float | complex):
        return "()"
    if isinstance(value, list | tuple):
        return f"{type(value).__name__} of {len(value)}"
    return type(value).__name__


def clean(text: str) -> str:
    """Text without what a terminal would obey: escape sequences, bells, carriage returns, direction marks.

    Example:
        >>> clean("red" + chr(27) + "[31m" + chr(7) + "!")
        'red[31m!'
    """
    return "".join(character for character in text if character in "\n\t" or character.isprintable())


def place(at: tuple[int, ...]) -> str:
    """An index as one writes it.

    Example:
        >>> place((1, 0)), place(())
        ('[1, 0]', '')
    """
    return f"[{', '.join(map(str, at))}]" if at else ""
