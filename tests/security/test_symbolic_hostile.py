"""Code and bombs typed as answers: never executed, never slow, never anything but `Unreadable`."""

from __future__ import annotations

import builtins
import os
import subprocess
import sys
import time
from typing import Any

import numpy as np
import pytest

from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, evaluate
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.show import latex, plain
from quizdl.grading.symbolic.symbols import OPEN
from quizdl.grading.symbolic.tree import names
from quizdl.grading.symbolic.unreadable import Unreadable

CODE = [
    "__import__('os').system('touch pwned')",
    "().__class__.__bases__[0].__subclasses__()",
    'exec("import os")',
    "eval('1+1')",
    "open('/etc/passwd').read()",
    "(lambda: 1)()",
    "[x for x in range(10**9)]",
    "f'{1+1}'",
    "{0.__class__}",
    "'%s' % x",
    "np.load('x.npy', allow_pickle=True)",
    "np.lib.npyio.os.system('ls')",
    "x.__class__.__mro__",
    "x; import os",
    "globals()['x']",
    "getattr(x, 'y')",
    "\\input{/etc/passwd}",
    "\\write18{ls}",
    "\\def\\x{\\x\\x}\\x",
    "${7*7}",
    "{{7*7}}",
]
BOMBS = [
    "9**9**9**9",
    "9^9^9^9^9^9^9",
    "(" * 2000,
    "(" * 2000 + "x" + ")" * 2000,
    "-" * 3999 + "x",
    "|" * 3999,
    "||" * 1999,
    "x" * 1_000_000,
    "x" * 3999,
    "x!" + "!" * 3000,
    "x" + "'" * 3000,
    "x" + "^x" * 1900,
    "x" + "/x" * 1900,
    "x" + "*x@x" * 900,
    "x" + "_x" * 1900,
    "sin " * 900 + "x",
    "sum_{i=1}^{10^12} i",
    "sum_{i=1}^{1000} sum_{j=1}^{1000} sum_{k=1}^{1000} i j k",
    "sum_a " * 600 + "x",
    "sum_a sum_b (" * 200 + "x" + ")" * 200,
    "np.eye(10**9)",
    "np.ones(100000000)",
    "factorial(factorial(factorial(9)))",
    "100000000!",
    "1e999999999",
    "9" * 3999,
    "0." + "0" * 3900 + "1",
    "\\frac{" * 600,
    "\\sqrt{" * 600 + "x" + "}" * 600,
    "\\hat{" * 900 + "x" + "}" * 900,
    "\\begin{cases}" * 250,
    "e^" * 1900 + "x",
    "d/dx " * 700 + "x",
    "a if b else " * 300 + "c",
    "not " * 900 + "x",
    "x[" * 1300,
    "1{" * 1900,
    "²" * 3999,
    "½" * 3999,
    "ŷ̂" * 1900,
    "Derivative(" * 300 + "x" + ",x,x,x,x)" * 300,
    "f'''(" * 600 + "x" + ")" * 600,
    "x." * 1900,
    "np." * 1200,
    "\\" * 3999,
    "{" * 3999,
    "=" * 3999,
    "x=" * 1999,
    "\\text{if}" * 400,
    "∑" * 3999,
    "√" * 3999,
    "∂/∂x" * 900,
]  # fmt: skip


def through(text: str) -> str:
    """Reads, shows, resolves and evaluates; the outcome in a word."""
    try:
        parsed = parse(text, OPEN)
    except Unreadable:
        return "unreadable"
    plain(parsed.tree)
    latex(parsed.tree)
    try:
        resolved = resolve(parsed.answer, OPEN)
        evaluate(resolved, {name: np.array([0.5, 1.5]) for name in names(resolved.tree)})
    except (Unreadable, Undefined, TooLargeError):
        return "no value"
    return "value"


@pytest.mark.parametrize("text", CODE)
def test_code_is_not_run(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("an answer reached the system")

    for module, name in ((os, "system"), (subprocess, "Popen"), (builtins, "eval"), (builtins, "exec")):
        monkeypatch.setattr(module, name, forbidden)
    monkeypatch.setattr(builtins, "open", forbidden)
    assert through(text) in ("unreadable", "no value", "value")


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_a_bomb_ends_within_a_second(text: str) -> None:
    begin = time.process_time()
    through(text)
    assert time.process_time() - begin < 1


def test_deep_answers_do_not_overflow_a_shallow_stack() -> None:
    before = sys.getrecursionlimit()
    text = "(" * 30 + "x" + ")" * 30
    sys.setrecursionlimit(1000)
    try:
        assert through(text) == "value"
    finally:
        sys.setrecursionlimit(before)
