"""What all screens share: single keys that work whatever the input method is set to."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen

from quizdl.tui.modes import plain_keys

_SAME_BURST = 0.005
"""Seconds between two keys that no finger types: they came from the input method in one piece."""


class KeyScreen(Screen[Any]):
    """A screen whose keys work in Hangul mode too, where an input method stands between finger and program.

    Single letters are bound in all modes (see `modes.every`). Here is what bindings cannot say: a syllable
    that was composed of several keys, and the key that ended a composition.
    """

    _composed_at = 0.0

    def on_key(self, event: events.Key) -> None:
        character = event.character or ""
        composed, self._composed_at = self._composed_at, 0.0
        if event.key in ("enter", "space") and event.time - composed < _SAME_BURST:
            # In Hangul mode a letter stays in the input method until the next key; Enter and Space that
            # end the composition are passed on with it, and must not act on the card too.
            event.stop()
            return
        keys = plain_keys(character)
        if keys and not character.isascii():
            self._composed_at = event.time
        if len(keys) > 1:
            event.stop()
            for key in keys:
                typed = events.Key(key, None)
                typed.set_sender(self.app)  # Sent by this screen it would stop here, before any binding.
                self.app.post_message(typed)
