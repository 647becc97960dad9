"""Which alarms stand for a patient, how late they are and when they sound. Pure, and derived at one moment
from the stamps: every desk says and sounds the same, after a restart too. Only an answer is kept.

Quiet by default. What sounds: a 40-minute pressure that is five minutes late, a limit that was reached, a
call for help; once, then every five minutes until a named person has answered. Other checks, those of an
infusion above all, never sound: five minutes late they are shown on every screen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.treatment.acknowledging import emergency_standing
from clinic_desktop.treatment.alarm_records import AlarmAnswer, AlarmKind, HelpCall
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.due import Due, DueKind, due_of
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.oxygen import oxygen_to_tell
from clinic_desktop.treatment.pressure import Level, fell_twice, level_of, words_of
from clinic_desktop.treatment.sedation import deeply_sedated
from clinic_desktop.treatment.session import when

COMING, LATE, VERY_LATE = -5, 1, 5  # minutes after the time that something is due at
AGAIN = 5  # minutes between two sounds of an alarm that nobody answered

# Checks are late; the rest of what is due is a wait that is over, and nobody is late with it.
CHECKS = {DueKind.PRESSURE_40: AlarmKind.FORTY, DueKind.PRESSURE: AlarmKind.CHECK}


class AlarmLevel(IntEnum):
    """How far something due has come; the higher, the more urgent."""

    NONE = 0
    COMING = 1
    DUE = 2
    LATE = 3
    VERY_LATE = 4
    URGENT = 5  # a limit was reached, or somebody calls for help: from the first moment


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. since: when it was due, the reading was taken or help was called. reading: the pressure, the
    oxygen or the score. told: when the prescriber was told of an emergency that waits for them all the same.
    calls_from: when it sounds first; None where it never does. answer: the first that was given."""

    kind: AlarmKind
    level: AlarmLevel
    since: datetime
    visit_id: int | None = None
    help_id: int | None = None
    room_id: int | None = None
    desk: str = ""
    reading: str = ""
    told: datetime | None = None
    calls_from: datetime | None = None
    answer: AlarmAnswer | None = None

    @property
    def key(self) -> tuple[AlarmKind, int | None, int | None, datetime]:
        """Which alarm it is, whatever its level."""
        return self.kind, self.visit_id, self.help_id, self.since


def due_level(due: Due, now: datetime) -> AlarmLevel:
    """How far something due has come at ``now``, by the minutes that the clock shows."""
    minutes = instant_minute(now) - instant_minute(due.at)
    if due.kind is DueKind.INFUSION_END and minutes >= VERY_LATE:
        return (
            AlarmLevel.LATE
        )  # shown and no alarm: no pump is on the minute, and nobody forgets one that ran on
    if due.kind in CHECKS and minutes >= LATE:
        return AlarmLevel.VERY_LATE if minutes >= VERY_LATE else AlarmLevel.LATE
    if minutes >= 0:
        return AlarmLevel.DUE
    return AlarmLevel.COMING if minutes >= COMING else AlarmLevel.NONE


def alarms_of(care: Care, answers: Iterable[AlarmAnswer] = ()) -> list[Alarm]:
    """What stands for a patient at ``care.at``, the most urgent first; nothing once they have gone."""
    if care.session.ended_at is not None:
        return []
    found = [*_limits(care), *_checks(care)]
    return in_order(_answered(found, answers))


def level_now(alarms: Iterable[Alarm]) -> AlarmLevel:
    """The highest level of these."""
    return max((one.level for one in alarms), default=AlarmLevel.NONE)


def help_alarms(calls: Iterable[HelpCall], answers: Iterable[AlarmAnswer]) -> list[Alarm]:
    """The calls for help that nobody has answered."""
    found = [
        Alarm(
            AlarmKind.HELP,
            AlarmLevel.URGENT,
            one.at,
            help_id=one.id,
            room_id=one.room_id,
            desk=one.desk,
            calls_from=one.at,
        )
        for one in calls
        if one.at is not None
    ]
    return [one for one in _answered(found, answers) if one.answer is None]


def in_order(alarms: Iterable[Alarm]) -> list[Alarm]:
    """The most urgent first: help, then the emergency, deep sedation, oxygen, then what stands longest."""
    rank = list(AlarmKind)
    return sorted(alarms, key=lambda one: (-one.level, -rank.index(one.kind), one.since))


def sounds_by(alarm: Alarm, now: datetime) -> int:
    """How many times it has sounded by ``now``; answered, it sounds no more."""
    if alarm.calls_from is None:
        return 0
    until = now if alarm.answer is None or alarm.answer.at is None else min(now, alarm.answer.at)
    minutes = instant_minute(until) - instant_minute(alarm.calls_from)
    return minutes // AGAIN + 1 if minutes >= 0 else 0


def shown_everywhere(alarm: Alarm, *, mute: bool = False) -> bool:
    """Whether every screen shows it, whatever place is open. mute: a desk that cannot sound shows one level
    earlier what would have sounded."""
    sounds = alarm.kind is not AlarmKind.CHECK
    return alarm.level >= (AlarmLevel.LATE if mute and sounds else AlarmLevel.VERY_LATE)


def _checks(care: Care) -> Iterator[Alarm]:
    for due in due_of(care):
        level = due_level(due, care.at)
        if due.kind not in CHECKS or level is AlarmLevel.NONE:
            continue
        first = care.session.first_dose_at
        calls = None
        if due.kind is DueKind.PRESSURE_40 and first is not None:
            # Charted late, it is late from when it is known.
            given = (one.recorded_at or when(one) for one in care.session.stamps if one.at == first)
            calls = max(due.at + timedelta(minutes=VERY_LATE), min(given))
        yield _of(care, CHECKS[due.kind], level, due.at, calls_from=calls)


def _limits(care: Care) -> Iterator[Alarm]:
    emergency, told = emergency_standing(care), to_tell(care)
    if emergency is not None:
        yield replace(
            _reached(care, AlarmKind.EMERGENCY, emergency, sounds=True), told=told_of(care, emergency)
        )
    if (sedated := deeply_sedated(care)) is not None:
        yield replace(_reached(care, AlarmKind.SEDATION, sedated, sounds=True), reading=str(sedated.score))
    if (low := oxygen_to_tell(care)) is not None:
        yield replace(_reached(care, AlarmKind.OXYGEN, low, sounds=True), reading=str(low.oxygen))
    if told is not None and told is not emergency:
        yield _reached(care, AlarmKind.TELL, told, sounds=not _known_above(care, told))


def _reached(care: Care, kind: AlarmKind, reading: Stamp, *, sounds: bool) -> Alarm:
    known = (reading.recorded_at or when(reading)) if sounds else None
    return _of(care, kind, AlarmLevel.URGENT, when(reading), reading=words_of(reading), calls_from=known)


def _of(care: Care, kind: AlarmKind, level: AlarmLevel, since: datetime, **more: object) -> Alarm:
    made = Alarm(kind, level, since, visit_id=care.visit.id, room_id=care.visit.room_id)
    return replace(made, **more)  # type: ignore[arg-type]  # replace checks the names


def to_tell(care: Care) -> Stamp | None:
    """The last pressure after the dose at the limit for telling, until the prescriber was told of it or has
    accepted it. One no higher than a pressure they know of is not told anew: it is repeated anyway."""
    high = [one for one in care.session.pressures_after if level_of(one, care.limits) >= Level.TELL]
    heard = [one for one in high if _is_known(care, one)]
    return next((one for one in reversed(high) if not any(_no_higher(one, it) for it in heard)), None)


def _is_known(care: Care, reading: Stamp) -> bool:
    """Whether the prescriber was told after it was taken, or accepted it."""
    return told_of(care, reading) is not None or care.accepted(reading, by_prescriber=True)


def told_of(care: Care, reading: Stamp) -> datetime | None:
    """When the prescriber was told after a reading, the last time."""
    told = care.session.told_of(reading)
    return when(told) if told is not None else None


def _known_above(care: Care, reading: Stamp) -> bool:
    """Whether the prescriber knows of a pressure at the limit since it last fell twice: a limit sounds when
    it is reached, not while a pressure that is followed goes up and down around it."""
    readings = care.session.pressures_after
    for count in range(readings.index(reading), 0, -1):
        if fell_twice(readings[:count]):
            return False
        before = readings[count - 1]
        if level_of(before, care.limits) >= Level.TELL and _is_known(care, before):
            return True
    return False


def _no_higher(one: Stamp, other: Stamp) -> bool:
    return (one.systolic or 0) <= (other.systolic or 0) and (one.diastolic or 0) <= (other.diastolic or 0)


def _answered(alarms: Sequence[Alarm], answers: Iterable[AlarmAnswer]) -> list[Alarm]:
    """The alarms, each with the first answer that it was given."""
    given = list(answers)
    return [replace(one, answer=first_answer(one, given)) for one in alarms]


def first_answer(alarm: Alarm, answers: Iterable[AlarmAnswer]) -> AlarmAnswer | None:
    """The first of these that is about ``alarm``. A reading that was corrected since is another one than that
    which was answered; a check is the same before it sounds."""
    since = None if alarm.kind in CHECKS.values() else alarm.calls_from
    mine = (one for one in answers if (one.kind, one.visit_id, one.help_id, one.since) == alarm.key)
    return next((one for one in mine if since is None or one.at is None or one.at >= since), None)
