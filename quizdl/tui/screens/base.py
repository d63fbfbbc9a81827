"""What all screens share: single keys that work whatever the input method is set to."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.screen import Screen

_SAME_BURST = 0.005
"""Seconds between two keys that no finger types: they came from the input method in one piece."""


_NAMES = {"?": "question_mark"}


def plain_keys(character: str) -> str:
    """The keys of an English keyboard behind a character of another input mode.

    Hangul is taken apart into the keys that were pressed (also syllables: `su` arrives as `녀` when the input
    method has composed it), full-width characters become narrow, capitals small.

    Args:
        character: one character that came from the terminal.

    Returns:
        The keys, or `""` where the character is an ordinary one already.

    Example:
        >>> plain_keys("ㅗ"), plain_keys("녀"), plain_keys("４"), plain_keys("U"), plain_keys("u")
        ('h', 'su', '4', 'u', '')
    """
    if character.isascii():
        return character.lower() if character.isupper() else ""
    if "！" <= character <= "～":
        narrow = chr(ord(character) - 0xFEE0)
        return narrow.lower()
    from quizdl.typeset import hangul

    return hangul.to_keys(character).lower()


class KeyScreen(Screen[Any]):
    """A screen whose single-letter keys work in Hangul mode, in full-width mode and with Caps Lock.

    A widget that takes text keeps what it understands: only keys that reach the screen are translated.
    """

    _hangul_at = 0.0

    def on_key(self, event: events.Key) -> None:
        character = event.character
        if event.key in ("enter", "space") and event.time - self._hangul_at < _SAME_BURST:
            # In Hangul mode a letter stays in the input method until the next key; Enter and Space that
            # end the composition are passed on with it, and must not act on the card too.
            event.stop()
            return
        if not character or not (keys := plain_keys(character)):
            return
        event.stop()
        if not character.isascii():
            self._hangul_at = event.time
        for key in keys:
            typed = events.Key(_NAMES.get(key, key), None)
            typed.set_sender(self.app)  # Sent by this screen it would stop here, before any binding.
            self.app.post_message(typed)
