"""Records as plain values: times say their zone, numbers of people and rooms have their names beside them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from clinic_desktop.foundation.clock import instant_at, zone
from clinic_desktop.scheduling.model import Setup

_PEOPLE = frozenset({
    "by", "nurse_id", "prescriber_id", "therapist_id", "witness_id", "clinician_id", "for_person",
    "handed_by_id", "staff_id",
})  # fmt: skip
# Minutes since 1970 UTC, in a visit and in its stays in rooms.
_MOMENTS = frozenset({
    "start", "end", "room_until", "here_until", "arrived", "entered", "left", "moved", "until",
    "release_from", "plan_confirmed_end", "confirmed_end",
})  # fmt: skip
_CLOCKS = frozenset({"minute", "from_minute", "to_minute", "arrives", "clock"})  # minutes of the clinic's day
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)")


@dataclass(frozen=True, slots=True)
class Names:
    """What numbers mean: people of the staff, rooms, visit types. ``zone``: the clinic's."""

    people: Mapping[int, str]
    rooms: Mapping[int, str]
    types: Mapping[int, str]
    zone: str


def names_of(setup: Setup) -> Names:
    return Names(
        {one.id: one.name for one in setup.staff},
        {one.id: one.name for one in setup.rooms},
        {one.id: one.name for one in setup.types},
        setup.clinic.zone,
    )


def is_person(field: str) -> bool:
    """Whether a field that holds a number names somebody of the staff."""
    return field in _PEOPLE or field.endswith("_by")


def given(record: object, names: Names) -> dict[str, Any]:
    """A record as the file holds it: the names of its fields, and values as :func:`said` has them."""
    plain = _plain(record)
    return {name: said(name, value, names) for name, value in plain.items()}


def said(field: str, value: Any, names: Names) -> Any:  # noqa: ANN401 - any field
    """One plain value, as a record or an image of the trail has it, in the form that the file documents."""
    if isinstance(value, Mapping):
        return {str(key): said(str(key), one, names) for key, one in value.items()}
    if isinstance(value, list):
        return [said(field, one, names) for one in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return _number(field, value, names)
    if isinstance(value, str) and _INSTANT.fullmatch(value):
        return moment(datetime.fromisoformat(value), names)
    return value


def moment(at: datetime, names: Names) -> str:
    """ "2026-11-17T10:15:00-06:00": clinic time with its offset."""
    return at.astimezone(zone(names.zone)).isoformat(timespec="seconds")


def person(number: int, names: Names) -> dict[str, Any]:
    return {"id": number, "name": names.people.get(number, "the program" if not number else "")}


def _number(field: str, value: int, names: Names) -> Any:  # noqa: ANN401 - number, text, or number with name
    if is_person(field):
        return person(value, names)
    if field == "room_id":
        return {"id": value, "name": names.rooms.get(value, "")}
    if field == "type_id":
        return {"id": value, "name": names.types.get(value, "")}
    if field in _MOMENTS:
        return moment(instant_at(value), names)
    if field in _CLOCKS:
        return f"{value // 60:02}:{value % 60:02}"
    return value


def _plain(value: Any) -> Any:  # noqa: ANN401 - any field
    """Without our own types."""
    match value:
        case Enum():
            plain = value.value
        case date():  # a datetime is one
            plain = value.isoformat()
        case Mapping():
            plain = {str(key): _plain(one) for key, one in value.items()}
        case frozenset():
            plain = sorted((_plain(one) for one in value), key=str)
        case list() | tuple():
            plain = [_plain(one) for one in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            plain = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        case _:
            plain = value
    return plain
