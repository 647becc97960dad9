"""How much of the nurses' and prescribers' time the visits took that were carried out.

Minutes are those that the visit's type asks of a person: hands and watching. Two patients watched at once
count twice, because both were watched. Another nurse who served one phase is not told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_desktop.foundation.actor import Role
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
    found: dict[tuple[Role, int], list[int]] = {}
    for one in sums:
        if one.state in CARRIED_OUT:
            for role, person in ((Role.NURSE, one.nurse_id), (Role.PRESCRIBER, one.prescriber_id)):
                if person:
                    there = found.setdefault((role, person), [0, 0])
                    there[0] += one.visits
                    there[1] += one.visits * asked[role][one.type_id]
    return tuple(
        StaffUse(person.id, person.name, role, *found[role, person.id])
        for role in asked
        for person in setup.staff
        if (role, person.id) in found
    )


def minutes_of(visit_type: VisitType, role: Role) -> int:
    """Minutes in which the type takes the hands or a watching place of that role."""
    return sum(p.minutes for p in visit_type.phases if role in p.hands or p.watch is role)
