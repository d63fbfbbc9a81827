"""Judges a derivation line by line: each line against the one before, and the last one against the goal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from quizdl.grading.symbolic.definitions import definitions
from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.diagnose.counter import counter_example
from quizdl.grading.symbolic.diagnose.explain import explain
from quizdl.grading.symbolic.diagnose.reasons import Reason
from quizdl.grading.symbolic.equality.arena import Arena
from quizdl.grading.symbolic.equality.compare import compare
from quizdl.grading.symbolic.equality.layout import Fitted, fit
from quizdl.grading.symbolic.items import symbols_of
from quizdl.grading.symbolic.lines import (
    Line,
    Status,
    alike,
    begun,
    law_of,
    names_it,
    sides,
    split,
    unread,
    words,
)
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.resolve import Resolved, alternatives, resolve
from quizdl.grading.symbolic.show import latex, plain
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.truth import prepare
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.verdict import Feedback, Outcome, Verdict
from quizdl.packs.items import Derivation, Text

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class GradedLines:
    """What a derivation was judged.

    Args:
        verdict: the judgement; its feedback begins with the first bad line.
        lines: each line.
        first_bad: the index of the first bad line, from 0.
        complete: whether the goal was reached without a bad line.
        missing: the waypoints that no line passed.
    """

    verdict: Verdict
    lines: tuple[Line, ...]
    first_bad: int | None = None
    complete: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """What a derivation is about.

    Args:
        symbols: the declarations.
        start, goal: its two ends.
        free, entry, given: as in `Question`.
        waypoints: expressions that some line must equal, each with its name.
        facts: laws that have a name: an equation each.
    """

    symbols: Symbols
    start: str
    goal: str
    free: tuple[str, ...] = ()
    entry: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    waypoints: tuple[tuple[str, Text | None], ...] = ()
    facts: tuple[tuple[str, Text | None], ...] = ()

    @classmethod
    def of(cls, item: Derivation) -> Way:
        """What an item asks."""
        return cls(
            symbols_of(item.symbols, item.open),
            item.start,
            item.goal,
            item.free,
            item.entry,
            item.given,
            tuple((point.line, point.name or None) for point in item.waypoints),
            tuple((fact.law, fact.name or None) for fact in item.facts),
        )


def grade_derivation(item: Derivation | Way, lines: Sequence[str] | str) -> GradedLines:
    """Judges a derivation.

    Args:
        item: the item, or what it is about.
        lines: what was typed; an `=` may begin a line, and a line may be a chain of equalities.

    Raises:
        Unreadable: the item itself cannot be read (`quizdl pack check` reports such items).

    Example:
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> way = Way(OPEN, "(x + 1)^2 - 1", "x(x + 2)")
        >>> found = grade_derivation(way, "= x^2 + 2x + 1 - 1; = x^2 + 2x; = x(x + 2)")
        >>> found.verdict.outcome.value, found.complete
        ('correct', True)
        >>> found = grade_derivation(way, ["= x^2 + 1 - 1", "= x^2"])
        >>> found.first_bad, [line.status for line in found.lines], found.lines[0].reason.word
        (0, ['bad', 'follows'], 'term')
    """
    way = item if isinstance(item, Way) else Way.of(item)
    texts = split(lines) if isinstance(lines, str) else [begun(line) for line in lines]
    texts = [text for text in texts if text][: MOST_LINES + 1]
    if not texts or len(texts) > MOST_LINES:
        code = "deriv.empty" if not texts else "deriv.too-many"
        return GradedLines(Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, {"most": MOST_LINES}),)), ())
    walker = _Walk(way, _begin(way))
    for number, text in enumerate(texts):
        # A restated start is no step.
        walker.line(text, first=number == 0)
    return walker.end()


@lru_cache(maxsize=64)
def _begin(way: Way) -> Arena:
    return prepare(Question(way.symbols, way.start, free=way.free, entry=way.entry, given=way.given)).arena


class _Walk:
    """Goes down the lines; `before` is what the next line is compared with."""

    def __init__(self, way: Way, start: Arena) -> None:
        self.way = way
        self.start = start
        self.before = start
        self.lines: list[Line] = []
        self.passed: list[Fitted] = [start.reference]
        self.last: Resolved | None = None
        self.first_bad: int | None = None

    def line(self, text: str, *, first: bool) -> None:
        """Judges one line and goes on from it."""
        symbols = self.way.symbols
        try:
            parsed = parse(text, symbols)
            parts = sides(parsed)
            read = [alternatives(side, symbols) for side in parts]
        except (Unreadable, RecursionError) as error:
            self.lines.append(unread(text, error))
            return
        reason: Reason | None = None
        used: list[str] = []
        for place, (side, readings) in enumerate(zip(parts, read, strict=True)):
            before = self.before
            try:
                found = self._step(readings)
            except (Undefined, TooLargeError):
                too_large = Unreadable("this is too large to be computed", 0, reason="limit")
                self.lines.append(unread(text, too_large))
                return
            if isinstance(found, Reason):
                if place == 0 and len(parts) > 1 and names_it(side):
                    continue
                reason = reason or found
            if place or not first or not isinstance(found, Reason):
                used += self._used(before, readings[0]) if not isinstance(found, Reason) else []
        status: Status = "ok"
        if reason is not None:
            status = "bad"
            self.first_bad = len(self.lines) if self.first_bad is None else self.first_bad
        elif self.first_bad is not None:
            status = "ok" if self._true(read[-1]) else "follows"
        shown = parsed.tree
        self.lines.append(
            Line(text, status, reason, tuple(dict.fromkeys(used)), plain(shown, symbols), latex(shown))
        )

    def _step(self, readings: list[Resolved]) -> Reason | None:
        """Compares one side with what stands before it, and goes on from it."""
        arena = self.before.with_names(readings[0].tree)
        placed: tuple[Resolved, Fitted] | None = None
        for reading in readings:
            fitted = fit(reading, arena.layout)
            if fitted is None:
                continue
            placed = placed or (reading, fitted)
            if compare(arena, fitted).equal or (
                self.first_bad is not None and compare(self.start.with_names(reading.tree), fitted).equal
            ):
                self.before = replace(arena, reference=fitted)
                self.passed.append(fitted)
                self.last = reading
                return None
        reading, fitted_or_none = placed if placed else (readings[0], None)
        case = Case(Question(self.way.symbols), arena, reading, fitted_or_none)
        comparison = compare(arena, fitted_or_none) if fitted_or_none is not None else None
        if comparison is not None and comparison.verdict == "unknown":
            raise Undefined
        reason = explain(case, comparison)
        if (found := counter_example(case)) is not None:
            more = {"point": found.point, "expected": found.expected, "received": found.received}
            reason = Reason(reason.word, reason.detail, {**reason.params, **more})
        if fitted_or_none is not None:
            self.before = replace(arena, reference=fitted_or_none)
        self.last = reading
        return reason

    def _true(self, readings: list[Resolved]) -> bool:
        """Whether a line after a bad one is back at the value of the start."""
        for reading in readings:
            arena = self.start.with_names(reading.tree)
            fitted = fit(reading, arena.layout)
            if fitted is not None and compare(arena, fitted).equal:
                return True
        return False

    def _used(self, before: Arena, reading: Resolved) -> list[str]:
        """The definitions that come in or go out in a step, and the laws without which it would be wrong."""
        known = definitions(self.way.symbols)
        old, new = words(before.reference.resolved.tree), words(reading.tree)
        used = [f"def:{name}" for name in sorted((old ^ new) & set(known))]
        fitted = fit(reading, before.layout)
        if fitted is not None:
            used += [f"law:{name}" for name in compare(before.with_names(reading.tree), fitted).laws]
        return used

    # -- the end -------------------------------------------------------------------------------------------

    def end(self) -> GradedLines:
        """The verdict on the whole."""
        if any(line.status == "unreadable" for line in self.lines):
            notes = [line.note for line in self.lines if line.note is not None]
            feedback = tuple(
                replace(note, params={**note.params, "line": at + 1})
                for at, line in enumerate(self.lines)
                if (note := line.note) is not None
            )
            assert notes
            verdict = Verdict(Outcome.UNREADABLE, 0.0, (*feedback, *self._marks()))
            return GradedLines(verdict, tuple(self.lines), self.first_bad)
        missing = [(at, name) for at, name in enumerate(self.way.waypoints) if not self._passes(name[0])]
        arrived = self.first_bad is None and self._arrived()
        good = sum(line.status == "ok" for line in self.lines[: self.first_bad])
        feedback_list: list[Feedback] = []
        if self.first_bad is not None:
            reason = self.lines[self.first_bad].reason
            assert reason is not None
            feedback_list.append(
                Feedback("deriv.bad-line", {"line": self.first_bad + 1, "reason": reason.word})
            )
            feedback_list.append(Feedback(reason.code, reason.params))
            if "point" in reason.params:
                shown = {key: reason.params[key] for key in ("point", "expected", "received")}
                feedback_list.append(Feedback("expr.counter", shown))
        elif not arrived:
            feedback_list.append(Feedback("deriv.not-there", {"goal": self.way.goal}))
        for _, (line, text) in missing if self.first_bad is None else []:
            feedback_list.append(Feedback("deriv.waypoint", {"part": line}, text))
        feedback_list += self._marks()
        complete = arrived and not missing
        if complete:
            verdict = Verdict(Outcome.CORRECT, 1.0, tuple(feedback_list))
        elif good:
            share = good / (len(self.lines) + (self.first_bad is None))
            verdict = Verdict(Outcome.PARTIAL, round(min(share, 0.9), 2), tuple(feedback_list))
        else:
            verdict = Verdict(Outcome.WRONG, 0.0, tuple(feedback_list))
        return GradedLines(
            verdict, tuple(self.lines), self.first_bad, complete, tuple(line for _, (line, _) in missing)
        )

    def _marks(self) -> list[Feedback]:
        """A mark for each line, and the facts that it used."""
        found = []
        for number, line in enumerate(self.lines, 1):
            params: dict[str, int | float | str] = {"line": number, "status": line.status}
            if line.reason is not None:
                params["reason"] = line.reason.word
            found.append(Feedback("deriv.line", params))
            for used in line.used:
                kind, _, name = used.partition(":")
                text = self._said(name) if kind == "law" else None
                symbol = self.way.symbols.get(name)
                fact = symbol.definition if kind == "def" and symbol is not None else law_of(symbol, name)
                found.append(Feedback("deriv.used", {"line": number, "fact": fact}, text))
        return found

    def _said(self, name: str) -> Text | None:
        """The author's words for a law of a name."""
        for law, text in self.way.facts:
            if re.search(rf"(?<!\w){re.escape(name)}(?![A-Za-z])", law):
                return text or Text(ko=law, en=law)
        return None

    def _passes(self, waypoint: str) -> bool:
        """Whether some line has the form of a waypoint: its value alone is that of every line."""
        wanted = resolve(parse(waypoint, self.way.symbols).answer, self.way.symbols)
        return any(alike(line.resolved, wanted) for line in self.passed[1:])

    def _arrived(self) -> bool:
        """Whether the last line is the goal: the same value, and nothing in it that the goal has not."""
        if self.last is None:
            return False
        goal = resolve(parse(self.way.goal, self.way.symbols).answer, self.way.symbols)
        arena = self.start.with_names(goal.tree)
        fitted = fit(goal, arena.layout)
        if fitted is None or not compare(arena, fitted).equal:
            return False
        return alike(self.last, goal)


__all__ = ["GradedLines", "Line", "Way", "grade_derivation", "split"]
