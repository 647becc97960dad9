"""Patients: new ones, callers of whom only name and phone are known, and changes to a record."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.both_changed import Joined, joined
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people import rules
from clinic_desktop.people.model import Patient, Phone
from clinic_desktop.people.phones import usual_phone
from clinic_desktop.people.ports import PeopleStore, PeopleUnit
from clinic_desktop.people.validation import LONG_TEXTS, caller_problems, problems
from clinic_desktop.security.rights import Right, require

# What nobody types: the store, an import and a merge keep these.
_KEPT = ("chart_number", "source", "source_id", "merged_into")


@dataclass(frozen=True, slots=True)
class Saved:
    """The patient as kept, and the news."""

    patient: Patient
    changes: Changes


def create(store: PeopleStore, actor: Actor, patient: Patient) -> Saved:
    """Add a patient. A name is enough; what else is missing becomes a to-do.

    Raises :class:`BadInput` (field -> what to do) when something does not stand.
    """
    return _add(store, actor, patient, problems)


def quick_create(
    store: PeopleStore, actor: Actor, given_name: str, family_name: str, phone: str, language: str = "en"
) -> Saved:
    """Add somebody who calls for a consultation: name and phone alone."""
    phones = (Phone(phone.strip()),) if phone.strip() else ()
    caller = Patient(given_name=given_name, family_name=family_name, phones=phones, language=language)
    return _add(store, actor, caller, caller_problems)


def edit(store: PeopleStore, actor: Actor, patient: Patient, reason: str = "") -> Saved:
    """Keep a patient as changed on a screen; ``patient.version`` is the one the screen showed.

    Raises :class:`BadInput`, :class:`StaleEdit`, or :class:`Refusal` for a record merged away.
    """
    require(actor, Right.EDIT_PATIENT)
    with store.write(actor) as unit:
        unit.because(reason)
        before = unit.get(Patient, patient.id)
        if before.merged_into is not None:
            raise Refusal([Finding(rules.MERGED_AWAY)])
        after = _checked(
            unit, tidied(replace(patient, **{name: getattr(before, name) for name in _KEPT})), problems
        )
        if after == before:
            return Saved(before, Changes())
        return Saved(unit.save(after), unit.commit())


def tidied(patient: Patient) -> Patient:
    """The record without superfluous blanks and without empty phones; numbers as they are usually written."""
    lines = {
        one.name: _tidy_line(getattr(patient, one.name))
        for one in fields(patient)
        if type(getattr(patient, one.name)) is str and one.name not in LONG_TEXTS
    }
    texts = {name: getattr(patient, name).strip() for name in LONG_TEXTS}
    phones = tuple(replace(p, number=usual_phone(p.number)) for p in patient.phones if p.number.strip())
    drivers = tuple(replace(d, name=_tidy_line(d.name), phone=usual_phone(d.phone)) for d in patient.drivers)
    emergency = replace(patient.emergency, phone=usual_phone(patient.emergency.phone))
    return replace(patient, **{**lines, **texts}, phones=phones, drivers=drivers, emergency=emergency)


def brought_together(seen: Patient, typed: Patient, now: Patient) -> Joined[Patient]:
    """``seen`` is what the screen showed, ``typed`` what it holds, ``now`` what another desk made of it.

    How the patient may be reached is joined one by one; a name and number, an address, or the drivers are one
    value each. A blank or a number's way of writing is nobody's change.
    """
    tidy = tidied(typed)
    names = [one.name for one in fields(Patient) if getattr(typed, one.name) != getattr(seen, one.name)]
    mine = replace(seen, **{name: getattr(tidy, name) for name in names})
    return joined(seen, mine, now, keeps=("id", "version", *_KEPT), into=("permissions",))


def _tidy_line(text: str) -> str:
    return " ".join(text.split())


def _add(
    store: PeopleStore, actor: Actor, patient: Patient, check: Callable[[Patient, date], Problems]
) -> Saved:
    require(actor, Right.EDIT_PATIENT)
    with store.write(actor) as unit:
        added = unit.add(_checked(unit, tidied(replace(patient, id=0, merged_into=None)), check))
        return Saved(added, unit.commit())


def _checked(unit: PeopleUnit, patient: Patient, check: Callable[[Patient, date], Problems]) -> Patient:
    found = check(patient, local_day(unit.at, unit.setup().clinic.zone))
    if found:
        raise BadInput(found)
    return patient
