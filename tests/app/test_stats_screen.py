"""The statistics screen shows what the journal says, at every size."""

from __future__ import annotations

import pytest
from look import rows, text

from quizdl.cli.stats import measure
from quizdl.settings import Settings
from quizdl.tui.app import QuizdlApp
from quizdl.tui.screens.stats import StatsScreen


def app_on(desk) -> QuizdlApp:
    journal = desk.journal()
    session = desk.session(kind="cloze", journal=journal)
    return QuizdlApp(session, Settings(), lambda: measure(desk.library, journal, session.day))


async def test_an_answer_is_counted_at_once(desk) -> None:
    app = app_on(desk)
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        assert " 0 due today" in text(app) or "answers today" in text(app)
        assert "1 days" not in text(app)
        await pilot.press("escape", "space", "4")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        shown = rows(app)
        below = next(number for number, row in enumerate(shown) if "answers today" in row)
        assert shown[below - 1].split()[-2] == "1", "one answer today"
        assert "1 days" in text(app), "the streak has begun"


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 45)])
async def test_it_fits_and_can_be_scrolled_to_its_end(desk, size: tuple[int, int]) -> None:
    app = app_on(desk)
    async with app.run_test(size=size) as pilot:
        await pilot.press("ㅅ")
        await pilot.pause()
        assert "due today" in text(app)
        await pilot.press("end")
        await pilot.wait_for_animation()
        await pilot.pause()
        rows(app)
        await pilot.press("q")
        await pilot.pause()
        assert not isinstance(app.screen, StatsScreen)


async def test_a_journal_that_cannot_be_read_is_a_message_and_not_the_end(desk) -> None:
    from quizdl.errors import StorageError

    def fail() -> None:
        raise StorageError("the journal cannot be read", hint="check the disk")

    app = QuizdlApp(desk.session(kind="cloze"), Settings(), fail)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("t")
        await pilot.pause(0.2)
        assert "the journal cannot be read" in text(app)
        await pilot.press("space", "4")
    assert desk.reviews() == [("test/softmax.cloze/c1", 4)]
