"""Coming visits that do not fit, one row each: who, what, when, where, and why not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.stranded import StrandedVisit
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import text_width
from clinic_desktop.ui.set_up.fields import day_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate
from clinic_desktop.ui.wording import all_worded

_FRAME = 4
_MARKS = 48  # px of a row that its glyph and edges take
_LEAST = 92  # px: two rows, when the window is small


def row_of(one: StrandedVisit, setup: Setup) -> Row:
    """The row of one visit."""
    visit = one.visit
    room = next((room.name for room in setup.rooms if room.id == visit.room_id), tr("no room"))
    when = tr("{day}, {time}").format(day=day_words(visit.day), time=clock_time(visit.minute))
    parts = (one.patient, one.type_name, when, room)
    return Row(text=" · ".join(parts), detail=all_worded(one.why), state=visit.state)


class StrandedList(QListView):
    """The rows; ``taken`` on Enter or a double click. ``whole`` carries the current row's text where the
    window is too small to show it, and nothing where it is not."""

    taken = Signal()
    whole = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._visits: tuple[Visit, ...] = ()
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self)
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setProperty("framed", "true")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.doubleClicked.connect(self.taken)

    @property
    def current_visit(self) -> Visit | None:
        row = self.currentIndex().row()
        return self._visits[row] if 0 <= row < len(self._visits) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        rows = self.model().rowCount()
        return QSize(super().sizeHint().width(), rows * max(0, self.sizeHintForRow(0)) + _FRAME)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), theme().px(_LEAST)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tell_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        index = self.currentIndex()
        row = self._rows.things[index.row()] if index.isValid() else Row("")
        room = self.viewport().width() - theme().px(_MARKS)
        cut = max(text_width(row.text, TextRole.STRONG), text_width(row.detail, TextRole.LABEL)) > room
        self.whole.emit(row.spoken if cut else "")

    def show_visits(self, visits: Sequence[StrandedVisit], setup: Setup) -> None:
        """The rows anew. The current visit stays current; where it is settled, the one in its place."""
        place, before = max(0, self.currentIndex().row()), self.current_visit
        self._visits = tuple(one.visit for one in visits)
        self._rows.set_things([row_of(one, setup) for one in visits])
        self.updateGeometry()
        if visits:
            numbers = [one.id for one in self._visits]
            row = numbers.index(before.id) if before and before.id in numbers else place
            self.setCurrentIndex(self._rows.index(min(row, len(visits) - 1), 0))


def whole_below(visits: StrandedList) -> QLabel:
    """The label that says a row whole where the row itself is cut."""
    made = label("", TextRole.LABEL, "second", wrap=True)
    visits.whole.connect(made.setText)
    return made


class StrandedPage(QWidget):
    """Shown before a change is saved: what it would strand, and the two ways on."""

    back = Signal()
    anyway = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", TextRole.TITLE, wrap=True)
        lead = tr("Saved anyway, each keeps its time and room and stands on the repair list until settled.")
        text = label(lead, TextRole.BODY, "second", wrap=True)
        self.list = StrandedList(tr("Visits that would no longer fit"))
        self._back = Button(tr("Back to the form"), Kind.QUIET, key="Esc")
        self.save_anyway = Button(tr("Save anyway"), Kind.PRIMARY, key="Ctrl+Return")
        self._back.fired.connect(self.back)
        self.save_anyway.fired.connect(self.anyway)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self.save_anyway)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(text)
        column.addWidget(self.list, 100)
        column.addWidget(whole_below(self.list))
        column.addStretch(1)
        column.addLayout(foot)
        self.setFocusProxy(self.list)

    def show_visits(self, visits: Sequence[StrandedVisit], setup: Setup) -> None:
        count = len(visits)
        title = tr("%n coming visit(s) would no longer fit", "", count)
        self._title.setText(title)
        self.list.setAccessibleDescription(title)
        self.list.show_visits(visits, setup)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.anyway.emit()
        else:
            super().keyPressEvent(event)
