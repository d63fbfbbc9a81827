"""The verdict on an answer to an item that asks for mathematics, with how the answer was understood."""

from __future__ import annotations

from dataclasses import replace

from quizdl.grading.symbolic.derivation import grade_derivation
from quizdl.grading.symbolic.grade import grade_expression
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.verdict import Feedback, Outcome, Verdict
from quizdl.packs.items import Derivation, Expression

LONGEST = 20_000
"""Characters of an answer that are looked at; a longer one is no answer."""


def judge(item: Expression | Derivation, response: str) -> Verdict:
    """Judges what was typed.

    Args:
        item: what is asked.
        response: an expression, or the lines of a derivation.

    Returns:
        The verdict; its last feedback says how the answer was understood.

    Example:
        >>> from quizdl.packs.items import Text
        >>> item = Expression(id="x.slope", concept="x", prompt=Text(en="(x²)'"), answer="2x", open=True)
        >>> verdict = judge(item, "x + x")
        >>> verdict.outcome.value, verdict.feedback[-1].params["plain"]
        ('correct', 'x + x')
    """
    if len(response) > LONGEST:
        return _unreadable("expr.too-long", most=LONGEST)
    try:
        if isinstance(item, Derivation):
            return grade_derivation(item, response).verdict
        graded = grade_expression(item, response)
    except (Unreadable, ValueError) as error:
        # The answer of the author cannot be read: `quizdl pack check` tells which part.
        return _unreadable("expr.item", message=str(error))
    verdict = graded.verdict
    notes = [Feedback("expr.read-as", {"reading": reading}) for reading in graded.readings]
    if graded.plain:
        notes.append(Feedback("expr.understood", {"plain": graded.plain, "latex": graded.latex}))
    return replace(verdict, feedback=(*verdict.feedback, *notes))


def _unreadable(code: str, **params: int | str) -> Verdict:
    return Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, params),))
