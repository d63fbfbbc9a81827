"""The keys of the study screen: what each does, in which way it can be pressed, and which the last row names.

A card that is answered with letters takes them all. There Tab, Ctrl+L and Ctrl+Z do what h, l and u do
elsewhere, and Esc makes the next letter a key. (Esc and a letter in quick succession arrive as Alt and that
letter, so Alt works too.) Tab, Esc and these control characters pass through tmux and every terminal as they
are; Ctrl+H is backspace, and function keys are often taken by others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from quizdl.locale import _
from quizdl.tui.modes import every
from quizdl.tui.widgets.keys import Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizdl.study.values import Question
    from quizdl.tui.widgets.entry import Entry

COMMANDS = {
    "u": "screen.undo",
    "b": "screen.bury",
    "s": "screen.suspend",
    "h": "screen.hint",
    "l": "screen.language",
    "r": "screen.retry",
    "t": "app.statistics",
    "q": "screen.finish",
    "?": "app.help('study')",
}
"""Each command by its letter."""

_CONTROL = {"h": "tab", "l": "ctrl+l", "u": "ctrl+z"}


def bindings() -> list[Binding]:
    """The bindings of all commands."""
    made = []
    for letter, action in COMMANDS.items():
        keys = "question_mark,？,f1" if letter == "?" else every(letter)
        quick = [f"alt+{key}" for key in keys.split(",") if key != "f1" and not key.isupper()]
        control = [_CONTROL[letter]] if letter in _CONTROL else []
        made.append(Binding(",".join((keys, *quick, *control)), action, show=False))
    return made


def over() -> list[Key]:
    """When no card is left."""
    return [_key("u"), _key("q"), _key("?")]


def asking(question: Question, entry: Entry | None, *, away: bool) -> list[Key]:
    """Before the answer.

    Args:
        question: what is asked.
        entry: how it is answered.
        away: after Esc, when the next letter is a key.
    """
    own: Sequence[Key] = entry.keys if entry is not None else ()
    if entry is None or not entry.lettered:
        return [*own, *map(_key, "huqbslt?")]
    if away:
        back = Key("Esc", _("back to the answer"), "screen.escape")
        return [back, *map(_key, "hubslqt?")]
    if any(key.key == "Esc" for key in own):
        return list(own)
    tail = [
        Key("Tab", _("hint"), "screen.hint"),
        Key("Ctrl+L", _("language"), "screen.language"),
        Key("Ctrl+Z", _("undo"), "screen.undo"),
    ]
    named = {key.key for key in own}
    tail = [key for key in tail if key.key not in named]
    return [*own, *tail, Key("Esc", _("more keys, help"), "screen.escape")]


def grading(*, again: bool) -> list[Key]:
    """After the answer.

    Args:
        again: whether the answer can be given once more.
    """
    keys = [Key("0-5", _("grade"), ""), Key("⏎", _("take the marked one"), "screen.next(True)")]
    return [*keys, *map(_key, ("r" if again else "") + "uqbslt?")]


def _key(letter: str) -> Key:
    words = {
        "u": _("undo"),
        "b": _("bury"),
        "s": _("suspend"),
        "h": _("hint"),
        "l": _("language"),
        "r": _("try again"),
        "t": _("statistics"),
        "q": _("quit"),
        "?": _("help"),
    }
    return Key(letter, words[letter], COMMANDS[letter])
