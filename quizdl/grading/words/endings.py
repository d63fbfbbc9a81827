"""Korean endings and particles, sentence frames and generic head nouns around a name.

A closed list, peeled step by step from a compact text. Peeling never decides anything: each remainder counts
only when it is an entire accepted name.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from quizdl.grading.words.normalising import compact

_PARTICLES = "은 는 이 가 을 를 의 에 도 만 와 과 로 으로 에서 이랑 랑 하고 이나 나 들 용"
_COPULAS = """
다 이다 요 이요 임 입니다 이에요 에요 예요 이예요 죠 이죠 지요 이지요 네요 이네요 야 이야 인 인데요
이고 고 란 이란 라 이라 이며 며 랍니다 이랍니다 래요 이래요 였습니다 이었습니다 이었다 였다 군요 이군요
거든요 이거든요 잖아요 이잖아요 라는 이라는 라고 이라고 여 이여 염 이염 예여 이에여 입니당 임다 입니다만
겠습니다 이겠습니다 겠죠 이겠죠
"""
_SAID = """
합니다 한다 해요 함 해 하죠 하지요 불러요 부릅니다 부른다 부름 불립니다 불린다 불려요
말합니다 말한다 말해요 하는것 하는거 하는현상 생각합니다 생각해요 답하겠습니다
"""
_DONE = """
합니다 한다 해요 함 하기 하는것 하는거 하는방법 하는기법 하면된다 하면됩니다 하면돼요 해야한다 해야합니다
했다 했습니다 하다 됩니다 된다 돼요 됨 되는것 되는거 된것 되다 되는현상 된상태
"""
_ACTS = """
사용 이용 활용 적용 발생 수행 진행 선택 추가 도입 계산 갱신 업데이트 의미 필요 출력 측정 뜻
"""
_VERBS = """
사용 이용 활용 적용 발생 일어난다 일어납니다 일어나요 일어남 일어나는것 생긴다 생깁니다 생겨요 생김 생기는것
나타난다 나타납니다 나타나요 나타나는것 더한다 더해진다 더해집니다 있다 있습니다
쓴다 씁니다 써요 씀 쓰기 쓰는것 쓰면된다 쓰면됩니다 쓰면돼요 정답 답 맞습니다 맞아요 맞다 맞음
"""
_GENERIC = """
함수 기법 방법 방식 방법론 알고리즘 현상 문제 문제점 상태 상황 층 레이어 계층 콜백 값 용어 개념 말 것 거
단계 과정 법 항 연산 펑션 메소드 메서드
function functions method methods technique techniques algorithm algorithms problem problems phenomenon issue
layer layers callback class strategy approach concept value term operation operations
활성화함수 활성함수 옵티마이저 최적화기 최적화알고리즘 activationfunction activation optimizer optimiser
최적화 optimization optimisation
"""
"""Head nouns that say what kind of thing a name is the name of; "Adam optimizer" is Adam."""
_AFTER_NUMBERS = "크기 사이즈 단위 개 size"
_LEADS = """
정답은 정답 답은 답 그건 그것은 이건 이것은 이는 그게 이게 바로 저는 제답은 한 하나의 1 일종의 소위
the thisis itis thisiscalled itiscalled itscalled theansweris answeris
"""
_LEAD_WORDS = frozenset(
    {"the", "a", "an", "one", "this", "that", "it", "is", "its", "s", "was", "be", "we", "call", "called"}
    | {"named", "known", "as", "aka", "so", "my", "answer", "ans"}
)
"""English words before a name; only as words, for "atanh" is not "a tanh"."""


class Peeled(NamedTuple):
    """What is left of a text, and after how many peels."""

    rest: str
    steps: int


@cache
def _tails() -> dict[str, list[str]]:
    """What may be peeled off the end, longest first, by its last character."""
    table: dict[str, set[str]] = {}
    said = [f"{i}라고{end}" for i in ("", "이") for end in _SAID.split()]
    done = [act + end for act in ["", *_ACTS.split()] for end in _DONE.split()]
    named = [f"{i}라는{what}" for i in ("", "이") for what in ("것", "거", "말", "용어", "개념")]
    for word in [*f"{_PARTICLES} {_COPULAS} {_VERBS} {_GENERIC}".split(), *said, *done, *named]:
        folded = compact(word)
        table.setdefault(folded[-1], set()).add(folded)
    return {last: sorted(found, key=lambda word: (-len(word), word)) for last, found in table.items()}


@cache
def _leads() -> list[str]:
    return sorted({compact(word) for word in _LEADS.split()}, key=lambda word: (-len(word), word))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(compact(word) for word in _GENERIC.split())


_MOST = 60
_DEEPEST = 5


@lru_cache(maxsize=1024)
def peel(text: str) -> tuple[Peeled, ...]:
    """A compact text and everything left of it after peeling, fewest peels first.

    Example:
        >>> [peeled.rest for peeled in peel("역전파입니다")]
        ['역전파입니다', '역전파', '역전파입니']
        >>> "adam" in {peeled.rest for peeled in peel("theadamoptimizer는")}
        True
    """
    found = {text}
    rank = [Peeled(text, 0)]
    for peeled in rank:  # grows while it is read: breadth first
        if len(rank) >= _MOST or peeled.steps >= _DEEPEST:
            break
        for rest in _once(peeled.rest):
            if rest not in found:
                found.add(rest)
                rank.append(Peeled(rest, peeled.steps + 1))
    return tuple(rank)


def _once(text: str) -> list[str]:
    out = [
        text[: -len(tail)].rstrip()
        for tail in _tails().get(text[-1:], ())
        if len(text) > len(tail) and text.endswith(tail)
    ]
    for unit in _AFTER_NUMBERS.split():
        if text.endswith(unit) and text[: -len(unit)][-1:].isdigit():
            out.append(text[: -len(unit)])
    for lead in _leads():
        if (
            len(text) > len(lead) + 1
            and text.startswith(lead)
            and not (lead == "1" and not text[1].isalpha())
        ):
            out.append(text[len(lead) :].lstrip())
    return out


def without_lead(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Pieces without the English words that lead up to a name; all of them where nothing else is there.

    Example:
        >>> without_lead(("it", "s", "called", "dropout")), without_lead(("atanh",))
        (('dropout',), ('atanh',))
    """
    start = 0
    while start < len(parts) and parts[start] in _LEAD_WORDS:
        start += 1
    return parts[start:] if start < len(parts) else parts


def is_filler(text: str) -> bool:
    """Whether a compact text is nothing but a generic word.

    Example:
        >>> is_filler("함수"), is_filler("함수입니다"), is_filler("렐루")
        (True, True, False)
    """
    return any(peeled.rest in _fillers() for peeled in peel(text))
