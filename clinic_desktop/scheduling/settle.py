"""The heart of every schedule change: ask all rules about the visits as they would be, write them,
take their places, and look at the coverage of each day again. All inside the caller's transaction.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.coverage import House, uncovered
from clinic_desktop.scheduling.driver_hours import driver_away
from clinic_desktop.scheduling.lapse import lapsed
from clinic_desktop.scheduling.model import Claim, Override, Setup, Visit
from clinic_desktop.scheduling.other_visits import beside_others
from clinic_desktop.scheduling.overlaps import Shared, beside, overlaps, without
from clinic_desktop.scheduling.ports import RecordsAt, ScheduleUnit
from clinic_desktop.scheduling.presence import absent, roster_for
from clinic_desktop.scheduling.rules import (
    BEYOND_ORDER,
    DRIVER,
    GAP_LONG,
    OVERLAP,
    Case,
    findings,
    holds,
    state_held_for,
)
from clinic_desktop.scheduling.safe_start import late_start
from clinic_desktop.scheduling.stagger import close_starts
from clinic_desktop.security.rights import Right, may, require

# What a case is made of, and by which field it is found.
_ABOUT_PATIENT: dict[type, str] = {
    Patient: "id",
    Screening: "patient_id",
    Clearance: "patient_id",
    Order: "patient_id",
    Authorization: "patient_id",
    Package: "patient_id",
    DrugMovement: "patient_id",
}


def settle(
    unit: ScheduleUnit, visits: Sequence[Visit], override: str = "", sharing: Collection[int] = ()
) -> tuple[list[Visit], list[Finding]]:
    """Write planned visits, new (id 0) or changed, with their claims.

    Returns them as they stand and the warnings. Raises :class:`Refusal` with every blocking finding
    (a hard one passes with a reason and the right, and leaves an override), :class:`Conflict`, or
    :class:`StaleEdit`. ``sharing``: visits whose places may be shared on purpose. The visits' days must be
    locked, and claims of changed visits given up.
    """
    setup = unit.setup()
    # First of all: while one desk looks at taken places, every other desk waits for the day.
    agreed = frozenset(sharing) if override.strip() and may(unit.actor, Right.OVERRIDE_RULE) else frozenset()
    shared = [_shared(unit, setup, visit, visits, agreed) for visit in visits]
    alone = [
        claim
        for visit, over in zip(visits, shared, strict=True)
        for claim in without(_claims(setup, visit), over)
    ]
    unit.must_be_free(alone, setup.watch_limit)
    found = [all_findings(unit, setup, visit, visits) for visit in visits]
    _let_through(unit, found, override)
    written = [_write(unit, setup, visit, said) for visit, said in zip(visits, found, strict=True)]
    claims = [
        claim
        for visit, over in zip(written, shared, strict=True)
        for claim in _with_overflow(unit, setup, visit, over, override)
    ]
    unit.place([visit.id for visit in written], claims, setup.watch_limit)
    gaps = [_left(unit, visit, cover_gaps(unit, setup, [visit])) for visit in written]
    _let_through(unit, gaps, override)
    for visit, said, gap in zip(written, found, gaps, strict=True):
        _leave_trace(unit, visit, blocking([*said, *gap]), override)
    warnings = [one for said in found for one in said if one.severity in (Severity.WARNING, Severity.HOLD)]
    return written, warnings


def _claims(setup: Setup, visit: Visit) -> tuple[Claim, ...]:
    return claims_of(visit, setup.type_by_id(visit.type_id))


def _shared(
    unit: ScheduleUnit, setup: Setup, visit: Visit, batch: Sequence[Visit], agreed: frozenset[int]
) -> list[Shared]:
    """What the visit takes though others have it: those that were agreed to now, or a reason given before."""
    given = _given(unit, visit)
    if not agreed and not any(one.rule == OVERLAP.code for one in given):
        return []
    found = overlaps(unit, setup, visit, {one.id for one in batch if one.id})
    return [
        one for one in found if beside([one.finding]) <= agreed or not not_passed(visit, given, [one.finding])
    ]


def _with_overflow(
    unit: ScheduleUnit, setup: Setup, visit: Visit, shared: Sequence[Shared], reason: str
) -> list[Claim]:
    """What the written visit claims; for what is shared overflow places, with their trace."""
    claims = _claims(setup, visit)
    if not shared:
        return list(claims)
    asked = [one.finding for one in shared]
    _leave_trace(unit, visit, not_passed(visit, _given(unit, visit), asked), reason)
    given = _given(unit, visit)
    traces = {one: next(o.id for o in given if o.passes(visit, one.finding)) for one in shared}
    return [*without(claims, shared), *(c for one in shared for c in one.overflow(visit.id, traces[one]))]


def all_findings(unit: RecordsAt, setup: Setup, visit: Visit, batch: Sequence[Visit] = ()) -> list[Finding]:
    """All that the rules say about one planned visit, but for what somebody went over already; how it goes
    with coverage is ``cover_gaps``."""
    case = case_of(unit, setup, visit, batch)
    found = [*findings(case), *absent(visit, case.type, setup)]
    if late := late_start(visit, case.type, roster_for(setup)):
        found.append(late)
    if pause := lapsed(case):  # it says what "longer than usual" says, and more
        found = [one for one in found if one.rule is not GAP_LONG] + [pause]
    if away := driver_away(visit, case.type, case.patient, setup, case.before):
        found.append(away)
    found += close_starts(visit, _that_day(unit, visit, batch), setup)
    return _left(unit, visit, found)


def _left(unit: RecordsAt, visit: Visit, found: Sequence[Finding]) -> list[Finding]:
    """The same of the visit's own overrides, which are read only where something was found."""
    return not_passed(visit, _given(unit, visit), found) if found else []


def not_passed(visit: Visit, given: Sequence[Override], found: Iterable[Finding]) -> list[Finding]:
    """The findings about the visit that none of its overrides is permission for."""
    return [one for one in found if not any(other.passes(visit, one) for other in given)]


def _given(unit: RecordsAt, visit: Visit) -> list[Override]:
    return unit.find(Override, visit_id=visit.id) if visit.id else []


def _that_day(unit: RecordsAt, visit: Visit, batch: Sequence[Visit]) -> Iterator[Visit]:
    """Every visit of the day as it would be: those of the batch in place of what is written. Read only when
    somebody asks."""
    changed = {one.id for one in batch if one.id}
    yield from (one for one in unit.find(Visit, day=visit.day) if one.id not in changed)
    yield from (one for one in batch if one.day == visit.day)


def cover_gaps(unit: RecordsAt, setup: Setup, visits: Sequence[Visit]) -> list[Finding]:
    """Where nobody would be on site who must be."""
    house, now = House(setup), instant_minute(unit.at)
    return [gap for visit in visits for gap in uncovered(visit, setup.type_by_id(visit.type_id), house, now)]


def case_of(unit: RecordsAt, setup: Setup, visit: Visit, batch: Sequence[Visit] = ()) -> Case:
    """The case of one visit; visits of the same batch count as the patient's others."""
    unit.read_ahead(visit.patient_id, _ABOUT_PATIENT)
    patient = unit.get(Patient, visit.patient_id)
    screenings = unit.find(Screening, patient_id=patient.id)
    before = unit.find(Visit, id=visit.id, patient_id=patient.id) if visit.id else []
    case = Case(
        visit=visit,
        type=setup.type_by_id(visit.type_id),
        patient=patient,
        setup=setup,
        now_minute=instant_minute(unit.at),
        before=before[0] if before else None,
        clearances=unit.find(Clearance, patient_id=patient.id),
        screening=screenings[-1] if screenings else None,
        types={one.id: one for one in setup.types},
        orders=unit.find(Order, patient_id=patient.id),
        authorizations=unit.find(Authorization, patient_id=patient.id),
        packages=unit.find(Package, patient_id=patient.id),
        movements=unit.find(DrugMovement, patient_id=patient.id),
    )
    return beside_others(unit, case, batch)


def has_driver_override(unit: RecordsAt, visit: Visit) -> bool:
    """Whether a prescriber went over the driver rule for this visit, as it stands now. What merely happened
    without a driver leaves a trace and no permission."""
    given = (one for one in _given(unit, visit) if one.rule == DRIVER.code and not one.deviation)
    return any(one.given_at(visit) for one in given)


def _let_through(unit: ScheduleUnit, found: Iterable[Sequence[Finding]], override: str) -> None:
    """Raises when something was found that may not pass."""
    blocked = _unique(one for said in found for one in blocking(said))
    locked = [one for one in blocked if one.severity is Severity.LOCKED]
    if blocked and (locked or not override.strip()):
        raise Refusal(blocked)
    if blocked:
        require(unit.actor, right_to_pass(blocked))


def right_to_pass(refused: Iterable[Finding]) -> Right:
    """What somebody must have the right to who goes over these with a reason: beyond an order goes only
    whoever may write one, who may go over the rest too."""
    return Right.ORDER if any(one.code in BEYOND_ORDER for one in refused) else Right.OVERRIDE_RULE


def _unique(found: Iterable[Finding]) -> list[Finding]:
    return list({one.sentence(): one for one in found}.values())


def _write(unit: ScheduleUnit, setup: Setup, visit: Visit, said: Sequence[Finding]) -> Visit:
    held_for = holds(said)
    profile = setup.profile_of(setup.type_by_id(visit.type_id))
    visit = changed(visit, held_for=held_for, state=state_held_for(visit, held_for, profile))
    if visit.id:
        return unit.save(visit)
    return unit.add(changed(visit, booked_at=unit.at, booked_by=unit.actor.person_id))


def _leave_trace(unit: ScheduleUnit, visit: Visit, passed: Sequence[Finding], reason: str) -> None:
    unit.add_all([
        Override(
            visit_id=visit.id,
            rule=code,
            by=unit.actor.person_id,
            at=unit.at,
            reason=reason,
            day=visit.day,
            minute=visit.minute,
            scope=scope,
        )
        for code, scope in dict.fromkeys((one.code, one.scope) for one in passed)
    ])  # fmt: skip
