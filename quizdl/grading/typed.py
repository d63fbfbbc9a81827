"""Typed words: the answer of a term, of a short question, and what belongs in the gaps of a cloze."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING

from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.grading.words.glossary import Glossary
    from quizdl.grading.words.result import Match
    from quizdl.packs.faces import Face
    from quizdl.packs.items import Names

_TELLING = {
    "typo": "words.typo",
    "keyboard_mode": "words.keyboard-mode",
    "spelling_variant": "words.spelling",
}
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_NUMBER = re.compile(r"\(?\s*[-−+]?[0-9][0-9.,/]*\s*%?(?:\s*,\s*[-−+]?[0-9.]+)*\s*,?\s*\)?")
_SEPARATORS = (r"[;\n]", r"[,、]", r"\s+(?:and|및|그리고)\s+|(?<=[\uac00-\ud7a3])[와과]\s+", r"\s+")
_LONGEST = 40
"""Characters of a wrong part that are repeated to the learner."""


def grade(
    face: Face, response: str, *, rivals: Sequence[str] = (), glossary: Glossary | None = None
) -> Verdict:
    """Judge words typed for a face with blanks.

    Args:
        face: what was asked; with several blanks the answers stand in their order, `;` between them.
        response: what was typed.
        rivals: names near to the right ones that are wrong.
        glossary: the names of all concepts.

    Returns:
        Correct with `words.typo` (which costs a quality point), `words.keyboard-mode` or `words.spelling`
        where the right spelling should be shown. Otherwise `words.` and the reason (`rival`, `negated`,
        `hedged`, `several-answers`, `second-name-wrong`, `dont-know`, `empty`, `no-match`). A blank that
        holds a number is judged as one. With several blanks the score is right ones / blanks, and
        `blank.wrong` comes before each reason. Unreadable: the name in the language that was shown
        (`words.asked-in-english`, `words.asked-in-korean`), too many or too few answers (`blank.count`), too
        long (`words.too-long`).
    """
    blanks = face.blanks
    if len(blanks) == 1:
        return _in_language(face, response, glossary) or _judged(blanks[0], response, rivals, glossary)
    parts = _split(response, len(blanks))
    if len(parts) != len(blanks):
        reason = _match(response, blanks[0].all).reason
        if reason in ("empty", "dont_know", "too_long"):
            return _rejected(reason)
        return _unreadable("blank.count", given=len(parts), blanks=len(blanks))
    right = 0
    feedback: list[Feedback] = []
    for at, (names, part) in enumerate(zip(blanks, parts, strict=True), 1):
        judged = _judged(names, part, rivals, glossary)
        if judged.outcome is Outcome.CORRECT:
            right += 1
        else:
            feedback.append(Feedback("blank.wrong", {"blank": at, "part": part.strip()[:_LONGEST]}))
        feedback += judged.feedback
    score = right / len(blanks)
    outcome = Outcome.CORRECT if score == 1 else Outcome.PARTIAL if score else Outcome.WRONG
    return Verdict(outcome, score, tuple(feedback))


def said(found: Match) -> tuple[Feedback, ...]:
    """What there is to say about a name that was recognised or not.

    Example:
        >>> from quizdl.grading.words.matcher import match
        >>> [feedback.code for feedback in said(match("overfiting", ["overfitting"]))]
        ['words.typo']
        >>> said(match("overfitting", ["overfitting"]))
        ()
    """
    if found.accepted:
        code = _TELLING.get(found.reason)
        return (Feedback(code, {"name": found.name}),) if code else ()
    params = {"rival": found.rival} if found.rival else {}
    if found.name:
        params["name"] = found.name
    return (Feedback(f"words.{found.reason.replace('_', '-')}", params),)


def _match(
    response: str, names: Sequence[str], rivals: Sequence[str] = (), glossary: Glossary | None = None
) -> Match:
    """The matcher, loaded when there is something to match."""
    from quizdl.grading.words.matcher import match

    return match(response, names, rivals=rivals, glossary=glossary)


def _judged(names: Names, response: str, rivals: Sequence[str], glossary: Glossary | None) -> Verdict:
    if names.all and all(_NUMBER.fullmatch(name) for name in names.all):
        return _number(names.all, response)
    found = _match(response, names.all, rivals, glossary)
    if found.accepted:
        return Verdict(Outcome.CORRECT, 1.0, said(found))
    return _rejected(found.reason, said(found))


def _rejected(reason: str, feedback: tuple[Feedback, ...] = ()) -> Verdict:
    outcome = Outcome.UNREADABLE if reason == "too_long" else Outcome.WRONG
    return Verdict(outcome, 0.0, feedback or (Feedback(f"words.{reason.replace('_', '-')}"),))


def _number(names: Sequence[str], response: str) -> Verdict:
    """A number in a gap: judged as a number, so that `1/2` does for `0.5` and `-1` never for `1`."""
    from quizdl.grading.numeric.grade import grade as grade_number
    from quizdl.grading.numeric.reading import Unreadable, read
    from quizdl.packs.parameters import Tolerance

    found = _match(response, names)
    if found.accepted or found.reason in ("empty", "dont_know", "too_long"):
        return Verdict(Outcome.CORRECT, 1.0, said(found)) if found.accepted else _rejected(found.reason)
    reading = read(names[0])
    if isinstance(reading, Unreadable):  # looks like a number and is none, such as a version
        return _rejected(found.reason, said(found))
    digits = re.fullmatch(r"[-−+]?[0-9]+\.([0-9]+)", names[0])
    # 2.72 is what is left of e; 0.001 and 0.5 are meant to the last digit.
    rounded = digits is not None and len(names[0].lstrip("-−+0.").replace(".", "")) > 1
    tolerance = Tolerance(absolute=0.5 * 10.0 ** -len(digits[1])) if digits and rounded else Tolerance()
    value = str(reading.value).replace(",)", ")").replace("(", "[").replace(")", "]")
    return grade_number(SimpleNamespace(answer=value, tolerance=tolerance, unit="", mistakes=()), response)


def _in_language(face: Face, response: str, glossary: Glossary | None) -> Verdict | None:
    """For a term asked from one language to the other: the right name, but in the language that was shown."""
    if face.ask not in ("term.ko-en", "term.en-ko"):
        return None
    names = face.blanks[0].all
    shown = face.prompt.ko or face.prompt.en
    echo = _match(response, (shown,))
    found = _match(response, names, glossary=glossary)
    if found.name in names or not (found.accepted or echo.reason in ("exact", "spacing", "ending")):
        return None
    name = found.name or shown
    foreign = _HANGUL.search(name) if face.ask == "term.ko-en" else not _HANGUL.search(name)
    # A Korean spelling of the English word is the name in the other language all the same.
    own = [_match(response, (name,)) for name in names]
    if not foreign or any(found.accepted and found.reason != "other_language" for found in own):
        return None
    return _unreadable(f"words.asked-in-{'english' if face.ask == 'term.ko-en' else 'korean'}")


def _split(response: str, count: int) -> list[str]:
    """The answers for several blanks, by the first kind of separator that gives as many."""
    text = response.strip().strip(";,")
    parts = [text]
    for separator in _SEPARATORS:
        found = [part for part in re.split(separator, text[:1_000]) if part.strip()]
        if len(found) == count:
            return found
        if len(parts) == 1 and len(found) > 1:
            parts = found
    return parts


def _unreadable(code: str, **params: int) -> Verdict:
    return Verdict(Outcome.UNREADABLE, 0.0, (Feedback(code, params),))
