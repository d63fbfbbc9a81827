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
