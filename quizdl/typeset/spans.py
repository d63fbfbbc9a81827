"""Styled text: what the typesetters hand to a screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

Style = Literal[
    "plain", "bold", "italic", "strike", "code", "math", "heading", "link", "muted", "rule", "axis",
    "curve1", "curve2", "curve3", "curve4", "curve5", "curve6",
]  # fmt: skip
"""What a span is; a theme decides how that looks."""

Styles: TypeAlias = frozenset[Style]
PLAIN: Styles = frozenset()


class Span(NamedTuple):
    """Text of one style, or of several at once (bold and code) as a frozenset.

    Example:
        >>> Span("손실", "bold").styles
        frozenset({'bold'})
    """

    text: str
    style: Style | Styles = "plain"

    @property
    def styles(self) -> Styles:
        """The styles as a set, empty for plain."""
        if isinstance(self.style, frozenset):
            return self.style
        return PLAIN if self.style == "plain" else frozenset((self.style,))


Line: TypeAlias = tuple[Span, ...]


def span(text: str, styles: Iterable[Style] = ()) -> Span:
    """A span with the simplest form of its styles."""
    chosen = frozenset(styles)
    if len(chosen) > 1:
        return Span(text, chosen)
    return Span(text, next(iter(chosen), "plain"))


def merged(spans: Iterable[Span], *, strip: bool = True) -> Line:
    """A line with neighbours of one style joined, empty spans and blanks at the end left out."""
    out: list[Span] = []
    for item in spans:
        if not item.text:
            continue
        if out and out[-1].style == item.style:
            out[-1] = Span(out[-1].text + item.text, item.style)
        else:
            out.append(item)
    while strip and out:
        text = out[-1].text.rstrip(" ")
        if text == out[-1].text:
            break
        last = out.pop()
        if text:
            out.append(Span(text, last.style))
    return tuple(out)


def text_of(lines: Sequence[Line]) -> str:
    """The bare text of lines, for pipes and tests.

    Example:
        >>> text_of([(Span("a"), Span("b", "bold")), ()])
        'ab\\n'
    """
    return "\n".join("".join(item.text for item in line) for line in lines)
