"""What the tests of the app share: a session in memory, and a real one on a temporary home."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# With importlib mode a folder of tests is no package; its helpers are found by their path.
sys.path.insert(0, str(Path(__file__).parent))

import items
from fake import FakeSession

from quizdl import locale
from quizdl.journal.store import Journal
from quizdl.packs.items import AnyItem, Pack, PackInfo, Text
from quizdl.packs.library import Library
from quizdl.packs.printing import print_pack
from quizdl.settings import Settings
from quizdl.study.clock import HeldClock
from quizdl.study.session import Session
from quizdl.study.values import Filters
from quizdl.tui.app import QuizdlApp

NOON_IN_SEOUL = 1_750_000_000_000


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("NO_COLOR", "TEXTUAL_THEME", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    yield
    locale.use("en")


@pytest.fixture
def fake_app() -> Callable[..., QuizdlApp]:
    """An app over a session in memory that asks the given items."""

    def make(*asked: object, faces: tuple[str, ...] = (), theme: str = "auto") -> QuizdlApp:
        session = FakeSession(list(asked), items.SOFTMAX, faces)
        return QuizdlApp(session, Settings(theme=theme))

    return make


class Desk:
    """A temporary home with one pack, and sessions on it, each like a new start of the program."""

    def __init__(self, home: Path, extra: tuple[AnyItem, ...] = ()) -> None:
        self.home = home
        self.clock = HeldClock(at_ms=NOON_IN_SEOUL)
        pack = Pack(
            info=PackInfo(id="test", title=Text(ko="시험", en="Test"), version="1"),
            concepts=(items.SOFTMAX,),
            items=(items.TERM, items.ONE, items.MANY, items.CLOZE, items.LONG, *extra),
        )
        path = home / "test.yaml"
        path.write_text(print_pack(pack), encoding="utf-8")
        self.library = Library.open(home, extra=[path])
        self.journals: list[Journal] = []

    def journal(self) -> Journal:
        self.journals.append(Journal.open(self.home / "journal.db"))
        return self.journals[-1]

    def session(
        self, kind: str | None = None, journal: Journal | None = None, *, typed: bool = False
    ) -> Session:
        return Session.start(
            self.library,
            journal or self.journal(),
            Settings(typed_answers=typed),
            Filters(pack="test", kind=kind),
            clock=self.clock,
            rng=random.Random(1),
        )

    def reviews(self) -> list[tuple[str, int]]:
        """What a program that starts now finds in the journal: card and quality of each review."""
        with Journal.open(self.home / "journal.db") as journal:
            return [
                (event.card, event.data["quality"]) for event in journal.events() if event.kind == "review"
            ]


@pytest.fixture
def answering(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose pack has the kinds that are answered with letters too."""
    kinds = (items.SHORT, items.LIST, items.ORDER, items.MATCH, items.NUMBER, items.GAPS)
    desk = Desk(tmp_path, kinds)
    yield desk
    for journal in desk.journals:
        journal.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    for journal in desk.journals:
        journal.close()
