"""The right answer of a question: as written, or as the numeric derivative of its loss."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from quizdl.grading.symbolic.equality.arena import Arena, undeclared
from quizdl.grading.symbolic.equality.compare import compare
from quizdl.grading.symbolic.equality.layout import Fitted, Layout, fit
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.resolve import Resolved, resolve
from quizdl.grading.symbolic.tree import Derivative, Logic, Node, Relation
from quizdl.grading.symbolic.unreadable import Unreadable


@dataclass(frozen=True)
class Truth:
    """A question made ready: its right answer and where answers are compared.

    Args:
        question: what is asked.
        tree: the right answer as parsed; None when only the loss is given.
        reference: the right answer, resolved.
        arena: where answers are compared.
    """

    question: Question
    tree: Node | None
    reference: Resolved
    arena: Arena


@lru_cache(maxsize=512)
def prepare(question: Question) -> Truth:
    """Makes a question ready.

    Raises:
        Unreadable: the author's own answer, loss or conditions cannot be read.

    Example:
        >>> prepare(Question(answer="2x")).reference.shape.rank
        0
    """
    symbols = question.symbols
    tree: Node | None = None
    if question.answer:
        parsed = parse(question.answer, symbols)
        tree = parsed.tree if equation(parsed.tree, symbols.open) else parsed.answer
        reference = resolve(tree, symbols)
    else:
        reference = slope(question)
    layout = Layout.of(reference, symbols, question.free, question.entry)
    fitted = fit(reference, layout)
    if fitted is None:
        raise Unreadable("the answer does not have the indices that are asked for", 0, reason="index")
    given = tuple(resolve(parse(text, symbols).tree, symbols) for text in question.given)
    arena = Arena(symbols, fitted, layout, undeclared(reference.tree, symbols), given)
    return Truth(question, tree, reference, arena)


def equation(tree: Node, open_: bool) -> bool:
    """Whether an answer is an equation or a comparison itself, and not the value on its right side."""
    if isinstance(tree, Logic):
        return True
    return isinstance(tree, Relation) and (open_ or not set(tree.ops) <= {"=", "≈"})


def slope(question: Question) -> Resolved:
    """The derivative of the loss: computed by a complex step where it is analytic, else by differences.

    Raises:
        Unreadable: the loss or what it is differentiated by cannot be read.
    """
    symbols = question.symbols
    loss = resolve(parse(question.loss, symbols).answer, symbols)
    wrt = parse(question.wrt, symbols).answer
    return resolve(Derivative(loss.tree, (wrt,)), symbols)


def agrees(question: Question) -> bool:
    """Whether the author's answer is the derivative of the author's loss; true when either is missing.

    Example:
        >>> from quizdl.grading.symbolic.symbols import Symbols
        >>> table = Symbols.read([{"name": "x"}])
        >>> agrees(Question(table, answer="2x", loss="x^2", wrt="x"))
        True
        >>> agrees(Question(table, answer="x", loss="x^2", wrt="x"))
        False
    """
    if not (question.answer and question.loss and question.wrt):
        return True
    truth = prepare(question)
    found: Fitted | None = fit(slope(question), truth.arena.layout)
    if found is None:
        # The loss is differentiated by an entry, the answer is the whole tensor, or the other way round.
        layout = Layout.of(slope(question), question.symbols, question.free, question.entry)
        other = fit(truth.reference, layout)
        own = fit(slope(question), layout)
        if other is None or own is None:
            return False
        return compare(
            Arena(question.symbols, own, layout, truth.arena.extra, truth.arena.given), other
        ).equal
    return compare(truth.arena, found).equal
