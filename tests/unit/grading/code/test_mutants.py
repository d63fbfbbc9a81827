"""Mutants: each kind of fault is made, one at a time, and each is another program."""

from __future__ import annotations

import ast

import pytest

from quizdl.grading.code.mutants import mutants


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        ("return a + b", {"return a - b"}),
        ("return a * b", {"return a / b"}),
        ("return a @ b", {"return a * b"}),
        ("return a < b", {"return a <= b", "return a > b"}),
        ("return a == b", {"return a != b"}),
        ("return a[3]", {"return a[4]", "return a[2]"}),
        ("return a - 0.5", {"return a + 0.5", "return a - 1.5", "return a - -0.5"}),
        ("return -a", {"return a"}),
        ("return not a", {"return a"}),
        ("return a and b", {"return a or b"}),
        ("return a.sum(axis=b)", {"return a.sum()"}),
        ("return a.sum(keepdims=True)", {"return a.sum(keepdims=False)", "return a.sum()"}),
        ("return f(a, b)", {"return f(b, a)"}),
        ("return np.where(a, b, c)", {"return np.where(b, a, c)", "return np.where(a, c, b)"}),
        ("a += b", {"a -= b", ""}),
        ("return a if b else c", {"return a if not b else c"}),
    ],
)
def test_each_kind_of_fault(statement: str, faults: set[str]) -> None:
    made = mutants(f"def f(a, b, c):\n    {statement}\n    g(a)\n")
    assert {mutant.after for mutant in made if mutant.line == 2} >= faults
    assert all(mutant.before == statement for mutant in made if mutant.line == 2)


def test_every_mutant_is_a_program_of_its_own() -> None:
    source = '''
def f(x, axis=-1):
    """Say what it does: 1 and 2."""
    if x.ndim == 1:
        x = x[None] * 2.0
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
'''
    made = mutants(source)
    texts = [mutant.text for mutant in made]
    assert len(set(texts)) == len(texts) == 20
    assert ast.unparse(ast.parse(source)) not in texts
    assert all("Say what it does: 1 and 2." in text for text in texts)
    for text in texts:
        compile(text, "mutant", "exec")
    assert [mutant.line for mutant in made] == sorted(mutant.line for mutant in made)


def test_a_program_without_anything_to_change_has_no_mutants() -> None:
    assert mutants('"""Nothing."""\n') == []
    with pytest.raises(SyntaxError):
        mutants("def f(:")
