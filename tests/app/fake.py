"""A session in memory with the face of the real one, for tests that concern the screen alone."""

from __future__ import annotations

from dataclasses import replace

from quizdl.errors import QuizdlError
from quizdl.grading import choice
from quizdl.grading.quality import suggest
from quizdl.packs.cards import Card, faces_of
from quizdl.packs.faces import face
from quizdl.packs.items import AnyItem, Choice, Concept
from quizdl.scheduling.state import CardState
from quizdl.study.hints import hints
from quizdl.study.values import Progress, Question, Rated, Summary, Undone


class FakeSession:
    """Asks the cards of some items one after the other, and never again; nothing is shuffled."""

    def __init__(
        self, items: list[AnyItem], concept: Concept, faces: tuple[str, ...] = (), *, typing: bool = False
    ) -> None:
        self._questions = []
        for item in items:
            for name in faces_of(item):
                if faces and name not in faces:
                    continue
                card = Card(
                    key=f"p/{item.id}/{name}",
                    pack="p",
                    item=item.id,
                    face=name,
                    concept=concept.id,
                    kind=item.kind,
                    position=0,
                )
                shown = face(item, concept, name)
                self._questions.append(
                    Question(
                        card=card,
                        item=item,
                        concept=concept,
                        face=shown,
                        phase="new",
                        order=tuple(range(len(shown.rows))),
                        typing=typing,
                        state=CardState(),
                        number=len(self._questions) + 1,
                    )
                )
        self._at = 0
        self.rated: list[tuple[str, int]] = []
        self.answers: list[object] = []
        self._hints = 0
        self._verdict = None
        self.fail: QuizdlError | None = None
        self.language = "both"
        self.previews = (1, 1, 1, 1, 6, 6)

    @property
    def question(self) -> Question | None:
        return self._questions[self._at] if self._at < len(self._questions) else None

    def answer(self, response: object, judged: object = None) -> object:
        self.answers.append(response)
        item = self.question.item
        self._verdict = None
        if isinstance(item, Choice) and response is not None:
            self._verdict = choice.grade(item, response)
        return self._verdict

    @property
    def verdict(self):
        return self._verdict

    @property
    def hints_shown(self):
        return hints(self.question.item, self.question.face)[: self._hints]

    @property
    def suggested(self) -> int:
        return suggest(self._verdict, hints=self._hints)

    def _next(self) -> None:
        if self.fail:
            raise self.fail
        self._at += 1
        self._hints, self._verdict = 0, None

    def rate(self, quality: int) -> Rated:
        question = self.question
        self._next()
        self.rated.append((question.card.key, quality))
        return Rated(
            question=question,
            quality=quality,
            event="e",
            after=replace(question.state, interval=1),
            again=quality < 4,
            leech=False,
        )

    def hint(self):
        found = hints(self.question.item, self.question.face)
        if self._hints >= len(found):
            return None
        self._hints += 1
        return found[self._hints - 1]

    def undo(self) -> Undone | None:
        if not self._at:
            return None
        self._at -= 1
        if self.rated:
            self.rated.pop()
        return Undone(action="review", card=self.question.card.key)

    def bury(self) -> None:
        self._next()

    def suspend(self) -> None:
        self._next()

    @property
    def progress(self) -> Progress:
        left = len(self._questions) - self._at
        return Progress(done=self._at, left=left, seconds_left=12.0 * left if self._at else None)

    @property
    def summary(self) -> Summary:
        counts = [0] * 6
        for _card, quality in self.rated:
            counts[quality] += 1
        return Summary(
            qualities=tuple(counts),
            new=len(self.rated),
            seconds=95.0,
            next_day=20001,
            next_count=7,
            today=20000,
            pending=self.progress.left,
        )
