"""The hints of a card: what the author wrote, or else the first letter of a short answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizdl.packs.faces import Face
    from quizdl.packs.items import Item, Text

_LONGEST = 40
_MARKUP = frozenset("$`*_|\\\n")


def hints(item: Item, face: Face) -> tuple[Text, ...]:
    """All hints of a card, the gentlest first.

    A term, cloze or short answer without hints of its own gives away its first letter and its length, unless
    the answer is a formula or a sentence, where that would help nobody.

    Example:
        >>> from quizdl.packs.faces import face
        >>> from quizdl.packs.items import Concept, Names, Term, Text
        >>> adam = Concept(id="adam", names=Names(ko=("아담",), en=("Adam",)))
        >>> term = Term(id="adam.term", concept="adam", definition=Text(en="an optimizer"))
        >>> hints(term, face(term, adam, "ko-en"))[0].en
        'A···'
    """
    if item.hints:
        return item.hints
    if item.kind not in ("term", "cloze", "short"):
        return ()
    ko, en = first_letter(face.answer.ko), first_letter(face.answer.en)
    if not (ko or en):
        return ()
    text = type(face.answer)  # Text, without importing the packs room for it
    return (text(ko=ko, en=en),)


def first_letter(answer: str) -> str:
    """The first letter and a dot for each other one; "" where that is no help.

    Example:
        >>> first_letter("back propagation (BP)"), first_letter("역전파"), first_letter("$x^2$")
        ('b··· ···········', '역··', '')
    """
    name = answer.split(" (")[0].strip()
    if not 1 < len(name) <= _LONGEST or _MARKUP & set(name):
        return ""
    return name[0] + "".join("·" if letter.isalnum() else letter for letter in name[1:])
