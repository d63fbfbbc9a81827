"""What a field of a pack must be, said once beside the field: its documentation and its limits.

The dataclasses of `items` carry these marks in `Annotated[...]`. They are plain objects that import nothing,
so that a study session with a warm cache never pays for pydantic; `schema` hands the same dataclasses to
pydantic, which calls the methods below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

IDENTIFIER = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
"""Lower-case words joined by single dots or hyphens: `softmax.sum-one`."""
ONE_LINE = r"^[^\n]*\S[^\n]*$"
"""Some text, on one line."""
NOT_BLANK = r"\S"
"""Anything but spaces."""
FUNCTION = r"^[a-z_][a-z0-9_]*$"
"""The name of a function of the engine, or of one of its parameters."""

_SCALARS = frozenset({"int", "float", "bool", "str"})


class Spec:
    """The documentation of a field and the limits that its value must keep.

    Scalars are taken strictly: YAML 1.2 already says what is a number and what is text, so `"3"` is not 3 and
    `yes` is not true.

    Args:
        doc: one sentence for pack authors; editors show it through the JSON Schema.
        limits: constraints of pydantic's core schema (`ge`, `le`, `pattern`, `max_length`, ...).

    Example:
        >>> Spec("How hard, from 1 to 5.", ge=1, le=5)
        Spec('How hard, from 1 to 5.', ge=1, le=5)
    """

    __slots__ = ("doc", "limits")

    def __init__(self, doc: str = "", **limits: int | float | str) -> None:
        self.doc = doc
        self.limits = limits

    def __repr__(self) -> str:
        return f"Spec({', '.join([repr(self.doc), *(f'{k}={v!r}' for k, v in self.limits.items())])})"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = limited = cast("dict[str, Any]", handler(source)).copy()
        # A mark such as `OneOrMany` wraps what it converts to; the limits are for that.
        while limited["type"].startswith("function-"):
            limited["schema"] = limited = limited["schema"].copy()
        if limited["type"] in _SCALARS:
            limited["strict"] = True
        limited.update(self.limits)
        return cast("CoreSchema", schema)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        json = handler(schema)
        if not self.doc:
            return json
        # A $ref takes no siblings in older editors, so the reference moves into allOf.
        if "$ref" in json:
            json = {"allOf": [json]}
        return {**json, "description": self.doc}


class OneOrMany:
    """Marks a tuple of text that may also be written as a single text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_one_or_many, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        many = handler(schema)
        return {"anyOf": [many, many["items"]]}


class InBothLanguages:
    """Marks a text that may also be written as a single string for both languages, and must say something."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        text = core_schema.no_info_before_validator_function(_same_in_both, handler(source))
        return core_schema.no_info_after_validator_function(_not_blank, text)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "pattern": r"\S"}, handler(schema)]}


def _one_or_many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _same_in_both(value: object) -> object:
    return {"ko": value, "en": value} if isinstance(value, str) else value


def _not_blank(text: Any) -> Any:
    from pydantic_core import PydanticCustomError

    if not (text.ko.strip() or text.en.strip()):
        raise PydanticCustomError("blank", "must say something")
    return text
