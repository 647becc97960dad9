"""Who can sign in, found by some letters of the name or by initials; the keyboard stays in the line."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget

from clinic_desktop.people.model import Staff
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.words import role_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_LEAST, _MOST = 120, 380
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def found(people: Sequence[Staff], typed: str) -> list[Staff]:
    """Those meant by some letters: the initials first, then names of which a word begins so."""
    words = typed.casefold().replace(".", " ").split()
    if not words:
        return list(people)
    exact = [one for one in people if one.initials.casefold() == "".join(words)]
    named = [one for one in people if one not in exact and _begins(one, words)]
    return [*exact, *named]


def _begins(person: Staff, words: Sequence[str]) -> bool:
    parts = [*person.name.casefold().replace(".", " ").split(), person.initials.casefold()]
    return all(any(part.startswith(word) for part in parts) for word in words)


def with_alt(event: QKeyEvent) -> bool:
    """A way to a place of the clinic, which sleeps: its sign is not typed instead."""
    held = event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier)
    return held == Qt.KeyboardModifier.AltModifier and bool(event.text())


class PeopleList(QWidget):
    """A line and the people below it. ``chosen`` when somebody is meant for good: by Enter, the mouse, or a
    digit, with which a PIN begins (it goes along). ``changed`` when another one is current."""

    chosen = Signal(str)
    changed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self._people: list[Staff] = []
        self._shown: list[Staff] = []
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(tr("Name or initials"))
        self.line.textChanged.connect(self._narrow)
        self.line.installEventFilter(self)
        self.list = QListView()
        self._rows = RowModel(self.list)
        self._delegate = RowDelegate(self.list)
        self.list.setModel(self._rows)
        follow_selection(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(tr("People"))
        self.list.setProperty("framed", "true")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._clicked)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._nobody = label(tr("Nobody of that name can sign in here."), TextRole.LABEL, "danger", wrap=True)
        self._nobody.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(title, TextRole.NAME))
        column.addWidget(self.line)
        column.addWidget(self._nobody)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.setFocusProxy(self.line)
        self.set_low(low=False)

    @property
    def people(self) -> list[Staff]:
        return self._people

    @property
    def current(self) -> Staff | None:
        """Whoever is meant now."""
        row = self.list.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def show_people(self, people: Sequence[Staff], current: int = 0) -> None:
        """``current``: whoever was here last."""
        self._people = list(people)
        self.line.clear()
        self._narrow("")
        ids = [one.id for one in self._shown]
        if current in ids:
            self.list.setCurrentIndex(self._rows.index(ids.index(current), 0))

    def set_low(self, low: bool) -> None:
        """A shorter list, in a window with little height."""
        least, most = (_LEAST // 2, _LEAST) if low else (_LEAST, _MOST)
        self.list.setMinimumHeight(theme().px(least))
        self.list.setMaximumHeight(theme().px(most))

    def take(self, with_letter: str = "") -> None:
        """The current one is meant."""
        if self.current is not None:
            self.chosen.emit(with_letter)

    def _narrow(self, typed: str) -> None:
        before = self.current
        self._shown = found(self._people, typed)
        self._rows.set_things(
            [Row(one.name, role_words(one.roles), right=one.initials) for one in self._shown]
        )
        self._nobody.setVisible(bool(typed.strip()) and not self._shown)
        if self._shown:
            stays = before in self._shown and not typed.strip()
            row = self._shown.index(before) if stays and before is not None else 0
            self.list.setCurrentIndex(self._rows.index(row, 0))
        elif typed.strip():
            announce(self.line, self._nobody.text())
        self.changed.emit()

    def _moved(self) -> None:
        if self.line.hasFocus() and self.current is not None:
            announce(self.line, self.current.name)
        self.changed.emit()

    def _clicked(self, _index: QModelIndex) -> None:
        self.take()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.line:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, typed = Qt.Key(event.key()), event.text()
        if with_alt(event):
            return True
        if key in _STEPS and self._shown:
            row = self.list.currentIndex().row() + _STEPS[key]
            self.list.setCurrentIndex(self._rows.index(max(0, min(row, len(self._shown) - 1)), 0))
            return True
        if key in _ON:
            self.take()
            return True
        if (
            len(typed) == 1
            and typed.isdigit()
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.take(typed)
            return True
        return False
