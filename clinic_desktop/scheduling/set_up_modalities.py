"""Ways of treating as a clinic edits them: what stands, what stays once it is used, what rooms are fit for.

A way of treating (a modality) is known by its code: visit types, clearances and orders name it, and so do
the rooms that are equipped for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from clinic_desktop.foundation.rulebook import Finding, Problems, Rule
from clinic_desktop.people.model import Clearance, Order
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.model import Modality, PressureLimits, Setup
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.set_up_checks import LONGEST_NAME

SPRAVATO = "spravato"  # the shipped way under the programme; no clinic can take it out
ADULT = 18  # locked for everything under the programme [L1]
OLDEST_LEAST = 99
LONGEST_CODE = 10
SHIPPED_FITS = ("iv", "spravato", "im", "consult", "therapy")
_NO_TREATMENT = frozenset({"consult", "therapy"})  # what rooms are fit for besides ways of treating


@dataclass(frozen=True, slots=True)
class Uses:
    """Who knows a way of treating by its code: visit types (every version), rooms, patients' records."""

    types: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    patients: bool = False

    def __bool__(self) -> bool:
        return bool(self.types or self.rooms or self.patients)


def uses_in(setup: Setup, code: str) -> Uses:
    """The uses that the set-up itself knows of; nothing is known by no code."""
    if not code:
        return Uses()
    types = [one.name for one in setup.types if code in (one.modality, one.needs_fit)]
    rooms = [one.name for one in setup.rooms if code in one.fits]
    return Uses(tuple(dict.fromkeys(types)), tuple(rooms))


def all_uses(records: ScheduleRecords, code: str) -> Uses:
    """The uses in the set-up, and whether patients were cleared for it or have an order of it."""
    known = uses_in(records.setup(), code)
    named = bool(records.find(Clearance, modality=code) or records.find(Order, modality=code))
    return Uses(known.types, known.rooms, named)


def modality_problems(modality: Modality, setup: Setup) -> Problems:
    """Field -> what to do, for a way of treating as typed."""
    others = [one for one in setup.modalities if one.id != modality.id]
    found = _code_problems(modality, others) | _name_problems(modality, others)
    least = modality.min_age
    if least is not None and not 0 < least <= OLDEST_LEAST:
        found["min_age"] = Finding(rules.AGE, {"most": OLDEST_LEAST})
    if modality.rems and (least is None or least < ADULT):
        found["min_age"] = Finding(rules.REMS_AGE, {"least": ADULT})
    if modality.code == SPRAVATO and not modality.rems:
        found["rems"] = Finding(rules.REMS_SPRAVATO)
    before = next((one.limits for one in setup.modalities if one.id == modality.id), PressureLimits())
    if modality.limits != before:
        found["limits"] = Finding(rules.LIMITS_KEPT)
    return found


def _code_problems(modality: Modality, others: Iterable[Modality]) -> Problems:
    code = modality.code.strip()
    if not (1 < len(code) <= LONGEST_CODE and all(map(_in_code, code)) and code == code.lower()):
        return {"code": Finding(rules.MODALITY_CODE, {"most": LONGEST_CODE})}
    if code in _NO_TREATMENT:
        return {"code": Finding(rules.ROOM_USE_TAKEN, {"code": code.capitalize()})}
    if same := [one.name for one in others if one.code == code]:
        return {"code": Finding(rules.CODE_TAKEN, {"code": code, "name": same[0]})}
    return {}


def _name_problems(modality: Modality, others: Iterable[Modality]) -> Problems:
    name = modality.name.strip()
    if not name or len(name) > LONGEST_NAME:
        return {"name": Finding(rules.NAME, {"most": LONGEST_NAME})}
    if any(one.name.strip().casefold() == name.casefold() for one in others):
        return {"name": Finding(rules.MODALITY_NAME_TAKEN)}
    return {}


def kept_problems(before: Modality, after: Modality, uses: Uses) -> Problems:
    """What a change may no longer touch, because something goes by it."""
    found: Problems = {}
    if before.code != after.code and (uses or before.code == SPRAVATO):
        found["code"] = _because(uses, _CODE_STAYS)
    if before.rems != after.rems and uses.types:
        found["rems"] = Finding(rules.PLANNED_OTHERWISE, {"name": uses.types[0]})
    return found


def removal_problems(modality: Modality, uses: Uses) -> Problems:
    """Why a way of treating stays; empty when it can go."""
    if not uses and modality.code != SPRAVATO:
        return {}
    return {"code": _because(uses, _STAYS)}


# Why: a visit type names it, a room is fit for it, patients' records name it, it comes with the program.
_CODE_STAYS = (rules.USED_BY_TYPE, rules.USED_BY_ROOM, rules.USED_BY_PATIENTS, rules.SHIPPED)
_STAYS = (rules.STAYS_FOR_TYPE, rules.STAYS_FOR_ROOM, rules.STAYS_FOR_PATIENTS, rules.STAYS_AS_SHIPPED)


def _because(uses: Uses, said: tuple[Rule, Rule, Rule, Rule]) -> Finding:
    """ "the visit type IV ketamine names it"."""
    by_type, by_room, by_patients, shipped = said
    if uses.types:
        return Finding(by_type, {"name": uses.types[0]})
    if uses.rooms:
        return Finding(by_room, {"name": uses.rooms[0]})
    return Finding(by_patients if uses.patients else shipped)


def fits_of(setup: Setup) -> tuple[str, ...]:
    """What rooms can be fit for: as shipped, then each further way of treating by its own code.

    One whose visits all go to rooms that are fit for something else, such as ketamine with therapy, has no
    fit of its own; whatever a room or a visit type names is never left out.
    """
    current = [one for one in setup.types if one.current]
    elsewhere = {one.modality for one in current if one.needs_fit} - {
        one.modality for one in current if one.needs_fit == one.modality
    }
    own = [one.code for one in setup.modalities if one.code not in elsewhere]
    named = [fit for room in setup.rooms for fit in sorted(room.fits)]
    named += [one.needs_fit for one in current if one.needs_fit]
    return tuple(dict.fromkeys((*SHIPPED_FITS, *own, *named)))


def _in_code(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def free_code(name: str, taken: Iterable[str]) -> str:
    """A code for a name that nothing has yet: "oral" for Oral ketamine lozenge, else its initials, oral2."""
    words = [word for part in name.lower().split() if (word := "".join(filter(_in_code, part)))]
    if not words:
        return ""
    gone = {*taken, *_NO_TREATMENT}
    first, initials = words[0][:LONGEST_CODE], "".join(word[0] for word in words)[:LONGEST_CODE]
    ways = [first, initials, *(f"{first[: LONGEST_CODE - 2]}{n}" for n in range(2, 100))]
    return next((one for one in ways if len(one) > 1 and one not in gone), "")
