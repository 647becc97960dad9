"""The facts of a sheet as plain JSON values and back, so that an old sheet prints again exactly."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from clinic_desktop.aftercare.card_facts import CardFacts, CardVisit
from clinic_desktop.aftercare.prepare import PrepareFacts
from clinic_desktop.aftercare.values import (
    ClinicFacts,
    DriverFacts,
    Moment,
    NextVisit,
    PhoneLine,
    SheetFacts,
)
from clinic_desktop.foundation.document import PageSize

_MOMENTS = ("drive_from", "alcohol_from", "decisions_from", "infusion_end", "last_dose", "adult_until")
_BEFORE_MOMENTS = (
    "start",
    "sober_from",
    "arrive",
    "food_until",
    "liquid_until",
    "spray_until",
    "cancel_by",
)
_INSTANTS = ("last_dose_at", "infusion_ended_at")


def facts_to_json(facts: SheetFacts | PrepareFacts | CardFacts) -> dict[str, object]:
    """Plain values: days and instants as ISO text, sets as sorted lists."""
    return cast("dict[str, object]", _plain(asdict(facts)))


def facts_from_json(stored: Mapping[str, object]) -> SheetFacts:
    """The facts a record holds. Raises ``KeyError`` or ``ValueError`` for values of another shape."""
    values = cast("dict[str, Any]", dict(stored))
    for name in _MOMENTS:
        values[name] = _moment(values[name])
    for name in _INSTANTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["visit_day"] = date.fromisoformat(values["visit_day"])
    values["birth_date"] = date.fromisoformat(values["birth_date"]) if values["birth_date"] else None
    values["clinic"] = _clinic(values["clinic"])
    values["driver"] = DriverFacts(**values["driver"])
    values["next_visits"] = tuple(
        NextVisit(date.fromisoformat(visit["day"]), visit["minute"]) for visit in values["next_visits"]
    )
    values["statements_off"] = frozenset(values["statements_off"])
    values["page_size"] = PageSize(values["page_size"])
    return SheetFacts(**values)


def preparation_from_json(stored: Mapping[str, object]) -> PrepareFacts:
    """The same of a preparation sheet."""
    values = cast("dict[str, Any]", dict(stored))
    for name in _BEFORE_MOMENTS:
        values[name] = _moment(values[name])
    values["visit_day"] = date.fromisoformat(values["visit_day"])
    values["birth_date"] = date.fromisoformat(values["birth_date"]) if values["birth_date"] else None
    values["clinic"] = _clinic(values["clinic"])
    values["driver"] = DriverFacts(**values["driver"])
    values["score_forms"] = tuple(values["score_forms"])
    values["next_visits"] = tuple(values["next_visits"])
    values["statements_off"] = frozenset(values["statements_off"])
    values["page_size"] = PageSize(values["page_size"])
    return PrepareFacts(**values)


def cards_from_json(stored: object) -> tuple[CardFacts, ...]:
    """The same of course cards."""
    return tuple(map(_card, cast("list[Mapping[str, object]]", stored)))


def _card(stored: Mapping[str, object]) -> CardFacts:
    values = cast("dict[str, Any]", dict(stored))
    values["visit_day"] = date.fromisoformat(values["visit_day"])
    values["clinic"] = _clinic(values["clinic"])
    values["driver"] = DriverFacts(**values["driver"])
    values["visits"] = tuple(
        CardVisit(**visit | {"day": date.fromisoformat(visit["day"])}) for visit in values["visits"]
    )
    values["next_visits"] = tuple(values["next_visits"])
    values["statements_off"] = frozenset(values["statements_off"])
    values["page_size"] = PageSize(values["page_size"])
    return CardFacts(**values)


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, PageSize) else value


def _moment(stored: Mapping[str, Any] | None) -> Moment | None:
    if stored is None:
        return None
    return Moment(date.fromisoformat(stored["day"]), stored["minute"], stored["zone_mark"])


def _clinic(stored: Mapping[str, Any]) -> ClinicFacts:
    phones = tuple(PhoneLine(**phone) for phone in stored["phones"])
    return ClinicFacts(stored["name"], stored["address"], phones)
