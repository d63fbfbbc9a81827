"""Instances of items with random parameters."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from typing import Annotated

import pytest

from quizdl.packs.fields import Spec
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.items import Item, Text
from quizdl.packs.parameters import Expression, Param, as_expression
from quizdl.packs.templates import Format, fill, parts, write
from quizdl.packs.variants import MAX_TRIES, VariantError, expressions, instantiate, values

EMPTY = Text()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    value: Annotated[Expression, Spec("A wrong answer.")]
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Item):
    """An item of a kind that the module under test has never seen."""

    kind: str = "asked"
    prompt: Text
    answer: Annotated[Expression, Spec("The right answer.")]
    mistakes: tuple[Slip, ...] = ()
    params: dict[str, Param] = field(default_factory=dict)
    derived: dict[str, str] = field(default_factory=dict)
    require: tuple[str, ...] = ()


INT = Param(type="int", min=1, max=9)


def asked(prompt: str | Text = "?", answer: str = "0", **more: object) -> Asked:
    text = prompt if isinstance(prompt, Text) else Text(ko=prompt, en=prompt)
    return Asked(id="a.b", concept="a", prompt=text, answer=answer, **more)  # type: ignore[arg-type]


def test_texts_answers_and_mistakes_are_filled_in() -> None:
    item = asked(
        Text(ko="$x = <<x>>$일 때 $x^2$?", en="$x^2$ for $x = <<x>>$?"),
        "square",
        mistakes=(Slip(value="2*x", feedback=Text(en="That is $2 · <<x>>$.")),),
        params={"x": INT},
        derived={"square": "x^2"},
        require=("x > 2",),
    )
    seen = set()
    for seed in range(50):
        instance = instantiate(item, seed)
        x = int(values(item, seed)["x"])  # type: ignore[arg-type]
        seen.add(x)
        assert instance.prompt == Text(ko=f"$x = {x}$일 때 $x^2$?", en=f"$x^2$ for $x = {x}$?")
        assert (instance.answer, instance.mistakes[0].value) == (str(x * x), str(2 * x))
        assert instance.mistakes[0].feedback.en == f"That is $2 · {x}$."
        assert (instance.params, instance.derived, instance.require) == ({}, {}, ())
        assert instantiate(instance, seed + 1) == instance
    assert seen == set(range(3, 10))


def test_without_parameters_texts_are_left_alone_and_answers_are_computed() -> None:
    item = asked("a << b >> c", "1/4")
    assert instantiate(item, 1) == asked("a << b >> c", "0.25")
    assert instantiate(item, 1).prompt is item.prompt


def test_the_same_seed_gives_the_same_instance_in_another_process() -> None:
    item = {"x": Param(type="real", min=-3, max=3, digits=2, size=(3,)), "n": INT}
    script = (
        "from quizdl.packs.parameters import Param; from types import SimpleNamespace as N;"
        "from quizdl.packs.variants import values;"
        "x = Param(type='real', min=-3, max=3, digits=2, size=(3,)); n = Param(type='int', min=1, max=9);"
        "print(values(N(params={'x': x, 'n': n}, derived={'y': 'softmax(x)'}, require=()), 4294967295))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    here = values(asked(params=item, derived={"y": "softmax(x)"}), 2**32 - 1)
    assert out.strip() == repr(here)
    # What a journal of today holds must be shown alike by every later version.
    assert here["n"] == 3
    assert here["x"] == (0.81, -1.78, 0.65)


@pytest.mark.parametrize(
    ("param", "allowed"),
    [
        (Param(type="int", min=2, max=5), {2, 3, 4, 5}),
        (Param(type="int", min=0, max=9, step=4), {0, 4, 8}),
        (Param(type="int", min=-1, max=1, exclude=(0,)), {-1, 1}),
        (Param(type="real", min=0.1, max=0.4), {0.1, 0.2, 0.3, 0.4}),
        (Param(type="real", min=0, max=0.02, digits=2), {0.0, 0.01, 0.02}),
        (Param(type="choice", of=("0.1", "1/4", '"relu"')), {0.1, 0.25, "relu"}),
    ],
)
def test_draws_take_every_allowed_value_and_no_other(param: Param, allowed: set[object]) -> None:
    assert {values(asked(params={"p": param}), seed)["p"] for seed in range(200)} == allowed


def test_vectors_and_matrices() -> None:
    matrix = values(asked(params={"A": Param(type="int", min=0, max=9, size=(2, 3))}), 5)["A"]
    assert isinstance(matrix, tuple)
    assert [len(row) for row in matrix if isinstance(row, tuple)] == [3, 3]
    few = Param(type="int", min=1, max=3, size=(3,), distinct=True)
    for seed in range(30):
        assert sorted(values(asked(params={"v": few}), seed)["v"]) == [1, 2, 3]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "path", "said"),
    [
        (asked("<<y>>", params={"x": INT}), ("prompt", "ko"), "a name must be known, received 'y'"),
        (asked("<<x", params={"x": INT}), ("prompt", "ko"), "must be closed"),
        (asked("<<x:.3q>>", params={"x": INT}), ("prompt", "ko"), "a format must be"),
        (asked(answer="1/(x - x)", params={"x": INT}), ("answer",), "a divisor must not be 0"),
        (asked(answer="1 +"), ("answer",), "a value must come here"),
        (asked(params={"x": INT}, derived={"y": "z"}), ("derived", "y"), "received 'z'"),
        (asked(params={"x": INT}, require=("x",)), ("require", 0), "must be true or false"),
        (asked(params={"x": INT}, require=("x > 9",)), ("require",), f"none in {MAX_TRIES:,} tries"),
        (
            asked(params={"v": Param(type="int", min=1, max=2, size=(3,), distinct=True)}),
            ("params", "v"),
            "enough values",
        ),
        (asked(params={"v": Param(type="int", min=1, max=1, exclude=(1.0,))}), ("params", "v"), "'exclude'"),
    ],
)
def test_what_cannot_be_made_says_where(item: Asked, path: tuple[str | int, ...], said: str) -> None:
    with pytest.raises(VariantError) as caught:
        instantiate(item, 3)
    assert caught.value.path == path
    assert said in caught.value.message
    assert 0 <= caught.value.position <= len(caught.value.source)


def test_the_position_of_an_error_is_that_in_the_text() -> None:
    text = "a <<x>> b <<x + nix>>"
    with pytest.raises(VariantError) as caught:
        instantiate(asked(text, params={"x": INT}), 1)
    assert text[caught.value.position :].startswith("nix")


def test_expressions_are_found_by_their_mark() -> None:
    item = asked(answer="1", mistakes=(Slip(value="2"), Slip(value="3")))
    found = [(("answer",), "1"), (("mistakes", 0, "value"), "2"), (("mistakes", 1, "value"), "3")]
    assert list(expressions(item)) == found


@pytest.mark.parametrize(
    ("value", "form", "written"),
    [
        (3, "", "3"),
        (0.1 + 0.2, "", "0.3"),
        (2 / 3, ".3f", "0.667"),
        (2 / 3, ".2g", "0.67"),
        (1234567.0, "", "1.23457e6"),
        (407050, "", "407050"),
        (0.000012, ".1e", "1.2e-5"),
        (0.123, ".1%", "12.3%"),
        (4.0, "d", "4"),
        (-3, "(", "(-3)"),
        (3, "(", "3"),
        (3, "+", "+3"),
        (-0.0004, ".2f", "0.00"),
        (-0.0004, "+.2f", "+0.00"),
        ((0.1, 0.9), ".2f", "[0.10, 0.90]"),
        (((1, 2), (3, 4)), "", "[[1, 2], [3, 4]]"),
        ((1, 2), "pmatrix", r"\begin{pmatrix}1\\2\end{pmatrix}"),
        (((1, 2),), "bmatrix.1f", r"\begin{bmatrix}1.0 & 2.0\end{bmatrix}"),
        ("relu", "", "relu"),
        (True, "", "true"),
    ],
)
def test_formats(value: object, form: str, written: str) -> None:
    assert fill(f"<<v:{form}>>", lambda tree: value) == written  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize(("value", "form"), [(0.5, "d"), (3, "pmatrix"), ("x", "pmatrix")])
def test_values_that_do_not_fit_their_format(value: object, form: str) -> None:
    with pytest.raises(FormulaError):
        fill(f"<<v:{form}>>", lambda tree: value)  # type: ignore[arg-type, return-value]


def test_a_colon_within_a_text_is_no_format() -> None:
    (part,) = parts('<<if k == "a:b" then 1 else 2:.1f>>')
    assert part.format == Format(style="f", places=1)


def test_comparisons_within_a_text() -> None:
    assert fill("<<if 2 > 1 then 3 else 4>>", lambda tree: 3) == "3"
    assert write(5) == "5"


def test_yaml_values_as_expressions() -> None:
    assert as_expression([1, [0.5, "x"]]) == "[1, [0.5, x]]"
    assert as_expression({"a": 1}) == {"a": 1}
    assert as_expression([True]) == [True]
