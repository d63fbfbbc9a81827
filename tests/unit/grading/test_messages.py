"""Every code of every grader has a sentence, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import quizdl
from quizdl import locale
from quizdl.grading.messages import sentence
from quizdl.grading.verdict import Feedback
from quizdl.grading.words.result import Reason

ROOM = Path(quizdl.__file__).parent / "grading"
CODE = re.compile(r'"((?:words|list|blank|choice|rows|order|match|numeric|self)\.[a-z-]+)"')
ACCEPTED = {"exact", "spacing", "ending", "spelling_variant", "other_language", "keyboard_mode", "typo"}
# Whatever a sentence may need.
PARAMS = {
    "name": "relu", "rival": "elu", "part": "x", "missing": 1, "need": 2, "blank": 1, "blanks": 2, "given": 3,
    "option": 0, "options": 4, "chosen": 2, "last": "D", "place": 1, "row": 2, "kept": 2, "steps": 3,
    "step": 9, "left": 1, "right": 2, "lefts": "2", "echo": "1", "factor": 10, "digits": 3, "decimals": 2,
    "entry": "2", "wrong": 1, "total": 2, "entries": "1, 2", "error": "5", "most": 9, "found": "?",
    "near": "ln", "wanted": "(2,)",
}  # fmt: skip


def codes() -> list[str]:
    """The codes that stand in the sources of the graders, and those made from the reasons of the matcher."""
    found = {f"words.{reason.replace('_', '-')}" for reason in get_args(Reason) if reason not in ACCEPTED}
    for path in [*ROOM.glob("*.py"), *(ROOM / "numeric").glob("*.py"), *(ROOM / "words").glob("*.py")]:
        if path.name != "messages.py":
            found |= set(CODE.findall(path.read_text(encoding="utf-8")))
    return sorted(found | {"gave-up"})


def test_the_codes_are_found() -> None:
    assert {"words.typo", "order.first", "match.twice", "numeric.wrong-sign"} <= set(codes())
    assert len(codes()) > 50


@pytest.mark.parametrize("code", codes())
def test_every_code_has_a_sentence_with_its_params_filled_in(code: str) -> None:
    said = sentence(Feedback(code, PARAMS))
    assert said != code
    assert said[0] != "{"
    assert said.endswith((".", "?"))
    assert "{" not in said


def test_a_code_that_is_not_known_is_shown_as_it_is() -> None:
    for code in ("words.new", "order.new", "new", "odd.{x}"):
        assert sentence(Feedback(code)) == code


def test_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    english = sentence(Feedback("choice.missed", {"option": 1}))
    locale.use("ko")
    try:
        assert sentence(Feedback("choice.missed", {"option": 1})) != english
    finally:
        locale.use("en")


def test_a_rival_that_is_named_by_its_name_is_named_once() -> None:
    same = sentence(Feedback("list.rival", {"part": "dropout", "rival": "Dropout"}))
    other = sentence(Feedback("list.rival", {"part": "drop-out", "rival": "dropout"}))
    assert same == "“dropout” does not belong to the list."
    assert other == "“drop-out” does not belong to the list: it is “dropout”."
