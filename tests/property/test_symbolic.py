"""Laws of reading and showing: text reads back, any string answers, notation changes nothing."""

from __future__ import annotations

import random
import time
import unicodedata
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdl.grading.symbolic.numeric import evaluate
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.show import latex, plain
from quizdl.grading.symbolic.symbols import OPEN
from quizdl.grading.symbolic.tree import (
    Add,
    Bars,
    BigOp,
    Call,
    Constant,
    Div,
    Indicator,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Relation,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.typeset import math

leaves = st.one_of(
    st.integers(0, 99).map(number),
    st.decimals(0, 100, places=2).map(lambda value: Number(Fraction(value), True)),
    st.sampled_from(
        [Name("x"), Name("y"), Name("theta"), Name("x_1"), Name("y_hat"), Constant("e"), Constant("pi")]
    ),
)


def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    pair = st.tuples(inner, inner)
    relation = st.builds(
        lambda a, op, b: Relation((a, b), (op,)), inner, st.sampled_from(["<", ">=", "="]), inner
    )
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda terms: Add(tuple(terms))),
        inner.map(Neg),
        st.builds(lambda factors, op: Mul(factors, op), pair, st.sampled_from(["", "*", "·", "⊙", "@"])),
        pair.map(lambda both: Div(*both)),
        pair.map(lambda both: Pow(*both)),
        st.builds(
            lambda name, arg: Call(name, (arg,)),
            st.sampled_from(["exp", "log", "sin", "tanh", "softplus"]),
            inner,
        ),
        inner.map(Bars),
        relation.map(Indicator),
        st.builds(lambda a, c, b: Piecewise((a,), (c,), b), inner, relation, inner),
        st.builds(lambda body: BigOp("sum", "k", Mul((body, Name("k"))), number(1), number(3)), inner),
    )


trees = st.recursive(leaves, larger, max_leaves=12)


@settings(max_examples=400, deadline=None)
@given(trees)
def test_plain_text_reads_back_to_the_same_tree(tree: Node) -> None:
    assert parse(plain(tree), OPEN).tree == tree


@settings(max_examples=150, deadline=None)
@given(trees)
def test_latex_can_be_set_and_reads_back_to_the_same_value(tree: Node) -> None:
    source = latex(tree)
    math.layout(source)
    again = parse(source, OPEN).tree
    at = {name: np.array([0.3, 1.7]) for name in ("x", "y", "theta", "x_1", "y_hat")}
    one, other = (evaluate(resolve(part, OPEN), at) for part in (tree, again))
    both = one.valid & other.valid
    assert list(one.valid) == list(other.valid)
    assert np.allclose(
        np.broadcast_to(one.array, (2,))[both],
        np.broadcast_to(other.array, (2,))[both],
        rtol=1e-9,
        atol=1e-12,
    )


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=10_000))
def test_any_string_answers_at_once(text: str) -> None:
    begin = time.process_time()
    place = 0
    try:
        parse(text, OPEN)
    except Unreadable as error:
        place = error.position
    assert 0 <= place <= len(text)
    assert time.process_time() - begin < 1


@settings(max_examples=300, deadline=None)
@given(st.text("xyab0123456789+-*/^_()[]{}|,.'!=<> \\σΣ²ᵢ√", max_size=60))
def test_near_formulas_read_back(text: str) -> None:
    try:
        tree = parse(text, OPEN).tree
    except Unreadable:
        return
    assert parse(plain(tree), OPEN).tree == tree


@settings(max_examples=200, deadline=None)
@given(trees, st.randoms())
def test_full_width_and_decomposed_text_is_the_same(tree: Node, rng: random.Random) -> None:
    text = plain(tree)
    wide = "".join(
        chr(ord(char) + 0xFEE0) if "!" < char <= "~" and char not in "\\_" and rng.random() < 0.5 else char
        for char in text
    )
    assert parse(unicodedata.normalize("NFD", wide), OPEN).tree == tree
