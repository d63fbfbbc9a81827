from __future__ import annotations

from unicodedata import category

import pytest
from rich.cells import cell_len

from quizdl.typeset.cells import cell_width, clusters, pad, split_at, truncate, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("loss", 4), ("과적합", 6), ("ㄱㅏ", 4), ("각", 2), ("x̂", 1), ("ŷᵢ", 2), ("∑−·≤ℝ𝟙", 6), ("😀", 2),
        ("👩‍👩‍👧", 2), ("❤️", 2), ("🇰🇷", 2), ("👍🏽", 2), ("\u200b", 0), ("a\x1bb", 2), ("", 0), ("⎛─│⣿", 4),
    ],
)  # fmt: skip
def test_widths(text: str, width: int) -> None:
    assert cell_width(text) == width


def test_widths_are_those_of_the_screen_library() -> None:
    """Textual pads by rich.cells: if the two disagree, borders and colours slip."""
    changed = {  # Unicode 16 made these wide; older tables of the standard library do not know it yet
        *range(0x2630, 0x2638), *range(0x268A, 0x2690), *range(0x4DC0, 0x4E00), *range(0x1D300, 0x1D377),
    }  # fmt: skip
    different = [
        hex(code)
        for code in range(0x20, 0x1FB00)
        if code not in changed
        and category(chr(code)) not in ("Cn", "Co", "Cs", "Cf")
        and cell_width(chr(code)) != cell_len(chr(code))
    ]
    assert different == []


def test_clusters_stay_together() -> None:
    assert [cluster for cluster, _ in clusters("가x̂👩‍👩‍👧")] == ["가", "x̂", "👩‍👩‍👧"]
    assert split_at("x̂y", 1) == ("x̂", "y")


def test_a_wide_character_is_never_halved() -> None:
    assert split_at("가나", 3) == ("가", "나")
    assert split_at("가", 1) == ("", "가")
    assert truncate("가나다", 5) == "가나…"
    assert truncate("가나다", 4) == "가…"
    assert truncate("가나다", 6) == "가나다"
    assert truncate("가나", 0) == ""


def test_padding_counts_cells() -> None:
    assert pad("손실", 6) + "|" == "손실  |"
    assert pad("손실", 6, ">") == "  손실"
    assert pad("손실", 2) == "손실"


def test_korean_wraps_between_words_and_long_words_are_cut() -> None:
    assert wrap("검증 손실이 다시 커진다", 11) == ["검증 손실이", "다시 커진다"]
    assert wrap("가나다라마", 5) == ["가나", "다라", "마"]
    assert wrap("", 10) == [""]
    assert wrap("a\n\nb", 10) == ["a", "", "b"]
