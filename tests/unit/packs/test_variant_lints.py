"""What is said against parameters and against instances, and where."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import indent
from typing import Annotated

import pytest
from pydantic import TypeAdapter

from quizdl.errors import Problem
from quizdl.packs.fields import Spec
from quizdl.packs.items import Item, Option, Pack, PackInfo, Prose, Text
from quizdl.packs.lints.variants import draws, unreadable, unused
from quizdl.packs.parameters import Expression, Param, Tolerance
from quizdl.packs.positions import Positions
from quizdl.packs.yaml12 import load

EMPTY, DEFAULT = Text(), Tolerance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    value: Annotated[Expression, Spec("A wrong answer.")]
    feedback: Annotated[Prose, Spec("Why.")] = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Item):
    """An item with everything that parameters can be used in."""

    kind: str = "asked"
    prompt: Annotated[Prose, Spec("The question.")] = EMPTY
    answer: Annotated[Expression, Spec("The right answer.")] = "1"
    tolerance: Tolerance = DEFAULT
    mistakes: tuple[Slip, ...] = ()
    options: tuple[Option, ...] = ()
    params: dict[str, Param] = field(default_factory=dict)
    derived: dict[str, Expression] = field(default_factory=dict)
    require: tuple[str, ...] = ()


def problems(yaml: str) -> list[Problem]:
    """All that both lints say about one item, written as YAML below `items:`."""
    source = "items:\n- id: a.b\n  concept: a\n" + indent(yaml, "  ")
    document, found = load(source.encode(), "x.yaml")
    assert not found
    assert document is not None
    node = document.root["items"][0]
    item = TypeAdapter(Asked).validate_python(node)
    positions = Positions()
    positions.add_item("a.b", document, node)
    pack = Pack(info=PackInfo(id="p", title=Text(en="P"), version="1"), items=(item,))
    first = list(unreadable(pack, positions))
    return first or [*draws(pack, positions), *unused(pack, positions)]


def codes(yaml: str) -> list[str]:
    return [problem.code for problem in problems(yaml)]


GOOD = """\
prompt: What is <<x>> squared?
answer: y
params: {x: {type: int, min: 2, max: 9}}
derived: {y: x^2}
mistakes: [{value: 2*x + 1, feedback: no}]
"""


def test_a_sound_item_has_no_problems() -> None:
    assert problems(GOOD) == []
    assert problems("answer: [0.25, 1/3]") == []


@pytest.mark.parametrize(
    ("yaml", "place", "said"),
    [
        ("prompt: <<x\nparams: {x: {type: int, min: 1, max: 2}}", "4:11", "must be closed"),
        ("prompt: a <<x + z>>\nparams: {x: {type: int, min: 1, max: 2}}", "4:19", "received 'z'"),
        ("prompt: <<x:.2q>>\nparams: {x: {type: int, min: 1, max: 2}}", "4:15", "a format must be"),
        ("answer: 1 +", "4:14", "a value must come here"),
        ("answer: sigmod(1)", "4:11", "a function must be known here"),
        ("answer: x", "4:11", "a name must be known here"),
        ("answer: y\nderived: {y: z, z: 1}", "5:16", "received 'z'"),
        ("answer: x\nparams: {x: {type: int, min: 1}}", "5:15", "must have the key 'max'"),
        ("answer: x\nparams: {x: {type: int, min: 5, max: 5}}", "5:15", "'max' must be greater"),
        ("answer: x\nparams: {x: {type: int, min: 0.5, max: 5}}", "5:15", "must be a whole number"),
        ("answer: x\nparams: {x: {type: choice, of: [1]}}", "5:15", "at least 2 values"),
        ("answer: x\nparams: {x: {type: choice, of: [1, 2], min: 1}}", "5:15", "must not have the key 'min'"),
        ("answer: x\nparams: {x: {type: real, min: 0.01, max: 0.5}}", "5:15", "at most 1 decimal places"),
        ("answer: e\nparams: {e: {type: int, min: 1, max: 2}}", "5:15", "which is a constant"),
        ("answer: exp\nparams: {exp: {type: int, min: 1, max: 2}}", "5:17", "which is a function"),
        (
            "answer: x\nparams: {x: {type: int, min: 1, max: 2}}\nderived: {x: 1}",
            "6:16",
            "which is a parameter",
        ),
        ("answer: 1\nparams: {x: {type: int, min: 1, max: 2}}", "5:15", "which it does not"),
        (
            "prompt: |\n  one <<x>>\n  two <<x y>>\nparams: {x: {type: int, min: 1, max: 2}}",
            "6:13",
            "an operator",
        ),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(yaml: str, place: str, said: str) -> None:
    first = problems(yaml)[0]
    assert said in first.message
    assert str(first.where) == f"x.yaml:{place}"


@pytest.mark.parametrize(
    ("yaml", "code"),
    [
        ("answer: 1/(x - 5)\nparams: {x: {type: int, min: 1, max: 9}}", "variant-domain"),
        ("answer: exp(x)\nparams: {x: {type: int, min: 1, max: 900}}", "variant-overflow"),
        (
            "answer: v[x]\nparams: {x: {type: int, min: 0, max: 3}}\nderived: {v: '[1, 2, 3]'}",
            "variant-domain",
        ),
        ("answer: x\nparams: {x: {type: int, min: 0, max: 3}}\nrequire: [x > 3]", "variant-draw"),
        ("answer: x > 1\nparams: {x: {type: int, min: 0, max: 3}}", "variant-answer"),
        ("answer: 0.1 + 0.2 - 0.3", "variant-noise"),
        ("answer: 1/3\ntolerance: {absolute: 1e-9}", "variant-digits"),
        ("answer: x/7\nparams: {x: {type: int, min: 1, max: 3}}\ntolerance: {relative: 0}", "variant-digits"),
        (
            "answer: x^2\nparams: {x: {type: int, min: 1, max: 3}}\nmistakes: [{value: 2*x}]",
            "variant-mistake",
        ),
        (
            "answer: x\nparams: {x: {type: int, min: 1, max: 3}}\n"
            "options: [{text: '<<x^2>>'}, {text: '<<2*x>>'}]",
            "variant-options",
        ),
        ("answer: '1/0'", "variant-domain"),
        ("answer: x[0]\nparams: {x: {type: int, min: 0, max: 9, size: 11, distinct: true}}", "variant-draw"),
        (
            "answer: x[0][0]\nparams: {x: {type: int, min: 0, max: 9, size: [99, 99], distinct: true}}",
            "variant-size",
        ),
        ("answer: sum(x @ x)\nparams: {x: {type: int, min: 0, max: 9, size: [99, 99]}}", "variant-size"),
    ],
)
def test_instances_that_go_wrong_are_told_once(yaml: str, code: str) -> None:
    assert codes(yaml) == [code]


@pytest.mark.parametrize(
    "yaml",
    [
        "answer: 1/(x - 5)\nparams: {x: {type: int, min: 1, max: 9, exclude: 5}}",
        "answer: 1/(x - 5)\nparams: {x: {type: int, min: 1, max: 9}}\nrequire: [x != 5]",
        "answer: round(0.1 + 0.2 - 0.3, 6)",
        "answer: 1/3\ntolerance: {absolute: 1e-4}",
        "answer: 1/3\ntolerance: {decimals: 9}",
        "answer: 12345678",
        "answer: x^2\nparams: {x: {type: int, min: 3, max: 5}}\nmistakes: [{value: 2*x}]",
        "answer: x\nparams: {x: {type: int, min: 3, max: 5}}\n"
        "options: [{text: '<<x^2>>'}, {text: '<<2*x>>'}]",
    ],
)
def test_their_neighbours_are_sound(yaml: str) -> None:
    assert codes(yaml) == []


def test_the_seed_is_told_and_gives_the_instance() -> None:
    (problem,) = problems("answer: 1/(x - 5)\nparams: {x: {type: int, min: 1, max: 9}}")
    assert "(seed " in problem.message
    assert str(problem.where).startswith("x.yaml:4:")
