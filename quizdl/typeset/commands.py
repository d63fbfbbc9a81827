"""The commands of LaTeX that take arguments, and its environments: a function each, looked up by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from unicodedata import category

from quizdl.typeset import symbols
from quizdl.typeset.tree import (
    EMPTY,
    Accent,
    Boxed,
    Fence,
    Fraction,
    Grid,
    Node,
    Phantom,
    Root,
    Row,
    Space,
    Stack,
    Stretch,
    Symbol,
)

if TYPE_CHECKING:
    from quizdl.typeset.latex import Parser

_ARROWS = {
    "xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒", "xLeftarrow": "⇐",
    "xmapsto": "↦", "xlongequal": "=",
}  # fmt: skip
_MATRICES = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""),
}  # fmt: skip
_ALIGNED = frozenset(("aligned", "align", "alignat", "alignedat", "split", "eqnarray", "flalign"))
_CENTRED = frozenset(("gathered", "gather", "multline", "multlined", "equation"))


def fraction(parser: Parser, name: str) -> Node:
    above = parser.argument(f"\\{name}")
    below = parser.argument(f"\\{name}")
    binomial = "binom" in name
    fraction = Fraction(above, below, not binomial)
    return Fence("(", (fraction,), ")") if binomial else fraction


def root(parser: Parser, name: str) -> Node:
    index = parser.optional()
    return Root(parser.argument(r"\sqrt"), index)


def accent(parser: Parser, name: str) -> Node:
    return Accent(symbols.ACCENTS[name], parser.argument(f"\\{name}"))


def stretch(parser: Parser, name: str) -> Node:
    mark, above = symbols.STRETCHED[name]
    return Stretch(mark, above, parser.argument(f"\\{name}"))


def alphabet(parser: Parser, name: str) -> Node:
    before, parser.font = parser.font, symbols.FONTS[name]
    body = parser.argument(f"\\{name}")
    parser.font = before
    return _joined(body) if symbols.FONTS[name] == "rm" else body


def text(parser: Parser, name: str) -> Node:
    """Words in a formula; $…$ inside them is a formula again."""
    raw = parser.raw(f"\\{name}")
    parts = raw.replace(r"\$", "\ue000").split("$")
    items: list[Node] = []
    for index, part in enumerate(parts):
        part = part.replace("\ue000", "$")
        if index % 2:
            items.append(parser.nested(part))
        elif part:
            items.append(Symbol(_plain_text(part), "word"))
    return items[0] if len(items) == 1 else Row(tuple(items))


def operator(parser: Parser, name: str) -> Node:
    star = parser.peek() == "*"
    if star:
        parser.take()
    raw = parser.raw(r"\operatorname")
    text = _plain_text(raw.replace(r"\,", " ").replace(r"\!", "").replace(r"\;", " ")).strip()
    return Symbol(text, "fn", star or text in symbols.LIMIT_FUNCTIONS or text in ("arg max", "arg min"))


def classed(parser: Parser, name: str) -> Node:
    """\\mathop, \\mathbin, …: a class put on what follows."""
    kinds: dict[str, symbols.Class] = {
        "mathop": "bigop", "mathbin": "bin", "mathrel": "rel", "mathopen": "open", "mathclose": "close",
        "mathpunct": "punct", "mathord": "ord", "mathinner": "inner",
    }  # fmt: skip
    body = parser.argument(f"\\{name}")
    if isinstance(body, Symbol):
        return Symbol(
            body.text, "fn" if name == "mathop" and len(body.text) > 1 else kinds[name], name == "mathop"
        )
    return Stack(body, kind=kinds[name])


def stacked(parser: Parser, name: str) -> Node:
    if name == "underset":
        under = parser.argument(r"\underset")
        base = parser.argument(r"\underset")
        return Stack(base, under=under, kind=_class(base))
    over = parser.argument(f"\\{name}")
    base = parser.argument(f"\\{name}")
    return Stack(base, over=over, kind="rel" if name == "stackrel" else _class(base))


def arrow(parser: Parser, name: str) -> Node:
    under = parser.optional()
    over = parser.argument(f"\\{name}")
    return Stack(Symbol(_ARROWS[name], "rel"), over, under, "rel")


def substack(parser: Parser, name: str) -> Node:
    _open_brace(parser, name)
    rows = _rows(parser, frozenset(("}",)))
    parser.take()
    return Grid(rows, "c", 1)


def _open_brace(parser: Parser, name: str) -> None:
    if parser.take() != "{":
        raise parser.fail(f"\\{name} must be followed by {{…}}")


def left(parser: Parser, name: str) -> Node:
    start = parser.at
    left = _delimiter(parser, r"\left")
    parts: list[Node] = []
    middles: list[str] = []
    while True:
        parts.append(parser.items(frozenset((r"\right", r"\middle"))))
        token = parser.take()
        if token == r"\middle":
            middles.append(_delimiter(parser, r"\middle"))
        elif token == r"\right":
            return Fence(left, tuple(parts), _delimiter(parser, r"\right"), tuple(middles))
        else:
            raise parser.fail(r"every \left must have its \right", at=start)


def _delimiter(parser: Parser, owner: str) -> str:
    token = parser.take()
    name = token.removeprefix("\\")
    if token.startswith("\\"):
        for table in (symbols.OPENING, symbols.CLOSING, symbols.NEUTRAL, symbols.RELATION):
            if name in table:
                return table[name]
    elif token == ".":
        return ""
    elif token in ("<", ">"):
        return "⟨" if token == "<" else "⟩"
    elif token and token in "()[]|/‖⟨⟩⌊⌋⌈⌉":
        return token
    raise parser.fail(
        f"{owner} must be followed by a delimiter, received {token or 'the end'}", f"write {owner}("
    )


def styled(parser: Parser, name: str) -> Node:
    """\\textcolor{red}{x} and friends: the argument that counts is the last."""
    parser.raw(f"\\{name}")
    return parser.argument(f"\\{name}")


def dropped(parser: Parser, name: str) -> None:
    """\\label{…}, \\tag{…}, \\color{…}: nothing to draw."""
    if parser.peek() == "*":
        parser.take()
    parser.raw(f"\\{name}")


def hspace(parser: Parser, name: str) -> Node:
    if parser.peek() == "*":
        parser.take()
    raw = parser.raw(f"\\{name}")
    return Space(0 if raw.lstrip().startswith("-") else 2 if "em" in raw or "cm" in raw else 1)


def body(parser: Parser, name: str) -> Node:
    return parser.argument(f"\\{name}")


def boxed(parser: Parser, name: str) -> Node:
    return Boxed(parser.argument(f"\\{name}"))


def phantom(parser: Parser, name: str) -> Node:
    return Phantom(parser.argument(f"\\{name}"))


def negate(parser: Parser, name: str) -> Node:
    body = parser.argument(r"\not")
    if isinstance(body, Symbol):
        return Symbol(symbols.NEGATED.get(body.text, body.text + "\u0338"), "rel")
    return body


def modulus(parser: Parser, name: str) -> Node:
    body = parser.argument(f"\\{name}")
    word = (Symbol("mod", "word"), Space(1), body)
    return Row((Space(1), *((Symbol("(", "open"), *word, Symbol(")", "close")) if name == "pmod" else word)))


def begin(parser: Parser, name: str) -> Node:
    start = parser.at
    environment = parser.raw(r"\begin")
    kind = environment.rstrip("*")
    align = ""
    if kind in ("array", "darray", "tabular", "alignat", "alignedat", "subarray"):
        parser.optional()
        align = "".join(letter for letter in parser.raw(f"\\begin{{{environment}}}") if letter in "lcr")
    elif kind.endswith("matrix") and environment.endswith("*"):
        parser.optional()
    rows = _rows(parser, frozenset((r"\end",)))
    if parser.take() != r"\end":
        raise parser.fail(
            rf"every \begin must have its \end, \begin{{{environment[:40]}}} has none", at=start
        )
    end = parser.raw(r"\end")
    if end != environment:
        raise parser.fail(rf"\end{{{environment[:40]}}} must come here, received \end{{{end[:40]}}}")
    if kind in _MATRICES:
        left, right = _MATRICES[kind]
        grid = Grid(rows, "c", 1 if kind == "smallmatrix" else 2)
        return Fence(left, (grid,), right) if left else grid
    if kind in ("cases", "dcases"):
        return Fence("{", (Grid(rows, "l", 3),), "")
    if kind in ("rcases", "drcases"):
        return Fence("", (Grid(rows, "l", 3),), "}")
    if kind in ("array", "darray", "tabular", "subarray"):
        return Grid(rows, align or "c", 2)
    if kind in _ALIGNED:
        return Grid(rows, "rl", -1)
    if kind in _CENTRED:
        return Grid(rows, "c", 2)
    raise parser.fail(
        rf"\begin{{{environment[:40]}}} must name an environment that quizdl knows", "try aligned", start
    )


def _rows(parser: Parser, stops: frozenset[str]) -> tuple[tuple[Node, ...], ...]:
    parser.depth += 1
    rows: list[tuple[Node, ...]] = []
    cells: list[Node] = []
    inner = stops | {r"\\", r"\newline", r"\cr"}
    while True:
        cells.append(parser.items(inner))
        token = parser.peek()
        if token == "&":
            parser.take()
            continue
        rows.append(tuple(cells))
        cells = []
        if token not in (r"\\", r"\newline", r"\cr"):
            break
        parser.take()
        if parser.source[parser.at : parser.at + 1] == "[":  # \\[4pt]
            parser.optional()
    if len(rows) > 1 and rows[-1] == (EMPTY,):
        rows.pop()
    parser.depth -= 1
    return tuple(rows)


def _class(node: Node) -> symbols.Class:
    return node.kind if isinstance(node, Symbol) else "ord"


def _joined(node: Node) -> Node:
    """Neighbouring letters of \\mathrm{…} as one word."""
    if not isinstance(node, Row):
        return node
    items: list[Node] = []
    for item in node.items:
        last = items[-1] if items else None
        letters = isinstance(item, Symbol) and item.kind == "ord" and item.text.isalnum()
        if letters and isinstance(item, Symbol) and isinstance(last, Symbol) and last.kind in ("ord", "word"):
            items[-1] = Symbol(last.text + item.text, "word")
        else:
            items.append(item)
    return items[0] if len(items) == 1 else Row(tuple(items))


def _plain_text(raw: str) -> str:
    """The words of \\text{…}: escapes undone, inner commands such as \\textbf dropped, spaces made single."""
    out: list[str] = []
    index = 0
    while index < len(raw):
        character = raw[index]
        if character == "\\":
            stop = index + 1
            while stop < len(raw) and raw[stop].isascii() and raw[stop].isalpha():
                stop += 1
            name = raw[index + 1 : stop]
            if name:
                out.append(symbols.ORDINARY.get(name, ""))
                index = stop
            else:
                out.append(" " if raw[stop : stop + 1] in ("\\", "") else raw[stop].replace(",", " "))
                index = stop + 1
            continue
        if character not in "{}":
            out.append(" " if character == "~" or category(character) in ("Cc", "Zs") else character)
        index += 1
    text = "".join(out)
    single = " ".join(text.split())
    return " " * text.startswith(" ") + single + " " * (text.endswith(" ") and bool(single))


_Special = Callable[["Parser", str], "Node | None"]


def _specials() -> dict[str, _Special]:
    table: dict[str, _Special] = {
        "sqrt": root,
        "left": left,
        "begin": begin,
        "not": negate,
    }
    groups: tuple[tuple[_Special, tuple[str, ...] | frozenset[str] | dict[str, str]], ...] = (
        (
            fraction,
            ("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "nicefrac", "sfrac"),
        ),
        (accent, tuple(symbols.ACCENTS)),
        (stretch, tuple(symbols.STRETCHED)),
        (alphabet, tuple(symbols.FONTS)),
        (text, symbols.TEXTS),
        (operator, ("operatorname", "operatornamewithlimits")),
        (
            classed,
            ("mathop", "mathbin", "mathrel", "mathopen", "mathclose", "mathpunct", "mathord", "mathinner"),
        ),
        (stacked, ("overset", "underset", "stackrel")),
        (arrow, tuple(_ARROWS)),
        (substack, ("substack",)),
        (styled, ("textcolor", "colorbox", "href", "class")),
        (dropped, ("label", "tag", "color", "cite", "ref", "eqref", "vspace")),
        (hspace, ("hspace", "mspace", "mkern", "kern", "hskip", "mskip")),
        (
            body,
            ("cancel", "bcancel", "xcancel", "ensuremath", "smash", "mathstrut", "hbox", "mathclap", "rlap"),
        ),
        (boxed, ("boxed", "fbox", "framebox")),
        (phantom, ("phantom", "hphantom", "vphantom")),
        (modulus, ("pmod", "mod")),
    )
    for method, names in groups:
        for name in names:
            table.setdefault(name, method)
    return table


COMMANDS = _specials()
"""Every command with arguments, by name."""
