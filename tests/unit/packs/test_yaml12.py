"""YAML 1.2 core schema: what plain scalars mean, and errors that say where and what to do."""

from __future__ import annotations

import math

import pytest

from quizdl.packs.positions import place_of
from quizdl.packs.yaml12 import Document, load


def read(text: str) -> Document:
    document, problems = load(text.encode(), "a.yaml")
    assert document is not None, problems
    return document


def error(text: str | bytes) -> str:
    document, problems = load(text if isinstance(text, bytes) else text.encode(), "a.yaml")
    assert document is None
    assert problems
    return "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("Off", "Off"), ("y", "y"),
        ("true", True), ("False", False), ("tRUE", "tRUE"),
        ("~", None), ("null", None), ("", None), ("nULL", "nULL"), ("''", ""),
        ("12", 12), ("-3", -3), ("+3", 3), ("012", 12), ("0o17", 15), ("0x1F", 31),
        ("0b1", "0b1"), ("1_000", "1_000"), ("1:30", "1:30"), ("2020-01-01", "2020-01-01"),
        ("1e-6", 1e-6), (".5", 0.5), ("1.", 1.0), ("-1.5E+3", -1500.0),
        (".", "."), ("e5", "e5"), (".inf", math.inf), ("-.INF", -math.inf), ("1.2.3", "1.2.3"),
        ("'5'", "5"), ('"true"', "true"), ("!!str 5", "5"), ("!!int '5'", 5), ("! 5", "5"),
        ("!!float 2", 2.0),
    ],
)  # fmt: skip
def test_scalars_mean_what_yaml_1_2_says(written: str, meant: object) -> None:
    value = read(f"a: {written}").root["a"]
    assert value == meant
    assert type(value) is type(meant)


def test_nan_is_a_number() -> None:
    assert math.isnan(read("a: .nan").root["a"])


def test_text_is_brought_to_nfc() -> None:
    decomposed = "\u1112\u1161\u11ab\u1100\u1173\u11af"  # 한글 in jamo, as some systems type it
    assert read(f"{decomposed}: {decomposed}").root == {"한글": "한글"}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert load(b"\xef\xbb\xbfa: b", "a.yaml")[0].root == {"a": "b"}  # type: ignore[union-attr]


def test_aliases_share_a_value() -> None:
    assert read("a: &x [1, 2]\nb: *x").root == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: 1\nb: 2\na: 3", "3:1", "received 'a' again\n    hint: it stands already at 1:1"),
        ("a:\n  - {x: 1, x: 2}", "2:12", "'x' again"),
        ("<<: {a: 1}", "1:1", "merge key"),
        ("1: x", "1:1", "received the number 1\n    hint: quote it: '1'"),
        ("? [a]\n: b", "1:3", "must be text, received a list of 1"),
        ("a: !!python/object:os.system x", "1:4", "!!python/object:os.system"),
        ("a: !color red", "1:4", "received !color"),
        ("a: !!map [1]", "1:4", "received !!map"),
        ("a: !!int x", "1:4", "tagged !!int"),
        ("a: b\n---\nc: d", "2:1", "one YAML document"),
        ("a: *gone", "1:4", "received *gone"),
        ("a: &x [*x]", "1:8", "must not contain itself"),
        ("a: 9223372036854775808", "1:4", "64 bits"),
        ("a: what: that", "1:8", "': ' unquoted\n    hint: put the value in single quotes"),
        ("a:\n\t- b", "2:1", "received a tab"),
        ('a: "\\alpha"', "1:4", "received the escape \\a\n    hint: in double quotes"),
        ('a: "\\frac"', "1:4", "single quotes or after |"),
        ('a: "\\theta"', "1:4", "a tab, received the escape \\t"),
        ('a: "\\nabla f"', "1:4", "a line break before 'abla'"),
        ('a: "\\sigma"', "1:5", "must start a YAML escape, received '\\\\s'"),
        ("a: `code`", "1:4", "must not start with '`'"),
        ("a: 'it's'", "1:8", "write '' for an apostrophe"),
        ("a: 'x", "1:4", "received the end of the file"),
        ("a: [1, 2", "1:9", "the bracket opens at line 1"),
        ("a: {b: 1", "1:9", "'}' must follow"),
        ("- a\n- b\nc: d", "3:1", "indent all entries"),
        ("a: |\n  x\ny", "3:1", "without a colon"),
        ("a:\n  - id: x\n   kind: y", "3:4", "indent all entries of a list alike"),
        ("a: x\n  b: y", "2:4", "indented like the key"),
        (b"a: \xff", "1:4", "received the byte 0xff"),
        ("한글: \x07".encode(), "1:5", "U+0007"),
        (b"\xff\xfea\x00", "1:1", "received UTF-16"),
        ('a: "\\e[31m"', "1:4", "U+001B"),
        ("a: x\u202ey", "1:4", "U+202E"),
    ],
)  # fmt: skip
def test_errors_say_where_and_what_to_do(text: str | bytes, place: str, said: str) -> None:
    message = error(text)
    assert message.startswith(f"a.yaml:{place}: error: ")
    assert said in message


def test_all_errors_of_a_readable_file_are_told_at_once() -> None:
    _, problems = load(b"a: !x 1\na: 2\n3: 4\nb: *c", "a.yaml")
    assert [(problem.where.line, problem.code) for problem in problems] == [
        (1, "tag"), (2, "duplicate-key"), (3, "key"), (4, "alias"),
    ]  # fmt: skip


def test_double_quotes_keep_a_real_line_break_and_words_in_n() -> None:
    assert read('a: "one\\nnormal"').root == {"a": "one\nnormal"}


def test_places_of_keys_and_values() -> None:
    root = read("a:\n  - b: 한글\n    c: [1, {d: 2}]\n").root
    assert place_of(root, ["a", 0, "c", 1, "d"]) == (3, 16)
    assert place_of(root, ["a", 0, "c"], key=True) == (3, 5)
    assert place_of(root, ["a", 0, "nothing"]) == (2, 5)
