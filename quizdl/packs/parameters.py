"""Random parameters of an item and what belongs to a numeric answer, as fields of `items`.

A value that is written as a number, a list or an expression is kept as the text of one expression, so that
the cache, the printer and the grader see a single form: `5`, `[0.5, 0.25]`, `1/(1 + exp(-x))`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, TypeAlias

from quizdl.packs.fields import NOT_BLANK, Spec

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

_FORBID: dict[str, str] = {"extra": "forbid"}


class NumberToo:
    """Marks an expression that may also be written as a number, or as a list of numbers and expressions."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(as_expression, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, handler(schema), {"type": "array"}]}


class NumberOrMany:
    """Marks a list of numbers that may also be written as one number."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_as_list, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many, many["items"]]}


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def as_expression(value: object) -> object:
    """A value of YAML as the text of an expression; what is neither number, text nor list is left alone.

    Example:
        >>> as_expression(5), as_expression([0.5, "n/2", [1, -2]])
        ('5', '[0.5, n/2, [1, -2]]')
        >>> as_expression(True)
        True
    """
    if isinstance(value, (list, tuple)):
        entries = [as_expression(entry) for entry in value]
        if all(isinstance(entry, str) for entry in entries):
            return f"[{', '.join(map(str, entries))}]"
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return repr(value)
    return value


Expression: TypeAlias = Annotated[str, NumberToo(), Spec("", pattern=NOT_BLANK, max_length=2_000)]
Condition: TypeAlias = Annotated[str, Spec("", pattern=NOT_BLANK, max_length=2_000)]
ParamName: TypeAlias = Annotated[str, Spec("", pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
_Real: TypeAlias = Annotated[float, Spec("", ge=-1e12, le=1e12, allow_inf_nan=False)]
_Positive: TypeAlias = Annotated[float, Spec("", ge=0, allow_inf_nan=False)]
_Share: TypeAlias = Annotated[float, Spec("", ge=0, le=0.5)]
_Significant: TypeAlias = Annotated[int, Spec("", ge=1, le=12)]
_Digits: TypeAlias = Annotated[int, Spec("", ge=0, le=12)]
_Size: TypeAlias = Annotated[int, Spec("", ge=1, le=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A parameter that each review draws anew.

    `{type: int, min: -3, max: 3, exclude: [0]}`, `{type: real, min: 0, max: 1, digits: 2}` or
    `{type: choice, of: [0.1, 0.01, '"relu"']}`; with `size: 3` a vector and with `size: [2, 3]` a matrix of
    such values. One class for all types, because the cache cannot tell dataclasses of a union apart; the lint
    `variants` says which keys a type has.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    type: Annotated[Literal["int", "real", "choice"], Spec("Whole numbers, decimal numbers, or a choice.")]
    min: Annotated[_Real | None, Spec("The least value of an int or real.")] = None
    max: Annotated[_Real | None, Spec("The greatest value of an int or real.")] = None
    step: Annotated[_Real | None, Spec("The distance between the values of an int; 1 by default.")] = None
    digits: Annotated[_Digits | None, Spec("How many decimal places a real has; 1 by default.")] = None
    exclude: Annotated[tuple[_Real, ...], NumberOrMany(), Spec("Numbers that are not drawn.")] = ()
    of: Annotated[tuple[Expression, ...], Spec("Expressions to choose from.", max_length=100)] = ()
    size: Annotated[
        tuple[_Size, ...], NumberOrMany(), Spec("`3` for a vector, `[2, 3]` for a matrix.", max_length=2)
    ] = ()
    distinct: Annotated[bool, Spec("All entries of a vector or matrix differ.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """How near a number must come to the right one; without any of these, `DEFAULT_RELATIVE`.

    An answer is accepted within max(`absolute`, `relative`·|right|), or where `significant` or `decimals` say
    how many digits are asked, anywhere from cut off to rounded there.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _FORBID

    absolute: Annotated[_Positive | None, Spec("The greatest difference, e.g. `0.01`.")] = None
    relative: Annotated[_Share | None, Spec("The greatest relative difference, e.g. `0.01`.")] = None
    significant: Annotated[_Significant | None, Spec("How many significant digits are asked for.")] = None
    decimals: Annotated[_Digits | None, Spec("How many decimal places are asked for.")] = None


DEFAULT_RELATIVE = 1e-3
"""The relative tolerance where an item says none; whole numbers must also be within 0.01."""
