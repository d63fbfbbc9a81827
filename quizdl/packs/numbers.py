"""The right numbers of a numeric item: as values, and as they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from quizdl.packs.formula.arrays import Value, flat, is_number
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.items import Numeric
from quizdl.packs.templates import cached_parse, write
from quizdl.packs.tolerances import Judge


def shown(item: Numeric) -> str:
    """The answer of an instance, each number with as many digits as its tolerance makes telling.

    Raises:
        FormulaError: the answer cannot be computed; `quizdl pack check` reports that.

    Example:
        >>> from quizdl.packs.items import Text
        >>> from quizdl.packs.parameters import Tolerance
        >>> third = dict(id="a.b", concept="a", prompt=Text(en="?"), tolerance=Tolerance(significant=3))
        >>> shown(Numeric(answer="1/3", **third)), shown(Numeric(answer="[[1, 2/3], [0, 1]]", **third))
        ('0.333', '[[1, 0.667], [0, 1]]')
    """
    value = evaluate(cached_parse(item.answer))
    entries = list(flat(value))
    if not entries or not all(map(is_number, entries)):
        return write(value)
    judge = Judge(cast("list[float]", entries), item.tolerance)
    sign = "%" if item.unit == "percent" else ""
    return _nested(value, iter([judge.shown(at) + sign for at in range(len(entries))]))


def _nested(value: Value, texts: Iterator[str]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_nested(entry, texts) for entry in value)}]"
    return next(texts)
