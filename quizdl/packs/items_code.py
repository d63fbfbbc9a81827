"""Items that are answered by a NumPy function: what it is given, what it is compared with, known mistakes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from quizdl.packs.basics import FORBID, Item, Number, Prose
from quizdl.packs.fields import Spec
from quizdl.packs.parameters import Expression, NumberOrMany

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

Python: TypeAlias = Annotated[str, Spec("Python.", pattern=r"\S", max_length=20_000)]
PythonName: TypeAlias = Annotated[str, Spec("", pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=60)]
EngineName: TypeAlias = Annotated[str, Spec("", pattern=r"^([a-z_]+\.[A-Za-z_0-9]+)?$", max_length=100)]
Symbol: TypeAlias = Annotated[
    str, Spec("The name of a size.", pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=20)
]
Length: TypeAlias = Annotated[int, Spec("", ge=0, le=1_000)]
Extent: TypeAlias = Symbol | Length
Unsaid = Literal[""]
Bound: TypeAlias = Symbol | Number | Unsaid
Keywords: TypeAlias = dict[PythonName, bool | int | Number | str]

Draw = Literal[
    "normal", "uniform", "integers", "labels", "one-hot", "simplex", "probability", "mask", "permutation",
    "choice", "generator",
]  # fmt: skip
CodeCheck = Literal[
    "value", "shape", "dtype", "finite", "input_unchanged", "gradient", "vectorised", "deterministic"
]


class ShapeAlone:
    """Marks a parameter that may also be written as nothing but its shape: `z: [n, k]`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_as_parameter, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "array"}, handler(schema)]}


def _as_parameter(value: object) -> object:
    return {"shape": value} if isinstance(value, (list, tuple)) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of the function: its shape, and how random values for it are drawn.

    One class for all ways to draw, because the cache cannot tell dataclasses of a union apart.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    shape: Annotated[
        tuple[Extent, ...], Spec("Its axes: names of sizes, or numbers; `[]` for a number.", max_length=5)
    ] = ()
    draw: Annotated[Draw, Spec("How random values are drawn.")] = "normal"
    mean: Annotated[Number, Spec("Of `normal`.")] = 0.0
    std: Annotated[Number, Spec("Of `normal`: the standard deviation.", ge=0)] = 1.0
    min: Annotated[Bound, Spec("The least of `uniform`, `integers` and `probability`.")] = ""
    max: Annotated[Bound, Spec("The greatest of them, included; a number, or a size.")] = ""
    classes: Annotated[Extent | Unsaid, Spec("Of `labels`: 0 … classes - 1.")] = ""
    keep: Annotated[Number, Spec("Of `mask`: the probability of 1.", ge=0, le=1)] = 0.5
    of: Annotated[tuple[Number | str, ...], Spec("Of `choice`: what is chosen from.", max_length=50)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """Inputs that are easy to get wrong. What is not given is drawn."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    name: Annotated[Prose, Spec("What is special about it: `large values`, `one sample`.")]
    inputs: Annotated[
        dict[PythonName, Expression], Spec("Values of parameters: numbers, lists or expressions.")
    ] = field(default_factory=dict)
    sizes: Annotated[dict[Symbol, Length], Spec("Sizes for what is drawn, e.g. `{n: 1}`.")] = field(
        default_factory=dict
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """How near a number must come: within `absolute + relative·|right|`."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    relative: Annotated[Number, Spec("The relative difference.", ge=0, le=0.5)] = 1e-6
    absolute: Annotated[Number, Spec("The absolute difference.", ge=0)] = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope:
    """That what comes back is a gradient: explains a wrong one by finite differences."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    of: Annotated[EngineName, Spec("The function it is the gradient of: one of the engine.")] = ""
    keywords: Annotated[Keywords, Spec("Its keyword arguments.")] = field(default_factory=dict)
    code: Annotated[
        str, Spec("Or Python that defines it, as `f`, with the same inputs.", max_length=20_000)
    ] = ""
    wrt: Annotated[PythonName, Spec("The parameter that it is with respect to.")]
    output: Annotated[int | None, Spec("Its place in a returned tuple, from 0.", ge=0, le=20)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCode:
    """A plausible wrong solution, and what its author would hear."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    code: Annotated[Python, Spec("Python that defines the function, wrongly.")]
    feedback: Annotated[Prose, Spec("What is wrong with it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Item):
    """A function to write with NumPy."""

    kind: Annotated[Literal["code"], Spec("The kind of item.")] = "code"
    prompt: Annotated[Prose, Spec("The task, with every convention: eps, ddof, reduction, ties.")]
    entry: Annotated[PythonName, Spec("The name of the function.")]
    parameters: Annotated[
        dict[PythonName, Annotated[Parameter, ShapeAlone()]],
        Spec("Its parameters in order, each with its shape.", min_length=1, max_length=12),
    ]
    sizes: Annotated[
        dict[Symbol, Annotated[tuple[Length, ...], NumberOrMany(), Spec("", min_length=1, max_length=2)]],
        Spec("From which to which size: `{n: [1, 6], k: 3}`; by default from 1 to 5."),
    ] = field(default_factory=dict)
    edges: Annotated[tuple[Edge, ...], Spec("Inputs that are easy to get wrong.", max_length=30)] = ()
    cases: Annotated[int, Spec("How many random inputs are tried beside them.", ge=1, le=200)] = 40
    starter: Annotated[
        str, Spec("What the editor shows first; by default the signature.", max_length=20_000)
    ] = ""
    reference: Annotated[
        EngineName, Spec("A function of the engine that is right: `activations.softmax`; or `solution` is.")
    ] = ""
    keywords: Annotated[Keywords, Spec("Keyword arguments of `reference`.")] = field(default_factory=dict)
    solution: Annotated[Python, Spec("A model solution, shown after success.")]
    tolerance: Annotated[Near, Spec("How near numbers must come.")] = Near()
    checks: Annotated[
        tuple[CodeCheck, ...], Spec("What is looked at; value, shape and finite always are.", max_length=8)
    ] = ("value", "shape", "finite", "input_unchanged", "deterministic")
    gradients: Annotated[tuple[Slope, ...], Spec("What of it is a gradient.", max_length=8)] = ()
    grow: Annotated[
        tuple[Symbol, ...], Spec("For `vectorised`: the sizes without a loop over them; by default all.")
    ] = ()
    mistakes: Annotated[
        tuple[WrongCode, ...], Spec("Plausible wrong solutions, each with its feedback.", max_length=40)
    ] = ()


__all__ = ["Code", "CodeCheck", "Draw", "Edge", "Near", "Parameter", "Slope", "WrongCode"]
