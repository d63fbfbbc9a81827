"""What is wrong with a YAML text, in words that help: libyaml's errors explained, characters refused."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import yaml

from quizdl.errors import Problem, Where

# What YAML allows in a file (section 5.1 of the specification), but for the marks that only some programs
# take for line breaks: the place of an error would be another line for libyaml than for an editor.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# What a terminal could take for a command, and marks that turn the direction of the text that follows.
_REFUSED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_ESCAPED_LATEX = re.compile(r"\n(abla|eq|eg|ot|otin|u|ewline|ormalsize)(?![a-z])")
_ESCAPES = {"\a": "a", "\b": "b", "\t": "t", "\v": "v", "\f": "f", "\r": "r", "\x1b": "e", "\x00": "0",
            "\x85": "N", "\u2028": "L", "\u2029": "P"}  # fmt: skip
_LATEX_HINT = "in double quotes a backslash starts an escape: write LaTeX in single quotes or after |"


def received(value: object) -> str:
    """A value in the words of an error message.

    Example:
        >>> received(True), received(3), received(["a", "b"]), received(None)
        ('true', 'the number 3', 'a list of 2', 'nothing')
    """
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {shortened(value)}"
        case list() | tuple():
            return f"a list of {len(value)}" if value else "an empty list"
        case dict():
            return f"a mapping with {shortened(', '.join(map(str, value)))}" if value else "an empty mapping"
    return f"a {type(value).__name__}"


def shortened(text: str, limit: int = 60) -> str:
    """A text in quotes, on one line and not too long."""
    return repr(text if len(text) <= limit else text[: limit - 1] + "…")


def decode(raw: bytes, file: str) -> tuple[str, Problem | None]:
    """The text of a file, without a byte-order mark, or what is wrong with its bytes."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        problem = Problem(
            Where(file, 1, 1), "a file must be UTF-8, received UTF-16", "save it as UTF-8", code="utf-8"
        )
        return "", problem
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        place = place_of(raw[: error.start].decode("utf-8"), error.start)
        message = f"a file must be UTF-8, received the byte 0x{raw[error.start]:02x}"
        return "", Problem(Where(file, *place), message, "save it as UTF-8", code="utf-8")
    if found := _UNPRINTABLE.search(text):
        message = f"a file must hold printable text, received the character U+{ord(found[0]):04X}"
        return "", Problem(
            Where(file, *place_of(text, found.start())), message, "remove it", code="character"
        )
    return text, None


def place_of(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character; line breaks are those of YAML."""
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def clean(text: str, *, quoted: bool) -> tuple[str, tuple[str, str] | None]:
    """A scalar in NFC, and why it must be refused: a message and a hint.

    Args:
        text: the value of the scalar.
        quoted: whether it stands in double quotes, where `\\t` and its like are escapes.
    """
    text = unicodedata.normalize("NFC", text)
    if found := _REFUSED.search(text):
        char = found[0]
        escape = _ESCAPES.get(char)
        name = "a tab" if char == "\t" else f"the control character U+{ord(char):04X}"
        if quoted and escape:
            return text, (f"text must not hold {name}, received the escape \\{escape}", _LATEX_HINT)
        hint = "use spaces" if char == "\t" else "remove it"
        return text, (f"text must not hold control characters, received {name}", hint)
    if quoted and (found := _ESCAPED_LATEX.search(text)):
        return text, (
            f"LaTeX must keep its backslashes, received a line break before {found[1]!r}",
            _LATEX_HINT,
        )
    return text, None


def explain(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """A syntax error of libyaml: where, what was expected, and what to do."""
    problem = str(
        getattr(error, "problem", None) or getattr(error, "reason", None) or "the YAML is malformed"
    )
    context = str(getattr(error, "context", None) or "")
    mark = getattr(error, "problem_mark", None)
    opened = getattr(error, "context_mark", None)
    lines = text.splitlines() or [""]
    if opened is not None and ("unexpected end of stream" in problem or "expected ':'" in problem):
        mark = opened  # the start of what never ended, not the place where the search was given up
    line = min(mark.line, len(lines) - 1) if mark is not None else 0
    column = mark.column if mark is not None and mark.line < len(lines) else len(lines[line])
    message, hint = _words(problem, context, lines, line, column, opened)
    code = "depth" if "nesting depth" in problem else "syntax"
    return Problem(Where(file, line + 1, column + 1), message, hint, code=code)


def _words(
    problem: str, context: str, lines: list[str], line: int, column: int, opened: Any
) -> tuple[str, str]:
    here = lines[line]
    char = here[column : column + 1]
    start = f"line {opened.line + 1}" if opened is not None else "above"
    if "mapping values are not allowed" in problem:
        if re.match(r"\s*(- )?[\w.\"'-]+:\s", here) and here[:column].count(": ") >= 1:
            return (
                "a value must not contain ': ' unquoted",
                "put the value in single quotes, or after | on its own lines",
            )
        return "a line must be indented like the key it belongs to, received a key below a value", (
            "indent it like its siblings; a value that contains ': ' must be quoted"
        )
    if "cannot start any token" in problem:
        if char == "\t":
            return "lines must be indented with spaces, received a tab", "replace the tab by spaces"
        return f"a value must not start with {char!r}", "put the value in single quotes"
    if "escape" in problem:
        pair = here[column : column + 2]
        return f"a backslash in double quotes must start a YAML escape, received {pair!r}", _LATEX_HINT
    if "unexpected end of stream" in problem:
        return f"a quoted text must end with {char or 'its quote'}, received the end of the file", (
            "close the quote that is opened here"
        )
    if "could not find expected ':'" in problem:
        return "a line of a mapping must be 'key: value', received text without a colon", (
            "a text of several lines must be indented below its key, or start with |"
        )
    if "expected ',' or" in problem:
        closing = problem[-3:].strip("'") or "}"
        return f"a comma or {closing!r} must follow, received {_shown(char)}; the bracket opens at {start}", (
            "close the bracket, or quote texts that contain , : [ ] { } or quotes"
        )
    if "did not find expected key" in problem:
        return f"a key must follow, received {_shown(char)} in the mapping that starts at {start}", (
            "inside single quotes write '' for an apostrophe; indent all keys of a mapping alike"
        )
    if "did not find expected '-'" in problem:
        return f"an entry '- ' must follow, received {_shown(char)} in the list that starts at {start}", (
            "indent all entries of a list alike, and their keys two further"
        )
    if "nesting depth" in problem:
        return "values must be nested at most 32 deep, received more", ""
    return f"the YAML must be readable; received an error {context}: {problem}".replace(" :", ":"), (
        "quote values that start with or contain special characters"
    )


def _shown(char: str) -> str:
    return repr(char) if char else "the end of the line"
