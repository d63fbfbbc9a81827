"""The pictures of the README, made by the app itself on a held clock: `make pictures`."""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
from pathlib import Path

from quizdl.journal.store import Journal
from quizdl.packs.library import Library
from quizdl.settings import Settings
from quizdl.study.clock import HeldClock
from quizdl.study.session import Session
from quizdl.study.values import Filters
from quizdl.tui.app import QuizdlApp

FOLDER = Path(__file__).parent / "pictures"
NOON_IN_SEOUL = 1_750_000_000_000
SIZE = (90, 26)


async def study(home: Path) -> None:
    """A question that was chosen right, with its reasons, in both languages."""
    with Journal.open(home / "journal.db") as journal:
        session = Session.start(
            Library.open(home),
            journal,
            Settings(),
            Filters(concept="chain-rule", kind="choice"),
            clock=HeldClock(at_ms=NOON_IN_SEOUL),
            rng=random.Random(1),
        )
        while (question := session.question) and question.item.id != "chain-rule.numbers":
            session.bury()
        assert question is not None, "the picture shows an item that the pack does not have"
        right = next(row for row, (_, option) in enumerate(question.rows, 1) if option.right)
        app = QuizdlApp(session, Settings(theme="dark"), environment={})
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await pilot.press(str(right), "enter")
            await pilot.pause()
            (FOLDER / "study.svg").write_text(app.export_screenshot(title="quizdl study"), encoding="utf-8")


def main() -> int:
    """Make every picture, and say which."""
    FOLDER.mkdir(exist_ok=True)
    for picture in (study,):
        with tempfile.TemporaryDirectory() as home:
            asyncio.run(picture(Path(home)))
        print(FOLDER / f"{picture.__name__}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
