"""How much of the nurses' and prescribers' time the visits took that were carried out.

Minutes are those that the visit's type asks of a person: hands and watching. Two patients watched at once
count twice, because both were watched. Another nurse who served one phase is not told apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Staff
from clinic_desktop.reports.sums import CARRIED_OUT, UsageSum
from clinic_desktop.scheduling.model import Setup, VisitType


@dataclass(frozen=True, slots=True)
class StaffUse:
    """One person's part in one role."""

    staff_id: int
    name: str
    role: Role
    visits: int
    minutes: int


def staff_use(setup: Setup, sums: Iterable[UsageSum]) -> tuple[StaffUse, ...]:
    """Nurses first, then prescribers, in the staff list's order; those without a visit are left out."""
    asked = {
        role: {one.id: minutes_of(one, role) for one in setup.types} for role in (Role.NURSE, Role.PRESCRIBER)
    }
    found: dict[Role, dict[int, list[tuple[int, int]]]] = {role: {} for role in asked}
    nurses, prescribers = found[Role.NURSE], found[Role.PRESCRIBER]
    for _, type_id, nurse_id, prescriber_id, state, visits, *_ in sums:
        if state in CARRIED_OUT:
            nurses.setdefault(nurse_id, []).append((type_id, visits))
            prescribers.setdefault(prescriber_id, []).append((type_id, visits))
    return tuple(
        _used(person, role, asked[role], found[role][person.id])
        for role in asked
        for person in setup.staff
        if person.id in found[role]
    )


def _used(person: Staff, role: Role, asked: Mapping[int, int], served: Sequence[tuple[int, int]]) -> StaffUse:
    """``served``: types of visits, and how many of each."""
    visits = sum([count for _, count in served])
    minutes = sum([count * asked[type_id] for type_id, count in served])
    return StaffUse(person.id, person.name, role, visits, minutes)


def minutes_of(visit_type: VisitType, role: Role) -> int:
    """Minutes in which the type takes the hands or a watching place of that role."""
    return sum(p.minutes for p in visit_type.phases if role in p.hands or p.watch is role)
