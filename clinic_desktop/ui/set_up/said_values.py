"""What a field of the set-up holds, in words: for whoever chooses between their own and another desk's."""

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.wording import day_words, weekday_words

_NOT_SAID = frozenset({"id", "version", "staff_id", "valid_from", "valid_until"})
_CLOCKS = frozenset({"minute", "start", "end", "opens", "closes"})


def said_value(name: str, value: object, setup: Setup) -> str:
    """ "yes", "9:00 AM", "Infusion 2", "Mon, 8:00 AM, 5:00 PM; Tue, ..."; empty for nothing."""
    last = name.rpartition(".")[2]
    match value:
        case None | "":
            said = ""
        case bool():
            said = tr("yes") if value else tr("no")
        case int():
            said = _number(last, value, setup)
        case Enum():
            said = str(value.value)
        case date():
            said = day_words(value)
        case frozenset():
            said = ", ".join(sorted(said_value(last, one, setup) for one in value))
        case tuple():
            said = "; ".join(said_value(last, one, setup) for one in value)
        case _ if is_dataclass(value):
            inner = [
                said_value(one.name, getattr(value, one.name), setup)
                for one in fields(value)
                if one.name not in _NOT_SAID
            ]
            said = ", ".join(part for part in inner if part)
        case _:
            said = str(value)
    return said


def _number(name: str, value: int, setup: Setup) -> str:
    if name == "weekday":
        return weekday_words(value)
    if name in _CLOCKS or name.endswith("_minute"):
        return clock_time(min(value, 1439))
    if name == "room_id":
        return next((one.name for one in setup.rooms if one.id == value), str(value))
    return str(value)
