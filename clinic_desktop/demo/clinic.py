"""Makes the demo clinic through the use cases: a month of days behind, a month ahead, this week first.

The same seed and the same day give the same clinic.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from clinic_desktop.demo.day_after import rung_after
from clinic_desktop.demo.diary import A_DAY, IV_A_WEEK, LONGEST, SPRAVATO_A_WEEK, Diary, Due, Running
from clinic_desktop.demo.fates import Fates
from clinic_desktop.demo.hand import ZONE, Hand
from clinic_desktop.demo.lived import taken_on
from clinic_desktop.demo.paying import settle_paying
from clinic_desktop.demo.people import People, staff
from clinic_desktop.demo.setting import demo_clinic, open_weekdays, shut_and_away, working_days
from clinic_desktop.demo.stock import settle_stock, settle_week
from clinic_desktop.demo.texts import approve_texts, ask_for_a_text
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import (
    FixedClock,
    WallTime,
    from_utc_minute,
    instant_minute,
    to_utc_minute,
)
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.check_list import answers
from clinic_desktop.people.model import Indication, Order, Patient, Screening, UsualDriver
from clinic_desktop.people.screenings import review
from clinic_desktop.scheduling import booking
from clinic_desktop.scheduling import courses as course_cases
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.choices import chosen
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.defaults import ROOMS, write_defaults
from clinic_desktop.scheduling.masks import bits, timeline
from clinic_desktop.scheduling.model import Course, GoingHomePlan, Visit
from clinic_desktop.scheduling.open_visits import stands
from clinic_desktop.scheduling.openings import read
from clinic_desktop.scheduling.ordering import write_order
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.pressure_limits import set_limits
from clinic_desktop.scheduling.set_up import change_set_up
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.progress import note_overruns

SEED = 20261117
SPAN = timedelta(days=30)
DAY = timedelta(days=1)
_CALLERS = 24  # people who are seen for the first time
_OTHERS = 90
_LEFT_TO_PLACE = 3  # visits of courses that wait for a new time

log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]  # days made, days altogether


class DemoClinic:
    """The maker. ``store`` must ask ``clock`` for the time: each thing happens at its own moment."""

    def __init__(self, store: ScheduleStore, clock: FixedClock, now: datetime, seed: int = SEED) -> None:
        rng = Random(seed)  # noqa: S311 - the same clinic each time is the point
        self._hand = hand = Hand(store, clock, now, rng)
        self._store, self._rng = store, rng
        self.today = hand.today
        self.first, self.last = self.today - SPAN, self.today + SPAN
        self._weekdays = open_weekdays(self.today)
        self._diary = Diary(self.first, self.last, self._weekdays, rng)
        self._fates: Fates
        self._others: list[Patient] = []
        self._callers: list[Patient] = []
        self._fit: set[tuple[int, str]] = set()
        self._made: set[date] = set()
        self.stumbled: list[ClinicProblem] = []
        self._waiting = _LEFT_TO_PLACE

    def week_first(self) -> list[date]:
        """Every working day in the order it is made: this week, then outward from it; last what is booked of
        courses beyond the month."""
        days = working_days(self.first, self.last + LONGEST, self._weekdays)
        return sorted(
            days,
            key=lambda day: (day > self.last, not self._is_this_week(day), abs((day - self.today).days), day),
        )

    def _is_this_week(self, day: date) -> bool:
        return 0 <= (day - self._hand.monday).days < 7

    @property
    def days_this_week(self) -> int:
        """How many of the first days are this week's."""
        return sum(map(self._is_this_week, self.week_first()))

    def found(self) -> None:
        """The clinic, its rooms and staff, and its patients with what they need to be treated."""
        hand = self._hand
        hand.goes_to(hand.at(self.first - timedelta(days=40), 9 * 60))
        with self._store.write(PROGRAM) as unit:
            unit.add(demo_clinic(self.today, self._weekdays))
            write_defaults(unit)
            unit.add_all(ROOMS)
            for one in staff():
                person = unit.add(one.staff)
                unit.add(replace(one.shift, staff_id=person.id, weekdays=self._weekdays))
                role = next(iter(person.roles))
                hand.actors.setdefault(role, []).append(Actor(person.id, person.roles, "demo"))
            unit.commit()
        self._close_and_let_go()
        self._set_limits()
        approve_texts(hand)
        ask_for_a_text(hand)
        settle_stock(hand, SPAN + 3 * DAY)
        self._admit()

    def _set_limits(self) -> None:
        with self._store.read() as records:
            modalities = records.setup().modalities
        prescriber = self._hand.one(Role.PRESCRIBER)
        for one in modalities:
            set_limits(self._store, prescriber, (one.id, one.version), one.limits)

    def _close_and_let_go(self) -> None:
        with self._store.read() as records:
            setup = records.setup()
        manager = self._hand.one(Role.MANAGER)
        for edit in shut_and_away(self.today, self._weekdays, setup.rooms, setup.staff):
            change_set_up(self._store, manager, edit)
        with self._store.read() as records:
            setup = records.setup()
        past = [
            day for day in reversed(working_days(self.first, self.today, self._weekdays)) if day < self.today
        ]
        self._fates = Fates(self._hand, setup, {day: n for n, day in enumerate(past, start=1)})

    def _admit(self) -> None:
        people = People(self._rng)
        weeks = len(self._diary.weeks)
        kinds = {
            "iv": (IV_A_WEEK * weeks, Indication.PTSD, False),
            "spravato": (SPRAVATO_A_WEEK * weeks, Indication.TRD, True),
            "others": (_OTHERS, Indication.ANXIETY, False),
            "callers": (_CALLERS, Indication.PTSD, False),
        }
        pools = {
            kind: [people.patient(indication, self.first, enrolled=rems) for _ in range(count)]
            for kind, (count, indication, rems) in kinds.items()
        }
        with self._store.write(self._hand.one(Role.RECEPTIONIST)) as unit:
            pools = {kind: unit.add_all(some) for kind, some in pools.items()}
            unit.commit()
        self._others, self._callers = pools["others"], pools["callers"]
        self._diary.begin(pools, self._hand.monday)

    # A day.

    def make_day(self, day: date) -> Changes:
        """Book a day as if over the weeks before it, then let it happen as far as it has by now."""
        changes = self._book_day(day) | self._vials_of(day)
        with self._store.read() as records:
            visits = records.visits_on(day, day)
        manners = self._fates.manners(visits)
        self._made.add(day)
        for visit in visits:
            spare = not self._may_come_to_nothing(visit)
            try:
                changes |= self._fates.live_through(self._fresh(visit.id), manners[visit.id], spare=spare)
                changes |= rung_after(self._hand, self._fresh(visit.id))
                changes |= self._place_again(self._fresh(visit.id))
            except ClinicProblem as problem:
                # Two stays that cannot both have been: whoever only wants to look is to see all the rest.
                self.stumbled.append(problem)
                log.warning("a visit of the demo clinic stays untold: %s", type(problem).__name__)
        if day == self.today:
            self._hand.goes_to(self._hand.now)
            changes |= note_overruns(self._store, self._hand.one(Role.NURSE), [one.id for one in visits])
        return changes

    def _vials_of(self, day: date) -> Changes:
        """What a week takes came before the first of its days that is made."""
        monday = day - timedelta(days=day.weekday())
        days = [one for one in working_days(monday, monday + 6 * DAY, self._weekdays) if one >= self.first]
        if day > self.today or not self._made.isdisjoint(days):
            return Changes()
        return settle_week(self._hand, days)

    def _book_day(self, day: date) -> Changes:
        changes, there = Changes(), 0
        with self._store.read() as records:
            there = len(records.visits_on(day, day))
        now = from_utc_minute(instant_minute(self._hand.now), ZONE).minute
        shown = self._diary.at_work(self._others, now) if day == self.today else []
        for due in (*shown, *self._diary.courses_on(day)):
            booked = self._book(day, due)
            there, changes = there + bool(booked), changes | (booked or Changes())
            if booked is None and due.running is not None:
                changes |= self._book_elsewhere(due.running, due.number, day)
        if day > self.last:
            return changes
        if day > self.today:
            changes |= self._new_caller(day)
        wanted = A_DAY + self._rng.randrange(-1, 3)
        for due in self._diary.singles(self._others):
            if there >= wanted:
                break
            booked = self._book(day, due)
            there, changes = there + bool(booked), changes | (booked or Changes())
        return changes

    def _new_caller(self, day: date) -> Changes:
        """Every third day somebody is seen for the first time, and treated a week later if all is well."""
        if day.toordinal() % 3 or not self._callers:
            return Changes()
        caller = self._callers.pop()
        seen = self._book(day, Due(caller, "CON", 600))
        if not seen:
            return Changes()
        return seen | (self._book(day + 7 * DAY, Due(caller, "IVM", 660), cleared=False) or Changes())

    def _fresh(self, visit_id: int) -> Visit:
        """The visit as it is now: an earlier stay may have displaced it."""
        with self._store.read() as records:
            return records.get(Visit, visit_id)

    # Booking.

    def _book(
        self, day: date, due: Due, *, cleared: bool = True, called: datetime | None = None
    ) -> Changes | None:
        """Booked when somebody called, else nine days ahead; None where the day has no time left for it."""
        self._hand.goes_to(called or self._hand.at(min(day, self.today) - 9 * DAY, 10 * 60))
        wish = self._wish(day, due)
        if wish is None:
            return None
        if cleared:
            self._make_fit(due)
        desk = self._hand.one(Role.RECEPTIONIST)
        try:
            if due.running is None:
                return booking.book(self._store, desk, wish).changes
            return self._book_in_course(desk, due.running, due.number, wish)
        except ClinicProblem:
            return None

    def _book_in_course(self, desk: Actor, running: Running, number: int, wish: booking.Wish) -> Changes:
        if running.course_id is None:
            with self._store.read() as records:
                template = next(t for t in records.setup().templates if t.code == running.template)
            booked = course_cases.book_course(
                self._store, desk, course_cases.CourseWish(template, [(number, wish)], beside=True)
            )
            running.course_id = booked.visits[0].course_id
            return booked.changes
        with self._store.read() as records:
            course = records.get(Course, running.course_id)
        return course_cases.place_rest(self._store, desk, course, [(number, wish)]).changes

    def _wish(self, day: date, due: Due) -> booking.Wish | None:
        """The free time nearest to the one they like."""
        with self._store.read() as records:
            setup = records.setup()
            visit_type = setup.type_by_code(due.type_code)
            room = setup.rooms[due.room - 1].id if due.room else None
            options = Options(patient_id=due.patient.id, change_nurse=False, wish_room=room)
            line = timeline(day, 1, ZONE)
            source = taken_on(records, setup, day) if day in self._made else records.taken
            free = read(roster_for(setup), visit_type, source, line, options)
        starts = bits(free.starts(visit_type, options))
        if not starts:
            return None
        wanted = to_utc_minute(WallTime(day, due.minute), ZONE)
        bit = min(starts, key=lambda one: abs(line.minute(one) - wanted))
        choice = chosen(free, visit_type, bit, options)
        at = from_utc_minute(choice.start, ZONE)
        return booking.Wish(
            due.patient.id, due.type_code, day, at.minute, at.fold, choice.room_id,
            choice.nurse_id, choice.prescriber_id, choice.therapist_id,
            plan=self._plan(due) if visit_type.is_treatment else None,
        )  # fmt: skip

    def _plan(self, due: Due) -> GoingHomePlan | None:
        """Mostly the usual driver; some have nobody yet."""
        if not due.patient.drivers or self._rng.random() < 0.07:
            return None
        driver: UsualDriver = due.patient.drivers[0]
        return GoingHomePlan(driver.kind, driver.name, driver.phone, driver.relationship, adult=True)

    def _make_fit(self, due: Due) -> None:
        """Checked, cleared and ordered, when a treatment is booked for the first time."""
        treatment = _TREATMENTS.get(due.type_code)
        if treatment is None or (due.patient.id, treatment.modality) in self._fit:
            return
        prescriber = self._hand.one(Role.PRESCRIBER)
        if not any(patient == due.patient.id for patient, _ in self._fit):
            lines = tuple(replace(item, present=False) for item in answers(None))
            review(self._store, prescriber, Screening(patient_id=due.patient.id, items=lines))
        # From before the first day: the days are made out of order.
        began = self.first - timedelta(days=30)
        clear(self._store, prescriber, Decision(due.patient.id, treatment.modality, on=began))
        mg = due.running.mg if due.running else 45
        write_order(self._store, prescriber, replace(treatment, patient_id=due.patient.id, dose=mg))
        self._fates.doses[due.patient.id] = mg
        self._fit.add((due.patient.id, treatment.modality))
        if due.running is not None:
            booked_at = self._hand.clock.at
            settle_paying(self._hand, due.running)
            self._hand.goes_to(booked_at)

    # Courses go on.

    def _may_come_to_nothing(self, visit: Visit) -> bool:
        """Whether a visit may be cancelled: single ones, and those of a course that fit another day before
        the next; a few others wait on the to-place list."""
        if visit.course_id is None or self._waiting > 0:
            return True
        return bool(self._other_days(self._course_of(visit), visit.course_no or 1, visit.day))

    def _place_again(self, visit: Visit) -> Changes:
        """A visit of a course that came to nothing has a new time, before the next one of the course."""
        if visit.course_id is None or stands(visit):
            return Changes()
        told = 15 * 60 if visit.state is VisitState.CANCELLED else 17 * 60
        called = self._hand.at(visit.day - DAY if visit.state is VisitState.CANCELLED else visit.day, told)
        return self._book_elsewhere(self._course_of(visit), visit.course_no or 1, visit.day, called)

    def _book_elsewhere(
        self, running: Running, number: int, day: date, called: datetime | None = None
    ) -> Changes:
        """On another day than was meant."""
        due = Due(running.patient, running.type_codes[number - 1], running.minute, running, number)
        for other in self._other_days(running, number, day):
            if other == self.today and other in self._made:
                continue  # who has been displaced today has no room: nobody else is put there
            booked = self._book(other, due, called=called)
            if booked is not None:
                also = self._live_again(other, running, number) if other in self._made else Changes()
                return booked | also
        self._waiting -= 1
        return Changes()

    def _live_again(self, day: date, running: Running, number: int) -> Changes:
        """The day was made already: what was placed on it later happens too."""
        with self._store.read() as records:
            visits = records.visits_on(day, day)
        new = next(
            one
            for one in visits
            if one.course_id == running.course_id and one.course_no == number and stands(one)
        )
        lived = self._fates.live_through(new, self._fates.manners([new])[new.id], spare=True)
        return lived | rung_after(self._hand, self._fresh(new.id))

    def _course_of(self, visit: Visit) -> Running:
        return next(one for one in self._diary.running if one.course_id == visit.course_id)

    def _other_days(self, running: Running, number: int, day: date) -> list[date]:
        """Working days after one on which a visit keeps a clear day to the next of its course."""
        after = running.day_after(number)
        latest = after - 2 * DAY if after else day + 3 * DAY
        return working_days(day + DAY, latest, self._weekdays)


_TREATMENTS = {
    **dict.fromkeys(("IVM", "IVB"), Order(modality="iv", drug="ketamine", route="IV", interval_days=2)),
    "IMK": Order(modality="im", drug="ketamine", route="IM"),
    **dict.fromkeys(
        ("SP1", "SP56", "SP84"), Order(modality="spravato", drug="esketamine", route="nasal", interval_days=2)
    ),
}


def make_all(store: ScheduleStore, clock: FixedClock, now: datetime, progress: Progress) -> None:
    """The whole demo clinic at once."""
    maker = DemoClinic(store, clock, now)
    maker.found()
    for _ in make_days(maker, progress):
        pass


def make_days(maker: DemoClinic, progress: Progress, days: Sequence[date] | None = None) -> Iterator[Changes]:
    """Make days one by one; each step answers what it changed."""
    wanted = maker.week_first() if days is None else list(days)
    for count, day in enumerate(wanted, start=1):
        yield maker.make_day(day)
        progress(count, len(wanted))
