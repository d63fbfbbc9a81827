"""A case from texts, for examples and for lines of a derivation."""

from __future__ import annotations

from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.equality.layout import fit
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.truth import prepare


def case_of(answer: str, given: str, symbols: Symbols = OPEN) -> Case:
    """A wrong answer beside a right one.

    Example:
        >>> case_of("x^2", "2x").fitted is None
        False
    """
    truth = prepare(Question(symbols, answer))
    resolved = resolve(parse(given, symbols).answer, symbols)
    arena = truth.arena.with_names(resolved.tree)
    return Case(truth.question, arena, resolved, fit(resolved, arena.layout))
