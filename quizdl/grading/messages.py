"""The sentence of each feedback code, in the language of the interface."""

from __future__ import annotations

from collections.abc import Callable

from quizdl.grading.verdict import Feedback
from quizdl.locale import _, current


def authored(row: int) -> str:
    """The letter of what is shown as authored: `A`, `B` …"""
    return chr(ord("A") + row)


def sentence(feedback: Feedback, letter: Callable[[int], str] = authored) -> str:
    """What a code says with its parameters; the author's own words (`feedback.text`) come after it.

    Args:
        feedback: of any grader.
        letter: the letter in front of what is authored at an index (`Question.letter`).

    Returns:
        One sentence or two; the code itself where it is not known here.

    Example:
        >>> sentence(Feedback("choice.missed", {"option": 2}))
        'C is right too.'
    """
    said = _sentence(feedback, letter)
    if current() != "ko":
        return said
    from quizdl.typeset.hangul import fit_particles

    return fit_particles(said)


def details(feedback: Feedback) -> tuple[str, ...]:
    """What stands below the sentence, line by line as it is: arrays and printed text of code exercises.

    Example:
        >>> details(Feedback("code.example", {"input": "x = 2", "expected": "4", "got": "-4"}))
        ('    x = 2', 'expected: 4', 'got: -4')
        >>> details(Feedback("choice.missed", {"option": 2}))
        ()
    """
    if feedback.code not in ("code.example", "code.printed"):
        return ()
    from quizdl.grading.code.messages import details as code

    return code(feedback)


def _sentence(feedback: Feedback, letter: Callable[[int], str]) -> str:
    room = feedback.code.partition(".")[0]
    if room == "numeric":
        from quizdl.grading.numeric.messages import sentence as numeric  # only for cards that need it

        return numeric(feedback)
    if room in ("expr", "deriv"):
        from quizdl.grading.symbolic.messages import sentence as symbolic

        return symbolic(feedback)
    if room == "code":
        from quizdl.grading.code.messages import sentence as code

        return code(feedback)
    params = dict(feedback.params)
    row = params.get("row", params.get("option"))
    if isinstance(row, int) and feedback.code != "choice.no-such":
        params["letter"] = letter(row)
    text = (_words if room in ("words", "list", "blank") else _rows)(feedback)
    return text.format(**params)


def _words(feedback: Feedback) -> str:
    params = feedback.params
    match feedback.code:
        case "words.typo":
            return _("Accepted; it is spelt “{name}”.")
        case "words.keyboard-mode":
            return _("Read as “{name}”; the keyboard was in the other mode.")
        case "words.spelling":
            return _("Usually written “{name}”.")
        case "words.rival":
            return _("“{rival}” is something else.")
        case "words.second-name-wrong":
            if params.get("name") and params.get("rival"):
                return _("“{name}” is right, but “{rival}” is something else.")
            return _("The names that you give are not the same thing.")
        case "words.negated":
            return _("A negation says the opposite. Give only the name.")
        case "words.hedged":
            return _("Decide for one answer: “perhaps” leaves it open.")
        case "words.several-answers":
            return _("Those are several answers. Give one.")
        case "words.dont-know":
            return _("Now you will see it.")
        case "words.empty":
            return _("Nothing was answered.")
        case "words.too-long":
            return _("That is too long for a name.")
        case "words.no-match":
            return _("That is not the name.")
        case "words.asked-in-english":
            return _("Right, but it is asked for in English.")
        case "words.asked-in-korean":
            return _("Right, but it is asked for in Korean.")
        case "blank.wrong":
            return _("Gap {blank}: “{part}” does not belong there.")
        case "blank.count":
            return _("There are {blanks} gaps; you gave {given}. Put ; between the answers.")
        case "list.rival" if str(params["part"]).casefold() != str(params["rival"]).casefold():
            return _("“{part}” does not belong to the list: it is “{rival}”.")
        case "list.wrong" | "list.rival":
            return _("“{part}” does not belong to the list.")
        case "list.duplicate":
            return _("“{part}” is “{name}” again; it counts once.")
        case "list.missing":
            return _("{missing} of {need} are missing.")
    return _verbatim(feedback)


def _rows(feedback: Feedback) -> str:
    match feedback.code:
        case "choice.wrong":
            return _("{letter} is wrong.")
        case "choice.missed":
            return _("{letter} is right too.")
        case "choice.right":
            return _("{letter} is right.")
        case "choice.none":
            return _("Choose an option.")
        case "choice.only-one":
            return _("Choose only one option; {chosen} were chosen.")
        case "choice.no-such":
            return _("There is no option {option}; there are {options}.")
        case "rows.unknown":
            return _("There is no option {part}; the last one is {last}.")
        case "order.first":
            return _("The first one out of place is number {place}: {letter}.")
        case "order.kept":
            return _("{kept} of {steps} stand in the right order.")
        case "order.missing":
            return _("Give all {steps} steps; you gave {given}.")
        case "order.twice":
            return _("{letter} is there twice.")
        case "order.no-such":
            return _("There is no step {step}; there are {steps}.")
        case "match.wrong":
            return _("{left}–{letter} do not belong together.")
        case "match.missing":
            return _("Nothing was given to {lefts}.")
        case "match.none":
            return _("Give pairs such as 1-B 2-A.")
        case "match.twice":
            return _("{left} was given two.")
        case "match.no-such":
            return _("There is no pair {left}–{right}.")
        case "match.unknown":
            return _("“{part}” is no pair: the numbers go to {lefts}, the letters to {last}.")
        case "gave-up":
            return _("Here is the answer.")
        case "self.judge":
            return _("Only you can judge this answer.")
    return _verbatim(feedback)


def _verbatim(feedback: Feedback) -> str:
    return feedback.code.replace("{", "{{").replace("}", "}}")
