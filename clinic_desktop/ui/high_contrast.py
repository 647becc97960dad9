"""The system's high-contrast colours as a scheme: text and outlines only, no fills."""

from dataclasses import fields

from PySide6.QtGui import QPalette

from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.tokens import DONE, FAMILIES, Colours, FamilyColours, Scheme

_AREAS = ("canvas", "surface", "sunken", "closed", "key")
_ACCENTS = ("accent", "accent_strong", "accent_line", "now")


def high_contrast_scheme(system: QPalette) -> Scheme[str]:
    """Every area is the system's window colour, every mark its text colour, the accent its highlight."""
    area = system.color(QPalette.ColorRole.Window).name()
    mark = system.color(QPalette.ColorRole.WindowText).name()
    accent = system.color(QPalette.ColorRole.Highlight).name()
    on_accent = system.color(QPalette.ColorRole.HighlightedText).name()

    def pick(name: str) -> str:
        if name in _AREAS or name.endswith("_soft") or name == "on_danger":
            return area
        if name == "on_accent":
            return on_accent
        return accent if name in _ACCENTS else mark

    plain = FamilyColours(edge=mark, prep=area, dose=area, hatch=area, ink=mark)
    return Scheme(
        Colours(**{field.name: pick(field.name) for field in fields(Colours)}),
        dict.fromkeys((*FAMILIES, DONE), plain),
        dict.fromkeys(VisitState, mark),
    )
