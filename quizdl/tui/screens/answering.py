"""Keys on a screen where letters may be part of an answer: Esc lets the next one be a key of the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from quizdl.locale import _
from quizdl.tui.modes import plain_keys
from quizdl.tui.screens.base import KeyScreen
from quizdl.tui.screens.study_keys import COMMANDS
from quizdl.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from quizdl.tui.widgets.card import Card
    from quizdl.tui.widgets.entry import Entry

_SCROLLS = ("pageup", "pagedown", "up", "down", "home", "end")


class AnswerScreen(KeyScreen):
    """A screen with a card and, while an answer is waited for, an entry."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "escape", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    busy = False
    """While an answer is judged in a thread: keys do nothing then, but Esc stops waiting."""

    away = False
    """After Esc: the next letter is a key."""

    @property
    def entry(self) -> Entry | None:
        """By what the answer that is waited for is given."""
        raise NotImplementedError

    @property
    def card(self) -> Card:
        """What is scrolled."""
        raise NotImplementedError

    def draw_keys(self) -> None:
        """Name the keys that matter now."""
        raise NotImplementedError

    def action_finish(self) -> None:
        """Leave the screen."""
        raise NotImplementedError

    def stop_judging(self) -> None:
        """Wait no longer for a verdict; the answer may be changed again."""

    def to_entry(self) -> None:
        """Give the focus to what the answer is given with. At once: the next key may be there already."""
        entry, self.away = self.entry, False
        self.set_focus(self.card if entry is None else entry.place, scroll_visible=False)

    def action_escape(self) -> None:
        """Make the next letter a key, where letters are part of the answer; elsewhere leave."""
        if self.entry is None or not self.entry.lettered:
            self.action_finish()
            return
        self.away = True  # The next key comes to `on_key`, which ends this.
        self.set_focus(self.card, scroll_visible=False)
        self.draw_keys()

    def action_page(self, pages: int) -> None:
        """Scroll the card while something else has the focus."""
        if pages > 0:
            self.card.scroll_page_down()
        else:
            self.card.scroll_page_up()

    def on_key(self, event: events.Key) -> None:
        # Textual calls this beside the handler of the base class, unless the default is prevented.
        if self.busy:
            event.stop()
            event.prevent_default()
            if event.key == "escape":
                self.stop_judging()
            return
        entry = self.entry
        if entry is None or not entry.lettered:
            return
        if self.away:
            if event.key not in _SCROLLS:
                event.stop()
                event.prevent_default()
                self._command(event)
            return
        if self.focused is not entry.place:  # as after a click on the card
            self.to_entry()
        if event.is_printable and not event.key.startswith("alt+") and (type_text := self._type):
            # A line takes its text itself: what comes here was on the way while the focus was elsewhere.
            event.stop()
            event.prevent_default()
            type_text(event.character or "")

    def _command(self, event: events.Key) -> None:
        """Do what a key says after Esc, and go back to the answer."""
        self.to_entry()
        self.draw_keys()
        character = event.character or ""
        letter = (plain_keys(character) or character).lower()
        if action := COMMANDS.get(letter):
            self.call_later(self.run_action, action)
        elif len(letter) > 1 and event.is_printable and (type_text := self._type):
            type_text(character)  # Whoever goes on writing has pressed Esc by mistake.
        elif event.key not in ("enter", "tab", "escape"):
            self.query_one(Notice).show(_("Esc, then a letter: the last row names them."))

    @property
    def _type(self) -> Callable[[str], None] | None:
        return getattr(self.entry, "type", None)
