"""Laws of the typesetter that hold for any text, readable or not."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizdl.typeset import cells, markdown, math
from quizdl.typeset.hangul import compose, decompose, from_keys, to_keys
from quizdl.typeset.latex import LatexError, parse

_FRAGMENTS = [
    *[
        "x",
        "y_i",
        "^2",
        "_{ij}",
        "^{n+1}",
        "{a}",
        "{",
        "}",
        "_{i=1}^n",
        "[3]",
        "{b+c}",
        "&",
        " = ",
        " + ",
        "-",
    ],
    *[
        ",",
        "'",
        "$",
        "%",
        "\n",
        "0.5",
        "한글",
        "|",
        "(",
        ")",
        r"\\",
        r"\|",
        r"\frac",
        r"\sum",
        r"\sqrt",
        r"\hat",
    ],
    *[
        r"\left(",
        r"\right)",
        r"\left\{",
        r"\right.",
        r"\middle|",
        r"\mathbf",
        r"\text{손실 값}",
        r"\le",
        r"\log",
    ],
    *[r"\begin{cases}", r"\end{cases}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\begin{aligned}", r"\over"],
    *[
        r"\end{aligned}",
        r"\operatorname",
        r"\underbrace",
        r"\overset",
        r"\limits",
        r"\binom",
        r"\int",
        r"\boxed",
    ],
    *[
        r"\phantom",
        r"\xrightarrow",
        r"\overline",
        r"\vec",
        r"\substack{a\\b}",
        r"\left\langle",
        r"\right\rangle",
    ],
]
_WORDS = [
    *[
        "과적합",
        "loss",
        " ",
        " ",
        "\n",
        "\n\n",
        "**",
        "*",
        "`",
        "$",
        "$$",
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "\\",
    ],
    *[
        "|---|---|\n",
        "[a](b)",
        "![",
        "](",
        "~~",
        "_",
        "```\n",
        "    ",
        "<br>",
        "&lt;",
        "👩‍👩‍👧",
        "ŷ",
        "~",
        "\t",
    ],
    *["가나다라마바사아자차카타파하", r"$\frac{a}{b}$", "\x1b[31m", "\u202e", "---\n", r"$\sqrt{x+1} = y$"],
    r"$$\sum_i x_i = \frac{1}{1+\frac{x}{y}} + a + b + c + d$$",
]
latex_soup = st.lists(st.sampled_from(_FRAGMENTS), max_size=30).map("".join)
any_latex = st.one_of(st.text(max_size=2000), latex_soup)
any_markdown = st.one_of(st.text(max_size=400), st.lists(st.sampled_from(_WORDS), max_size=40).map("".join))


def formula() -> st.SearchStrategy[str]:
    """Readable LaTeX."""
    leaf = st.sampled_from(
        ["x", "y_i", r"\alpha", "12", r"\text{손실}", r"\hat{y}", r"\mathbf{W}^\top", "e^{z_i}", r"\infty"]
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["+", "-", "=", r"\cdot", r"\le", ","]), inner).map(" ".join),
            st.tuples(inner, inner).map(lambda t: rf"\frac{{{t[0]}}}{{{t[1]}}}"),
            inner.map(lambda x: rf"\sqrt{{{x}}}"),
            inner.map(lambda x: rf"\left({x}\right)^2"),
            st.tuples(inner, inner).map(lambda t: rf"\sum_{{{t[0]}}}^{{{t[1]}}}"),
            st.tuples(inner, inner).map(lambda t: rf"\begin{{cases}}{t[0]} & {t[1]} \\ 0 & 1\end{{cases}}"),
            inner.map(lambda x: rf"\underbrace{{{x}}}_{{n}}"),
            st.tuples(inner, inner).map(lambda t: rf"{{{t[0]}}}^{{{t[1]}}}"),
        ),
        max_leaves=12,
    )


@given(any_latex)
@settings(max_examples=400)
def test_parsing_any_text_gives_a_tree_or_a_latex_error(source: str) -> None:
    error = None
    try:
        parse(source)
    except LatexError as caught:
        error = caught
    assert error is None or (error.message and 0 <= error.position <= len(source) + 1)


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        r"\frac",
        "x^",
        r"\left(",
        r"\text{$",
        r"\hat",
        r"\begin{a}",
        "_{",
        r"{\over",
        "[",
        r"\sqrt[",
        "&",
        "é",
        "x ",
    ],
)
def test_parsing_the_worst_texts_stays_short(unit: str) -> None:
    """No blow-up: 2,000 characters of nesting are refused or read in one pass."""
    source = (unit * 2000)[:2000]
    started = time.process_time()
    with suppress(LatexError):
        math.layout(source)
    # Far above the usual millisecond: this catches quadratic behaviour, not a slow machine.
    assert time.process_time() - started < 1.0


@given(formula(), st.booleans())
@settings(max_examples=300)
def test_all_rows_of_a_box_are_as_wide_as_the_box(latex: str, display: bool) -> None:
    box = math.layout(latex, display=display)
    assert {cells.cell_width(row) for row in box.rows} == {box.width}
    assert 0 <= box.baseline < box.height


@given(latex_soup)
@settings(max_examples=300)
def test_what_parses_can_be_set(latex: str) -> None:
    try:
        parse(latex)
    except LatexError:
        return
    for display in (True, False):
        box = math.layout(latex, display=display)
        assert {cells.cell_width(row) for row in box.rows} == {box.width}
    line = math.inline(latex)
    assert line is None or "\n" not in line


@given(formula(), st.integers(2, 60))
@settings(max_examples=300)
def test_broken_formulas_fit(latex: str, width: int) -> None:
    boxes = math.break_lines(latex, width)
    if boxes is not None:
        assert all(box.width <= width for box in boxes)


@given(any_markdown, st.integers(2, 90), st.booleans())
@settings(max_examples=500)
def test_no_line_is_wider_than_asked(source: str, width: int, flat: bool) -> None:
    for line in markdown.render(source, width, flat=flat):
        assert sum(cells.cell_width(span.text) for span in line) <= width


@given(any_markdown)
@settings(max_examples=200)
def test_no_control_character_reaches_the_terminal(source: str) -> None:
    text = markdown.text_of(markdown.render(source, 60))
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or c == "\u202e" for c in text)


@given(st.text(st.sampled_from("가나다 abc각힣한글word이"), max_size=80), st.integers(2, 30))
def test_wrapping_loses_no_letter(text: str, width: int) -> None:
    lines = cells.wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cells.cell_width(line) <= width for line in lines)


@given(st.text(max_size=60), st.integers(0, 40))
def test_cutting_never_splits_a_cluster(text: str, width: int) -> None:
    head, tail = cells.split_at(text, width)
    assert head + tail == text
    assert cells.cell_width(head) <= width


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=30))
def test_composing_undoes_decomposing(word: str) -> None:
    assert compose(decompose(word)) == word


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=30))
def test_the_keys_of_a_word_type_the_word(word: str) -> None:
    keys = to_keys(word)
    assert keys.isascii()
    assert from_keys(keys) == word
