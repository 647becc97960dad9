"""People with several roles: in one visit nobody's hands can serve two of them at the same minutes."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.masks import Span
from clinic_desktop.scheduling.needs import Need, Serving
from clinic_desktop.scheduling.working import Roster

Pair = tuple[Role, Role]
Crew = Mapping[Role, int]  # one person for each of some roles


def clashes(roster: Roster, need: Need) -> frozenset[Pair]:
    """Pairs of roles, both ways round, that need hands at the same minutes and share a person."""
    return frozenset(
        (one, other)
        for one, other in permutations(need.roles, 2)
        if _meet(need.hands(one), need.hands(other))
        and set(roster.with_role(one)) & set(roster.with_role(other))
    )


def serves_too(need: Need, crew: Crew | None, person: int, part: Serving) -> bool:
    """Whether a person's hands are taken in another role during a phase that needs hands."""
    if not crew or not part.hands:
        return False
    return any(one == person and _meet(need.hands(role), [part.span]) for role, one in crew.items())


def nurse_first(role: Role) -> tuple[bool, str]:
    return role is not Role.NURSE, role


def _meet(some: Iterable[Span], others: Sequence[Span]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)
