"""Code exercises that can be read: every text is Python and defines its function, every size is one.

Nothing is run here; `quizdl pack check` does that in a sandbox.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from quizdl.errors import Problem
from quizdl.nearest import nearest
from quizdl.packs.items import Code, Pack
from quizdl.packs.items_code import Parameter
from quizdl.packs.lints.languages import named
from quizdl.packs.positions import Positions

Path = tuple[str | int, ...]

_KEYS = {
    "normal": {"mean", "std"}, "uniform": {"min", "max"}, "integers": {"min", "max"}, "labels": {"classes"},
    "probability": {"min", "max"}, "mask": {"keep"}, "choice": {"of"},
}  # fmt: skip
_NEEDED = {"labels": "classes", "choice": "of"}
_AXES = {"one-hot": 1, "simplex": 1, "permutation": 1}
_SPECIFIC = ("mean", "std", "min", "max", "classes", "keep", "of")


def sources(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A solution, starter, mistake or gradient that is not Python, or does not define its function."""
    for item in _code(pack):
        texts: list[tuple[Path, str, str]] = [(("solution",), item.solution, item.entry)]
        texts += [(("starter",), item.starter, item.entry)] if item.starter else []
        texts += [(("mistakes", at, "code"), each.code, item.entry) for at, each in enumerate(item.mistakes)]
        texts += [
            (("gradients", at, "code"), each.code, "f")
            for at, each in enumerate(item.gradients)
            if each.code or not each.of
        ]
        seen: dict[str, Path] = {}
        for path, text, entry in texts:
            where, what = positions.item(item.id, *path), named(path)
            try:
                tree = ast.parse(text)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                line = f" in its line {error.lineno}" if isinstance(error, SyntaxError) else ""
                message = f"{what} must be Python, received what is not{line}: {error}"
                yield Problem(where, message, code="not-python")
                continue
            if entry not in _defined(tree):
                told = ", ".join(_defined(tree)) or "nothing"
                message = f"{what} must define {entry!r}, received {told}"
                yield Problem(where, message, code="no-entry")
            if entry == item.entry and (first := seen.setdefault(ast.unparse(tree), path)) != path:
                message = f"{what} must differ from {named(first)}, received the same code"
                yield Problem(where, message, code="same-code")


def sizes(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A size that nothing has, or whose limits are exchanged; a way to draw without what it needs."""
    for item in _code(pack):
        used = {
            extent
            for each in item.parameters.values()
            for extent in (*each.shape, each.min, each.max, each.classes)
            if isinstance(extent, str) and extent
        }
        sized: list[tuple[Path, str]] = [(("sizes", name), name) for name in item.sizes]
        sized += [(("grow", at), name) for at, name in enumerate(item.grow)]
        sized += [
            (("edges", at, "sizes", name), name) for at, edge in enumerate(item.edges) for name in edge.sizes
        ]
        for path, name in sized:
            if name not in used:
                near = nearest(name, sorted(used))
                message = f"a size must be in a shape, received {name!r}, which is in none"
                hint = f"did you mean {near!r}?" if near else ""
                yield Problem(positions.item(item.id, *path), message, hint, code="unknown-size")
        for name, limits in item.sizes.items():
            if limits[0] > limits[-1]:
                message = f"a size must go from the smaller to the larger, received {list(limits)}"
                yield Problem(positions.item(item.id, "sizes", name), message, code="size-limits")
        for name, parameter in item.parameters.items():
            for message in _undrawable(parameter):
                yield Problem(positions.item(item.id, "parameters", name), message, code="draw")


def references(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A function that the engine does not have."""
    from quizdl.engine import find  # numpy: only where a pack is checked

    for item in _code(pack):
        functions: list[tuple[Path, str]] = [(("reference",), item.reference)]
        functions += [(("gradients", at, "of"), slope.of) for at, slope in enumerate(item.gradients)]
        for path, name in functions:
            if not name:
                continue
            try:
                found = callable(find(name))
            except (ValueError, AttributeError):
                found = False
            if not found:
                message = f"the engine must have the function, received {name!r}, which it does not have"
                yield Problem(positions.item(item.id, *path), message, code="unknown-function")


def _code(pack: Pack) -> Iterator[Code]:
    return (item for item in pack.items if isinstance(item, Code))


def _defined(tree: ast.Module) -> list[str]:
    """The names that a program defines at its top."""
    names: list[str] = []
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name):
                names.append(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                names.append(name)
    return names


def _undrawable(parameter: Parameter) -> Iterator[str]:
    """What keeps a parameter from being drawn."""
    default = Parameter()
    may = _KEYS.get(parameter.draw, set())
    for key in _SPECIFIC:
        if key not in may and getattr(parameter, key) != getattr(default, key):
            yield f"a parameter drawn as {parameter.draw!r} must not have the key {key!r}"
    needed = _NEEDED.get(parameter.draw)
    if needed and not getattr(parameter, needed):
        yield f"a parameter drawn as {parameter.draw!r} must have the key {needed!r}"
    if len(parameter.shape) < _AXES.get(parameter.draw, 0):
        yield f"a parameter drawn as {parameter.draw!r} must have an axis, received none"
    if parameter.shape and any(isinstance(entry, str) for entry in parameter.of):
        yield "an array must be chosen from numbers, received text"
    low, high = parameter.min, parameter.max
    if not isinstance(low, str) and not isinstance(high, str) and low > high:
        yield f"min must not be above max, received {low:g} and {high:g}"
