"""Reads the LaTeX of formulas into a small tree: what notes on deep learning use, a clear error for the rest.

It is a recursive-descent parser over a token at a time. It defines no macros and reads no files, so a formula
from a pack can only be slow or deep by its own length, and both are limited.
"""

from __future__ import annotations

from unicodedata import category, normalize

from quizdl.errors import QuizdlError
from quizdl.typeset import symbols
from quizdl.typeset.commands import COMMANDS
from quizdl.typeset.tree import (
    EMPTY,
    Fence,
    Fraction,
    Node,
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
    symbols.words(
        """
        displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag mathstrut strut
        big Big bigg Bigg bigl bigr bigm Bigl Bigr Bigm biggl biggr biggm Biggl Biggr Biggm allowbreak
        centering
        hline noindent relax protect normalsize small large footnotesize bf rm it sf tt boldmath null
        """
    )
)
"""Commands that change nothing a terminal could show."""


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
    return Parser(normalize("NFC", source)).formula()


class Parser:
    """One pass over a source; each method leaves `at` behind what it read."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0
        self.font = ""

    # -- tokens ---

    def peek(self) -> str:
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

    def take(self) -> str:
        token = self.peek()
        self.at += len(token)
        return token

    def fail(self, message: str, hint: str = "", at: int | None = None) -> LatexError:
        return LatexError(message, self.at if at is None else at, hint)

    # -- rows ---

    def nested(self, source: str) -> Row:
        """A formula inside the text of this one: its depth counts on, its errors are reported here."""
        inner = Parser(source)
        inner.depth = self.depth
        try:
            return inner.formula()
        except LatexError as error:
            raise self.fail(error.message, error.hint) from error

    def formula(self) -> Row:
        items = self.items(frozenset())
        token = self.peek()
        if token:
            what = {"}": "a { before }", "&": r"\begin{…} before &", r"\right": r"\left before \right"}
            raise self.fail(f"there must be {what.get(token, f'a beginning before {token}')}")
        return items

    def items(self, stops: frozenset[str]) -> Row:
        """Read until a token that ends the surroundings; that token stays."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"groups must be at most {MAX_DEPTH} deep", "write the formula in parts")
        items: list[Node] = []
        while True:
            token = self.peek()
            if not token or token in stops or token in ("}", "&", r"\right", r"\end", r"\middle"):
                break
            if token in (r"\\", r"\newline", r"\cr") and not stops:
                raise self.fail(r"a line break \\ must be inside \begin{aligned} … \end{aligned}")
            if token in (r"\over", r"\choose", r"\atop"):
                self.take()
                below = self.items(stops)
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
        base = EMPTY if self.peek() in ("_", "^", "'") else self._nucleus()
        sub: Node | None = None
        sup: Node | None = None
        limits: bool | None = None
        scripted = False
        while True:
            token = self.peek()
            if token in (r"\limits", r"\nolimits"):
                self.take()
                limits = token == r"\limits"
            elif token in ("'", "’", "′"):
                self.take()
                sup = _both(sup, Symbol("′"))
            elif token == "_":
                if sub is not None:
                    raise self.fail("a symbol must have one subscript, received two", "use braces: x_{i,j}")
                self.take()
                sub = self.argument("_")
            elif token == "^":
                if sup is not None and not _only_primes(sup):
                    raise self.fail("a symbol must have one superscript, received two", "use braces: {x^2}^n")
                self.take()
                sup = _both(sup, self.argument("^"))
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

    def argument(self, owner: str) -> Node:
        """What a command or script applies to: a group in braces, or the next single thing."""
        token = self.peek()
        if token == "{":
            return self._group()
        if not token or token in ("}", "&", "_", "^", "'", r"\\", r"\right", r"\end", r"\middle", "$"):
            received = token or "the end"
            raise self.fail(
                f"{owner} must be followed by an argument, received {received}", f"write {owner}{{…}}"
            )
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.fail(f"groups must be at most {MAX_DEPTH} deep", "write the formula in parts")
        node = self._nucleus(single=True)
        self.depth -= 1
        return EMPTY if node is None else node

    def _group(self) -> Node:
        start = self.at
        self.take()
        row = self.items(frozenset("}"))
        if self.take() != "}":
            raise self.fail("every { must have its }, the end came first", at=start)
        return row.items[0] if len(row.items) == 1 else row

    def optional(self) -> Node | None:
        """An argument in square brackets, when there is one."""
        if self.peek() != "[":
            return None
        start = self.at
        self.take()
        row = self.items(frozenset("]"))
        if self.take() != "]":
            raise self.fail("every [ of an option must have its ]", at=start)
        return row

    def raw(self, owner: str) -> str:
        """The text of a group as it is written, braces in it balanced."""
        if self.peek() != "{":
            token = self.take()
            if not token or token in "}&_^$":
                raise self.fail(f"{owner} must be followed by {{…}}")
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
        raise self.fail("every { must have its }, the end came first", at=start)

    # -- single things ---

    def _nucleus(self, single: bool = False) -> Node | None:
        """One thing without scripts; None for what leaves no trace, such as \\displaystyle."""
        token = self.peek()
        if token == "{":
            group = self._group()
            lone = isinstance(group, Symbol) and group.kind in ("bin", "rel", "punct", "open", "close")
            return (
                Symbol(group.text) if lone and isinstance(group, Symbol) else group
            )  # {,} is no comma of a list
        start = self.at
        self.take()
        if token.startswith("\\"):
            return self._command(token[1:], start)
        if token in ("$", "#"):
            raise self.fail(f"{token} must be written \\{token} in a formula", at=start)
        if token == "~":
            return Space(1)
        if token in symbols.CHARACTERS:
            text, kind = symbols.CHARACTERS[token]
            return Symbol(text, kind, kind == "bigop" and text not in symbols.INTEGRALS)
        if category(token) in ("Cc", "Cs", "Co", "Cn"):
            raise self.fail(
                f"a formula must be made of visible characters, received U+{ord(token):04X}", at=start
            )
        if single:
            return self.letter(token)
        return self._run(token)

    def letter(self, letter: str) -> Symbol:
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
            return self.letter(first)
        if first.isdigit():
            letters = symbols.ALPHABETS.get(self.font, {})
            return Symbol("".join(letters.get(digit, digit) for digit in text))
        return Symbol(normalize("NFC", text), "word" if ord(first) >= 0x1100 else "ord")

    def _command(self, name: str, start: int) -> Node | None:
        if name in symbols.ORDINARY:
            return self.letter(symbols.ORDINARY[name])
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
        special = COMMANDS.get(name)
        if special is not None:
            return special(self, name)
        raise self._unknown(name, start)

    def _unknown(self, name: str, start: int) -> LatexError:
        if not name:
            return self.fail("a backslash must be followed by a command, the end came first", at=start)
        from difflib import get_close_matches  # only on the way to an error

        known = [*COMMANDS, *_IGNORED]
        for table in (symbols.ORDINARY, symbols.BINARY, symbols.RELATION, symbols.BIG, symbols.FUNCTIONS):
            known += table
        near = get_close_matches(name[:40], known, 1, 0.8)
        hint = f"did you mean \\{near[0]}?" if near else f"for a name, write \\operatorname{{{name[:40]}}}"
        return self.fail(f"\\{name} must be a command of LaTeX that quizdl knows", hint, at=start)


def _only_primes(node: Node) -> bool:
    items = node.items if isinstance(node, Row) else (node,)
    return all(item == Symbol("′") for item in items)


def _both(first: Node | None, second: Node) -> Node:
    if first is None:
        return second
    before = first.items if isinstance(first, Row) else (first,)
    after = second.items if isinstance(second, Row) else (second,)
    return Row((*before, *after))
