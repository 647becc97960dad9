"""Recording what happened. Permission is asked first; the truth is always saved.

``record`` refuses what the rules speak against. With ``happened`` the person says that it has been
done: it is saved at once with its true time, marked as a deviation, and opens an incident.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_at, instant_minute
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.foundation.intervals import Interval, merged
from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.people.model import Clearance, Patient, Screening
from clinic_desktop.scheduling.model import Override, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.presence import roster_for
from clinic_desktop.scheduling.states import ENDED, PLANNED, VisitState
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.after import follow_up
from clinic_desktop.treatment.model import Incident, Stamp, StampKind
from clinic_desktop.treatment.room_time import make_room
from clinic_desktop.treatment.rules import (
    DOSE_DRIVER,
    DRIVER_AT_RELEASE,
    Care,
    before_dose,
    before_release,
    is_high,
)
from clinic_desktop.treatment.session import standing, state_of

_RIGHT: dict[StampKind, Right] = {
    StampKind.ARRIVED: Right.BOOK,
    StampKind.DRIVER_SEEN: Right.BOOK,
    StampKind.LEFT: Right.BOOK,
    StampKind.NOT_TREATED: Right.BOOK,
    StampKind.NOTE: Right.BOOK,
    StampKind.SHEET_HANDED: Right.PRINT_SHEET,
    StampKind.RELEASED: Right.RELEASE,
    StampKind.SETTLED: Right.RELEASE,
    StampKind.WALKS: Right.RELEASE,
    StampKind.PRESSURE_ACCEPTED: Right.RELEASE,
}
_ASKED = frozenset(
    {StampKind.DOSE, StampKind.INFUSION_START, StampKind.RELEASED, StampKind.PRESSURE_ACCEPTED}
)
_AHEAD = timedelta(minutes=2)  # a desk's clock may run a little before another's


@dataclass(frozen=True, slots=True)
class Recorded:
    """The visit as it stands, its stamps, what was said besides, and the news."""

    visit: Visit
    stamps: tuple[Stamp, ...]
    warnings: tuple[Finding, ...]
    displaced: tuple[Visit, ...]
    changes: Changes


def record(
    store: ScheduleStore, actor: Actor, visit_id: int, stamps: Sequence[Stamp], *, happened: bool = False
) -> Recorded:
    """Save stamps of one visit in one transaction, in order. ``at`` None means now.

    Raises :class:`Refusal` with everything that is missing, unless it has ``happened`` already;
    :class:`BadInput` for slips of the pen; :class:`RightMissing`.
    """
    with store.read() as records:
        day = records.get(Visit, visit_id).day
    with store.write(actor) as unit:
        unit.lock_days([day])
        visit, written, warnings, displaced = write_stamps(unit, visit_id, stamps, happened=happened)
        return Recorded(visit, tuple(written), tuple(warnings), tuple(displaced), unit.commit())


Written = tuple[Visit, list[Stamp], list[Finding], list[Visit]]  # visit, stamps, warnings, displaced visits


def write_stamps(
    unit: ScheduleUnit, visit_id: int, stamps: Sequence[Stamp], *, happened: bool = False
) -> Written:
    """The same inside a transaction of the caller's, who has locked the visit's day and commits."""
    for stamp in stamps:
        require(unit.actor, _RIGHT.get(stamp.kind, Right.RECORD))
    visit = unit.get(Visit, visit_id)
    warnings: list[Finding] = []
    written = []
    for stamp in stamps:
        saved, said = _record_one(unit, visit, stamp, happened)
        written.append(saved)
        warnings += said
    displaced = make_room(unit, _advance(unit, visit))
    visit = unit.get(Visit, visit_id)
    follow_up(unit, visit)
    return visit, written, warnings, displaced


def _record_one(
    unit: ScheduleUnit, visit: Visit, stamp: Stamp, happened: bool
) -> tuple[Stamp, list[Finding]]:
    at, by = stamp.at or unit.at, unit.actor.person_id
    stamp = replace(stamp, visit_id=visit.id, at=at, recorded_at=unit.at, by=by)
    _check(unit, stamp)
    found = _speaks_against(unit, visit, stamp, at)
    against = blocking(found)
    if against and not happened:
        raise Refusal(against)
    codes = tuple(dict.fromkeys(one.code for one in against))
    saved = unit.add(replace(stamp, deviations=codes))
    if codes:
        _open_incident(unit, visit, saved, codes)
    return saved, [one for one in found if one.severity is Severity.WARNING]


def _speaks_against(unit: ScheduleUnit, visit: Visit, stamp: Stamp, at: datetime) -> list[Finding]:
    if stamp.corrects is not None or stamp.kind not in _ASKED:
        return []
    care = care_of(unit, visit, at)
    if stamp.kind is StampKind.PRESSURE_ACCEPTED:
        _only_a_prescriber_before_the_dose(unit.actor, care)
        return []
    return before_release(care) if stamp.kind is StampKind.RELEASED else before_dose(care, stamp.lot)


def _only_a_prescriber_before_the_dose(actor: Actor, care: Care) -> None:
    reading = care.session.last_pressure
    high = reading is not None and is_high(reading)
    if high and not care.session.dosed and Role.PRESCRIBER not in actor.roles:
        raise RightMissing("accept a high pressure before a dose", [Role.PRESCRIBER.value])


def care_of(records: ScheduleRecords, visit: Visit, at: datetime) -> Care:
    """All that the rules of the room look at, for one visit at one instant."""
    setup = records.setup()
    screenings = records.find(Screening, patient_id=visit.patient_id)
    return Care(
        visit=visit,
        type=setup.type_by_id(visit.type_id),
        patient=records.get(Patient, visit.patient_id),
        setup=setup,
        session=standing(records.find(Stamp, visit_id=visit.id)),
        at=at,
        clearances=records.find(Clearance, patient_id=visit.patient_id),
        screening=screenings[-1] if screenings else None,
        overrides=records.find(Override, visit_id=visit.id),
        covered_until=_covered_until(records, visit, at),
    )


def _covered_until(records: ScheduleRecords, visit: Visit, at: datetime) -> datetime | None:
    """Up to when some prescriber is on site without a gap, from ``at`` on."""
    roster = roster_for(records.setup())
    minute = instant_minute(at)
    on_site = merged(
        span for person in roster.with_role(Role.PRESCRIBER) for span in roster.on_site(person, visit.day)
    )
    return next((instant_at(one.end) for one in on_site if _holds(one, minute)), None)


def _holds(span: Interval, minute: int) -> bool:
    return span.start <= minute < span.end


def _advance(unit: ScheduleUnit, visit: Visit) -> Visit:
    """Bring the visit's state up to what the facts say. A held visit stays held until it is settled or a
    deviation was recorded: who is here without a driver is here, and still only held."""
    setup = unit.setup()
    session = standing(unit.find(Stamp, visit_id=visit.id))
    after = state_of(
        session, visit.state if visit.state in PLANNED else VisitState.BOOKED, setup.type_by_id(visit.type_id)
    )
    if (
        visit.state is VisitState.HELD
        and after not in ENDED
        and not _past_the_driver(unit, visit, session.dosed)
    ):
        after = VisitState.HELD
    return visit if after is visit.state else unit.save(replace(visit, state=after))


def _past_the_driver(unit: ScheduleUnit, visit: Visit, dosed: bool) -> bool:
    return dosed and any(one.rule == "driver" for one in unit.find(Override, visit_id=visit.id))


def _open_incident(unit: ScheduleUnit, visit: Visit, stamp: Stamp, codes: tuple[str, ...]) -> None:
    by, at = unit.actor.person_id, unit.at
    unit.add(Incident(visit_id=visit.id, stamp_id=stamp.id, codes=codes, opened_at=at, opened_by=by))
    if DOSE_DRIVER.code in codes:
        # The database keeps a treatment held without a driver unless a trace says why it is not.
        reason = stamp.note or "recorded after the fact"
        unit.add(Override(visit_id=visit.id, rule="driver", by=by, at=at, reason=reason, deviation=True))


def override_driver(
    store: ScheduleStore, actor: Actor, visit_id: int, reason: str, *, at_release: bool = False
) -> Changes:
    """A prescriber, and nobody else, goes over the driver rule, for dosing or for release, with a reason."""
    require(actor, Right.OVERRIDE_DRIVER)
    if Role.PRESCRIBER not in actor.roles:
        raise RightMissing(Right.OVERRIDE_DRIVER.value, [Role.PRESCRIBER.value])
    if not reason.strip():
        raise BadInput({"reason": "Give the reason. It stays on the record and in the day's report."})
    code = DRIVER_AT_RELEASE if at_release else "driver"
    with store.write(actor) as unit:
        unit.because(reason)
        visit = unit.get(Visit, visit_id)
        unit.add(Override(visit_id=visit.id, rule=code, by=actor.person_id, at=unit.at, reason=reason))
        left = visit.held_for - {"driver"}
        if visit.state is VisitState.HELD and not at_release:
            state = VisitState.HELD if left else VisitState.BOOKED
            _advance(unit, unit.save(replace(visit, held_for=left, state=state)))
        return unit.commit()


def _check(unit: ScheduleUnit, stamp: Stamp) -> None:
    """Refuse slips of the pen by field."""
    problems: dict[str, str] = {}
    if stamp.at is not None and stamp.at > unit.at + _AHEAD:
        problems["time"] = "That time is still to come. Record what has happened."
    if stamp.systolic is not None or stamp.diastolic is not None:
        problems |= _pressure_problems(stamp)
    if stamp.pulse is not None and not 20 <= stamp.pulse <= 250:
        problems["pulse"] = "A pulse lies between 20 and 250. Look at it again."
    if stamp.oxygen is not None and not 50 <= stamp.oxygen <= 100:
        problems["oxygen"] = "Oxygen lies between 50 and 100 percent. Look at it again."
    if stamp.kind is StampKind.DOSE and (stamp.dose is None or stamp.dose <= 0):
        problems["dose"] = "Record the dose that was given, in mg."
    if stamp.corrects is not None and not stamp.note.strip():
        problems["note"] = "Say why the saved entry is changed. The old one stays on record."
    if (
        stamp.kind in (StampKind.NOT_TREATED, StampKind.LEFT_EARLY, StampKind.TRANSFERRED)
        and not stamp.note.strip()
    ):
        problems["note"] = "Give the reason."
    if problems:
        raise BadInput(problems)


def _pressure_problems(stamp: Stamp) -> dict[str, str]:
    high, low = stamp.systolic, stamp.diastolic
    if high is None or low is None:
        return {"pressure": "Write both numbers, like 138/84."}
    if not (40 <= high <= 300 and 20 <= low <= 200) or low >= high:
        return {"pressure": "Pressure is written high/low, like 138/84. Look at it again."}
    return {}
