"""Judges an expression: read, compared, explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.diagnose.counter import counter_example
from quizdl.grading.symbolic.diagnose.explain import explain
from quizdl.grading.symbolic.diagnose.reasons import WORDS, Reason
from quizdl.grading.symbolic.equality import canonical, relations
from quizdl.grading.symbolic.equality.compare import Comparison, compare
from quizdl.grading.symbolic.equality.layout import Fitted, fit, laid_down
from quizdl.grading.symbolic.form import unmet
from quizdl.grading.symbolic.items import question_of
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined
from quizdl.grading.symbolic.parser import Parsed, parse
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.resolve import Choices, Resolved, alternatives, resolve
from quizdl.grading.symbolic.show import latex, plain, reading_text
from quizdl.grading.symbolic.tree import Label, Logic, Node, Relation
from quizdl.grading.symbolic.truth import Truth, equation, prepare
from quizdl.grading.symbolic.unreadable import Unreadable, caret
from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.packs.items import Expression

_PARTIAL = 0.5
_NUMPY = re.compile(r"\b(?:np|numpy|jnp|torch|tf)\.|@|\.T\b|\.dot\(")


@dataclass(frozen=True, slots=True)
class Graded:
    """What was understood of an answer and what it was judged.

    Args:
        verdict: the judgement.
        plain, latex: the answer as it was understood; empty when it was not.
        readings: the ambiguities in it and how they were taken.
        reason: of a wrong answer, the word for what is wrong.
        points: at how many points it agrees with the right answer.
        proved: whether it is equal by its canonical form.
        tree: the answer, resolved.
    """

    verdict: Verdict
    plain: str = ""
    latex: str = ""
    readings: tuple[str, ...] = ()
    reason: str = ""
    points: int = 0
    proved: bool = False
    tree: Node | None = None


def grade_expression(item: Expression | Question, text: str) -> Graded:
    """Judges an answer to an expression item.

    Args:
        item: the item, or the question that it asks.
        text: the answer as typed.

    Returns:
        The verdict, and the answer as it was understood.

    Raises:
        Unreadable: the item itself cannot be read (`quizdl pack check` reports such items).

    Example:
        >>> from quizdl.grading.symbolic.symbols import Symbols
        >>> table = Symbols.read([{"name": "s", "domain": "unit"}])
        >>> asked = Question(table, answer="s(1 - s)")
        >>> grade_expression(asked, "s − s²").verdict.outcome.value
        'correct'
        >>> grade_expression(asked, "s(1 + s)").reason, grade_expression(asked, "s(1 -").verdict.outcome.value
        ('sign', 'unreadable')
    """
    question = item if isinstance(item, Question) else question_of(item)
    truth = prepare(question)
    try:
        parsed = parse(text, question.symbols)
        if equation(truth.tree, True) if truth.tree is not None else False:
            return _relation(truth, parsed)
        readings = _readings(parsed, text, question)
    except (Unreadable, RecursionError) as error:
        return _unreadable(text, error)
    try:
        graded = _judged(truth, parsed, readings)
    except (Undefined, TooLargeError):
        graded = Graded(Verdict(Outcome.UNREADABLE, 0.0, (Feedback("expr.undecided"),)))
    notes = tuple(reading_text(reading, question.symbols) for reading in parsed.readings)
    shown = parsed.answer
    return replace(
        graded,
        plain=plain(shown, question.symbols),
        latex=latex(shown),
        readings=notes,
        tree=readings[0].tree,
    )


def _readings(parsed: Parsed, text: str, question: Question) -> list[Resolved]:
    """The answer in every way it may be meant; `*` in NumPy's notation is entry by entry only."""
    symbols = question.symbols
    if _NUMPY.search(text):
        found: list[Resolved] = []
        error: Unreadable | None = None
        for bars in ("norm", "entry"):
            try:
                found.append(resolve(parsed.answer, symbols, Choices("entry", "inner", bars)))
            except Unreadable as failure:
                error = error or failure
        if error is not None and not found:
            raise error
        return list(dict.fromkeys(found))
    return alternatives(parsed.answer, symbols)


def _judged(truth: Truth, parsed: Parsed, readings: list[Resolved]) -> Graded:
    best: tuple[Resolved, Fitted, Comparison] | None = None
    for reading in readings:
        arena = truth.arena.with_names(reading.tree)
        fitted = fit(reading, arena.layout)
        if fitted is None:
            continue
        found = compare(arena, fitted)
        if found.verdict == "unknown":
            if canonical.same(reading.tree, truth.reference.tree):
                return Graded(Verdict(Outcome.CORRECT, 1.0), proved=True)
            continue
        if found.equal:
            if laid_down(fitted, arena.layout, parsed.answer):
                return _wrong(truth, reading, Reason("transpose", "row"), None)
            return _right(truth, parsed, reading, found)
        if best is None:
            best = (reading, fitted, found)
    if best is None and any(fit(reading, truth.arena.layout) for reading in readings):
        feedback = Feedback("expr.undecided")
        return Graded(Verdict(Outcome.UNREADABLE, 0.0, (feedback,)))
    reading, placed, comparison = best if best is not None else (readings[0], None, None)
    arena = truth.arena.with_names(reading.tree)
    others = tuple(other for other in readings if other != reading)
    case = Case(truth.question, arena, reading, placed, others)
    return _explained(truth, case, comparison)


def _right(truth: Truth, parsed: Parsed, reading: Resolved, found: Comparison) -> Graded:
    if (slip := _chain(truth, parsed)) is not None:
        return slip
    notes: list[Feedback] = []
    proved = canonical.same(reading.tree, truth.reference.tree)
    if found.laws:
        notes.append(Feedback("expr.used-law", {"names": ", ".join(found.laws)}))
    notes.append(Feedback("expr.proved") if proved else Feedback("expr.points", {"points": found.points}))
    if truth.question.form and (against := unmet(parsed.answer, truth.question.form, truth.question.symbols)):
        code, word = against
        only = ", ".join(truth.question.form.only)
        feedback = Feedback(f"expr.form.{code}", {"word": word, "only": only})
        return Graded(
            Verdict(Outcome.PARTIAL, _PARTIAL, (feedback, *notes)), points=found.points, proved=proved
        )
    return Graded(Verdict(Outcome.CORRECT, 1.0, tuple(notes)), points=found.points, proved=proved)


def _chain(truth: Truth, parsed: Parsed) -> Graded | None:
    """A chain `a = b = c` whose last side is right, but not one before it."""
    tree = parsed.tree
    if not isinstance(tree, Relation) or len(tree.items) < 3:
        return None
    for side in tree.items[1:-1]:
        if isinstance(side, Label):
            continue
        try:
            readings = alternatives(side, truth.question.symbols)
        except Unreadable:
            return None
        arena = truth.arena.with_names(readings[0].tree)
        fits = [place for place in (fit(reading, arena.layout) for reading in readings) if place]
        if not any(compare(arena, place).equal for place in fits):
            reason = Feedback("expr.chain", {"part": plain(side, truth.question.symbols)})
            return Graded(Verdict(Outcome.WRONG, 0.0, (reason,)), reason="chain")
    return None


def _explained(truth: Truth, case: Case, comparison: Comparison | None) -> Graded:
    reason = explain(case, comparison)
    for known in truth.question.mistakes:
        try:
            tree = resolve(parse(known.answer, truth.question.symbols).answer, truth.question.symbols).tree
        except Unreadable:
            continue
        if case.is_given(tree):
            return _known(truth, case, reason, known.reason, known.feedback)
    return _wrong(truth, case.answer, reason, case)


def _known(truth: Truth, case: Case, reason: Reason, word: str, text: object) -> Graded:
    """A wrong answer that the author knows: the author's word and sentence come first."""
    if not word:
        word = "known-mistake" if reason.word in ("wrong-function", "part-of-domain") else reason.word
    same = word == reason.word or word not in WORDS
    said = reason if same else Reason(word)  # type: ignore[arg-type]
    first = Feedback(said.code, said.params, text)  # type: ignore[arg-type]
    graded = _wrong(truth, case.answer, reason, case)
    rest = tuple(one for one in graded.verdict.feedback if one.code == "expr.counter")
    return replace(graded, verdict=Verdict(Outcome.WRONG, 0.0, (first, *rest)), reason=said.word)


def _wrong(truth: Truth, reading: Resolved, reason: Reason, case: Case | None) -> Graded:
    feedback = [Feedback(reason.code, reason.params)]
    if case is not None and (found := counter_example(case)) is not None:
        params = {"point": found.point, "expected": found.expected, "received": found.received}
        feedback.append(Feedback("expr.counter", params))
    return Graded(Verdict(Outcome.WRONG, 0.0, tuple(feedback)), reason=reason.word, tree=reading.tree)


def _relation(truth: Truth, parsed: Parsed) -> Graded:
    """An answer that is an equation or an inequality itself."""
    symbols = truth.question.symbols
    assert truth.tree is not None
    shown, pretty = plain(parsed.tree, symbols), latex(parsed.tree)
    if not isinstance(parsed.tree, (Relation, Logic)):
        feedback = Feedback("expr.relation.wanted")
        return Graded(Verdict(Outcome.WRONG, 0.0, (feedback,)), shown, pretty, reason="shape")
    if relations.same(parsed.tree, truth.tree, symbols):
        return Graded(Verdict(Outcome.CORRECT, 1.0), shown, pretty)
    feedback = Feedback("expr.relation.different")
    return Graded(Verdict(Outcome.WRONG, 0.0, (feedback,)), shown, pretty, reason="wrong-function")


def _unreadable(text: str, error: Unreadable | RecursionError) -> Graded:
    if isinstance(error, RecursionError):
        error = Unreadable("this is nested too deeply", 0, reason="limit")
    params: dict[str, int | float | str] = {
        "reason": error.reason,
        "message": error.message,
        "hint": error.hint,
        "position": error.position,
        "caret": caret(text[:2000], error.position),
    }
    code = "expr.shapes" if error.reason == "shape" else "expr.unreadable"
    params |= error.params
    return Graded(Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, params),)))
