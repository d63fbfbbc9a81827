"""Which names a run of letters holds, by what the item declares: the longest declared name wins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from quizdl.grading.symbolic.functions import CONSTANTS, SPLITTABLE, SPOKEN
from quizdl.grading.symbolic.latex import GREEK, GREEK_NAMES
from quizdl.grading.symbolic.lexer import Token, lex
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.unreadable import Unreadable

_MARK_NAMES = {"\u0302": "hat", "\u0304": "bar", "\u0303": "tilde", "\u0307": "dot"}
CAPITALS = {"Σ": "sum", "Π": "prod"}
_LONGEST = 24


@dataclass(frozen=True)
class Vocabulary:
    """The names of an item, ready to look up.

    Args:
        symbols: what is declared.
        keys: every spelling of a name (`theta_0`, `y_hat`) to its canonical name.
        heads: what a name may look like before its subscript.
        patterns: aliases that are no plain name, such as `σ(x)`, as the texts of their tokens.
    """

    symbols: Symbols
    keys: dict[str, str]
    heads: frozenset[str]
    patterns: tuple[tuple[tuple[str, ...], str], ...]

    def canonical(self, spelling: str) -> str | None:
        """The declared name of a spelling, if there is one."""
        return self.keys.get(spelling)


def spell(word: str) -> str:
    """One spelling for a word: Greek letters by name, accents behind an underscore.

    Example:
        >>> spell("θ"), spell("y\\u0302"), spell("yhat"), spell("W1")
        ('theta', 'y_hat', 'yhat', 'W1')
    """
    out, tail = "", ""
    for char in word:
        if char in _MARK_NAMES:
            tail += "_" + _MARK_NAMES[char]
        elif tail and char.isdigit():
            tail += char if tail[-1].isdigit() else f"_{char}"
        else:
            out += GREEK_NAMES.get(char, char)
    return out + tail


@lru_cache(maxsize=256)
def vocabulary(symbols: Symbols) -> Vocabulary:
    """The vocabulary of an item."""
    keys: dict[str, str] = {}
    heads: set[str] = set()
    patterns: list[tuple[tuple[str, ...], str]] = []
    for symbol in symbols:
        for alias in (symbol.name, *symbol.aliases):
            tokens = lex(alias)[:-1]
            spelling = _spelling(tokens)
            if spelling is None:
                patterns.append((tuple(token.text for token in tokens), symbol.name))
            else:
                keys[spelling] = symbol.name
                heads.add(tokens[0].text)
    for size in symbols.sizes:
        keys.setdefault(spell(size), size)
        heads.add(size)
    for spelling, name in list(keys.items()):
        for other in _variants(spelling):
            if other not in keys:
                keys[other] = name
    for spelling in keys:
        heads.add(spelling)
        head = spelling.partition("_")[0]
        heads.add(head)
        if head in GREEK:
            heads.add(GREEK[head])
        for mark, word in _MARK_NAMES.items():
            if spelling.endswith("_" + word):
                heads.add(head + mark)
                if head in GREEK:
                    heads.add(GREEK[head] + mark)
    patterns.sort(key=lambda pattern: -len(pattern[0]))
    return Vocabulary(symbols, keys, frozenset(heads), tuple(patterns))


def _spelling(tokens: list[Token]) -> str | None:
    """The spelling of a name with its subscript; None when the tokens are no name."""
    if not tokens or tokens[0].kind != "word":
        return None
    spelling, inside = spell(tokens[0].text), False
    for token in tokens[1:]:
        if token.text == "_":
            spelling += "_"
            inside = True
        elif token.text in ("{", "}", ",") and inside:
            continue
        elif inside and (token.kind in ("word", "number") or token.text in "+-"):
            spelling += spell(token.text)
        else:
            return None
    return spelling


def _variants(spelling: str) -> list[str]:
    """Other spellings of the same name: `W1` and `W_1`, `yhat` and `y_hat`, `lam` for `lambda`."""
    head, _, tail = spelling.partition("_")
    out = []
    if tail and (tail.isdigit() or tail in _MARK_NAMES.values()):
        out.append(head + tail)
    elif not tail:
        letters = spelling.rstrip("0123456789")
        if letters and letters != spelling:
            out.append(f"{letters}_{spelling[len(letters) :]}")
        for mark in _MARK_NAMES.values():
            if spelling.endswith(mark) and len(spelling) > len(mark):
                out.append(f"{spelling[: -len(mark)]}_{mark}")
    if spelling == "lambda":
        out.append("lam")
    return out


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a word: a name, a function, a constant, a number or an unknown word, and where it begins."""

    kind: str
    text: str
    start: int


def split(token: Token, words: Vocabulary, bound: Callable[[str], bool]) -> list[Piece]:
    """The names run together in a word.

    Args:
        token: the word.
        words: the item's names.
        bound: whether a letter is an index bound by a sum around it.

    Returns:
        The pieces from left to right: as few as possible, the longest first among equals.

    Raises:
        Unreadable: letters that no reading covers.

    Example:
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> [piece.text for piece in split(lex("xsinx")[0], vocabulary(OPEN), lambda name: False)]
        ['x', 'sin', 'x']
    """
    word = token.text
    whole = _known(word, words, bound, True)
    if whole is None and word in SPOKEN:
        whole = "function"
    if whole is not None or token.whole:
        if whole is None and words.symbols.open and len(word) <= 12:
            whole = "free"
        if whole is not None:
            return [Piece(whole, word, token.start)]
    best: list[tuple[int, int] | None] = [None] * (len(word) + 1)
    kinds = [""] * (len(word) + 1)
    best[len(word)] = (0, 0)
    for begin in range(len(word) - 1, -1, -1):
        for end in range(min(len(word), begin + _LONGEST), begin, -1):
            rest = best[end]
            if rest is None:
                continue
            kind = _known(word[begin:end], words, bound) or _part(word, begin, end, words)
            if kind is None:
                continue
            count, current = rest[0] + 1, best[begin]
            if current is None or count < current[0]:
                best[begin], kinds[begin] = (count, end), kind
    if best[0] is None:
        raise _unknown(token, words)
    if len(word) >= 5 and best[0][0] == len(word) and word.islower() and word.isascii():
        raise _unknown(token, words)
    pieces: list[Piece] = []
    place = 0
    while place < len(word):
        found = best[place]
        assert found is not None
        at = token.at[min(place, len(token.at) - 1)] if token.at else token.start
        pieces.append(Piece(kinds[place], word[place : found[1]], at))
        place = found[1]
    return pieces


def _known(piece: str, words: Vocabulary, bound: Callable[[str], bool], whole: bool = False) -> str | None:
    if piece in words.heads or bound(spell(piece)) or (piece == "I" and not words.symbols.open):
        return "name"
    if piece.endswith("\u0304") and piece[:-1] in words.heads:
        return "name"
    if piece in CAPITALS:
        return "function"
    if (
        piece in CONSTANTS
        and (whole or len(piece) == 1 or piece == "pi")
        and (piece != "E" or words.symbols.open)
    ):
        return "constant"
    return None


def _part(word: str, begin: int, end: int, words: Vocabulary) -> str | None:
    """What a part of a word may be that no declaration names."""
    piece = word[begin:end]
    if piece in SPLITTABLE:
        return "function"
    if begin > 0 and piece.isdigit() and (end == len(word) or not word[end].isdigit()):
        return "number"
    if not words.symbols.open:
        return "function" if piece in ("σ", "δ") else None
    letters = piece.rstrip("0123456789")
    if letters in GREEK:
        return "free"
    if not letters or not (letters[0].isascii() or letters[0] in GREEK_NAMES):
        return None
    if len(letters) == 1 or (len(letters) == 2 and letters[1] in _MARK_NAMES):
        return "free" if end == len(word) or word[end] not in _MARK_NAMES else None
    return None


def _unknown(token: Token, words: Vocabulary) -> Unreadable:
    from quizdl.nearest import nearest

    word = token.text
    if any("가" <= char <= "힣" or "ㄱ" <= char <= "ㅣ" for char in word):
        return Unreadable(
            f"an answer must be a formula, received the word {word!r}",
            token.start,
            "write it with symbols only",
            reason="word",
            params={"word": word},
        )
    near = nearest(word, [symbol.name for symbol in words.symbols] + list(SPOKEN))
    return Unreadable(
        f"{spell(word)!r} is not a name of this question",
        token.start,
        f"did you mean {near}?" if near else "",
        reason="name",
        params={"name": spell(word)},
    )
