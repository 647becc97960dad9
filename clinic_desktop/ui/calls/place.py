"""The Calls place: whom to call about the coming days, what to say, and what came of it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.scheduling.call_list import CallRow, Span
from clinic_desktop.scheduling.call_words import Caller, script
from clinic_desktop.scheduling.calling import Call, Called, record_call
from clinic_desktop.scheduling.calls import CallOutcome
from clinic_desktop.treatment.day_after_list import AfterRow
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.board.ports import BookingPanels
from clinic_desktop.ui.calls import commands, words, work
from clinic_desktop.ui.calls.after_hand import AfterHand
from clinic_desktop.ui.calls.panel import CallPanel
from clinic_desktop.ui.calls.view import DAY_AFTER, CallsView
from clinic_desktop.ui.calls.work import CallsRead
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import AT_PRINTERS, LatestReader, run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.printer_dialog import choose_again
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.sheets.prepare_day import PrepareDay
from clinic_desktop.ui.wording import all_worded, problem_worded

_EVERY_MS = 60_000  # a row turns red by the clock, and whoever was tried may be tried again
_MATTERS = frozenset({
    "visit", "patient", "call_attempt", "clinic", "closure", "visit_type", "profile", "paper", "preparation",
    "sheet", "after_call", "after_flag", "stamp",
})  # fmt: skip
_RECORDING, _PRINTING = "calls.recording", "calls.printing"


class CallsPlace(Place):
    """The rows at the left, the call at the right."""

    inspector_width = 372

    def __init__(self, desk: Desk, panels: BookingPanels, render: RenderPdf, frame: Frame) -> None:
        self.title = tr("Calls")
        self._frame, self._desk, self._panels, self._render = frame, desk, panels, render
        self._read_now: CallsRead | None = None
        self._active = False
        self._after: Sequence[int] = ()  # a call was just recorded: what stood below it, as it stood then
        self.view = CallsView()
        self.panel = CallPanel()
        self.after = AfterHand(desk, panels, frame, self.view.after, self.inspector_width)
        self._side = QStackedWidget()  # the call about a visit, or the check-in call
        self._side.addWidget(self.panel)
        self._side.addWidget(self.after.panel)
        self.preparing = PrepareDay(frame, desk, render, self.view)
        self._reader: LatestReader[CallsRead] = LatestReader(self.view, self._listed, self._not_listed)
        self._clock = QTimer(self.view)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self._look)
        view, panel = self.view, self.panel
        view.span_picked.connect(self._show)
        view.print.fired.connect(self.print_list)
        view.list.picked.connect(self._picked)
        view.list.digit.connect(self._digit)
        view.list.entered.connect(self._entered)
        panel.whom_changed.connect(self._say)
        panel.record_wanted.connect(self.record)
        panel.driver_wanted.connect(self.name_driver)
        panel.copy_wanted.connect(self.copy_text)
        desk.hub.changed.connect(self._heard)
        desk.actor_changed.connect(self._say)

    # The place.

    def widget(self) -> QWidget:
        return self.view

    def inspector(self) -> QWidget:
        return self._side

    def panes(self) -> Sequence[QWidget]:
        return (self.view.after if self._is_after else self.view.list, self.view.spans)

    def focus_work(self) -> None:
        self.view.focus_work()

    def activated(self) -> None:
        self._active = True
        self._clock.start()
        self._look()

    def deactivated(self) -> None:
        self._active = False
        self._clock.stop()

    def chosen_patient(self) -> int | None:
        row = self.view.after.current if self._is_after else self.view.list.current
        return row.patient.id if row else None

    @property
    def _is_after(self) -> bool:
        """Whether the check-in calls are shown."""
        return self.view.span is None

    def escape(self) -> bool:
        """From the call back to the list."""
        if not (self.after.panel if self._is_after else self.panel).holds_focus():
            return False
        self.view.focus_work()
        return True

    def commands(self) -> Sequence[Bound]:
        return (
            Bound(commands.TODAY, partial(self.show_span, Span.TODAY)),
            Bound(commands.NEXT, partial(self.show_span, Span.NEXT)),
            Bound(commands.AFTER, partial(self.show_span, Span.AFTER)),
            Bound(commands.DAY_AFTER, self.show_day_after),
            Bound(commands.WHOM, self.panel.turn_whom, self._has_call),
            Bound(commands.NOTE, self._to_note, self._has_row),
            Bound(commands.NEXT_CALL, self._next),
            Bound(commands.DRIVER, self.name_driver, self._asks_driver),
            Bound(commands.COPY_TEXT, self.copy_text, self._has_call),
            Bound(commands.BOOK, self.after.book, lambda: self._is_after and self.after.has_offer),
            Bound(commands.CORRECT, self.after.correct, lambda: self._is_after and self.after.has_call),
            Bound(commands.TOLD, self.after.to_told, lambda: self._is_after and self.after.may_tell),
            Bound(commands.PRINT, self.print_list),
            Bound(commands.PREPARE, self.prepare_day, lambda: self._read_now is not None),
            Bound(commands.PATIENT, self._open_patient, self._has_row),
            Bound(commands.BOARD, self._to_board, self._has_row),
        )

    # What is shown.

    def show_span(self, span: Span) -> None:
        self.view.spans.set_current(span.name)
        self._show()

    def names_key(self, command_id: str) -> bool:
        """Not the keys of the driver while nobody is asked for one."""
        return not self._is_after or command_id not in (commands.WHOM.id, commands.DRIVER.id)

    def show_day_after(self) -> None:
        """The check-in calls."""
        self.view.spans.set_current(DAY_AFTER)
        self._show()

    def show_after(self, visit_id: int) -> None:
        """The check-in call about a visit, asked for by another place."""
        self.show_day_after()
        if not self.view.after.go_to(visit_id):
            self._look(partial(self.view.after.go_to, visit_id))

    def _heard(self, changes: Changes) -> None:
        if self._active and changes.kinds & _MATTERS:
            self._look()

    def _look(self, then: Callable[[], object] | None = None) -> None:
        self._reader.read(partial(work.read_calls, self._desk.store, self._desk.now()), then)

    def _not_listed(self, problem: ClinicProblem) -> None:
        """It is read again by itself, and then nobody else is chosen: somebody may be on the phone. What was
        read before still stands; where nothing was, the page says why it is empty."""
        self._after = ()
        self.after.only_show()
        if self._read_now is None:
            self.view.show_unread(problem_worded(problem))
        if self._read_now is not None or not isinstance(problem, ServerAway):
            show_problem(problem)

    def _listed(self, read: CallsRead) -> None:
        self._read_now = read
        self._show()
        after, self._after = self._after, ()
        if after:
            self.view.list.go_to_next(after)

    def _show(self) -> None:
        read, span = self._read_now, self.view.span
        side = self.panel if span is not None else self.after.panel
        if self._side.currentWidget() is not side:
            self._side.setCurrentWidget(side)
            self._frame.renew_keys()
        if read is not None and span is None:
            self.after.show_rows(read.after)
            self.view.show_after(read.after, read.today)
        elif read is not None and span is not None:
            self.view.show_rows(read.of(span), read.heading(span), read.today)

    def _picked(self, row: CallRow | None) -> None:
        self.panel.show_row(row)
        self._say()

    def _say(self) -> None:
        row = self.panel.row
        if row is not None:
            words_now = script(row, self.panel.whom, self._caller())
            self.panel.show_slips(self._read_now.slips.get(row.patient.id, ()) if self._read_now else ())
            self.panel.show_script(words_now, self._desk.setup.staff, self._desk.today())

    def _caller(self) -> Caller:
        return Caller(self._name() or tr("the front desk"), self._desk.setup, self._desk.today())

    def _name(self) -> str:
        actor = self._desk.actor.person_id
        return next((one.name for one in self._desk.setup.staff if one.id == actor), "")

    def _has_row(self) -> bool:
        return self.after.has_row if self._is_after else self.view.list.current is not None

    def _has_call(self) -> bool:
        return not self._is_after and self._has_row()

    def _asks_driver(self) -> bool:
        row = self.view.list.current
        return not self._is_after and row is not None and bool(row.driver)

    # What is done.

    def _digit(self, number: int) -> None:
        self._open_panel()
        self.panel.outcomes.select(number)

    def _entered(self) -> None:
        """Record what was selected; where nothing was, go there."""
        if self.panel.isVisible() and self.panel.outcome is not None:
            self.record()
        elif self._has_row():
            self._open_panel()
            self.panel.outcomes.setFocus()

    def _open_panel(self) -> None:
        """Where the window is small, the call lies over the list."""
        if not self.panel.isVisible():
            self._frame.show_panel(self._side, self.inspector_width)

    def _to_note(self) -> None:
        if self._is_after:
            self.after.to_note()
            return
        self._open_panel()
        self.panel.note.setFocus()

    def _next(self) -> None:
        if self._is_after:
            self.after.next_call()
            return
        row = self.view.list.current
        if not self.view.list.go_to_next(self.view.list.below(row.visit.id if row else 0)):
            self._frame.say(tr("No other call is left here."))
        self.view.focus_work()

    def record(self) -> None:
        """Put the call on record; the next one follows."""
        panel, row = self.panel, self.panel.row
        if row is None:
            return
        if panel.outcome is None:
            panel.outcomes.setFocus()
            return
        desk, number = self._desk, script(row, panel.whom, self._caller()).number
        call = Call(row.visit, panel.whom, panel.outcome, number, panel.note.text())
        work_now = partial(record_call, desk.store, desk.actor, call)
        run(self.view, work_now, partial(self._recorded, row), self._refused, key=_RECORDING)

    def _recorded(self, row: CallRow, called: Called) -> None:
        outcome = called.attempt.outcome
        if self.panel.row is not None and self.panel.row.visit.id == row.visit.id:
            self._after = self.view.list.below(row.visit.id)
            self.panel.recorded()
            self.view.focus_work()
            # At once: what is typed before the list is read anew must not stand with the one who was called.
            if self.view.list.go_to_next(self._after):
                self._after = ()
        said = words.said(row, called.attempt)
        self._frame.say(said)
        announce(self.view, said)
        if called.findings:
            title = tr("The call is on record")
            self._frame.notice(title, all_worded(called.findings), Tone.WARN)
        self._desk.record(called.changes)
        if outcome is CallOutcome.CANCELS:
            self._panels.cancel(self._frame, self._desk, row.visit.id)
        elif outcome is CallOutcome.MOVES:
            self._show_on_board(row)

    def _refused(self, problem: ClinicProblem) -> None:
        """Mostly a driver whom nobody has named: that is the next thing to do."""
        self._frame.notice(tr("Not recorded"), problem_worded(problem), Tone.WARN)

    def name_driver(self) -> None:
        """Who takes them home: the usual driver with one Enter."""
        row = self.view.list.current
        if row is not None and row.driver:
            self._panels.change_driver(self._frame, self._desk, row.visit.id)

    def copy_text(self) -> None:
        """The text for the visit as it stands now, to be sent by hand."""
        row = self.panel.row
        if row is None:
            return
        desk = self._desk
        fresh = partial(work.fresh_text, desk.store, desk.now(), row.visit.id, self._caller())
        run(self.view, fresh, self._copied)

    def _copied(self, text: str) -> None:
        if not text:
            self._frame.say(tr("There is no text to send: it is not allowed, or the visit has changed."))
            return
        QGuiApplication.clipboard().setText(text)
        self._frame.say(tr("Copied. Nothing was sent: paste it where you send texts, then press 8."))

    def print_list(self) -> None:
        """The open calls as they stand now."""
        desk = self._desk
        printing = partial(work.print_calls, desk.store, desk.actor, desk.now(), self._name(), self._render)
        if run(self.view, printing, self._printed, self._not_printed, key=_PRINTING, pool=AT_PRINTERS):
            self._frame.say(tr("Printing the call list"))

    def prepare_day(self) -> None:
        """The preparation sheets of the days whose calls are shown, all at once; beside the calls of the day
        after those of the next day."""
        if self._read_now is not None:
            self.preparing.open(self._read_now.days[self.view.span or Span.NEXT])

    def _printed(self, done: Printed) -> None:
        self._frame.say(done.words)

    def _not_printed(self, problem: ClinicProblem) -> None:
        self._frame.say("")
        action = choose_again(self.view, self._frame, problem)
        self._frame.notice(tr("Nothing came out"), problem_worded(problem), Tone.DANGER, action)

    def _open_patient(self) -> None:
        patient_id = self.chosen_patient()
        show = getattr(self._frame.go("patients"), "show_patient", None) if patient_id is not None else None
        if patient_id is not None and show is not None:
            show(patient_id)

    def _to_board(self) -> None:
        row = self.view.after.current if self._is_after else self.view.list.current
        if row is not None:
            self._show_on_board(row)

    def _show_on_board(self, row: CallRow | AfterRow) -> None:
        show = getattr(self._frame.go("board"), "show_visit", None)
        if show is not None:
            show(row.visit.id, row.visit.day)


def calls_spec(desk: Desk, panels: BookingPanels, render: RenderPdf, key: str = "Alt+6") -> PlaceSpec:
    """The place for the rail."""
    factory = partial(CallsPlace, desk, panels, render)
    return PlaceSpec(commands.CALLS, QT_TR_NOOP("Calls"), "calls", key, factory)
