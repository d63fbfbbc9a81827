"""The line mode: what is said for what is typed."""

from __future__ import annotations

import pytest

from quizdl import locale
from quizdl.cli.plain import run
from quizdl.errors import StorageError
from quizdl.study.session import Session
from quizdl.study.values import Filters
from tests.unit.study.conftest import World

TERM = Filters(kind="term", concept="adam")
CHOICE = Filters(kind="choice", tags=("values",))


def talk(session: Session, *lines: str) -> list[str]:
    """All lines that are printed when `lines` are typed and the input then ends."""
    given, said = iter([f"{line}\n" for line in lines]), []
    run(session, lambda: next(given, ""), said.append)
    assert not any("\x1b" in line or "\n" in line or line != line.rstrip() for line in said)
    return said


def test_a_card_from_prompt_to_grade(world: World) -> None:
    said = talk(world.open(TERM, prompt_language="en"), "", "")
    text = "\n".join(said)
    for part in (
        "New. 1 left, about 8 s.",
        "What is it called in English?",
        "아담",
        "Type the answer. Enter alone shows it.",
        "Answer: Adam",
        "Grade 0 to 5 (0-5: 1 day). Enter gives 4, right.",
        "Noted: 4. Next time: 1 day.",
        "Cards answered: 1. Right: 100 %.",
        "Due tomorrow: 1.",
    ):
        assert part in text
    assert text.index("Enter alone shows it.") < text.index("Answer: Adam")
    (event,) = world.journal.events()
    assert (event.data["quality"], event.data["lang"], event.data["response"]) == (4, "en", None)


def test_a_curve_is_read_as_points_without_its_name(world: World) -> None:
    said = talk(world.open(CHOICE))
    (line,) = [line for line in said if "(x, y)" in line]
    assert line.startswith("Points of f as (x, y): (-6, 0), (-5, 0)")
    assert line.endswith("(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)")


def test_what_is_typed_before_the_answer_is_kept(world: World) -> None:
    talk(world.open(TERM), "애덤", "５")
    (event,) = world.journal.events()
    assert (event.data["response"], event.data["quality"]) == ("애덤", 5)


def test_a_choice_by_letter_number_and_in_hangul_mode(world: World) -> None:
    for typed in ("b", "2", "ㅠ", "Ｂ"):
        session = world.open(Filters(kind="choice", tags=("values",), cram=True))
        assert session.question is not None
        row = session.question.order[1]
        said = talk(session, typed)
        assert ("Correct." in said) == (row == 0)
        assert ("Wrong." in said) == (row != 0)


def test_feedback_and_explanation(world: World) -> None:
    session = world.open(CHOICE, prompt_language="en")
    assert session.question is not None
    letter = session.question.letter(1)
    right = session.question.letter(0)
    said = talk(session, letter)
    assert f"{letter} is wrong." in said
    assert "  that is the identity" in said
    assert f"Answer: {right}" in said
    assert any(line.startswith("Why: ") for line in said)


def test_an_option_that_does_not_exist_costs_nothing(world: World) -> None:
    session = world.open(CHOICE)
    said = talk(session, "z", "9", "a b")
    assert "There is no option Z; the last one is C." in said
    assert "There is no option 9; the last one is C." in said
    assert "Choose only one option; 2 were chosen." in said
    assert not session.answered


def test_an_empty_choice_is_asked_back_once(world: World) -> None:
    session = world.open(CHOICE)
    said = talk(session, "", "")
    assert "Nothing is chosen. Press Enter once more to see the answer." in said
    assert "Wrong." in said
    assert session.suggested == 1


def test_a_card_that_was_not_known_comes_again(world: World) -> None:
    said = talk(world.open(TERM), "", "1", "", "4")
    assert "Noted: 1. It comes again in this session." in said
    assert any(line.startswith("Once more.") for line in said)
    assert "Still to do today: 1." not in said


@pytest.mark.parametrize("bad", ["6", "-1", "four", "44"])
def test_a_grade_that_is_none(world: World, bad: str) -> None:
    session = world.open(TERM)
    said = talk(session, "", bad)
    assert "A grade is a digit from 0 to 5; :help tells what each means." in said
    assert session.answered
    assert list(world.journal.events()) == []


def test_commands(world: World) -> None:
    session = world.open(Filters(kind="term"), prompt_language="en")
    said = talk(
        session, ":hint", ":hint", ":lang ko", ":lang fr", ":fly", ":help", ":undo", "", "", ":undo", ":bury"
    )
    assert "Hint: R···" in said
    assert "There are no more hints." in said
    assert "The language must be ko, en or both." in said
    assert "There is no command :fly; :help lists them." in said
    assert "5  at once" in said
    assert "There is nothing to undo." in said
    assert "Undone." in said
    assert "Put off until tomorrow." in said
    kinds = [(event.kind, event.data.get("quality")) for event in world.journal.events()]
    assert kinds == [("review", 3), ("undo", None), ("bury", None)]
    assert session.language == "ko"


def test_suspend_and_quit(world: World) -> None:
    session = world.open(Filters(kind="term"))
    said = talk(session, ":suspend", ":quit", "", "4")
    assert [event.kind for event in world.journal.events()] == ["suspend"]
    assert "Still to do today: 1." in said


def test_nothing_to_do(world: World) -> None:
    assert talk(world.open(Filters(pack="none"))) == ["Nothing is due now.", "", "No cards were answered."]


def test_a_full_disk_is_told_and_the_grade_may_be_given_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = world.open(TERM)
    real, calls = world.journal.append, []

    def append(*args: object, **named: object) -> object:
        calls.append(args)
        if len(calls) == 1:
            raise StorageError("the disk is full", hint="free some space and go on")
        return real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(world.journal, "append", append)
    said = talk(session, "", "4", "4")
    at = said.index("Error: the disk is full")
    assert said[at + 1] == "free some space and go on"
    assert said[at + 2].startswith("Noted: 4.")
    assert len(list(world.journal.events())) == 1


@pytest.mark.parametrize(("lines", "code"), [(("", "4"), 6), (("", "4", ":help", ":q"), 6), (("",), 0)])
def test_what_could_not_be_saved_shows_in_the_exit_code(
    world: World, monkeypatch: pytest.MonkeyPatch, lines: tuple[str, ...], code: int
) -> None:
    def append(*args: object, **named: object) -> None:
        raise StorageError("the disk is full")

    session = world.open(TERM)
    monkeypatch.setattr(world.journal, "append", append)
    typed = iter([*(line + "\n" for line in lines), ""])
    assert run(session, typed.__next__, lambda line: None) == code


def test_control_characters_that_are_typed_do_not_reach_the_terminal(world: World) -> None:
    said = talk(world.open(TERM), ":\x1b[2J\x07", "\x1b]0;x\x07")
    assert not any(character in line for line in said for character in "\x1b\x07")
    assert any("\N{REPLACEMENT CHARACTER}[2j" in line for line in said)


def test_ctrl_c_ends_with_the_summary(world: World) -> None:
    said: list[str] = []

    def interrupt() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(world.open(TERM), interrupt, said.append)
    assert "Still to do today: 1." in said


def test_every_sentence_of_the_interface_is_translated(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "_translate", lambda text: f"«{text}»")
    lines = [":help", ":fly", ":hint", ":hint", ":lang x", ":undo", "z", "", "", "", "1", ":suspend", "", "4"]
    said = talk(world.open(Filters(tags=("values",)), prompt_language="en"), *lines)
    said += talk(world.open(Filters(kind="term")), "", "4", ":undo", ":bury")
    said += talk(world.open(Filters(pack="none")))
    authored = ["What is ReLU", "max(0", "A. ", "B. ", "C. ", "ReLU", "렐루", "아담", "Adam", "that is"]
    own = [line for line in said if line and not any(text in line for text in authored)]
    assert len(own) > 30
    assert [line for line in own if "«" not in line] == []


def test_lines_are_no_wider_than_asked(world: World) -> None:
    from quizdl.typeset.cells import cell_width

    said: list[str] = []
    lines = iter(["\n"] * 40)
    run(world.open(), lambda: next(lines, ""), said.append, width=60)
    from_pack = [line for line in said if "합" in line or "uses" in line]
    assert from_pack
    assert all(cell_width(line) <= 60 for line in from_pack)


def test_an_order_in_letters(kinds: World) -> None:
    session = kinds.open(Filters(kind="order"), prompt_language="en")
    assert session.question is not None
    letters = [session.question.letter(step) for step in range(4)]
    said = talk(session, "A A", letters[1] + " " + " ".join([letters[0], *letters[2:]]), "")
    assert "Type the letters in the right order, such as B A C." in said
    assert f"{letters[0]}. forward" in said
    assert "Give all 4 steps; you gave 2." in said or "A is there twice." in said
    assert "Partly right (75 %)." in said
    assert f"The first one out of place is number 1: {letters[1]}." in said
    assert f"Answer: {' '.join(letters)}" in said
    assert "Noted: 2. It comes again in this session." in said


def test_pairs(kinds: World) -> None:
    session = kinds.open(Filters(kind="match"), prompt_language="en")
    assert session.question is not None
    first, second = session.question.letter(0), session.question.letter(1)
    said = talk(session, f"1-{first} 2-{first}", "")
    assert "1. ReLU" in said
    assert f"{first}. max(0, x)" in said
    assert f"2–{first} do not belong together." in said
    assert f"Answer: 1-{first} 2-{second}" in said


def test_a_list_a_number_and_a_short_answer(kinds: World) -> None:
    said = talk(kinds.open(Filters(kind="list"), prompt_language="en"), "dropout, Adam", "")
    assert "Name 2, in any order." in said
    assert "“Adam” does not belong to the list." in said or "“adam” does not belong to the list." in said
    assert "1 of 2 are missing." in said
    said = talk(kinds.open(Filters(kind="numeric"), prompt_language="en"), "", "", "")
    assert "Nothing is typed. Press Enter once more to see the answer." in said
    assert "Here is the answer." in said
    said = talk(kinds.open(Filters(kind="short"), prompt_language="ko"), "과적합", "")
    assert "Correct." in said
    assert "Noted: 4. Next time: 1 day." in said


def test_a_second_try(kinds: World) -> None:
    said = talk(kinds.open(Filters(kind="term")), ":retry", "dropout", ":다시", "relu", "")
    assert "There is nothing to try again." in said
    assert "Once more, then." in said
    assert "Noted: 3. It comes again in this session." in said


def test_what_is_typed_is_not_cleaned_into_something_else(kinds: World) -> None:
    session = kinds.open(Filters(kind="numeric"), prompt_language="en")
    assert session.question is not None
    number = int(session.question.face.prompt.en.split()[-1].strip("?"))
    assert "Correct." in talk(session, f"{number}²")
