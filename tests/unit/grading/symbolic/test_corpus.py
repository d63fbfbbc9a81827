"""The development slices: everything in them that is meant to be readable is, and means what it should."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from quizdl.grading.symbolic.numeric import evaluate, evaluate_exactly
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.tree import names
from quizdl.grading.symbolic.unreadable import Unreadable

DATA = Path(__file__).parents[3] / "data"


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


PROBLEMS = read("derivations-dev.jsonl")
ANSWERS = [problem for problem in PROBLEMS if "answers" in problem]


def points(symbols: Symbols, seed: int = 3) -> tuple[dict[str, int], dict[str, Any]]:
    rng = np.random.default_rng(seed)
    sizes = dict(zip(symbols.sizes, (5, 3, 4, 2, 6), strict=False))
    found = {}
    for symbol in symbols:
        if symbol.kind in ("index", "function") or symbol.definition or symbol.domain.name == "identity":
            continue
        if symbol.name in sizes:
            continue
        shape = (12, *(sizes.get(str(extent), 0) for extent in symbol.shape))
        if symbol.domain.integer:
            found[symbol.name] = rng.integers(1, 5, shape).astype(float)
        else:
            low, high = max(symbol.domain.low, -2.0), min(symbol.domain.high, 2.0)
            high = 0.5 if symbol.domain.name == "positive" else high  # gradient clipping needs ‖g‖ > c
            found[symbol.name] = low + (high - low) * rng.random(shape)
    return sizes, found


@pytest.mark.parametrize("problem", ANSWERS, ids=lambda problem: problem["id"])
def test_answers_mean_what_they_should(problem: dict[str, Any]) -> None:
    symbols = Symbols.read(problem["symbols"])
    sizes, at = points(symbols)
    truth = evaluate(resolve(parse(problem["truth"], symbols).answer, symbols), at, sizes, symbols)
    for answer in problem["answers"]:
        if answer["verdict"] == "invalid":
            with pytest.raises(Unreadable):
                resolve(parse(answer["text"], symbols).answer, symbols)
            continue
        found = evaluate(resolve(parse(answer["text"], symbols).answer, symbols), at, sizes, symbols)
        both = found.valid & truth.valid
        assert both.sum() >= 6, answer
        equal = found.array.shape == truth.array.shape and np.allclose(
            found.array[both], truth.array[both], rtol=1e-8, atol=1e-9
        )
        assert equal == (answer["verdict"] == "correct"), answer


@pytest.mark.parametrize("problem", [p for p in ANSWERS if "loss" in p], ids=lambda problem: problem["id"])
def test_the_truth_is_the_derivative_of_the_loss(problem: dict[str, Any]) -> None:
    symbols = Symbols.read(problem["symbols"])
    sizes, at = points(symbols)
    text = f"Derivative({problem['loss']}, {problem['wrt']})"
    slope = evaluate(resolve(parse(text, symbols).tree, symbols), at, sizes, symbols)
    truth = evaluate(resolve(parse(problem["truth"], symbols).tree, symbols), at, sizes, symbols)
    assert np.allclose(slope.array, truth.array, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("problem", [p for p in PROBLEMS if "lines" in p], ids=lambda problem: problem["id"])
def test_lines_of_derivations_are_read(problem: dict[str, Any]) -> None:
    symbols = Symbols.read(problem["symbols"])
    for line in (problem["start"], problem["goal"], *problem["lines"]):
        resolve(parse(line, symbols).answer, symbols)


def test_expressions_from_public_suites() -> None:
    rng = np.random.default_rng(5)
    for pair in read("expressions-dev.jsonl"):
        left, right = (resolve(parse(pair[side], OPEN).answer, OPEN) for side in ("learner", "reference"))
        every = sorted(names(left.tree) | names(right.tree))
        signs = np.where(rng.random(40) < 0.4, -1, 1)
        at = {name: rng.uniform(0.15, 2.5, 40) * signs for name in every}
        if "(-2)^" in pair["learner"] or "(-2)^" in pair["reference"]:
            at = {name: np.round(values * 2) for name, values in at.items()}
        a, b = evaluate(left, at), evaluate(right, at)
        both = a.valid & b.valid
        assert both.any(), pair
        equal = bool(np.allclose(a.array[both], b.array[both], rtol=1e-8, atol=1e-10))
        assert equal == pair["equal"], pair


def test_forty_digits_agree_with_float() -> None:
    for problem in ANSWERS:
        symbols = Symbols.read(problem["symbols"])
        sizes, at = points(symbols)
        one = {name: value[:1] for name, value in at.items()}
        resolved = resolve(parse(problem["truth"], symbols).answer, symbols)
        exact = evaluate_exactly(resolved, one, sizes, symbols)
        rough = evaluate(resolved, one, sizes, symbols)
        assert exact.valid.all(), problem["id"]
        assert np.allclose(exact.array.astype(float), rough.array, rtol=1e-12, atol=1e-12), problem["id"]
