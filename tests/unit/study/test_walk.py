"""Any walk of actions: what must hold after each of them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from quizdl.journal.replay import replay
from quizdl.packs.cache import load
from quizdl.packs.library import Library
from quizdl.scheduling.state import CardState
from quizdl.study.session import Session
from quizdl.study.values import Filters, Question
from tests.unit.study.conftest import PACK, World

_FOLDER = tempfile.TemporaryDirectory()
(Path(_FOLDER.name) / "pack.yaml").write_text(PACK, encoding="utf-8")
LIBRARY = Library([load((Path(_FOLDER.name),), Path(_FOLDER.name) / "cache")])


class Walk(RuleBasedStateMachine):
    """Answer, rate, hint, bury, suspend, undo, wait, kill and open again, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.world = World(LIBRARY, Path(self.folder.name) / "journal.db")
        self.acknowledged: list[str] = []
        self.undoable: list[tuple[Question, dict[str, CardState]]] = []
        self.known: set[str] = set()  # answered with 4 or better, or put away, on this study day

    def teardown(self) -> None:
        self.world.close()
        self.folder.cleanup()

    @initialize(cram=st.booleans())
    def begin(self, cram: bool) -> None:
        self.filters = Filters(cram=cram)
        self.open()

    def open(self) -> None:
        self.session: Session = self.world.open(self.filters)
        self.undoable.clear()

    def asking(self) -> bool:
        return self.session.question is not None

    @precondition(lambda self: self.asking() and not self.session.answered)
    @rule(
        chosen=st.none() | st.sets(st.integers(-1, 4)),
        typed=st.sampled_from(["", "Adam", "adamm", "아담", "relu", "1; 2", "a c", "9", "모르겠다"])
        | st.text(),
    )
    def answer(self, chosen: set[int] | None, typed: str) -> None:
        question = self.session.question
        assert question is not None
        response = None if chosen is None else sorted(chosen) if question.entry == "options" else typed
        verdict = self.session.answer(response)
        assert self.session.answered == (verdict is None or verdict.outcome != "unreadable")
        assert self.session.question is question

    @precondition(lambda self: self.session.answered)
    @rule(quality=st.integers(0, 5), seconds=st.floats(0, 400))
    def rate(self, quality: int, seconds: float) -> None:
        self.world.clock.advance(seconds)
        before, question = self.states(), self.session.question
        assert question is not None
        count = self.count()
        rated = self.session.rate(quality)
        assert self.count() == count + 1
        self.acknowledged.append(rated.event)
        self.undoable.append((question, before))
        assert self.world.journal.state(question.card.key) == rated.after
        if question.phase in ("repeat", "cram"):
            assert (rated.after.due, rated.after.ease) == (question.state.due, question.state.ease)
        if quality >= 4:
            self.known.add(question.card.key)

    @precondition(lambda self: self.asking())
    @rule()
    def hint(self) -> None:
        before = self.session.question
        self.session.hint()
        assert self.session.question is before

    @precondition(lambda self: self.asking())
    @rule(action=st.sampled_from(["bury", "suspend"]))
    def put_away(self, action: str) -> None:
        before, question = self.states(), self.session.question
        assert question is not None
        getattr(self.session, action)()
        self.undoable.append((question, before))
        self.known.add(question.card.key)

    @rule()
    def undo(self) -> None:
        undone = self.session.undo()
        if self.undoable:
            question, before = self.undoable.pop()
            assert undone is not None
            assert undone.card == question.card.key
            assert self.states() == before
            after = self.session.question
            assert after is not None
            assert (after.card, after.order, after.state) == (question.card, question.order, question.state)
        if undone is not None:
            self.known.discard(undone.card)

    @rule()
    def kill(self) -> None:
        # No goodbye: the old journal is not closed, as after SIGKILL.
        pending = {self.session._agenda.current, *self.keys_left()} - {None}
        self.open()
        if not self.filters.cram:
            assert {self.session._agenda.current, *self.keys_left()} - {None} >= pending

    def keys_left(self) -> set[str]:
        agenda = self.session._agenda
        return {*agenda.queue[agenda.position :], *(card.key for card in agenda.waiting)}

    @rule(days=st.integers(1, 9))
    def sleep(self, days: int) -> None:
        self.world.days(days)
        self.known.clear()
        self.open()

    def states(self) -> dict[str, CardState]:
        """States of the cards that differ from new ones: an undone first action leaves a card like new."""
        return {key: state for key, state in self.world.journal.states().items() if state != CardState()}

    def count(self) -> int:
        return sum(1 for _ in self.world.journal.events())

    @invariant()
    def the_cache_is_what_the_events_say(self) -> None:
        if not self.world.journals:
            return
        told = replay(self.world.journal.events())
        assert {key: state for key, state in told.items() if state != CardState()} == self.states()

    @invariant()
    def each_acknowledged_rating_is_there_once(self) -> None:
        if not self.world.journals:
            return
        reviews = [event.id for event in self.world.journal.events() if event.kind == "review"]
        assert reviews == self.acknowledged

    @invariant()
    def what_is_known_is_not_asked_again_today(self) -> None:
        if self.world.journals and not self.filters.cram and self.asking():
            assert self.session.question is not None
            assert self.session.question.card.key not in self.known


Walk.TestCase.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestWalk = Walk.TestCase


@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from(["rate", "undo", "bury"]), st.integers(0, 5)), max_size=40
    )
)
@settings(max_examples=40, deadline=None)
def test_two_sessions_at_once(steps: list[tuple[bool, str, int]]) -> None:
    """Two programs on one journal: whatever they do in turn, the journal is one serial history of it."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(LIBRARY, Path(folder) / "journal.db")
        sessions = world.open(), world.open(seed=2)
        acknowledged = []
        for which, action, quality in steps:
            session = sessions[which]
            if action == "undo":
                session.undo()
            elif session.question is None:
                continue
            elif action == "bury":
                session.bury()
            else:
                if not session.answered:
                    session.answer()
                acknowledged.append(session.rate(quality).event)
        events = list(world.journal.events())
        assert [event.id for event in events if event.kind == "review"] == acknowledged
        states = world.journal.states()
        assert replay(events) == states
        assert all(state.reviews <= 1 for state in states.values()), "no schedule moves twice on one day"
        world.close()
