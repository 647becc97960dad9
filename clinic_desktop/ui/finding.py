"""What the search line at the top finds: dates, people, commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.words import clock_time, long_date, plain_date
from clinic_desktop.people.directory import Directory, Found
from clinic_desktop.scheduling.typed_dates import When, typed_when
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.suggest_field import Hit

PEOPLE = 12


@dataclass(frozen=True, slots=True)
class FoundPatient:
    patient_id: int


@dataclass(frozen=True, slots=True)
class FoundCommand:
    command_id: str


def source(
    people: Callable[[], Directory], today: Callable[[], date], commands: Callable[[str], Sequence[Command]]
) -> Callable[[str], list[Hit]]:
    """The search line's source; payloads are :class:`When`, :class:`FoundPatient`, :class:`FoundCommand`."""

    def find(text: str) -> list[Hit]:
        if not text.strip():
            return []
        when = typed_when(text, today())
        days = [_day(when)] if when else []
        found = [_person(one) for one in people().find(text, PEOPLE)]
        return [*days, *found, *(_command(one) for one in commands(text))]

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


def _command(command: Command) -> Hit:
    return Hit(Row(tr(command.text), key=command.key, icon=command.icon), FoundCommand(command.id))
