"""What is wrong with an item that asks for mathematics: each of its declared answers is graded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from quizdl.grading.symbolic.derivation import GradedLines, Way, grade_derivation
from quizdl.grading.symbolic.grade import Graded, grade_expression
from quizdl.grading.symbolic.items import question_of
from quizdl.grading.symbolic.messages import sentence
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.truth import agrees, prepare
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.verdict import Outcome, Verdict
from quizdl.packs.items import Derivation, Expression

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """What is wrong, and where in the item.

    Args:
        path: the keys and indexes that lead there.
        message: what must be and what was received.
        code: a stable name.
    """

    path: Path
    message: str
    code: str


def faults(item: Expression | Derivation) -> Iterator[Fault]:
    """Everything that grading finds wrong with an item.

    Example:
        >>> from quizdl.packs.items import Text
        >>> from quizdl.packs.items_symbolic import WrongAnswer
        >>> item = Expression(id="x.slope", concept="x", prompt=Text(en="(x²)'"), open=True, answer="2x",
        ...                   loss="x^2", wrt="x", accept=("x + x", "x^2"),
        ...                   mistakes=(WrongAnswer(answer="-2x", reason="sign"), WrongAnswer(answer="2*x")))
        >>> [(fault.path, fault.code) for fault in faults(item)]
        [(('accept', 1), 'rejected-answer'), (('mistakes', 1), 'accepted-mistake')]
    """
    try:
        if isinstance(item, Derivation):
            yield from _derivation(item)
        else:
            yield from _expression(item)
    except (Unreadable, ValueError) as error:
        field = "start" if isinstance(item, Derivation) else "answer" if item.answer else "loss"
        yield Fault((field,), f"this item must be readable, received: {error}", "unreadable-item")


def _expression(item: Expression) -> Iterator[Fault]:
    if not item.answer and not (item.loss and item.wrt):
        yield Fault(
            (), "an expression must have 'answer', or 'loss' and 'wrt', received neither", "no-answer"
        )
        return
    question = question_of(item, taught=False)
    if not prepare(question).arena.instances:
        yield Fault(("answer",), "the answer must have a value somewhere, received one with none", "no-value")
        return
    if not agrees(question):
        message = "the answer must be the derivative of the loss, received something else"
        yield Fault(("answer",), message, "answer-not-derivative")
    if item.answer and (fault := _accepted(question, item.answer, ("answer",))):
        yield fault
    for at, text in enumerate(item.accept):
        if fault := _accepted(question, text, ("accept", at)):
            yield fault
    for at, wrong in enumerate(item.mistakes):
        graded = grade_expression(question, wrong.answer)
        path: Path = ("mistakes", at)
        if graded.verdict.outcome is not Outcome.WRONG:
            code = "accepted-mistake" if graded.verdict.outcome is Outcome.CORRECT else "unreadable-mistake"
            said = _said(graded.verdict)
            message = (
                f"a mistake must be wrong, received {graded.verdict.outcome} for {wrong.answer!r}: {said}"
            )
            yield Fault(path, message, code)
        elif wrong.reason and graded.reason != wrong.reason:
            message = (
                f"the reason must be {wrong.reason!r}, received {graded.reason!r}: {_said(graded.verdict)}"
            )
            yield Fault((*path, "reason"), message, "other-reason")


def _accepted(question: Question, text: str, path: Path) -> Fault | None:
    graded: Graded = grade_expression(question, text)
    if graded.verdict.outcome is Outcome.CORRECT:
        return None
    said = _said(graded.verdict)
    message = f"an item must accept its own answer, received {graded.verdict.outcome} for {text!r}: {said}"
    return Fault(path, message, "rejected-answer")


def _derivation(item: Derivation) -> Iterator[Fault]:
    way = Way.of(item)
    ways: list[tuple[Path, Sequence[str]]] = [(("accept", at), lines) for at, lines in enumerate(item.accept)]
    if item.lines:
        ways.insert(0, (("lines",), item.lines))
    for path, lines in ways:
        found = grade_derivation(way, lines)
        if found.verdict.outcome is not Outcome.CORRECT:
            message = (
                f"a derivation must be accepted, received {found.verdict.outcome}: {_said(found.verdict)}"
            )
            yield Fault(path, message, "rejected-answer")
    for at, wrong in enumerate(item.mistakes):
        found = grade_derivation(way, wrong.lines)
        first = None if found.first_bad is None else found.first_bad + 1
        if first != wrong.first_bad:
            message = (
                f"the first bad line must be {wrong.first_bad}, received {first}: {_said(found.verdict)}"
            )
            yield Fault(("mistakes", at, "first_bad"), message, "other-line")
        elif wrong.reason and wrong.reason != _reason(found):
            message = (
                f"the reason must be {wrong.reason!r}, received {_reason(found)!r}: {_said(found.verdict)}"
            )
            yield Fault(("mistakes", at, "reason"), message, "other-reason")


def _reason(found: GradedLines) -> str:
    reason = found.lines[found.first_bad].reason if found.first_bad is not None else None
    return reason.word if reason is not None else ""


def _said(verdict: Verdict) -> str:
    return " ".join(sentence(entry) for entry in verdict.feedback if not entry.code.startswith("deriv.line"))
