"""Laws of the expression language, for any expression."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdl.packs.formula import tree as t
from quizdl.packs.formula.arrays import Budget, flat
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.functions import FUNCTIONS
from quizdl.packs.formula.lexer import WORDS
from quizdl.packs.formula.parser import parse
from quizdl.packs.formula.printer import show

NAMES = st.from_regex(r"[a-zA-Z](_?[a-zA-Z0-9]){0,4}", fullmatch=True).filter(lambda name: name not in WORDS)
NUMBERS = st.integers(0, 10**12) | st.floats(0, 1e300, allow_nan=False, allow_infinity=False)
LEAVES = (
    st.builds(t.Number, NUMBERS)
    | st.builds(t.Name, NAMES)
    | st.builds(t.String, st.sampled_from(["relu", "", '"']))
)


def _above(parts: st.SearchStrategy[t.Tree]) -> st.SearchStrategy[t.Tree]:
    few = st.lists(parts, max_size=3).map(tuple)
    orders = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    chains = st.lists(st.tuples(orders, parts), min_size=1, max_size=3)
    return (
        st.builds(t.Unary, st.sampled_from(["-", "+", "not"]), parts)
        | st.builds(
            t.Binary, st.sampled_from(["+", "-", "*", "/", "//", "%", "@", "^", "and", "or"]), parts, parts
        )
        | st.builds(
            lambda first, rest: t.Compare((first, *(p for _, p in rest)), tuple(o for o, _ in rest)),
            parts,
            chains,
        )
        | st.builds(t.Call, NAMES | st.sampled_from(sorted(FUNCTIONS)), few)
        | st.builds(t.Listing, few)
        | st.builds(t.Index, parts, parts)
        | st.builds(t.Conditional, parts, parts, parts)
    )


TREES = st.recursive(LEAVES, _above, max_leaves=20)


@given(TREES)
def test_what_is_printed_reads_back_as_the_same_tree(tree: t.Tree) -> None:
    assert parse(show(tree)) == tree


@given(TREES)
def test_evaluation_gives_a_finite_value_or_an_error_in_the_source(tree: t.Tree) -> None:
    source = show(tree)
    try:
        value = evaluate(parse(source), {"x": 2, "v": (1.5, -2.0)}, budget=Budget(5_000))
    except FormulaError as error:
        assert 0 <= error.position <= len(source)  # noqa: PT017 (either outcome is fine)
        return
    for entry in flat(value):
        assert not isinstance(entry, float) or abs(entry) < float("inf")


@settings(max_examples=300)
@given(st.text(max_size=200) | st.text(alphabet="0123456789.eE+-*/^()[],xv \"'<=", max_size=60))
def test_any_text_is_read_or_refused_with_a_position(source: str) -> None:
    try:
        tree = parse(source)
    except FormulaError as error:
        assert 0 <= error.position <= len(source)  # noqa: PT017
    else:
        assert parse(show(tree)) == tree
