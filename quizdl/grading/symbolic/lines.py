"""The lines of a derivation: taken apart, and compared by what stands in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from quizdl.grading.symbolic.diagnose.reasons import Reason
from quizdl.grading.symbolic.equality import canonical
from quizdl.grading.symbolic.parser import Parsed
from quizdl.grading.symbolic.resolve import Resolved
from quizdl.grading.symbolic.tree import (
    Apply,
    BigOp,
    Call,
    Constant,
    Derivative,
    Gradient,
    Index,
    Label,
    Name,
    Node,
    Pow,
    Relation,
    names,
    walk,
)
from quizdl.grading.symbolic.unreadable import Unreadable, caret
from quizdl.grading.verdict import Feedback

Status = Literal["ok", "bad", "follows", "unreadable"]
_LEAD = re.compile(r"^\s*(?:&|⇔|⇒|→|∴|=>|\\Rightarrow|\\iff|\\Leftrightarrow|\\therefore)+\s*")
_BREAK = re.compile(r"\n|\\\\(?=\s*(?:&|=|$))")
_PART = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class Line:
    """What a line was judged.

    Args:
        text: as typed.
        status: `ok`; `bad`; `follows` from a bad line; or `unreadable`.
        reason: of a bad line, why.
        used: what the step used: definitions by name, laws by the names they tie together.
        plain, latex: the line as it was understood.
        note: of an unreadable line, what could not be read.
    """

    text: str
    status: Status
    reason: Reason | None = None
    used: tuple[str, ...] = ()
    plain: str = ""
    latex: str = ""
    note: Feedback | None = None


def split(text: str) -> list[str]:
    r"""The lines of a derivation typed as one text; on a single line, `;` parts them.

    Example:
        >>> split("= a\n= b"), split("= a; = b"), split(r"a \\ &= b")
        (['= a', '= b'], ['= a', '= b'], ['a', '= b'])
    """
    parts = _BREAK.split(text.replace("\r\n", "\n"))
    if len(parts) == 1:
        parts = _PART.split(text)
    lines = [begun(part) for part in parts]
    return [line for line in lines if line]


def begun(line: str) -> str:
    """A line without the ⇔, ⇒ or & that it begins with."""
    return _LEAD.sub("", line).strip()


def alike(line: Resolved, wanted: Resolved) -> bool:
    """Whether a line is an expression in some form: what stands in it is no more than what stands there."""
    if canonical.same(line.tree, wanted.tree):
        return True
    count = sum(1 for _ in walk(line.tree))
    return count <= 1.6 * sum(1 for _ in walk(wanted.tree)) + 2 and words(line.tree) == words(wanted.tree)


def words(tree: Node) -> set[str]:
    """The names, functions and large operators of a tree."""
    found = set(names(tree))
    for part in walk(tree):
        if isinstance(part, Call | Apply):
            found.add(part.function)
        if isinstance(part, Pow) and part.base == Constant("e"):
            found.add("exp")
        if isinstance(part, BigOp):
            found.add(part.op)
        if isinstance(part, Derivative | Gradient):
            found.add("d")
    return found


def law_of(symbol: object, name: str) -> str:
    """How the law of a name is said."""
    return f"sum({name}) = 1" if symbol is not None else name


def sides(parsed: Parsed) -> list[Node]:
    """What a line says to be equal, without the name of what is asked for."""
    tree = parsed.tree
    if isinstance(tree, Relation) and set(tree.ops) <= {"=", "≈"}:
        return [side for side in tree.items if not isinstance(side, Label)]
    return [tree]


def names_it(side: Node) -> bool:
    """Whether a left side only says what is computed."""
    return isinstance(side, (Name, Index, Derivative, Gradient, Apply))


def unread(text: str, error: Unreadable | RecursionError) -> Line:
    """A line that could not be read."""
    if isinstance(error, RecursionError):
        error = Unreadable("this is nested too deeply", 0, reason="limit")
    params: dict[str, int | float | str] = {
        "reason": error.reason,
        "message": error.message,
        "hint": error.hint,
        "position": error.position,
        "caret": caret(text[:2000], error.position),
        **error.params,
    }
    code = "expr.shapes" if error.reason == "shape" else "expr.unreadable"
    return Line(text, "unreadable", note=Feedback(code, params))
