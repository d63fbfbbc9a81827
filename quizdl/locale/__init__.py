"""The language of the interface: gettext catalogues in the folder beside this file.

The source text of a message is English. Placeholders are named and filled after translation, so that a
translator may change their order:

    from quizdl.locale import _
    _("{n} cards left").format(n=3)

English needs no catalogue. Only the module `gettext` knows the Korean one, and it is imported when Korean is
chosen. `make messages` gathers new texts into the catalogue and compiles it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

LANGUAGES = ("en", "ko")

_translate: Callable[[str], str] | None = None
_current = "en"


def _(text: str) -> str:
    """Translate one text of the interface into the language in use.

    Example:
        >>> use("en")
        >>> _("Undo")
        'Undo'
    """
    return text if _translate is None else _translate(text)


def use(language: str) -> None:
    """Choose the language of the interface for this process.

    Args:
        language: `"en"` or `"ko"`.

    Raises:
        ValueError: for any other language.

    Example:
        >>> use("ko"); current()
        'ko'
        >>> use("en")
    """
    global _translate, _current
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, received {language!r}")
    if language == "en":
        _translate = None
    elif language != _current:
        import gettext

        _translate = gettext.translation("quizdl", str(Path(__file__).parent), [language]).gettext
    _current = language


def current() -> str:
    """The language in use, `"en"` or `"ko"`."""
    return _current


def from_environment(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the terminal asks for: `LC_ALL`, then `LC_MESSAGES`, then `LANG`.

    Example:
        >>> from_environment({"LANG": "ko_KR.UTF-8"})
        'ko'
        >>> from_environment({"LANG": "ko_KR.UTF-8", "LC_ALL": "C"})
        'en'
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            return "ko" if value.lower().startswith("ko") else "en"
    return "en"
