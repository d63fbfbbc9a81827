"""The forms in which one name may be written, beyond what folding already makes one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from quizdl.grading.words.endings import is_filler
from quizdl.grading.words.english import stem
from quizdl.grading.words.normalising import YOD, clean, compact, joined, pieces
from quizdl.grading.words.sounds import is_acronym, is_hangul, spelt_out

_INNER = re.compile(r"(?<=[가-힣]{2})(?:의|에|을|를|이|가|용|적|적인)$")
_COLLECTIONS = (("세트", "셋", "데이터", "데이터세트", "데이터셋"), ("set", "data", "dataset"))
_OPTIONAL_HEADS = ("함수", "현상", "문제", "법", "function", "problem", "phenomenon")
_VARIED = (*_COLLECTIONS[0], *_COLLECTIONS[1], *_OPTIONAL_HEADS)
_LOSSY = re.compile(r"오차|에러|엔트로피|손실|로스|발산|거리|error|entropy|loss|divergence")
_LOSS_TAILS = (
    *("손실함수", "비용함수", "손실", "로스", "지표", "평가지표"),
    *("lossfunction", "costfunction", "loss", "metric"),
)
_SIMPLE = re.compile(r"(?:[A-Za-z]+|[가-힣]+)(?: (?:[A-Za-z]+|[가-힣]+))*+")
"""Names without a sign, which need no folding: nearly all of them."""
_LATIN = re.compile(r"[a-z][a-z0-9 \-_.]*[a-z0-9]|[a-z]")


@lru_cache(maxsize=8192)
def parts_of(name: str) -> tuple[str, ...]:
    """The pieces of a name as an author wrote it.

    Example:
        >>> parts_of("Mini-batch GD")
        ('mini', 'batch', 'gd')
    """
    if _SIMPLE.fullmatch(name):
        return tuple(name.lower().translate(YOD).split(" "))
    return pieces(clean(name) or "")


@lru_cache(maxsize=4096)
def plain(parts: tuple[str, ...]) -> str:
    """Pieces in a row, inflection of English words and particles inside Korean phrases left out.

    Example:
        >>> plain(("vanishing", "gradients")), plain(("시간의", "방향")), plain(("테스트용", "데이터"))
        ('vanishgradient', '시간방향', '테스트데이터')
    """
    last = len(parts) - 1
    return joined(
        [_INNER.sub("", part) if index < last and is_hangul(part[-1]) else stem(part)
         for index, part in enumerate(parts)]
    )  # fmt: skip


def spellings(name: str) -> Iterator[tuple[str, ...]]:
    """A name as pieces, then its other forms: letters read out, one word for a data set or another, no 함수.

    Example:
        >>> [" ".join(form) for form in spellings("MSE")]
        ['mse', '엠에스이']
        >>> "테스트 데이터" in [" ".join(form) for form in spellings("테스트 세트")]
        True
    """
    parts = parts_of(name)
    if not parts:
        return
    yield parts
    if is_acronym(name):
        yield from ((text,) for text in spelt_out(name))
    if not parts[-1].endswith(_VARIED):
        return
    for heads in _COLLECTIONS:
        for head in heads:
            if parts[-1] == head and len(parts) > 1:
                yield from ((*parts[:-1], other) for other in heads if other != head)
                break
            if parts[-1].endswith(head) and len(parts[-1]) > len(head) + 1 and is_hangul(head[0]):
                yield from ((*parts[:-1], parts[-1][: -len(head)], other) for other in heads if other != head)
                break
    for head in _OPTIONAL_HEADS:
        if not parts[-1].endswith(head):
            continue
        rest = (*parts[:-1], parts[-1][: -len(head)]) if parts[-1] != head else parts[:-1]
        if len("".join(rest)) >= (4 if is_hangul(head[0]) else 8):
            yield tuple(part for part in rest if part)


def head_nouns(names: Iterable[str]) -> frozenset[str]:
    """The last words of names, which may follow their synonyms too: "L1 규제" allows "라쏘 규제".

    Losses and metrics may be called a loss ("MSE loss" is MSE, but "softmax loss" is not softmax).

    Example:
        >>> sorted(head_nouns(["라쏘", "L1 규제"])), "loss" in head_nouns(["MSE", "mean squared error"])
        (['규제'], True)
    """
    kept = list(names)
    words = [(clean(name) or "").split() for name in kept]
    lasts = {compact(each[-1]) for each in words if len(each) > 1}
    heads = {last for last in lasts if last and len(last) >= (2 if is_hangul(last[0]) else 4)}
    return frozenset(heads | set(_LOSS_TAILS if is_loss(kept) else ()))


def is_loss(names: Iterable[str]) -> bool:
    """Whether names are those of a loss or a metric, so that "MSE loss" is MSE (not so "softmax loss").

    Example:
        >>> is_loss(["MSE", "mean squared error"]), is_loss(["softmax"])
        (True, False)
    """
    return any(_LOSSY.search(clean(name) or "") for name in names)


def dictionary(concepts: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """English words and phrases with the Korean ones that stand for them, learnt from names in both.

    Entire names translate each other; names of equally many words do so word by word, but a generic word is
    only another one: "sigmoid function" beside 로지스틱 시그모이드 does not make 시그모이드 a function.

    Example:
        >>> words = dictionary([("이진 분류", "binary classification"), ("기울기", "gradient")])
        >>> words["binary"], words["gradient"]
        (('이진',), ('기울기',))
    """
    found: dict[str, dict[str, None]] = {}
    for names in concepts:
        korean = [parts for parts in map(parts_of, names) if parts and all(is_hangul(p[0]) for p in parts)]
        english = [parts for parts in map(parts_of, names) if parts and all(p.isascii() for p in parts)]
        for ours, theirs in product(korean[:8], english[:8]):
            size = len(ours)
            found.setdefault(plain(theirs), {})["".join(ours)] = None
            if size == len(theirs):
                for start in range(size):
                    for end in range(start + 1, size + 1):
                        word, translated = plain(theirs[start:end]), "".join(ours[start:end])
                        if end - start < size and (is_filler(word) or not is_filler(translated)):
                            found.setdefault(word, {})[translated] = None
    return {english_: tuple(korean_) for english_, korean_ in found.items()}


def translations(cleaned: str, words: dict[str, tuple[str, ...]]) -> list[str]:
    """A text that mixes both languages, its English words put into Korean; empty where one is not known.

    Example:
        >>> translations("binary 분류", {"binary": ("이진", "이항")})
        ['이진 분류', '이항 분류']
    """
    choices: list[tuple[str, ...]] = []
    at = 0
    for match in _LATIN.finditer(cleaned):
        known = words.get(plain(pieces(match[0])))
        if known is None:
            return []
        choices += [(cleaned[at : match.start()],), known[:6]]
        at = match.end()
    choices.append((cleaned[at:],))
    total = 1
    for choice in choices:
        total *= len(choice)
    return ["".join(option) for option in product(*choices)] if len(choices) > 1 and total <= 48 else []
