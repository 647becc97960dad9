"""Two records of one person: what the kept record becomes, and how it comes apart again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from cattrs.preconf.json import make_converter

from clinic_desktop.people.folding import digits, squeezed
from clinic_desktop.people.model import (
    Clearance,
    Indication,
    Patient,
    Phone,
    Screening,
    ScreeningItem,
    Sex,
    UsualDriver,
)

_CONVERTER = make_converter()


@dataclass(frozen=True, slots=True)
class Cut:
    """A clearance that ends earlier since the merge; ``until`` is its last day before."""

    clearance_id: int
    until: date


@dataclass(frozen=True, slots=True)
class Before:
    """What a merge changed besides moving records, so that it can go back."""

    kept: Patient
    cuts: tuple[Cut, ...] = ()
    screening_id: int | None = None  # the check list made of two
    devices: int = 0  # that came for the merged record, and were handed over since that day
    devices_since: date | None = None


def written(before: Before) -> str:
    """As text, for the merge's record."""
    return _CONVERTER.dumps(before, sort_keys=True, ensure_ascii=False)


def read(text: str) -> Before:
    """From the merge's record."""
    return _CONVERTER.loads(text, Before)


def combined(kept: Patient, merged: Patient) -> Patient:
    """The kept record with what only the other one knew. Where both say something the kept one counts;
    lists and texts that warn are joined; a death and an enrolment are never lost."""
    return replace(kept, **{name: join(kept, merged) for name, join in _JOINS.items()})


def restored(current: Patient, kept_before: Patient, merged: Patient) -> Patient:
    """The kept record without the other one. What somebody changed since the merge stays as changed."""
    joined = combined(kept_before, merged)
    untouched = {name for name in _JOINS if getattr(current, name) == getattr(joined, name)}
    return replace(current, **{name: getattr(kept_before, name) for name in untouched})


def joined_fields(kept: Patient, merged: Patient) -> list[str]:
    """Fields of the kept record that the merge changes."""
    after = combined(kept, merged)
    return [one.name for one in fields(Patient) if getattr(after, one.name) != getattr(kept, one.name)]


def cuts(clearances: Sequence[Clearance], limits: dict[str, date]) -> list[Clearance]:
    """The clearances that would outlast the stricter record, shortened to it."""
    return [
        replace(one, until=limits[one.modality])
        for one in clearances
        if one.modality in limits and one.withdrawn_at is None and one.until > limits[one.modality]
    ]


def joined_screening(kept: Screening, merged: Screening) -> Screening:
    """One check list of two: a yes of either counts, and a clinician reads it anew unless both agree."""
    theirs = {item.code: item for item in merged.items}
    codes = [item.code for item in kept.items] + [c for c in theirs if c not in {i.code for i in kept.items}]
    mine = {item.code: item for item in kept.items}
    items = tuple(_joined_item(code, mine.get(code), theirs.get(code)) for code in codes)
    return Screening(patient_id=kept.patient_id, items=items)


def _joined_item(code: str, one: ScreeningItem | None, other: ScreeningItem | None) -> ScreeningItem:
    both = [item for item in (one, other) if item is not None]
    answers = [item.present for item in both if item.present is not None]
    notes = dict.fromkeys(item.note for item in both if item.note)
    return ScreeningItem(code, any(answers) if answers else None, "; ".join(notes))


Join = Callable[[Patient, Patient], Any]


def _first(name: str, empty: object) -> Join:
    """The kept record's value unless it says nothing."""

    def join(kept: Patient, merged: Patient) -> object:
        mine: object = getattr(kept, name)
        return getattr(merged, name) if mine == empty else mine

    return join


def _lines(name: str) -> Join:
    """Both texts, each once."""

    def join(kept: Patient, merged: Patient) -> str:
        texts = dict.fromkeys(text for text in (getattr(kept, name), getattr(merged, name)) if text)
        return "\n".join(texts)

    return join


def _phones(kept: Patient, merged: Patient) -> tuple[Phone, ...]:
    known = {digits(phone.number) for phone in kept.phones}
    return kept.phones + tuple(p for p in merged.phones if digits(p.number) not in known)


def _drivers(kept: Patient, merged: Patient) -> tuple[UsualDriver, ...]:
    known = {squeezed(driver.name) for driver in kept.drivers}
    return kept.drivers + tuple(d for d in merged.drivers if squeezed(d.name) not in known)


def _enrolled(kept: Patient, merged: Patient) -> date | None:
    return min((d for d in (kept.rems_enrolled_on, merged.rems_enrolled_on) if d), default=None)


_EMPTY = Patient()
_JOINS: dict[str, Join] = {
    **{
        name: _first(name, getattr(_EMPTY, name))
        for name in ("given_name", "family_name", "preferred_name", "birth_date", "email", "language")
    },
    **{name: _first(name, getattr(_EMPTY, name)) for name in ("address", "emergency", "permissions")},
    **{name: _lines(name) for name in ("allergies", "alerts", "notes")},
    "sex": _first("sex", Sex.UNKNOWN),
    "indication": _first("indication", Indication.NONE),
    "death_date": _first("death_date", None),
    "large_print": lambda kept, merged: kept.large_print or merged.large_print,
    "phones": _phones,
    "drivers": _drivers,
    "rems_enrolled_on": _enrolled,
}
