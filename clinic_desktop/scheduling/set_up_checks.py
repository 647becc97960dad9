"""Whether a set-up record stands as typed. Pure: screens ask while a person types, use cases before writing.

Every check answers field -> what to do; empty when all is well.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfoNotFoundError

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import DAY_MINUTES, zone
from clinic_desktop.foundation.rulebook import Either, Finding, Problems, Rule
from clinic_desktop.people.model import Absence, Shift, Staff
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.discharge_forms import DROPPABLE
from clinic_desktop.scheduling.model import (
    LEAST_IV_RECOVERY,
    Clinic,
    Closure,
    Cover,
    OpenHours,
    Policies,
    Room,
    Setup,
)
from clinic_desktop.security.rights import Right, may

LONGEST_NAME = 60
MOST_WATCHED = 10
GRIDS = (5, 10, 15)
ANCHORS = ("last", "first")
PAGES = ("letter", "a4")
IV_COVERS = (Cover.CLINICIAN, Cover.PRESCRIBER)

LONGEST_WITH_ADULT = 48
# The statements that a clinic may leave out of its sheets, by their number in the reference, 5.2 and 5.3.
# Driving, the 911 signs, 988, bladder signs, whom to call and the next visit stand on every sheet; food and
# drink, the nasal spray, illness and pregnancy, the ride, the time and whom to call on every preparation.
SWITCHABLE_STATEMENTS = frozenset({1, 3, 4, 5, 6, 7, 8, 9, 14, 15, 23, 24, 28, 29, 30, 31})

# Field of the policies -> lowest and highest that make sense.
_BOUNDS: dict[str, tuple[int, int]] = {
    "watch_limit": (1, MOST_WATCHED),
    "min_staff_with_dosed": (0, 10),
    "clearance_months": (1, 24),
    "cancel_days": (0, 5),
    "cancel_minute": (0, DAY_MINUTES - 1),
    "late_arrival_minutes": (0, 120),
    "start_margin": (0, 120),
    "release_check_minutes": (15, 60),
    "pre_dose_minutes": (15, 240),
    "iv_vitals_minutes": (5, 60),
    "iv_recovery_minutes": (LEAST_IV_RECOVERY, 240),
    "iv_no_drive_hours": (12, 72),
    "alcohol_hours": (4, 72),
    "decision_hours": (4, 72),
    "dosing_stagger": (0, 60),
    "count_days": (1, 730),
    "driver_red_minute": (0, DAY_MINUTES - 1),
    "after_tries": (1, 10),
    "pin_hours": (1, 16),
    "emergency_minutes": (0, 240),
    "retention_years": (2, 100),
    "lock_minutes": (1, 30),
    "lock_floor_minutes": (1, 15),
}


def clinic_problems(clinic: Clinic, setup: Setup) -> Problems:  # noqa: ARG001 - every check has this form
    found = _name(clinic.name, rules.CLINIC_NAME)
    if not zone_known(clinic.zone):
        found["zone"] = Finding(rules.ZONE)
    if any(not _has_digits(one.number) for one in clinic.phones):
        found["phones"] = Finding(rules.PHONE)
    if clinic.certified_on and clinic.certified_until and clinic.certified_until < clinic.certified_on:
        found["certified_until"] = Finding(rules.LAST_BEFORE_FIRST)
    return found | hours_problems(clinic.hours) | policy_problems(clinic.policies)


def zone_known(name: str) -> bool:
    """Whether there is a time zone of that name."""
    try:
        return bool(name) and zone(name) is not None
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a path or a folder is no zone either
        return False


def hours_problems(hours: Sequence[OpenHours]) -> Problems:
    if any(not 0 <= one.start < one.end <= DAY_MINUTES for one in hours):
        return {"hours": Finding(rules.HOURS_ORDER)}
    by_day = sorted(hours, key=lambda one: (one.weekday, one.start))
    if any(a.weekday == b.weekday and b.start < a.end for a, b in pairwise(by_day)):
        return {"hours": Finding(rules.HOURS_OVERLAP)}
    return {}


def policy_problems(policies: Policies) -> Problems:
    found = {
        name: Finding(rules.BETWEEN, {"low": low, "high": high})
        for name, (low, high) in _BOUNDS.items()
        if not low <= getattr(policies, name) <= high
    }
    for name, known in (("grid", GRIDS), ("release_anchor", ANCHORS), ("sheet_page", PAGES)):
        if getattr(policies, name) not in known:
            found[name] = Finding(rules.ONE_OF, {"known": Either(map(str, known))})
    if policies.iv_cover not in IV_COVERS:
        found["iv_cover"] = Finding(rules.IV_COVER)
    if policies.adult_hours is not None and not 1 <= policies.adult_hours <= LONGEST_WITH_ADULT:
        found["adult_hours"] = Finding(rules.ADULT_HOURS, {"most": LONGEST_WITH_ADULT})
    if not policies.statements_off <= SWITCHABLE_STATEMENTS:
        found["statements_off"] = Finding(rules.STATEMENT_LOCKED)
    if not policies.form_off <= DROPPABLE:
        found["form_off"] = Finding(rules.FORM_ITEM_STAYS)
    return found


def room_problems(room: Room, setup: Setup) -> Problems:
    found = _name(room.name, rules.ROOM_NAME)
    others = [one for one in setup.rooms if one.id != room.id and one.active]
    if room.active and _same_name(room.name, (one.name for one in others)):
        found["name"] = Finding(rules.SAME_NAME, {"name": room.name.strip()})
    if not room.fits:
        found["fits"] = Finding(rules.ROOM_FITS)
    return found


def closure_problems(closure: Closure, setup: Setup) -> Problems:
    if closure.room_id is not None and all(one.id != closure.room_id for one in setup.rooms):
        return {"room_id": Finding(rules.CLOSURE_ROOM)}
    return _span(closure)


def staff_problems(person: Staff, setup: Setup) -> Problems:
    found = _name(person.name, rules.PERSON_NAME)
    if not person.roles:
        found["roles"] = Finding(rules.ROLES)
    if person.watch_limit is not None and not 1 <= person.watch_limit <= MOST_WATCHED:
        found["watch_limit"] = Finding(rules.WATCHED, {"most": MOST_WATCHED})
    others = [one for one in setup.staff if one.id != person.id and one.active]
    return found | _initials_problems(person, others) | _manager_problems(person, others)


def _initials_problems(person: Staff, others: Iterable[Staff]) -> Problems:
    initials = person.initials.strip()
    if not 1 <= len(initials) <= 4:
        return {"initials": Finding(rules.INITIALS)}
    same = [one.name for one in others if one.initials.casefold() == initials.casefold()]
    if same and person.active:
        return {"initials": Finding(rules.INITIALS_TAKEN, {"initials": initials, "name": same[0]})}
    return {}


def _manager_problems(person: Staff, others: Iterable[Staff]) -> Problems:
    """Nobody may lock the clinic out of its own set-up."""
    if _may_set_up(person) or not person.id or any(_may_set_up(one) for one in others):
        return {}
    return {"roles": Finding(rules.LAST_MANAGER)}


def _may_set_up(person: Staff) -> bool:
    return person.active and may(Actor(person.id, person.roles), Right.SET_UP)


def shift_problems(shift: Shift, setup: Setup) -> Problems:  # noqa: ARG001 - every check has this form
    found: Problems = {}
    if not shift.weekdays:
        found["weekdays"] = Finding(rules.SHIFT_DAYS)
    if not 0 <= shift.start < shift.end <= DAY_MINUTES:
        found["end"] = Finding(rules.SHIFT_ENDS)
    elif problem := _break_problem(shift):
        found["breaks"] = Finding(problem)
    if not 1 <= shift.every_weeks <= 8:
        found["every_weeks"] = Finding(rules.SHIFT_WEEKS)
    if shift.valid_to is not None and shift.valid_to < shift.valid_from:
        found["valid_to"] = Finding(rules.LAST_BEFORE_FIRST)
    return found


def _break_problem(shift: Shift) -> Rule | None:
    breaks = sorted(shift.breaks, key=lambda one: one.start)
    if any(not shift.start <= one.start < one.end <= shift.end for one in breaks):
        return rules.BREAK_OUTSIDE
    if any(later.start < earlier.end for earlier, later in pairwise(breaks)):
        return rules.BREAKS_OVERLAP
    return None


def absence_problems(absence: Absence, setup: Setup) -> Problems:
    if all(one.id != absence.staff_id for one in setup.staff):
        return {"staff_id": Finding(rules.ABSENT)}
    return _span(absence)


def _span(one: Closure | Absence) -> Problems:
    if one.to_day < one.from_day:
        return {"to_day": Finding(rules.LAST_BEFORE_FIRST)}
    if not (0 <= one.from_minute < DAY_MINUTES and 0 < one.to_minute <= DAY_MINUTES):
        return {"to_minute": Finding(rules.TIMES)}
    if (one.from_day, one.from_minute) >= (one.to_day, one.to_minute):
        return {"to_minute": Finding(rules.ENDS_FIRST)}
    return {}


def free_initials(name: str, taken: Iterable[str]) -> str:
    """Initials for a name that nobody has yet: MJ, then MaJ, MayJ, at last MJ2."""
    words = [word for word in name.replace("-", " ").split() if _part_of_name(word)]
    if not words:
        return ""
    gone = {one.casefold() for one in taken}
    last = words[-1][:1].upper() if len(words) > 1 else ""
    first = words[0]
    ways = [first[:1].upper() + first[1:n].lower() + last for n in range(1, 4)]
    ways += [f"{first[:1].upper()}{last}{n}" for n in range(2, 100)]
    return next((one for one in ways if one.casefold() not in gone), "")


def _part_of_name(word: str) -> bool:
    return word[:1].isalpha() and word.casefold().rstrip(".") not in ("dr", "mr", "ms", "mrs")


def _name(name: str, missing: Rule) -> Problems:
    if not name.strip():
        return {"name": Finding(missing)}
    too_long = Finding(rules.TOO_LONG, {"most": LONGEST_NAME})
    return {"name": too_long} if len(name) > LONGEST_NAME else {}


def _same_name(name: str, others: Iterable[str]) -> bool:
    return name.strip().casefold() in {one.strip().casefold() for one in others}


def _has_digits(number: str) -> bool:
    return sum(letter.isdigit() for letter in number) >= 7
