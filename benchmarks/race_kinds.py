"""What is raced for: every kind of claim, a whole course, a move, a swap, and coverage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from benchmarks.race_clinic import ACTOR, RaceClinic
from benchmarks.racing import Kind, day_of, minute_of
from clinic_desktop.foundation.errors import ClinicProblem, Conflict, Refusal, StaleEdit
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.booking import Wish, book
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.model import Course, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.rules import COVER_PRESCRIBER
from clinic_desktop.scheduling.set_up import Edit, WouldStrand, change_set_up
from clinic_desktop.scheduling.states import LIVE

WATCH_LIMIT = 3


class Booking:
    """Everybody books at the same time: one room, one patient, one nurse's hands or watching places."""

    def __init__(self, name: str, code: str, limit: int = 1) -> None:
        self.name, self.code, self.limit = name, code, limit

    def winners(self, racers: int) -> int:
        return min(self.limit, racers)

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None:
        """Nothing has to be there."""

    def look(self, clinic: RaceClinic, spot: int, racer: int) -> object:
        return clinic.day_rows(day_of(spot))

    def _wish(self, clinic: RaceClinic, spot: int, racer: int) -> Wish:
        day, minute = day_of(spot), minute_of(spot)
        wish = clinic.wish(self.code, day, minute, racer)
        match self.name:
            case "room":
                return replace(wish, room_id=clinic.rooms[0])
            case "patient":
                return replace(wish, patient_id=clinic.patients[0])
        return replace(wish, nurse_id=clinic.nurses[0])

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        book(clinic.store, ACTOR, self._wish(clinic, spot, racer))

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        return conflict_told(clinic, spot, refusal, self.name)

    def stored(self, clinic: RaceClinic, spot: int) -> int:
        return len([one for one in visits_at(clinic, spot) if self._same(clinic, one)])

    def _same(self, clinic: RaceClinic, visit: Visit) -> bool:
        return visit.type_id == clinic.setup.type_by_code(self.code).id


def visits_at(clinic: RaceClinic, spot: int) -> list[Visit]:
    rows = clinic.day_rows(day_of(spot))
    return [row.visit for row in rows if row.visit.minute == minute_of(spot) and row.visit.state in LIVE]


def conflict_told(clinic: RaceClinic, spot: int, refusal: ClinicProblem, kind: str) -> str:
    """A loser learns what is taken, and by which visit, and that visit is there."""
    if not isinstance(refusal, Conflict):
        return f"not a conflict: {refusal!r}"
    named = [one for one in refusal.taken if one.kind == kind and one.name and one.visit_id]
    if not named:
        return f"the conflict names nothing: {refusal.taken}"
    there = {one.id for one in visits_at(clinic, spot)}
    return "" if {one.visit_id for one in named} <= there else f"named {named}, there are {there}"


class Courses:
    """Everybody books a course of three visits; one has all three, and nobody has a part."""

    name = "course"

    def winners(self, racers: int) -> int:
        return 1

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None:
        """Nothing has to be there."""

    def look(self, clinic: RaceClinic, spot: int, racer: int) -> object:
        return clinic.day_rows(_course_day(spot))

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        first, template = _course_day(spot), clinic.setup.templates[0]
        # Some begin with the day that others end with: days are locked in order, never in a circle.
        days = [first + timedelta(days=2 * n) for n in range(3)]
        ordered = days if racer % 2 else days[::-1]
        wishes = [
            (days.index(day) + 1, clinic.wish("BENCH", day, minute_of(spot), racer, room_id=clinic.rooms[1]))
            for day in ordered
        ]
        book_course(clinic.store, ACTOR, CourseWish(template, wishes))

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        if not isinstance(refusal, Conflict):
            return f"not a conflict: {refusal!r}"
        days = {one.visit_id for one in refusal.taken if one.kind == "room"}
        return "" if len(days) == 3 and None not in days else f"the conflict names {refusal.taken}"

    def stored(self, clinic: RaceClinic, spot: int) -> int:
        first = _course_day(spot)
        with clinic.store.read() as records:
            visits = records.visits_on(first, first + timedelta(days=4))
            courses = {one.id for one in records.find(Course)}
        mine = [one for one in visits if one.course_id and one.minute == minute_of(spot)]
        whole = [one for one in courses if sum(visit.course_id == one for visit in mine) == 3]
        return len(whole) if len(mine) == 3 * len(whole) else 1000  # a part of a course is stored


def _course_day(spot: int) -> date:
    return day_of(0) + timedelta(days=25_000 + 7 * (spot // 8))


class Moves:
    """Everybody has a visit of their own and moves it to one free place."""

    name = "move"

    def winners(self, racers: int) -> int:
        return 1

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None:
        for spot in spots:
            for racer in range(racers):
                room, hour = divmod(racer, 15)
                book(
                    clinic.store,
                    ACTOR,
                    clinic.wish("BENCH", _move_day(spot), 60 * hour, racer, room_id=clinic.rooms[3 + room]),
                )

    def look(self, clinic: RaceClinic, spot: int, racer: int) -> Visit:
        rows = clinic.day_rows(_move_day(spot))
        return next(row.visit for row in rows if row.visit.patient_id == clinic.patients[racer])

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        assert isinstance(seen, Visit)
        move(clinic.store, ACTOR, [to(seen, room_id=clinic.rooms[2], minute=1200)])

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        if not isinstance(refusal, Conflict):
            return f"not a conflict: {refusal!r}"
        named = {one.visit_id for one in refusal.taken if one.kind == "room"}
        return "" if named == {one.id for one in self._there(clinic, spot)} else f"named {refusal.taken}"

    def _there(self, clinic: RaceClinic, spot: int) -> list[Visit]:
        rows = clinic.day_rows(_move_day(spot))
        return [row.visit for row in rows if row.visit.minute == 1200]

    def stored(self, clinic: RaceClinic, spot: int) -> int:
        return len(self._there(clinic, spot))


def _move_day(spot: int) -> date:
    return day_of(0) + timedelta(days=5_000 + spot)


class Swaps:
    """Two visits change rooms; everybody saw them as they were. One swap is done, the others are stale."""

    name = "swap"

    def winners(self, racers: int) -> int:
        return 1

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None:
        for spot in spots:
            for side in range(2):
                wish = clinic.wish("BENCH", _swap_day(spot), 600, side, room_id=clinic.rooms[4 + side])
                book(clinic.store, ACTOR, wish)

    def look(self, clinic: RaceClinic, spot: int, racer: int) -> list[Visit]:
        return [row.visit for row in clinic.day_rows(_swap_day(spot))]

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        assert isinstance(seen, list)
        one, other = sorted(seen, key=lambda visit: visit.id)
        if (one.version, other.version) != (1, 1):
            raise StaleEdit("visit", one.id)  # the screen shows that it is done
        move(clinic.store, ACTOR, [to(one, room_id=other.room_id), to(other, room_id=one.room_id)])

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        return "" if isinstance(refusal, StaleEdit) else f"not a stale edit: {refusal!r}"

    def stored(self, clinic: RaceClinic, spot: int) -> int:
        visits = sorted(self.look(clinic, spot, 0), key=lambda visit: visit.id)
        rooms = [clinic.rooms.index(visit.room_id or 0) - 4 for visit in visits]
        return 1 if rooms == [1, 0] and {visit.version for visit in visits} == {2} else 0


def _swap_day(spot: int) -> date:
    return day_of(0) + timedelta(days=10_000 + spot)


class Coverage:
    """A visit needs a prescriber on site; there are two. Everybody enters one of them as away: whichever
    goes first may, and together they may not."""

    name = "coverage"

    def winners(self, racers: int) -> int:
        return 1

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None:
        for spot in spots:
            book(clinic.store, ACTOR, clinic.wish("COVER", _cover_day(spot), 600, 0))

    def look(self, clinic: RaceClinic, spot: int, racer: int) -> object:
        return self._away(clinic, spot)

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        if racer > 1:
            raise WouldStrand(())  # two desks race; the others only look on
        day = _cover_day(spot)
        away = Absence(staff_id=clinic.prescribers[racer], from_day=day, to_day=day)
        change_set_up(clinic.store, ACTOR, Edit((away,)))

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        return "" if isinstance(refusal, WouldStrand) else f"not told who is stranded: {refusal!r}"

    def _away(self, clinic: RaceClinic, spot: int) -> list[Absence]:
        with clinic.store.read() as records:
            return [one for one in records.setup().absences if one.from_day == _cover_day(spot)]

    def stored(self, clinic: RaceClinic, spot: int) -> int:
        return len(self._away(clinic, spot))


def _cover_day(spot: int) -> date:
    return day_of(0) + timedelta(days=15_000 + spot)


class CoverOrBook(Coverage):
    """One desk books a visit that needs the only prescriber; the other enters that prescriber as away.
    Either the visit is refused, or the absence shows whom it strands."""

    name = "coverage or booking"

    def prepare(self, clinic: RaceClinic, spots: Sequence[int], racers: int) -> None:
        days = [_book_day(spot) for spot in spots]
        away = tuple(Absence(staff_id=clinic.prescribers[1], from_day=day, to_day=day) for day in days)
        change_set_up(clinic.store, ACTOR, Edit(away))

    def act(self, clinic: RaceClinic, spot: int, racer: int, seen: object) -> None:
        day = _book_day(spot)
        if racer > 1:
            raise WouldStrand(())
        if racer == 1:
            book(clinic.store, ACTOR, clinic.wish("COVER", day, 600, 0))
        else:
            away = Absence(staff_id=clinic.prescribers[0], from_day=day, to_day=day)
            change_set_up(clinic.store, ACTOR, Edit((away,)))

    def well_told(self, clinic: RaceClinic, spot: int, refusal: ClinicProblem) -> str:
        codes = [one.code for one in refusal.findings] if isinstance(refusal, Refusal) else []
        told = isinstance(refusal, WouldStrand) or COVER_PRESCRIBER.code in codes
        return "" if told else f"not told: {refusal!r}"

    def stored(self, clinic: RaceClinic, spot: int) -> int:
        day = _book_day(spot)
        with clinic.store.read() as records:
            away = {one.staff_id for one in records.setup().absences if one.from_day == day}
            return len(records.visits_on(day, day)) + (clinic.prescribers[0] in away)


def _book_day(spot: int) -> date:
    return day_of(0) + timedelta(days=20_000 + spot)


KINDS: tuple[Kind, ...] = (
    Booking("room", "BENCH"),
    Booking("patient", "TALK"),
    Booking("hands", "HANDS"),
    Booking("watch", "WATCH", limit=WATCH_LIMIT),
    Courses(),
    Moves(),
    Swaps(),
    Coverage(),
    CoverOrBook(),
)
