"""Random parameters: expressions that can be read, names that exist, and instances that are fair to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from quizdl.errors import Problem, Where
from quizdl.nearest import nearest
from quizdl.packs.formula import tree as t
from quizdl.packs.formula.arrays import Budget, flat, is_number
from quizdl.packs.formula.engine import NAMES as ENGINE
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.functions import CONSTANTS, FUNCTIONS
from quizdl.packs.formula.lexer import WORDS
from quizdl.packs.items import LANGUAGES, Pack
from quizdl.packs.lints.choices import folded
from quizdl.packs.lints.languages import texts_of
from quizdl.packs.parameters import Param, Tolerance
from quizdl.packs.positions import Positions
from quizdl.packs.templates import DIGITS, cached_parse, parts
from quizdl.packs.tolerances import Judge
from quizdl.packs.variants import Path, VariantError, expressions, instantiate

SEEDS: Final = 200
"""Instances of each item that are made to be looked at."""
MOST_STEPS: Final = 1_000_000
"""Steps that the instances of one item may take together, and a hundredth of those of a pack."""
_HOPELESS: Final = {"variant-draw", "variant-size"}
_NOISE: Final = 1e-12
_KEYS: Final = {
    "int": {"min", "max", "step", "exclude"},
    "real": {"min", "max", "digits", "exclude"},
    "choice": {"of"},
}
_SPECIFIC: Final = ("min", "max", "step", "digits", "exclude", "of")


def unreadable(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A parameter that cannot be drawn, or an expression that cannot be read or names what is unknown."""
    for item in pack.items:
        yield from _item(item, positions, set(), set())


def unused(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A parameter or derived value that nothing uses."""
    for item in cast("tuple[Any, ...]", pack.items):
        if item.params or item.derived:
            known: set[str] = set()
            used: set[str] = set()
            for _ in _item(item, positions, known, used):
                pass  # told by `unreadable`
            for name in sorted(known - used):
                section = "params" if name in item.params else "derived"
                where = positions.item(item.id, section, name)
                message = f"{section} should hold what the item uses, received {name!r}, which it does not"
                hint = f"write <<{name}>> in a text"
                yield Problem(where, message, hint, severity="warning", code="unused-param")


def _item(item: Any, positions: Positions, known: set[str], used: set[str]) -> Iterator[Problem]:
    """What cannot be read in one item; adds the names that there are, and those that are used."""
    for name, param in item.params.items():
        where = positions.item(item.id, "params", name)
        yield from _named(name, known, where)
        for message, hint in _undrawable(param):
            yield Problem(where, message, hint, code="param")
        for at, source in enumerate(param.of):
            yield from _expression(item.id, ("params", name, "of", at), source, known, used, positions)
        known.add(name)
    for name, source in item.derived.items():
        yield from _named(name, known, positions.item(item.id, "derived", name))
        yield from _expression(item.id, ("derived", name), source, known, used, positions)
        known.add(name)
    for at, source in enumerate(item.require):
        yield from _expression(item.id, ("require", at), source, known, used, positions)
    for path, source in expressions(item):
        yield from _expression(item.id, path, source, known, used, positions)
    if not known:
        return
    for path, text in texts_of(item):
        yield from _template(item.id, (*path, "ko"), text.ko, known, used, positions)
        if text.en != text.ko:
            yield from _template(item.id, (*path, "en"), text.en, known, used, positions)


def _named(name: str, known: set[str], where: Where) -> Iterator[Problem]:
    taken = (
        "a constant" if name in CONSTANTS else "a function" if name in FUNCTIONS or name in ENGINE
        else "a word of the language" if name in WORDS
        else "a parameter" if name in known
        else ""
    )  # fmt: skip
    if taken:
        message = f"the name of a parameter must be free, received {name!r}, which is {taken}"
        yield Problem(where, message, f"call it {name}1", code="param-name")
    elif "__" in name:
        message = f"the name of a parameter must not hold two underscores in a row, received {name!r}"
        yield Problem(where, message, code="param-name")


def _undrawable(param: Param) -> Iterator[tuple[str, str]]:
    """What keeps a parameter from being drawn, with a hint."""
    default = Param(type=param.type)
    for key in _SPECIFIC:
        if key not in _KEYS[param.type] and getattr(param, key) != getattr(default, key):
            may = ", ".join(sorted({*_KEYS[param.type], "size", "distinct"}))
            yield f"a parameter of type {param.type!r} must not have the key {key!r}", f"it may have {may}"
    if param.type == "choice":
        if len(param.of) < 2:
            yield f"'of' must hold at least 2 values, received {len(param.of)}", "write 'of: [0.1, 0.01]'"
        return
    if param.min is None or param.max is None:
        missing = "min" if param.min is None else "max"
        yield f"a parameter of type {param.type!r} must have the key {missing!r}, received none", ""
        return
    if param.min >= param.max:
        yield f"'max' must be greater than 'min', received {param.max:g} and {param.min:g}", ""
    places = 1 if param.digits is None else param.digits
    if param.type == "real":
        for key in ("min", "max"):
            value = getattr(param, key)
            if round(value, places) != value:
                yield (
                    f"{key!r} must have at most {places} decimal places, received {value:g}",
                    "give 'digits'",
                )
    if param.type == "int":
        for key in ("min", "max", "step"):
            value = getattr(param, key)
            if value is not None and value != int(value):
                yield f"{key!r} of an int must be a whole number, received {value:g}", "or use 'type: real'"
        if param.step is not None and param.step < 1:
            yield f"'step' must be at least 1, received {param.step:g}", ""


def _expression(
    item: str, path: Path, source: str, known: set[str], used: set[str], positions: Positions
) -> Iterator[Problem]:
    try:
        tree = cached_parse(source)
    except FormulaError as error:
        where = positions.item(item, *path, snippet=source, offset=error.position)
        yield Problem(where, error.message, error.hint, code="formula")
        return
    yield from _unknown(item, path, source, [tree], known, used, positions)


def _template(
    item: str, path: Path, text: str, known: set[str], used: set[str], positions: Positions
) -> Iterator[Problem]:
    try:
        found = parts(text)
    except FormulaError as error:
        where = positions.item(
            item, *path, snippet=_line(text, error.position), offset=_into(text, error.position)
        )
        yield Problem(where, error.message, error.hint, code="formula")
        return
    yield from _unknown(item, path, text, [part.tree for part in found], known, used, positions)


def _unknown(
    item: str,
    path: Path,
    source: str,
    trees: Iterable[t.Tree],
    known: set[str],
    used: set[str],
    positions: Positions,
) -> Iterator[Problem]:
    """Names and functions in expressions that do not exist (yet, where values are derived in order)."""
    for tree in trees:
        for node, _ in t.walk(tree):
            if isinstance(node, t.Name):
                used.add(node.name)
                if node.name in known or node.name in CONSTANTS:
                    continue
                kind, name, there = "name", node.name, [*known, *CONSTANTS]
            elif isinstance(node, t.Call) and node.name not in FUNCTIONS and node.name not in ENGINE:
                kind, name, there = "function", node.name, [*FUNCTIONS, *ENGINE]
            else:
                continue
            near = nearest(name, there)
            hint = f"did you mean {near!r}?" if near else ""
            message = f"a {kind} must be known here, received {name!r}"
            yield Problem(positions.item(item, *path, snippet=name), message, hint, code="formula")


def draws(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """What goes wrong in 200 instances of each item: values, options, and answers nobody could type."""
    left = 100 * MOST_STEPS
    for item in cast("tuple[Any, ...]", pack.items):
        varied = bool(item.params or item.derived)
        if not varied and not any(True for _ in expressions(item)):
            continue
        budget = Budget(min(MOST_STEPS, left))
        told: set[tuple[Path, str]] = set()
        for seed in range(SEEDS if varied else 1):
            for path, problem in _instance(item, seed, positions, budget, varied=varied):
                key = path, problem.code
                if key not in told:
                    told.add(key)
                    yield problem
            if {code for _, code in told} & _HOPELESS:
                break
        left = max(0, left - MOST_STEPS + max(0, budget.left))


def _instance(
    item: Any, seed: int, positions: Positions, budget: Budget, *, varied: bool
) -> Iterator[tuple[Path, Problem]]:
    of_seed = f" (seed {seed})" if varied else ""
    try:
        instance = instantiate(item, seed, budget)
    except VariantError as error:
        snippet = _line(error.source, error.position)
        where = positions.item(
            item.id, *error.path, snippet=snippet, offset=_into(error.source, error.position)
        )
        yield error.path, Problem(where, error.message + of_seed, error.hint, code=f"variant-{error.kind}")
        return
    if varied:
        yield from _options(instance, of_seed, positions)
    if hasattr(instance, "answer") and hasattr(instance, "tolerance"):
        yield from _answer(instance, of_seed, positions)


def _options(instance: Any, of_seed: str, positions: Positions) -> Iterator[tuple[Path, Problem]]:
    """Options of a choice that read the same in this instance."""
    for lang in LANGUAGES:
        seen: dict[str, int] = {}
        for at, option in enumerate(getattr(instance, "options", ())):
            shown = option.text.in_(lang)
            first = seen.setdefault(folded(shown), at)
            if first != at:
                path: Path = ("options", at, "text")
                message = f"options must differ in every draw, received {shown!r} twice{of_seed}"
                hint = f"options[{first}] says the same; add a condition to 'require'"
                yield path, Problem(positions.item(instance.id, *path), message, hint, code="variant-options")


def _answer(instance: Any, of_seed: str, positions: Positions) -> Iterator[tuple[Path, Problem]]:
    """A numeric answer that is no number, that takes too many digits, or that a known mistake also gives."""
    right = list(flat(evaluate(cached_parse(instance.answer))))
    where = positions.item(instance.id, "answer")
    if not right or not all(map(is_number, right)):
        message = f"the answer must be numbers, received {instance.answer}{of_seed}"
        yield ("answer",), Problem(where, message, code="variant-answer")
        return
    numbers = cast("list[float]", right)
    if any(0 < abs(number) < _NOISE for number in numbers):
        message = f"the answer must not be what rounding leaves of 0, received {instance.answer}{of_seed}"
        yield ("answer",), Problem(where, message, "write round(…, 6)", code="variant-noise")
        return
    judge = Judge(numbers, cast("Tolerance", instance.tolerance))
    for at, number in enumerate(numbers):
        needed = 0 if judge.whole or judge.place(at) is not None else judge.digits(at, judge.limit(at))
        if needed > DIGITS:
            message = f"the answer must be near enough with {DIGITS} digits, received {number!r}{of_seed}"
            hint = "round it, give a wider tolerance, or say how many 'decimals' are asked for"
            yield ("answer",), Problem(where, message, hint, code="variant-digits")
        elif not judge.accepts(float(judge.shown(at)), at):
            message = (
                f"the answer as shown must be accepted, received {judge.shown(at)} for {number!r}{of_seed}"
            )
            yield ("answer",), Problem(where, message, "ask for more digits", code="variant-digits")
    for at, mistake in enumerate(instance.mistakes):
        wrong = list(flat(evaluate(cached_parse(mistake.value))))
        same = len(wrong) == len(numbers) and all(
            is_number(entry) and judge.accepts(entry, place) for place, entry in enumerate(wrong)
        )
        if same:
            path: Path = ("mistakes", at, "value")
            message = f"a mistake must differ from the answer, received {mistake.value} for both{of_seed}"
            hint = "add a condition to 'require'"
            yield path, Problem(positions.item(instance.id, *path), message, hint, code="variant-mistake")


def _line(text: str, position: int) -> str:
    """The line of a text around a position, which is found in the source of any block scalar."""
    return text[text.rfind("\n", 0, position) + 1 :].partition("\n")[0]


def _into(text: str, position: int) -> int:
    return position - (text.rfind("\n", 0, position) + 1)
