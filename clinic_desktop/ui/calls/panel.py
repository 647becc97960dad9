"""The call that is being made: the number, what to say, and what came of it."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.call_list import NAMED, CallRow, Todo
from clinic_desktop.scheduling.call_words import Script
from clinic_desktop.scheduling.calls import CallOutcome, Whom, outcomes_of
from clinic_desktop.ui.calls import commands, words
from clinic_desktop.ui.calls.call_frame import CallFrame
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.page_rows import permission_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch
from clinic_desktop.ui.wording import all_worded

_SHORT, _MOST_NOTE = 520, 300


class CallPanel(CallFrame[CallOutcome]):
    """``whom_changed`` when somebody else is to be called."""

    whom_changed = Signal()
    driver_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("The call"), _SHORT, words.outcome_words, _MOST_NOTE, parent)
        self._row: CallRow | None = None
        self._asked: tuple[int, int, Whom | None] = (0, 0, None)
        self._make_whom()
        self._make_script()
        self._place_words()
        self.record.refused.connect(self.outcomes.setFocus)
        self.show_row(None)

    def _make_whom(self) -> None:
        on_record = [one for one in Whom if one is not Whom.OTHER]
        segments = [Segment(one.name, tr(words.WHOMS[one])) for one in on_record]
        self.whom_switch = SegmentedSwitch(segments, tr("Whom to call"))
        self.whom_switch.picked.connect(self._whom_picked)

    def _make_script(self) -> None:
        self.slip = label("", TextRole.LABEL, "warn", wrap=True)
        self.notes = label("", TextRole.STRONG, "warn", wrap=True)
        self.first = label("", TextRole.BODY, wrap=True)
        self.check = label("", TextRole.STRONG, "danger", wrap=True)
        self.then = label("", TextRole.BODY, wrap=True)
        self.message = label("", TextRole.BODY, "second", wrap=True)
        self.sms = label("", TextRole.BODY, "second", wrap=True)
        copy = commands.COPY_TEXT
        self.copy = Button(tr("Copy the text"), icon="copy", key=copy.keys[0], size="small")
        self.copy.fired.connect(self.copy_wanted)
        self.driver_box = NoticeBox("", "", Tone.DANGER)
        self.name_driver = Button(
            tr("Name the driver"), icon="driver", key=commands.DRIVER.keys[0], size="small"
        )
        self.name_driver.fired.connect(self.driver_wanted)
        self.log = label("", TextRole.LABEL, "second", wrap=True)
        self._titles = {
            name: label(text, TextRole.LABEL, "third")
            for name, text in (
                ("first", tr("Say first")),
                ("then", tr("Only then say")),
                ("message", tr("If a voicemail answers")),
                ("sms", tr("To send by hand")),
                ("log", tr("Earlier calls")),
            )
        }

    def _place_words(self) -> None:
        titles = self._titles
        script: tuple[QWidget, ...] = (
            self.notes, Line(), titles["first"], self.first, self.check, titles["then"], self.then,
            self.driver_box, self.name_driver, titles["message"], self.message, titles["sms"], self.sms,
            self.copy, titles["log"], self.log,
        )  # fmt: skip
        narrow = (self.whom_switch, self.name_driver, self.copy)
        self._lay_out((self.slip, self.whom_switch, *script), narrow, self.notes, tr("What to say"))

    # What is shown.

    @property
    def row(self) -> CallRow | None:
        return self._row

    @property
    def whom(self) -> Whom:
        return Whom[self.whom_switch.current]

    def show_row(self, row: CallRow | None) -> None:
        """Another call, or the same one as it stands by now: what was typed for it stays."""
        same = row is not None and self._row is not None and row.visit.id == self._row.visit.id
        self._row = row
        self.show_parts(shown=row is not None)
        if row is not None and not same:
            self.note.clear()
            self._asked = (0, 0, None)
            self.whom_switch.set_current(_first_asked(row).name)
            self._scroll.verticalScrollBar().setValue(0)

    def show_script(self, script: Script, staff: tuple[Staff, ...], today: date) -> None:
        """The words for whom is called, and what the row says."""
        row = self._row
        if row is None:
            return
        self._show_head(row, script)
        self.notes.setText(words.all_lines(script.notes))
        self.first.setText(words.all_lines(script.first))
        self.check.setText(words.line_words(script.check) if script.check else "")
        self.then.setText(words.all_lines(script.then))
        self.message.setText(words.line_words(script.message) if script.message else "")
        none = script.no_message if script.message is None else None
        self.leave_none.setText(words.line_words(none) if none else "")
        sms = script.sms or script.no_sms
        self.sms.setText(words.line_words(sms) if sms else "")
        self.copy.setVisible(script.sms is not None)
        self._show_driver(row)
        calls = (*row.void, *row.attempts)
        lines = [words.attempt_words(one, staff, row.visit.zone, today) for one in reversed(calls)]
        self.log.setText("\n".join(lines))
        self._show_filled()
        self._offer(row)

    def show_slips(self, slips: Iterable[Finding]) -> None:
        """What the patient has in hand on paper, where that is not true any more."""
        self.slip.setText(all_worded(slips))

    def _show_head(self, row: CallRow, script: Script) -> None:
        patient = row.patient
        who = {
            Whom.PATIENT: patient.name,
            Whom.DRIVER: row.visit.plan_name or tr("Nobody named yet"),
            Whom.EMERGENCY: ", ".join(
                part for part in (patient.emergency.name, patient.emergency.relationship) if part
            ),
        }
        self.name.setText(who[self.whom])
        self.number.setText(script.number or tr("no phone"))
        facts = [words.type_words(row), tr("Reach them {ways}").format(ways=permission_words(patient))]
        if patient.permissions.may_tell:
            facts.append(tr("May be told: {who}").format(who=patient.permissions.may_tell))
        if self.whom is not Whom.PATIENT:
            facts = [tr("for {patient}").format(patient=patient.name), row.visit.plan_relationship]
        self.facts.setText(". ".join(part for part in (*facts, patient.alerts) if part))
        self.similar.setText(words.similar(row.alike))

    def _show_driver(self, row: CallRow) -> None:
        missing = row.driver == "missing"
        title = tr("No driver") if row.red else tr("No driver yet")
        text = tr("Past the hour by which a driver must be named.") if row.red else ""
        self.driver_box.set_notice(title, text, Tone.DANGER if row.red else Tone.WARN)
        self.driver_box.setVisible(missing)
        self.name_driver.setVisible(bool(row.driver))
        self.name_driver.setText(tr("Name the driver") if missing else tr("Change the driver"))

    def _show_filled(self) -> None:
        above = (self.similar, self.slip, self.notes, self.first, self.check, self.then)
        for shown in (*above, self.leave_none):
            shown.setVisible(bool(shown.text()))
        for name, title in self._titles.items():
            part = getattr(self, name)
            part.setVisible(bool(part.text()))
            title.setVisible(bool(part.text()))

    def _offer(self, row: CallRow) -> None:
        """The outcomes; what is selected stays while it is the same call to the same person."""
        asked = (row.visit.id, row.visit.minute, self.whom)
        wanted = outcomes_of(self.whom, driver_asked=bool(row.driver))
        if asked != self._asked or wanted != self.outcomes.outcomes:
            self._asked = asked
            self.outcomes.set_outcomes(wanted)
        self._say_record()

    def _say_record(self) -> None:
        outcome = self.outcome
        self.record.set_missing([] if outcome else [tr("Choose what came of it: a digit, then Enter.")])
        said = tr("Record: {outcome}").format(outcome=words.outcome_words(outcome)) if outcome else ""
        self.record.setText(said or tr("Record the call"))

    def recorded(self) -> None:
        """The call is on record: the next one begins empty."""
        self.note.clear()
        self.outcomes.select_none()
        self._asked = (0, 0, None)

    def turn_whom(self) -> None:
        """The next person who can be called."""
        all_whom = list(Whom)
        self.whom_switch.set_current(all_whom[(all_whom.index(self.whom) + 1) % len(all_whom)].name)

    def _whom_picked(self, _name: str) -> None:
        self.whom_changed.emit()


def _first_asked(row: CallRow) -> Whom:
    """The driver, when all that is left to ask is for them to say."""
    plan = row.visit.plan
    only_driver = row.todo == (Todo.DRIVER,) and row.driver == NAMED
    return Whom.DRIVER if only_driver and plan is not None and plan.kind.has_person else Whom.PATIENT
