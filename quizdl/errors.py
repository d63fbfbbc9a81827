"""One tree of errors: what went wrong, where, what must be, and what to do about it.

Every error that a learner or a pack author can cause is a `QuizdlError`. The command line prints it as one
clear sentence with a hint and ends with its exit code; the app shows the same text in a dialog.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file; lines and columns count from 1, and 0 means "the whole file".

    Example:
        >>> str(Where("content/softmax.yaml", 12, 5))
        'content/softmax.yaml:12:5'
        >>> str(Where("pack.zip"))
        'pack.zip'
    """

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input: where it is, what must be and was received, and a hint.

    Example:
        >>> print(Problem(Where("a.yaml", 3, 7), "id must be text, received the number 5", "write '5'"))
        a.yaml:3:7: error: id must be text, received the number 5
            hint: write '5'
    """

    where: Where
    message: str
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    code: str = ""

    def __str__(self) -> str:
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{self.where}: {self.severity}: {self.message}{hint}"


class QuizdlError(Exception):
    """The root of every error that quizdl reports without a traceback.

    Args:
        message: one sentence that says what must be and what was received.
        hint: what the reader can do about it.
        where: the file, line and column, when there is one.

    Example:
        >>> print(QuizdlError("the port must be between 1 and 65535, received 0", hint="try 8000"))
        error: the port must be between 1 and 65535, received 0
            hint: try 8000
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, hint: str = "", where: Where | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{place}error: {self.message}{hint}"


class UsageError(QuizdlError):
    """The command was called in a way that cannot be carried out."""

    code = "usage"
    exit_code = 2


class PackError(QuizdlError):
    """A pack is not valid: carries every problem found, not just the first.

    Args:
        problems: all that is wrong, in the order of the files.
        message: a heading; by default the number of errors.
    """

    code = "pack"
    exit_code = 3

    def __init__(self, problems: Sequence[Problem], message: str = "", *, hint: str = "") -> None:
        self.problems = tuple(problems)
        errors = sum(problem.severity == "error" for problem in self.problems)
        super().__init__(message or f"the pack has {errors} error{'s' if errors != 1 else ''}", hint=hint)

    def __str__(self) -> str:
        return "\n".join([*map(str, self.problems), super().__str__()])


class JournalError(QuizdlError):
    """The journal cannot be read or is damaged."""

    code = "journal"
    exit_code = 4


class SettingsError(QuizdlError):
    """The settings file holds something that must not be there."""

    code = "settings"
    exit_code = 5


class StorageError(QuizdlError):
    """The disk refused: full, read-only, or no permission. What was acknowledged before is safe."""

    code = "storage"
    exit_code = 6
