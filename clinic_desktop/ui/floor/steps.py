"""The next step of a stay: what F5 records, and what a bare clock time is taken for."""

from dataclasses import dataclass

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.scheduling.model import PhaseKind
from clinic_desktop.treatment.acknowledging import waits_for_prescriber
from clinic_desktop.treatment.asking import unasked
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.dosing import old_pressure
from clinic_desktop.treatment.leaving import before_release, forty_done
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.oxygen import low_oxygen
from clinic_desktop.treatment.recording import lacks_right
from clinic_desktop.treatment.rules import FLOOR, FLOOR_IV, SETTLED_BY
from clinic_desktop.treatment.session import devices_planned, minutes_of

K = StampKind


@dataclass(frozen=True, slots=True)
class Step:
    """What whoever acts records next; waits_for: what comes before it, for those of ``roles`` to record."""

    kind: StampKind
    waits_for: StampKind | None = None
    roles: tuple[str, ...] = ()


def step_for(actor: Actor, care: Care) -> Step:
    """The next step that somebody has the right to: a note where there is none."""
    kind = next_step(care)
    missing = lacks_right(actor, care, kind)
    if missing is None:
        return Step(kind)
    if not care.type.is_treatment:
        return Step(K.LEFT if kind is K.IN_ROOM else K.NOTE)  # a talk is over though nobody said it began
    again = kind is K.PRESSURE_ACCEPTED and lacks_right(actor, care, K.VITALS) is None
    return Step(K.VITALS if again else K.NOTE, kind, missing.roles)


def next_step(care: Care) -> StampKind:
    """The kind of the next stamp, whoever records it; a note where nothing is to come."""
    session = care.session
    if session.ended_at is not None:
        return K.INFUSION_STOP if session.left_open else K.NOTE
    if not care.type.is_treatment:
        return _of_a_talk(care)
    if session.dosed:
        return _after_first_dose(care)
    if not session.last(K.ARRIVED):
        return K.ARRIVED
    if not session.last(K.IN_ROOM):
        return K.IN_ROOM
    return _before_dose(care)


def _of_a_talk(care: Care) -> StampKind:
    """Arrived, in the room, over; one without a room is over when it has been held."""
    session, room = care.session, care.visit.room_id is not None
    if room and not session.last(K.ARRIVED, K.IN_ROOM):
        return K.ARRIVED
    return K.IN_ROOM if room and not session.last(K.IN_ROOM) else K.LEFT


def _before_dose(care: Care) -> StampKind:
    if not care.session.last(K.CONSENT):
        return K.CONSENT
    if care.session.pressure_before is None:
        return K.VITALS
    if waits_for_prescriber(care):
        return K.PRESSURE_ACCEPTED
    if low_oxygen(care) or old_pressure(care):
        return K.VITALS
    return K.ANSWERED if unasked(care) else first_dose_kind(care)


def first_dose_kind(care: Care) -> StampKind:
    """An infusion is started, everything else is given as a dose."""
    return K.INFUSION_START if minutes_of(care.type, PhaseKind.INFUSION) else K.DOSE


def _after_first_dose(care: Care) -> StampKind:
    session = care.session
    if waits_for_prescriber(care):
        return K.PRESSURE_ACCEPTED
    if session.running:
        return K.VITALS
    given, ended = len(session.devices), session.since_dose(K.DOSING_ENDED)
    if care.rems and given < devices_planned(care.type) and not ended:
        return K.VITALS if low_oxygen(care) else K.DOSE
    if care.rems and session.first_dose_at and not forty_done(session, session.first_dose_at):
        return K.VITALS
    missing = [one.code for one in before_release(care)]
    if FLOOR.code in missing or FLOOR_IV.code in missing:
        return K.VITALS
    settled_by = (SETTLED_BY[code] for code in missing if code in SETTLED_BY)
    return next(settled_by, K.NOTE if care.undone else K.RELEASED)  # nothing here is a prescriber's answer
