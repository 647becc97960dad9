"""The visual tokens as plain values, read once from resources/theme/tokens.json.

Colours are "#RRGGBB". Sizes are logical pixels at text size 100 %.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar

from clinic_desktop.foundation.resources import resource
from clinic_desktop.scheduling.states import VisitState

C = TypeVar("C")
D = TypeVar("D")

FAMILIES = ("iv", "sp", "co", "im", "therapy", "other")
DONE = "done"


class TextRole(StrEnum):
    """What a piece of text is for; nothing is smaller than 13 px."""

    CAPTION = "caption"
    LABEL = "label"
    BODY = "body"
    STRONG = "strong"
    BUTTON = "button"
    NAME = "name"
    TITLE = "title"
    PAGE = "page"
    DISPLAY = "display"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Size and line height in logical px, weight 400 to 600."""

    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Colours(Generic[C]):
    """One scheme. ``x_soft`` is an area, ``x_line`` its edge, ``on_x`` text upon the full colour."""

    canvas: C
    surface: C
    sunken: C
    closed: C
    line: C
    line2: C
    control: C
    ink: C
    ink2: C
    ink3: C
    grid: C
    grid_hour: C
    accent: C
    accent_strong: C
    accent_soft: C
    accent_line: C
    on_accent: C
    danger: C
    danger_soft: C
    danger_line: C
    on_danger: C
    warn: C
    warn_soft: C
    warn_line: C
    ok: C
    ok_soft: C
    ok_line: C
    info: C
    info_soft: C
    info_line: C
    now: C
    key: C
    key_line: C


@dataclass(frozen=True, slots=True)
class FamilyColours(Generic[C]):
    """A visit type's colours: edge line, prep and recovery band, dosing band, hatch line, text."""

    edge: C
    prep: C
    dose: C
    hatch: C
    ink: C


@dataclass(frozen=True, slots=True)
class Scheme(Generic[C]):
    """Everything that differs between light and dark."""

    colours: Colours[C]
    families: dict[str, FamilyColours[C]]
    status: dict[VisitState, C]

    def map(self, turn: Callable[[C], D]) -> "Scheme[D]":
        """The same scheme with every colour turned, as from "#0B6B66" to QColor."""
        return Scheme(
            Colours(**{f.name: turn(getattr(self.colours, f.name)) for f in fields(Colours)}),
            {name: _mapped(family, turn) for name, family in self.families.items()},
            {state: turn(colour) for state, colour in self.status.items()},
        )


def _mapped(family: FamilyColours[C], turn: Callable[[C], D]) -> FamilyColours[D]:
    return FamilyColours(**{f.name: turn(getattr(family, f.name)) for f in fields(FamilyColours)})


@dataclass(frozen=True, slots=True)
class Tokens:
    light: Scheme[str]
    dark: Scheme[str]
    text: dict[TextRole, TextStyle]
    radius: dict[str, int]
    control: dict[str, int]
    row: dict[str, int]


@cache
def tokens() -> Tokens:
    """The tokens that ship with the program."""
    data = json.loads(resource("theme", "tokens.json").read_text(encoding="utf-8"))
    return Tokens(
        light=_scheme(data, "light"),
        dark=_scheme(data, "dark"),
        text={role: TextStyle(*data["text"][role]) for role in TextRole},
        radius=data["radius"],
        control=data["control"],
        row=data["row"],
    )


def _scheme(data: dict[str, Any], mode: str) -> Scheme[str]:
    return Scheme(
        colours=Colours(**data["colours"][mode]),
        families={name: FamilyColours(**data["families"][name][mode]) for name in (*FAMILIES, DONE)},
        status={state: data["status"][state.name.lower()][mode] for state in VisitState},
    )
