"""The course panel: the wishes on top, every visit as a row, and one key that books them all."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.rulebook import Finding, blocking
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.looking_course import (
    CoursePlanWish,
    PlannedCourse,
    next_free_day,
    plan_course,
)
from clinic_desktop.scheduling.looking_patient import About, about
from clinic_desktop.scheduling.looking_to_place import ToPlace, to_place_list
from clinic_desktop.scheduling.planner_alternatives import Instead, usual_minute
from clinic_desktop.scheduling.planner_model import Pin
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.typed_dates import When
from clinic_desktop.ui.board.commands import PLAN
from clinic_desktop.ui.booking.course_choices import BEST
from clinic_desktop.ui.booking.course_fields import Which
from clinic_desktop.ui.booking.course_own import BACK_KEY, OWN_KEY
from clinic_desktop.ui.booking.course_view import CARD_KEY, CourseView, refused
from clinic_desktop.ui.booking.patient_part import CHANGE_KEY
from clinic_desktop.ui.booking.pins import Pins, next_open_day
from clinic_desktop.ui.booking.said_box import Said
from clinic_desktop.ui.booking.saving import CourseSaver
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.pending_notices import WAITLIST_KEY
from clinic_desktop.ui.wording import problem_worded

WIDTH = 548


class CoursePanel(CourseView):
    """``saver.booked`` when it was booked; ``planned`` carries every new :class:`PlannedCourse`."""

    planned = Signal(object, int)  # PlannedCourse, number of the current visit
    card_wanted = Signal(int)  # the patient whose course stands already
    told = Signal(str)
    hidden = Signal()

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(desk, people, parent)
        self._patient_id: int | None = None
        self._about: About | None = None
        self._former: About | None = None  # whose draft waits while somebody else is looked for
        self._first: CoursePlanWish | None = None  # what was asked before anybody changed anything
        self._not_understood = False
        self._best: PlannedCourse | None = None
        self._choice = BEST  # which of the three ways is shown
        self._skipped: frozenset[int] = frozenset()
        self._given_up: frozenset[date] = frozenset()
        self._pins = Pins()
        self._lost = ""
        self._relaxed = False
        self._late = False  # whether open visits come after all that stand
        self._book_when_planned = False
        self._move_when_planned = (
            False  # Enter was pressed on a day and time before there was a visit to move
        )
        self._wanted: Which | None = None
        self._reader: LatestReader[PlannedCourse] = LatestReader(self, self._read, self._not_read)
        self.saver = CourseSaver(desk, self)
        self._connect()

    def _connect(self) -> None:
        self.saver.refused.connect(self._refused)
        self.saver.lost.connect(self._not_booked)
        self.saver.instead.connect(self._book_instead)
        self.patient.chosen.connect(self._patient_chosen)
        self.patient.dropped.connect(self._patient_dropped)
        self.patient.resumed.connect(self._resume)
        self.to_place.chosen.connect(self._entry_chosen)
        self.fields.changed.connect(self._wishes_changed)
        self.driver.changed.connect(self._replan)
        self.rows.moved.connect(self._row_moved)
        self.rows.pin_wanted.connect(self.toggle_pin)
        self.rows.typed.connect(self._typed_on_panel)
        self.rows.skip_wanted.connect(self.toggle_skip)
        self.rows.chosen.connect(self._choose_by_key)
        self.rows.has_focus.connect(self._show_words)
        self.choices.picked.connect(self._choose)
        self.mover.skip_wanted.connect(self._skip_current)
        self.mover.next_free_wanted.connect(self.to_next_free_day)
        self.mover.moved_to.connect(self._moved_to)
        self.mover.shifted.connect(self.shift)
        self.mover.pin_wanted.connect(self._toggle_current)
        self.relax.fired.connect(self._relax)
        self.book.fired.connect(self.confirm)
        self.book.refused.connect(self._pressed_too_early)
        self.book_part.fired.connect(self._book_part)
        self._reader.busy_changed.connect(self._busy.set_busy)
        self._desk.hub.changed.connect(self._others_changed)
        self._desk.setup_changed.connect(self._world_changed)
        self._desk.actor_changed.connect(self._world_changed)
        self.on_typed(self._typed_on_panel)
        self.on_enter(self.mover.line, self._typed_through)
        own = self.fields.own
        self.add_key(OWN_KEY, own.toggle)
        self.add_key(BACK_KEY, self.fields.as_template)
        for line in (self.fields.start, self.fields.clock, own.visits, own.least, own.most):
            self.on_enter(line, self.rows.setFocus)
        self.add_key("Delete", self._skip_current)
        for number in (1, 2, 3):
            self.add_key(str(number), partial(self._choose_by_key, number))
        self.add_key("Space", self._toggle_current)
        for field in self.findChildren(QLineEdit):
            self.where_empty(field, "Delete")
        self.where_empty(self.mover.line, "Delete", "Space")
        self.add_key("Alt+Left", partial(self.shift, -1))
        self.add_key("Alt+Right", partial(self.shift, 1))
        self.mover.line.textChanged.connect(self._typed_on)
        self.add_key("Alt+Down", self.to_next_free_day)
        self.add_key(CHANGE_KEY, self.patient.ask, anywhere=True)
        self.add_key(WAITLIST_KEY, self.patient.to_waitlist)
        self.add_key("Ctrl+N", self.driver.ask_someone)
        self.add_key("Ctrl+Shift+Return", self._book_part)
        self.add_key(CARD_KEY, self._want_card)
        self.card.fired.connect(self._want_card)

    # Opening.

    def open_for(self, patient_id: int | None) -> None:
        """Plan for a patient; without one, look for somebody or take a course that waits to be placed.

        A draft that was left is offered when nobody is named, and goes on when its patient is; one that was
        changed is not dropped for somebody else unasked.
        """
        if patient_id is not None and patient_id != self._patient_id:
            self._ask_first(partial(self._open_for, patient_id))
        else:
            self._open_for(patient_id)

    def _open_for(self, patient_id: int | None) -> None:
        if patient_id is not None and patient_id != self._patient_id:
            if self._former is None or self._former.patient.id != patient_id:
                self._wanted = None
                self._forget_wishes()
            self.patient.show_patient(patient_id)
            self._take_patient(patient_id)
        elif patient_id is None and self._patient_id is not None:
            self._begin_anew(self._about)
        elif self._patient_id is None:
            self.patient.line.setFocus()
            self._read_to_place()
        else:
            self.rows.setFocus()
            self._replan()

    def open_draft(self, planned: PlannedCourse, said: str = "") -> None:
        """Go on with what was asked elsewhere; ``said``: why it could not be booked there."""
        wish = planned.wish
        self.reset()
        self._wanted = Which(planned.template.code, wish.course_id)
        self.fields.show_wishes(wish)
        self._relaxed, self._lost = wish.relaxed, said
        self.patient.show_patient(wish.patient_id)
        self._take_patient(wish.patient_id)

    def open_to_place(self) -> None:
        """Show the courses that wait, whoever was planned for before."""
        self._ask_first(self._open_to_place)

    def _open_to_place(self) -> None:
        self.reset()
        self.patient.line.setFocus()
        self._read_to_place(focus=True)

    def _begin_anew(self, former: About | None) -> None:
        """Empty, with the draft that was left one key away; one whose patient was not read yet is none."""
        if former is None:
            self.reset()
        else:
            self._former, self._patient_id, self._about, self._best = former, None, None, None
            self._reader.cancel()
            self.show_nothing()
            self.patient.begin(former.patient.name)
        self._read_to_place()

    def _resume(self) -> None:
        """Back to the draft that waits, as it was left."""
        if self._former is None:
            return
        self._about, self._former = self._former, None
        self._patient_id = self._about.patient.id
        self.to_place.hide()
        self.patient.show_about(self._about, self._desk.setup)
        self._wishes.show()
        self.rows.setFocus()
        self._replan()

    def reset(self) -> None:
        """Forget the draft."""
        self._patient_id, self._about, self._best, self._wanted = None, None, None, None
        self._forget_wishes()
        self.patient.ask()
        self.show_nothing()

    def _forget_wishes(self) -> None:
        self._former = None
        self._relaxed = self._book_when_planned = False
        self._clear_changes()
        self.fields.reset()
        self.driver.reset()
        self.mover.line.clear()

    # Leaving: the draft stays, and goes on where it was.

    @property
    def _changed(self) -> bool:
        """Whether somebody has pinned, skipped, chosen or wished for anything that would be lost."""
        typed = bool(self.mover.line.text().strip())
        asked = self.wish()
        changed = asked is not None and self._first is not None and replace(asked, late=False) != self._first
        return self._about is not None and (changed or typed or self._choice != BEST)

    def holds(self) -> str:
        if self._about is None:
            return ""
        return tr("The course of {patient}").format(patient=self._about.patient.name)

    def _ask_first(self, go: Callable[[], object]) -> None:
        """Before a changed plan gives way to somebody else's."""
        if not self._changed or self._about is None:
            go()
            return
        title = tr("Leave the plan for {patient}?").format(patient=self._about.patient.name)
        text = tr("None of it is booked, and what was changed in it is lost.")
        verb, stay = tr("Leave the plan"), tr("Go on planning")
        QuestionDialog.ask(self, title, text, verb, go, danger=True, leave=stay)

    @property
    def plan(self) -> PlannedCourse | None:
        """The plan that is shown."""
        return self._plan

    @property
    def _plan(self) -> PlannedCourse | None:
        if self._best is None or not self._choice:
            return self._best
        return self._best.others.get(Instead(self._choice), self._best)

    # The three ways.

    def _choose(self, choice: str) -> None:
        """Show another of the three; it is the one that is booked."""
        self._choice = choice
        if self._plan is not None:
            self._show(self._plan, [])
            self.rows.setFocus()

    def _choose_by_key(self, number: int) -> None:
        if self._plan is None:
            self._typed_on_panel(str(number))  # the first figure of a day or a time
        elif not self.choices.choose(number):
            self.say(tr("There is no such way that is as good."), Tone.INFO)

    def _adopt(self) -> None:
        """Whoever changes a visit of another way works on with that way."""
        shown, best = self._plan, self._best
        if shown is None or best is None or shown is best:
            return
        if self._choice == Instead.TIME.value:
            self.fields.clock.setText(clock_time(usual_minute(shown.plan.placed)))
        else:
            self.fields.days.set_days(())
            self._given_up |= shown.request.excluded - best.request.excluded
        self._choice = BEST

    # Wishes.

    def wish(self) -> CoursePlanWish | None:
        """What is asked now; None while the patient or the course is open."""
        which, home = self.fields.current, self.driver.current
        if self._patient_id is None or which is None:
            return None
        return CoursePlanWish(
            patient_id=self._patient_id,
            template_code=which.template_code,
            earliest=self.fields.start.value or self._desk.today(),
            clock=self.fields.clock.value,
            weekdays=self.fields.days.days(),
            nurse_id=self.fields.nurse_id,
            drivers=home.drivers,
            way_home=home.plan,
            pins=self._pins.value,
            course_id=which.course_id,
            relaxed=self._relaxed,
            late=self._late and bool(self._pins.value),
            half=self.fields.half,
            soonest=self.fields.soonest.isChecked(),
            skipped=self._skipped,
            given_up=self._given_up,
            own=self.fields.own.value,
        )

    def shows(self, planned: PlannedCourse) -> bool:
        """Whether nothing was asked anew since that plan."""
        wish = self.wish()
        return wish is not None and replace(wish, late=planned.wish.late) == planned.wish

    def _patient_chosen(self, patient_id: int, at_once: bool) -> None:
        self._wanted = None
        self._take_patient(patient_id)
        self._book_when_planned = at_once

    def _take_patient(self, patient_id: int) -> None:
        if self._former is not None and self._former.patient.id == patient_id:
            self._resume()
            return
        if self._former is not None or self._patient_id is not None:
            self._forget_wishes()  # they were somebody else's
        self._patient_id, self._about, self._best = patient_id, None, None
        self._clear_changes()
        self.mover.line.clear()
        self.rows.set_rows(())  # they were somebody else's, too
        self.mover.show_row(None, None)
        self.mover.show()  # what is typed before there is a plan stands in it
        self.to_place.hide()
        self.book.setText(tr("Book all: planning"))  # what stood there was somebody else's
        self.book.set_missing([tr("planning")])
        self.book_part.hide()
        self.rows.setFocus()
        work = partial(_about, self._desk.store, patient_id, self._desk.today())
        run(self, work, self._known)

    def _patient_dropped(self) -> None:
        if self._changed:
            self._begin_anew(self._about)  # one key away
        elif self._patient_id is not None:
            self._patient_id, self._about, self._best = None, None, None
            self._clear_changes()
            self.show_nothing()

    def _entry_chosen(self, entry: ToPlace) -> None:
        self._wanted = Which(entry.stand.course.template_code, entry.stand.course.id)
        self.patient.show_patient(entry.patient.id)
        self._take_patient(entry.patient.id)

    def _known(self, known: About) -> None:
        if known.patient.id != self._patient_id:
            return
        setup, book = self._desk.setup, self._book_when_planned
        self._about = known
        self.patient.show_about(known, setup)
        self.fields.show_courses(setup, known)
        if self._wanted is not None:
            self.fields.choose(self._wanted)
        which = self.fields.current
        profile = None
        if which is not None:
            template = next(one for one in setup.templates if one.code == which.template_code)
            profile = setup.profile_of(setup.type_by_code(template.type_codes[0]))
        self.driver.show_drivers(known.drivers, profile)
        self._wishes.show()
        self._first = self.wish()
        self._plan_anew()
        self._book_when_planned = book  # what has just been filled in was nobody's second thought

    def _wishes_changed(self) -> None:
        self._choice, self._given_up = BEST, frozenset()
        if self.sender() is self.fields and self._plan is not None:
            which, planned = self.fields.current, self._plan.wish
            if which and (which.template_code, which.course_id) != (planned.template_code, planned.course_id):
                self._clear_changes()
                self._relaxed = False
        self._replan()

    def _relax(self) -> None:
        self._relaxed = not self._relaxed
        self._replan()

    def _clear_changes(self) -> None:
        """Forget what was done to single visits."""
        self._pins.clear()
        self._choice, self._skipped, self._given_up = BEST, frozenset(), frozenset()

    # Pins.

    def toggle_pin(self, no: int) -> None:
        """Hold a visit where it is, or let it go again."""
        shown = self._plan
        self._adopt()
        self._pins.toggle(no, shown)
        self._replan()

    def toggle_skip(self, no: int) -> None:
        """Leave a visit for the to-place list, or plan it again."""
        row = self.rows.current
        if row is None or not row.movable:
            self._say_booked(no)
        elif no == 1:
            self.say(tr("The first visit cannot be skipped: the others count from it."), Tone.INFO)
        else:
            self._adopt()
            self._skipped ^= {no}
            self._replan()

    def _skip_current(self) -> None:
        if self.rows.current is not None:
            self.toggle_skip(self.rows.current.no)

    def to_next_free_day(self) -> None:
        """Put the current visit on the next day that has room for it, inside what the course allows."""
        row, plan = self.rows.current, self._plan
        if row is not None and row.movable and row.placed and plan is not None:
            run(
                self, partial(next_free_day, self._desk.store, plan, row.no), partial(self._next_free, row.no)
            )

    def _next_free(self, no: int, here: Pin | None) -> None:
        if here is None:
            words = tr("Visit {no} has no later free day between the visits beside it.")
            self.say(words.format(no=no), Tone.WARN)
        else:
            self._put(here.no, here.day, here.minute)

    def _toggle_current(self) -> None:
        if self.rows.current is not None:
            self.toggle_pin(self.rows.current.no)

    def shift(self, days: int) -> None:
        """Put the current visit on the next open day before or after, and plan the rest around it."""
        row = self.rows.current
        here = self._pins.where(row.no, self._plan) if row is not None and row.movable else None
        if here is None:
            return
        day = next_open_day(self._desk.setup, here.day, days, self._desk.today())
        if day is not None:
            self._put(here.no, day, here.minute)

    def _moved_to(self, when: When) -> None:
        row = self.rows.current
        if row is None or not row.movable:
            self.mover.line.set_value(when)
            self._say_booked(row.no if row else 1)
            return
        here = self._pins.where(row.no, self._plan)
        minute = when.minute if when.minute is not None else here.minute if here else None
        self.rows.setFocus()
        if minute is None:
            self.say(tr("Type a day and a time, such as thu 10:15."), Tone.WARN)
        else:
            self._put(row.no, when.day, minute)

    def _typed_on_panel(self, text: str) -> bool:
        """Into the field that is open: whom it is for, else where a visit goes."""
        if self.patient.caller.isVisible():
            return False
        if self.patient.asking:
            self.patient.start_typing(text)
        elif self._patient_id is not None:
            self.mover.start_typing(text)
        else:
            return False
        return True

    def _typed_through(self) -> None:
        if self._best is None and self.mover.line.value is not None:
            self._move_when_planned = True
            return
        self._not_understood = not self.mover.enter()
        if self._not_understood:
            self._say_not_understood()

    def _say_booked(self, no: int) -> None:
        self.say(tr("Visit {no} is booked already. Cancel it on the board.").format(no=no), Tone.INFO)

    def _say_not_understood(self) -> None:
        pattern = tr(
            "“{text}” is no day or time here. Write thu 10:15, +1w or 12/4. {key} looks for another patient."
        )
        text, self._not_understood = self.mover.line.text().strip(), True
        self.say(pattern.format(text=text, key=key_text(CHANGE_KEY)), Tone.DANGER)

    def _typed_on(self) -> None:
        """What was said of the words before is over; what the rules say stands again. Nothing is booked
        over words that nobody took yet: they may be another patient's name."""
        self._move_when_planned = False
        if self._plan is None:
            return
        self._show_buttons(self._plan)
        if self._not_understood:
            self._not_understood = False
            self._show_said(self._plan, [])

    def _put(self, no: int, day: date, minute: int) -> None:
        self._adopt()
        self._pins.put(no, day, minute)
        self._replan()

    def take_slot(self, day: date, minute: int) -> None:
        """Somebody pointed at a free cell of the board: the current visit goes there."""
        row = self.rows.current
        if row is not None and row.movable:
            self._put(row.no, day, minute)

    def take_ghost(self, number: int) -> None:
        """Somebody pointed at the ghost of a visit."""
        if self._plan is not None and 0 <= number < len(self._plan.plan.placed):
            self.rows.set_current(self._plan.plan.placed[number].no)
            self.rows.setFocus()

    # Planning.

    def _replan(self) -> None:
        """Somebody asks for something else: what they said to book before is not what they mean now."""
        self._book_when_planned = False
        self._plan_anew()

    def _plan_anew(self) -> None:
        wish = self.wish()
        if wish is None:
            return
        if problem := self.fields.unread():
            self._reader.cancel()  # it answers what was asked before, and could be booked in place of this
            self._cannot_plan(problem)
            return
        self._reader.read(partial(plan_course, self._desk.store, self._desk.now(), wish))

    def _others_changed(self, _changes: object) -> None:
        self._world_changed()

    def _world_changed(self) -> None:
        if self.isVisible() and self._plan is not None:
            self._plan_anew()

    def _read(self, planned: PlannedCourse) -> None:
        if planned.wish.patient_id != self._patient_id:
            return
        self._best = planned
        if self._choice and Instead(self._choice) not in planned.others:
            self._choice = BEST
        if planned.wish.late != self._late:
            self._late = planned.wish.late
            self._pins.take(planned.wish.pins)
        self._show(self._plan or planned, [Said(self._lost, Tone.DANGER)] if self._lost else [])
        self._lost = ""
        if self._move_when_planned:
            self._move_first()
        if self._book_when_planned:
            self._book_when_planned = False
            if not planned.beside:  # that is read before anything is booked
                self.confirm()

    def _move_first(self) -> None:
        """Where somebody typed ahead of the plan, the first visit goes that can."""
        self._move_when_planned = False
        row = self.rows.current
        if row is None or not row.movable:
            self.rows.set_current(next((one.no for one in self.rows.rows if one.movable), 0))
        self._typed_through()

    def _show(self, shown: PlannedCourse, first: Sequence[Said]) -> None:
        self.show_plan(shown, first)
        if self._best is not None:
            self.choices.show_plans(self._best, self._choice)
        self._row_moved(self.rows.current.no if self.rows.current else 0)

    def _not_read(self, problem: ClinicProblem) -> None:
        self._book_when_planned = self._move_when_planned = False
        self._cannot_plan(problem_worded(problem))

    def _cannot_plan(self, why: str) -> None:
        """What is asked is no plan; the one before is not booked in its place."""
        self.say(why, Tone.DANGER)
        self.book.set_missing([why])
        self.book_part.hide()

    def tell(self) -> None:
        """What is planned, once more: for whoever draws it."""
        if self._plan is not None:
            row = self.rows.current
            self.planned.emit(self._plan, row.no if row else 0)

    def _row_moved(self, no: int) -> None:
        here = self._pins.where(no, self._plan)
        row = self.rows.current
        self.mover.show_row(row, here.day if here else None)
        self.fields.own.show_visit(no, movable=row is not None and row.movable)
        self.tell()

    # Booking.

    def confirm(self) -> None:
        """Book the whole course; while it is being planned, as soon as it is."""
        highlighted = self.patient.highlighted()
        if highlighted is not None:
            self.patient.show_patient(highlighted)
            self._patient_chosen(highlighted, self.patient.certain)
        elif self.mover.line.text().strip():
            self._say_not_taken()
        elif self._reader.busy or self._plan is None:
            self._book_when_planned = self._patient_id is not None
        elif not self.book.missing:
            self.saver.save(self._plan)

    def _pressed_too_early(self) -> None:
        if self.mover.line.text().strip():
            self._say_not_taken()

    def _say_not_taken(self) -> None:
        """Words stand in the line for a day and time."""
        if not self.mover.line.understood:
            self._say_not_understood()
        else:
            pattern = tr("“{text}” is not taken yet: Enter in that line moves the visit there.")
            self.say(pattern.format(text=self.mover.line.text().strip()), Tone.WARN)
        self.mover.line.setFocus()

    def _book_part(self) -> None:
        plan = self._plan
        if plan is not None and self.mover.line.text().strip():
            self._say_not_taken()
        elif plan is not None and self.book_part.isVisible() and not refused(plan):
            self.saver.save(plan)

    def _want_card(self) -> None:
        if self._patient_id is not None and self.card.isVisible():
            self.card_wanted.emit(self._patient_id)

    def _refused(self, findings: Sequence[Finding]) -> None:
        if not blocking(findings):  # to be known first: another desk booked a course meanwhile
            self._replan()
            return
        self.said.show_findings(self._desk.actor, findings)

    def _book_instead(self, planned: PlannedCourse) -> None:
        """The same course with one visit at another time, after a lost race."""
        self._pins.take(planned.wish.pins)
        self._best, self._choice = planned, BEST
        self._show(planned, [])
        if not self.book.missing:
            self.saver.save(planned)

    def _not_booked(self, why: str) -> None:
        self._lost = why
        self._replan()

    # The to-place list.

    def _read_to_place(self, *, focus: bool = False) -> None:
        run(self, partial(to_place_list, self._desk.store), partial(self._listed, focus))

    def _listed(self, focus: bool, entries: Sequence[ToPlace]) -> None:
        self.to_place.show_entries(entries)
        self.to_place.setVisible(bool(entries) and self._patient_id is None)
        if focus and entries:
            self.to_place.list.setFocus()
        elif focus:
            self.say(tr("No course waits for a time. Plan a new one: choose the patient."), Tone.INFO)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._changed and self._about is not None and self.window().isVisible():
            words = tr("The plan for {patient} waits; {key} goes on with it.")
            key = key_text(PLAN.keys[0])
            self.told.emit(words.format(patient=self._about.patient.name, key=key))
        self.hidden.emit()


def _about(store: ScheduleStore, patient_id: int, today: date) -> About:
    with store.read() as records:
        return about(records, patient_id, today)
