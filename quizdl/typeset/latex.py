"""Reads the LaTeX of formulas into a small tree: what deep-learning notes use, and a clear error for the rest.

It is a recursive-descent parser over a token at a time. It defines no macros and reads no files, so a formula
from a pack can only be slow or deep by its own length, and both are limited.
"""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category, normalize

from quizdl.errors import QuizdlError
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
    Scripts,
    Space,
    Stack,
    Stretch,
    Symbol,
)

MAX_LENGTH = 4000
MAX_DEPTH = 40
"""Groups in groups; real formulas stay below ten."""

_IGNORED = frozenset(
    """
    displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag mathstrut strut big Big
    bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm left. allowbreak centering
    hline noindent relax protect normalsize small large footnotesize bf rm it sf tt boldmath null
    """.split()
)
_ARROWS = {
    "xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒", "xLeftarrow": "⇐",
    "xmapsto": "↦", "xlongequal": "=",
}  # fmt: skip
_MATRICES = {
    "matrix": ("", ""), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"),
    "vmatrix": ("|", "|"), "Vmatrix": ("‖", "‖"), "smallmatrix": ("", ""),
}  # fmt: skip
_ALIGNED = frozenset("aligned align alignat alignedat split eqnarray flalign".split())
_CENTRED = frozenset("gathered gather multline multlined equation".split())


class LatexError(QuizdlError):
    """LaTeX that cannot be read.

    Args:
        message: what must be and what was received.
        position: the index in the source, from 0.
        hint: what to write instead.
    """

    code = "latex"
    exit_code = 3

    def __init__(self, message: str, position: int, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.position = position


def parse(source: str) -> Row:
    """Read a formula.

    Args:
        source: LaTeX without the dollar signs; at most 4,000 characters.

    Returns:
        The tree.

    Raises:
        LatexError: an unknown command, a brace without its partner, a missing argument, too long or too deep.

    Example:
        >>> parse("x_i")
        Row(items=(Scripts(base=Symbol(text='x', kind='ord', limits=False), \
sub=Symbol(text='i', kind='ord', limits=False), sup=None, limits=None),))
    """
    if len(source) > MAX_LENGTH:
        raise LatexError(
            f"a formula must have at most {MAX_LENGTH} characters, received {len(source)}", MAX_LENGTH
        )
    return _Parser(normalize("NFC", source)).formula()


class _Parser:
    """One pass over a source; each method leaves `at` behind what it read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0
        self.font = ""

    # -- tokens ------------------------------------------------------------------------------------------------

    def _peek(self) -> str:
        """The next token without taking it: "\\name", one character, or "" at the end."""
        source, end = self.source, len(self.source)
        while self.at < end and (source[self.at].isspace() or source[self.at] == "%"):
            if source[self.at] == "%":
                line_end = source.find("\n", self.at)
                self.at = end if line_end < 0 else line_end
            else:
                self.at += 1
        if self.at >= end:
            return ""
        if source[self.at] != "\\":
            return source[self.at]
        stop = self.at + 1
        while stop < end and source[stop].isascii() and source[stop].isalpha():
            stop += 1
        return source[self.at : max(stop, self.at + 2)]

    def _take(self) -> str:
        token = self._peek()
        self.at += len(token)
        return token

    def _fail(self, message: str, hint: str = "", at: int | None = None) -> LatexError:
        return LatexError(message, self.at if at is None else at, hint)

    # -- rows --------------------------------------------------------------------------------------------------

    def formula(self) -> Row:
        items = self._items(frozenset())
        token = self._peek()
        if token:
            what = {"}": "a { before }", "&": r"\begin{…} before &", r"\right": r"\left before \right"}
            raise self._fail(f"there must be {what.get(token, f'a beginning before {token}')}")
        return items

    def _items(self, stops: frozenset[str]) -> Row:
        """Read until a token that ends the surroundings; that token stays."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._fail(f"groups must be at most {MAX_DEPTH} deep", "write the formula in parts")
        items: list[Node] = []
        while True:
            token = self._peek()
            if not token or token in stops or token in ("}", "&", r"\right", r"\end", r"\middle"):
                break
            if token in (r"\\", r"\newline", r"\cr") and not stops:
                raise self._fail(r"a line break \\ must be inside \begin{aligned} … \end{aligned}")
            if token in (r"\over", r"\choose", r"\atop"):
                self._take()
                below = self._items(stops)
                fraction = Fraction(Row(tuple(items)), below, token == r"\over")
                items = [Fence("(", (fraction,), ")") if token == r"\choose" else fraction]
                break
            node = self._scripted()
            if node is not None:
                items.append(node)
        self.depth -= 1
        return Row(tuple(items))

    def _scripted(self) -> Node | None:
        """One nucleus with whatever scripts follow it."""
        base = EMPTY if self._peek() in ("_", "^", "'") else self._nucleus()
        sub: Node | None = None
        sup: Node | None = None
        limits: bool | None = None
        scripted = False
        while True:
            token = self._peek()
            if token in (r"\limits", r"\nolimits"):
                self._take()
                limits = token == r"\limits"
            elif token in ("'", "’", "′"):
                self._take()
                sup = _both(sup, Symbol("′"))
            elif token == "_":
                if sub is not None:
                    raise self._fail("a symbol must have one subscript, received two", "use braces: x_{i,j}")
                self._take()
                sub = self._argument("_")
            elif token == "^":
                if sup is not None and not _only_primes(sup):
                    raise self._fail(
                        "a symbol must have one superscript, received two", "use braces: {x^2}^n"
                    )
                self._take()
                sup = _both(sup, self._argument("^"))
            else:
                break
            scripted = True
        if base is None or not scripted:
            return base
        if isinstance(base, Stretch) and "┬" in base.mark and sub is not None:
            return Stack(base, sup, sub)  # the label of \underbrace
        if isinstance(base, Stretch) and "┴" in base.mark and sup is not None:
            return Stack(base, sup, sub)
        return Scripts(base, sub, sup, limits) if sub is not None or sup is not None else base

    def _argument(self, owner: str) -> Node:
        """What a command or script applies to: a group in braces, or the next single thing."""
        token = self._peek()
        if token == "{":
            return self._group()
        if not token or token in ("}", "&", "_", "^", "'", r"\\", r"\right", r"\end", r"\middle", "$"):
            received = token or "the end"
            raise self._fail(
                f"{owner} must be followed by an argument, received {received}", f"write {owner}{{…}}"
            )
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self._fail(f"groups must be at most {MAX_DEPTH} deep", "write the formula in parts")
        node = self._nucleus(single=True)
        self.depth -= 1
        return EMPTY if node is None else node

    def _group(self) -> Node:
        start = self.at
        self._take()
        row = self._items(frozenset("}"))
        if self._take() != "}":
            raise self._fail("every { must have its }, the end came first", at=start)
        return row.items[0] if len(row.items) == 1 else row

    def _optional(self) -> Node | None:
        """An argument in square brackets, when there is one."""
        if self._peek() != "[":
            return None
        start = self.at
        self._take()
        row = self._items(frozenset("]"))
        if self._take() != "]":
            raise self._fail("every [ of an option must have its ]", at=start)
        return row

    def _raw(self, owner: str) -> str:
        """The text of a group as it is written, braces in it balanced."""
        if self._peek() != "{":
            token = self._take()
            if not token or token in "}&_^$":
                raise self._fail(f"{owner} must be followed by {{…}}")
            return token
        start = self.at
        level = 0
        while self.at < len(self.source):
            character = self.source[self.at]
            if character == "\\":
                self.at += 1
            elif character == "{":
                level += 1
            elif character == "}":
                level -= 1
                if level == 0:
                    self.at += 1
                    return self.source[start + 1 : self.at - 1]
            self.at += 1
        raise self._fail("every { must have its }, the end came first", at=start)

    # -- single things -------------------------------------------------------------------------------------------

    def _nucleus(self, single: bool = False) -> Node | None:
        """One thing without scripts; None for what leaves no trace, such as \\displaystyle."""
        token = self._peek()
        if token == "{":
            group = self._group()
            lone = isinstance(group, Symbol) and group.kind in ("bin", "rel", "punct", "open", "close")
            return (
                Symbol(group.text) if lone and isinstance(group, Symbol) else group
            )  # {,} is no comma of a list
        start = self.at
        self._take()
        if token.startswith("\\"):
            return self._command(token[1:], start)
        if token in ("$", "#"):
            raise self._fail(f"{token} must be written \\{token} in a formula", at=start)
        if token == "~":
            return Space(1)
        if token in symbols.CHARACTERS:
            text, kind = symbols.CHARACTERS[token]
            return Symbol(text, kind, kind == "bigop" and text not in symbols.INTEGRALS)
        if category(token) in ("Cc", "Cs", "Co", "Cn"):
            raise self._fail(
                f"a formula must be made of visible characters, received U+{ord(token):04X}", at=start
            )
        if single:
            return self._letter(token)
        return self._run(token)

    def _letter(self, letter: str) -> Symbol:
        return Symbol(symbols.ALPHABETS.get(self.font, {}).get(letter, letter))

    def _run(self, first: str) -> Node:
        """A letter, or what belongs together: the digits of a number, Korean words, combining marks."""

        def belongs(last: str, character: str) -> bool:
            if category(character) in ("Mn", "Me"):
                return True
            if character == "." and last.isdigit():
                return self.source[self.at + 1 : self.at + 2].isdigit()
            if first.isdigit() or first == ".":
                return character.isascii() and character.isdigit()
            return (
                ord(first) >= 0x1100 and first.isalpha() and ord(character) >= 0x1100 and character.isalpha()
            )

        text = first
        while self.at < len(self.source) and belongs(text[-1], self.source[self.at]):
            text += self.source[self.at]
            self.at += 1
        if len(text) == 1:
            return self._letter(first)
        if first.isdigit():
            letters = symbols.ALPHABETS.get(self.font, {})
            return Symbol("".join(letters.get(digit, digit) for digit in text))
        return Symbol(normalize("NFC", text), "word" if ord(first) >= 0x1100 else "ord")

    def _command(self, name: str, start: int) -> Node | None:
        if name in symbols.ORDINARY:
            return self._letter(symbols.ORDINARY[name])
        if name in symbols.BINARY:
            return Symbol(symbols.BINARY[name], "bin")
        if name in symbols.RELATION:
            return Symbol(symbols.RELATION[name], "rel")
        if name in symbols.BIG:
            text = symbols.BIG[name]
            return Symbol(text, "bigop", text not in symbols.INTEGRALS)
        if name in symbols.FUNCTIONS:
            return Symbol(symbols.FUNCTIONS[name], "fn", name in symbols.LIMIT_FUNCTIONS)
        if name in symbols.SPACES:
            return Space(symbols.SPACES[name]) if symbols.SPACES[name] else None
        if name in symbols.OPENING:
            return Symbol(symbols.OPENING[name], "open")
        if name in symbols.CLOSING:
            return Symbol(symbols.CLOSING[name], "close")
        if name in symbols.NEUTRAL:
            return Symbol(symbols.NEUTRAL[name])
        if name in symbols.PUNCTUATION:
            return Symbol(symbols.PUNCTUATION[name], "punct")
        if name in symbols.PLAIN:
            return Symbol(symbols.PLAIN[name])
        if name in _IGNORED:
            return None
        special = _SPECIAL.get(name)
        if special is not None:
            return special(self, name)
        raise self._unknown(name, start)

    def _unknown(self, name: str, start: int) -> LatexError:
        if not name:
            return self._fail("a backslash must be followed by a command, the end came first", at=start)
        from difflib import get_close_matches  # only on the way to an error

        known = [*_SPECIAL, *_IGNORED]
        for table in (symbols.ORDINARY, symbols.BINARY, symbols.RELATION, symbols.BIG, symbols.FUNCTIONS):
            known += table
        near = get_close_matches(name[:40], known, 1, 0.8)
        hint = f"did you mean \\{near[0]}?" if near else f"for a name, write \\operatorname{{{name[:40]}}}"
        return self._fail(f"\\{name} must be a command of LaTeX that quizdl knows", hint, at=start)

    # -- commands with arguments -----------------------------------------------------------------------------------

    def fraction(self, name: str) -> Node:
        above = self._argument(f"\\{name}")
        below = self._argument(f"\\{name}")
        binomial = "binom" in name
        fraction = Fraction(above, below, not binomial)
        return Fence("(", (fraction,), ")") if binomial else fraction

    def root(self, name: str) -> Node:
        index = self._optional()
        return Root(self._argument(r"\sqrt"), index)

    def accent(self, name: str) -> Node:
        return Accent(symbols.ACCENTS[name], self._argument(f"\\{name}"))

    def stretch(self, name: str) -> Node:
        mark, above = symbols.STRETCHED[name]
        return Stretch(mark, above, self._argument(f"\\{name}"))

    def alphabet(self, name: str) -> Node:
        before, self.font = self.font, symbols.FONTS[name]
        body = self._argument(f"\\{name}")
        self.font = before
        return _joined(body) if symbols.FONTS[name] == "rm" else body

    def text(self, name: str) -> Node:
        """Words in a formula; $…$ inside them is a formula again."""
        raw = self._raw(f"\\{name}")
        parts = raw.replace(r"\$", "\ue000").split("$")
        items: list[Node] = []
        for index, part in enumerate(parts):
            part = part.replace("\ue000", "$")
            if index % 2:
                inner = _Parser(part)
                inner.depth = self.depth
                try:
                    items.append(inner.formula())
                except LatexError as error:
                    raise self._fail(error.message, error.hint) from error
            elif part:
                items.append(Symbol(_plain_text(part), "word"))
        return items[0] if len(items) == 1 else Row(tuple(items))

    def operator(self, name: str) -> Node:
        star = self._peek() == "*"
        if star:
            self._take()
        raw = self._raw(r"\operatorname")
        text = _plain_text(raw.replace(r"\,", " ").replace(r"\!", "").replace(r"\;", " ")).strip()
        return Symbol(text, "fn", star or text in symbols.LIMIT_FUNCTIONS or text in ("arg max", "arg min"))

    def classed(self, name: str) -> Node:
        """\\mathop, \\mathbin, …: a class put on what follows."""
        kinds: dict[str, symbols.Class] = {
            "mathop": "bigop", "mathbin": "bin", "mathrel": "rel", "mathopen": "open", "mathclose": "close",
            "mathpunct": "punct", "mathord": "ord", "mathinner": "inner",
        }  # fmt: skip
        body = self._argument(f"\\{name}")
        if isinstance(body, Symbol):
            return Symbol(
                body.text, "fn" if name == "mathop" and len(body.text) > 1 else kinds[name], name == "mathop"
            )
        return Stack(body, kind=kinds[name])

    def stacked(self, name: str) -> Node:
        if name == "underset":
            under = self._argument(r"\underset")
            base = self._argument(r"\underset")
            return Stack(base, under=under, kind=_class(base))
        over = self._argument(f"\\{name}")
        base = self._argument(f"\\{name}")
        return Stack(base, over=over, kind="rel" if name == "stackrel" else _class(base))

    def arrow(self, name: str) -> Node:
        under = self._optional()
        over = self._argument(f"\\{name}")
        return Stack(Symbol(_ARROWS[name], "rel"), over, under, "rel")

    def substack(self, name: str) -> Node:
        self._open_brace(name)
        rows = self._rows(frozenset(("}",)))
        self._take()
        return Grid(rows, "c", 1)

    def _open_brace(self, name: str) -> None:
        if self._take() != "{":
            raise self._fail(f"\\{name} must be followed by {{…}}")

    def left(self, name: str) -> Node:
        start = self.at
        left = self._delimiter(r"\left")
        parts: list[Node] = []
        middles: list[str] = []
        while True:
            parts.append(self._items(frozenset((r"\right", r"\middle"))))
            token = self._take()
            if token == r"\middle":
                middles.append(self._delimiter(r"\middle"))
            elif token == r"\right":
                return Fence(left, tuple(parts), self._delimiter(r"\right"), tuple(middles))
            else:
                raise self._fail(r"every \left must have its \right", at=start)

    def _delimiter(self, owner: str) -> str:
        token = self._take()
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
        raise self._fail(
            f"{owner} must be followed by a delimiter, received {token or 'the end'}", f"write {owner}("
        )

    def styled(self, name: str) -> Node:
        """\\textcolor{red}{x} and friends: the argument that counts is the last."""
        self._raw(f"\\{name}")
        return self._argument(f"\\{name}")

    def dropped(self, name: str) -> None:
        """\\label{…}, \\tag{…}, \\color{…}: nothing to draw."""
        if self._peek() == "*":
            self._take()
        self._raw(f"\\{name}")

    def hspace(self, name: str) -> Node:
        if self._peek() == "*":
            self._take()
        raw = self._raw(f"\\{name}")
        return Space(0 if raw.lstrip().startswith("-") else 2 if "em" in raw or "cm" in raw else 1)

    def body(self, name: str) -> Node:
        return self._argument(f"\\{name}")

    def boxed(self, name: str) -> Node:
        return Boxed(self._argument(f"\\{name}"))

    def phantom(self, name: str) -> Node:
        return Phantom(self._argument(f"\\{name}"))

    def negate(self, name: str) -> Node:
        body = self._argument(r"\not")
        if isinstance(body, Symbol):
            return Symbol(symbols.NEGATED.get(body.text, body.text + "\u0338"), "rel")
        return body

    def modulus(self, name: str) -> Node:
        body = self._argument(f"\\{name}")
        word = (Symbol("mod", "word"), Space(1), body)
        return Row(
            (Space(1), *((Symbol("(", "open"), *word, Symbol(")", "close")) if name == "pmod" else word))
        )

    # -- environments ------------------------------------------------------------------------------------------------

    def begin(self, name: str) -> Node:
        start = self.at
        environment = self._raw(r"\begin")
        kind = environment.rstrip("*")
        align = ""
        if kind in ("array", "darray", "tabular", "alignat", "alignedat", "subarray"):
            self._optional()
            align = "".join(letter for letter in self._raw(f"\\begin{{{environment}}}") if letter in "lcr")
        elif kind.endswith("matrix") and environment.endswith("*"):
            self._optional()
        rows = self._rows(frozenset((r"\end",)))
        if self._take() != r"\end":
            raise self._fail(
                rf"every \begin must have its \end, \begin{{{environment[:40]}}} has none", at=start
            )
        end = self._raw(r"\end")
        if end != environment:
            raise self._fail(rf"\end{{{environment[:40]}}} must come here, received \end{{{end[:40]}}}")
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
        raise self._fail(
            rf"\begin{{{environment[:40]}}} must name an environment that quizdl knows", "try aligned", start
        )

    def _rows(self, stops: frozenset[str]) -> tuple[tuple[Node, ...], ...]:
        self.depth += 1
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        inner = stops | {r"\\", r"\newline", r"\cr"}
        while True:
            cells.append(self._items(inner))
            token = self._peek()
            if token == "&":
                self._take()
                continue
            rows.append(tuple(cells))
            cells = []
            if token not in (r"\\", r"\newline", r"\cr"):
                break
            self._take()
            if self.source[self.at : self.at + 1] == "[":  # \\[4pt]
                self._optional()
        if len(rows) > 1 and rows[-1] == (EMPTY,):
            rows.pop()
        self.depth -= 1
        return tuple(rows)


def _only_primes(node: Node) -> bool:
    items = node.items if isinstance(node, Row) else (node,)
    return all(item == Symbol("′") for item in items)


def _both(first: Node | None, second: Node) -> Node:
    if first is None:
        return second
    before = first.items if isinstance(first, Row) else (first,)
    after = second.items if isinstance(second, Row) else (second,)
    return Row((*before, *after))


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


_Special = Callable[[_Parser, str], "Node | None"]


def _specials() -> dict[str, _Special]:
    table: dict[str, _Special] = {
        "sqrt": _Parser.root,
        "left": _Parser.left,
        "begin": _Parser.begin,
        "not": _Parser.negate,
    }
    groups: tuple[tuple[_Special, tuple[str, ...] | frozenset[str] | dict[str, str]], ...] = (
        (
            _Parser.fraction,
            ("frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "nicefrac", "sfrac"),
        ),
        (_Parser.accent, tuple(symbols.ACCENTS)),
        (_Parser.stretch, tuple(symbols.STRETCHED)),
        (_Parser.alphabet, tuple(symbols.FONTS)),
        (_Parser.text, symbols.TEXTS),
        (_Parser.operator, ("operatorname", "operatornamewithlimits")),
        (
            _Parser.classed,
            ("mathop", "mathbin", "mathrel", "mathopen", "mathclose", "mathpunct", "mathord", "mathinner"),
        ),
        (_Parser.stacked, ("overset", "underset", "stackrel")),
        (_Parser.arrow, tuple(_ARROWS)),
        (_Parser.substack, ("substack",)),
        (_Parser.styled, ("textcolor", "colorbox", "href", "class")),
        (_Parser.dropped, ("label", "tag", "color", "cite", "ref", "eqref", "vspace")),
        (_Parser.hspace, ("hspace", "mspace", "mkern", "kern", "hskip", "mskip")),
        (
            _Parser.body,
            ("cancel", "bcancel", "xcancel", "ensuremath", "smash", "mathstrut", "hbox", "mathclap", "rlap"),
        ),
        (_Parser.boxed, ("boxed", "fbox", "framebox")),
        (_Parser.phantom, ("phantom", "hphantom", "vphantom")),
        (_Parser.modulus, ("pmod", "mod")),
    )
    for method, names in groups:
        for name in names:
            table.setdefault(name, method)
    return table


_SPECIAL = _specials()
