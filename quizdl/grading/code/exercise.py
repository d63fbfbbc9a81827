"""From an authored code item to the task that is run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from quizdl.grading.code import inputs
from quizdl.grading.code.job import Source
from quizdl.grading.code.task import VALUE_CHECKS, Check, Closeness, EngineFunction, Gradient, Mistake, Task

if TYPE_CHECKING:
    from quizdl.packs.items_code import Code, Slope


class _Key:
    """An item as a key: an equal item is the same task."""

    __slots__ = ("item",)

    def __init__(self, item: Code) -> None:
        self.item = item

    def __hash__(self) -> int:
        return hash((self.item.id, self.item.solution))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (self.item is other.item or self.item == other.item)


def task_of(item: Code, lang: str = "en") -> Task:
    """The task of an item; the same object for an equal item, so that a grader remembers what is expected.

    Args:
        item: the exercise.
        lang: of the names of its edges.

    Raises:
        InputsError: a declaration from which no inputs can be made.
    """
    return _task(_Key(item), lang)


@lru_cache(maxsize=64)
def _task(key: _Key, lang: str) -> Task:
    item = key.item
    names = tuple(item.parameters)
    checks: frozenset[Check] = VALUE_CHECKS | frozenset(item.checks)
    if item.gradients:
        checks |= {"gradient"}
    return Task(
        entry=item.entry,
        parameters=names,
        cases=inputs.cases(item, lang),
        reference=_reference(item.reference, item.keywords, item.solution, item.entry),
        closeness=Closeness(item.tolerance.relative, item.tolerance.absolute),
        checks=checks,
        mistakes=tuple(
            Mistake(f"mistake-{at}", wrong.code, wrong.feedback) for at, wrong in enumerate(item.mistakes, 1)
        ),
        gradients=tuple(_gradient(slope, names, at) for at, slope in enumerate(item.gradients)),
        growing=inputs.growing(item) if "vectorised" in checks else None,
        starter=starter(item),
    )


def starter(item: Code) -> str:
    """What the editor shows first: what the author says, or the signature with the shapes.

    Example:
        >>> from quizdl.packs.items import Text
        >>> from quizdl.packs.items_code import Code, Parameter
        >>> item = Code(id="a.b", concept="a", prompt=Text(en="?"), entry="scale", solution="...",
        ...             parameters={"x": Parameter(shape=("n", "k")), "by": Parameter()})
        >>> print(starter(item))
        import numpy as np
        <BLANKLINE>
        <BLANKLINE>
        def scale(x, by):
            # x: (n, k)
            # by: a number
            ...
        <BLANKLINE>
    """
    if item.starter:
        return item.starter
    shapes = []
    for name, parameter in item.parameters.items():
        shape = ", ".join(map(str, parameter.shape)) + ("," if len(parameter.shape) == 1 else "")
        choice = "one of " + ", ".join(map(repr, parameter.of))
        kind = {"generator": "numpy.random.Generator", "choice": choice}
        said = f"({shape})" if shape else kind.get(parameter.draw, "a number")
        shapes.append(f"    # {name}: {said}\n")
    head = f"import numpy as np\n\n\ndef {item.entry}({', '.join(item.parameters)}):\n"
    return f"{head}{''.join(shapes)}    ...\n"


def _gradient(slope: Slope, names: tuple[str, ...], at: int) -> Gradient:
    if slope.wrt not in names:
        message = f"a gradient must be with respect to a parameter, received {slope.wrt!r}"
        raise inputs.InputsError(message, "gradients", at, "wrt")
    of = _reference(slope.of, slope.keywords, slope.code, "f")
    return Gradient(of, names.index(slope.wrt), slope.output)


def _reference(
    engine: str, keywords: Mapping[str, bool | float | str], code: str, entry: str
) -> EngineFunction | Source:
    return EngineFunction(engine, dict(keywords)) if engine else Source(code, entry)
