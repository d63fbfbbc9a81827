"""What a learner typed, as numbers, with how it was understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from quizdl.grading.numeric.frame import bare, is_label
from quizdl.grading.numeric.parser import Expression
from quizdl.grading.numeric.tokens import plain, tokens
from quizdl.packs.formula import tree as t
from quizdl.packs.formula.arrays import Budget, flat, is_number, shape
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.printer import show
from quizdl.packs.tolerances import magnitude, significant

MAX_LENGTH: Final = 1_000
MAX_ENTRIES: Final = 400
_BUDGET: Final = 2_000

Numbers: TypeAlias = "float | tuple[Numbers, ...]"

_LITERAL = re.compile(
    r"\s*[+-]?\s*(\d+(?:\.(\d*))?|\.(\d+))(?:\s*(?:e|\*\s*10\s*\^)\s*\(?([+-]?\d+)\)?)?\s*(%?)\s*", re.I
)
_PIECE = re.compile(r"[+-]?(?:sqrt|√)?[\d.½⅓⅔¼¾]+(?:e[+-]?\d+)?(?:/\d+)?%?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?%?")
_SPACED = re.compile(r"[+-]?[1-9]\d{0,2}(?: \d{3})+(?:\.\d*)?%?")
_EUROPEAN = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+,\d+%?")
_COMMA = re.compile(r"[+-]?\d+,\d+%?")
_MIXED = re.compile(r"[+-]?\d+ +\d+/\d+")
_TIMES = re.compile(r"(?<=[\d)])(\s*)x(\s*)(?=[\d(])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of an answer.

    Attributes:
        value: a finite number; of `50%` it is 0.5.
        place: the power of ten of the last digit typed, or None for what was computed.
        digits: how many significant digits were typed; 0 for what was computed.
        percent: whether it was given in percent.
    """

    value: float
    place: int | None = None
    digits: int = 0
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that was understood.

    Attributes:
        value: a number, or a vector or matrix as nested tuples.
        shape: () for a number, (3,) for a vector, (2, 3) for a matrix.
        entries: its numbers, row by row.
        echo: how it was understood, in plain characters: `1/(1 + e^-2) = 0.880797`.
        notes: codes of what a learner may want to know about the reading: `thousands`, `decimal-comma`,
            `mixed`, `natural-log`, `unit`, `approximate`.
    """

    value: Numbers
    shape: tuple[int, ...]
    entries: tuple[Entry, ...]
    echo: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer that was not understood.

    Attributes:
        code: a feedback code, `numeric.unread` and the like.
        position: the index in the text of what was not understood.
        params: what the sentence of the code needs.
    """

    code: str
    position: int = 0
    params: Mapping[str, int | float | str] = field(default_factory=dict)


class _RefusedError(Exception):
    def __init__(self, code: str, position: int, **params: int | float | str) -> None:
        super().__init__(code)
        self.code, self.position, self.params = code, position, params


def read(text: str, wanted: tuple[int, ...] | None = None) -> Reading | Unreadable:
    """Read a number, vector or matrix.

    Args:
        text: anything; what is longer than 1,000 characters is not read.
        wanted: the shape of the right answer, which decides what could be read in two ways: `0,5` is 0.5
            where a number is wanted and (0, 5) where a vector is.

    Returns:
        What was understood, or what was not and where. Never raises.

    Example:
        >>> read("약 2/3").echo
        '2/3 = 0.666667'
        >>> read("0.1 0.9").value, read("1 2; 3 4").value
        ((0.1, 0.9), ((1.0, 2.0), (3.0, 4.0)))
        >>> read("0.5 or 0.6").position
        4
    """
    if len(text) > MAX_LENGTH:
        return Unreadable("numeric.too-long", MAX_LENGTH, {"most": MAX_LENGTH})
    written, places = plain(text)
    if not written.strip():
        return Unreadable("numeric.empty")
    try:
        return _Reader(wanted).whole(written)
    except _RefusedError as refused:
        place = places[min(refused.position, len(places) - 1)]
        return Unreadable(refused.code, place, {**refused.params, "position": place})


class _Reader:
    def __init__(self, wanted: tuple[int, ...] | None) -> None:
        self.wanted = wanted
        self.notes: list[str] = []
        self.budget = Budget(_BUDGET)
        self.entries: list[Entry] = []

    def whole(self, written: str) -> Reading:
        framed = bare(written)
        self.notes += framed.notes
        text = _TIMES.sub(lambda found: f"{found[1]}*{found[2]}", framed.text)
        text = text.rstrip()
        if not text.strip():
            raise _RefusedError("numeric.empty", 0)
        value, echo = self.sides(text, 0)
        lengths = _shape(value)
        return Reading(value, lengths, tuple(self.entries), echo, tuple(dict.fromkeys(self.notes)))

    def sides(self, text: str, at: int) -> tuple[Numbers, str]:
        """What stands after the last equals sign, if what stands before agrees or is a name."""
        listed = _split(text, ",;", at)
        if len(listed) > 1 and all(len(_split(part, "=≈", place)) == 2 for part, place in listed):
            return self.array(text, at, outer=True)
        sides = _split(text, "=≈", at)
        *before, (last, place) = [side for side in sides if side[0].strip()] or sides
        value, echo = self.array(last, place, outer=True)
        kept = list(self.entries)
        for side, where in before:
            self.entries = []
            try:
                other, _ = self.array(side, where, outer=True)
            except _RefusedError:
                if not is_label(side):
                    raise
                continue
            if _shape(other) != _shape(value) or not all(
                abs(one.value - two.value) <= 0.02 * max(abs(one.value), abs(two.value)) + 1e-9
                for one, two in zip(self.entries, kept, strict=True)
            ):
                raise _RefusedError("numeric.sides-differ", where, left=side.strip(), right=last.strip())
        self.entries = kept
        return value, echo

    def array(self, text: str, at: int, *, outer: bool = False, depth: int = 0) -> tuple[Numbers, str]:
        """A number, or the numbers between separators."""
        if depth > 3:
            raise _RefusedError("numeric.unread", at)
        inner, start, listed = _unwrapped(text, at)
        parts = self.parts(inner, start, outer=outer and not listed, within=listed)
        if parts is None:
            if listed and (text.strip().startswith("[") or _nested(inner)):
                value, echo = self.array(inner, start, depth=depth + 1)
                return (value,), f"[{echo}]"
            return self.scalar(text, at)
        if len(parts) > MAX_ENTRIES:
            raise _RefusedError("numeric.unread", at)
        found = [self.labelled(part, place, depth + 1) for part, place in parts]
        return tuple(value for value, _ in found), f"[{', '.join(echo for _, echo in found)}]"

    def labelled(self, text: str, at: int, depth: int) -> tuple[Numbers, str]:
        """An entry, perhaps with the name of what it is: `x = 1, y = 2`."""
        sides = _split(text, "=≈", at)
        if len(sides) == 2 and is_label(sides[0][0]):
            text, at = sides[1]
        return self.array(text, at, depth=depth)

    def parts(self, text: str, at: int, *, outer: bool, within: bool) -> list[tuple[str, int]] | None:
        """The entries of a text; None where it is a single one."""
        rows = [row for row in _split(text, ";\n", at) if row[0].strip()]
        if len(rows) > 1:
            return rows
        if "," in text and not (outer and self.one_number(text)):
            parts = _split(text, ",", at)
            if parts and not parts[-1][0].strip():
                parts.pop()
            if len(parts) > 1 or within:
                return parts
        return self.spaced(text, at, within=within)

    def one_number(self, text: str) -> bool:
        """Whether commas of a text stand within one number: `1,234.5`, `0,5`."""
        found = text.strip()
        vector = self.wanted is not None and len(self.wanted) > 0
        if vector and found.count(",") + 1 == self.wanted[-1]:  # type: ignore[index]
            return False
        return bool(
            _THOUSANDS.fullmatch(found)
            or _EUROPEAN.fullmatch(found)
            or (_COMMA.fullmatch(found) and not vector)
        )

    def spaced(self, text: str, at: int, *, within: bool) -> list[tuple[str, int]] | None:
        """The entries of a text that has only spaces between them."""
        pieces = _split(text.strip(), " \t", at + len(text) - len(text.lstrip()))
        pieces = [piece for piece in pieces if piece[0]]
        if len(pieces) < 2:
            return None
        grouped = all(piece[:1] in "([" for piece, _ in pieces)
        if not grouped and not all(
            _PIECE.fullmatch(piece) or (within and piece[:1] in "([") for piece, _ in pieces
        ):
            return None
        if self.wanted == () and not within:
            joined = " ".join(piece for piece, _ in pieces)
            signed = any(piece[0] in "+-" for piece, _ in pieces[1:])
            if signed or _SPACED.fullmatch(joined) or _MIXED.fullmatch(joined):
                return None
        return pieces

    def scalar(self, text: str, at: int) -> tuple[Numbers, str]:
        """One expression, which may still be an array, as `softmax(1, 2)` is."""
        stripped = text.strip()
        start = at + len(text) - len(text.lstrip())
        source = self.commas(stripped)
        try:
            tree = Expression(tokens(source, start)).whole()
            value = evaluate(tree, budget=self.budget)
            lengths = shape(value)
        except FormulaError as error:
            raise _refused(error, source, start) from None
        unsigned = tree.operand if isinstance(tree, t.Unary) and tree.operator in "+-" else tree
        percent = isinstance(unsigned, t.Unary) and unsigned.operator == "%"
        if "log" in source.casefold() and "ln(" in show(tree):
            self.notes.append("natural-log")
        if lengths == ():
            assert is_number(value)
            self.entries.append(_entry(source, float(value), percent))
            return float(value), _echo(source, tree, float(value))
        numbers = [float(entry) for entry in flat(value) if is_number(entry)]
        self.entries += [Entry(number) for number in numbers]
        shown = f"[{', '.join(significant(number, 6, trim=True) for number in numbers)}]"
        return _floats(value), f"{show(tree)} = {shown}"

    def commas(self, text: str) -> str:
        """A number without the commas or spaces that group or part its digits."""
        for pattern, note in ((_THOUSANDS, "thousands"), (_SPACED, "thousands")):
            if pattern.fullmatch(text):
                self.notes.append(note)
                return text.replace(",", "").replace(" ", "")
        if _EUROPEAN.fullmatch(text):
            self.notes.append("decimal-comma")
            return text.replace(".", "").replace(",", ".")
        if _COMMA.fullmatch(text):
            self.notes.append("decimal-comma")
            return text.replace(",", ".")
        if _MIXED.fullmatch(text):
            self.notes.append("mixed")
            sign, whole = ("-", text[1:]) if text[0] == "-" else ("", text.lstrip("+"))
            first, _, rest = whole.partition(" ")
            return f"{sign}({first} + {rest.strip()})"
        return text


def _echo(source: str, tree: t.Tree, value: float) -> str:
    if _LITERAL.fullmatch(source) and "%" not in source and "^" not in source:
        return significant(value, 12, trim=True)
    # As people write it: the signs that were only spelled out for the parser go back.
    written = show(tree).replace("sqrt(", "√(").replace("sigmoid(", "σ(").replace("pi", "π")
    shown = significant(value, 6, trim=True)
    return shown if written == shown else f"{written} = {shown}"


def _entry(source: str, value: float, percent: bool) -> Entry:
    found = _LITERAL.fullmatch(source)
    if not found:
        return Entry(value, percent=percent)
    mantissa, decimals, bare_decimals, exponent, _ = found.groups()
    place = int(exponent or 0) - len(decimals or bare_decimals or "") - 2 * percent
    if "." not in mantissa:  # the zeros at the end of 4000 may be there only to say how large it is
        place += len(mantissa) - len(mantissa.rstrip("0")) if mantissa.strip("0") else 0
    digits = magnitude(value) - place + 1 if value else 1
    return Entry(value, place, max(digits, 1), percent)


def _refused(error: FormulaError, source: str, start: int) -> _RefusedError:
    position = error.position
    if error.kind == "name":
        return _RefusedError("numeric.unknown-name", position, name=error.message, near=error.hint)
    if error.kind == "domain":
        return _RefusedError("numeric.undefined", position)
    if error.kind == "overflow":
        return _RefusedError("numeric.overflow", position)
    if error.kind == "size":
        return _RefusedError("numeric.too-long", position, most=MAX_LENGTH)
    found = source[max(0, position - start) :].split(maxsplit=1)
    return _RefusedError("numeric.unread", position, found=(found[0] if found else "")[:20])


def _split(text: str, separators: str, at: int) -> list[tuple[str, int]]:
    """The parts of a text between separators outside all brackets, with their places."""
    parts, depth, begin = [], 0, 0
    for place, character in enumerate(text):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and character in separators:
            parts.append((text[begin:place], at + begin))
            begin = place + 1
    return [*parts, (text[begin:], at + begin)]


def _unwrapped(text: str, at: int) -> tuple[str, int, bool]:
    """A text without the brackets around it, if one pair holds it all."""
    stripped = text.strip()
    start = at + len(text) - len(text.lstrip())
    if len(stripped) < 2 or stripped[0] not in "([" or stripped[-1] not in ")]":
        return text, at, False
    depth = 0
    for place, character in enumerate(stripped):
        depth += (character in "([") - (character in ")]")
        if depth == 0 and place < len(stripped) - 1:
            return text, at, False
    return stripped[1:-1], start + 1, True


def _nested(inner: str) -> bool:
    return inner.strip()[:1] == "[" and inner.strip()[-1:] == "]"


def _shape(value: Numbers) -> tuple[int, ...]:
    try:
        return shape(value)
    except FormulaError:
        raise _RefusedError("numeric.ragged", 0) from None


def _floats(value: object) -> Numbers:
    if isinstance(value, tuple):
        return tuple(map(_floats, value))
    assert is_number(value)
    return float(value)
