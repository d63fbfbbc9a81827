"""From authored items to the questions that are prepared and graded."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from quizdl.grading.symbolic.question import Form, Known, Question
from quizdl.grading.symbolic.symbols import Domain, Symbol, Symbols
from quizdl.packs.items import Expression
from quizdl.packs.items_symbolic import SymbolSpec


def symbols_of(specs: Iterable[SymbolSpec], open_: bool) -> Symbols:
    """The declarations of an item.

    Raises:
        ValueError: a domain that is none.
    """
    return Symbols(
        tuple(
            Symbol(
                spec.name, spec.kind, spec.shape, Domain.read(spec.domain), spec.aliases, spec.definition,
                spec.range,
            )
            for spec in specs
        ),
        open_,
    )  # fmt: skip


def question_of(item: Expression, *, taught: bool = True) -> Question:
    """What an expression item asks.

    Args:
        item: the item.
        taught: whether the mistakes that it lists with nothing but their reason count as known; `quizdl
            pack check` leaves them out, to see that grading finds the reason by itself.

    Raises:
        ValueError: a domain that is none.

    Example:
        >>> from quizdl.packs.items import Text
        >>> item = Expression(id="s.slope", concept="s", prompt=Text(en="s'?"), answer="s(1-s)", open=True)
        >>> question_of(item).answer
        's(1-s)'
    """
    return _question(item.id, _Key(item), taught)


class _Key:
    """An item as a key: the same object is the same question."""

    __slots__ = ("item",)

    def __init__(self, item: Expression) -> None:
        self.item = item

    def __hash__(self) -> int:
        return hash((self.item.id, self.item.answer, self.item.loss))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (self.item is other.item or self.item == other.item)


@lru_cache(maxsize=128)
def _question(_: str, key: _Key, taught: bool) -> Question:
    item = key.item
    return Question(
        symbols=symbols_of(item.symbols, item.open),
        answer=item.answer,
        loss=item.loss,
        wrt=item.wrt,
        free=item.free,
        entry=item.entry,
        given=item.given,
        mistakes=tuple(
            Known(wrong.answer, wrong.reason, wrong.feedback or None)
            for wrong in item.mistakes
            if taught or wrong.feedback
        ),
        form=Form(item.form.only, item.form.without, item.form.factored, item.form.vectorised),
    )
