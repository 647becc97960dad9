"""The driver's badge: four words, four weights, four icons.

A driver who is missing is red from the clinic's hour on the business day before (``late``); until then the
badge is calmer and says "yet".
"""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import (
    Ink,
    Tone,
    badge_width,
    outlined_ink,
    paint_badge,
    strong_ink,
    tone_ink,
)


class DriverMark(StrEnum):
    """How far the way home is settled."""

    MISSING = "missing"
    NAMED = "named"
    CONFIRMED = "confirmed"
    HERE = "here"


_WORDS = {
    DriverMark.MISSING: (QT_TR_NOOP("NO DRIVER"), QT_TR_NOOP("NO DRIVER")),
    DriverMark.NAMED: (QT_TR_NOOP("Confirm driver"), QT_TR_NOOP("Driver?")),
    DriverMark.CONFIRMED: (QT_TR_NOOP("Driver confirmed"), QT_TR_NOOP("Driver")),
    DriverMark.HERE: (QT_TR_NOOP("Driver here"), QT_TR_NOOP("Here")),
}
_SPOKEN = {
    DriverMark.MISSING: QT_TR_NOOP("Driver missing"),
    DriverMark.NAMED: QT_TR_NOOP("Driver named, to confirm"),
    DriverMark.CONFIRMED: QT_TR_NOOP("Driver confirmed"),
    DriverMark.HERE: QT_TR_NOOP("Driver here"),
}
_YET = (QT_TR_NOOP("No driver yet"), QT_TR_NOOP("No driver"))
_YET_SPOKEN = QT_TR_NOOP("No driver yet")
ICONS = {
    DriverMark.MISSING: "warning",
    DriverMark.NAMED: "calls",
    DriverMark.CONFIRMED: "check",
    DriverMark.HERE: "driver",
}


def driver_word(mark: DriverMark, short: bool = False, *, late: bool = True) -> str:
    """The word on the badge."""
    return tr(_YET[short] if _not_yet(mark, late) else _WORDS[mark][short])


def driver_spoken(mark: DriverMark, *, late: bool = True) -> str:
    """The words a screen reader says."""
    return tr(_YET_SPOKEN if _not_yet(mark, late) else _SPOKEN[mark])


def _not_yet(mark: DriverMark, late: bool) -> bool:
    return mark is DriverMark.MISSING and not late


def driver_ink(mark: DriverMark, *, late: bool = True) -> Ink:
    """Filled, tinted, outlined, and tinted green for a driver who stands there."""
    if _not_yet(mark, late):
        return tone_ink(Tone.WARN)
    return {
        DriverMark.MISSING: strong_ink(Tone.DANGER),
        DriverMark.NAMED: tone_ink(Tone.WARN),
        DriverMark.CONFIRMED: outlined_ink(Tone.OK),
        DriverMark.HERE: tone_ink(Tone.OK),
    }[mark]


def paint_driver(
    painter: QPainter, at: QPointF, mark: DriverMark, width: float, *, late: bool = True
) -> QRectF:
    """The badge at ``at``, in the longest wording that fits ``width``; at least its icon."""
    word = driver_word(mark, late=late)
    if badge_width(word, ICONS[mark]) > width:
        word = driver_word(mark, short=True, late=late)
    if badge_width(word, ICONS[mark]) > width:
        word = ""
    return paint_badge(painter, at, word, driver_ink(mark, late=late), ICONS[mark])
