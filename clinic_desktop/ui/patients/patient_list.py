"""The left side: a search line, and below it who was found, or today's patients."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients import commands
from clinic_desktop.ui.patients.listing import found_lines, person_lines
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.person_lines import PersonDelegate, PersonModel
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.finding_line import FindingLine
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.wording import problem_worded

MOST = 50
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PatientList(Panel):
    """``picked`` comes with every move in the list (0: nobody), ``opened`` with Enter or a double click.

    The keyboard never leaves the search line: arrows move in the list from there.
    """

    picked = Signal(int)
    opened = Signal(int)
    new_wanted = Signal(str)
    import_wanted = Signal()

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__("sunken", ("right",), parent)
        self._desk, self._people = desk, people
        self._todays: tuple[int, ...] = ()
        self._unread = ""  # why it is not known who comes today
        self._current = 0
        self.line = FindingLine()
        self.line.setPlaceholderText(tr("Name, birth date, phone or number"))
        self.line.setAccessibleName(tr("Find a patient"))
        self.line.setClearButtonEnabled(True)
        for clear in self.line.findChildren(QToolButton):
            clear.setAccessibleName(tr("Clear the search line"))
        self.line.installEventFilter(self)
        self._heading = label("", TextRole.LABEL, "second")
        self._model = PersonModel(self)
        self._delegate = PersonDelegate(self)
        self.view = self._make_view()
        self._empty = EmptyState("patients", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self.line.textChanged.connect(self._typed)
        people.changed.connect(self.renew)
        self._show()

    def _make_view(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        follow_selection(view)
        view.setItemDelegate(self._delegate)
        view.setAccessibleName(tr("Patients"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.clicked.connect(self._clicked)
        view.doubleClicked.connect(self._double_clicked)
        view.selectionModel().currentChanged.connect(self._moved)
        return view

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.setSpacing(8)
        head.addWidget(self.line)
        head.addWidget(self._heading)
        new = Button(tr(commands.NEW.text), icon="plus", key=commands.NEW.keys[0])
        new.fired.connect(self._new)
        bring = Button(tr("Import"), icon="database", name=tr(commands.IMPORT.text))
        bring.fired.connect(self.import_wanted)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 10, 14, 10)
        foot.setSpacing(8)
        foot.addWidget(new, 1)
        foot.addWidget(bring)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    @property
    def current(self) -> int:
        """Whose line is chosen; 0 for nobody."""
        return self._current

    def set_todays(self, patients: Iterable[int]) -> None:
        """Who comes today, in order: shown while nothing is typed. Whoever is chosen stays chosen."""
        self._unread = ""
        self._todays, chosen = tuple(patients), self._current
        if self.line.text().strip():
            return
        self._show(chosen)
        if chosen and not self._current:
            self.choose(chosen)

    def set_unread(self, problem: ClinicProblem) -> None:
        """Who comes today could not be read: an empty list would say that nobody does."""
        self._unread = problem_worded(problem)
        if not self.line.text().strip():
            self._show(self._current)

    def choose(self, patient_id: int) -> None:
        """Show one patient, wherever the list stands."""
        if self._model.place_of(patient_id) is None:
            person = self._people.directory.kept(patient_id)
            if person is not None:
                self.line.setText(person.chart_number)
        self._select(self._model.place_of(patient_id))

    def forget(self) -> None:
        """As at the beginning: nothing is typed, nobody chosen."""
        self.line.clear()
        self._select(None)

    def start(self) -> None:
        """The search line takes the focus, what stood there is ready to be typed over."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def renew(self) -> None:
        """Somebody changed: the same question again, the same person chosen where they still are."""
        self._show(self._current)

    def _typed(self) -> None:
        self._show()

    def _show(self, keep: int = 0) -> None:
        typed, today = self.line.text().strip(), self._desk.today()
        directory = self._people.directory
        if typed:
            lines = found_lines(directory, directory.find(typed, MOST), today)
        else:
            lines = person_lines(directory, self._todays, today)
        self._model.set_things(lines)
        self._head(typed, len(lines))
        place = self._model.place_of(keep) if keep else None
        self._select(place if place is not None else 0 if lines and typed else None)

    def _head(self, typed: str, count: int) -> None:
        known = len(self._people.directory)
        if typed:
            more = tr("the first {n}") if count >= MOST else tr("{n}")
            pattern = tr("{found} of {known} patients")
            self._heading.setText(pattern.format(found=more.format(n=count), known=f"{known:,}"))
        elif self._unread:
            self._heading.setText(tr("{known} patients").format(known=f"{known:,}"))
        else:
            self._heading.setText(tr("Today's patients: {n} of {known}").format(n=count, known=f"{known:,}"))
        self._empty.set_words(*self._empty_words(typed, known))
        self._stack.setCurrentWidget(self.view if count else self._empty)

    def _empty_words(self, typed: str, known: int) -> tuple[str, str]:
        if not self._people.ready:
            return tr("Reading the patients"), ""
        if typed:
            return tr("Nobody found"), tr("Press Ctrl\u00a0N to add a new patient with what you typed.")
        if not known:
            return tr("No patients yet"), tr("Add the first one, or import a list from another system.")
        if self._unread:
            return tr("Who comes today could not be read"), self._unread
        return tr("Nobody comes today"), tr("Type a name, a birth date, a phone number or a chart number.")

    def _select(self, place: int | None) -> None:
        index = QModelIndex() if place is None else self._model.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.view.selectionModel().setCurrentIndex(index, flags)
        if place is None:
            self.view.selectionModel().clear()
            self._moved(QModelIndex())
        else:
            self.view.scrollTo(index)

    def _moved(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        chosen = self._model.id_at(index) or 0
        if chosen != self._current:
            self._current = chosen
            self.picked.emit(chosen)

    def _step(self, by: int) -> None:
        count = self._model.rowCount()
        if not count:
            return
        here = self.view.currentIndex()
        place = max(0, min(here.row() + by, count - 1)) if here.isValid() else 0
        self._select(place)
        announce(self.line, str(self._model.index(place, 0).data(Qt.ItemDataRole.AccessibleTextRole)))

    def _clicked(self, index: QModelIndex) -> None:
        self._moved(index)

    def _double_clicked(self, index: QModelIndex) -> None:
        self._moved(index)
        self.opened.emit(self._current)

    def _new(self) -> None:
        self.new_wanted.emit(self.line.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.line:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key in _ENTER and self._current:
            self.opened.emit(self._current)
        elif key == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
        else:
            return False
        return True
