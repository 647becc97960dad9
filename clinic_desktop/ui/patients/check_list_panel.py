"""The check list as a panel: yes or no for each line, a note for each yes, and the review."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.store import Store
from clinic_desktop.people.check_list import CHECK_LIST, LINES, Weight, answers
from clinic_desktop.people.model import Screening, ScreeningItem
from clinic_desktop.people.screenings import Screened, answer, review, review_findings
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.wording import worded

_YES, _NO = (Qt.Key.Key_1, Qt.Key.Key_Left), (Qt.Key.Key_2, Qt.Key.Key_Right)
_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Asked(Protocol):
    """What is answered with yes or no: a line of the check list, a question of the REMS form."""

    @property
    def code(self) -> str: ...

    @property
    def asks(self) -> str: ...


class CheckLineRow(QWidget):
    """One line; ``edited`` with every change. Clinical words are the list's own, never translated.

    Tab comes to the answer that was given, else always to No: Space says the same in every line. 1 or Left
    says yes, 2 or Right no. The note belongs to a yes and goes with it.
    """

    edited = Signal()

    def __init__(self, line: Asked, item: ScreeningItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = line.code
        self.yes, self.no = QRadioButton(tr("Yes")), QRadioButton(tr("No"))
        self.note = QLineEdit(item.note)
        self.note.setPlaceholderText(tr("What, since when, treated how"))
        self.note.setAccessibleName(tr("Note: {line}").format(line=line.asks))
        for button, word in ((self.yes, tr("Yes: {line}")), (self.no, tr("No: {line}"))):
            button.setAccessibleName(word.format(line=line.asks))
            button.installEventFilter(self)
        self._group = QButtonGroup(self)
        self._group.addButton(self.yes)
        self._group.addButton(self.no)
        self.yes.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # once an answer is given, Qt lets Tab come to it
        self.set_present(item.present)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(line.asks, TextRole.BODY, wrap=True), 0, 0)
        grid.addWidget(self.yes, 0, 1)
        grid.addWidget(self.no, 0, 2)
        grid.addWidget(self.note, 1, 0, 1, 3)
        self.note.setVisible(bool(item.present) or bool(item.note))
        self.yes.toggled.connect(self._changed)
        self.no.toggled.connect(self._changed)
        self.note.textChanged.connect(self.edited)

    def set_present(self, present: bool | None) -> None:
        if present is not None:
            (self.yes if present else self.no).setChecked(True)

    def show_item(self, item: ScreeningItem) -> None:
        """Another answer in its place, or none."""
        self._group.setExclusive(False)  # else the last answer could not be taken back
        self.yes.setChecked(item.present is True)
        self.no.setChecked(item.present is False)
        self._group.setExclusive(True)
        self.note.setText(item.note)
        self.note.setVisible(bool(item.present) or bool(item.note))

    def item(self) -> ScreeningItem:
        present = True if self.yes.isChecked() else False if self.no.isChecked() else None
        return ScreeningItem(self.code, present, "" if self.note.isHidden() else self.note.text().strip())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys on either button; left to itself an arrow would only go to the other one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            keys = ((_YES, self.yes), (_NO, self.no))
            picked = next((button for its, button in keys if event.key() in its), None)
            if picked is not None and not event.modifiers() & _CHORDS:
                picked.setChecked(True)
                picked.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return super().eventFilter(watched, event)

    def _changed(self, on: bool) -> None:
        self.note.setVisible(self.yes.isChecked())
        if on:
            self.edited.emit()


class CheckListPanel(PanelFrame):
    """``done`` carries the :class:`Screening` as kept."""

    done = Signal(object)

    def __init__(self, desk: Desk, facts: PageFacts, parent: QWidget | None = None) -> None:
        super().__init__(tr("Check list of {name}").format(name=facts.patient.name), parent)
        self._desk, self._facts = desk, facts
        self._seen = facts.screening or Screening(patient_id=facts.patient.id)
        items = {item.code: item for item in answers(self._seen)}
        self.rows = [CheckLineRow(line, items[line.code]) for line in CHECK_LIST]
        self._build()
        self.keep_button = self.add_button(tr("Keep the answers"))
        self.keep_button.fired.connect(self._keep)
        self.review_button = self.add_button(tr("Review and sign"), Kind.PRIMARY, "Ctrl+Return")
        self.review_button.fired.connect(self.confirm)
        self._say()

    def _build(self) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        keys = tr("In a line: 1 says yes, 2 says no, Tab goes on to the next.")
        column.addWidget(label(keys, TextRole.LABEL, "second", wrap=True))
        column.addSpacing(6)
        all_no = Button(
            tr("No to the rest"), Kind.QUIET, size="small", name=tr("Answer every open line with no")
        )
        all_no.fired.connect(self.answer_rest)
        for heading, weight, trailing in (
            (tr("Contraindications"), Weight.CONTRAINDICATION, None),
            (tr("Cautions"), Weight.CAUTION, all_no),
        ):
            column.addWidget(SectionHeader(heading, trailing))
            for row in self.rows:
                if LINES[row.code].weight is weight:
                    column.addWidget(Line())
                    column.addWidget(row)
                    row.edited.connect(self._say)
            column.addSpacing(12)
        self.set_body(body)

    def start(self) -> None:
        """To the first open line, else the first."""
        row = next((one for one in self.rows if one.item().present is None), self.rows[0])
        row.no.setFocus()
        self.show_part(row)

    def answer_rest(self) -> None:
        """No to every line that is still open, but for those that are asked by themselves; on to those."""
        for row in self.rows:
            if row.item().present is None and not LINES[row.code].by_itself:
                blocker = QSignalBlocker(row)
                row.set_present(False)
                blocker.unblock()
        self._say()
        if any(row.item().present is None for row in self.rows):
            self.start()

    def draft(self) -> Screening:
        """The answers as they stand, lines of an older list included."""
        mine = {row.code: row.item() for row in self.rows}
        items = tuple(mine.get(item.code, item) for item in answers(self._seen))
        return replace(self._seen, items=items)

    def confirm(self) -> None:
        if not self.review_button.missing:
            self._run(review)

    def renew_rights(self) -> None:
        self._say()

    def _keep(self) -> None:
        self._run(answer)

    def _run(self, use_case: Callable[[Store, Actor, Screening], Screened]) -> None:
        work = partial(use_case, self._desk.store, self._desk.actor, self.draft())
        run(self, work, self._kept, key="patients.check_list")

    def _kept(self, screened: Screened) -> None:
        self._desk.record(screened.changes)
        self._seen = screened.screening
        self._say()
        self.done.emit(screened.screening)

    def _say(self) -> None:
        actor = self._desk.actor
        found = review_findings(self.draft().items, by_prescriber=may(actor, Right.CLEAR))
        missing = [worded(one) for one in found]
        if not may(actor, Right.RECORD):
            missing.append(tr("A nurse or a prescriber signs the check list."))
        self.lock(self.review_button, missing)
