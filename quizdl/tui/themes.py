"""The looks of the app: a dark and a light theme, high contrast, the terminal's own colours, and no colour.

Colour only repeats what a word or a sign already says, so every theme, monochrome too, shows the same facts.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="quizdl-dark",
    primary="#7AA2F7",
    secondary="#BB9AF7",
    accent="#7DCFFF",
    success="#9ECE6A",
    warning="#E0AF68",
    error="#F7768E",
    foreground="#D5DAEC",
    background="#14151C",
    surface="#1B1D27",
    panel="#272A38",
    dark=True,
    variables={
        "border": "#7AA2F7",
        "border-blurred": "#3A3F55",
        "scrollbar": "#3A3F55",
        "text-muted": "#9199B5",
        "text-disabled": "#4A506A",
    },
)
LIGHT = Theme(
    name="quizdl-light",
    primary="#2A5DB0",
    secondary="#7A3EB1",
    accent="#00718F",
    success="#2F7A35",
    warning="#8F5A00",
    error="#B3283D",
    foreground="#22252E",
    background="#ECEDF1",
    surface="#FAFAFC",
    panel="#DFE1E8",
    dark=False,
    variables={
        "border": "#2A5DB0",
        "border-blurred": "#B9BDCB",
        "scrollbar": "#B9BDCB",
        "text-muted": "#5F6577",
        "text-disabled": "#B3B8C7",
    },
)
CONTRAST = Theme(
    name="quizdl-contrast",
    primary="#FFFF00",
    secondary="#FF9CFF",
    accent="#00FFFF",
    success="#5CFF5C",
    warning="#FFC14D",
    error="#FF8080",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#202020",
    dark=True,
    text_alpha=1.0,
    variables={
        "border": "#FFFFFF",
        "border-blurred": "#FFFFFF",
        "scrollbar": "#FFFFFF",
        "text-muted": "#FFFFFF",
        "text-disabled": "#A0A0A0",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)

_NAMES = {
    "dark": DARK.name,
    "light": LIGHT.name,
    "contrast": CONTRAST.name,
    "high-contrast": CONTRAST.name,
    "ansi": "ansi-dark",
}


def choose(setting: str, environment: Mapping[str, str]) -> str:
    """The name of the theme to start with.

    Args:
        setting: `auto`, `dark`, `light`, `high-contrast`, `ansi`, or the name of any Textual theme.
        environment: `NO_COLOR` asks for the terminal's own two colours; `TEXTUAL_THEME` and `COLORFGBG` (the
            background of the terminal) decide for `auto`.

    Example:
        >>> choose("auto", {}), choose("auto", {"COLORFGBG": "0;15"}), choose("nord", {})
        ('quizdl-dark', 'quizdl-light', 'nord')
        >>> choose("light", {"NO_COLOR": "1"})
        'ansi-light'
    """
    light = setting in ("light", LIGHT.name) or (setting == "auto" and _light_background(environment))
    if environment.get("NO_COLOR"):
        return "ansi-light" if light else "ansi-dark"
    if setting == "ansi" and _light_background(environment):
        return "ansi-light"
    if setting != "auto":
        return _NAMES.get(setting, setting)
    if theme := environment.get("TEXTUAL_THEME"):
        return _NAMES.get(theme, theme)
    return LIGHT.name if light else DARK.name


def _light_background(environment: Mapping[str, str]) -> bool:
    # rxvt, Konsole and others set "foreground;background" as numbers of the 16 colours.
    return environment.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
