"""How far a typed name is from a right one, in keystrokes, and whether that may still be a slip.

Optimal string alignment over keystrokes: a missing, extra or wrong key and two keys in the wrong order cost
1, a vowel or consonant that loan words are commonly spelt with costs a half. A slip must be small for the
name, small for each word and each syllable of it, and must not make another word: no digit, no sign, no
prefix of opposite meaning, no new syllable.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quizdl.grading.words.sounds import Sound, is_hangul, sound

_VOWELS = "ㅏㅗ ㅏㅓ ㅓㅗ ㅏㅔ ㅣㅔ ㅡㅜ ㅠㅜ ㅛㅗ ㅑㅏ ㅕㅓ ㅓㅔ"
_CONSONANTS = "ㄱㅋ ㄷㅌ ㅂㅍ ㅈㅊ"
_LATIN = "sz sc ck"
_ALIKE = frozenset(
    frozenset(pair) for pair in f"{_VOWELS} {_CONSONANTS} {_LATIN}".split() if len(set(pair)) == 2
)
_VOWEL_SET = frozenset("ㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣㅔ")
_BAND = 4
_EXACT = re.compile(r"[\d+#%^<>√.\-/]+")

_LOOSE = re.compile("[가-힣].*[ㄱ-ㅣ]|[ㄱ-ㅣ].*[가-힣]")
"""A letter beside syllables that belongs to none of them."""

_PREFIXES = re.compile(
    r"un|in|im|non|de|dis|anti|re|pre|post|sub|super|semi|self|multi|mis|over|under|hyper|meta|inter|intra|con|co|bi|tri|ex|trans|pro|ab|out"
)
_OPPOSITE_WORDS = """
max/min macro/micro over/under pre/post inter/intra homo/hetero soft/hard low/high up/down en/de uni/multi
train/test mean/median in/out ex/im forward/backward left/right mean/max
과대/과소 최대/최소 상향/하향 상승/하강 증가/감소 가속/감속 확대/축소 이진/다중
"""
_OPPOSITES = [tuple(pair.split("/")) for pair in _OPPOSITE_WORDS.split()]
"""Words of which the one is never a slip of the other."""


class Slip(NamedTuple):
    """A distance, and whether every edit of it only swaps spellings of loan words."""

    cost: float
    variant: bool


class _Edit(NamedTuple):
    cost: float
    typed: tuple[int, ...]
    right: tuple[int, ...]
    at: int
    """Where in the name; for an extra key, the key before it."""


def distance(typed: str, right: str, cutoff: float) -> tuple[float, list[_Edit]] | None:
    """Weighted optimal string alignment of two rows of keys, with its edits; None beyond the cutoff.

    Example:
        >>> distance("overfittng", "overfitting", 2)[0], distance("ㄷㅡㄹㅏㅂ", "ㄷㅡㄹㅗㅂ", 2)[0]
        (1.0, 0.5)
    """
    n, m = len(typed), len(right)
    if abs(n - m) > cutoff:
        return None
    far = cutoff + 1.0
    rows = [[far] * (m + 1) for _ in range(n + 1)]
    rows[0][: _BAND + 1] = [float(j) for j in range(min(m, _BAND) + 1)]
    for i in range(1, n + 1):
        above, row, a = rows[i - 1], rows[i], typed[i - 1]
        if i <= _BAND:
            row[0] = float(i)
        least = row[0]
        for j in range(max(1, i - _BAND), min(m, i + _BAND) + 1):
            b = right[j - 1]
            best = above[j - 1] + _swap(a, b)
            if above[j] + 1.0 < best:
                best = above[j] + 1.0
            if row[j - 1] + 1.0 < best:
                best = row[j - 1] + 1.0
            if i > 1 and a == typed[i - 2] and "a" <= a <= "z" and above[j] + 0.5 < best:
                best = above[j] + 0.5  # a letter that stuck
            if i > 1 and j > 1 and a == right[j - 2] and typed[i - 2] == b and a != b:
                best = min(best, rows[i - 2][j - 2] + 1.0)
            row[j] = best
            if best < least:
                least = best
        if least > cutoff:
            return None
    if rows[n][m] > cutoff:
        return None
    return rows[n][m], _edits(rows, typed, right)


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    return 0.5 if frozenset((a, b)) in _ALIKE else 1.0


def _edits(rows: list[list[float]], typed: str, right: str) -> list[_Edit]:
    """Walk back through the table; swaps of neighbours first, so that they count once."""
    edits: list[_Edit] = []
    i, j = len(typed), len(right)
    while i or j:
        here = rows[i][j]
        if i and j and typed[i - 1] == right[j - 1] and here == rows[i - 1][j - 1]:
            i, j = i - 1, j - 1
            continue
        if (
            i > 1
            and j > 1
            and typed[i - 1] == right[j - 2]
            and typed[i - 2] == right[j - 1]
            and here == rows[i - 2][j - 2] + 1.0
        ):
            edits.append(_Edit(1.0, (i - 2, i - 1), (j - 2, j - 1), j - 2))
            i, j = i - 2, j - 2
        elif i and j and here == rows[i - 1][j - 1] + _swap(typed[i - 1], right[j - 1]):
            edits.append(_Edit(_swap(typed[i - 1], right[j - 1]), (i - 1,), (j - 1,), j - 1))
            i, j = i - 1, j - 1
        elif i and here in (rows[i - 1][j] + 1.0, rows[i - 1][j] + 0.5):
            edits.append(_Edit(here - rows[i - 1][j], (i - 1,), (), max(j - 1, 0)))
            i -= 1
        else:
            edits.append(_Edit(1.0, (), (j - 1,), j - 1))
            j -= 1
    return edits


class Shape(NamedTuple):
    """A right name as typed: its keys, the word each key belongs to, and how much it forgives."""

    text: str
    keys: Sound
    word: tuple[int, ...]
    sizes: tuple[int, ...]
    limit: float


@lru_cache(maxsize=8192)
def shape(parts: tuple[str, ...]) -> Shape:
    """The shape of a name given as its pieces.

    Example:
        >>> shape(("early", "stopping")).limit, shape(("mse",)).limit, shape(("렐루",)).limit
        (2.0, 0.0, 0.5)
    """
    text = "".join(parts)
    heard = sound(text)
    of_character = [index for index, part in enumerate(parts) for _ in part]
    word = tuple(of_character[at] for at in heard.origin)
    sizes = tuple(word.count(index) for index in range(len(parts)))
    return Shape(text, heard, word, sizes, _limit(text, len(heard.keys)))


def _limit(text: str, keys: int) -> float:
    if keys < 4 or (keys == 4 and not text.isascii()):
        return 0.0
    if any(is_hangul(character) for character in text):
        if len(text) <= 2:
            return 0.5
        return 1.0 if keys <= 9 else 1.5 if keys <= 12 else 2.0 if keys <= 24 else 3.0
    if keys == 4:
        return 0.5
    return 1.0 if keys <= 8 else 2.0 if keys <= 20 else 3.0


def slip(typed: str, right: Shape) -> Slip | None:
    """The distance of a compact typed text from a name, when it can be a slip of that name; else None.

    Example:
        >>> slip("overfiting", shape(("overfitting",))), slip("relu6", shape(("relu",)))
        (Slip(cost=1.0, variant=False), None)
    """
    if right.limit == 0.0 or _EXACT.findall(typed) != _EXACT.findall(right.text):
        return None
    if _syllables_swapped(typed, right.text):
        return Slip(1.0, False)
    keys = sound(typed)
    limit = max(right.limit, 1.0) if _LOOSE.search(typed) else right.limit  # 뉴러ㄴ can be no other word
    measured = distance(keys.keys, right.keys.keys, limit + 1.0)
    if measured is None:
        return None
    cost, edits = measured
    if not edits:
        return Slip(0.0, True)
    if not _small_everywhere(edits, keys, typed, right) or _another_word(typed, right.text):
        return None
    if len(edits) == 2 and _bare_vowel(edits, keys, typed, right):
        cost -= 1.0
    if cost > limit:
        return None
    return Slip(cost, all(edit.cost < 1.0 and edit.right for edit in edits))


def _syllables_swapped(typed: str, right: str) -> bool:
    """Whether two neighbouring syllables of a name of four or more stand in the wrong order.

    Example:
        >>> _syllables_swapped("경사강하법", "경사하강법"), _syllables_swapped("합적", "적합")
        (True, False)
    """
    if len(typed) != len(right) or len(right) < 4 or not all(map(is_hangul, right)):
        return False
    at = next((i for i, pair in enumerate(zip(typed, right, strict=True)) if pair[0] != pair[1]), len(right))
    return typed == right[:at] + right[at : at + 2][::-1] + right[at + 2 :] and at < len(right)


def _small_everywhere(edits: list[_Edit], keys: Sound, typed: str, right: Shape) -> bool:
    words: dict[int, float] = {}
    syllables: dict[int, int] = {}
    for edit in edits:
        word = right.word[edit.at]
        words[word] = words.get(word, 0.0) + edit.cost
        if edit.right and is_hangul(right.text[right.keys.origin[edit.at]]):
            for origin in {right.keys.origin[place] for place in edit.right}:
                syllables[origin] = syllables.get(origin, 0) + 1
        first = (edit.right and edit.right[0] == 0) or (edit.typed and edit.typed[0] == 0)
        if first and edit.cost >= 1.0 and len(right.keys.keys) < 8:
            return False
        appended = edit.typed and not edit.right and edit.typed[-1] == len(keys.keys) - 1
        if appended and len(right.keys.keys) <= 8 and typed[-1:] != typed[-2:-1]:
            return False  # AdamX and softmaxv are other names, dropoutt is not
    if any(cost > _word_limit(right.sizes[word]) for word, cost in words.items()):
        return False
    dropped = {place for edit in edits if not edit.typed for place in edit.right}
    for origin, count in syllables.items():
        if count > 1 and not _faint(right.text, right.keys, origin, dropped):
            return False
    added = {place for edit in edits if not edit.right for place in edit.typed}
    return all(
        _faint(typed, keys, origin, added)
        for origin in {keys.origin[place] for place in added}
        if is_hangul(typed[origin])
        and all(place in added for place, of in enumerate(keys.origin) if of == origin)
        and len([1 for of in keys.origin if of == origin]) > 1
    )


def _bare_vowel(edits: list[_Edit], keys: Sound, typed: str, right: Shape) -> bool:
    """Whether two edits are one bare vowel more or less, which is one slip of the ear."""
    lost = {place for edit in edits if not edit.typed for place in edit.right}
    added = {place for edit in edits if not edit.right for place in edit.typed}
    if len(lost) == 2:
        return _faint(right.text, right.keys, right.keys.origin[min(lost)], lost)
    return len(added) == 2 and _faint(typed, keys, keys.origin[min(added)], added)


def _word_limit(size: int) -> float:
    return 0.5 if size <= 3 else 1.0 if size <= 9 else 2.0


def _faint(text: str, keys: Sound, origin: int, lost: set[int]) -> bool:
    """Whether a syllable may come and go in a loan word: a bare vowel inside it (레이어, 시그모이드)."""
    places = [place for place, of in enumerate(keys.origin) if of == origin]
    bare = len(places) == 2 and keys.keys[places[0]] == "ㅇ" and keys.keys[places[1]] in "ㅣㅓㅜ"
    return bare and origin > 0 and len(text) >= 4 and all(place in lost for place in places)


def _another_word(typed: str, right: str) -> bool:
    longer, shorter = (typed, right) if len(typed) > len(right) else (right, typed)
    if longer.endswith(shorter) and _PREFIXES.fullmatch(longer[: len(longer) - len(shorter)]):
        return True
    for size in range(1, 6):  # in-volution, con-volution
        head, rest = right[:size], right[size:]
        if len(rest) < 4 or typed == right or not typed.endswith(rest) or not _PREFIXES.fullmatch(head):
            continue
        if _PREFIXES.fullmatch(typed[: len(typed) - len(rest)]):
            return True
    return any(
        (a in right and b in typed and a not in typed and b not in right)
        or (b in right and a in typed and b not in typed and a not in right)
        for a, b in _OPPOSITES
    )
