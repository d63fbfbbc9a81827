"""Faults on the way from the terminal to the app, mended where that is possible from here."""

from __future__ import annotations

from textual import _xterm_parser

_LONGEST_SEQUENCE = 4096
"""Characters of an escape sequence; the text that an input method commits comes in one of them."""


def mend() -> None:
    """Let a commit of any length arrive whole.

    With the protocol of kitty (iTerm2, Ghostty, foot) an input method commits text as one sequence of code
    points, `ESC [ 0 ; ; 44284 : 51201 … u`. Textual 8 takes no sequence longer than 32 characters for one:
    five syllables would be typed out as the digits of their code points.
    """
    if getattr(_xterm_parser, "_MAX_SEQUENCE_SEARCH_THRESHOLD", _LONGEST_SEQUENCE) < _LONGEST_SEQUENCE:
        _xterm_parser._MAX_SEQUENCE_SEARCH_THRESHOLD = _LONGEST_SEQUENCE
