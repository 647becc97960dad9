"""What kind of visit: the likely ones on keys of their own, every other one a menu away."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QMenu, QSizePolicy, QWidget

from clinic_desktop.scheduling.model import VisitType
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.booking.words import phases_words, stay_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import elided, key_height, key_width, paint_box, paint_focus, paint_key
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.check_button import CheckButton
from clinic_desktop.ui.widgets.label import label

_COLUMNS = 2
_HEIGHT = 34
_SWATCH = 9
_PAD = 8
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TypePart(Part):
    """``picked`` by digit, click or menu, ``entered`` by Enter; both carry the type's code."""

    picked = Signal(str)
    entered = Signal(str)
    typed = Signal(str)  # a letter, which begins a name

    def __init__(self) -> None:
        self.more = Button(tr("All types"), Kind.QUIET, icon="down", size="small")
        super().__init__(tr("Visit type"), self.more)
        self._types: tuple[VisitType, ...] = ()
        self._shown: tuple[VisitType, ...] = ()
        self._current = ""
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        self._chips: list[TypeChip] = []
        self._below = label("", TextRole.LABEL, "second", wrap=True)
        self.content.addLayout(self._grid)
        self.content.addWidget(self._below)
        self.more.fired.connect(self._open_menu)

    @property
    def current(self) -> str:
        return self._current

    def show_types(
        self, likely: Sequence[VisitType], types: Sequence[VisitType], current: VisitType | None, why: str
    ) -> None:
        """The likely types and the one that is chosen; ``why`` says where the suggestion comes from."""
        shown = list(likely)
        if current is not None and current.code not in [one.code for one in shown]:
            shown = [*shown[:3], current]
        self._types = tuple(one for one in types if one.current)
        self._current = current.code if current else ""
        if tuple(shown) != self._shown:
            self._shown = tuple(shown)
            self._fill()
        for chip in self._chips:
            chip.show_down(chip.type.code == self._current)
        lines = [why, stay_words(current)] if current and why else [phases_words(current)] if current else []
        self._below.setText(", ".join(lines))
        self._below.setToolTip(phases_words(current) if current else "")
        self._below.setVisible(bool(lines))

    def focus(self) -> None:
        """On the chosen type, or the first."""
        chosen = next((one for one in self._chips if one.isChecked()), None)
        if chosen or self._chips:
            (chosen or self._chips[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        had_focus = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._grid.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [TypeChip(one, str(n)) for n, one in enumerate(self._shown, 1)]
        for n, chip in enumerate(self._chips):
            self._grid.addWidget(chip, n // _COLUMNS, n % _COLUMNS)
            chip.show()  # at once, so that it can take the focus
            chip.turned.connect(self._turned)
            chip.key.connect(self._key)
            # Chips are made anew, and what is made last would be the last that Tab comes to.
            QWidget.setTabOrder(self._chips[n - 1] if n else self.more, chip)
        if had_focus:
            self.focus()

    def _turned(self) -> None:
        chip = self.sender()
        if isinstance(chip, TypeChip):
            self._take(chip.type.code)

    def _take(self, code: str) -> None:
        self._current = code
        self.picked.emit(code)

    def _key(self, event: QKeyEvent) -> None:
        number, chip = event.text(), self.sender()
        if event.key() in _ENTER and isinstance(chip, TypeChip):
            self.entered.emit(chip.type.code)
        elif number.isdigit() and 0 < int(number) <= len(self._chips):
            self._take(self._chips[int(number) - 1].type.code)
        elif number.isalpha():
            self.typed.emit(number)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._types:
            action = QAction(one.name, menu)
            action.setData(one.code)
            action.triggered.connect(self._from_menu)
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height() + 2)))

    def _from_menu(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._take(str(action.data()))


class TypeChip(CheckButton):
    """One type: its colour, its name, and its key while the focus is on one of them. Arrows move between
    chips, Enter and digits go to ``key``."""

    key = Signal(QKeyEvent)

    def __init__(self, visit_type: VisitType, number: str) -> None:
        super().__init__()
        self.type, self._number = visit_type, number
        self.setText(visit_type.name)
        self.setAccessibleDescription(number)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(visit_type.name)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if not chord and (event.key() in _ENTER or event.text().isalnum()):
            self.key.emit(event)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._update_all()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._update_all()

    def _update_all(self) -> None:
        """The digits come and go on all of them."""
        if (parent := self.parentWidget()) is not None:
            parent.update()

    @property
    def key_works(self) -> bool:
        """Whether a digit typed now picks a type."""
        parent, focus = self.parentWidget(), QApplication.focusWidget()
        return isinstance(focus, TypeChip) and focus.parentWidget() is parent

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        rect, family = QRectF(self.rect()), theme().family(self.type.family)
        chosen = self.isChecked()
        fill, edge = (c.accent_soft, c.accent) if chosen else (c.surface, c.line2)
        paint_box(painter, rect, fill, edge, 7, 2 if chosen else 1)
        if self.hasFocus():
            paint_focus(painter, rect.adjusted(3, 3, -3, -3), 5)
        size, middle = theme().px(_SWATCH), rect.center().y()
        swatch = QRectF(_PAD, middle - size / 2, size, size)
        paint_box(painter, swatch, family.dose, family.edge, 3)
        cap = QPointF(rect.right() - _PAD + 2 - key_width(self._number), middle - key_height() / 2)
        if self.key_works:
            paint_key(painter, cap, self._number)
        font = theme().font(TextRole.LABEL)
        painter.setFont(font)
        painter.setPen(c.ink)
        left = swatch.right() + 5
        right = cap.x() - 3 if self.key_works else rect.right() - _PAD
        words = QRectF(left, 0, right - left, rect.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(self.text(), font, words.width()))
