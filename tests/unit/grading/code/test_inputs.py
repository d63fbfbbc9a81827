"""Inputs of code exercises: the same each time, edges first, small first, and just what was declared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizdl.grading.code.exercise import starter, task_of
from quizdl.grading.code.inputs import GROWN, InputsError, cases, drawn, growing
from quizdl.packs.items import Text
from quizdl.packs.items_code import Code, Edge, Parameter

P = Parameter


def exercise(**fields: Any) -> Code:
    usual: dict[str, Any] = {
        "id": "a.code", "concept": "a", "prompt": Text(en="?"), "entry": "f", "solution": "f = abs",
        "parameters": {"x": P(shape=("n", "k"))},
    }  # fmt: skip
    return Code(**{**usual, **fields})


def one(parameter: P, **fields: Any) -> list[Any]:
    item = exercise(parameters={"x": parameter}, sizes={"n": (2, 9), "k": (3,)}, **fields)
    return [case.inputs[0] for case in drawn(item, 50)]


def test_the_same_item_has_the_same_inputs_and_another_one_has_others() -> None:
    first, again = cases(exercise()), cases(exercise())
    assert all(np.array_equal(a.inputs[0], b.inputs[0]) for a, b in zip(first, again, strict=True))  # type: ignore[arg-type]
    other = cases(exercise(id="b.code"))
    assert not all(np.array_equal(a.inputs[0], b.inputs[0]) for a, b in zip(first, other, strict=True))  # type: ignore[arg-type]


def test_edges_stand_first_and_random_inputs_grow() -> None:
    item = exercise(edges=(Edge(name=Text(ko="큰 값", en="large"), inputs={"x": "[[1000, 0]]"}),))
    made = cases(item)
    assert [case.edge for case in made] == [True] + [False] * 40
    assert (made[0].name, cases(item, "ko")[0].name) == ("large", "큰 값")
    sizes = [case.inputs[0].size for case in made[1:]]  # type: ignore[union-attr]
    assert sizes == sorted(sizes)
    assert sizes[0] <= 2
    assert sizes[-1] >= 12


@pytest.mark.parametrize(
    ("parameter", "holds"),
    [
        (P(shape=("n", "k")), lambda x: x.shape[1] == 3 and x.dtype == float),
        (P(shape=("n",), draw="uniform", min=-2, max=3), lambda x: (x >= -2).all() and (x <= 3).all()),
        (P(shape=("n",), draw="integers", min=1, max="n"), lambda x: x.min() >= 1 and x.max() <= len(x)),
        (P(shape=("n",), draw="labels", classes="k"), lambda x: set(x) <= {0, 1, 2} and x.dtype == int),
        (P(shape=("n", "k"), draw="one-hot"), lambda x: set(x.sum(1)) == {1} and set(x.ravel()) == {0, 1}),
        (P(shape=("n", "k"), draw="simplex"), lambda x: np.allclose(x.sum(1), 1) and (x > 0).all()),
        (P(shape=("n",), draw="probability"), lambda x: (x > 0).all() and (x < 1).all()),
        (P(shape=("n",), draw="mask", keep=0.8), lambda x: set(x) <= {0.0, 1.0} and x.dtype == float),
        (P(shape=("n",), draw="permutation"), lambda x: sorted(x) == list(range(len(x)))),
        (P(shape=("n",), draw="choice", of=(-1, 1)), lambda x: set(x) <= {-1.0, 1.0}),
        (P(draw="choice", of=("sum", "mean")), lambda x: x in ("sum", "mean")),
        (P(draw="integers", min="n", max="n"), lambda x: type(x) is int and 2 <= x <= 9),
        (P(draw="uniform"), lambda x: type(x) is float and 0 <= x <= 1),
        (P(draw="generator"), lambda x: set(x) == {"$generator"}),
    ],
    ids=lambda value: value.draw if isinstance(value, P) else "",
)
def test_each_way_to_draw_keeps_its_word(parameter: P, holds: Any) -> None:
    made = one(parameter)
    assert all(holds(value) for value in made)
    assert len({repr(value) for value in made}) > 1


def test_what_an_edge_leaves_out_is_drawn_to_fit() -> None:
    parameters = {"x": P(shape=("n", "k")), "y": P(shape=("n",), draw="labels", classes="k")}
    edges = (
        Edge(name=Text(en="three"), inputs={"x": "[[1, 2], [3, 4], [5, 6]]"}),
        Edge(name=Text(en="one class"), sizes={"k": 1}),
        Edge(name=Text(en="none"), inputs={"x": "[]"}),
    )
    three, one_class, none = cases(exercise(parameters=parameters, edges=edges))[:3]
    assert three.inputs[1].shape == (3,)  # type: ignore[union-attr]
    assert one_class.inputs[0].shape[1] == 1  # type: ignore[union-attr]
    assert set(one_class.inputs[1]) == {0}  # type: ignore[arg-type]
    assert (none.inputs[0].shape, none.inputs[1].shape) == ((0, 1), (0,))  # type: ignore[union-attr]
    assert three.inputs[0].dtype == float  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("edge", "path"),
    [
        ({"z": "1"}, ("edges", 0, "inputs", "z")),
        ({"x": "[1, 2]"}, ("edges", 0, "inputs", "x")),
        ({"x": "[[1], [2, 3]]"}, ("edges", 0, "inputs", "x")),
        ({"x": "[[1, oops]]"}, ("edges", 0, "inputs", "x")),
        ({"x": "[[1, 2]]", "w": "[1, 2, 3]"}, ("edges", 0, "inputs", "w")),
    ],
)
def test_an_edge_that_does_not_fit_is_refused_at_its_place(
    edge: dict[str, str], path: tuple[Any, ...]
) -> None:
    parameters = {"x": P(shape=("n", "k")), "w": P(shape=("k",))}
    with pytest.raises(InputsError) as caught:
        cases(exercise(parameters=parameters, edges=(Edge(name=Text(en="?"), inputs=edge),)))
    assert caught.value.path == path


def test_growing_inputs_differ_only_in_what_may_grow() -> None:
    few, many = growing(exercise(sizes={"n": (1, 4), "k": (3,)}))
    assert (few.inputs[0].shape, many.inputs[0].shape) == ((4, 3), (4 * GROWN, 3))  # type: ignore[union-attr]
    few, many = growing(exercise(sizes={"n": (1, 4)}, grow=("k",)))
    assert (few.inputs[0].shape, many.inputs[0].shape) == ((4, 5), (4, 5 * GROWN))  # type: ignore[union-attr]
    with pytest.raises(InputsError):
        growing(exercise(sizes={"n": (4,), "k": (3,)}))


def test_an_equal_item_is_the_same_task_and_another_is_not() -> None:
    assert task_of(exercise()) is task_of(exercise())
    assert task_of(exercise()) is not task_of(exercise(cases=3))
    assert starter(exercise(starter="x = 1\n")) == "x = 1\n"
