"""Expressions: what reading and deciding an answer costs, beside naive SymPy on the same pairs."""

from __future__ import annotations

import json
import signal
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from quizdl.grading.symbolic.equality.compare import compare
from quizdl.grading.symbolic.equality.layout import fit
from quizdl.grading.symbolic.grade import grade_expression
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.prove.wire import pair
from quizdl.grading.symbolic.prove.worker import built
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.resolve import alternatives, resolve
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.truth import prepare
from quizdl.grading.symbolic.unreadable import Unreadable

DATA = Path(__file__).parents[1] / "data"
NAIVE_SECONDS = 2.0
NAIVE_PAIRS = 60


def cases() -> list[tuple[Question, str]]:
    """Every answer of the development corpora with its question."""
    found: list[tuple[Question, str]] = []
    for line in (DATA / "expressions-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.append((Question(answer=row["reference"]), row["learner"]))
    for line in (DATA / "derivations-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked = Question(
            Symbols.read(row["symbols"]),
            row.get("truth", ""),
            free=tuple(row.get("free", ())),
            entry=tuple(row.get("entry", ())),
        )
        found += [(asked, answer["text"]) for answer in row.get("answers", ())]
    return found


def decide(asked: Question, text: str) -> bool:
    """Reads an answer and decides whether it is equal."""
    truth = prepare(asked)
    try:
        readings = alternatives(parse(text, asked.symbols).answer, asked.symbols)
    except Unreadable:
        return False
    for reading in readings:
        arena = truth.arena.with_names(reading.tree)
        fitted = fit(reading, arena.layout)
        if fitted is not None and compare(arena, fitted).equal:
            return True
    return False


def _times(run: Any, pairs: list[tuple[Question, str]]) -> list[float]:
    took = []
    for asked, text in pairs:
        begin = time.perf_counter()
        run(asked, text)
        took.append(1000 * (time.perf_counter() - begin))
    return sorted(took)


class _LateError(Exception):
    """The naive way ran out of its time."""


def _naive(asked: Question, text: str) -> None:
    """`sympy.simplify(a - b) == 0`, cut off after its time."""
    import sympy  # type: ignore[import-untyped]

    def late(_signal: int, _frame: FrameType | None) -> None:
        raise _LateError

    request = pair(resolve(parse(text).answer).tree, resolve(parse(asked.answer).answer).tree, OPEN)
    if request is None:
        return
    names = {name: sympy.Symbol(f"s{place}", real=True) for place, name in enumerate(request["domains"])}
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, NAIVE_SECONDS)
    try:
        bool(sympy.simplify(built(request["left"], names) - built(request["right"], names)) == 0)
    except _LateError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def rows() -> Iterator[tuple[str, float, str, float]]:
    """What is measured, the value, its unit and the budget."""
    pairs = cases()
    for asked in dict.fromkeys(asked for asked, _ in pairs):
        _ = prepare(asked).arena.truths  # made once for each item, when its card is shown
    for asked, text in pairs:
        decide(asked, text)
    ours = _times(decide, pairs)
    yield "expressions: read and decide, median", statistics.median(ours), "ms", 2.0
    yield "expressions: read and decide, 95 of 100", ours[int(0.95 * len(ours))], "ms", 20.0
    whole = _times(grade_expression, pairs)
    yield "expressions: with the reason, median", statistics.median(whole), "ms", 10.0
    yield "expressions: with the reason, 95 of 100", whole[int(0.95 * len(whole))], "ms", 100.0
    plain = [(asked, text) for asked, text in pairs if asked.symbols == OPEN][::3][:NAIVE_PAIRS]
    _naive(*plain[0])  # imports sympy
    naive, same = _times(_naive, plain), _times(decide, plain)
    ratio = statistics.mean(same) / statistics.mean(naive)
    yield "expressions: decide / sympy.simplify(a - b), mean", ratio, "×", 0.5
