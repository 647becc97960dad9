"""The rows of a planned course: columns in one line, and below it why a visit is off what was wished."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QWidget,
)

from clinic_desktop.ui.booking.course_paint import CourseDelegate
from clinic_desktop.ui.booking.course_words import CourseRow
from clinic_desktop.ui.booking.into_view import IntoView
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.list_model import Index, ListModel

_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class CourseModel(ListModel[CourseRow]):
    """The rows in order."""

    def set_things(self, things: Sequence[CourseRow]) -> None:
        """Other rows; the same number of rows keeps the place where one is."""
        if len(things) != len(self.things):
            super().set_things(things)
            return
        self.things = tuple(things)
        if things:
            self.dataChanged.emit(self.index(0), self.index(len(things) - 1))

    def shown(self, thing: CourseRow) -> str:
        return f"{thing.no} {thing.day} {thing.time}"

    def spoken(self, thing: CourseRow) -> str:
        return thing.spoken


class CourseRows(QListView):
    """``moved`` with the number of the current visit; ``pin_wanted`` by Space, ``skip_wanted`` by Delete;
    ``chosen`` with 1 to 3; ``typed`` with any other letter or digit; ``has_focus`` as it comes and goes."""

    moved = Signal(int)
    pin_wanted = Signal(int)
    skip_wanted = Signal(int)
    chosen = Signal(int)
    has_focus = Signal(bool)
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._into_view = IntoView(self)
        self._model = CourseModel(self)
        self._delegate = CourseDelegate(self)
        self.setModel(self._model)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Visits of the course"))
        self.setAccessibleDescription(
            tr(
                "Space pins a visit, Alt with an arrow moves it by a day, Delete skips it, "
                "1 to 3 choose another way"
            )
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.doubleClicked.connect(self._double_clicked)

    @property
    def rows(self) -> tuple[CourseRow, ...]:
        return self._model.things

    @property
    def current(self) -> CourseRow | None:
        index = self.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def set_rows(self, rows: Sequence[CourseRow]) -> None:
        """Other rows; the current one stays current."""
        here = self.currentIndex().row()
        self._model.set_things(rows)
        self.scheduleDelayedItemsLayout()  # a reason more or less changes a row's height
        if rows:
            self.setCurrentIndex(self._model.index(min(max(here, 0), len(rows) - 1)))
        self.updateGeometry()

    def set_current(self, no: int) -> None:
        place = next((n for n, row in enumerate(self.rows) if row.no == no), None)
        if place is not None:
            self.setCurrentIndex(self._model.index(place))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._into_view.soon()
        if current.isValid():
            self.moved.emit(self.rows[current.row()].no)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._into_view.soon()
        self.has_focus.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.has_focus.emit(False)

    def sizeHint(self) -> QSize:
        height = sum(self.sizeHintForRow(row) for row in range(len(self.rows)))
        return QSize(super().sizeHint().width(), height + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text, row = event.key(), event.text(), self.current
        if event.modifiers() & _CHORD:
            event.ignore()
        elif key == Qt.Key.Key_Space and row is not None:
            self.pin_wanted.emit(row.no)
        elif key == Qt.Key.Key_Delete and row is not None:
            self.skip_wanted.emit(row.no)
        elif text in ("1", "2", "3"):
            self.chosen.emit(int(text))
        elif text.isprintable() and text.strip():
            self.typed.emit(text)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _double_clicked(self, index: QModelIndex) -> None:
        self.pin_wanted.emit(self.rows[index.row()].no)
