"""Payloads and bombs through the whole grader: nothing runs, and an answer comes within a second."""

from __future__ import annotations

import builtins
import os
import subprocess
import time

import pytest

from quizdl.grading.symbolic.answers import judge
from quizdl.packs.items import Derivation, Expression, Text
from quizdl.packs.items_symbolic import SymbolSpec

ITEM = Expression(
    id="x.y",
    concept="x",
    prompt=Text(en="?"),
    answer="X^T (X w)",
    symbols=(
        SymbolSpec(name="X", kind="matrix", shape=("n", "d")),
        SymbolSpec(name="w", kind="vector", shape=("d",)),
        SymbolSpec(name="i", kind="index", range="n"),
    ),
)
OPEN_ITEM = Expression(id="x.z", concept="x", prompt=Text(en="?"), answer="x^2 + 1", open=True)
LINES = Derivation(id="x.l", concept="x", prompt=Text(en="?"), start="(x+1)^2", goal="x^2+2x+1", open=True)
HOSTILE = [
    "__import__('os').system('touch /tmp/owned')",
    "().__class__.__bases__[0].__subclasses__()",
    "(lambda: x)()",
    "[x for x in range(10**9)]",
    "'{0.__class__}'.format(x)",
    "9**9**9**9",
    "10^(10^(10^10))",
    "(" * 5000,
    "(" * 300 + "x" + ")" * 300,
    "x" * 1_000_000,
    "1+" * 9_000 + "1",
    "factorial(factorial(factorial(50)))",
    "gamma(10^9)",
    "sum_{k=1}^{10^12} k",
    "sum_{a=1}^{2000} sum_{b=1}^{2000} sum_{c=1}^{2000} a b c",
    "prod_{k=1}^{10^9} (1+k)",
    "exp(exp(exp(exp(exp(10)))))",
    "x^1000000000",
    "(x+y)^1000",
    "((((x+1)^50)^50)^50)^50",
    "X@X.T@" * 400 + "X@w",
    "-" * 9_000 + "x",
    "sqrt(" * 100 + "x" + ")" * 100,
    "d/dx " * 60 + "x^60",
    "np.eye(100)@np.eye(100)",
    "(a+b+c+d+e+f)^12 (g+h+i+j+k+l)^12",
    "\\frac{" * 500,
    "max(" + "x," * 5000 + "x)",
    "\u0000\u200b\ud7a3",
]


@pytest.mark.parametrize("item", [ITEM, OPEN_ITEM, LINES], ids=["declared", "open", "lines"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_an_answer_comes_soon_and_nothing_runs(
    item: Expression | Derivation, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(item, "x")  # what is loaded on the first answer is loaded

    def never(*_: object, **__: object) -> None:
        raise AssertionError("an answer ran something")

    for home, name in ((os, "system"), (subprocess, "Popen"), (builtins, "eval"), (builtins, "exec")):
        monkeypatch.setattr(home, name, never)
    begin = time.process_time()
    verdict = judge(item, text)
    took = time.process_time() - begin
    assert verdict.outcome in ("wrong", "unreadable", "partial")
    assert took < 1.0
