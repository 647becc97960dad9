"""Asking permission for a stamp, and seeing which permission given earlier would not be given any more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import RightMissing
from clinic_desktop.foundation.rulebook import Finding, blocking
from clinic_desktop.scheduling.attendance import late_by
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dose_facts import rate_says
from clinic_desktop.treatment.dosing import before_dose, before_ending
from clinic_desktop.treatment.driving import must_stay
from clinic_desktop.treatment.entering import before_entering
from clinic_desktop.treatment.going import open_behind
from clinic_desktop.treatment.leaving import before_chair, before_release, stays_high, stays_told
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.moments import after as later
from clinic_desktop.treatment.moving_rooms import before_moving
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.pressure import Level, level_of, limit_words, words_of
from clinic_desktop.treatment.rules import EMERGENCY, LATE_ARRIVAL, TELL_PRESCRIBER
from clinic_desktop.treatment.sedation import sedation_told
from clinic_desktop.treatment.session import Session, when
from clinic_desktop.treatment.vital_rules import OXYGEN_TELL

GATES = (StampKind.DOSE, StampKind.INFUSION_START, StampKind.RELEASED)


def asked(care: Care, stamp: Stamp) -> list[Finding]:
    """What the rules say to a stamp at ``care.at``: what blocks it, and what is told beside it."""
    look = _ASKED.get(stamp.kind)
    return look(care, stamp) if look else []


def _arriving(care: Care, _arrived: Stamp) -> list[Finding]:
    return [*_late(care), *must_stay(care)]


def _late(care: Care) -> list[Finding]:
    """Somebody comes later than the clinic lets pass as in time."""
    minutes = late_by(replace(care.visit, arrived=instant_minute(care.at)), care.setup.policies)
    return [care.says(LATE_ARRIVAL, minutes=minutes)] if minutes else []


def _told(care: Care, reading: Stamp) -> list[Finding]:
    """A pressure or an oxygen after the dose that reaches a limit."""
    return [*_pressure_told(care, reading), *_oxygen_told(care, reading)] if care.session.dosed else []


def _oxygen_told(care: Care, reading: Stamp) -> list[Finding]:
    limit = care.limits.oxygen_low
    if reading.oxygen is None or reading.oxygen > limit:
        return []
    return [care.says(OXYGEN_TELL, oxygen=reading.oxygen, limit=limit)]


def _pressure_told(care: Care, reading: Stamp) -> list[Finding]:
    if reading.systolic is None:
        return []
    level, limits = level_of(reading, care.limits), care.limits
    if level is Level.EMERGENCY:
        return [care.says(EMERGENCY, reading=words_of(reading), limit=limit_words(limits.emergency))]
    if level is Level.TELL:
        again = care.shown(care.at + timedelta(minutes=limits.repeat_minutes))
        return [
            care.says(TELL_PRESCRIBER, reading=words_of(reading), limit=limit_words(limits.tell), time=again)
        ]
    return []


_ASKED: dict[StampKind, Callable[[Care, Stamp], list[Finding]]] = {
    StampKind.ARRIVED: _arriving,
    StampKind.IN_ROOM: lambda care, _stamp: before_entering(care),
    StampKind.MOVED_ROOM: before_moving,
    StampKind.DOSE: before_dose,
    StampKind.INFUSION_START: before_dose,
    StampKind.DOSING_ENDED: lambda care, _stamp: before_ending(care),
    StampKind.RATE: rate_says,
    StampKind.VITALS: _told,
    StampKind.SEDATION: sedation_told,
    StampKind.WAITING: lambda care, _stamp: before_chair(care),
    StampKind.RELEASED: lambda care, _stamp: before_release(care),
    StampKind.LEFT_EARLY: open_behind,
    StampKind.TRANSFERRED: open_behind,
}


def may_accept(actor: Actor, care: Care) -> None:
    """A pressure that waits for a prescriber, or does not fall after a dose, and an oxygen that is too low
    are a prescriber's to accept."""
    if Role.PRESCRIBER in actor.roles:
        return
    if waits_for_prescriber(care) or stays_high(care) or stays_told(care) or low_oxygen(care):
        raise RightMissing("accept a high pressure", [Role.PRESCRIBER.value])


def broken(care: Care, before: Session, after: Session, saved: Stamp) -> tuple[str, ...]:
    """Codes of rules that a gate passed earlier meets no more now that ``saved`` is on record too.

    Both looks are taken with everything else as it is today, so only the entry makes the difference.
    """
    last = before.last(*GATES)
    if last is None or (saved.corrects is None and later(when(saved), when(last))):
        return ()
    new = _held_against(care, after, saved) - _held_against(care, before, saved)
    return tuple(sorted({code for _, code in new}))


def _held_against(care: Care, session: Session, saved: Stamp) -> set[tuple[int, str]]:
    """Every blocking code of every gate, by the number of its stamp; a new gate is judged by itself."""
    out = set()
    for gate in session.all_of(*GATES):
        number = saved.corrects if gate.id == saved.id else gate.id
        if number is not None:
            out |= {(number, code) for code in _against(care, session, gate)}
    return out


def _against(care: Care, session: Session, gate: Stamp) -> set[str]:
    """What speaks against a gate that was passed. An entry that was recorded after a dose with its minute may
    have come before it or after it: held against whoever gave it is only what stands either way. Who was
    released was gone by then.
    """
    then = {one.code for one in blocking(asked(care.at_time(when(gate), session, without=gate.id), gate))}
    if gate.kind is StampKind.RELEASED:
        return then
    return then & {one.code for one in blocking(asked(care.before(gate, session), gate))}
