"""The slip that leads from the right answer to the given one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.diagnose.forms import collected, forms, terms
from quizdl.grading.symbolic.diagnose.reasons import Reason
from quizdl.grading.symbolic.diagnose.slips import Slip, Slips, is_delta, needs_inner
from quizdl.grading.symbolic.diagnose.values import shown
from quizdl.grading.symbolic.equality.canonical import Unfit, key
from quizdl.grading.symbolic.equality.layout import fit
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined
from quizdl.grading.symbolic.plain_form import plain
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import Add, Div, Mul, Neg, Node, Pow, number

MOST = 700
"""Candidates that are tried in each direction."""


def slip(case: Case) -> Reason | None:
    """The slip that turns the right answer into the given one, or whose repair makes the given one right.

    Where the axes of the answer do not fit, only slips in the right answer can be told.
    """
    symbols = case.arena.symbols
    layout = case.arena.layout
    slips = Slips(symbols, (*layout.names, *layout.entry))
    made: list[Slip] = []
    seen: set[Node] = set()
    for form in forms(case.arena.reference.resolved.tree, symbols):
        _collect(slips.everywhere(form), made, seen)
    repaired: list[Slip] = []
    if case.fitted is not None:
        seen = set()
        _collect(slips.everywhere(case.answer.tree), repaired, seen)
        _collect(_squares(case.answer.tree), repaired, seen)
        repaired = [
            replace(one, detail="square-extra") if one.detail == "square" else one
            for one in repaired
            if _plausible(one)
        ]
    tried = [(one, True) for one in made] + [(one, False) for one in repaired]
    tried.sort(key=lambda pair: pair[0].priority)
    written = _key(case.answer.tree)
    if written:
        # A slip that leads to what was written, word for word, is the one that was made.
        for one, forward in tried[: 2 * MOST]:
            if forward and _key(one.tree) == written and case.is_given(one.tree):
                return _made(one, case)
    for one, forward in tried[: 2 * MOST]:
        if forward and case.is_given(one.tree):
            return _made(one, case)
        if not forward and case.is_right(one.tree):
            return _repaired(one, case)
    return None


def _key(tree: Node) -> str:
    try:
        return key(tree)
    except Unfit:
        return ""


def _plausible(slip: Slip) -> bool:
    """Whether a learner may have put that in: a factor too many is something small, not a whole sum."""
    return not (slip.word == "factor" and isinstance(slip.part, Add))


def _collect(slips: Iterable[Slip], found: list[Slip], seen: set[Node]) -> None:
    for slip in slips:
        if len(found) >= 4 * MOST:
            return
        if slip.tree not in seen:
            seen.add(slip.tree)
            found.append(slip)


def _made(slip: Slip, case: Case) -> Reason:
    def show(node: Node) -> str:
        return plain(node, case.arena.symbols)

    if slip.word == "factor" and slip.detail == "missing":
        if slip.part is not None and is_delta(slip.part, case.arena.symbols):
            return replace(slip, word="index", detail="delta").reason(show)
        if needs_inner(slip.part, case.question.wrt, case.arena.symbols):
            return replace(slip, word="inner-derivative", detail="").reason(show)
        if case.fitted is None:
            return replace(slip, word="shape", detail="factor").reason(show)
        sizes = case.arena.symbols.sizes
        if isinstance(slip.part, Div) and plain(slip.part.bottom, Symbols()) in sizes:
            return Reason("missing-mean", "", {"name": show(slip.part.bottom)})
    if slip.word == "missing-mean":
        return Reason("missing-mean", "", {"name": show(slip.part) if slip.part is not None else ""})
    return slip.reason(show)


def _repaired(slip: Slip, case: Case) -> Reason:
    """A slip seen from the other side: what had to be dropped was too much."""

    def show(node: Node) -> str:
        return plain(node, case.arena.symbols)

    turned = {"": "", "missing": "extra", "missing-divisor": "extra-divisor"}
    if slip.word in ("term", "factor", "missing-mean", "missing-sum"):
        detail = turned.get(slip.detail, slip.detail)
        if slip.word == "term":
            detail = "extra"
        if slip.word == "missing-mean":
            return Reason("factor", "mean", {"name": show(slip.part) if slip.part is not None else ""})
        if slip.word == "missing-sum":
            return Reason("index", "summed", {"part": show(slip.part) if slip.part is not None else ""})
        return replace(slip, detail=detail).reason(show)
    return slip.reason(show)


def _squares(tree: Node) -> Iterable[Slip]:
    """The answer squared: a factor that is there once only."""
    yield Slip("factor", Pow(tree, number(2), "**"), tree, "missing")


def term_slip(case: Case) -> Reason | None:
    """One term of the right answer that is missing, has the wrong sign or another coefficient."""
    if case.fitted is None:
        return None
    gaps = [g.array - t.array for t, g in zip(case.truths, case.given, strict=True)]
    valid = [g.valid & t.valid for t, g in zip(case.truths, case.given, strict=True)]
    if not all(v.any() for v in valid):
        return None

    def share(part: Node) -> float | None:
        """How many times a term the difference is, when that is the same everywhere."""
        made = case.resolved(part)
        fitted = fit(made, case.arena.layout) if made is not None else None
        if fitted is None:
            return None
        found: list[float] = []
        for probe, gap, good in zip(case.probes, gaps, valid, strict=True):
            try:
                value = case.arena.values(fitted, probe)
            except (Undefined, TooLargeError, ValueError, IndexError):
                return None
            top, bottom = np.broadcast_arrays(gap, value.array)
            top, bottom = top[good & value.valid], bottom[good & value.valid]
            if not top.size:
                return None
            with np.errstate(all="ignore"):
                known = np.abs(bottom) > 1e-9
                if not known.any() or (np.abs(top[~known]) > 1e-7).any():
                    return None
                ratio = top[known] / bottom[known]
            middle = float(np.median(ratio))
            if np.abs(ratio - middle).max() > 1e-7 * max(1.0, abs(middle)):
                return None
            found.append(middle)
        return found[0] if found and max(found) - min(found) < 1e-7 * max(1.0, abs(found[0])) else None

    def show(node: Node) -> str:
        return plain(node, case.arena.symbols)

    for form in forms(case.arena.reference.resolved.tree, case.arena.symbols):
        own = collected(terms(form))
        if len(own) < 2:
            continue
        for part in own:
            times = share(part)
            body = part.body if isinstance(part, Neg) else part
            if times is None:
                continue
            if abs(times + 1) < 1e-7:
                return Reason("term", "", {"part": show(body)})
            if abs(times + 2) < 1e-7:
                return Reason("sign", "term", {"part": show(body)})
            return Reason("factor", "term", {"part": show(body), "ratio": shown(1 + times)})
    for part in terms(case.answer.tree) if isinstance(case.answer.tree, (Add, Mul)) else []:
        times = share(part)
        body = part.body if isinstance(part, Neg) else part
        if times is not None and abs(times - 1) < 1e-7:
            return Reason("term", "extra", {"part": show(body)})
    return None
