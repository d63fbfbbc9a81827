"""How an answer was understood, as plain text and as LaTeX; and its ambiguities in words."""

from __future__ import annotations

from quizdl.grading.symbolic.cursor import Reading
from quizdl.grading.symbolic.latex_form import latex
from quizdl.grading.symbolic.plain_form import plain
from quizdl.grading.symbolic.symbols import OPEN, Symbols

__all__ = ["latex", "plain", "reading_text"]


def reading_text(reading: Reading, symbols: Symbols = OPEN) -> str:
    """The way an ambiguity was read: `(1/2)*x`.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> reading_text(parse("1/2x").readings[0])
        '1/2*x'
    """
    return plain(reading.node, symbols)
