"""The sentences of numeric feedback, in the language of the interface."""

from __future__ import annotations

from quizdl.grading.verdict import Feedback
from quizdl.locale import _


def sentence(feedback: Feedback) -> str:
    """What a code says with its parameters; the code itself where it is not known here.

    Example:
        >>> sentence(Feedback("numeric.too-large-by", {"factor": 1000}))
        'Too large by a factor of 1000.'
    """
    return _text(feedback).format(**feedback.params)


def _text(feedback: Feedback) -> str:
    params = feedback.params
    match feedback.code:
        case "numeric.read-as":
            return _("Read as {echo}.")
        case "numeric.mistake":
            return _("That is a known mistake.")
        case "numeric.transposed":
            return _("Rows and columns are exchanged: this is the transpose.")
        case "numeric.wrong-shape":
            if not params["wanted"]:
                return _("One number is asked for; you gave {given} numbers.")
            if not params["given"]:
                return _("{wanted} numbers are asked for; you gave one.")
            return _("{wanted} numbers are asked for; you gave {given}.")
        case "numeric.order-reversed":
            return _("The right numbers, but in reverse order.")
        case "numeric.order":
            return _("The right numbers, but in another order.")
        case "numeric.wrong-sign":
            return _("Right magnitude, wrong sign.")
        case "numeric.gave-percent":
            return _("You gave percent; a plain number is asked for. Write the % sign, or divide by 100.")
        case "numeric.gave-fraction":
            return _("You gave a fraction of 1; percent is asked for. Multiply by 100.")
        case "numeric.reciprocal":
            return _("That is the reciprocal: 1 divided by the right answer.")
        case "numeric.too-large-by":
            return _("Too large by a factor of {factor}.")
        case "numeric.too-small-by":
            return _("Too small by a factor of {factor}.")
        case "numeric.rounded":
            return _("Right so far, but with too few digits: give at least {digits} significant ones.")
        case "numeric.rounded-decimals":
            return _("Right so far, but with too few digits: give {decimals} decimal places.")
        case "numeric.one-entry":
            return _("All right but entry {entry}.")
        case "numeric.entries":
            return _("{wrong} of {total} entries are wrong: {entries}.")
        case "numeric.too-large":
            return _("Too large by {error} %.")
        case "numeric.too-small":
            return _("Too small by {error} %.")
        case "numeric.off":
            return _("Off by {error} %.")
        case "numeric.wrong":
            return _("That is not the number.")
    return _unreadable(feedback)


def _unreadable(feedback: Feedback) -> str:
    params = feedback.params
    match feedback.code:
        case "numeric.empty":
            return _("Type a number.")
        case "numeric.too-long":
            return _("An answer may have at most {most} characters.")
        case "numeric.unknown-name":
            if params.get("near"):
                return _("“{name}” is not known. Did you mean “{near}”?")
            return _("“{name}” is not known: give a number, such as 0.25, 1/4 or e^-2.")
        case "numeric.undefined":
            return _("This has no value, such as a division by zero or the logarithm of 0.")
        case "numeric.overflow":
            return _("This number is too large.")
        case "numeric.sides-differ":
            return _("The two sides differ: {left} is not {right}.")
        case "numeric.ragged":
            return _("The rows of a matrix must be equally long.")
        case "numeric.unread":
            if params.get("found"):
                return _("Not understood from “{found}” on.")
            return _("Something is missing at the end.")
    return feedback.code.replace("{", "{{").replace("}", "}}")
