"""Pictures of widgets, to look at: written only when CLINIC_DESKTOP_PICTURES names a folder."""

import os
from collections import Counter
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.appearance import Appearance
from clinic_desktop.ui.theme import theme

VARIABLE = "CLINIC_DESKTOP_PICTURES"


def grab(
    widget: QWidget, name: str, size: tuple[int, int] | None = None, scale: float = 1.0, dark: bool = False
) -> Path | None:
    """Write the widget as ``name[-dark][@2x].png``; size in logical px. None when nobody wants pictures."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return None
    theme().set_appearance(Appearance.DARK if dark else Appearance.LIGHT)
    picture = picture_of(widget, size, scale)
    target = Path(folder) / f"{name}{'-dark' if dark else ''}{f'@{scale:g}x' if scale != 1 else ''}.png"
    target.parent.mkdir(parents=True, exist_ok=True)
    picture.save(str(target))
    return target


def picture_of(widget: QWidget, size: tuple[int, int] | None = None, scale: float = 1.0) -> QPixmap:
    """The widget as it paints itself at a device pixel ratio."""
    if size is not None:
        widget.resize(QSize(*size))
    if widget.parent() is None and not widget.styleSheet():
        theme().dress(widget)
    widget.ensurePolished()
    if not widget.isVisible():
        widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        widget.show()
    picture = QPixmap(widget.size() * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(theme().colours.canvas)
    painter = QPainter(picture)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return picture


def small(picture: Path, to: Path) -> None:
    """For the docs: a picture with its 256 most frequent colours, which is all that is seen of it."""
    whole = QImage(str(picture)).convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(whole.constBits()).cast("I"))
    table = [colour for colour, _ in counted.most_common(256)]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    whole.convertToFormat(QImage.Format.Format_Indexed8, table, flags).save(str(to), "PNG", 0)


def grab_both(widget: QWidget, name: str, size: tuple[int, int] | None = None, scale: float = 1.0) -> None:
    """Light and dark, and light again for whoever comes next."""
    for dark in (False, True):
        grab(widget, name, size, scale, dark)
    if os.environ.get(VARIABLE):
        theme().set_appearance(Appearance.SYSTEM)
