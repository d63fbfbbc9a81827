"""Text to tokens that know where they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from quizdl.grading.symbolic import latex
from quizdl.grading.symbolic.chars import plain
from quizdl.grading.symbolic.unreadable import Unreadable

MAX_LENGTH = 4000
MAX_DIGITS = 60
MAX_EXPONENT = 400

TokenKind = Literal["number", "word", "op", "command", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a run of letters, an operator, a LaTeX command with arguments, or the end.

    Args:
        kind: which of them.
        text: its plain form.
        start, end: where it stands in the text as typed.
        spaced: whether white space stands before it.
        whole: a word that must not be split into names: it came from a LaTeX command.
        offset: where it begins in the plain text.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    spaced: bool = False
    whole: bool = False
    at: tuple[int, ...] = ()


_MARKS = "".join(latex.ACCENTS.values()) + "\u0305\u20d7"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+|~)
  | (?P<number>(?:[0-9]+(?:\.(?![A-Za-z])[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)
  | (?P<word>𝟙|{_LETTER}(?:{_LETTER}|[0-9])*)
  | (?P<command>\\(?:[A-Za-z]+\*?|.|\n))
  | (?P<op>\*\*|==|!=|<=|>=|<>|:=|=<|\|\||[-+*/@^_()\[\]{{}}|,;:.'!%=<>&⊙·⊤∂∇√∛±≈∈⟨⟩⌊⌋⌈⌉])
    """,
    re.VERBOSE | re.DOTALL,
)
_ALIASES = {"==": "=", ":=": "=", "<>": "!=", "=<": "<="}


def lex(text: str) -> list[Token]:
    """The tokens of a text, the last of which is `end`.

    Raises:
        Unreadable: the text is empty or too long, or has a character or a command with no place in a formula.

    Example:
        >>> [token.text for token in lex("2x₁ ≤ \\\\frac12")]
        ['2', 'x', '_', '{', '1', '}', '<=', 'frac', '12', '']
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable(
            f"an answer must be at most {MAX_LENGTH} characters long, received {len(text)}",
            MAX_LENGTH,
            reason="limit",
            params={"most": MAX_LENGTH},
        )
    source, places = plain(_unwrap(text))
    tokens: list[Token] = []
    place, spaced, side = 0, False, ""
    while place < len(source):
        match = _TOKEN.match(source, place)
        if match is None:
            raise _stranger(source[place], places[place])
        kind, piece, place = match.lastgroup, match.group(), match.end()
        if kind == "space":
            spaced = True
            continue
        at = tuple(places[match.start() : match.end()])
        token = Token("op", piece, at[0], places[match.end() - 1] + 1, spaced, at=at)
        spaced = False
        if kind == "command":
            made = _command(token)
            if made is None:
                spaced = True
                side = piece[1:] if piece in (r"\left", r"\right") else side
                continue
            tokens.append(_sided(made, side))
        elif kind == "word":
            tokens.append(replace(token, kind="word", text=_decompose(piece)))
        elif kind == "number":
            if tokens and tokens[-1].kind == "number" and not token.spaced:
                raise Unreadable("an operator must stand between two numbers", token.start)
            tokens.append(_number(token))
        else:
            tokens.append(_sided(replace(token, text=_ALIASES.get(piece, piece)), side))
        side = ""
    tokens = _dress(tokens, len(text))
    if tokens and tokens[-1].text in (".", ";", ","):
        tokens.pop()
    if not tokens:
        raise Unreadable("an expression must stand here, received nothing", 0, reason="empty")
    return [*tokens, Token("end", "", len(text), len(text), True)]


def _sided(token: Token, side: str) -> Token:
    """`\\left|` opens and `\\right|` closes; a bare | may do either."""
    if token.kind != "op" or token.text not in ("|", "||") or not side:
        return token
    return replace(token, text=f"{token.text}(" if side == "left" else f"){token.text}")


def _unwrap(text: str) -> str:
    """Without the dollars around a formula; blanks take their place, so positions stay."""
    return text.replace("$", " ") if text.strip()[:1] == "$" else text


def _decompose(word: str) -> str:
    return word.replace("\u0305", "\u0304").replace("\u20d7", "")


def _number(token: Token) -> Token:
    mantissa, _, exponent = token.text.lower().partition("e")
    if len(mantissa) > MAX_DIGITS:
        raise Unreadable(
            f"a number must have at most {MAX_DIGITS} digits, received {len(mantissa)}",
            token.start,
            reason="limit",
            params={"most": MAX_DIGITS},
        )
    if exponent and (len(exponent) > 6 or abs(Decimal(token.text).adjusted()) > MAX_EXPONENT):
        raise Unreadable(
            f"a number must lie between 1e-{MAX_EXPONENT} and 1e{MAX_EXPONENT}, received {token.text}",
            token.start,
            reason="limit",
            params={"most": MAX_EXPONENT},
        )
    return replace(token, kind="number")


def _command(token: Token) -> Token | None:
    name = token.text[1:].removesuffix("*")
    if name in latex.IGNORED:
        return None
    if name in latex.CHARACTERS:
        text = latex.CHARACTERS[name]
        word = text[0].isalpha()
        return replace(token, kind="word" if word else "op", text=text, whole=word)
    if name in latex.FUNCTIONS:
        return replace(token, kind="word", text=name, whole=True)
    if name in latex.STRUCTURES or name in latex.FONTS or name in latex.WORDS or name in latex.ACCENTS:
        return replace(token, kind="command", text=name)
    raise Unreadable(
        f"\\{name} is not a LaTeX command that answers may use",
        token.start,
        "known are \\frac, \\sqrt, \\sum, \\log, Greek letters and the like",
        reason="command",
        params={"command": name},
    )


def _stranger(char: str, place: int) -> Unreadable:
    hint = {"?": "", "#": "", '"': "write names without quotes"}.get(char, "")
    return Unreadable(
        f"the character {char!r} has no place in a formula",
        place,
        hint,
        reason="character",
        params={"character": char},
    )


def _dress(tokens: list[Token], length: int) -> list[Token]:
    """Fonts dropped, accents put on their letter, `\\text{…}` made one word."""
    out: list[Token] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token.kind != "command" or token.text in latex.STRUCTURES:
            out.append(token)
            continue
        inside, place = _argument(tokens, place, token, length)
        if token.text in latex.ACCENTS:
            out.extend(_accented(inside, token))
        elif token.text in latex.WORDS:
            out.extend(_text(inside, token))
        else:
            inside = _dress(inside, length)
            if [piece.text for piece in inside] == ["1"]:
                inside = [replace(inside[0], kind="word", text="𝟙", whole=True)]
            if inside:
                inside[0] = replace(inside[0], spaced=token.spaced or inside[0].spaced)
            out.extend(inside)
    return out


def _argument(tokens: list[Token], place: int, command: Token, length: int) -> tuple[list[Token], int]:
    """The tokens of a command's argument without its braces, and the place after it."""
    if place >= len(tokens):
        raise Unreadable(f"\\{command.text} must be followed by an argument", length, reason="operand")
    if tokens[place].text != "{":
        first = tokens[place]
        if first.kind == "command" and place + 1 < len(tokens) and first.text not in latex.STRUCTURES:
            inside, after = _argument(tokens, place + 1, first, length)
            return [
                first,
                replace(first, kind="op", text="{"),
                *inside,
                replace(first, kind="op", text="}"),
            ], after
        return [first], place + 1
    depth, begin = 0, place + 1
    while place < len(tokens):
        depth += {"{": 1, "}": -1}.get(tokens[place].text, 0)
        place += 1
        if depth == 0:
            return tokens[begin : place - 1], place
    raise Unreadable("a closing } is missing", length, "add }", reason="bracket", params={"bracket": "}"})


def _accented(inside: list[Token], command: Token) -> list[Token]:
    inside = _dress(inside, command.end)
    first = inside[0] if inside else command
    command_word = first.whole and first.text not in latex.GREEK_NAMES
    if first.kind != "word" or command_word:
        raise Unreadable(f"\\{command.text} must stand over a letter", command.start, reason="operand")
    mark = latex.ACCENTS[command.text]
    text = (
        first.text + mark
        if len(inside[0].text) == 1 or command.text[0] in "ow"
        else first.text[0] + mark + first.text[1:]
    )
    at = (*first.at, first.at[-1]) if first.at else ()
    return [replace(first, text=text, start=command.start, spaced=command.spaced, at=at), *inside[1:]]


def _text(inside: list[Token], command: Token) -> list[Token]:
    inside = _dress(inside, command.end)
    out = [replace(token, whole=token.kind == "word") for token in inside]
    if out:
        out[0] = replace(out[0], spaced=command.spaced or out[0].spaced)
        if out[0].text == "1":
            out[0] = replace(out[0], kind="word", text="𝟙", whole=True)
    return out
