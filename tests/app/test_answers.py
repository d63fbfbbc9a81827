"""Answers with letters over the real session: typed words and numbers, steps to move, pairs to make."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata

import pytest
from look import rows, settled, text
from textual import events
from textual._xterm_parser import XTermParser

from quizdl.journal.store import Journal
from quizdl.settings import Settings
from quizdl.tui import terminal
from quizdl.tui.app import QuizdlApp
from quizdl.tui.screens.help import HelpScreen
from quizdl.tui.screens.summary import SummaryScreen
from quizdl.tui.widgets.answer_line import AnswerLine
from quizdl.tui.widgets.number_line import NumberLine
from quizdl.tui.widgets.order import Steps
from quizdl.tui.widgets.pairs import Pairs
from quizdl.typeset.hangul import from_keys

SIZES = [(60, 20), (80, 24), (140, 45), (300, 80)]
KINDS = ["term", "cloze", "short", "list", "order", "match", "numeric"]


def app_on(desk, kind: str) -> QuizdlApp:
    return QuizdlApp(desk.session(kind=kind, typed=True), Settings())


def burst(app: QuizdlApp, typed: str) -> None:
    """All at once, as an input method commits it."""
    for character in typed:
        key = {"\r": "enter", " ": "space"}.get(character, character)
        event = events.Key(key, character)
        event.set_sender(app)
        app.post_message(event)


def line(app: QuizdlApp) -> AnswerLine:
    return next(found for found in app.screen_stack[0].query(AnswerLine) if found.display)


def reviews(desk) -> list:
    with Journal.open(desk.home / "journal.db") as journal:
        return [event for event in journal.events() if event.kind == "review"]


# -- words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "outcome", "quality"),
    [
        ("소프트맥스", "correct", 4),
        ("Softmax", "correct", 4),
        (unicodedata.normalize("NFD", "소프트맥스"), "correct", 4),
        (from_keys("softmax"), "correct", 4),
        ("softmex", "correct", 3),
        ("시그모이드", "wrong", 1),
    ],
)
async def test_a_word_is_judged_and_its_quality_is_marked(
    answering, typed: str, outcome: str, quality: int
) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, typed)
        await pilot.pause()
        assert line(app).response == unicodedata.normalize("NFC", typed), "nothing was lost or split"
        await pilot.press("enter")
        assert app._session.verdict.outcome == outcome
        shown = text(app)
        assert {"correct": "✓ Correct", "wrong": "✗ Wrong"}[outcome] in shown
        assert "You wrote:" in shown
        if quality == 3:
            assert "softmax" in shown, "the right spelling"
        await pilot.press("enter")
        await pilot.pause()
    (review,) = reviews(answering)
    assert (review.data["outcome"], review.data["quality"]) == (outcome, quality)
    assert review.data["response"] == unicodedata.normalize("NFC", typed)


async def test_the_marked_quality_can_be_overruled_and_both_are_kept(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "소프트맥스\r")
        await pilot.pause()
        await pilot.press("ㄱ", "5")
        await pilot.pause()
    (review,) = reviews(answering)
    assert (review.data["quality"], review.data["suggested"]) == (5, 4)


@pytest.mark.parametrize("typed", ["과적합방지 규제입니다", "가" * 200, "한글 and English 섞어서"])
async def test_a_burst_of_any_length_arrives_whole(answering, typed: str) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(60, 20)) as pilot:
        burst(app, typed)
        await pilot.pause()
        assert line(app).response == typed
        rows(app)


@pytest.mark.parametrize("typed", ["합", "과적합방지", "과적합을 방지하는 규제 방법들"])
def test_a_commit_by_the_protocol_of_kitty_is_text_of_any_length(typed: str) -> None:
    terminal.mend()
    sequence = "\x1b[0;;" + ":".join(str(ord(character)) for character in typed) + "u"
    got = [event.character for event in XTermParser().feed(sequence)]
    assert "".join(got) == typed


def test_mending_leaves_ordinary_keys_alone() -> None:
    terminal.mend()
    got = [event.key for event in XTermParser().feed("a한\x1b[A\t\r\x0c\x1a")]
    assert got == ["a", "한", "up", "tab", "enter", "ctrl+l", "ctrl+z"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
async def test_the_cursor_is_right_after_the_last_syllable(answering, form) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, unicodedata.normalize(form, "과적합"))
        await pilot.pause()
        region = line(app).line.content_region
        assert app.cursor_position == (region.x + 6, region.y)
        await pilot.press("left", "left")
        assert app.cursor_position == (region.x + 2, region.y)
        burst(app, unicodedata.normalize(form, "소"))
        await pilot.pause()
        assert line(app).response == "과소적합"
        assert app.cursor_position == (region.x + 4, region.y)
        await pilot.press("backspace", "end", "backspace")
        assert line(app).response == "과적"


async def test_the_cursor_follows_when_the_window_changes(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(140, 45)) as pilot:
        burst(app, "과적합")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        region = line(app).line.content_region
        assert app.cursor_position == (region.x + 6, region.y)
        assert region.y < 20


async def test_a_paste_of_several_lines_is_one_line(answering) -> None:
    app = app_on(answering, "list")
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.focused.post_message(events.Paste("드롭아웃\r\n\r\n조기\t종료\n"))
        await pilot.pause()
        assert line(app).response == "드롭아웃; 조기 종료"


async def test_letters_are_text_and_the_commands_are_a_key_away(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"hubslq?")
        assert line(app).response == "hubslq?"
        assert reviews(answering) == []
        await pilot.press("tab")
        assert "지수 함수를 쓴다." in text(app)
        await pilot.press("ctrl+l")
        assert "It uses exponentials." not in text(app)
        assert "지수 함수를 쓴다." in text(app)
        assert line(app).response == "hubslq?", "the half-written answer stays"
        await pilot.press("ctrl+z")
        assert (await settled(pilot)).notice == "There is nothing to undo."
        await pilot.press("x")
        assert line(app).response == "hubslq?x"


@pytest.mark.parametrize("key", ["l", "ㅣ", "L", "ｌ"])
async def test_esc_makes_the_next_letter_a_key(answering, key: str) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("가")
        await pilot.press("escape")
        look = await settled(pilot)
        assert look.keys.startswith("Esc back to the answer")
        assert look.keys.endswith("? help")
        await pilot.press(key)
        await pilot.pause()
        assert app._session.language == "ko"
        await pilot.press("나")
        assert line(app).response == "가나", "one key, then one goes on writing"
        await pilot.press("escape", "escape", "다")
        assert line(app).response == "가나다"


async def test_esc_and_a_letter_in_one_sequence_is_alt_and_does_the_same(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        parser = XTermParser()
        assert list(parser.feed("\x1bl")) == []
        await pilot.pause(0.2)
        (event,) = parser.tick()
        event.set_sender(app)
        app.post_message(event)
        await pilot.pause()
        assert app._session.language == "ko"
        assert line(app).response is None


async def test_esc_by_mistake_costs_nothing(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        burst(app, "소프트맥스")
        await pilot.pause()
        assert line(app).response == "소프트맥스"
        await pilot.press("escape", "z")
        assert "Esc, then a letter" in (await settled(pilot)).notice
        await pilot.press("enter")
        assert app._session.verdict.outcome == "correct"


async def test_help_summary_and_bury_by_esc(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("escape", "question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        assert "Ctrl+L" in text(app)
        await pilot.press("escape")
        await pilot.press("가", "escape", "q")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert line(app).response == "가"
        await pilot.press("escape", "b")
        await pilot.pause()
    with Journal.open(answering.home / "journal.db") as journal:
        assert [event.kind for event in journal.events()] == ["bury"]


async def test_enter_on_an_empty_line_shows_the_answer_of_a_term_for_the_learner_to_judge(answering) -> None:
    app = app_on(answering, "term")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Show the answer" in text(app)
        await pilot.press("a")
        assert "Check the answer" in text(app)
        await pilot.press("backspace", "enter")
        assert app._session.verdict is None
        assert "softmax" in text(app)
        await pilot.press("4")
        await pilot.pause()
    assert reviews(answering)[0].data["outcome"] is None


async def test_enter_on_an_empty_line_of_a_question_asks_once(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert "Nothing is typed yet." in (await settled(pilot)).notice
        await pilot.press("enter")
        assert app._session.verdict.outcome == "wrong"


async def test_the_name_in_the_other_language_may_be_mended(answering) -> None:
    app = app_on(answering, "term")
    async with app.run_test(size=(80, 24)) as pilot:
        asked = app._session.question.face.ask
        assert asked == "term.ko-en"
        burst(app, "소프트맥스\r")
        await pilot.pause()
        assert "asked for in English" in (await settled(pilot)).notice
        assert line(app).response == "소프트맥스", "the text is kept"
        await pilot.press("ctrl+u")
        assert (await settled(pilot)).notice == ""
        burst(app, "softmax\r")
        await pilot.pause()
        assert app._session.verdict.outcome == "correct"


async def test_a_wrong_answer_may_be_given_once_more(answering) -> None:
    app = app_on(answering, "short")
    async with app.run_test(size=(80, 24)) as pilot:
        burst(app, "softplus\r")
        await pilot.pause()
        assert "r try again" in (await settled(pilot)).keys
        await pilot.press("r")
        assert line(app).response == "softplus"
        assert "You wrote" not in text(app)
        await pilot.press("ctrl+u")
        burst(app, "softmax\r")
        await pilot.pause()
        assert app._session.suggested == 3
        assert "r try again" not in (await settled(pilot)).keys
        await pilot.press("r")
        assert "nothing to try again" in (await settled(pilot)).notice
        await pilot.press("enter")
        await pilot.pause()
    assert reviews(answering)[0].data["tries"] == 2


# -- lists and gaps ------------------------------------------------------------------------------------------


async def test_a_list_counts_without_judging_and_then_marks_each_part(answering) -> None:
    app = app_on(answering, "list")
    async with app.run_test(size=(80, 45)) as pilot:
        burst(app, "드롭아웃, 배치 크기, ")
        await pilot.pause()
        assert "2 of 3 named?" in text(app)
        burst(app, "early stopping, dropout")
        await pilot.pause()
        shown = text(app)
        assert "4 of 3 named?" in shown
        assert not any(sign in shown for sign in "✓✗")
        await pilot.press("enter")
        shown = text(app)
        assert "✓ 드롭아웃" in shown
        assert "✗ 배치 크기" in shown
        assert "✓ early stopping" in shown
        assert "= dropout" in shown
        assert "Partly right (67 %)" in shown
        assert app._session.suggested == 2


async def test_gaps_are_marked_one_by_one(answering) -> None:
    session = answering.session(kind="cloze", typed=True)
    while "gaps" not in session.question.card.key:
        session.bury()
    app = QuizdlApp(session, Settings())
    async with app.run_test(size=(80, 30)) as pilot:
        burst(app, "아담")
        await pilot.pause()
        assert "1 of 2 gaps filled?" in text(app)
        await pilot.press("enter")
        assert "2 gaps" in (await settled(pilot)).notice, "too few: the text stays, to be completed"
        burst(app, "; 드롭아웃\r")
        await pilot.pause()
        shown = text(app)
        assert "✓ 아담" in shown
        assert "✗ 드롭아웃" in shown
        assert "Partly right (50 %)" in shown


# -- numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("2/3", "2/3 = 0.666667"),
        ("0.880797", "= 0.880797"),
        ("[0.1, 0.9]", "= [0.1, 0.9] (vector of 2)"),
        ("1 2; 3 4", "(2 × 2 matrix)"),
        ("1,234.5", "= 1234.5 (digits in groups of three)"),
        ("0,5", "= 0.5 (the comma is the decimal point)"),
        ("1/(", "… Something is missing at the end."),
        ("abc", "… “abc” is not known"),
    ],
)
async def test_the_reading_follows_what_is_typed(answering, typed: str, reading: str) -> None:
    app = app_on(answering, "numeric")
    async with app.run_test(size=(100, 30)) as pilot:
        burst(app, typed)
        await pilot.pause()
        assert isinstance(line(app), NumberLine)
        assert reading in text(app)
        await pilot.press("ctrl+u")
        assert reading not in text(app)


async def test_what_is_no_number_gets_a_caret_and_can_be_mended(answering) -> None:
    app = app_on(answering, "numeric")
    async with app.run_test(size=(80, 24)) as pilot:
        x = app._session.question.item.prompt.en.split("(")[1][0]
        burst(app, f"약 1/(1+e^-{x}z\r")
        await pilot.pause()
        assert (await settled(pilot)).notice
        shown = rows(app)
        typed = next(row for row in shown if "❯" in row)
        below = shown[shown.index(typed) + 1]
        column = below.index("▲")
        assert column - (below.index("▲") - len(below[:column])) >= typed.index("1/(") - 1
        assert line(app).response == f"약 1/(1+e^-{x}z"
        await pilot.press("backspace")
        assert "▲" not in text(app)
        burst(app, ")\r")
        await pilot.pause()
        assert app._session.verdict.outcome == "correct"
        await pilot.press("enter")
        await pilot.pause()
    (review,) = reviews(answering)
    assert isinstance(review.data["seed"], int)
    assert review.data["tries"] == 1, "an unreadable answer costs nothing"


async def test_a_wrong_number_says_how(answering) -> None:
    app = app_on(answering, "numeric")
    async with app.run_test(size=(80, 24)) as pilot:
        x = app._session.question.item.prompt.en.split("(")[1][0]
        burst(app, f"-1/(1+e^-{x})\r")
        await pilot.pause()
        assert "✗ Wrong" in text(app)
        assert "wrong sign" in text(app)


# -- steps ---------------------------------------------------------------------------------------------------


def letters(app: QuizdlApp, wanted: list[int]) -> list[str]:
    question = app._session.question
    return [question.letter(step).lower() for step in wanted]


@pytest.mark.parametrize("mode", ["latin", "hangul", "syllables", "caps"])
async def test_an_order_is_typed_by_letters_in_every_mode(answering, mode: str) -> None:
    app = app_on(answering, "order")
    async with app.run_test(size=(80, 30)) as pilot:
        keys = "".join(letters(app, [0, 1, 2, 3]))
        keys = {
            "latin": keys,
            "hangul": "".join(from_keys(key) for key in keys),
            "syllables": from_keys(keys),
            "caps": keys.upper(),
        }[mode]
        await pilot.press(*keys)
        await pilot.pause()
        assert app.screen.query_one(Steps).response == (0, 1, 2, 3)
        await pilot.pause(0.02)
        await pilot.press("enter")
        assert app._session.verdict.outcome == "correct"


async def test_an_order_by_arrows_and_space(answering) -> None:
    app = app_on(answering, "order")
    async with app.run_test(size=(80, 30)) as pilot:
        steps = app.screen.query_one(Steps)
        before = list(steps.steps)
        await pilot.press("down", "space", "up")
        assert steps.steps == [before[1], before[0], *before[2:]]
        assert "Space put down" in (await settled(pilot)).keys
        await pilot.press("escape")
        assert steps.steps == before, "Esc puts back what is held"
        for target in range(4):
            while steps.steps[steps.cursor] != target:
                await pilot.press("down" if steps.cursor < steps.steps.index(target) else "up")
            await pilot.press("space")
            while steps.steps.index(target) > target:
                await pilot.press("up")
            await pilot.press("enter")
            assert not steps.held
        assert app._session.verdict is None, "the Enter that puts down does not check"
        await pilot.press("enter")
        assert app._session.verdict.outcome == "correct"


async def test_a_digit_sends_a_step_to_its_place_and_backspace_takes_a_letter_back(answering) -> None:
    app = app_on(answering, "order")
    async with app.run_test(size=(80, 30)) as pilot:
        steps = app.screen.query_one(Steps)
        first = steps.steps[0]
        await pilot.press("3")
        assert steps.steps.index(first) == 2
        await pilot.press("９", "１")
        assert steps.steps.index(first) == 0
        last, before = steps.steps[3], steps.steps[2]
        await pilot.press(*letters(app, [last]), "backspace", *letters(app, [before]))
        assert steps.steps[0] == before


async def test_a_wrong_order_shows_what_stands_right_and_where_the_rest_belongs(answering) -> None:
    app = app_on(answering, "order")
    async with app.run_test(size=(80, 45)) as pilot:
        await pilot.press("tab")
        assert (await settled(pilot)).notice == "This card has no hint."
        await pilot.press(*letters(app, [1, 0, 2, 3]), "enter")
        shown = text(app)
        assert "Partly right (75 %)" in shown
        assert shown.count("✗ ") == 1
        assert shown.count("✓ ") == 3
        assert "is step" in shown
        assert "4. 가중치를 갱신한다" in shown, "the right order"
        await pilot.press("r")
        assert app.screen.query_one(Steps).response == (1, 0, 2, 3)


async def test_an_untouched_order_is_no_answer(answering) -> None:
    app = app_on(answering, "order")
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("enter")
        assert "Nothing is moved yet" in (await settled(pilot)).notice
        await pilot.press("enter")
        assert app._session.verdict.outcome == "wrong"


# -- pairs ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hangul", [False, True])
async def test_pairs_by_letters_in_both_modes(answering, hangul: bool) -> None:
    app = app_on(answering, "match")
    async with app.run_test(size=(80, 30)) as pilot:
        keys = letters(app, [0, 1, 2])
        for key in keys:
            await pilot.press(from_keys(key) if hangul else key)
        await pilot.pause(0.02)
        assert app.screen.query_one(Pairs).response == ((0, 0), (1, 1), (2, 2))
        await pilot.press("enter")
        assert app._session.verdict.outcome == "correct"


async def test_pairs_by_arrows_alone(answering) -> None:
    app = app_on(answering, "match")
    async with app.run_test(size=(80, 30)) as pilot:
        pairs = app.screen.query_one(Pairs)
        for left in range(3):
            assert pairs.cursor == left, "after a pair comes the next row without one"
            await pilot.press("right")
            wanted = app._session.question.order.index(left)
            while pairs.choice != wanted:
                await pilot.press("down" if pairs.choice < wanted else "up")
            await pilot.press("enter")
        assert app._session.verdict is None
        await pilot.press("enter")
        assert app._session.verdict.outcome == "correct"


async def test_a_partner_moves_and_what_is_missing_is_asked_once(answering) -> None:
    app = app_on(answering, "match")
    async with app.run_test(size=(100, 45)) as pilot:
        pairs = app.screen.query_one(Pairs)
        (zero,) = letters(app, [0])
        await pilot.press(zero, "3", zero)
        assert pairs.given == {2: 0}, "what is on the right has one partner at most"
        await pilot.press("3", "backspace")
        assert pairs.response is None
        await pilot.press("1", zero, "enter")
        assert "Without a partner: 2, 3." in (await settled(pilot)).notice
        await pilot.press("enter")
        shown = text(app)
        assert "Partly right (33 %)" in shown
        assert shown.count("✗ ") == 2
        assert shown.count("↳ ") == 2, "each with its right partner"


# -- all of them ---------------------------------------------------------------------------------------------

_ANSWERS = {
    "term": ("가" * 60,),
    "cloze": ("가", ";", "나"),
    "short": ("모", "르"),
    "list": ("가", ",", "나"),
    "order": ("b", "down", "space", "down"),
    "match": ("b", "right", "down", "enter"),
    "numeric": ("1", "/", "3"),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
async def test_no_row_breaks_and_a_half_written_answer_survives(answering, kind: str, size) -> None:
    app = app_on(answering, kind)
    async with app.run_test(size=size) as pilot:
        for keys in _ANSWERS[kind]:
            await pilot.press(*(keys if "가가" in keys else (keys,)))
        rows(app)
        entry = app.screen._entries.current
        before = entry.response
        assert before is not None
        for other in ((60, 20), (300, 80), size):
            await pilot.resize_terminal(*other)
            await pilot.pause()
            rows(app)
            await pilot.press("ctrl+l")
            await pilot.pause()
            rows(app)
        assert entry.response == before
        if kind in ("order", "match"):
            await pilot.press("escape")
        for keys in (("escape",), ("escape",), ("enter",), ("enter",), ("pagedown",)):
            await pilot.press(*keys)
            await pilot.pause()
            rows(app)


@pytest.mark.parametrize("kind", ["short", "list", "order", "match", "numeric"])
async def test_the_same_facts_in_every_theme(answering, kind: str) -> None:
    """Never colour alone: the text of the screen is the same whatever the colours are."""
    app = app_on(answering, kind)
    async with app.run_test(size=(80, 30)) as pilot:
        for keys in (("2", "b"), ("backspace", "enter")):
            await pilot.press(*keys)
            if keys[1] == "enter" and not app._session.answered:
                await pilot.press("enter")  # It was asked whether that is all.
            assert app._session.answered == (keys[1] == "enter")
            await pilot.pause()
            before = text(app)
            for theme in ("quizdl-light", "quizdl-contrast", "ansi-dark", "ansi-light", "quizdl-dark"):
                app.theme = theme
                await pilot.pause()
                assert text(app) == before


@pytest.mark.parametrize(
    ("imported", "absent"),
    [
        (
            "quizdl.tui.app",
            ("quizdl.tui.widgets.answer_line", "quizdl.tui.widgets.order", "quizdl.tui.widgets.pairs",
             "quizdl.grading.numeric.reading", "quizdl.grading.words.matcher", "numpy"),
        ),
        ("quizdl.tui.widgets.answer_line", ("quizdl.grading.numeric.reading", "numpy", "rapidfuzz")),
        ("quizdl.tui.widgets.number_line", ("numpy", "sympy", "quizdl.grading.words.matcher")),
    ],
)  # fmt: skip
def test_a_card_imports_only_what_its_kind_needs(imported: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, json, {imported}\nprint(json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout))
    assert imported in modules
    assert not modules & set(absent)


def test_a_reading_is_soon_there_whatever_is_typed() -> None:
    """Not a clock: a number of steps that the reader takes for the worst that fits into the line."""
    from quizdl.grading.numeric.reading import Reading, read

    for worst in ("9^" * 400, "(" * 999, "sum(" * 200, "1," * 499, "√" * 900, "10!" * 300, "e^" * 400 + "2"):
        calls = 0

        def count(frame: object, kind: str, argument: object) -> None:
            nonlocal calls
            calls += kind == "call"

        sys.setprofile(count)
        try:
            reading = read(worst)
        finally:
            sys.setprofile(None)
        assert calls < 60_000, (worst[:8], calls)
        if isinstance(reading, Reading):
            assert len(reading.entries) <= 500


async def test_after_a_click_on_the_card_letters_are_still_the_answer(answering) -> None:
    for kind, key in (("short", "b"), ("order", "b")):
        app = app_on(answering, kind)
        async with app.run_test(size=(80, 30)) as pilot:
            await pilot.click("Card", offset=(40, 20))
            await pilot.press(key)
            await pilot.pause()
            assert app.screen._entries.current.response is not None or kind == "order"
            if kind == "order":
                assert app.screen.query_one(Steps).picked == 1
        with Journal.open(answering.home / "journal.db") as journal:
            assert not list(journal.events()), "b did not bury the card"


async def test_the_next_card_of_another_kind_begins_empty(answering) -> None:
    app = QuizdlApp(answering.session(typed=True), Settings())
    async with app.run_test(size=(100, 40)) as pilot:
        seen = set()
        for _ in range(14):
            question = app._session.question
            if question is None:
                break
            entry = app.screen._entries.current
            assert (entry is None) == (question.entry == "none")
            if entry is not None:
                assert entry.response is None, "nothing of the card before"
                assert app.screen.focused is entry.place
                shown = [found for found in app.screen._entries._made.values() if found.display]
                assert shown == [entry]
            seen.add(question.entry)
            rows(app)
            gaps = len(question.face.blanks) > 1
            await pilot.press(*("1", ";", "2")[: 3 if gaps else 1], "enter")
            if not app._session.answered:
                await pilot.press("enter")
            assert app._session.answered
            rows(app)
            await pilot.press("5")
            await pilot.pause()
        assert seen == {"none", "text", "options", "order", "pairs"}
