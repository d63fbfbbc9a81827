"""What the learner may set, read from `settings.toml` in the learner's folder.

Every key is optional. A key that does not exist, or a value that cannot be, is an error with its line: a
setting that is silently ignored looks like a bug of the program.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

from quizdl.errors import SettingsError, StorageError, Where

PromptLanguage = Literal["both", "ko", "en"]
InterfaceLanguage = Literal["auto", "ko", "en"]
Theme = Literal["auto", "dark", "light", "high-contrast", "ansi"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The learner's settings, valid by construction when they come from `load`.

    Args:
        new_per_day: new cards a day at most (0 = only reviews).
        reviews_per_day: scheduled reviews a day at most.
        prompt_language: the language that cards are shown in.
        interface_language: the language of buttons and messages; `auto` follows the locale of the terminal.
        day_start: the hour (0..23, local) at which a study day begins.
        typed_answers: the names of terms and the gaps of clozes are typed and judged; Enter alone still shows
            the answer, for the learner to judge.
        theme: the colours; `auto` leaves them to the app, `ansi` to the terminal.

    Example:
        >>> Settings().new_per_day
        20
    """

    new_per_day: int = 20
    reviews_per_day: int = 200
    prompt_language: PromptLanguage = "both"
    interface_language: InterfaceLanguage = "auto"
    day_start: int = 4
    typed_answers: bool = True
    theme: Theme = "auto"


def _whole(low: int, high: int) -> Callable[[object], str]:
    def wrong(value: object) -> str:
        # True is an int to Python, but not a number to the person who wrote the file.
        good = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        return "" if good else f"a whole number from {low} to {high}"

    return wrong


def _one_of(choices: Iterable[str]) -> Callable[[object], str]:
    names = tuple(choices)

    def wrong(value: object) -> str:
        return "" if isinstance(value, str) and value in names else "one of " + ", ".join(map(repr, names))

    return wrong


def _flag(value: object) -> str:
    return "" if isinstance(value, bool) else "true or false"


# Each rule says what the value must be, or "" when it is that.
_RULES: Mapping[str, Callable[[object], str]] = {
    "new_per_day": _whole(0, 9999),
    "reviews_per_day": _whole(0, 9999),
    "prompt_language": _one_of(get_args(PromptLanguage)),
    "interface_language": _one_of(get_args(InterfaceLanguage)),
    "day_start": _whole(0, 23),
    "typed_answers": _flag,
    "theme": _one_of(get_args(Theme)),
}
assert set(_RULES) == {field.name for field in fields(Settings)}


def load(path: Path) -> Settings:
    """Read the settings file; one that does not exist means the defaults.

    Args:
        path: the TOML file.

    Returns:
        The settings.

    Raises:
        SettingsError: the file cannot be read, is not TOML, has an unknown key or an impossible value; with
            file, line and column where there are such.
        StorageError: the file would lie below something that is no folder.

    Example:
        >>> load(Path("there-is-no-such-file.toml")) == Settings()
        True
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except NotADirectoryError as error:
        raise StorageError(
            f"{path.parent} must be a folder, received a file", hint="set QUIZDL_HOME to a folder"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        reason = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error))
        raise SettingsError(f"the settings file cannot be read: {reason}", where=Where(str(path))) from error
    return parse(text, str(path))


def parse(text: str, file: str = "settings.toml") -> Settings:
    """Settings from TOML text.

    Args:
        text: the content of the file.
        file: its name, for messages.

    Returns:
        The settings, defaults where the text is silent.

    Raises:
        SettingsError: see `load`.

    Example:
        >>> parse("new_per_day = 5").new_per_day
        5
        >>> parse("new_per_dya = 5")
        Traceback (most recent call last):
        ...
        quizdl.errors.SettingsError: settings.toml:1:1: error: there is no setting 'new_per_dya'
            hint: did you mean 'new_per_day'?
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, line, column = _split_position(str(error))
        raise SettingsError(
            f"the settings must be TOML: {message}", where=Where(file, line, column)
        ) from error
    for key, value in table.items():
        if key not in _RULES:
            raise SettingsError(
                f"there is no setting '{key}'", hint=_did_you_mean(key), where=_find(text, key, file)
            )
        must = _RULES[key](value)
        if must:
            raise SettingsError(
                f"{key} must be {must}, received {_as_written(value)}", where=_find(text, key, file)
            )
    return Settings(**table)


def _split_position(message: str) -> tuple[str, int, int]:
    """Tomllib says the position inside its message only (attributes came with Python 3.14)."""
    found = re.search(r"^(.*) \(at line (\d+), column (\d+)\)$", message, re.DOTALL)
    return (found[1], int(found[2]), int(found[3])) if found else (message, 0, 0)


def _find(text: str, key: str, file: str) -> Where:
    """The place of a top-level key or table; tomllib keeps no positions."""
    name = re.escape(key)
    pattern = re.compile(rf"""\s*(?:\[+\s*)?(?P<key>["']?{name}["']?)\s*[=.\]]""")
    for number, line in enumerate(text.splitlines(), 1):
        found = pattern.match(line)
        if found:
            return Where(file, number, found.start("key") + 1)
    return Where(file)


def _as_written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    return repr(value)


def _did_you_mean(key: str) -> str:
    from quizdl.nearest import nearest  # only on the way to an error

    name = nearest(key, _RULES)
    return f"did you mean '{name}'?" if name else "the settings are " + ", ".join(_RULES)
