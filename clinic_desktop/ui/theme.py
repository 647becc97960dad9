"""The one theme: colours, fonts and sizes for every widget and painter.

Painters ask ``theme()`` while they paint; nobody keeps a colour. Palette first, then one short style
sheet; fonts are set by role through ``set_text``.
"""

from typing import ClassVar

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.foundation.resources import resource
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.appearance import Appearance, QtSystem, System
from clinic_desktop.ui.high_contrast import high_contrast_scheme
from clinic_desktop.ui.stylesheet import style_sheet
from clinic_desktop.ui.tokens import Colours, FamilyColours, Scheme, TextRole, tokens

TEXT_SIZES = (100, 115, 130, 150)  # per cent
_FACES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
_FAMILIES = ["Inter", "Noto Sans"]
_ROLE_PROPERTY = "textRole"
_DRESSED = "dressed"
_TABULAR = QFont.Tag("tnum")
_SPELLED_PROPERTY = "spelled"
# Without what follows from the signs beside one (an x between digits becomes a times sign), and a zero with a
# stroke. The face has no other I or l: what is made to be typed has neither.
_SPELLED = ((QFont.Tag("calt"), 0), (QFont.Tag("liga"), 0), (QFont.Tag("zero"), 1))
_WIDTHS_KEPT = 10_000

Role, Group = QPalette.ColorRole, QPalette.ColorGroup


class Theme(QObject):
    """Light or dark, text size, and what follows from both. One per application: ``theme()``."""

    changed = Signal()
    # Asked thousands of times while a window is painted, so not looked up among Qt's properties.
    in_force: ClassVar["Theme | None"] = None

    def __init__(self, app: QApplication, system: System | None = None) -> None:
        super().__init__(app)
        self.setObjectName("theme")
        self._app = app
        self._system = system or QtSystem()
        self._appearance = Appearance.SYSTEM
        self._text_size = TEXT_SIZES[0]
        self._fonts: dict[TextRole, QFont] = {}
        self._widths: dict[tuple[TextRole, str], float] = {}
        for face in _FACES:
            QFontDatabase.addApplicationFont(str(resource("fonts", "inter", face)))
        self._reckon()
        Theme.in_force = self  # widgets that are there already ask for it as soon as the style changes
        app.setStyle("Fusion")
        self._apply()
        self._system.on_change(self._system_changed)

    @property
    def appearance(self) -> Appearance:
        return self._appearance

    @property
    def dark(self) -> bool:
        if self._appearance is Appearance.SYSTEM:
            return self._system.is_dark()
        return self._appearance is Appearance.DARK

    @property
    def high_contrast(self) -> bool:
        """System colours, no fills and no hatches; glyphs, words and 2 px outlines carry all."""
        return self._system.high_contrast()

    @property
    def text_size(self) -> int:
        """Per cent: 100, 115, 130 or 150, besides the system's own scale."""
        return self._text_size

    @property
    def colours(self) -> Colours[QColor]:
        return self._scheme.colours

    def family(self, name: str) -> FamilyColours[QColor]:
        """The colours of a visit type's family; an unknown one is "other"."""
        return self._scheme.families.get(name) or self._scheme.families["other"]

    def status_colour(self, state: VisitState) -> QColor:
        return self._scheme.status[state]

    def font(self, role: TextRole = TextRole.BODY) -> QFont:
        """The font of a role at the chosen text size, figures of equal width."""
        return self._fonts[role]

    def spelled_font(self, role: TextRole) -> QFont:
        """The font of a role for what is read and typed sign by sign: a key, a password."""
        font = QFont(self._fonts[role])
        for tag, value in _SPELLED:
            font.setFeature(tag, value)
        return font

    def width(self, text: str, role: TextRole) -> float:
        """How wide a line of text is in the font of a role, in logical pixels.

        Reckoned once: the same few words are measured with every paint and every layout.
        """
        known = self._widths.get((role, text))
        if known is None:
            if len(self._widths) >= _WIDTHS_KEPT:
                self._widths.clear()
            known = self._widths[role, text] = QFontMetricsF(self._fonts[role]).horizontalAdvance(text)
        return known

    def px(self, size: float) -> int:
        """A logical size that grows with the text."""
        return round(size * self._text_size / 100)

    def icon_size(self, size: float = 16) -> QSize:
        return QSize(self.px(size), self.px(size))

    def set_appearance(self, appearance: Appearance) -> None:
        """Light, dark, or whatever the system shows."""
        self._appearance = appearance
        self._system.ask(appearance)
        self._apply()

    def set_text_size(self, per_cent: int) -> None:
        """One of TEXT_SIZES; anything else takes the nearest."""
        self._text_size = min(TEXT_SIZES, key=lambda size: abs(size - per_cent))
        self._apply()

    def _system_changed(self) -> None:
        if self._appearance is Appearance.SYSTEM or self.high_contrast:
            self._apply()

    def _reckon(self) -> Scheme[str]:
        """Colours, fonts and what was measured with them; answers the colours as they are written."""
        scheme = self._tokens()
        self._scheme = scheme.map(QColor)
        self._fonts = {role: self._make_font(role) for role in TextRole}
        self._widths.clear()
        return scheme

    def _apply(self) -> None:
        scheme = self._reckon()
        self._app.setPalette(_palette(self._scheme.colours))
        self._app.setFont(self.font())
        self._sheet = style_sheet(scheme.colours, self.px)
        for window in self._app.topLevelWidgets():
            if window.property(_DRESSED):
                window.setStyleSheet(self._sheet)
        for widget in self._app.allWidgets():
            _refresh(widget, self)
        self.changed.emit()

    def dress(self, window: QWidget) -> None:
        """Give a window of its own, without a parent, the style sheet of the program, and keep it there.

        The sheet is not the application's: each part that is put together would be styled anew with every
        larger one that it becomes part of, which is half of the work of opening a window.
        """
        window.setProperty(_DRESSED, True)
        window.setStyleSheet(self._sheet)

    def _tokens(self) -> Scheme[str]:
        if self.high_contrast:
            return high_contrast_scheme(self._system.palette())
        return tokens().dark if self.dark else tokens().light

    def _make_font(self, role: TextRole) -> QFont:
        style = tokens().text[role]
        font = QFont(_FAMILIES)
        font.setPixelSize(self.px(style.size))
        font.setWeight(QFont.Weight(style.weight))
        font.setFeature(_TABULAR, 1)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # even letter spacing at 100 %
        return font


def theme() -> Theme:
    """The application's theme; made on first use, so that a single widget can be shown in a test."""
    if Theme.in_force is not None:
        return Theme.in_force
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("the theme needs the application object first")
    return install_theme(app)


def install_theme(app: QApplication, system: System | None = None) -> Theme:
    """Give the application its theme; ``system`` is a fake in tests."""
    return Theme(app, system)


def set_text(widget: QWidget, role: TextRole) -> None:
    """Give a widget the font of a role and keep it there when the text size changes."""
    widget.setProperty(_ROLE_PROPERTY, role.value)
    widget.setFont(theme().font(role))


def set_spelled(widget: QWidget, role: TextRole = TextRole.BODY) -> None:
    """The same for what is read and typed sign by sign."""
    widget.setProperty(_ROLE_PROPERTY, role.value)
    widget.setProperty(_SPELLED_PROPERTY, True)
    widget.setFont(theme().spelled_font(role))


def _refresh(widget: QWidget, made: Theme) -> None:
    role = widget.property(_ROLE_PROPERTY)
    if role:
        spelled = widget.property(_SPELLED_PROPERTY)
        widget.setFont(made.spelled_font(TextRole(role)) if spelled else made.font(TextRole(role)))
    widget.updateGeometry()
    widget.update()


def _palette(c: Colours[QColor]) -> QPalette:
    palette = QPalette()
    for role, colour in (
        (Role.Window, c.canvas),
        (Role.WindowText, c.ink),
        (Role.Base, c.surface),
        (Role.AlternateBase, c.sunken),
        (Role.Text, c.ink),
        (Role.PlaceholderText, c.ink3),
        (Role.Button, c.surface),
        (Role.ButtonText, c.ink),
        (Role.BrightText, c.on_danger),
        (Role.Highlight, c.accent_soft),
        (Role.HighlightedText, c.ink),
        (Role.Accent, c.accent),
        (Role.Link, c.accent),
        (Role.LinkVisited, c.accent),
        (Role.ToolTipBase, c.surface),
        (Role.ToolTipText, c.ink),
        (Role.Light, c.surface),
        (Role.Midlight, c.line),
        (Role.Mid, c.line2),
        (Role.Dark, c.control),
        (Role.Shadow, QColor(Qt.GlobalColor.black)),
    ):
        palette.setColor(role, colour)
    for role in (Role.WindowText, Role.Text, Role.ButtonText):
        palette.setColor(Group.Disabled, role, c.ink3)
    return palette
