"""Laws of grading: spacing and notation do not matter, an answer equals itself, a changed one does not."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdl.grading.symbolic.equality import canonical
from quizdl.grading.symbolic.grade import grade_expression
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.question import Question

ATOMS = st.sampled_from(["x", "y", "a", "2", "3", "exp(x)", "tanh(y)", "sqrt(a^2+1)", "sigmoid(x)"])
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} + {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} - {pair[1]})"),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} * {pair[1]})"),
        inner.map(lambda part: f"(-{part})"),
        inner.map(lambda part: f"({part})^2"),
    ),
    max_leaves=6,
)


def outcome(reference: str, text: str) -> str:
    return grade_expression(Question(answer=reference), text).verdict.outcome.value


@given(EXPRESSIONS)
@settings(max_examples=60, deadline=None)
def test_an_answer_equals_itself(text: str) -> None:
    assert outcome(text, text) == "correct"


@given(EXPRESSIONS, st.sampled_from(["0.001", "-1/7", "x/1000", "y^2/50", "10^-9"]))
@settings(max_examples=60, deadline=None)
def test_a_changed_answer_does_not(text: str, change: str) -> None:
    assert outcome(text, f"{text} + {change}") == "wrong"


@given(EXPRESSIONS)
@settings(max_examples=40, deadline=None)
def test_spacing_and_notation_do_not_matter(text: str) -> None:
    assert outcome(text, text.replace(" ", "")) == "correct"
    assert outcome(text, f"  {text.replace(' ', '   ')} ") == "correct"
    assert outcome(text, text.replace("-", "−").replace("*", "·").replace("^2", "²")) == "correct"
    assert outcome(text, text.replace("(", "（").replace(")", "）").replace("+", "＋")) == "correct"
    assert outcome(text, unicodedata.normalize("NFD", text)) == "correct"
    assert outcome(text, f"dL/dx = {text}") == "correct"


@given(EXPRESSIONS, EXPRESSIONS)
@settings(max_examples=60, deadline=None)
def test_the_canonical_form_never_contradicts_the_values(one: str, two: str) -> None:
    if canonical.same(parse(one).tree, parse(two).tree):
        assert outcome(one, two) == "correct"
    assert canonical.same(parse(f"{one} + {two}").tree, parse(f"{two} + {one}").tree)
    assert not canonical.same(parse(f"{one} + 1").tree, parse(one).tree)
