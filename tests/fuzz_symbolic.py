"""Random texts through the reader of answers: nothing but `Unreadable` may come out, and quickly.

Run as a script with a number of texts and a seed: `python tests/fuzz_symbolic.py 1000000 1`. Half of the
texts are random pieces of the notations, half are real answers with pieces changed.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

from quizdl.grading.symbolic.arithmetic import TooLargeError, Undefined
from quizdl.grading.symbolic.numeric import evaluate
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.show import latex, plain
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.unreadable import Unreadable

DATA = Path(__file__).parent / "data"
LATEX = r"""
\frac \sqrt \sum_{i=1}^n \sum \left( \right) \hat \hat{y} \mathbb{1} \top \begin{cases} \end{cases} \\ &
\partial \operatorname{relu} \|
"""
PYTHON = """
|| ** np.exp( np.sum( axis=1 keepdims=True .T .sum() np.where( x[i] x[0] if
else not d/dx dy/dx ∂L/∂w sum_k max( softmax(z) 1{i=j} delta_ij lambda theta_0
exp( e^ ^{-1} != __import__('os') 9**9**9 (((( )))) 1e400 Derivative( Sum( {x:1}
"""
PIECES = [
    *"xyzabijknpXWAe0123456789+-*/^_()[]{}|,;:.'!%=<>&\\ \n",
    *"σŷ∂∇ΣΠ⊙ᵀ²³ᵢⱼ₁−·½√‖𝟙δθλ≤≠∞가ＡＢ１（）",
    *LATEX.split(),
    *PYTHON.split(),
    *("\\text{if }", " @ ", "[:, None]", " and ", "log ", "sin 2x", "lambda x: x", "for i in range(n)"),
]
TABLE = Symbols.read(
    [
        {"name": "X", "kind": "matrix", "shape": ["n", "d"]},
        {"name": "A", "kind": "matrix", "shape": ["d", "d"]},
        {"name": "W", "kind": "matrix", "shape": ["d", "k"], "aliases": ["\\mathbf{W}"]},
        {"name": "y", "kind": "vector", "shape": ["n"]},
        {"name": "z", "kind": "vector", "shape": ["k"]},
        {"name": "p", "kind": "vector", "shape": ["k"], "definition": "p_i = exp(z_i)/sum_j exp(z_j)"},
        {"name": "x", "kind": "scalar"},
        {"name": "theta", "kind": "scalar", "aliases": ["θ", "theta_0"]},
        {"name": "σ", "kind": "function", "definition": "σ(t) = 1/(1+exp(-t))"},
        {"name": "i", "kind": "index", "range": "k"},
        {"name": "j", "kind": "index", "range": "k"},
    ]
)
SIZES = {"n": 3, "d": 2, "k": 4}


def answers() -> list[str]:
    """Real answers to start from."""
    found: list[str] = []
    for line in (DATA / "derivations-dev.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        found += [answer["text"] for answer in item.get("answers", [])] + item.get("lines", [])
    for line in (DATA / "expressions-dev.jsonl").read_text(encoding="utf-8").splitlines():
        found.append(json.loads(line)["learner"])
    return found


def text(rng: random.Random, seeds: list[str]) -> str:
    """One random text."""
    if rng.random() < 0.5:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, rng.choice((4, 12, 40)))))
    seed = rng.choice(seeds)
    for _ in range(rng.randint(1, 4)):
        place = rng.randint(0, len(seed))
        change = rng.random()
        if change < 0.4:
            seed = seed[:place] + rng.choice(PIECES) + seed[place:]
        elif change < 0.7:
            seed = seed[:place] + seed[place + rng.randint(1, 3) :]
        else:
            other = rng.choice(seeds)
            cut = rng.randint(0, len(other))
            seed = seed[:place] + other[cut : cut + rng.randint(1, 12)] + seed[place:]
    return seed


def one(source: str, symbols: Symbols) -> str:
    """Reads, resolves, shows and evaluates one text; the outcome in one word."""
    import numpy as np

    try:
        parsed = parse(source, symbols)
    except Unreadable as error:
        if not 0 <= error.position <= len(source):
            raise AssertionError(f"the position {error.position} is outside of {source!r}") from None
        return "unreadable"
    again = parse(plain(parsed.tree, symbols), symbols).tree
    if again != parsed.tree:
        raise AssertionError(f"{source!r} shows as {plain(parsed.tree, symbols)!r}, which reads differently")
    latex(parsed.tree)
    try:
        resolved = resolve(parsed.answer, symbols)
    except Unreadable:
        return "shape"
    points = {
        symbol.name: np.full((2, *(SIZES[str(extent)] for extent in symbol.shape)), 0.7)
        for symbol in symbols
        if symbol.kind in ("scalar", "vector", "matrix") and not symbol.definition
    }
    try:
        evaluate(resolved, points, SIZES, symbols)
    except (Undefined, TooLargeError):
        return "undefined"
    return "value"


def main(count: int, seed: int) -> None:
    """Runs and prints what happened."""
    rng, seeds = random.Random(seed), answers()
    tally: dict[str, int] = {}
    slowest, culprit = 0.0, ""
    begin = time.perf_counter()
    for _ in range(count):
        source = text(rng, seeds)
        symbols = rng.choice((OPEN, TABLE))
        start = time.perf_counter()
        try:
            outcome = one(source, symbols)
        except BaseException:
            print(f"failed on {source!r} ({'open' if symbols is OPEN else 'declared'})")
            raise
        spent = time.perf_counter() - start
        if spent > slowest:
            slowest, culprit = spent, source
        tally[outcome] = tally.get(outcome, 0) + 1
    print(f"{count} texts in {time.perf_counter() - begin:.0f} s: {tally}")
    print(f"slowest {slowest * 1000:.1f} ms: {culprit!r}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
