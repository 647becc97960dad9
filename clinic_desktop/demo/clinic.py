"""Makes the demo clinic through the use cases: a month of days behind, a month ahead, this week first.

The same seed and the same day give the same clinic.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from clinic_desktop.demo.diary import IV_A_WEEK, SPRAVATO_A_WEEK, Due, Running, courses, due_on
from clinic_desktop.demo.people import People, staff
from clinic_desktop.demo.sessions import stay, turned_away
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import (
    FixedClock,
    WallTime,
    from_utc_minute,
    instant_at,
    local_day,
    to_utc_minute,
)
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.check_list import answers
from clinic_desktop.people.model import Indication, Patient, Screening, Staff, UsualDriver
from clinic_desktop.people.screenings import review
from clinic_desktop.scheduling import booking, cancelling, holding
from clinic_desktop.scheduling import courses as course_cases
from clinic_desktop.scheduling.availability import Options
from clinic_desktop.scheduling.choices import chosen
from clinic_desktop.scheduling.clearing import Decision, clear
from clinic_desktop.scheduling.defaults import HOURS, ROOMS, write_defaults
from clinic_desktop.scheduling.masks import bits, timeline
from clinic_desktop.scheduling.model import Clinic, ClinicPhone, Course, GoingHomePlan, Visit
from clinic_desktop.scheduling.openings import read
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.pressure_limits import set_limits
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.recording import record

SEED = 20261117
SPAN = timedelta(days=30)
ZONE = "America/Chicago"

Progress = Callable[[int, int], None]  # days made, days altogether


class DemoClinic:
    """The maker. ``store`` must ask ``clock`` for the time: each thing happens at its own moment."""

    def __init__(self, store: ScheduleStore, clock: FixedClock, now: datetime, seed: int = SEED) -> None:
        self._store, self._clock, self._now = store, clock, now
        self._rng = Random(seed)  # noqa: S311 - the same clinic each time is the point
        self.today = local_day(now, ZONE)
        self.first = self.today - SPAN
        self.last = self.today + SPAN
        self._actors: dict[Role, list[Actor]] = {}
        self._running: list[Running] = []
        self._others: list[Patient] = []
        self._cleared: set[tuple[int, str]] = set()

    def week_first(self) -> list[date]:
        """Every working day in the order it is made: this week, then outward from it."""
        monday = self.today - timedelta(days=self.today.weekday())
        days = [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]
        working = [day for day in days if day.weekday() < 5]
        return sorted(
            working, key=lambda day: (not 0 <= (day - monday).days < 7, abs((day - self.today).days), day)
        )

    @property
    def days_this_week(self) -> int:
        """How many of the first days are this week's."""
        monday = self.today - timedelta(days=self.today.weekday())
        return sum(0 <= (day - monday).days < 7 for day in self.week_first())

    def found(self) -> None:
        """The clinic, its rooms and staff, and its patients with what they need to be treated."""
        self._clock.at = self._at(self.first - timedelta(days=40), 9 * 60)
        with self._store.write(PROGRAM) as unit:
            unit.add(_clinic())
            write_defaults(unit)
            unit.add_all(ROOMS)
            for one in staff():
                person = unit.add(one.staff)
                unit.add(replace(one.shift, staff_id=person.id))
                self._actors.setdefault(*_acting(person)).append(Actor(person.id, person.roles, "demo"))
            unit.commit()
        self._set_limits()
        self._admit()

    def _set_limits(self) -> None:
        with self._store.read() as records:
            modalities = records.setup().modalities
        for one in modalities:
            set_limits(self._store, self._one(Role.PRESCRIBER), (one.id, one.version), one.limits)

    def _admit(self) -> None:
        people = People(self._rng)
        weeks = (self.last - self.first).days // 7 + 7
        kinds = {
            "iv": (IV_A_WEEK * weeks, Indication.PTSD, False),
            "spravato": (SPRAVATO_A_WEEK * weeks, Indication.TRD, True),
        }
        pools = {
            kind: [people.patient(indication, self.first, enrolled=rems) for _ in range(count)]
            for kind, (count, indication, rems) in kinds.items()
        }
        others = [people.patient(Indication.ANXIETY, self.first, enrolled=False) for _ in range(70)]
        with self._store.write(self._one(Role.RECEPTIONIST)) as unit:
            pools = {kind: unit.add_all(some) for kind, some in pools.items()}
            self._others = unit.add_all(others)
            unit.commit()
        self._running = courses(self.first, self.last, pools, self._rng)

    def make_day(self, day: date) -> Changes:
        """Book a day as if over the weeks before it, then let it happen as far as it has by now."""
        self._clock.at = self._at(min(day, self.today) - timedelta(days=9), 10 * 60)
        due = sorted(due_on(day, self._running, self._others, self._rng), key=lambda one: one.running is None)
        changes = Changes()
        for one in due:
            changes |= self._book(day, one)
        with self._store.read() as records:
            visits = records.visits_on(day, day)
        for visit in visits:
            changes |= self._live_through(self._fresh(visit.id))
        return changes

    def _fresh(self, visit_id: int) -> Visit:
        """The visit as it is now: an earlier stay may have displaced it."""
        with self._store.read() as records:
            return records.get(Visit, visit_id)

    def _book(self, day: date, due: Due) -> Changes:
        wish = self._wish(day, due)
        if wish is None:
            return Changes()
        self._make_fit(due)
        desk = self._one(Role.RECEPTIONIST)
        try:
            if due.running is None:
                return booking.book(self._store, desk, wish).changes
            return self._book_in_course(desk, due.running, due.number, wish)
        except ClinicProblem:
            return Changes()  # a day that is full stays as it is, like at any clinic

    def _book_in_course(self, desk: Actor, running: Running, number: int, wish: booking.Wish) -> Changes:
        if running.course_id is None:
            with self._store.read() as records:
                template = next(t for t in records.setup().templates if t.code == running.template)
            booked = course_cases.book_course(
                self._store, desk, course_cases.CourseWish(template, [(number, wish)])
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
            options = Options(patient_id=due.patient.id, change_nurse=False)
            line = timeline(day, 1, ZONE)
            free = read(roster_for(setup), visit_type, records.taken, line, options)
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
        """Checked and cleared, when a treatment is booked for the first time."""
        modalities = _MODALITIES.get(due.type_code, ())
        new = [one for one in modalities if (due.patient.id, one) not in self._cleared]
        if not new:
            return
        prescriber = self._one(Role.PRESCRIBER)
        if not any(patient == due.patient.id for patient, _ in self._cleared):
            lines = tuple(replace(item, present=False) for item in answers(None))
            review(self._store, prescriber, Screening(patient_id=due.patient.id, items=lines))
        for modality in new:
            # From before the first day: the days are made out of order.
            began = self.first - timedelta(days=30)
            clear(self._store, prescriber, Decision(due.patient.id, modality, on=began))
            self._cleared.add((due.patient.id, modality))

    def _live_through(self, visit: Visit) -> Changes:
        """What became of a visit, as far as its time has come."""
        fate = self._rng.random()
        self._clock.at = min(self._now, instant_at(visit.start) - timedelta(hours=30))
        if fate < 0.04:
            reason = self._rng.choice((cancelling.CancelReason.PATIENT, cancelling.CancelReason.UNWELL))
            return cancelling.cancel(
                self._store, self._one(Role.RECEPTIONIST), visit.id, visit.version, reason
            ).changes
        changes = Changes()
        if visit.state is VisitState.BOOKED and visit.day <= self.today + timedelta(days=2) and fate < 0.85:
            visit, changes = self._confirmed(visit)
        if instant_at(visit.start) - timedelta(minutes=20) > self._now:
            return changes
        return changes | self._happen(visit, fate)

    def _confirmed(self, visit: Visit) -> tuple[Visit, Changes]:
        desk = self._one(Role.RECEPTIONIST)
        done = holding.confirm_visit(self._store, desk, visit.id, visit.version)
        if visit.plan is None:
            return done.visits[0], done.changes
        also = holding.confirm_driver(self._store, desk, visit.id, done.visits[0].version)
        return also.visits[0], done.changes | also.changes

    def _happen(self, visit: Visit, fate: float) -> Changes:
        self._clock.at = min(self._now, instant_at(visit.end) + timedelta(hours=1))
        desk, nurse = self._one(Role.RECEPTIONIST), self._one(Role.NURSE)
        if visit.state is VisitState.HELD or 0.04 <= fate < 0.07:
            if instant_at(visit.start) > self._clock.at:
                return Changes()
            return cancelling.miss(self._store, desk, visit.id, visit.version).changes
        with self._store.read() as records:
            visit_type = records.setup().type_by_id(visit.type_id)
        turned = 0.07 <= fate < 0.09 and visit_type.is_treatment and instant_at(visit.end) < self._now
        until = self._clock.at
        stamps = turned_away(visit, self._rng) if turned else stay(visit, visit_type, self._rng, until)
        return record(self._store, nurse, visit.id, stamps).changes if stamps else Changes()

    def _at(self, day: date, minute: int) -> datetime:
        return instant_at(to_utc_minute(WallTime(day, minute), ZONE))

    def _one(self, role: Role) -> Actor:
        return self._rng.choice(self._actors[role])


_MODALITIES = {
    "IVM": ("iv",),
    "IVB": ("iv",),
    "IMK": ("im",),
    "SP1": ("spravato",),
    "SP56": ("spravato",),
    "SP84": ("spravato",),
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


def _clinic() -> Clinic:
    hours = (ClinicPhone("(217) 555-0100", "Clinic", "weekdays 8 AM to 5:30 PM"),
             ClinicPhone("(217) 555-0199", "Nurse on call", "all other hours"))  # fmt: skip
    return Clinic(
        name="Prairie Light Clinic (demo)",
        address="12 Orchard Way, Springvale, IL",
        zone=ZONE,
        phones=hours,
        hours=HOURS,
        demo=True,
    )


def _acting(person: Staff) -> tuple[Role, list[Actor]]:
    return next(iter(person.roles)), []
