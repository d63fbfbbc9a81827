"""Reading a screen as a person would: as rows of text."""

from __future__ import annotations

from textual.app import App
from textual.pilot import Pilot

from quizdl.tui.screens.study import StudyScreen
from quizdl.tui.widgets.card import Card
from quizdl.tui.widgets.keys import Keys
from quizdl.tui.widgets.notice import Notice
from quizdl.typeset.cells import cell_width


def rows(app: App[None]) -> list[str]:
    """The rows of the screen."""
    width, height = app.size
    compositor = app.screen._compositor
    found = ["".join(segment.text for segment in strip) for strip in compositor.render_strips()]
    assert len(found) == height
    assert [cell_width(row) for row in found] == [width] * height, "a row is broken"
    return found


def text(app: App[None]) -> str:
    """The screen with runs of spaces made one, so that what was wrapped can be found too."""
    return " ".join(" ".join(rows(app)).replace("│", " ").split())


async def settled(pilot: Pilot[None]) -> QuizdlLook:
    await pilot.pause()
    return QuizdlLook(pilot.app)


class QuizdlLook:
    """What the study screen shows at a moment."""

    def __init__(self, app: App[None]) -> None:
        screen = next(screen for screen in app.screen_stack if isinstance(screen, StudyScreen))
        self.title = str(screen.query_one(Card).border_title or "")
        self.more = str(screen.query_one(Card).border_subtitle or "")
        self.notice = screen.query_one(Notice).text
        self.keys = screen.query_one(Keys).lay(200)[0].plain
