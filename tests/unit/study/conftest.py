"""A small real pack, a real journal and a clock that is set by hand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from quizdl.journal.store import Journal
from quizdl.packs.cache import load
from quizdl.packs.library import Library
from quizdl.settings import Settings
from quizdl.study.clock import HeldClock
from quizdl.study.session import Session
from quizdl.study.values import Filters

NOON = 1_700_017_200_000
"""Noon in Seoul on a day in November 2023."""

PACK = """\
pack: {id: small, title: {ko: 작은 묶음, en: Small}, version: '1'}
concepts:
  - {id: relu, names: {ko: [렐루, 정류 선형 유닛], en: [ReLU, rectified linear unit]}}
  - {id: softmax, names: {ko: [소프트맥스], en: [softmax]}, requires: [relu]}
  - {id: adam, names: {ko: [아담], en: [Adam]}, requires: [softmax]}
items:
  - {id: relu.term, kind: term, concept: relu, definition: {ko: 음수를 0으로, en: clips negatives to zero}}
  - id: relu.at
    kind: choice
    concept: relu
    tags: [values]
    plot: {curves: [{fn: relu}]}
    prompt: {ko: 'ReLU(-2)의 값은?', en: 'What is ReLU(-2)?'}
    hints: [{ko: 음수이다, en: it is negative}]
    explanation: {ko: '$\\max(0, -2) = 0$', en: '$\\max(0, -2) = 0$'}
    options:
      - {text: '0', right: true}
      - {text: '-2', feedback: {ko: 항등 함수이다, en: that is the identity}}
      - {text: '2', feedback: {ko: 절댓값이다, en: that is the absolute value}}
  - id: softmax.true
    kind: choice
    concept: softmax
    also: [relu]
    prompt: {ko: 옳은 것을 모두 고르시오, en: Which are true?}
    options:
      - {text: {ko: 합은 1이다, en: The sum is 1}, right: true}
      - {text: {ko: 모두 양수이다, en: All are positive}, right: true}
      - {text: {ko: 합은 0이다, en: The sum is 0}, feedback: {ko: 합은 1이다, en: the sum is 1}}
  - {id: softmax.sum, kind: flashcard, concept: softmax, front: {ko: 합, en: Sum}, back: '1', reversed: true}
  - id: adam.cloze
    kind: cloze
    concept: adam
    text: {ko: '{{c1::아담}}은 {{c2::모멘텀}}을 쓴다', en: '{{c1::Adam}} uses {{c2::momentum}}'}
  - {id: adam.term, kind: term, concept: adam, definition: {ko: 적응형 최적화, en: an adaptive optimizer}}
  - {id: adam.why, kind: flashcard, concept: adam, front: {ko: 왜?, en: Why?}, back: {ko: 빠르다, en: fast}}
"""


@dataclass
class World:
    """What outlives a session: packs, journal file, clock. `open` starts the program anew."""

    library: Library
    path: Path
    clock: HeldClock = field(default_factory=lambda: HeldClock(at_ms=NOON))
    settings: Settings = field(default_factory=Settings)
    journals: list[Journal] = field(default_factory=list)

    def open(self, filters: Filters | None = None, *, seed: int = 1, **settings: object) -> Session:
        self.journals.append(Journal.open(self.path))
        return Session.start(
            self.library,
            self.journal,
            replace(self.settings, **settings),  # type: ignore[arg-type]
            filters or Filters(),
            clock=self.clock,
            rng=random.Random(seed),
        )

    @property
    def journal(self) -> Journal:
        return self.journals[-1]

    def days(self, number: int) -> None:
        self.clock.advance(number * 86_400)

    def close(self) -> None:
        while self.journals:
            self.journals.pop().close()


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("pack")
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    return Library([load((folder,), folder / "cache")])


@pytest.fixture
def world(library: Library, tmp_path: Path) -> Iterator[World]:
    made = World(library, tmp_path / "journal.db")
    yield made
    made.close()


@pytest.fixture
def answer() -> Callable[[Session, int], object]:
    """Answer the question on the screen in five seconds, and rate it."""

    def go(session: Session, quality: int) -> object:
        session.answer()
        session._clock.advance(5)  # type: ignore[attr-defined]
        return session.rate(quality)

    return go


KINDS = """\
pack: {id: kinds, title: {ko: 종류, en: Kinds}, version: '1'}
concepts:
  - {id: relu, names: {ko: 렐루, en: [ReLU, rectified linear unit]}}
  - {id: dropout, names: {ko: [드롭아웃], en: [dropout]}}
  - {id: early, names: {ko: [조기 종료], en: [early stopping]}}
  - {id: overfitting, names: {ko: [과대적합, 과적합], en: [overfitting]}}
  - {id: underfitting, names: {ko: [과소적합], en: [underfitting]}}
items:
  - {id: relu.term, kind: term, concept: relu, definition: {ko: 음수를 0으로, en: clips negatives to zero}}
  - {id: over.short, kind: short, concept: overfitting, prompt: {ko: 외우면?, en: Learning by heart?}}
  - id: over.list
    kind: list
    concept: overfitting
    need: 2
    prompt: {ko: 막는 방법 둘, en: Two remedies}
    members: [{concept: dropout}, {concept: early}, {names: {ko: L2 규제, en: L2 regularization}}]
  - id: train.order
    kind: order
    concept: relu
    prompt: {ko: 순서대로, en: In order}
    steps:
      - {ko: 순전파, en: forward}
      - {ko: 손실, en: loss}
      - {ko: 역전파, en: backward}
      - {ko: 갱신, en: update}
  - id: relu.match
    kind: match
    concept: relu
    prompt: {ko: 짝, en: Pairs}
    pairs: [{left: ReLU, right: 'max(0, x)'}, {left: identity, right: x}]
    extra: ['|x|']
  - id: relu.numeric
    kind: numeric
    concept: relu
    prompt: {ko: '<<x>>의 제곱?', en: 'The square of <<x>>?'}
    params: {x: {type: int, min: 3, max: 90}}
    answer: x^2
    mistakes: [{value: 2*x, feedback: {ko: 두 배, en: that is the double of <<x>>}}]
  - id: relu.cloze
    kind: cloze
    concept: relu
    text:
      ko: '{{c1::−1}}과 {{c2::드롭아웃}}, {{c2::조기 종료}}'
      en: '{{c1::−1}} and {{c2::dropout}}, {{c2::early stopping}}'
"""


@pytest.fixture
def kinds(tmp_path: Path) -> Iterator[World]:
    """A world with an item of each kind that is answered by more than a choice."""

    (tmp_path / "pack.yaml").write_text(KINDS, encoding="utf-8")
    library = Library([load((tmp_path / "pack.yaml",), tmp_path / "cache")])
    made = World(library, tmp_path / "journal.db")
    yield made
    made.close()
