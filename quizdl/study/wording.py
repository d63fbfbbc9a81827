"""Sentences of the interface about a question, shared by the screen and the line mode.

What the author of a pack wrote is shown in the language of the prompts; these sentences are in the language
of the interface.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizdl.grading.verdict import Outcome
from quizdl.locale import _

if TYPE_CHECKING:
    from quizdl.grading.verdict import Feedback, Verdict
    from quizdl.packs.items import Text
    from quizdl.study.values import Language, Phase, Question


def instruction(question: Question) -> str:
    """What to do with the prompt.

    A card whose `ask` is not known here (a kind that is newer than this sentence) gets the general one.
    """
    match question.face.ask:
        case "term.ko-en":
            return _("What is it called in English?")
        case "term.en-ko":
            return _("What is it called in Korean?")
        case "term.definition":
            return _("What is this called?")
        case "cloze":
            return _("What belongs in the gap?")
        case "choice.one":
            return _("Choose the right answer.")
        case "choice.many":
            return _("Choose all that are right.")
        case "list":
            return _("Name {n}, in any order.").format(n=question.face.need)
        case "order":
            return _("Put these in the right order.")
        case "match":
            return _("Which belong together?")
        case "numeric":
            return _("Give the number.")
        case "code":
            return _("Write the function.")
        case "short":
            return _("Type the answer.")
    return _("Answer, then look.")


def phase(name: Phase) -> str:
    """Why the card comes."""
    return {"new": _("New"), "review": _("Review"), "repeat": _("Once more"), "cram": _("Cram")}[name]


def outcome(verdict: Verdict) -> str:
    """The judgement in a word or two.

    Example:
        >>> from quizdl.grading.verdict import Verdict
        >>> outcome(Verdict(Outcome.PARTIAL, 0.5))
        'Partly right (50 %)'
    """
    match verdict.outcome:
        case Outcome.CORRECT:
            return _("Correct")
        case Outcome.PARTIAL:
            return _("Partly right ({percent} %)").format(percent=round(100 * verdict.score))
        case Outcome.WRONG:
            return _("Wrong")
        case Outcome.UNREADABLE:
            return _("Not understood")


def remark(feedback: Feedback, question: Question) -> str:
    """The sentence of a feedback code; the author's words (`feedback.text`) come after it."""
    from quizdl.grading.messages import sentence

    return sentence(feedback, question.letter)


def quality(number: int) -> str:
    """What a quality means, after SM-2.

    Example:
        >>> quality(5)
        'at once'
    """
    return (
        _("no idea"),
        _("wrong"),
        _("wrong, but nearly"),
        _("right, with effort"),
        _("right"),
        _("at once"),
    )[number]


def interval(days: int) -> str:
    """A number of days, in the unit one would say it in.

    Example:
        >>> interval(0), interval(1), interval(16), interval(45), interval(400)
        ('today', '1 day', '16 days', '1.5 months', '1.1 years')
    """
    if days <= 0:
        return _("today")
    if days == 1:
        return _("1 day")
    if days < 31:
        return _("{n} days").format(n=days)
    if days < 365:
        return _("{n} months").format(n=f"{days / 30.44:.1f}")
    return _("{n} years").format(n=f"{days / 365.25:.1f}")


def duration(seconds: float) -> str:
    """A time span to the second below a minute, to the minute above.

    Example:
        >>> duration(8.2), duration(170), duration(3660)
        ('8 s', '3 min', '1 h 1 min')
    """
    if seconds < 59.5:
        return _("{n} s").format(n=round(seconds))
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return _("{n} min").format(n=minutes)
    return _("{h} h {m} min").format(h=minutes // 60, m=minutes % 60)


def spoken(text: Text, language: Language) -> tuple[str, ...]:
    """A text in the languages shown: Korean first, and only once where both are alike.

    Example:
        >>> from quizdl.packs.items import Text
        >>> spoken(Text(ko="합", en="sum"), "both"), spoken(Text(ko="1", en="1"), "both")
        (('합', 'sum'), ('1',))
        >>> spoken(Text(ko="합", en="sum"), "en"), spoken(Text(ko="합"), "en")
        (('sum',), ('합',))
    """
    if not text:
        return ()
    if language == "both":
        return tuple(dict.fromkeys((text.in_("ko"), text.in_("en"))))
    return (text.in_(language),)
