"""A busy day as it might go: 25 visits, two nurses with one pair of hands each, lunch, the telephone, high
pressures and a call for help. It is stepped through minute by minute; the alarms are those of the program.

``python -m tests.treatment.busy_day 200`` counts the sounds of so many days.
"""

import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.alarms import Alarm, sounds_by
from clinic_desktop.treatment.calling import House
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.due import Due, DueKind, due_of
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import standing
from tests.small_clinic import instant
from tests.treatment.cases import LIN, MAYA, K, accepted, care, device, setup, stamp, vitals

VISITS, NURSES = 25, 2
OPEN, CLOSED = instant(8), instant(20)
CODES = ("SP56", "SP56", "SP84", "IVM")  # as often as each comes
PEAKS = (165, 172, 182)  # of three patients, one in eight: the limits are 160 and 180; the others stay below
MINUTE = timedelta(minutes=1)


@dataclass
class Patient:
    """One visit: what was recorded, and how high the pressure goes."""

    care: Care
    start: datetime
    peak: int
    stamps: list[Stamp] = field(default_factory=list)
    seen_to: bool = False  # a nurse is with them

    def add(self, *stamps: Stamp) -> None:
        self.stamps += stamps
        self.care = replace(self.care, whole=standing(self.stamps))

    def at(self, now: datetime) -> Care:
        return self.care.at_time(now, self.care.whole)

    def measured(self, now: datetime, random: Random) -> Stamp:
        """Highest around 40 minutes after the first dose."""
        first = self.at(now).session.first_dose_at
        since = (now - first) / MINUTE if first else -60.0
        high = 124 + (self.peak - 124) * max(0.0, 1 - abs(since - 40) / 60) + random.gauss(0, 3)
        return vitals(now, round(high), round(high * 0.62))


@dataclass
class Task:
    """What a nurse can do now; the lowest rank first."""

    rank: int
    due: datetime
    minutes: int
    patient: Patient
    kinds: tuple[StampKind, ...]


@dataclass
class Nurse:
    busy_until: datetime
    away: list[tuple[datetime, datetime]]
    task: Task | None = None


@dataclass
class Day:
    """``sounds``: the moment and the kind of each. Every computer sounds, so that both nurses hear each.
    ``causes``: the alarms that sounded, once for each time."""

    seed: int
    sounds: list[tuple[datetime, AlarmKind]] = field(default_factory=list)
    causes: list[object] = field(default_factory=list)
    late: int = 0  # minutes of patients with a check that is five minutes late

    def run(self) -> "Day":
        self._random = Random(self.seed)  # noqa: S311 - a day that can be told again
        self._made: dict[object, int] = {}
        self._calls: list[HelpCall] = []
        self._answers: list[AlarmAnswer] = []
        self._to_answer: list[tuple[datetime, Alarm]] = []
        self._patients = self._booked()
        self._nurses = [Nurse(OPEN, self._breaks(n)) for n in range(NURSES)]
        help_at = OPEN + self._random.randrange(60, 480) * MINUTE
        now = OPEN
        while now < CLOSED and not all(one.care.whole.ended_at for one in self._patients):
            if now == help_at:
                self._calls.append(HelpCall(id=1, room_id=1, at=now, by=MAYA))
            self._work(now)
            self._listen(now)
            now += MINUTE
        return self

    def _booked(self) -> list[Patient]:
        clinic, out = setup(), []
        high = dict(zip(self._random.sample(range(VISITS), len(PEAKS)), PEAKS, strict=True))
        for n in range(VISITS):
            code = CODES[n % len(CODES)]
            made = care(code, [], OPEN, setup=clinic)
            start = OPEN + (n * 19 + self._random.randrange(-5, 6) + 5) * MINUTE
            peak = high.get(n, self._random.randrange(126, 152))
            out.append(Patient(replace(made, visit=replace(made.visit, id=n + 1)), start, peak))
        return out

    def _breaks(self, nurse: int) -> list[tuple[datetime, datetime]]:
        """Lunch, one after the other, and the telephone."""
        lunch = instant(12) + nurse * 40 * MINUTE
        calls = [OPEN + self._random.randrange(20, 560) * MINUTE for _ in range(4)]
        return [(lunch, lunch + 30 * MINUTE), *((one, one + 6 * MINUTE) for one in calls)]

    @property
    def still_here(self) -> int:
        return sum(one.care.whole.ended_at is None for one in self._patients)

    # The nurses.

    def _work(self, now: datetime) -> None:
        for nurse in self._nurses:
            if now < nurse.busy_until or any(start <= now < end for start, end in nurse.away):
                continue
            if nurse.task is not None:
                self._done(nurse.task, now)
                nurse.task = None
            tasks = [one for it in self._patients if not it.seen_to for one in self._tasks(it, now)]
            if tasks:
                nurse.task = min(tasks, key=lambda one: (one.rank, one.due))
                nurse.task.patient.seen_to = True
                nurse.busy_until = now + (nurse.task.minutes + self._random.randrange(0, 2)) * MINUTE

    def _tasks(self, one: Patient, now: datetime) -> list[Task]:
        at = one.at(now)
        session = at.session
        if session.ended_at is not None or one.start > now:
            return []
        if session.entered_at is None:
            return [Task(6, one.start, 6, one, (K.ARRIVED, K.IN_ROOM, K.CONSENT, K.VITALS))]
        if not session.dosed:
            kind = K.DOSE if at.rems else K.INFUSION_START
            return [Task(5, one.start, 3, one, (kind,))]
        return [task for due in due_of(at) for task in self._due(one, due, now)]

    def _due(self, one: Patient, due: Due, now: datetime) -> list[Task]:
        early, rank, minutes, kinds = {
            DueKind.DEVICE: (0, 2, 2, (K.DOSE,)),
            DueKind.PRESSURE_40: (4, 1, 3, (K.VITALS,)),
            DueKind.PRESSURE: (2, 3, 2, (K.VITALS,)),
            DueKind.INFUSION_END: (0, 4, 2, (K.INFUSION_STOP,)),
            DueKind.RELEASE: (0, 7, 6, (K.VITALS, K.RELEASED)),
        }[due.kind]
        if due.until is not None and now > due.until:
            kinds = (K.VITALS, K.FORTY_MISSED)
        return [Task(rank, due.at, minutes, one, kinds)] if due.at - early * MINUTE <= now else []

    def _done(self, task: Task, now: datetime) -> None:
        """It is recorded when it is done. A pressure at the limit is told a few minutes later."""
        one = task.patient
        one.seen_to = False
        for kind in task.kinds:
            if kind is K.VITALS:
                one.add(one.measured(now, self._random))
            elif kind is K.DOSE:
                one.add(device(now, len(one.at(now).session.devices) + 1))
            elif kind is K.INFUSION_START:
                one.add(stamp(kind, now, dose=35.0, unit="mg"))
            else:
                one.add(stamp(kind, now))

    # What is heard.

    def _listen(self, now: datetime) -> None:
        for at, alarm in list(self._to_answer):
            if at <= now:
                self._to_answer.remove((at, alarm))
                self._answer(alarm, now)
        here = tuple(one.care for one in self._patients if one.stamps and not one.care.whole.ended_at)
        house = House(here, tuple(self._calls), tuple(self._answers))
        alarms = [one.alarm for one in house.standing(now)]
        self.late += sum(one.kind in (AlarmKind.FORTY, AlarmKind.CHECK) and one.level >= 4 for one in alarms)
        open_ = [one for one in alarms if one.answer is None]
        due = [one for one in open_ if sounds_by(one, now) > self._made.get(one.key, 0)]
        self._made = {one.key: sounds_by(one, now) for one in open_}
        if due:
            self.sounds.append((now, due[0].kind))
            self.causes += [one.key for one in due]
        waiting = {one.key for _, one in self._to_answer}
        for one in due:
            if one.key not in waiting:
                self._to_answer.append((now + self._random.randrange(1, 4) * MINUTE, one))

    def _answer(self, alarm: Alarm, now: datetime) -> None:
        """Somebody goes there. A pressure is told to the prescriber, who acknowledges an emergency."""
        self._answers.append(
            AlarmAnswer(
                kind=alarm.kind,
                visit_id=alarm.visit_id,
                help_id=alarm.help_id,
                since=alarm.since,
                at=now,
                by=MAYA,
            )
        )
        one = next((it for it in self._patients if it.care.visit.id == alarm.visit_id), None)
        if one is not None and alarm.kind in (AlarmKind.TELL, AlarmKind.EMERGENCY):
            one.add(stamp(K.TOLD, now, person="Dr. Lin"))
            if alarm.kind is AlarmKind.EMERGENCY:
                high, low = map(int, alarm.reading.split("/"))
                one.add(accepted(now, high, low, by=LIN))


if __name__ == "__main__":
    days = (len(Day(seed).run().sounds) for seed in range(int(sys.argv[1])))
    for sounds, often in sorted(Counter(days).items()):
        sys.stdout.write(f"{sounds} sounds on {often} days\n")
