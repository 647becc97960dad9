"""A dialog in which typed letters narrow a list down; arrows choose, Enter takes the chosen one."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListView, QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.finding_line import FindingLine
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_MOST_HEIGHT = 380
_TO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)

T = TypeVar("T")


class Narrowing(Dialog, Generic[T]):
    """A kind of it says what letters find, how a find is shown, and what is done with the one taken, which
    happens after the dialog has closed. ``list_name`` is heard for the list; ``hint`` stands in the line."""

    def __init__(
        self, parent: QWidget, title: str, list_name: str, hint: str, about: str = "", *, wrap: bool = False
    ) -> None:
        super().__init__(parent, title, about)
        self._shown: Sequence[T] = ()
        self.line = FindingLine()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(tr("Narrow down"))
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._take)
        self.line.installEventFilter(self)
        self._model = RowModel(self)
        self.list = QListView()
        self._delegate = RowDelegate(self.list, wrap=wrap)
        self.list.setAccessibleName(list_name)
        self.list.setProperty("framed", "true")
        self.list.setModel(self._model)
        follow_selection(self.list)
        self.list.setItemDelegate(self._delegate)
        height = list_height(parent, theme().px(_MOST_HEIGHT))
        self.list.setFixedHeight(height)
        self.nothing = label("", TextRole.BODY, wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setMinimumHeight(height)
        self.list.activated.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._say)
        self.body.addWidget(self.line)
        self.body.addWidget(self.list)
        self.body.addWidget(self.nothing)
        self.add_leave_button(tr("Back"))
        self._fill()
        self.line.setFocus()

    def found(self, typed: str) -> Sequence[T]:
        """What the letters find, the likeliest first; all for none."""
        raise NotImplementedError

    def row_of(self, one: T) -> Row:
        raise NotImplementedError

    def taken(self, one: T) -> None:
        raise NotImplementedError

    def instead(self) -> str:
        """What to do where nothing is found."""
        return tr("Type fewer letters, or another word for it.")

    def _fill(self) -> None:
        self._shown = self.found(self.line.text())
        self._model.set_things([self.row_of(one) for one in self._shown])
        self.list.setVisible(bool(self._shown))
        self.nothing.setVisible(not self._shown)
        if self._shown:
            self.list.setCurrentIndex(self._model.index(0, 0))
        else:
            self.nothing.setText(f"{tr('Nothing is found by that.')} {self.instead()}")
            announce(self.line, self.nothing.text())

    def _say(self, current: QModelIndex) -> None:
        announce(self.line, str(current.data(Qt.ItemDataRole.AccessibleTextRole) or ""))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while letters go into the line."""
        typed = event.type() == QEvent.Type.KeyPress and watched is self.line
        if typed and isinstance(event, QKeyEvent) and event.key() in _TO_THE_LIST:
            return QApplication.sendEvent(self.list, event)
        return super().eventFilter(watched, event)

    def _take(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            wanted = self._shown[index.row()]
            self.accept()
            self.taken(wanted)
