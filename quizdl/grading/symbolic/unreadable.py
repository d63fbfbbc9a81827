"""The one error of reading an answer: what could not be understood, where, and what to write instead."""

from __future__ import annotations

from quizdl.errors import QuizdlError


class Unreadable(QuizdlError):  # noqa: N818 - the outcome of grading has this name
    """An answer that could not be read. It costs the learner nothing.

    Args:
        message: what must be and what was received.
        position: the index of the first character that does not fit, from 0, in the text as typed.
        hint: what to write instead.
        code: a stable name of the reason, such as `bracket`, `name`, `operand`, `shape`, `limit`, `word`.
        params: what a translated sentence needs.

    Example:
        >>> error = Unreadable("a closing ) is missing", 4, "add )", reason="bracket")
        >>> error.position, error.reason
        (4, 'bracket')
    """

    code = "unreadable"
    exit_code = 3

    def __init__(
        self,
        message: str,
        position: int = 0,
        hint: str = "",
        *,
        reason: str = "syntax",
        params: dict[str, str | int] | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.position = position
        self.reason = reason
        self.params = params or {}


def caret(text: str, position: int, *, width: int = 72) -> str:
    """The line of a text with a caret below one of its characters, cut to a width.

    Args:
        text: what was typed.
        position: the index of the character, from 0.
        width: the most characters of the line to show.

    Returns:
        Two lines: the text around the position, and the caret.

    Example:
        >>> print(caret("1/(1+x", 6))
        1/(1+x
              ^
    """
    position = max(0, min(position, len(text)))
    begin = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[begin : len(text) if end < 0 else end]
    column = position - begin
    if len(line) > width:
        left = max(0, min(column - width // 2, len(line) - width))
        line, column = line[left : left + width], column - left
    return f"{line}\n{' ' * column}^"
