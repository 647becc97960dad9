"""Two desks changed one record: both changes stand where they touch different fields."""

from dataclasses import dataclass, fields, replace

from clinic_desktop.people.model import Patient

_BOOKKEEPING = frozenset({"id", "version", "chart_number", "source", "source_id", "merged_into"})


@dataclass(frozen=True, slots=True)
class Rebased:
    """What is typed, on top of what is kept now. ``clashes``: fields that both changed, differently;
    what is typed stands there until the person decides."""

    patient: Patient
    clashes: tuple[str, ...]


def rebased(seen: Patient, typed: Patient, now: Patient) -> Rebased:
    """``seen`` is what the screen showed, ``typed`` what it holds, ``now`` what another desk made of it."""
    names = [one.name for one in fields(Patient) if one.name not in _BOOKKEEPING]
    mine = {name: getattr(typed, name) for name in names if getattr(typed, name) != getattr(seen, name)}
    clashes = [
        name
        for name, value in mine.items()
        if getattr(now, name) != getattr(seen, name) and getattr(now, name) != value
    ]
    return Rebased(replace(now, **mine), tuple(clashes))
