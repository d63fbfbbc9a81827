"""Widgets by themselves: whatever the numbers and the width, no line is too long; no fact is colour alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from quizdl.tui.modes import plain_keys
from quizdl.tui.themes import THEMES, choose
from quizdl.tui.widgets.bars import Bars, Beside, Columns, Row, Tiles
from quizdl.tui.widgets.formatted import STYLES, Block, set_block
from quizdl.tui.widgets.grades import Grades, interval, words
from quizdl.tui.widgets.keys import Key, Keys
from quizdl.tui.widgets.notice import Notice
from quizdl.tui.widgets.progress import Progress, bar
from quizdl.typeset.cells import cell_width
from quizdl.typeset.spans import Style

widths = st.integers(min_value=40, max_value=200)
labels = st.text("가나 abc", min_size=1, max_size=60)
shares = st.floats(min_value=0, max_value=1)


def plain(lines: list[Content]) -> list[str]:
    return [line.plain for line in lines]


@given(st.lists(st.tuples(labels, shares, st.text("0123456789 %/", max_size=12)), max_size=8), widths)
def test_bars_fit_and_their_words_stand_in_a_column(rows: list[tuple[str, float, str]], width: int) -> None:
    lines = plain(list(Bars([Row(*row) for row in rows], title="제목").lay(width)))
    assert all(cell_width(line) <= width for line in lines)
    assert len({cell_width(line) for line in lines[1:]}) <= 1


@given(st.lists(st.just(0.0) | st.floats(min_value=1e-3, max_value=1e5), min_size=1, max_size=30), widths)
def test_columns_fit_and_show_every_number_that_is_not_nothing(numbers: list[float], width: int) -> None:
    lines = plain(list(Columns("title", numbers, ("today", "12-31")).lay(width)))
    assert all(cell_width(line) <= width for line in lines)
    lowest = lines[-3].partition("│")[2]
    shown = sum(group.strip() != "" for group in _groups(lowest, len(numbers)))
    assert shown == sum(number > 0 for number in numbers)


def _groups(row: str, count: int) -> list[str]:
    each = len(row) // count
    return [row[start : start + each] for start in range(0, each * count, each)]


@given(st.integers(0, 500), st.integers(0, 500), st.none() | st.floats(0, 1e5), st.integers(24, 200))
def test_the_progress_row_fits(done: int, left: int, seconds: float | None, width: int) -> None:
    progress = Progress()
    progress._title = Content("quizdl  New ")
    progress._done, progress._left, progress._seconds = done, left, seconds
    (line,) = progress.lay(width)
    if width >= 60:
        assert line.cell_length <= width
        assert f"{done} / {done + left}" in line.plain


@given(shares, st.integers(2, 80))
def test_a_bar_is_full_only_when_all_is_done_and_empty_only_when_nothing_is(
    share: float, length: int
) -> None:
    drawn = bar(share, length).plain
    assert len(drawn) == length
    assert ("━" in drawn) == (share > 0)
    assert ("─" in drawn) == (share < 1)


@given(st.tuples(*[st.integers(0, 40_000)] * 6), st.integers(0, 5), st.integers(58, 104))
def test_qualities_fit_sixty_columns_and_the_marked_one_has_a_sign(
    previews: tuple[int, ...], suggested: int, width: int
) -> None:
    grades = Grades()
    grades._previews, grades._suggested = previews, suggested
    upper, lower = plain(grades.lay(width - 2))
    assert max(cell_width(upper), cell_width(lower)) <= width - 2
    assert all(f"{quality} {word[:4]}" in upper for quality, word in enumerate(words()))
    assert upper.count("⏎") == 1
    assert upper.index("⏎") > upper.index(f"{suggested} ")
    assert lower.count("↻") == 4, "the qualities below 4 say that the card comes again"


@given(st.integers(0, 40_000), st.integers(0, 40_000))
def test_a_longer_interval_never_reads_shorter(one: int, other: int) -> None:
    def days(text: str) -> float:
        number, _, unit = text.partition(" ")
        return 0 if text == "today" else float(number) * {"d": 1, "mo": 30, "y": 365}[unit]

    low, high = sorted((one, other))
    assert days(interval(low)) <= days(interval(high))


@given(st.integers(20, 120))
def test_keys_give_way_to_help(width: int) -> None:
    keys = Keys()
    keys._keys = [Key(letter, "something", "") for letter in "abcdefgh"] + [Key("?", "help", "")]
    (line,) = keys.lay(width)
    assert line.cell_length <= width
    assert line.plain.endswith("? help")


def test_an_error_and_a_word_differ_by_their_sign() -> None:
    signs = set()
    for level in ("info", "error"):
        notice = Notice()
        notice._text, notice._level = "디스크가 가득 찼습니다. " * 6, level
        lines = plain(list(notice.lay(40)))
        assert all(cell_width(line) <= 40 for line in lines)
        signs.add(lines[0][0])
    assert len(signs) == 2


def test_two_texts_stand_beside_each_other_only_where_there_is_room() -> None:
    pair = Beside(Tiles([("1", "one")]), Tiles([("2", "two")]), least=20)
    assert len(pair.lay(100)) == 2
    assert len(pair.lay(30)) == 5


def test_every_style_of_typeset_has_a_look() -> None:
    assert set(STYLES) == set(Style.__args__)


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_a_block_with_a_sign_is_indented_under_it(width: int) -> None:
    lines = plain(set_block(Block("역전파는 기울기를 뒤에서 앞으로 전한다. " * 4, "", Content("→ ")), width))
    assert lines[0].startswith("→ ")
    assert all(line.startswith("  ") for line in lines[1:] if line.strip())
    assert all(cell_width(line) <= width for line in lines)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_can_be_read_in_every_theme(theme) -> None:
    """The contrast of WCAG 2: 4.5 for text, on the card and behind it."""
    from textual.color import Color

    def luminance(color: Color) -> float:
        parts = [part / 255 for part in color.rgb]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    colors = theme.to_color_system().generate() | theme.variables
    names = ("foreground", "primary", "secondary", "accent", "success", "warning", "error", "text-muted")
    for ground in ("surface", "background"):
        for name in names:
            light, dark = sorted(
                (luminance(Color.parse(colors[name])), luminance(Color.parse(colors[ground]))), reverse=True
            )
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (theme.name, name, ground)


def test_the_theme_follows_the_setting_then_the_terminal() -> None:
    assert choose("dark", {"COLORFGBG": "0;15"}) == "quizdl-dark"
    assert choose("auto", {"COLORFGBG": "15;0"}) == "quizdl-dark"
    assert choose("auto", {"TEXTUAL_THEME": "nord"}) == "nord"
    assert choose("dark", {"NO_COLOR": ""}) == "quizdl-dark", "an empty NO_COLOR asks for nothing"


@pytest.mark.parametrize(
    ("character", "keys"),
    [
        ("ㅕ", "u"),
        ("ㅠ", "b"),
        ("ㄴ", "s"),
        ("ㅗ", "h"),
        ("ㅣ", "l"),
        ("ㅅ", "t"),
        ("ㅂ", "q"),
        ("ㅚ", "hl"),
        ("ㅆ", "t"),
        ("？", "?"),
    ],
)
def test_keys_of_other_input_modes(character: str, keys: str) -> None:
    assert plain_keys(character) == keys


@pytest.mark.parametrize("character", ["u", "1", "?", " "])
def test_ordinary_keys_are_left_alone(character: str) -> None:
    assert plain_keys(character) == ""
