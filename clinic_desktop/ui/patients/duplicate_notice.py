"""Who may be the person being added: shown while one types, each to be opened instead."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.wording import born_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox

MOST = 3


class DuplicateNotice(QWidget):
    """Hidden while nobody is alike. ``open_wanted`` carries the id of the record to open."""

    open_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people: tuple[PersonRow, ...] = ()
        self._notice = NoticeBox("", "", Tone.WARN)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._notice)
        column.addLayout(self._rows)
        self.hide()

    @property
    def people(self) -> tuple[PersonRow, ...]:
        """Who is shown."""
        return self._people

    def show_people(self, people: Sequence[PersonRow], today: date) -> None:
        """The likeliest; nobody hides the notice."""
        shown = tuple(people[:MOST])
        if shown == self._people:
            return
        self._people = shown
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for person in shown:
            self._rows.addWidget(_PersonRow(person, today, self))
        title = tr("This may be somebody who is here already")
        self._notice.set_notice(title, tr("Open the record, or go on if it is another person."), Tone.WARN)
        self.setVisible(bool(shown))
        if shown:
            announce(self, f"{title}: {', '.join(one.name for one in shown)}")


class _PersonRow(QWidget):
    def __init__(self, person: PersonRow, today: date, notice: DuplicateNotice) -> None:
        super().__init__(notice)
        self._notice, self._id = notice, person.id
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(person.name, TextRole.STRONG, wrap=True))
        detail = (born_words(person, today), person.chart_number, person.street)
        words.addWidget(label("  ·  ".join(d for d in detail if d), TextRole.LABEL, "second", wrap=True))
        button = Button(tr("Open"), size="small", name=tr("Open {name}").format(name=person.name))
        button.fired.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(button)

    def _open(self) -> None:
        self._notice.open_wanted.emit(self._id)
