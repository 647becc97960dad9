"""What the search line at the top finds: dates, people, commands; and what to do when it finds nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from clinic_desktop.foundation.words import clock_time, long_date, plain_date
from clinic_desktop.people.directory import Directory, Found
from clinic_desktop.scheduling.typed_dates import When, typed_when
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.suggest_field import Hit

PEOPLE = 12
SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class FoundPatient:
    patient_id: int


@dataclass(frozen=True, slots=True)
class FoundCommand:
    command_id: str


@dataclass(frozen=True, slots=True)
class NewPatient:
    """Nobody was found: what was typed begins a new record."""

    typed: str


class People(Protocol):
    """Those to be found; ``ready`` is False while they are still read."""

    @property
    def directory(self) -> Directory: ...

    @property
    def ready(self) -> bool: ...


def source(
    people: People, today: Callable[[], date], commands: Callable[[str], Sequence[Command]]
) -> Callable[[str], list[Hit]]:
    """The search line's source; payloads are :class:`When`, :class:`FoundPatient`, :class:`FoundCommand`,
    :class:`NewPatient`, or None for a row that only says something."""

    def find(text: str) -> list[Hit]:
        if not text.strip():
            return []
        when = typed_when(text, today())
        days = [_day(when)] if when else []
        found = [_person(one) for one in people.directory.find(text, PEOPLE)]
        others = [*days, *(_command(one) for one in commands(text))]
        if not found and not days:
            return [*others, _nobody(text.strip(), people.ready)]
        return [*days, *found, *others[len(days) :]]

    return find


def _day(when: When) -> Hit:
    time = f", {clock_time(when.minute)}" if when.minute is not None else ""
    return Hit(Row(long_date(when.day) + time, tr("Go to this day"), icon="calendar"), when)


def _person(found: Found) -> Hit:
    person = found.person
    born = plain_date(person.birth_date) if person.birth_date else tr("birth date not recorded")
    detail = ", ".join(part for part in (born, *person.phones[:1]) if part)
    dead = person.death_date is not None
    row = Row(
        f"{person.family_name}, {person.given_name}",
        detail,
        right=person.chart_number,
        icon="patients",
        badge=tr("deceased") if dead else "",
        tone=Tone.NEUTRAL,
    )
    return Hit(row, FoundPatient(person.id))


def _nobody(typed: str, ready: bool) -> Hit:
    if not ready:
        return Hit(Row(tr("The patients are still being read"), tr("Type on in a moment."), icon="clock"))
    if len(typed) < SHORTEST_NAME:
        return Hit(Row(tr("Nobody found"), tr("Type more of the name."), icon="patients"))
    words = tr("New patient: {typed}").format(typed=typed)
    return Hit(Row(words, tr("Nobody found by that."), icon="plus"), NewPatient(typed))


def _command(command: Command) -> Hit:
    return Hit(Row(tr(command.text), key=command.key, icon=command.icon), FoundCommand(command.id))
