"""Rows of a list that may be somebody who is here already: a person decides about each."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QListView, QVBoxLayout, QWidget

from clinic_desktop.people.import_patients import Choice, Decision
from clinic_desktop.people.importing.sorting import Doubtful
from clinic_desktop.people.model import Patient
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.fact_grid import FactGrid
from clinic_desktop.ui.patients.page_rows import address_words
from clinic_desktop.ui.patients.wording import born_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice as ListChoice
from clinic_desktop.ui.widgets.choice_list import ChoiceList
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_MOST = 3  # records shown beside a row


class DecisionsPane(QWidget):
    """``decisions`` by row. ``decided`` after each answer; a digit answers and goes to the next row."""

    decided = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.decisions: dict[int, Decision] = {}
        self._doubtful: tuple[Doubtful, ...] = ()
        self._here: Mapping[int, Patient] = {}
        self._today = date.min
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self)
        self.list = QListView()
        self.list.setModel(self._rows)
        follow_selection(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setAccessibleName(tr("Rows to decide"))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.all_out = Button(tr("Leave the open ones out"), Kind.QUIET, size="small")
        self.all_out.fired.connect(self.leave_rest_out)
        self._listed = FactGrid()
        self._record = FactGrid()
        self._record_head = label("", TextRole.STRONG)
        self.choices: ChoiceList | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.all_out, 0, Qt.AlignmentFlag.AlignLeft)
        self._right = QVBoxLayout()
        self._right.setSpacing(8)
        self._right.addWidget(label(tr("In the list"), TextRole.STRONG))
        self._right.addWidget(self._listed)
        self._right.addWidget(self._record_head)
        self._right.addWidget(self._record)
        self._right.addStretch(1)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(10, 12, 10, 12)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addLayout(self._right, 1)

    def show_doubtful(self, doubtful: tuple[Doubtful, ...], here: Mapping[int, Patient], today: date) -> None:
        """The rows of a list; answers to rows that are still doubtful stay."""
        rows = {one.draft.row for one in doubtful}
        self.decisions = {row: answer for row, answer in self.decisions.items() if row in rows}
        self._doubtful, self._here, self._today = doubtful, here, today
        self._renew(0)

    @property
    def open_count(self) -> int:
        """How many rows nobody decided about."""
        return sum(one.draft.row not in self.decisions for one in self._doubtful)

    @property
    def kept_count(self) -> int:
        """How many will be added or teach a record here."""
        return sum(answer.choice is not Choice.SKIP for answer in self.decisions.values())

    def stops(self) -> list[QWidget]:
        """Where Tab comes by, in reading order."""
        return [self.list, self.all_out, *([self.choices] if self.choices is not None else [])]

    def start(self) -> None:
        (self.choices or self.list).setFocus()

    def leave_rest_out(self) -> None:
        """Whoever is still open stays out."""
        for one in self._doubtful:
            self.decisions.setdefault(one.draft.row, Decision(Choice.SKIP))
        self._renew(max(0, self.list.currentIndex().row()))
        self.decided.emit()

    def _renew(self, place: int) -> None:
        self._rows.set_things([self._row(one) for one in self._doubtful])
        if self._doubtful:
            self.list.setCurrentIndex(self._rows.index(min(place, len(self._doubtful) - 1), 0))

    def _row(self, one: Doubtful) -> Row:
        patient = one.draft.patient
        badge, tone = self._badge(one)
        detail = tr("row {row}, {born}").format(row=one.draft.row, born=born_words(patient, self._today))
        return Row(patient.name, detail, badge=badge, tone=tone)

    def _badge(self, one: Doubtful) -> tuple[str, Tone]:
        answer = self.decisions.get(one.draft.row)
        if answer is None:
            return tr("To decide"), Tone.WARN
        words = {
            Choice.SKIP: tr("Left out"),
            Choice.ADD: tr("Added"),
            Choice.MERGE: tr("Into the record"),
        }
        return words[answer.choice], Tone.NEUTRAL if answer.choice is Choice.SKIP else Tone.OK

    def _moved(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        one = self._doubtful[index.row()]
        people = self._people(one)
        self._listed.set_facts(_facts(one.draft.patient, self._today))
        self._record.set_facts(_facts(people[0], self._today) if people else [])
        self._record_head.setText(tr("Here already") if people else _rows_words(one))
        self._show_choices(people, self.decisions.get(one.draft.row))

    def _people(self, one: Doubtful) -> list[Patient]:
        ids = [likeness.id for likeness in one.people]
        if one.same_number is not None:
            ids.append(one.same_number)
        return [self._here[number] for number in dict.fromkeys(ids) if number in self._here][:_MOST]

    def _show_choices(self, people: list[Patient], answer: Decision | None) -> None:
        merges = [
            ListChoice(
                f"{Choice.MERGE}:{one.id}",
                Row(
                    tr("The same person: {name}").format(name=one.name),
                    tr("{number} learns what is new").format(number=one.chart_number),
                ),
            )
            for one in people
        ]
        add = ListChoice(f"{Choice.ADD}:0", Row(tr("Another person: add them")))
        skip = ListChoice(f"{Choice.SKIP}:0", Row(tr("Leave this row out")))
        # Nothing stands chosen: an Enter too many must not make the next row the same person.
        name = tr("What to do with this row")
        made = ChoiceList([*merges, add, skip], name, begin=False, at_once=True)
        if answer is not None:
            made.set_current(f"{answer.choice}:{answer.patient_id}")
        made.picked.connect(self._picked)
        self._right.insertWidget(self._right.count() - 1, made)
        made.setVisible(True)  # at once: what a layout is only about to show takes no focus
        self.setTabOrder(self.all_out, made)  # each row has its own, and would stand at the end of the window
        self._replace_choices(made)

    def _replace_choices(self, made: ChoiceList) -> None:
        """The focus goes over before the old list goes, so that it does not leave the page with it."""
        old, self.choices = self.choices, made
        if old is None:
            return
        if old.hasFocus():
            made.setFocus()
        self._right.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _picked(self, choice_id: str) -> None:
        choice, _, number = choice_id.partition(":")
        place = self.list.currentIndex().row()
        self.decisions[self._doubtful[place].draft.row] = Decision(Choice(choice), int(number))
        self._renew(self._next_open(place))
        self.decided.emit()

    def _next_open(self, place: int) -> int:
        """The next row without an answer, from here round to the top; the same one when there is none."""
        around = [*range(place + 1, len(self._doubtful)), *range(place)]
        return next((at for at in around if self._doubtful[at].draft.row not in self.decisions), place)


def _facts(patient: Patient, today: date) -> list[tuple[str, str]]:
    phones = ", ".join(phone.number for phone in patient.phones)
    facts = [
        (tr("Name"), patient.name),
        (tr("Number"), patient.chart_number),
        (tr("Born"), born_words(patient, today)),
        (tr("Phone"), phones),
        (tr("Email"), patient.email),
        (tr("Address"), address_words(patient)),
    ]
    return [(name, value) for name, value in facts if value]


def _rows_words(one: Doubtful) -> str:
    rows = ", ".join(str(likeness.id) for likeness in one.rows)
    return tr("Stands further up in the list: row {rows}").format(rows=rows)
