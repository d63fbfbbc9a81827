"""The Korean catalogue: complete, current, compiled, and its placeholders are those of the English text."""

from __future__ import annotations

import io
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import quizdl

SOURCE = Path(quizdl.__file__).parent
CATALOGUE = SOURCE / "locale" / "ko" / "LC_MESSAGES"


def catalogue() -> dict[str, str]:
    with (CATALOGUE / "quizdl.po").open("rb") as file:
        return {
            str(message.id): str(message.string)
            for message in read_po(file)
            if message.id and not message.fuzzy
        }


def test_every_text_of_the_interface_has_a_korean_one() -> None:
    used = {str(message) for _, _, message, _, _ in extract_from_dir(str(SOURCE), [("**.py", "python")])}
    assert used, "the extraction found no texts: it would pass on anything"
    assert used - {text for text, korean in catalogue().items() if korean} == set()


def test_no_korean_text_is_left_over() -> None:
    used = {str(message) for _, _, message, _, _ in extract_from_dir(str(SOURCE), [("**.py", "python")])}
    assert set(catalogue()) - used == set()


def test_placeholders_agree() -> None:
    names = re.compile(r"{(\w*)[^}]*}")
    different = {
        text
        for text, korean in catalogue().items()
        if sorted(names.findall(text)) != sorted(names.findall(korean))
    }
    assert different == set()


def test_the_compiled_catalogue_is_the_text_one() -> None:
    compiled = read_mo(io.BytesIO((CATALOGUE / "quizdl.mo").read_bytes()))
    assert {str(message.id): str(message.string) for message in compiled if message.id} == catalogue()
