"""How answers are read: each that is understood beside one that is not, or that means something else."""

from __future__ import annotations

import math

import pytest

from quizdl.grading.numeric.reading import Numbers, Reading, Unreadable, read

N = ()


def value(text: str, wanted: tuple[int, ...] | None = N) -> Numbers:
    reading = read(text, wanted)
    assert isinstance(reading, Reading), reading
    return reading.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.25", 0.25), (".25", 0.25), ("5.", 5), ("+3", 3), ("- 3", -3), ("−3", -3), ("－３", -3),
        ("–0.5", -0.5), ("1e-3", 1e-3), ("1E5", 1e5), ("3×10^-2", 0.03), ("3 x 10⁻²", 0.03),
        ("3·10**2", 300), ("2*10^{-1}", 0.2), ("2/3", 2 / 3), ("2 ÷ 4", 0.5), ("½", 0.5), ("1½", 1.5),
        ("¾", 0.75), ("1 1/2", 1.5), ("-1 1/2", -1.5), ("3 -2", 1), ("3-2", 1), ("1,234.5", 1234.5),
        ("407,050", 407_050), ("1 234 567", 1_234_567), ("0,5", 0.5), ("1.234,5", 1234.5), ("50%", 0.5),
        ("50 %", 0.5), ("50 percent", 0.5), ("50퍼센트", 0.5), ("5%p", 0.05), ("√2", math.sqrt(2)),
        ("√2/2", math.sqrt(2) / 2), ("2√3", 2 * math.sqrt(3)), ("sqrt(2)", math.sqrt(2)), ("√(1+3)", 2),
        ("ln 2", math.log(2)), ("ln2", math.log(2)), ("log(2)", math.log(2)), ("Log 2", math.log(2)),
        ("log2(8)", 3), ("log_2 8", 3), ("log10(1000)", 3), ("e^-2", math.exp(-2)), ("e⁻²", math.exp(-2)),
        ("e^{-2}", math.exp(-2)), ("exp(-2)", math.exp(-2)), ("1/(1+e^-2)", 1 / (1 + math.exp(-2))),
        ("σ(2)", 1 / (1 + math.exp(-2))), ("sigmoid 2", 1 / (1 + math.exp(-2))),
        ("tanh(0.5)", math.tanh(0.5)), ("2π", 2 * math.pi), ("1/2π", 1 / (2 * math.pi)),
        ("1/2 ln 2", math.log(2) / 2), ("2(3+4)", 14), ("x = 3", 3), ("w_1=3", 3), ("dL/dw = -2", -2),
        ("∂L/∂w = -2", -2), ("σ(z) = 0.5", 0.5), ("= 3", 3), ("2/3 = 0.667", 0.667),
        ("ln 2 ≈ 0.693", 0.693), ("약 0.33", 0.33), ("약0.33", 0.33), ("≈0.33", 0.33),
        ("대략 0.33 정도", 0.33), ("about 0.33", 0.33), ("approximately 1/3", 1 / 3), ("0.33쯤", 0.33),
        ("정답은 0.5입니다.", 0.5), ("답: 0.5", 0.5), ("The answer is 5.", 5), ("0.5예요", 0.5),
        ("0.5 이다", 0.5), ("32개", 32), ("10 epochs", 10), ("3층", 3), ("36°", 36), ("36도", 36),
        ("3번이요", 3), ("12 parameters", 12), ("(3)", 3), ("((1+2))", 3), ("0.1+0.2", 0.1 + 0.2),
        ("답은 e^-2", math.exp(-2)), ("answer: ln 2", math.log(2)), ("약 π", math.pi),
        ("정답 ln2", math.log(2)), ("결과값은 3", 3), ("１，２３４", 1234),
        ("\u200b0.5", 0.5), ("0.5\u00a0", 0.5),
    ],
)  # fmt: skip
def test_numbers(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "numeric.empty", 0),
        (" \u200b ", "numeric.empty", 0),
        ("약", "numeric.unread", 0),
        ("모름", "numeric.unread", 0),
        ("정답은 아마 0.5", "numeric.unread", 4),
        ("답은 0.5 또는 0.6", "numeric.unread", 7),
        ("3!", "numeric.unread", 1),
        ("0.5 아님", "numeric.unread", 4),
        ("0.5가 아니다", "numeric.unread", 3),
        ("not 0.5", "numeric.unknown-name", 0),
        ("x != 3", "numeric.unread", 2),
        ("not x = 3", "numeric.unknown-name", 0),
        ("0.5 or 0.6", "numeric.unknown-name", 4),
        ("0.5 또는 0.6", "numeric.unread", 4),
        ("0.5?", "numeric.unread", 3),
        ("> 0.5", "numeric.unread", 0),
        ("±0.5", "numeric.unread", 0),
        ("1.2.3", "numeric.unread", 3),
        ("2 +", "numeric.unread", 3),
        ("(1 + 2", "numeric.unread", 6),
        ("1 + 2)", "numeric.unread", 5),
        ("2/3 = 0.7", "numeric.sides-differ", 0),
        ("0.5 = 0.6", "numeric.sides-differ", 0),
        ("2x", "numeric.unknown-name", 1),
        ("sigmod(2)", "numeric.unknown-name", 0),
        ("epochs", "numeric.unknown-name", 0),
        ("ln 0", "numeric.undefined", 0),
        ("1/0", "numeric.undefined", 1),
        ("√-1", "numeric.undefined", 0),
        ("9^9^9", "numeric.overflow", 1),
        ("1e999", "numeric.too-long", 0),
        ("∞", "numeric.unread", 0),
        ("nan", "numeric.unknown-name", 0),
        ("[1, 2", "numeric.unread", 5),
        ("1 2; 3", "numeric.ragged", 0),
        ("[[1, 2], [3]]", "numeric.ragged", 0),
        ("1" * 1_001, "numeric.too-long", 1_000),
        ("__import__('os')", "numeric.unread", 0),
        ("1e-3.5", "numeric.unread", 4),
        ("−−2 %%%%x", "numeric.unknown-name", 8),
    ],
)
def test_what_is_no_number_says_where(text: str, code: str, position: int) -> None:
    found = read(text, N)
    assert isinstance(found, Unreadable), found
    assert (found.code, found.position) == (code, position)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0.1, 0.9]", (0.1, 0.9)),
        ("(0.1 0.9)", (0.1, 0.9)),
        ("0.1 0.9", (0.1, 0.9)),
        ("0.1, 0.9", (0.1, 0.9)),
        ("{0.1, 0.9}", (0.1, 0.9)),
        ("［０．１，０．９］", (0.1, 0.9)),
        ("0.1、0.9", (0.1, 0.9)),
        ("[0.1 0.9]", (0.1, 0.9)),
        ("1 -2", (1, -2)),
        ("[1 -2]", (1, -2)),
        ("[1 - 2, 3]", (-1, 3)),
        ("x = 3, y = 4", (3, 4)),
        ("1/3 2/3", (1 / 3, 2 / 3)),
        ("10% 90%", (0.1, 0.9)),
        ("√2 √3", (math.sqrt(2), math.sqrt(3))),
        ("[1,2,]", (1, 2)),
        ("softmax([0, 0])", (0.5, 0.5)),
        ("softmax(0, 0)", (0.5, 0.5)),
        ("v = [1, 2]", (1, 2)),
        ("약 [1, 2]", (1, 2)),
        ("0,5", (0, 5)),
        ("1,234", (1, 234)),
    ],
)
def test_vectors(text: str, expected: tuple[float, ...]) -> None:
    assert value(text, (2,)) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "[[1,2],[3,4]]",
        "1 2; 3 4",
        "[1 2; 3 4]",
        "[[1 2]\n [3 4]]",
        "((1,2),(3,4))",
        "1, 2; 3, 4",
        "[1,2],[3,4]",
        "1 2\n3 4",
    ],
)
def test_matrices(text: str) -> None:
    assert value(text, (2, 2)) == ((1, 2), (3, 4))


def test_the_wanted_shape_decides_what_could_be_two_things() -> None:
    assert value("0,5", N) == 0.5
    assert value("0,5", (2,)) == (0, 5)
    assert value("1,234", (3,)) == 1234, "no vector of three"
    assert value("1 -2", N) == -1
    assert value("1 -2", (2,)) == (1, -2)
    assert value("1, 2", N) == (1, 2)
    assert value("1,2,3", N) == (1, 2, 3)


@pytest.mark.parametrize(
    ("text", "echo", "notes"),
    [
        ("2/3", "2/3 = 0.666667", ()),
        ("0.50", "0.5", ()),
        ("0,5", "0.5", ("decimal-comma",)),
        ("1,234.5", "1234.5", ("thousands",)),
        ("1 1/2", "1 + 1/2 = 1.5", ("mixed",)),
        ("log(2)", "ln(2) = 0.693147", ("natural-log",)),
        ("ln 2", "ln(2) = 0.693147", ()),
        ("log10(100)", "log10(100) = 2", ()),
        ("√2", "√(2) = 1.41421", ()),
        ("1/2π", "1/(2*π) = 0.159155", ()),
        ("50%", "50% = 0.5", ()),
        ("약 3개", "3", ("approximate", "unit")),
        ("(3)", "3", ()),
        ("[1/2, 3]", "[1/2 = 0.5, 3]", ()),
    ],
)
def test_the_echo_says_how_it_was_read(text: str, echo: str, notes: tuple[str, ...]) -> None:
    reading = read(text, N)
    assert isinstance(reading, Reading)
    assert (reading.echo, reading.notes) == (echo, notes)


@pytest.mark.parametrize(
    ("text", "place", "digits"),
    [
        ("0.64", -2, 2), ("0.6400", -4, 4), ("410000", 4, 2), ("4.1e5", 4, 2), ("-64%", -2, 2),
        ("12.5", -1, 3),
        ("0.0321", -4, 3), ("1/3", None, 0), ("0", 0, 1), ("4.1×10^5", 4, 2),
    ],
)  # fmt: skip
def test_digits_as_typed(text: str, place: int | None, digits: int) -> None:
    reading = read(text, N)
    assert isinstance(reading, Reading)
    assert (reading.entries[0].place, reading.entries[0].digits) == (place, digits)
