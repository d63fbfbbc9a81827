"""What is asked: the declarations, the right answer or the loss it comes from, demands on its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizdl.grading.symbolic.symbols import OPEN, Symbols

if TYPE_CHECKING:
    from quizdl.packs.items import Text


@dataclass(frozen=True, slots=True)
class Known:
    """A wrong answer that the author of a question knows.

    Args:
        answer: in any notation.
        reason: a word of `diagnose.reasons`.
        feedback: what the author says about it.
    """

    answer: str
    reason: str = ""
    feedback: Text | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What a right answer must look like besides.

    Args:
        only: the only names that may occur; empty for any.
        without: names and functions that may not occur.
        factored: it must be a product.
        vectorised: it must have no index.
    """

    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    factored: bool = False
    vectorised: bool = False

    def __bool__(self) -> bool:
        return bool(self.only or self.without or self.factored or self.vectorised)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered by an expression.

    Args:
        symbols: the declarations.
        answer: the right answer; empty when `loss` and `wrt` give it.
        loss: what is differentiated.
        wrt: by what: a name, or an entry such as `z_j`.
        free: the indices that the answer is for, in order.
        entry: indices by which a tensor may be given entry by entry instead.
        given: conditions that hold besides the declared domains.
        mistakes: wrong answers that the author knows.
        form: demands on its form.

    Example:
        >>> table = Symbols.read([{"name": "x"}])
        >>> Question(table, loss="x^2", wrt="x").answer
        ''
    """

    symbols: Symbols = OPEN
    answer: str = ""
    loss: str = ""
    wrt: str = ""
    free: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    mistakes: tuple[Known, ...] = ()
    form: Form = Form()
