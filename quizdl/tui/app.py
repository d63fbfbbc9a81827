"""The app: its looks and the ways between its screens. What happens on a screen is in `screens/`.

Imported only to show something, for Textual alone takes 100 ms; screens but the first are imported when they
are opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType

from quizdl.errors import QuizdlError
from quizdl.tui import terminal, themes
from quizdl.tui.screens.study import StudyScreen
from quizdl.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from textual.screen import Screen

    from quizdl.journal.stats import Statistics
    from quizdl.settings import Settings
    from quizdl.study.session import Session

Measure = Callable[[], "tuple[Statistics, Mapping[str, str]]"]
"""Reads the statistics from the journal when they are asked for, with the name of each concept by its id."""


class QuizdlApp(App[None]):
    """The terminal app around one study session.

    Args:
        session: what is studied.
        settings: the theme.
        statistics: how to get the numbers of the statistics screen; `None` where there are none.
        environment: variables that choose the theme.
    """

    TITLE = "quizdl"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", show=False, priority=True)]

    def __init__(
        self,
        session: Session,
        settings: Settings,
        statistics: Measure | None = None,
        environment: dict[str, str] | None = None,
    ) -> None:
        chosen = themes.choose(settings.theme, os.environ if environment is None else environment)
        native = chosen.startswith("ansi-")
        # Decided before Textual sets up its filters: with NO_COLOR the terminal's own two colours stay.
        super().__init__(ansi_color=native or None)
        for theme in themes.THEMES:
            self.register_theme(theme)
        if chosen in self.available_themes:
            # Not by assignment, which would style everything twice at the start.
            self.set_reactive(App.theme, chosen)
            self.stylesheet.set_variables(self.get_css_variables())
        self._session = session
        self._statistics = statistics

    def get_default_screen(self) -> Screen[object]:
        return StudyScreen(self._session)

    def action_help(self, topic: str = "study") -> None:
        """Open the help."""
        from quizdl.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen())

    def action_statistics(self) -> None:
        """Open the statistics."""
        from quizdl.tui.screens.stats import StatsScreen

        if self._statistics is None:
            return
        try:
            numbers, names = self._statistics()
        except QuizdlError as error:
            self.screen.query_one(Notice).failed(error)
            return
        self.push_screen(StatsScreen(numbers, names))


def run(session: Session, settings: Settings, statistics: Measure | None = None) -> int:
    """Study in the terminal until the learner quits.

    Args:
        session: a session that has started.
        settings: the learner's settings.
        statistics: reads the statistics when their screen is opened.

    Returns:
        The exit code: 0, or what Textual reports when it could not go on.
    """
    terminal.mend()
    app = QuizdlApp(session, settings, statistics)
    app.run()
    return app.return_code or 0
