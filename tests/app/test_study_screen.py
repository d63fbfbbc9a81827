"""The study screen by itself, over a session in memory: flow, keys, languages, sizes, errors."""

from __future__ import annotations

from dataclasses import replace

import items
import pytest
from look import rows, settled, text
from textual import events
from textual.content import Content

from quizdl import locale
from quizdl.errors import StorageError
from quizdl.tui.screens.help import HelpScreen
from quizdl.tui.screens.summary import SummaryScreen
from quizdl.tui.widgets.card import Card
from quizdl.tui.widgets.options import Options

SIZES = [(60, 20), (80, 24), (140, 45), (300, 80)]


async def test_a_card_is_asked_turned_over_and_graded(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "소프트맥스" in text(app)
        assert "softmax function" not in text(app), "the answer must not show before it is asked for"
        assert (await settled(pilot)).title == "What is it called in English?"
        await pilot.press("space")
        assert "softmax (softmax function)" in text(app)
        assert "6 d" in text(app), "each quality shows its interval"
        await pilot.press("5")
        assert app._session.rated == [("p/softmax.term/ko-en", 5)]
        assert (await settled(pilot)).title == "What is it called in Korean?"


async def test_the_concept_is_named_only_on_the_back(fake_app) -> None:
    app = fake_app(items.TERM, faces=("definition",))
    async with app.run_test(size=(100, 30)) as pilot:
        assert "softmax" not in text(app)
        await pilot.press("space")
        assert "softmax" in (await settled(pilot)).title


async def test_enter_takes_the_suggested_quality_and_space_does_not(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test() as pilot:
        await pilot.press("enter", "space")
        assert app._session.rated == []
        await pilot.press("enter")
        assert app._session.rated == [("p/softmax.term/ko-en", 4)]


async def test_a_quality_before_the_answer_is_refused_with_a_word(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test() as pilot:
        await pilot.press("4")
        assert app._session.rated == []
        assert "First the answer" in (await settled(pilot)).notice
        await pilot.press("space")
        assert (await settled(pilot)).notice == "", "a notice goes with the next key"


@pytest.mark.parametrize("keys", [("2",), ("down", "down"), ("up", "up")])
async def test_one_option_by_digit_or_arrows(fake_app, keys: tuple[str, ...]) -> None:
    app = fake_app(items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", *keys) if keys == ("2",) else await pilot.press(*keys)
        assert app.screen.query_one(Options).chosen == {1}, "one right: a second choice replaces the first"
        await pilot.press("enter")
        assert app._session.answers == [[1]]
        shown = text(app)
        assert "✗" in shown
        assert "✓" in shown
        assert "The sign is flipped." in shown
        assert "부호가 반대다." in shown
        assert (await settled(pilot)).title.startswith("✗ Wrong")
        await pilot.press("enter")
        assert app._session.rated[0][1] == 1, "a wrong answer suggests 1"


async def test_several_options_are_toggled_and_the_missed_one_is_named(fake_app) -> None:
    app = fake_app(items.MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "2", "2")
        assert app.screen.query_one(Options).chosen == {0}
        await pilot.press("space")
        assert app._session.answers == [[0]]
        assert "missed" in text(app)
        assert "Partly right (50 %)" in (await settled(pilot)).title


async def test_with_arrows_space_marks_and_enter_submits(fake_app) -> None:
    app = fake_app(items.MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "space", "down", "down", "space")
        assert app.screen.query_one(Options).chosen == {0, 2}
        assert "Space mark" in (await settled(pilot)).keys
        await pilot.press("enter")
        assert app._session.answers == [[0, 2]]
        assert (await settled(pilot)).title.startswith("✓ Correct")


async def test_an_option_can_be_clicked(fake_app) -> None:
    app = fake_app(items.MANY)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(Options, offset=(8, 2))
        assert app.screen.query_one(Options).chosen == {2}


async def test_nothing_chosen_asks_once_and_then_shows_the_answer(fake_app) -> None:
    app = fake_app(items.ONE)
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert app._session.answers == []
        assert "Nothing is chosen" in (await settled(pilot)).notice
        await pilot.press("enter")
        assert app._session.answers == [None]


async def test_undo_says_what_came_back_and_says_when_there_is_nothing(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test() as pilot:
        await pilot.press("u")
        assert (await settled(pilot)).notice == "There is nothing to undo."
        await pilot.press("space", "5", "u")
        assert app._session.rated == []
        look = await settled(pilot)
        assert look.notice.startswith("Undone: the grade.")
        assert look.title == "What is it called in English?"


async def test_hints_come_one_by_one_and_lower_the_suggestion(fake_app) -> None:
    app = fake_app(items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Mind the sign." not in text(app)
        await pilot.press("h")
        assert "Mind the sign." in text(app)
        assert "부호를 조심하라." in text(app)
        await pilot.press("h")
        assert (await settled(pilot)).notice == "There are no more hints."
        await pilot.press("1", "enter", "enter")
        assert app._session.rated[0][1] == 3


async def test_the_language_changes_in_the_middle_of_a_card(fake_app) -> None:
    app = fake_app(items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        ko, en = "로짓", "With softmax"
        assert ko in text(app)
        assert en in text(app)
        await pilot.press("2", "l")
        assert ko in text(app)
        assert en not in text(app)
        assert app.screen.query_one(Options).chosen == {1}, "what was chosen stays chosen"
        await pilot.press("l")
        assert ko not in text(app)
        assert en in text(app)
        await pilot.press("enter")
        assert "The sign is flipped." in text(app)
        assert "부호가 반대다." not in text(app)
        await pilot.press("l")
        assert "부호가 반대다." in text(app), "also when the card is turned over"


@pytest.mark.parametrize(
    ("key", "latin"),
    [
        ("ㅕ", "u"),
        ("ㅠ", "b"),
        ("ㄴ", "s"),
        ("ㅗ", "h"),
        ("ㅣ", "l"),
        ("ㅅ", "t"),
        ("ㅂ", "q"),
        ("ｈ", "h"),
        ("H", "h"),
    ],
)
async def test_keys_work_in_hangul_mode_full_width_and_caps_lock(fake_app, key: str, latin: str) -> None:
    """Whatever the input method sends, the same thing happens as with the plain key."""
    seen = []
    for pressed in (key, latin):
        app = fake_app(items.CLOZE, items.ONE)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("space", "4", pressed)
            await pilot.pause()
            seen.append((text(app), type(app.screen).__name__))
    assert seen[0] == seen[1]
    app = fake_app(items.CLOZE, items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4", "z")
        assert (text(app), type(app.screen).__name__) != seen[0] or latin == "t", "the key did nothing"


async def test_a_composed_syllable_is_the_keys_that_were_pressed(fake_app) -> None:
    app = fake_app(items.TERM, items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("녀")  # s, then u, composed by the input method: suspended and taken back
        look = await settled(pilot)
        assert look.notice.startswith("Undone")
        assert look.title == "What is it called in English?"


async def test_the_space_that_ends_a_composition_does_not_turn_the_card_over(fake_app) -> None:
    """An input method passes on the key that ended the composition, in one piece with what was composed."""
    app = fake_app(items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("ㅗ", "enter", "1", "enter"):
            typed = events.Key(key, key if len(key) == 1 else "\r")
            typed.set_sender(app)
            app.post_message(typed)
        await pilot.pause(0.1)
        assert "Mind the sign." in text(app), "the composed key counts"
        assert app._session.answers == [[0]], "the first Enter does not, the second does"


async def test_full_width_digits_grade(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test() as pilot:
        await pilot.press("space", "５")
        await pilot.pause()
        assert app._session.rated == [("p/softmax.term/ko-en", 5)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("item", [items.TERM, items.ONE, items.MANY, items.LONG, items.CLOZE, items.PLOT])
async def test_no_row_breaks_at_any_size(fake_app, item: object, size: tuple[int, int]) -> None:
    app = fake_app(item)
    async with app.run_test(size=size) as pilot:
        for keys in ((), ("h",), ("enter", "enter"), ("pagedown",), ("l",), ("q",)):
            await pilot.press(*keys)
            await pilot.pause()
            rows(app)  # asserts the width of each row


async def test_resizing_lays_out_again_and_keeps_everything(fake_app) -> None:
    app = fake_app(items.MANY)
    async with app.run_test(size=(140, 45)) as pilot:
        await pilot.press("1", "3")
        for size in ((60, 20), (300, 80), (80, 24), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            shown = text(app)
            assert "드롭아웃" in shown
            assert "dropout" in shown
            assert app.screen.query_one(Options).chosen == {0, 2}
        await pilot.press("enter")
        assert app._session.answers == [[0, 2]]


async def test_the_text_is_never_wider_than_a_column_one_can_read(fake_app) -> None:
    app = fake_app(items.LONG)
    async with app.run_test(size=(300, 60)):
        assert max(len(row.strip()) for row in rows(app)) <= 104


async def test_a_long_card_says_that_there_is_more_and_scrolls(fake_app) -> None:
    app = fake_app(items.LONG)
    async with app.run_test(size=(60, 20)) as pilot:
        assert "more below" in (await settled(pilot)).more
        await pilot.press("end")
        await pilot.wait_for_animation()
        look = await settled(pilot)
        assert "more above" in look.more
        assert "below" not in look.more
        assert app.screen.query_one(Card).scroll_offset.y > 0
        await pilot.press("space")
        assert "순전파" in text(app), "turned over, the answer is in sight"


async def test_a_short_card_has_nothing_to_scroll(fake_app) -> None:
    app = fake_app(items.CLOZE)
    async with app.run_test(size=(80, 24)) as pilot:
        assert (await settled(pilot)).more == ""


async def test_a_full_disk_is_one_sentence_and_the_same_answer_can_be_given_again(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test(size=(80, 24)) as pilot:
        app._session.fail = StorageError("the disk is full: 0 bytes left", hint="make room, then try again")
        for key in ("b", "s"):
            await pilot.press(key)
            assert "the disk is full: 0 bytes left make room" in text(app)
        await pilot.press("space", "5")
        assert "✗ the disk is full" in text(app)
        assert app._session.rated == []
        app._session.fail = None
        await pilot.press("5")
        assert app._session.rated == [("p/softmax.term/ko-en", 5)]
        assert "disk" not in text(app)


async def test_quit_shows_a_summary_that_can_be_left_again(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4", "q")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "1 new" in text(app)
        assert "Cards due tomorrow: 7" in text(app)
        await pilot.press("escape")
        assert (await settled(pilot)).title == "What is it called in Korean?"
        await pilot.press("q", "q")
        await pilot.pause()
    assert app.return_code == 0
    assert app._session.rated == [("p/softmax.term/ko-en", 4)]


async def test_after_the_last_card_comes_the_summary_and_undo_goes_back(fake_app) -> None:
    app = fake_app(items.CLOZE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "4")
        await pilot.pause()
        assert "Well done" in text(app)
        await pilot.press("u")
        await pilot.pause()
        assert (await settled(pilot)).title == "What belongs in the gap?"
        assert app._session.rated == []


async def test_help_names_every_key_of_the_screen(fake_app) -> None:
    app = fake_app(items.TERM)
    async with app.run_test(size=(100, 60)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        shown = text(app)
        for word in ("undo", "bury", "suspend", "hint", "language", "statistics", "quit", "scroll", "Hangul"):
            assert word in shown
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("width", [60, 80, 140])
async def test_the_row_of_keys_keeps_help_and_fits(fake_app, width: int) -> None:
    app = fake_app(items.MANY)
    async with app.run_test(size=(width, 24)) as pilot:
        for key in ("1", "enter"):
            await pilot.press(key)
            last = rows(app)[-1].strip()
            assert last.endswith("? help")
            assert len(last) <= width


async def test_the_plot_of_a_card_is_drawn(fake_app) -> None:
    app = fake_app(items.PLOT)
    async with app.run_test(size=(80, 24)):
        assert any("\u2801" <= character <= "\u28ff" for character in text(app)), "no Braille dots"


async def test_a_pack_with_a_strange_function_or_formula_does_not_end_the_session(fake_app) -> None:
    strange = replace(
        items.PLOT,
        prompt=items.both(r"$\frac{1$ 는?", r"What is $\frac{1$ ?"),
        plot=items.Plot(curves=(items.Curve(fn="no_such_function"),)),
    )
    app = fake_app(strange)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "no_such_function" in text(app)
        await pilot.press("1", "enter", "4")
        assert len(app._session.rated) == 1


async def test_mathematics_is_set_in_two_dimensions(fake_app) -> None:
    app = fake_app(items.ONE)
    async with app.run_test(size=(100, 40)) as pilot:
        assert "$" not in text(app)
        await pilot.press("1", "enter")
        shown = rows(app)
        above = next(number for number, row in enumerate(shown) if "∂L" in row)
        assert "──" in shown[above + 1]
        assert "∂z" in shown[above + 2]


async def test_themes_change_the_colours_and_no_color_has_none(fake_app, monkeypatch) -> None:
    shown = {}
    for theme in ("dark", "light"):
        app = fake_app(items.ONE, theme=theme)
        async with app.run_test(size=(80, 24)):
            shown[theme] = (text(app), app.screen.background_colors[1])
    assert shown["dark"][0] == shown["light"][0]
    assert shown["dark"][1].brightness < 0.5 < shown["light"][1].brightness
    monkeypatch.setenv("NO_COLOR", "1")
    app = fake_app(items.ONE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "enter")
        assert "✗" in text(app)
        styles = [segment.style for strip in filtered(app) for segment in strip if segment.style]
        assert styles
        assert all(style.color is None or style.color.is_default for style in styles)
        assert all(style.bgcolor is None or style.bgcolor.is_default for style in styles)
        assert any(style.reverse for style in styles), "the suggested quality stands out without colour"


def filtered(app):
    from textual.color import Color

    filters = app.get_line_filters()
    return [
        strip.apply_filter(f, Color(0, 0, 0))
        for strip in app.screen._compositor.render_strips()
        for f in filters
    ]


async def test_the_interface_speaks_korean_when_asked(fake_app, monkeypatch) -> None:
    monkeypatch.setattr(locale, "_translate", lambda words: {"Show the answer": "답 보기"}.get(words, words))
    app = fake_app(items.TERM)
    async with app.run_test(size=(80, 24)):
        assert "답 보기" in text(app)
        assert "Show the answer" not in text(app)


def test_wide_characters_are_never_halved() -> None:
    assert Content("가나다").truncate(5).cell_length <= 5
