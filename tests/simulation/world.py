"""A month as it might go, told by a seed: people come late or not at all, rooms are not free, pressures are
high, checks are late, drivers are late, somebody walks out. Everything is said to the clinic through its use
cases, as the people at the desk and in the rooms would say it.

What was sent, and which alarms stood whenever somebody looked, is written down here for the judge; it decides
nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import count
from pathlib import Path
from random import Random

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_at
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.cancelling import CancelReason, cancel, miss
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.scoring import record_scores
from clinic_desktop.treatment.alarms import Alarm
from clinic_desktop.treatment.answers import Answer
from clinic_desktop.treatment.calling import answer_alarm, call_for_help, read_house
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from tests.simulation.clinic import DAYS, days, month_clinic
from tests.small_clinic import BEA, at
from tests.treatment.cases import ALL_NO

K = StampKind
LOT = "12K345"
STEP = timedelta(minutes=1)
LAST_TRIES = 24  # times somebody comes back to what was refused

# How often, in a hundred: of what is random in a stay.
PAPER = 70  # quiet stays whose first hour is charted in one line, from paper
NO_SHOW, CANCELLED, HIGH_BEFORE, LOW_OXYGEN, TOO_SOON = 6, 3, 15, 3, 15
LATE_CHECK, HIGH_AFTER, TELL_AFTER, EMERGENCY_AFTER = 14, 10, 5, 2
WALK_OUT, HANDED_OVER, LATE_DRIVER, OTHER_DRIVER, HELP, SCORED = 4, 1, 12, 4, 1, 20
EMERGENCY_BEFORE = 3
UNASKED, HALF_ASKED, ATE, DRANK, SPRAYED, TOOK, NOT_KNOWN, PREGNANT = 4, 3, 6, 3, 3, 4, 4, 1
LOOKS = 4  # a day, at any moment

_ANSWERS = frozenset({
    "dose-not-asked", "dose-food", "dose-liquid", "dose-spray", "dose-fasting", "dose-listed",
    "dose-pregnancy", "dose-pregnant",
})  # fmt: skip

Moments = Iterator[datetime]


@dataclass(frozen=True)
class Sent:
    """A fact that was said, at ``said``, and not refused. answers: to what, yes or no or not known, and since
    when."""

    visit_id: int
    kind: str
    at: datetime
    said: datetime
    by: int
    systolic: int | None
    diastolic: int | None
    oxygen: int | None
    lot: str
    person: str
    note: str
    reason: str
    answers: tuple[tuple[str, bool | None, datetime | None], ...] = ()


@dataclass(frozen=True)
class Heard:
    """An alarm as the program derived it."""

    kind: str
    visit_id: int | None
    help_id: int | None
    since: datetime
    level: int
    answered: bool


@dataclass(frozen=True)
class Look:
    """Somebody looked at the alarms of the house, when so many facts, calls and answers had been said."""

    at: datetime
    sent: int
    calls: int
    answers: int
    alarms: frozenset[Heard]


@dataclass(frozen=True)
class Said:
    """A call for help, or the answer to an alarm."""

    kind: str
    visit_id: int | None
    help_id: int | None
    since: datetime
    at: datetime


@dataclass
class Month:
    """``sent``: every fact. ``looks``: the alarms of the house whenever somebody looked. ``said_no``: how
    often each rule refused."""

    seed: int
    folder: Path
    length: int = DAYS
    sent: list[Sent] = field(default_factory=list)
    ended: dict[int, str] = field(default_factory=dict)  # visits that did not take place
    looks: list[Look] = field(default_factory=list)
    answers: list[Said] = field(default_factory=list)
    calls: list[datetime] = field(default_factory=list)
    said_no: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)  # what kept somebody from the next device

    @property
    def path(self) -> Path:
        return self.folder / "clinic.sqlite"

    def run(self) -> "Month":
        self.random = Random(self.seed)  # noqa: S311 - a month that can be told again
        self.clinic = month_clinic(self.path)
        with self.clinic.store.read() as records:
            booked = records.find(Visit)
            self.codes = {one.id: one.code for one in records.setup().types}
        for day in days()[: self.length]:
            self._day([one for one in booked if one.day == day])
        self.clinic.store.close()
        return self

    def _day(self, visits: list[Visit]) -> None:
        """Everybody's next step, by time."""
        order = count()
        first = at(visits[0].day, 7)
        waiting = [(first, next(order), Stay(self, one).steps()) for one in visits]
        waiting.append((first, next(order), self._looked_in(first)))
        heapify(waiting)
        while waiting:
            now, _, steps = heappop(waiting)
            self.clinic.clock.at = now
            then = next(steps, None)
            if then is not None:
                heappush(waiting, (max(then, now), next(order), steps))

    def _looked_in(self, first: datetime) -> Moments:
        """Somebody comes by and looks, whatever goes on."""
        for minute in sorted(self.random.sample(range(60, 720), LOOKS)):
            yield first + timedelta(minutes=minute, seconds=self.random.randrange(60))
            self.look()

    def look(self) -> list[Alarm]:
        """The alarms of the house as it is on record now."""
        now = self.clinic.clock.now()
        with self.clinic.store.read() as records:
            house = read_house(records, now)
        alarms = [one.alarm for one in house.standing(now)]
        known = len(self.sent), len(self.calls), len(self.answers)
        self.looks.append(Look(now, *known, frozenset(_heard(one) for one in alarms)))
        return alarms

    def answer(self, alarm: Alarm) -> None:
        answer_alarm(self.clinic.store, self.clinic.nurse, alarm)
        now = self.clinic.clock.now()
        self.answers.append(Said(alarm.kind.value, alarm.visit_id, alarm.help_id, alarm.since, now))

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def between(self, least: int, most: int) -> timedelta:
        """So many minutes, and seconds too: nobody does anything on the minute."""
        return timedelta(seconds=self.random.randrange(least * 60, most * 60 + 1))


class Stay:
    """One visit from before the door to after it. ``steps`` says when it goes on."""

    def __init__(self, month: Month, visit: Visit) -> None:
        self.month, self.visit, self.clinic = month, visit, month.clinic
        self.sprayed = month.codes[visit.type_id].startswith("SP")
        self.devices = 3 if month.codes[visit.type_id] == "SP84" else 2
        self.chance, self.between = month.chance, month.between
        self.over = False
        self.measured: list[datetime] = []
        self.reason = ""  # why the dose is given in spite of what was answered

    @property
    def now(self) -> datetime:
        return self.clinic.clock.now()

    # What is said.

    def says(self, *stamps: Stamp, by: Actor | None = None, happened: bool = False) -> list[str]:
        """Say it; the codes of what refused it, and nothing where it was taken."""
        actor = by or self.clinic.nurse
        try:
            record(self.clinic.store, actor, self.visit.id, stamps, happened=happened)
        except Refusal as refusal:
            codes = [one.code for one in refusal.findings]
            self.month.said_no.update(codes)
            return codes
        self.month.sent += [self._sent(one, actor) for one in stamps]
        self.measured += [one.at or self.now for one in stamps if one.kind is K.VITALS]
        return []

    def _sent(self, one: Stamp, actor: Actor) -> Sent:
        numbers = one.systolic, one.diastolic, one.oxygen
        words = one.lot, one.person, one.note, one.reason
        answers = tuple((it.item, it.present, it.since) for it in one.answers)
        when = one.at or self.now, self.now
        return Sent(self.visit.id, one.kind.value, *when, actor.person_id, *numbers, *words, answers)

    def vitals(self, high: int, low: int, oxygen: int = 98, at: datetime | None = None) -> Stamp:
        return Stamp(kind=K.VITALS, at=at, systolic=high, diastolic=low, oxygen=oxygen, pulse=72)

    def usual(self, at: datetime | None = None) -> Stamp:
        return self.vitals(self.month.random.randrange(110, 138), self.month.random.randrange(64, 88), at=at)

    def hears(self) -> list[Alarm]:
        """Look at the alarms, and see to the first of this visit's."""
        mine = [one for one in self.month.look() if one.visit_id == self.visit.id]
        if mine and mine[0].answer is None and self.chance(50):
            self.month.answer(mine[0])
        return mine

    # The stay.

    def steps(self) -> Moments:
        start = instant_at(self.visit.start)
        if self.chance(CANCELLED):
            yield start - self.between(20, 50)
            cancel(self.clinic.store, self.clinic.desk, self.visit.id, self._version(), CancelReason.UNWELL)
            self.month.ended[self.visit.id] = "cancelled"
            return
        if self.chance(NO_SHOW):
            yield start + self.between(30, 60)
            miss(self.clinic.store, self.clinic.desk, self.visit.id, self._version())
            self.month.ended[self.visit.id] = "missed"
            return
        if self.chance(PAPER):
            yield start + timedelta(minutes=62)
            if self._from_paper(start):
                yield from self._home() if not self.walks_out() else ()
                return
        yield start + self.between(-10, 5) + (self.between(5, 35) if self.chance(20) else timedelta())
        self.says(Stamp(kind=K.ARRIVED), by=self.clinic.desk)
        if self.chance(SCORED):
            self._scored()
        yield from self._into_the_room(start)
        if not self.over:
            yield from self._dosed()
        if not self.over:
            yield from self._watched()
        if not self.over:
            yield from self._home()

    def _from_paper(self, start: datetime) -> bool:
        """The first hour as it was written down on paper, with its times; whether it was taken."""

        quiet = self.chance(80)
        answered = ALL_NO if quiet else self.answers(start) or ALL_NO

        def said(kind: StampKind, minute: int) -> Stamp:
            answers = answered if kind is K.ANSWERED else ()
            return Stamp(kind=kind, at=start + timedelta(minutes=minute), answers=answers)

        self.reason = "" if quiet else "as Dr. Lin said"
        given, dose = 20, self.dose()
        self.reason = ""
        came = [said(K.ARRIVED, 0), said(K.IN_ROOM, 16), said(K.CONSENT, 17), said(K.ANSWERED, 17)]
        before = self.usual(start + timedelta(minutes=18))
        if self.sprayed:
            times = [given + 5 * n for n in range(self.devices)]
            doses = [replace(dose, at=start + timedelta(minutes=one)) for one in times]
            doses[1:] = [replace(one, reason="") for one in doses[1:]]
            after = [self.usual(start + timedelta(minutes=given + 39))]
            self.last = start + timedelta(minutes=times[-1])
        else:
            doses = [replace(dose, at=start + timedelta(minutes=given))]
            after = [self.usual(start + timedelta(minutes=given + n)) for n in (10, 20, 30)]
            after += [said(K.INFUSION_STOP, given + 40), said(K.LINE_OUT, given + 40)]
            self.last = start + timedelta(minutes=given + 40)
        return not self.says(*came, before, *doses, *after)

    def _version(self) -> int:
        return self.clinic.visit(self.visit.id).version

    def _scored(self) -> None:
        wanted = self.clinic.type_of(self.visit).scores
        asked = Score(patient_id=self.visit.patient_id, visit_id=self.visit.id, on=self.visit.day, total=6)
        record_scores(
            self.clinic.store, self.clinic.desk, [replace(asked, instrument=one) for one in sorted(wanted)]
        )

    def _into_the_room(self, start: datetime) -> Moments:
        """Whoever cannot come into the room waits; who has waited too long goes home."""
        yield max(self.now, start) + self.between(4, 20)
        high, low = self.chance(HIGH_BEFORE), self.chance(LOW_OXYGEN)
        reading = self.vitals(154 if high else 124, 96 if high else 78, 91 if low else 98)
        if danger := self.chance(EMERGENCY_BEFORE):
            reading = self.vitals(184, 112)
        unseen = [Stamp(kind=K.CONSENT)] if self.chance(95) else []
        if answers := self.answers(self.now):
            unseen.append(Stamp(kind=K.ANSWERED, answers=answers))
        if self.chance(TOO_SOON):
            self.says(self.dose())  # without consent and a pressure
        for _ in range(LAST_TRIES):
            if not self.says(Stamp(kind=K.IN_ROOM), *unseen, reading):
                if danger:
                    self.hears()
                return
            yield self.now + self.between(3, 8)
        self.goes_home("the room was never free")

    def goes_home(self, why: str) -> None:
        self.over = True
        self.says(Stamp(kind=K.NOT_TREATED, note=why))

    def answers(self, now: datetime) -> tuple[Answer, ...]:
        """What the patient says, and when they ate and drank last; nothing where nobody asks."""
        if self.chance(UNASKED):
            return ()
        said = {one.item: one for one in ALL_NO}
        food, liquid = (120, 30) if self.sprayed else (360, 120)  # minutes
        for percent, item, least in ((ATE, "food", food), (DRANK, "liquid", liquid), (SPRAYED, "spray", 60)):
            late = self.chance(percent)
            ago = self.between(5, least) if late else self.between(least + 30, least + 240)
            said[item] = Answer(item, present=True, since=now - ago)
        if self.chance(TOOK):
            said["opioids"] = Answer("opioids", present=True)
        if self.chance(NOT_KNOWN):
            said["pregnancy"] = Answer("pregnancy")
        elif self.chance(PREGNANT):
            said["pregnancy"] = Answer("pregnancy", present=True)
        if self.chance(HALF_ASKED):
            del said["maoi"], said["food"]
        return tuple(said.values())

    def dose(self) -> Stamp:
        if self.sprayed:
            return Stamp(kind=K.DOSE, lot=LOT, reason=self.reason)
        return Stamp(kind=K.INFUSION_START, dose=35.0, unit="mg", reason=self.reason)

    def _dosed(self) -> Moments:
        """The first dose. A high pressure or a low oxygen is taken again, or a prescriber accepts it; what
        was answered is waited for, or the dose is given all the same with a reason; or there is no treatment
        today."""
        for _ in range(4):
            yield self.now + self.between(1, 4)
            if not (refused := self.says(self.dose())):
                self.reason = ""
                return
            if _ANSWERS.intersection(refused):
                yield from self._answered(refused)
            choice = self.month.random.randrange(3)
            if choice == 0:
                self.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=self.clinic.prescriber)
            elif choice == 1:
                yield self.now + self.between(10, 13)
                self.says(self.usual())
        self.goes_home("pressure, oxygen or an answer")

    def _answered(self, refused: list[str]) -> Moments:
        if self.chance(40):
            self.reason = "Dr. Lin knows of it and wants it given"
        elif "dose-not-asked" in refused and self.chance(60):
            self.says(Stamp(kind=K.ANSWERED, answers=ALL_NO))
        else:
            yield self.now + self.between(5, 30)

    def _watched(self) -> Moments:
        if self.sprayed:
            self.first = self.now
            yield from self._devices()
            yield from self._forty()
        else:
            yield from self._infusion()
        if not self.over and self.chance(HELP):
            yield from self._helped()

    def _helped(self) -> Moments:
        """A call for help, to which somebody comes at once or never says that they did."""
        call_for_help(self.clinic.store, self.clinic.nurse, self.visit.room_id)
        self.month.calls.append(self.now)
        number = len(self.month.calls)
        self.month.look()
        if self.chance(70):
            yield self.now + self.between(1, 3)
            calls = [one for one in self.month.look() if one.help_id == number]
            for one in calls:
                self.month.answer(one)
            self.month.look()

    def _devices(self) -> Moments:
        """The next device at least five minutes after the one before; who is too early is told, waits, or
        has done it already."""
        self.last = self.now
        for _ in range(1, self.devices):
            refused = ["not asked yet"]
            if self.chance(TOO_SOON):
                yield self.last + self.between(2, 4)
                refused = self.says(self.dose(), happened=self.chance(30))
            if refused:
                yield self.last + self.between(5, 7)
                refused = self.says(self.dose())
            if refused:  # it stays with what was given
                self.month.stopped.update(refused)
                self.says(Stamp(kind=K.DOSING_ENDED), happened=True)
                return
            self.last = self.now

    def _forty(self) -> Moments:
        """The pressure at 40 minutes: in time, late, or too late."""
        due = self.first + timedelta(minutes=40)
        late = self.chance(LATE_CHECK)
        yield due + (self.between(1, 18) if late else self.between(-4, 0))
        if self.walks_out():
            return
        if late:
            self.hears()
        missed = _minutes(self.now) > _minutes(self.first) + 50
        after = [Stamp(kind=K.FORTY_MISSED, note="busy with somebody else")] if missed else []
        yield from self._measured(*after)

    def _infusion(self) -> Moments:
        """Pressures every ten minutes, two of them charted at once on busy days."""
        begun = self.now
        two = self.chance(70)
        for minute in (10, 20, 30):
            due = begun + timedelta(minutes=minute)
            if two and minute == 20:
                continue
            yield due - self.between(1, 2) if not two or minute == 10 else due
            self.hears_if_late(begun)
            past = [self.usual(begun + timedelta(minutes=19))] if two and minute == 30 else []
            self.says(*past, self.usual())
        yield begun + self.between(39, 43)
        self.hears_if_late(begun)
        self.says(Stamp(kind=K.INFUSION_STOP), Stamp(kind=K.LINE_OUT))
        self.last = self.now
        self.walks_out()

    def hears_if_late(self, begun: datetime) -> None:
        """Somebody who comes when a pressure is late finds the alarm there."""
        since = max([begun, *self.measured])
        if _minutes(self.now) - _minutes(since) > 10:
            self.hears()

    def _measured(self, *also: Stamp) -> Moments:
        """A pressure after the dose. At the limit the prescriber is told, and it is taken again until it fell
        twice."""
        if self.chance(EMERGENCY_AFTER):
            readings = [(186, 112), (158, 94), (146, 88)]
        elif self.chance(TELL_AFTER):
            readings = [(166, 102), (152, 92), (144, 88)]
        elif self.chance(HIGH_AFTER):
            readings = [(150, 88)]
        else:
            readings = [(132, 82)]
        for number, (high, low) in enumerate(readings):
            self.says(self.vitals(high, low), *(also if number == 0 else ()))
            if len(readings) == 1:
                return
            if number == 0:
                self.hears()
                yield self.now + self.between(1, 3)
                self.says(Stamp(kind=K.TOLD, person="Dr. Lin"))
                if high >= 180:
                    self.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=self.clinic.prescriber)
            if number < 2:
                late = self.chance(LATE_CHECK)
                yield self.now + (self.between(11, 16) if late else self.between(6, 8))
                if late:
                    self.hears()

    def walks_out(self) -> bool:
        """Somebody leaves, or is taken to hospital, before they may go."""
        if self.chance(WALK_OUT):
            self.says(Stamp(kind=K.LEFT_EARLY, note="did not want to stay"))
            self.over = True
        elif self.chance(HANDED_OVER):
            self.says(Stamp(kind=K.TRANSFERRED, note="chest pain"))
            self.over = True
        return self.over

    def _home(self) -> Moments:
        """To the release, which is asked for too early, without a driver, and when all is there."""
        floor = self.last + timedelta(minutes=120 if self.sprayed else 30)
        if self.chance(TOO_SOON):
            yield floor - self.between(1, 20)
            self.says(Stamp(kind=K.RELEASED))
        yield floor + self.between(0, 12)
        if self.chance(LATE_DRIVER):
            yield from self._no_driver()
        yield from self._released()

    def _no_driver(self) -> Moments:
        """Ready, and nobody there: released without a driver is refused; the chair is waited in."""
        self.says(*self._checks(), Stamp(kind=K.RELEASED))
        self.says(Stamp(kind=K.READY), Stamp(kind=K.WAITING))
        yield self.now + self.between(10, 80)

    def _checks(self) -> list[Stamp]:
        sheet = Stamp(kind=K.SHEET_HANDED, person="patient and driver")
        signed = [Stamp(kind=one) for one in (K.PRESSURE_ACCEPTED, K.SETTLED, K.WALKS)]
        return [self.usual(), *signed, sheet]

    def _driver(self) -> Stamp:
        if self.chance(OTHER_DRIVER):
            who = {"person": "Al Dunn", "phone": "(217) 555-0177", "adult": True, "fit": True}
            return Stamp(kind=K.DRIVER_SEEN, **who)  # type: ignore[arg-type]  # a neighbour, complete
        return Stamp(kind=K.DRIVER_SEEN, person=BEA.name)

    def _released(self) -> Moments:
        for _ in range(LAST_TRIES):
            refused = self.says(*self._checks(), self._driver(), Stamp(kind=K.RELEASED))
            if not refused:
                return
            if "release-unacknowledged" in refused:
                self.says(Stamp(kind=K.PRESSURE_ACCEPTED), by=self.clinic.prescriber)
            yield self.now + self.between(3, 8)
        raise AssertionError(f"month {self.month.seed}, visit {self.visit.id}: not released, {refused}")


def _heard(one: Alarm) -> Heard:
    answered = one.answer is not None
    return Heard(one.kind.value, one.visit_id, one.help_id, one.since, int(one.level), answered)


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp() // 60)
