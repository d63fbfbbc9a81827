"""Gaps in texts."""

from __future__ import annotations

import pytest

from quizdl.packs import cloze


def test_other_groups_are_filled_in_and_hints_shown() -> None:
    text = "{{c1::Adam}} keeps {{c2::two::how many}} {{c2::moments}}"
    assert cloze.prompt(text, 1) == "**[…]** keeps two moments"
    assert cloze.prompt(text, 2) == "Adam keeps **[how many …]** **[…]**"
    assert cloze.answer(text, 2) == "two; moments"
    assert cloze.groups(text) == (1, 2)


def test_braces_of_latex_do_not_end_a_gap() -> None:
    text = r"softmax is {{c1::$\frac{e^{z_i}}{\sum_k e^{z_k}}$}}."
    assert cloze.answer(text, 1) == r"$\frac{e^{z_i}}{\sum_k e^{z_k}}$"
    assert cloze.prompt(text, 1) == "softmax is **[…]**."


def test_a_gap_inside_a_formula_stays_mathematics() -> None:
    text = r"$s_i = {{c1::\frac{a}{b}::a fraction}}$ and {{c2::text}}"
    assert cloze.prompt(text, 1) == r"$s_i = [\text{a fraction}]$ and text"
    assert cloze.answer(text, 1) == r"$\frac{a}{b}$"
    assert cloze.prompt(text, 2).endswith("**[…]**")


def test_a_display_formula_counts_once_and_an_escaped_dollar_not_at_all() -> None:
    assert cloze.prompt(r"$$x = {{c1::2}}$$", 1) == r"$$x = [\ldots]$$"
    assert cloze.prompt(r"\$5 for {{c1::it}}", 1) == r"\$5 for **[…]**"


def test_escaped_braces_are_text() -> None:
    assert cloze.answer(r"{{c1::$\{1, 2\}$}}", 1) == r"$\{1, 2\}$"


def test_a_colon_pair_within_braces_is_no_hint() -> None:
    assert cloze.parse("{{c1::$x_{a::b}$}}") == (cloze.Gap(1, "$x_{a::b}$"),)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a {{c1::open", 2),
        ("{{c1::a {{c2::b}} }}", 8),
        ("{{c1::}}", 0),
        ("{{c1:: ::hint}}", 0),
        ("{{c0::a}}", 0),
        ("{{c1:a}}", 0),
        ("x {{C1::a}}", 2),
        ("{{ c1::a}}", 0),
        ("{{c1::a} }", 0),
    ],
)
def test_what_is_no_gap_is_an_error_at_its_place(text: str, offset: int) -> None:
    with pytest.raises(cloze.ClozeError) as caught:
        cloze.parse(text)
    assert caught.value.offset == offset


def test_double_braces_of_other_kinds_are_plain() -> None:
    assert cloze.parse("f-string {{x}} and $\\frac{{a}}{b}$") == ("f-string {{x}} and $\\frac{{a}}{b}$",)
