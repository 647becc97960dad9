"""The pressure limits after a dose: set by a prescriber, for each way of treating, before its first use."""

from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.model import Modality, PressureLimits
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import Right, require

_SYSTOLIC, _DIASTOLIC, _REPEAT, _OXYGEN = (120, 260), (70, 160), (1, 60), (85, 95)


@dataclass(frozen=True, slots=True)
class LimitsSet:
    """The way of treating as it stands now, and the news."""

    modality: Modality
    changes: Changes


def limits_problems(limits: PressureLimits) -> Problems:
    """Field -> what to do; empty when all is well."""
    found = {}
    for name, (high, low) in (("tell", limits.tell), ("emergency", limits.emergency)):
        if not (_within(high, _SYSTOLIC) and _within(low, _DIASTOLIC) and low < high):
            found[name] = Finding(rules.LIMIT_PAIR)
    if not found and (limits.emergency[0] <= limits.tell[0] or limits.emergency[1] <= limits.tell[1]):
        found["emergency"] = Finding(rules.LIMIT_ORDER)
    if not _within(limits.repeat_minutes, _REPEAT):
        found["repeat_minutes"] = Finding(rules.BETWEEN, {"low": _REPEAT[0], "high": _REPEAT[1]})
    if not _within(limits.oxygen_low, _OXYGEN):
        found["oxygen_low"] = Finding(rules.BETWEEN, {"low": _OXYGEN[0], "high": _OXYGEN[1]})
    return found


def _within(number: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= number <= bounds[1]


def set_limits(
    store: ScheduleStore, actor: Actor, seen: tuple[int, int], limits: PressureLimits
) -> LimitsSet:
    """A prescriber sets the limits of a modality ((id, version) as seen), or confirms those that ship."""
    require(actor, Right.SET_LIMITS)
    if found := limits_problems(limits):
        raise BadInput(found)
    with store.write(actor) as unit:
        set_now = replace(limits, set_by=actor.person_id, set_at=unit.at)
        modality = replace(unit.get(Modality, seen[0]), version=seen[1])
        return LimitsSet(unit.save(replace(modality, limits=set_now)), unit.commit())
