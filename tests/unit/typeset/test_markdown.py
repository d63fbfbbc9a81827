from __future__ import annotations

import subprocess
import sys
from textwrap import dedent

import pytest

from quizdl.typeset.cells import cell_width
from quizdl.typeset.inlines import parse
from quizdl.typeset.markdown import render, text_of


def text(source: str, width: int = 40, *, flat: bool = False) -> str:
    return text_of(render(source, width, flat=flat))


def picture(drawn: str) -> str:
    return dedent(drawn).strip("\n").rstrip()


def styled(source: str) -> list[tuple[str, str]]:
    return [(item.text, "+".join(sorted(item.styles))) for item in parse(source)]


@pytest.mark.parametrize(
    ("source", "pieces"),
    [
        ("**과적합(overfitting)**은", [("과적합(overfitting)", "bold"), ("은", "")]),
        ("*기울기*가", [("기울기", "italic"), ("가", "")]),
        ("**굵고 *기운* 글**", [("굵고 ", "bold"), ("기운", "bold+italic"), (" 글", "bold")]),
        ("***둘 다***", [("둘 다", "bold+italic")]),
        ("`a*b*c` 와", [("a*b*c", "code"), (" 와", "")]),
        ("``a`b``", [("a`b", "code")]),
        ("learning_rate_decay", [("learning_rate_decay", "")]),
        ("_강조_를", [("강조", "italic"), ("를", "")]),
        ("2 * 3 * 4", [("2 * 3 * 4", "")]),
        ("**닫히지 않음", [("**닫히지 않음", "")]),
        ("[문서](https://a.b/c_(d)) 끝", [("문서", "link"), (" 끝", "")]),
        ("a [b] c", [("a [b] c", "")]),
        (r"\*별표\* \$5", [("*별표* $5", "")]),
        ("가격 $5, $6", [("가격 $5, $6", "")]),
        ("~~옛말~~", [("옛말", "strike")]),
        ("&lt;b&gt; &nosuch;", [("<b> &nosuch;", "")]),
        ("`닫히지 않음", [("`닫히지 않음", "")]),
    ],
)
def test_inside_a_paragraph(source: str, pieces: list[tuple[str, str]]) -> None:
    assert styled(source) == pieces


def test_dollars_are_formulas_only_where_they_can_be() -> None:
    kinds = [(item.kind, item.text) for item in parse(r"$x$ 는 $$y$$ 이고 \$1, $ z $, $\text{한 $n$ 개}$")]
    assert kinds == [
        ("math", "x"),
        ("text", " 는 "),
        ("display", "y"),
        ("text", " 이고 $1, $ z $, "),
        ("math", r"\text{한 $n$ 개}"),
    ]


def test_a_formula_sits_on_the_baseline_of_its_line() -> None:
    assert text(r"기울기는 $\frac{1}{n}x$ 이다.") == picture(
        """
                 1
        기울기는 ─ x 이다.
                 n
        """
    )


def test_a_particle_stays_with_its_formula() -> None:
    assert text("가나다라마 $x_i$는", 14) == "가나다라마\nxᵢ는"


def test_a_display_formula_is_centred_between_its_sentences() -> None:
    assert text(r"먼저 $$\frac{a}{b} = c$$ 그리고", 20) == picture(
        """
        먼저

               a
               ─ = c
               b

        그리고
        """
    )


def test_tall_lines_keep_apart() -> None:
    rows = text(r"aaaa $\frac{1}{n}x$ bbbb cccc $\frac{1}{m}y$", 16).split("\n")
    assert rows[3] == ""


def test_lists_quotes_and_headings() -> None:
    source = "# 제목\n- 하나\n- 둘\n  1. 안\n  2. 밖\n\n> 인용한 말이 길다\n\n---"
    assert text(source, 12) == picture(
        """
        제목

        • 하나
        • 둘
          1. 안
          2. 밖

        │ 인용한
        │ 말이 길다

        ────────────
        """
    )


def test_numbers_keep_their_start_and_line_up() -> None:
    assert text("9. 아홉\n10. 열") == " 9. 아홉\n10. 열"


def test_a_table_keeps_bars_in_formulas_and_code() -> None:
    source = "| 이름 | 식 |\n|:--|--:|\n| 조건부 | $p(y|x)$ |\n| 또는 | `a|b` |"
    assert text(source) == picture(
        """
        이름   │     식
        ───────┼───────
        조건부 │ p(y|x)
        또는   │    a|b
        """
    )


def test_a_table_too_wide_wraps_its_cells_and_then_becomes_records() -> None:
    source = "|a|b|\n|-|-|\n|아주 긴 설명이 여기 들어간다|짧다|"
    rows = text(source, 24).split("\n")
    assert all(cell_width(row) <= 24 for row in rows)
    assert len(rows) > 3
    assert text("|a|b|c|d|\n|-|-|-|-|\n|1|2|3|4|", 12) == "a: 1\nb: 2\nc: 3\nd: 4"


def test_code_keeps_its_spaces() -> None:
    assert text("```python\ndef f(x):\n    return x\n```") == "  def f(x):\n      return x"


def test_line_breaks() -> None:
    assert text("하나  \n둘\\\n셋<br>넷\n다섯") == "하나\n둘\n셋\n넷 다섯"


def test_unreadable_latex_shows_its_source_as_code() -> None:
    (line,) = render(r"식 $\frac{1}$ 끝", 40)
    pieces = [(span.text, span.style) for span in line]
    assert pieces == [("식 ", "plain"), (r"$\frac{1}$", "code"), (" 끝", "plain")]
    assert text(r"$$\nosuch$$") == r"$$\nosuch$$"


def test_wide_formulas_break_instead_of_running_over() -> None:
    source = r"$$L = \frac{1}{n}\sum_{i=1}^n (y_i - \hat{y}_i)^2 + \lambda \sum_j w_j^2 + \mu \sum_j |w_j|$$"
    rows = text(source, 30).split("\n")
    assert max(map(len, rows)) <= 30
    assert "frac" not in "".join(rows)


def test_flat_text_is_for_pipes_and_screen_readers() -> None:
    assert text(r"기울기는 $\frac{1}{n}x$ 이다.", flat=True) == "기울기는 (1/n)x 이다."
    assert text(r"$$\frac{a+b}{c}$$", flat=True) == "  (a + b)/c"


def test_what_could_move_the_cursor_is_dropped() -> None:
    assert text("\x1b[31m빨강\x07\u202e") == "[31m빨강"


def test_nothing_is_nothing() -> None:
    assert render("", 40) == []
    assert render("\n \n", 40) == []


def test_the_first_text_costs_no_markdown_library() -> None:
    code = (
        "import sys\nfrom quizdl.typeset.markdown import render\n"
        r"render('**손실** $\\frac{a}{b}$ `x`', 60)" + "\n"
        "heavy = ('markdown_it', 'rich', 'wcwidth', 'numpy', 'sympy', 'textual')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "source",
    [
        "# a\n\nb\nc\n\n- d\n- e\n\n1. f\n2. g", "- a\n\n  b\n- c", "> a\nb\n\nc", "a\n- b\n- c\n  - d\n\ne",
        "```\nx\n```\na", "a\n===\nb\n---\nc", "***\na",
        "1) a\n2) b\n\n3. c", "- a\n* b", "a\n2. b", "#a\n\n####### b",
    ],
)  # fmt: skip
def test_blocks_are_those_of_commonmark(source: str) -> None:
    """The reference implementation, which Textual brings, decides on the structure."""
    from markdown_it import MarkdownIt

    from quizdl.typeset.blocks import Code, Heading, Items, Paragraph, Quote, Rule, Table
    from quizdl.typeset.blocks import parse as parse_blocks

    def shape(blocks: tuple[object, ...]) -> list[object]:
        out: list[object] = []
        for block in blocks:
            match block:
                case Paragraph(text=inner):
                    out.append(inner)
                case Heading(level=level, text=inner):
                    out.append((f"h{level}", inner))
                case Code(lines=lines):
                    out.append(("code", "".join(line + "\n" for line in lines)))
                case Items(start=start, items=items):
                    out.append(("list", start, [shape(item) for item in items]))
                case Quote(blocks=inner_blocks):
                    out.append(("quote", shape(inner_blocks)))
                case Rule():
                    out.append("---")
                case Table():
                    raise AssertionError("no tables here")
        return out

    def reference() -> list[object]:
        stack: list[list[object]] = [[]]
        heads: list[object] = []
        for token in MarkdownIt("commonmark").parse(source):
            if token.type in ("bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open"):
                start = int(token.attrGet("start") or 1) if token.type == "ordered_list_open" else None
                heads.append(start)
                stack.append([])
            elif token.type in ("bullet_list_close", "ordered_list_close"):
                items, start = stack.pop(), heads.pop()
                stack[-1].append(("list", start, items))
            elif token.type == "list_item_close":
                heads.pop()
                item = stack.pop()
                stack[-1].append(item)
            elif token.type == "blockquote_close":
                heads.pop()
                inner = stack.pop()
                stack[-1].append(("quote", inner))
            elif token.type == "heading_open":
                heads.append(token.tag)
            elif token.type == "inline":
                heading = bool(heads) and isinstance(heads[-1], str)
                stack[-1].append((heads.pop(), token.content) if heading else token.content)
            elif token.type == "fence":
                stack[-1].append(("code", token.content))
            elif token.type == "hr":
                stack[-1].append("---")
        return stack[0]

    assert shape(parse_blocks(source)) == reference()
