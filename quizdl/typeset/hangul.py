"""Korean letters: syllables and jamo, the two-set keyboard, particles that depend on a final.

A learner often types in the other keyboard mode: "rhkwjrgkq" is 과적합 with the Latin layout on. The map is
that of the standard two-set layout (KS X 5002).
"""

from __future__ import annotations

import re
from unicodedata import normalize

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS: tuple[str, ...] = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_FIRST, _LAST = 0xAC00, 0xD7A3

_PAIRS = {
    pair[:2]: pair[2]
    for pair in """
    ㅗㅏㅘ ㅗㅐㅙ ㅗㅣㅚ ㅜㅓㅝ ㅜㅔㅞ ㅜㅣㅟ ㅡㅣㅢ ㄱㅅㄳ ㄴㅈㄵ ㄴㅎㄶ
    ㄹㄱㄺ ㄹㅁㄻ ㄹㅂㄼ ㄹㅅㄽ ㄹㅌㄾ ㄹㅍㄿ ㄹㅎㅀ ㅂㅅㅄ
    """.split()  # noqa: SIM905
}
"""Letters typed with two keys. ㄲ and ㅆ are not among them: they have keys of their own (Shift)."""
_PARTS = {pair: parts for parts, pair in _PAIRS.items()}

_KEYS = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
_LETTERS = {letter: key for key, letter in _KEYS.items()}


def nfc(text: str) -> str:
    """Text in Unicode's composed form, in which 각 is one character however it was typed or stored.

    Example:
        >>> len(nfc("\\u1100\\u1161\\u11a8"))
        1
    """
    return normalize("NFC", text)


def decompose(text: str) -> str:
    """Syllables as their jamo, one letter per key of the keyboard; the rest as it is.

    Example:
        >>> decompose("과적합")
        'ㄱㅗㅏㅈㅓㄱㅎㅏㅂ'
    """
    out: list[str] = []
    for character in nfc(text):
        code = ord(character)
        if _FIRST <= code <= _LAST:
            rest, final = divmod(code - _FIRST, len(FINALS))
            initial, vowel = divmod(rest, len(VOWELS))
            letters = (INITIALS[initial], VOWELS[vowel], FINALS[final])
            out += [_PARTS.get(letter, letter) for letter in letters]
        else:
            out.append(_PARTS.get(character, character))
    return "".join(out)


def compose(letters: str) -> str:
    """Jamo as the syllables that a Korean input method makes of them.

    A consonant ends the syllable before it until a vowel follows: then it begins the next one.

    Args:
        letters: compatibility jamo (ㄱ…ㅣ) and anything else, which stays.

    Returns:
        The text.

    Example:
        >>> compose("ㄱㅏㅂㅅㅣ"), compose("ㅋㅋ loss")
        ('갑시', 'ㅋㅋ loss')
    """
    out: list[str] = []
    state = _Syllable()
    for letter in letters:
        done = state.add(letter)
        if done is not None:
            out.append(done)
    out.append(state.flush())
    return "".join(out)


class _Syllable:
    """The syllable being typed: initial, vowel and final, each perhaps empty."""

    def __init__(self) -> None:
        self.initial = self.vowel = self.final = ""

    def add(self, letter: str) -> str | None:
        """Take a letter; what became final by it, or None."""
        if letter in VOWELS:
            return self._add_vowel(letter)
        if letter in INITIALS or letter in FINALS:
            return self._add_consonant(letter)
        return self.flush() + letter

    def _add_vowel(self, vowel: str) -> str | None:
        if self.final:  # its last consonant belongs to this vowel
            parts = _PARTS.get(self.final, self.final)
            self.final, initial = ("", parts) if len(parts) == 1 else (parts[0], parts[1])
            done = self.flush()
            self.initial, self.vowel = initial, vowel
            return done
        if self.vowel:
            pair = _PAIRS.get(self.vowel + vowel)
            if pair:
                self.vowel = pair
                return None
            done = self.flush()
            self.vowel = vowel
            return done
        if self.initial and self.initial not in INITIALS:
            done = self.flush()
            self.vowel = vowel
            return done
        self.vowel = vowel
        return None

    def _add_consonant(self, letter: str) -> str | None:
        if self.initial and self.vowel:
            if not self.final and letter in FINALS:
                self.final = letter
                return None
            pair = _PAIRS.get(self.final + letter)
            if self.final and pair:
                self.final = pair
                return None
        done = self.flush()
        self.initial = letter
        return done or None

    def flush(self) -> str:
        """The syllable as it stands, and a fresh start."""
        initial, vowel, final = self.initial, self.vowel, self.final
        self.initial = self.vowel = self.final = ""
        if initial and vowel:
            index = (INITIALS.index(initial) * len(VOWELS) + VOWELS.index(vowel)) * len(FINALS)
            return chr(_FIRST + index + FINALS.index(final))
        return initial + vowel


def to_keys(text: str) -> str:
    """The Latin keys that type a Korean text on a two-set keyboard.

    Example:
        >>> to_keys("과적합")
        'rhkwjrgkq'
    """
    return "".join(_LETTERS.get(letter, letter) for letter in decompose(text))


def from_keys(keys: str) -> str:
    """The Korean text that Latin keys would have typed; a capital without a letter counts as small.

    Example:
        >>> from_keys("rhkwjrgkq")
        '과적합'
    """
    return compose("".join(_KEYS.get(key) or _KEYS.get(key.lower(), key) for key in keys))


def hangul_key(key: str) -> str:
    """The jamo on a Latin key, to bind a shortcut in both keyboard modes.

    Example:
        >>> hangul_key("h"), hangul_key("1")
        ('ㅗ', '1')
    """
    return _KEYS.get(key) or _KEYS.get(key.lower(), key)


_JOSA = {
    f"{with_final}/{without}": (with_final, without)
    for with_final, without in (
        *(("을", "를"), ("이", "가"), ("은", "는"), ("과", "와"), ("으로", "로"), ("아", "야")),
        *(("이나", "나"), ("이란", "란"), ("이라", "라"), ("이다", "다"), ("이에요", "예요")),
        *(("이라고", "라고"), ("이며", "며"), ("이면", "면"), ("이고", "고"), ("이든", "든")),
    )
}
_JOSA |= {f"{without}/{with_final}": (with_final, without) for with_final, without in _JOSA.values()}

_OFFERED = re.compile(r"\[([가-힣]+/[가-힣]+)\]")

_DIGITS: dict[str, str] = dict(
    zip("0123456789", ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""), strict=True)
)
"""The final of each digit as it is read: 영, 일, 이, 삼, …"""
_ZEROS: dict[int, str] = {1: "ㅂ", 2: "ㄱ", 3: "ㄴ", 4: "ㄴ", 5: "ㄴ", 6: "ㄴ", 7: "ㄴ", 8: "ㄱ"}
"""…and of numbers that end in so many zeros: 십, 백, 천, 만, 억."""
_LETTER_NAMES = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
"""Single letters and acronyms are spelt out: L 엘, M 엠, N 엔, R 알; the others end in a vowel."""
_GREEK_FINALS = {"ε": "ㄴ", "ϵ": "ㄴ", "υ": "ㄴ", "ο": "ㄴ"}
"""엡실론, 입실론, 오미크론; the other Greek letters end in a vowel."""


def final_of(word: str) -> str:
    """The final consonant a word is read with, "" for a vowel.

    Korean is known; of other words it is judged by how they are usually read in Korean.

    Example:
        >>> final_of("손실"), final_of("softmax"), final_of("Adam"), final_of("ReLU"), final_of("10")
        ('ㄹ', '', 'ㅁ', '', 'ㅂ')
    """
    word = nfc(word).rstrip(" \t.,:;!?\"'”’`*_$…·")
    while word and word[-1] in ")]}〉》」』":
        opening = {")": "(", "]": "[", "}": "{", "〉": "〈", "》": "《", "」": "「", "』": "『"}[word[-1]]
        start = word.rfind(opening)
        # "과적합(overfitting)" is read 과적합; "f(x)" and "[1]" by what the brackets hold
        before = word[:start].rstrip() if start > 0 else ""
        korean = bool(before) and _FIRST <= ord(before[-1]) <= _LAST
        word = before if korean else word[:-1].rstrip(")]}〉》」』")
    if not word:
        return ""
    last = word[-1]
    code = ord(last)
    if _FIRST <= code <= _LAST:
        return FINALS[(code - _FIRST) % len(FINALS)]
    if last.isascii() and last.isdigit():
        return _final_of_number(word)
    if last in _GREEK_FINALS:
        return _GREEK_FINALS[last]
    if last == "%":
        return ""  # 퍼센트
    if last.isascii() and last.isalpha():
        start = len(word)
        while start and word[start - 1].isascii() and word[start - 1].isalpha():
            start -= 1
        return _final_of_latin(word[start:])
    return last if last in FINALS[1:] else ""


def _final_of_number(word: str) -> str:
    digits = word[len(word.rstrip("0123456789")) :]
    before = word[: -len(digits)]
    if before.endswith(".") and before[:-1][-1:].isdigit():
        return _DIGITS[digits[-1]]  # decimals are read digit by digit
    zeros = len(digits) - len(digits.rstrip("0"))
    if zeros and zeros < len(digits):
        return _ZEROS.get(zeros, "ㄱ")
    return _DIGITS[digits[-1]]


def _final_of_latin(word: str) -> str:
    """How a Latin word ends when read in Korean: loss 로스, batch 배치, Adam 아담, model 모델."""
    low = word.lower()
    if len(word) == 1 or (word.isupper() and len(word) <= 5):
        return _LETTER_NAMES.get(low[-1], "")
    if low.endswith("ng"):
        return "ㅇ"
    if low[-1] in "lmn":
        return {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ"}[low[-1]]
    if low.endswith(("me", "ne", "le")) and len(low) > 3:
        return {"m": "ㅁ", "n": "ㄴ", "l": "ㄹ"}[low[-2]]  # volume 볼륨, cosine 코사인, sample 샘플
    short_vowel = len(low) > 2 and low[-2] in "aeiou" and low[-3] not in "aeiou"
    if (low[-1] in "kp" and short_vowel) or low.endswith("ck"):
        return "ㄱ" if low[-1] == "k" else "ㅂ"  # 백, 드롭
    if (low[-1] == "t" and short_vowel) or low.endswith("out"):
        return "ㅅ"  # 넷, 셋, 포맷, 드롭아웃
    return ""


def josa(word: str, particle: str) -> str:
    """The form of a particle that fits a word, without the word.

    Args:
        word: what stands before it: Korean, Latin, digits, brackets or quotes at its end.
        particle: both forms with a slash in either order: "을/를", "이/가", "은/는", "과/와", "으로/로" ….

    Returns:
        The form: after a final consonant the first, after a vowel the second; 로 follows ㄹ too.

    Raises:
        ValueError: an unknown particle.

    Example:
        >>> josa("softmax", "을/를"), josa("손실", "으로/로"), josa("과적합(overfitting)", "은/는")
        ('를', '로', '은')
    """
    if particle not in _JOSA:
        raise ValueError(f"a particle must be one of {', '.join(_JOSA)}, received {particle!r}")
    with_final, without = _JOSA[particle]
    final = final_of(word)
    if with_final == "으로" and final == "ㄹ":
        return without
    return with_final if final else without


def fit_particles(text: str) -> str:
    """Choose each particle written as `[을/를]` by the word before it.

    A translation cannot know what will fill its placeholders, so it offers both forms.

    Example:
        >>> fit_particles("“과적합”[은/는] 맞지만 softmax[은/는] 달라요. 손실[으로/로] 읽었어요.")
        '“과적합”은 맞지만 softmax는 달라요. 손실로 읽었어요.'
        >>> fit_particles("x[0/1] stays")
        'x[0/1] stays'
    """
    parts = _OFFERED.split(text)
    for at in range(1, len(parts), 2):
        words = parts[at - 1].split()
        offered = parts[at]
        fits = offered in _JOSA and words
        parts[at] = josa(words[-1], offered) if fits else f"[{offered}]"
    return "".join(parts)
