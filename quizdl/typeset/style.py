"""Where a formula stands: what TeX calls display, text and script style."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from quizdl.typeset.box import Box
from quizdl.typeset.tree import Node


class Style(NamedTuple):
    """How a part of a formula is to be set."""

    display: bool = True
    """Limits above and below."""
    script: bool = False
    """Inside a script: no spaces, flat fractions."""
    flat: bool = False
    """Short fractions with a slash, as in a line of text."""
    linear: bool = False
    """Everything on one row, with brackets where the second dimension would have told."""
    bracketed: bool = False
    """A slashed fraction here would swallow what follows it: put it in brackets."""

    def text(self) -> Style:
        return self._replace(display=False)

    def small(self) -> Style:
        return self._replace(display=False, script=True)


DISPLAY = Style()
TEXT = Style(display=False, flat=True)
LINEAR = Style(display=False, flat=True, linear=True)

Setter: TypeAlias = Callable[[Node, Style], Box]
"""Sets any node; handed down, so that the shapes need not know one another."""


class NotLinearError(Exception):
    """What needs a second dimension was met on the way to one row."""
