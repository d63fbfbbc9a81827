"""What a proof does to a verdict: "agrees at N points" becomes "proved equal", and nothing else changes."""

from __future__ import annotations

from dataclasses import replace

from quizdl.grading.symbolic.grade import Graded
from quizdl.grading.symbolic.prove.client import SECONDS, Prover
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.truth import prepare
from quizdl.grading.verdict import Feedback


def upgraded(graded: Graded, question: Question, prover: Prover, seconds: float = SECONDS) -> Graded:
    """A judgement after a proof was tried.

    Args:
        graded: any judgement; only one that rests on points is looked at.
        question: what was asked.
        prover: the child.
        seconds: the deadline.

    Returns:
        The same judgement, or the same with "proved" in the place of the number of points.
    """
    resting = any(one.code == "expr.points" for one in graded.verdict.feedback)
    if graded.tree is None or not resting:
        return graded
    reference = prepare(question).reference.tree
    if not prover.prove(graded.tree, reference, question.symbols, seconds):
        return graded
    feedback = tuple(
        Feedback("expr.proved") if one.code == "expr.points" else one for one in graded.verdict.feedback
    )
    return replace(graded, verdict=replace(graded.verdict, feedback=feedback), proved=True)
