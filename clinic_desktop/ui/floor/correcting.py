"""Correcting an entry: what it said, what it says now, and why. Nothing is overwritten."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import when
from clinic_desktop.ui.floor.entries import BY_KIND, Wants
from clinic_desktop.ui.floor.record_line import RecordLine, is_ctrl_enter
from clinic_desktop.ui.floor.said import as_typed
from clinic_desktop.ui.floor.typed import Context, typed_moment, untimed
from clinic_desktop.ui.floor.typed_times import split_times
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label, numbers_whole

_WITHOUT_NOTE = (Wants.VITALS, Wants.DRIVER, Wants.ANSWERS)


def at_another_time(old: Stamp, at: datetime | None, reason: str) -> Stamp:
    """The same entry at another time."""
    return replace(old, id=0, version=0, at=at or old.at, corrects=old.id, reason=reason, deviations=())


def corrected(old: Stamp, typed: Stamp, at: datetime | None, reason: str) -> Stamp:
    """What was typed in the place of an entry. What the line cannot say stays as it was."""
    kept: dict[str, object] = {"unit": old.unit, "device": old.device, "warned": old.warned}
    if old.kind is StampKind.PRESSURE_ACCEPTED:
        kept |= {"systolic": old.systolic, "diastolic": old.diastolic, "oxygen": old.oxygen}
    if BY_KIND[typed.kind].wants in _WITHOUT_NOTE:
        kept["note"] = old.note
    changed = {"at": at or old.at, "corrects": old.id, "reason": reason, **kept}
    return replace(typed, **changed)  # type: ignore[arg-type]  # replace checks the names


class CorrectBox(QWidget):
    """``corrected`` carries the new stamp; ``insisted`` for Ctrl Enter; ``left`` when nothing is changed."""

    corrected = Signal(object)  # Stamp
    edited = Signal()
    insisted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._old: Stamp | None = None
        self._was = label("", TextRole.BODY, "second", wrap=True)
        self.line = RecordLine(tr("What it should say"), corrects=True)
        self.why = QLineEdit()
        self.why.setMaxLength(200)
        self._why_row = FieldRow(tr("Why"), self.why, tr("The old entry stays on record."))
        self.save = Button(tr("Correct it"), Kind.PRIMARY, key="Return", size="small")
        self.strike = Button(tr("Strike it out"), size="small")
        self.back = Button(tr("Back"), Kind.QUIET, size="small")
        self.save.fired.connect(self._save)
        self.strike.fired.connect(self._strike)
        self.back.fired.connect(self.left)
        self.why.returnPressed.connect(self._save)
        self.line.entered.connect(self._to_why)
        self.line.insisted.connect(self.insisted)
        self.line.edited.connect(self.edited)
        self.line.left.connect(self.left)
        self.why.textChanged.connect(self.edited)
        self.why.installEventFilter(self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.save, self.strike, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        says = label(tr("It should say"), TextRole.LABEL, "second")
        for widget in (self._was, says, self.line, self._why_row):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.setAccessibleName(tr("Correct an entry"))
        self.hide()

    def correct(self, old: Stamp, said: str, context: Context) -> None:
        """Open for an entry; ``said`` is what it says now."""
        self._old, self.context = old, context
        self._was.setText(numbers_whole(tr("Recorded: {what}").format(what=said)))
        self.why.clear()
        self._why_row.set_problem("")
        self.line.set_context(context, "")
        self.show()
        self.line.start(as_typed(old, context.care.visit.zone, context.care.visit.day))

    def show_problems(self, problems: dict[str, str]) -> None:
        """What the core refused, by field."""
        self._why_row.set_problem(problems.get("reason", ""))
        rest = " ".join(text for field, text in problems.items() if field != "reason")
        if rest:
            self.line.say(rest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_ctrl_enter(event):
            self.insisted.emit()
            return True
        return super().eventFilter(watched, event)

    def _to_why(self) -> None:
        self.why.setFocus(Qt.FocusReason.TabFocusReason)

    def _reason(self) -> str:
        reason = self.why.text().strip()
        if not reason:
            self._why_row.set_problem(tr("Say why it is changed."))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
        return reason

    def _save(self) -> None:
        typed, old = self.line.typed, self._old
        if old is None or not typed.well:
            self.line.say(typed.problem or tr("Write what it should say."))
            return
        if len(typed.stamps) > 1:
            self.line.say(tr("One entry at one time. Record another one by itself."))
            return
        if reason := self._reason():
            zone, text = self.context.care.visit.zone, self.line.text
            was = as_typed(old, zone, self.context.care.visit.day)
            at = self._moment(old, retimed=split_times(text, zone)[0] != split_times(was, zone)[0])
            same = untimed(text, zone) == untimed(was, zone)
            new = at_another_time(old, at, reason) if same else corrected(old, typed.stamps[0], at, reason)
            self.corrected.emit(new)

    def _moment(self, old: Stamp, *, retimed: bool) -> datetime | None:
        """The moment that is typed; the old one, to the second, where it reads the same."""
        typed = typed_moment(self.line.text, self.context) if retimed else None
        same = typed is None or instant_minute(typed) == instant_minute(when(old))
        return old.at if same else typed

    def _strike(self) -> None:
        reason = self._reason()
        if self._old is not None and reason:
            self.corrected.emit(Stamp(kind=StampKind.STRUCK, corrects=self._old.id, reason=reason))
