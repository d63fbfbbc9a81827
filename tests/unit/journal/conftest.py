"""A journal in a temporary folder, and a clock that only goes forward."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizdl.journal.events import Event
from quizdl.journal.store import Journal

NOON = 1_700_000_000_000
DAY = 19_676


class Learner:
    """Writes to a journal with made-up times: a second between events."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.at_ms = NOON

    def tick(self, day: int) -> dict[str, int]:
        self.at_ms += 1_000
        return {"at_ms": self.at_ms + (day - DAY) * 86_400_000, "offset_minutes": 540, "day": day}

    def review(self, card: str, quality: int, day: int = DAY, **data: object) -> Event:
        return self.journal.append("review", card, {"quality": quality, **data}, **self.tick(day))

    def do(self, kind: str, card: str, day: int = DAY) -> Event:
        return self.journal.append(kind, card, {}, **self.tick(day))

    def undo(self, day: int = DAY) -> Event | None:
        return self.journal.undo(**self.tick(day))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path) as opened:
        yield opened


@pytest.fixture
def learner(journal: Journal) -> Learner:
    return Learner(journal)
