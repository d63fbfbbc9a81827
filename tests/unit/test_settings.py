"""Settings: each rule with a value that passes and its neighbour that must not."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.errors import SettingsError, StorageError
from quizdl.paths import home, journal_file, settings_file
from quizdl.settings import Settings, load, parse


def test_silence_means_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.toml") == Settings() == parse("# nothing\n")
    assert (Settings().new_per_day, Settings().reviews_per_day, Settings().day_start) == (20, 200, 4)


def test_a_file_where_the_folder_must_be_is_no_mistake_in_the_settings(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(StorageError, match="home must be a folder, received a file"):
        load(tmp_path / "home" / "settings.toml")


@pytest.mark.parametrize(
    ("good", "bad", "must"),
    [
        ("new_per_day = 0", "new_per_day = -1", "a whole number from 0 to 9999, received -1"),
        ("new_per_day = 1", "new_per_day = true", "received true"),
        ("reviews_per_day = 9999", "reviews_per_day = 10000", "from 0 to 9999"),
        ("reviews_per_day = 10", "reviews_per_day = 10.0", "received 10.0"),
        ("day_start = 23", "day_start = 24", "from 0 to 23"),
        ('prompt_language = "ko"', 'prompt_language = "auto"', "one of 'both', 'ko', 'en', received 'auto'"),
        ('interface_language = "auto"', 'interface_language = "both"', "one of 'auto', 'ko', 'en'"),
        ('theme = "dark"', 'theme = "Dark"', "one of 'auto', 'dark', 'light', 'high-contrast'"),
        ('theme = "ansi"', 'theme = "ANSI"', "'high-contrast', 'ansi'"),
        ('theme = "high-contrast"', 'theme = "contrast"', "'high-contrast', 'ansi'"),
        ("new_per_day = 7", "[new_per_day]\nx = 1", "received a table"),
    ],
)
def test_values(good: str, bad: str, must: str) -> None:
    assert parse(good) is not None
    with pytest.raises(SettingsError, match="must be") as caught:
        parse(bad)
    assert must in caught.value.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("theme = 'dark'\n  new_per_dya = 3\n", "s.toml:2:3"),
        ('\n"new_per_dya" = 3', "s.toml:2:1"),
        ("day_start = 4\n[new_per_dya]\n", "s.toml:2:2"),
        ("new_per_dya.x = 4", "s.toml:1:1"),
    ],
)
def test_a_typo_is_placed_and_the_nearest_name_offered(text: str, place: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse(text, "s.toml")
    assert str(caught.value.where) == place
    assert caught.value.hint == "did you mean 'new_per_day'?"


def test_a_key_like_no_other_lists_them_all() -> None:
    with pytest.raises(SettingsError) as caught:
        parse("colour = 1")
    assert "theme" in caught.value.hint


def test_broken_toml_is_placed() -> None:
    with pytest.raises(SettingsError) as caught:
        parse("theme = 'dark'\nday_start = \n", "s.toml")
    assert str(caught.value.where).startswith("s.toml:2:")
    assert "at line" not in caught.value.message


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"theme = '\xff\xfe'")
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(path)
    path.write_bytes("\ufefftheme = 'light'".encode())
    assert load(path).theme == "light"


def test_home_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("QUIZDL_HOME", str(tmp_path / "a" / ".." / "b"))
    assert home() == tmp_path / "b"
    assert journal_file(home()).parent == settings_file(home()).parent == tmp_path / "b"
    monkeypatch.setenv("QUIZDL_HOME", "  ")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert home().is_absolute()
    assert home().name == "quizdl"
