"""The booking panel: four answers from top to bottom, and what will be booked at its foot.

Enter answers and goes on to the next open question; on the last one it books. Ctrl Enter books as soon
as nothing is open.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling.looking_booking import Answers, Look, Spot, look
from clinic_desktop.scheduling.model import GoingHomePlan
from clinic_desktop.scheduling.typed_dates import When
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.booking import flow
from clinic_desktop.ui.booking.booking_view import BookingView
from clinic_desktop.ui.booking.patient_part import CHANGE_KEY
from clinic_desktop.ui.booking.said_box import Said, may_override
from clinic_desktop.ui.booking.saving import BookingSaver
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.pending_notices import WAITLIST_KEY

WIDTH = 404
MORE = 3
FIRST_OPENINGS = 10


@dataclass(frozen=True, slots=True)
class Request:
    """What is known when the panel is opened. minute None: the best time from that day on."""

    day: date
    minute: int | None = None
    room_id: int | None = None
    patient_id: int | None = None
    openings: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A booking that was left, and for whom: it waits while another one is begun."""

    answers: Answers
    time_answered: bool
    name: str


class BookingPanel(BookingView):
    """``saver.booked`` when a visit was booked; ``looked`` carries every new :class:`Look`."""

    looked = Signal(object)
    hidden = Signal()

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(desk, people, parent)
        self._answers = Answers(since=desk.today())
        self._seen = Look(self._answers)
        self._former: Draft | None = None
        self._time_answered = False
        self._openings = self._on_show = False
        self._going_on = False
        self._book_when_read = False
        self._stood: QWidget | None = None  # what had the focus when it was asked how things stand
        self._lost_before = ""  # said once the draft it is about has been read
        self._reader: LatestReader[Look] = LatestReader(self, self._read, self._not_read)
        self.saver = BookingSaver(desk, self)
        self._connect()

    def _connect(self) -> None:
        self.patient.chosen.connect(self._patient_chosen)
        self.patient.dropped.connect(self._patient_dropped)
        self.patient.resumed.connect(self._resume)
        self.patient.line.textChanged.connect(self._stay)
        self.types.picked.connect(self._type_picked)
        self.types.entered.connect(self._type_picked)
        self.types.typed.connect(self._typed_on_panel)
        self.times.moved.connect(self._time_moved)
        self.times.picked.connect(self._time_picked)
        self.times.entered.connect(self._time_entered)
        self.times.typed.connect(self._time_typed)
        self.times.written.connect(self._stay)
        self.times.list.typed.connect(self._stay)
        self.times.wanted_more.connect(self._more_times)
        self.driver.picked.connect(self._driver_picked)
        self.driver.entered.connect(self._driver_entered)
        self.note.editingFinished.connect(self._noted)
        self.said.override_wanted.connect(self._ask_reason)
        self.saver.refused.connect(self._refused)
        self.saver.stale.connect(self._look)
        self.saver.instead.connect(self._take_instead)
        self.saver.lost.connect(self._lost)
        self.book.fired.connect(self.confirm)
        self.book.refused.connect(self._pressed_too_early)
        self._desk.hub.changed.connect(self._others_changed)
        self._desk.setup_changed.connect(self._world_changed)
        self._desk.actor_changed.connect(self._world_changed)
        self.on_typed(self._typed_on_panel)
        self.on_enter(
            self.note, self.book.setFocus
        )  # what is typed there may have been meant for another line
        self.on_enter(self.times.line, self._typed_through)
        self.add_key(CHANGE_KEY, self.patient.ask, anywhere=True)
        self.add_key(WAITLIST_KEY, self.patient.to_waitlist)
        self.add_key("Ctrl+N", self.driver.ask_someone)

    # Opening.

    def open_for(self, request: Request) -> None:
        """Begin a booking. A draft that was left is offered when nobody is named, and goes on when its
        patient is; the openings for what stands in an open panel are those of that booking."""
        looks_on = request.openings and self._on_show
        self._openings = request.openings
        self.set_title(tr("First openings") if request.openings else tr("New visit"))
        if not (looks_on and request.patient_id is None):
            self._begin(request.patient_id)
        self._on_show = True
        answers = replace(self._answers, count=FIRST_OPENINGS if request.openings else MORE)
        if request.openings:
            answers, self._time_answered = replace(answers, spot=None), False
            self.times.forget_typed()
        if request.patient_id is not None:
            answers = replace(answers, patient_id=request.patient_id)
            self.patient.show_patient(request.patient_id)
        if request.minute is not None:
            spot = Spot(WallTime(request.day, request.minute), request.room_id)
            answers = replace(answers, spot=spot, since=request.day)
            self._time_answered = True
            self.times.forget_typed()
        elif answers.spot is None:
            answers = replace(answers, since=request.day)
        if answers.patient_id is None:
            self.patient.line.setFocus()
        self._answers = answers
        self._go_on(book=False)

    def open_draft(self, answers: Answers, said: str = "") -> None:
        """Go on with what was answered elsewhere; ``said``: why it could not be booked there."""
        self.reset()
        self.set_title(tr("New visit"))
        self._openings, self._time_answered = False, answers.spot is not None
        self._answers = replace(answers, count=MORE)
        if answers.patient_id is not None:
            self.patient.show_patient(answers.patient_id)
        self._lost_before = said
        self._go_on(book=False)

    def _begin(self, patient_id: int | None) -> None:
        if patient_id is None:
            self._begin_anew()
        elif self._waits(patient_id):
            self._put_back()
        elif patient_id != self._answers.patient_id:
            self.reset()

    def _begin_anew(self) -> None:
        """Empty, with the draft that was left one key away."""
        answers, waits = self._answers, self._former
        if answers.patient_id is not None:
            answers = replace(answers, note=self.note.text().strip())
            waits = Draft(answers, self._time_answered, self.patient.card.name.text())
        self.reset()
        self._former = waits
        if waits is not None:
            self.patient.begin(waits.name)

    def _waits(self, patient_id: int) -> bool:
        """Whether a draft for that patient waits."""
        return self._former is not None and self._former.answers.patient_id == patient_id

    def _resume(self) -> None:
        """Back to the draft that waits, as it was left."""
        self._put_back()
        self.book.setFocus()
        self._go_on(book=False)

    def _put_back(self) -> None:
        draft, self._former = self._former, None
        if draft is not None and draft.answers.patient_id is not None:
            self._answers, self._time_answered = draft.answers, draft.time_answered
            self.note.setText(draft.answers.note)
            self.patient.show_patient(draft.answers.patient_id)

    def reset(self) -> None:
        """Forget the draft."""
        self._former = None
        self._answers = Answers(since=self._desk.today())
        self._time_answered = self._going_on = self._book_when_read = False
        self.note.clear()
        self.driver.reset()
        self.times.forget_typed()
        self._reader.cancel()
        self._seen = Look(self._answers)
        self.patient.ask()
        self.show_look(self._seen)

    def take_slot(self, day: date, minute: int, room_id: int | None) -> None:
        """Somebody pointed at a free cell of the board."""
        self._time_picked(Spot(WallTime(day, minute), room_id))

    def take_row(self, number: int) -> None:
        """Somebody pointed at the ghost of one of the times."""
        if 0 <= number < len(self.times.spots):
            self._time_picked(self.times.spots[number])

    def holds(self) -> str:
        """A booking in which somebody has answered more than for whom."""
        answers, about = self._answers, self._seen.about
        more = self._time_answered or answers.driver_answered or bool(self.note.text().strip())
        if about is None or answers.patient_id is None or not more:
            return ""
        return tr("The visit of {patient}").format(patient=about.patient.name)

    @property
    def has_draft(self) -> bool:
        """Whether somebody is being booked here: whom for is enough, for whoever takes the desk over."""
        return self._on_show and self._answers.patient_id is not None

    @property
    def seen(self) -> Look:
        """The booking as it was last read."""
        return self._seen

    @property
    def answers(self) -> Answers:
        return self._answers

    # Answers.

    def _patient_chosen(self, patient_id: int, at_once: bool) -> None:
        if self._waits(patient_id) and not at_once and not self._time_answered:
            self._resume()
            return
        self._former = None
        keep = replace(self._answers, patient_id=patient_id, plan=None, driver_answered=False)
        self._answers = keep if at_once or self._time_answered else replace(keep, spot=None)
        self.driver.reset()
        self.book.setFocus()
        if at_once:
            self.confirm()
        else:
            self._go_on(book=False)

    def _patient_dropped(self) -> None:
        if self._answers.patient_id is not None:
            self._change(patient_id=None, plan=None, driver_answered=False)

    def _type_picked(self, code: str) -> None:
        keeps = self._time_answered or code == (self._seen.type.code if self._seen.type else "")
        self._answers = replace(self._answers, type_code=code, spot=self._answers.spot if keeps else None)
        self._go_on(book=False)

    def _time_moved(self, spot: Spot) -> None:
        if spot != self._standing():
            self.times.forget_typed()
            self._change(spot=spot)

    def _time_picked(self, spot: Spot) -> None:
        self._take_time(spot)
        self._go_on(book=False)

    def _time_entered(self, spot: Spot) -> None:
        self._take_time(spot)
        self._go_on(book=True)

    def _take_time(self, spot: Spot) -> None:
        self._time_answered = True
        self._answers = replace(self._answers, spot=spot)
        self.times.forget_typed()

    def _time_typed(self, when: When) -> None:
        if when.minute is not None:
            self._time_answered = True
            self._change(spot=Spot(WallTime(when.day, when.minute)), since=when.day, half="")
        else:
            self._time_answered = False
            self._change(spot=None, since=when.day, half=when.half)

    def _typed_through(self) -> None:
        """Of a day without a time the list follows once its times are read: those that stand there yet may
        be of another day."""
        if not self.times.line.understood:
            self.times.say_not_understood()
        else:
            self._go_on(book=False)

    def _more_times(self) -> None:
        self._change(count=self._answers.count + MORE)

    def _driver_picked(self, plan: GoingHomePlan | None) -> None:
        self._take_driver(plan)
        self._go_on(book=False)

    def _driver_entered(self, plan: GoingHomePlan | None) -> None:
        self._take_driver(plan)
        self._go_on(book=True)

    def _take_driver(self, plan: GoingHomePlan | None) -> None:
        self._answers = replace(self._answers, plan=plan, driver_answered=True)

    def _noted(self) -> None:
        if self.note.text().strip() != self._answers.note:
            self._change(note=self.note.text().strip())

    def _change(self, **changes: object) -> None:
        self._answers = replace(self._answers, **changes)  # type: ignore[arg-type]  # replace checks the names
        self._look()

    # Reading.

    def _go_on(self, *, book: bool) -> None:
        """Read how things stand, then go to the next open question, or book when none is open."""
        self._going_on, self._book_when_read = True, book
        self._stood = QApplication.focusWidget()
        self._look()

    def _look(self) -> None:
        overlap = may(self._desk.actor, Right.OVERRIDE_RULE)
        self._answers = replace(self._answers, may_overlap=overlap)
        self._stand_on()
        self._reader.read(partial(look, self._desk.store, self._desk.now(), self._answers))

    def _others_changed(self, _changes: object) -> None:
        self._world_changed()

    def _world_changed(self) -> None:
        if self.isVisible():
            self._look()

    def _read(self, seen: Look) -> None:
        if seen.answers != self._answers:
            return  # the draft was left meanwhile
        self._seen = seen
        writes = self._went_to_write()
        self.show_look(seen)
        self._stand_on()
        if self._lost_before:
            self._lost(self._lost_before)
            self._lost_before = ""
        self.looked.emit(seen)
        if self._going_on:
            book, self._going_on, self._book_when_read = self._book_when_read, False, False
            self._next(book=book, stay=writes)

    def _stand_on(self) -> None:
        """Which day a typed time is on: where the booking stands, else from when on it looks."""
        stands = self._standing()
        self.times.stand_on(stands.at.day if stands else self._answers.since)

    def _standing(self) -> Spot | None:
        """The time that was pointed at or typed, else the one that is shown; None while what is shown was
        read for other answers than these: nobody has seen a time for them yet."""
        shown = self._seen.spot if self._seen.answers == self._answers else None
        return self._answers.spot or shown

    def _went_to_write(self) -> bool:
        """Whether somebody went to a line of the panel since it was asked how things stand."""
        now = QApplication.focusWidget()
        return isinstance(now, QLineEdit) and now is not self._stood and self.isAncestorOf(now)

    def _not_read(self, problem: ClinicProblem) -> None:
        self._going_on = self._book_when_read = False
        if self._seen.about is None:  # who was chosen since is not asked for once more
            self.show_look(replace(self._seen, answers=self._answers))
        show_problem(problem)

    def _stay(self) -> None:
        """Somebody types: what is being read takes no focus away from them, and what they said before is not
        booked: they mean what they type."""
        self._going_on = self._book_when_read = False

    def _typed_on_panel(self, text: str) -> bool:
        """Into the field that is open: whom it is for, else when."""
        if self.patient.caller.isVisible():
            return False
        if self.patient.asking:
            self.patient.start_typing(text)
        else:
            self.times.start_typing(text)
        return True

    def _next(self, *, book: bool, stay: bool) -> None:
        """stay: the focus is left where somebody writes."""
        if self._open():
            if not stay:
                self._go_to_open()
        elif book and flow.refused(self._seen):
            (self.said.override if self.said.override.isVisible() else self.book).setFocus()
        elif book:
            self._book()
        elif not stay:
            self.book.setFocus()

    def _open(self) -> str:
        return flow.first_open(
            self._seen,
            self._desk.setup,
            time_answered=self._time_answered,
            time_first=self._openings,
        )

    def _pressed_too_early(self) -> None:
        """Something is missing; whom the list shows as found is chosen by the button, too."""
        if self.patient.highlighted() is not None:
            self.confirm()
        elif self._seen.answers != self._answers:
            self._go_on(book=False)  # what is missing is not known yet
        else:
            self._go_to_open()

    def _go_to_open(self) -> None:
        question = self._open()
        if question == flow.PATIENT and self.patient.asking:
            self.patient.line.setFocus()
        elif question == flow.TYPE:
            self.types.focus()
        elif question == flow.TIME:
            (self.times.list if self._seen.offers else self.times.line).setFocus()
        elif question == flow.DRIVER:
            self.driver.list.setFocus()
        elif flow.refused(self._seen) and self.said.override.isVisible():
            self.said.override.setFocus()

    # Booking.

    def confirm(self) -> None:
        """Book as soon as nothing is open: the shown time counts as taken, and it is that one that is booked,
        whatever is the first by then."""
        highlighted = self.patient.highlighted()
        if highlighted is not None and not self.patient.certain:
            self.patient.show_patient(highlighted)
            self._patient_chosen(highlighted, False)
            return
        stands = self._standing()
        if highlighted is None and not self.times.line.understood:
            self.times.say_not_understood()  # it may be another patient's name
            self.times.line.setFocus()
            return
        if stands is not None and self._answers.spot is None and self.times.other_than_typed(stands.at):
            self.times.say_other_than_typed()
            self.times.list.setFocus()
            return
        if highlighted is not None:
            self._answers = replace(self._answers, patient_id=highlighted)
            self.patient.show_patient(highlighted)
            self.book.setFocus()
        self._answers = replace(self._answers, note=self.note.text().strip())
        if stands is not None:
            self._answers, self._time_answered = replace(self._answers, spot=stands), True
        if self.driver.list.hasFocus():
            self.driver.take()  # the question was come to: the answer that stands there is meant
        else:
            self._go_on(book=True)

    def _book(self) -> None:
        if not self.book.missing:
            self.saver.save(self._seen, "")

    def _refused(self, findings: Sequence[Finding]) -> None:
        self.said.show_findings(self._desk.actor, findings)
        if may_override(self._desk.actor, findings):
            self.said.override.setFocus()

    def _lost(self, sentence: str) -> None:
        self.said.show_findings(self._desk.actor, (), [Said(sentence, Tone.DANGER)])

    def _take_instead(self, spot: Spot) -> None:
        self._take_time(spot)
        self._go_on(book=True)

    def _ask_reason(self) -> None:
        reasons = [
            ("medical", QT_TR_NOOP("Medical reason")),
            ("patient", QT_TR_NOOP("The patient cannot come another time")),
            ("staffed", QT_TR_NOOP("Staff stay on for this visit")),
        ]
        text = " ".join(one.text for one in self.said.lines)
        words = flow.asked(self._seen, self._desk.today()) if self._seen else tr("Book")
        ReasonDialog.ask(
            self, tr("Book anyway?"), text, reasons, words, partial(self._with_reason, self._seen)
        )

    def _with_reason(self, asked: Look, _code: str, reason: str) -> None:
        """Over the rules that were read, for the booking that was asked about."""
        if asked.answers == self._answers:
            self.saver.save(asked, reason)
        else:
            self._go_on(book=False)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._on_show = False
        self.hidden.emit()
