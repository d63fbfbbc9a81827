"""What is wrong with an expression, and where."""

from __future__ import annotations

from quizdl.errors import QuizdlError


class FormulaError(QuizdlError):
    """An expression that cannot be read or evaluated.

    Args:
        message: what must be and what was received.
        position: the index in the source, from 0.
        hint: what to write instead.
        kind: `syntax`, `name` (unknown name or function), `type` (wrong kind or shape of value), `domain`
            (the logarithm of a negative number, a division by zero), `overflow`, or `size` (past a limit).
    """

    code = "formula"
    exit_code = 3

    def __init__(self, message: str, position: int = 0, hint: str = "", *, kind: str = "syntax") -> None:
        super().__init__(message, hint=hint)
        self.position = position
        self.kind = kind

    def at(self, position: int) -> FormulaError:
        """The same error at another place."""
        return FormulaError(self.message, position, self.hint, kind=self.kind)
