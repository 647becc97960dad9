"""Recording what happened. Permission is asked first; the truth is always saved.

``record`` refuses what the rules speak against. With ``happened`` the person says that it has been
done: it is saved at once with its true time, marked as a deviation, and opens an incident.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.foundation.records import changed
from clinic_desktop.foundation.rulebook import Finding, Problems, Severity, blocking
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.security.rights import Right, require
from clinic_desktop.treatment.after import follow_up, open_incident
from clinic_desktop.treatment.ahead import NEW, asked_again
from clinic_desktop.treatment.asking import against_answers
from clinic_desktop.treatment.care import Care, care_of, in_room, with_unanswered
from clinic_desktop.treatment.contradicting import against_record
from clinic_desktop.treatment.earlier import opens_earlier
from clinic_desktop.treatment.gates import asked, broken, may_accept
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.progress import bring_up_to_date, floor_as_set
from clinic_desktop.treatment.rules import DANGER_UNDONE, EARLIER_UNANSWERED, NOT_GIVEN
from clinic_desktop.treatment.session import Session, standing
from clinic_desktop.treatment.slips import correction_slips, filled, slips
from clinic_desktop.treatment.stock import Stock, stock_for
from clinic_desktop.treatment.telling import keep_told, telling_slips
from clinic_desktop.treatment.undone import undoes_danger

RIGHTS: dict[StampKind, Right] = {
    StampKind.ARRIVED: Right.FLOOR,
    StampKind.MOVED_ROOM: Right.FLOOR,
    StampKind.DRIVER_SEEN: Right.FLOOR,
    StampKind.STAYS: Right.FLOOR,
    StampKind.LEFT: Right.FLOOR,
    StampKind.NOT_TREATED: Right.FLOOR,
    StampKind.LEFT_EARLY: Right.FLOOR,
    StampKind.TRANSFERRED: Right.FLOOR,
    StampKind.TOLD: Right.FLOOR,
    StampKind.SAID: Right.FLOOR,
    StampKind.NOTE: Right.FLOOR,
    StampKind.SHEET_HANDED: Right.PRINT_SHEET,
    StampKind.RELEASED: Right.RELEASE,
    StampKind.SETTLED: Right.RELEASE,
    StampKind.WALKS: Right.RELEASE,
    StampKind.LINE_OUT: Right.RELEASE,
    StampKind.DISCHARGE_FORM: Right.RELEASE,
    StampKind.PRESSURE_ACCEPTED: Right.RELEASE,
}


def right_for(kind: StampKind) -> Right:
    """Who may record it. Giving, measuring and judging is for clinicians; coming and going for everybody,
    out of turn too: a receptionist who sees somebody walk out says so."""
    return RIGHTS.get(kind, Right.RECORD)


def lacks_right(actor: Actor, care: Care, kind: StampKind) -> RightMissing | None:
    """Why somebody may not record it as the visit stands, and who may; None when they may."""
    try:
        if kind is StampKind.PRESSURE_ACCEPTED:
            may_accept(actor, care)
        require(actor, right_for(kind))
    except RightMissing as missing:
        return missing
    return None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The visit as it stands, its new stamps, what was said besides, whom it displaced, and the news."""

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
    require(actor, Right.VIEW)
    for one in stamps:
        if one.corrects is None:  # a correction asks for the right to what it corrects: read below
            require(actor, right_for(one.kind))
    with store.write(actor) as unit:
        unit.lock_days([unit.get(Visit, visit_id).day])
        written = write_stamps(unit, visit_id, stamps, happened=happened)
        return Recorded(
            written.visit,
            tuple(written.stamps),
            tuple(written.warnings),
            tuple(written.displaced),
            unit.commit(),
        )


@dataclass(slots=True)
class Written:
    """The same before it is committed. in_spite: what speaks against a dose that is given with a reason, but
    for what the stamp says that it was given in spite of (``warned``)."""

    visit: Visit
    stamps: list[Stamp] = field(default_factory=list)
    warnings: list[Finding] = field(default_factory=list)
    in_spite: list[Finding] = field(default_factory=list)
    displaced: list[Visit] = field(default_factory=list)


def write_stamps(
    unit: ScheduleUnit, visit_id: int, stamps: Sequence[Stamp], *, happened: bool = False
) -> Written:
    """The same inside a transaction of the caller's, who has locked the visit's day and commits."""
    visit = unit.get(Visit, visit_id)
    there = unit.find(Stamp, visit_id=visit_id)
    care = replace(care_of(unit, visit, unit.at, there), stock=_stock(unit, there, stamps))
    written, session = Written(visit), standing(there)
    judged: list[Stamp] = []
    refused: list[Finding] = []
    for stamp in stamps:
        if stamp.kind is StampKind.RELEASED and refused:
            break  # nobody is let go by what is not saved
        if stamp.kind is StampKind.RELEASED and judged:
            written.stamps += _keep(unit, visit, judged)
            judged, session = [], standing([*there, *written.stamps])
            care = with_unanswered(unit, care, [*there, *written.stamps])
            visit, displaced = bring_up_to_date(unit, visit, session)  # the database judges by it
            written.displaced += displaced
        elif stamp.kind is StampKind.RELEASED:
            visit = floor_as_set(unit, visit, session)
        on_record = [*there, *written.stamps, *judged]
        new, said, soft, against = _judge(unit, care, session, stamp, on_record, happened=happened)
        judged.append(new)
        written.warnings += said
        written.in_spite += [one for one in soft if one.code not in stamp.warned]
        refused += against
        session = session.with_new(new)
    if refused:  # all or nothing, with everything that speaks against any of them
        raise Refusal(_each_once(refused))
    written.stamps += _keep(unit, visit, judged)
    session = standing([*there, *written.stamps])
    written.visit, displaced = bring_up_to_date(unit, visit, session)
    written.displaced += displaced
    follow_up(unit, written.visit, session)
    return written


def _keep(unit: ScheduleUnit, visit: Visit, judged: Sequence[Stamp]) -> list[Stamp]:
    """Write stamps that nothing speaks against, with what each leaves to be signed or answered."""
    saved = unit.add_all([changed(one, id=0) for one in judged])
    for one in saved:
        keep_told(unit, visit, one)
        if one.deviations:
            open_incident(unit, visit.id, one.id, one.deviations)
    return saved


def _stock(unit: ScheduleUnit, there: Sequence[Stamp], new: Sequence[Stamp]) -> Stock | None:
    """Looked up only where a dose is recorded: other entries say nothing of a lot."""
    given = any(one.kind is StampKind.DOSE for one in new)
    return stock_for(unit, [*there, *new]) if given else None


def _judge(
    unit: ScheduleUnit,
    care: Care,
    whole: Session,
    stamp: Stamp,
    on_record: Sequence[Stamp],
    *,
    happened: bool,
) -> tuple[Stamp, list[Finding], list[Finding], list[Finding]]:
    """The stamp as it is to be written, numbered after all of its moment; what is told beside it, what its
    reason goes past, and what refuses it: then the caller saves nothing."""
    require(unit.actor, _right(whole, stamp))
    typed, at = stamp.at is not None, min(stamp.at or unit.at, unit.at)
    now, care = care.at_time(unit.at, whole), care.at_time(at, whole)
    _may_correct(unit.actor, care, stamp)
    if stamp.kind in (StampKind.IN_ROOM, StampKind.MOVED_ROOM):
        care = in_room(unit, care, stamp.room_id or care.visit.room_id)
    if said := filled(care, stamp):
        stamp = replace(stamp, **said)  # type: ignore[arg-type]  # replace checks the names
    told = telling_slips(care, stamp, unit.actor)
    if problems := slips(care, stamp, unit.at) | _correcting(whole, stamp) | told:
        raise BadInput(problems)
    found = _speaks(unit.actor, care, stamp)
    number = NEW + sum(one.id >= NEW for one in on_record)
    who = unit.actor.person_id
    new = changed(stamp, id=number, visit_id=care.visit.id, at=at, recorded_at=unit.at, by=who)
    after = whole.with_new(new)
    asks = asked_again(care, new, after, typed=typed)
    soft = against_answers(care, new)  # a reason goes past these; it opens no incident
    asks += [] if stamp.reason.strip() else soft
    if against := _refusing(care, stamp, blocking(found), asks, happened=happened):
        return new, [], soft, against
    codes = tuple(dict.fromkeys([*stamp.deviations, *(one.code for one in blocking(found))]))
    # What a correction, or an entry charted late, takes away from a gate passed before.
    if opens_earlier(on_record, new, care.type, care.setup):
        codes += (EARLIER_UNANSWERED.code,)
    if undoes_danger(unit.actor, now, after, new):
        codes += (DANGER_UNDONE.code,)
    codes += tuple(code for code in broken(care, whole, after, new) if code not in codes)
    if stamp.reason.strip():
        unit.because(stamp.reason)
    warned = stamp.warned if stamp.corrects is not None else tuple(one.code for one in soft)
    new = changed(new, deviations=codes, warned=warned)
    return new, [one for one in found if one.severity is Severity.WARNING], soft, []


def _refusing(
    care: Care, stamp: Stamp, blocks: list[Finding], asks: list[Finding], *, happened: bool
) -> list[Finding]:
    """What keeps a stamp from being saved. A release is the permission itself: who has gone without it has
    left before release."""
    if not happened:
        return [*blocks, *asks]
    return [*blocks, care.says(NOT_GIVEN)] if blocks and stamp.kind is StampKind.RELEASED else []


def _each_once(findings: list[Finding]) -> list[Finding]:
    """The same sentence of two entries is said once."""
    return list({one.sentence(): one for one in findings}.values())


def _may_correct(actor: Actor, care: Care, stamp: Stamp) -> None:
    """Who corrects an acceptance signs it: a prescriber's stays a prescriber's. Anybody may strike it out."""
    old = next((one for one in care.whole.stamps if one.id == stamp.corrects), None)
    if old is None or stamp.kind is not StampKind.PRESSURE_ACCEPTED or Role.PRESCRIBER in actor.roles:
        return
    if old.told_by is None and care.is_prescriber(old.by):
        raise RightMissing("accept a high pressure", [Role.PRESCRIBER.value])


def _right(whole: Session, stamp: Stamp) -> Right:
    """A correction asks for the right to what it corrects."""
    corrected = next((one.kind for one in whole.stamps if one.id == stamp.corrects), stamp.kind)
    return right_for(corrected)


def _correcting(whole: Session, stamp: Stamp) -> Problems:
    return {} if stamp.corrects is None else correction_slips(whole, stamp)


def _speaks(actor: Actor, care: Care, stamp: Stamp) -> list[Finding]:
    """A correction is not asked for permission: it says how it was."""
    if stamp.corrects is not None:
        return []
    if stamp.kind is StampKind.PRESSURE_ACCEPTED and stamp.told_by is None:
        may_accept(actor, care)
    also = against_record(care) if stamp.kind is StampKind.RELEASED else []
    return [*also, *asked(care, stamp)]
