"""Changing the set-up: one transaction, checked, with the coming visits it would strand shown first.

A change that would strand visits is refused with their list until it comes again with ``anyway``: an
absence is a fact and is saved then, and the visits stand on the repair list. No visit is ever moved.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import BadInput, ClinicProblem, StaleEdit
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people.model import Absence, Shift, Staff
from clinic_desktop.scheduling import set_up_checks as checks
from clinic_desktop.scheduling import set_up_modalities as modalities
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling import set_up_types as types
from clinic_desktop.scheduling.model import (
    Clinic,
    Closure,
    CourseTemplate,
    GoingHomeProfile,
    Modality,
    Room,
    Setup,
    VisitType,
)
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.set_up_writing import write
from clinic_desktop.scheduling.stranded import StrandedVisit, stranded
from clinic_desktop.security.account_rules import LAST_MANAGER as LAST_TO_SIGN_IN
from clinic_desktop.security.giving_accounts import last_manager
from clinic_desktop.security.rights import Right, require

Record = (
    Clinic
    | Room
    | Closure
    | Staff
    | Shift
    | Absence
    | Modality
    | VisitType
    | CourseTemplate
    | GoingHomeProfile
)
Removable = Closure | Shift | Absence | Modality
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Edit:
    """What one change writes and takes away. A record with id 0 is new; a shift or an absence of
    staff 0 belongs to the new person of the same edit."""

    write: tuple[Record, ...] = ()
    remove: tuple[Removable, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The records as they stand now, the visits that went to the repair list, and the news."""

    records: tuple[Record, ...]
    stranded: tuple[StrandedVisit, ...]
    changes: Changes


class WouldStrand(ClinicProblem):
    """The change is fine in itself, but coming visits would no longer fit."""

    def __init__(self, visits: Sequence[StrandedVisit]) -> None:
        self.visits = tuple(visits)
        super().__init__([Finding(rules.WOULD_STRAND, {"count": len(self.visits)})])


def change_set_up(store: ScheduleStore, actor: Actor, edit: Edit, *, anyway: bool = False) -> Saved:
    """Save one change of the set-up. Raises :class:`BadInput`, :class:`WouldStrand` unless
    ``anyway``, or :class:`StaleEdit`."""
    require(actor, Right.SET_UP)
    with store.write(actor) as unit:
        unit.because(edit.reason)
        unit.lock_all_days()
        before = unit.setup()
        _refuse_stale(before, edit)
        after = proposed(before, edit)
        if found := problems(edit, after) or _used_problems(unit, before, after, edit):
            raise BadInput(found)
        lost = stranded(unit, after, instant_minute(unit.at)) if _may_strand(edit) else []
        if lost and not anyway:
            raise WouldStrand(lost)
        records = write(unit, before, edit.write, edit.remove)
        return Saved(records, tuple(lost), unit.commit())


def _refuse_stale(before: Setup, edit: Edit) -> None:
    """Before anything is said about a record: does the screen still show what stands?"""
    for record in (*edit.write, *edit.remove):
        there = [before.clinic] if isinstance(record, Clinic) else getattr(before, _PLACES[type(record)])
        if record.id and not any((one.id, one.version) == (record.id, record.version) for one in there):
            raise StaleEdit(_SPOKEN[type(record)], record.id)


def _may_strand(edit: Edit) -> bool:
    """Types, courses and ways home are pinned by the visits: changing them strands nobody."""
    pinned = VisitType | CourseTemplate | GoingHomeProfile
    return any(not isinstance(one, pinned) for one in (*edit.write, *edit.remove))


def would_strand(store: ScheduleStore, edit: Edit, now: int) -> list[StrandedVisit]:
    """What an edit would strand, for showing while it is typed. ``now`` in UTC minutes. Nothing where it
    cannot be saved as it is: a time zone that there is not is no day to look at."""
    with store.read() as records:
        after = proposed(records.setup(), edit)
        return [] if problems(edit, after) else stranded(records, after, now)


def problems(edit: Edit, after: Setup) -> Problems:
    """Field -> what to do. With several records a field is "2.name": the record's place, then its field."""
    out: Problems = {}
    for number, record in enumerate(_numbered(edit.write)):
        found = _CHECKS[type(record)](record, after)
        out |= {_prefix(edit, number) + field: what for field, what in found.items()}
    return out


def _prefix(edit: Edit, number: int) -> str:
    return f"{number}." if len(edit.write) > 1 else ""


def _used_problems(records: ScheduleRecords, before: Setup, after: Setup, edit: Edit) -> Problems:
    """What may not be changed or go any more, because visit types, rooms or patients go by it."""
    out: Problems = {}
    for number, record in enumerate(edit.write):
        if isinstance(record, Staff) and record.id and (one := last_manager(records, after.staff)):
            out[_prefix(edit, number) + "roles"] = Finding(LAST_TO_SIGN_IN, {"name": one.name})
        if isinstance(record, Modality) and record.id:
            old = next(one for one in before.modalities if one.id == record.id)
            if (old.code, old.rems) != (record.code, record.rems):
                found = modalities.kept_problems(old, record, modalities.all_uses(records, old.code))
                out |= {_prefix(edit, number) + field: what for field, what in found.items()}
    for gone in edit.remove:
        if isinstance(gone, Modality):
            out |= modalities.removal_problems(gone, modalities.all_uses(records, gone.code))
    return out


_CHECKS: dict[type, Callable[[Any, Setup], Problems]] = {
    Clinic: checks.clinic_problems,
    Room: checks.room_problems,
    Closure: checks.closure_problems,
    Staff: checks.staff_problems,
    Shift: checks.shift_problems,
    Absence: checks.absence_problems,
    Modality: modalities.modality_problems,
    VisitType: types.type_problems,
    CourseTemplate: types.course_problems,
    GoingHomeProfile: types.profile_problems,
}

_PLACES: dict[type, str] = {
    Room: "rooms",
    Closure: "closures",
    Staff: "staff",
    Shift: "shifts",
    Absence: "absences",
    Modality: "modalities",
    VisitType: "types",
    CourseTemplate: "templates",
    GoingHomeProfile: "profiles",
}

_SPOKEN: dict[type, str] = {
    Clinic: "clinic",
    Room: "room",
    Closure: "closure",
    Staff: "person",
    Shift: "shift",
    Absence: "absence",
    Modality: "treatment",
    VisitType: "visit type",
    CourseTemplate: "course",
    GoingHomeProfile: "way home",
}


def proposed(setup: Setup, edit: Edit) -> Setup:
    """The set-up as the edit would make it. New records get negative ids; versions do not count."""
    for record in _numbered(edit.write):
        if isinstance(record, Clinic):
            setup = replace(setup, clinic=record)
        else:
            place = _PLACES[type(record)]
            setup = replace(setup, **{place: _put(getattr(setup, place), record)})  # type: ignore[arg-type]  # the place fits the kind
    for gone in edit.remove:
        place = _PLACES[type(gone)]
        left = tuple(one for one in getattr(setup, place) if one.id != gone.id)
        setup = replace(setup, **{place: left})  # type: ignore[arg-type]  # the place fits the kind
    return setup


def _numbered(records: Sequence[Record]) -> list[Record]:
    """New records with ids of their own, so that the rules can tell them apart."""
    out: list[Record] = []
    person = 0
    for number, record in enumerate(records, start=1):
        one: Record = record if record.id else replace(record, id=-number)
        if isinstance(one, Staff):
            person = one.id
        if isinstance(one, Shift | Absence) and not one.staff_id:
            one = replace(one, staff_id=person)
        out.append(one)
    return out


def _put(records: Iterable[R], record: R) -> tuple[R, ...]:
    new: Any = record
    kept: list[Any] = [new if old.id == new.id else old for old in records]  # type: ignore[attr-defined]  # records have ids
    return tuple(kept) if new in kept else (*kept, new)
