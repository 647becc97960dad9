"""What the one line at the top finds, as rows: days, visits and courses to book, people, commands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.words import clock_time, long_date, plain_date
from clinic_desktop.people.directory import Directory, Found
from clinic_desktop.people.search import Matched
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.typed_answers import (
    Answer,
    CourseMeant,
    PersonMeant,
    Several,
    Unknown,
    Unread,
    VisitMeant,
    answers,
    answers_unread,
)
from clinic_desktop.scheduling.typed_dates import When
from clinic_desktop.ui.board.in_hand import InHand
from clinic_desktop.ui.booking.line_words import another_time_row, course_row, visit_row
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.suggest_field import Hit

SHORTEST_NAME = 2


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
    people: People,
    desk: Desk,
    commands: Callable[[str], Sequence[Command]],
    shown: Callable[[], date | None],
    hand: Callable[[], InHand | None],
    todays: Callable[[], Sequence[Visit] | None],
) -> Callable[[str], list[Hit]]:
    """The line's source. ``shown``: the day that is shown, for a time without one. ``hand``: the visit that
    a day or time is typed for. ``todays``: today's visits as they are shown, where those who have one come
    before others whom the letters fit equally, with its time and state; else None.

    Payloads are answers (``scheduling.typed_answers``), :class:`FoundCommand`, :class:`NewPatient`, or None
    for a row that only says something.
    """

    def find(text: str) -> list[Hit]:
        if not text.strip():
            return []
        found, others = (
            _found(people.directory, desk, text, shown(), todays()),
            [_command(one) for one in commands(text)],
        )
        known = [one for one in found if not isinstance(one, Unknown)]
        if others and not known:
            return others  # the words are a command's
        if not found:
            return [_nobody(text.strip(), people.ready)]
        return [*_hits(desk, found, hand()), *others]

    return find


def _found(
    people: Directory, desk: Desk, text: str, shown: date | None, todays: Sequence[Visit] | None
) -> list[Answer]:
    if desk.outage.away_since is None or desk.outage.on_a_copy:
        try:
            return answers(desk.store, desk.now(), people, text, shown, todays_first=todays is not None)
        except ClinicProblem:  # the store is away, and the window has said so: people are known without it
            pass
    return answers_unread(desk.setup, desk.now(), people, text, shown, todays or ())


def _hits(desk: Desk, found: Sequence[Answer], held: InHand | None) -> list[Hit]:
    hits = [_taken(one, held) if isinstance(one, When) and held else _hit(desk, one) for one in found]
    first = next((n for n, one in enumerate(found) if not isinstance(one, Unknown)), None)
    meant = None if first is None else found[first]
    if isinstance(meant, VisitMeant) and first is not None and (row := another_time_row(desk, meant)):
        hits.insert(first, Hit(row))
    return hits


def _taken(when: When, held: InHand) -> Hit:
    """A day or time for what is in the hand."""
    return Hit(held.row(when.day, when.minute), when, held.saves(when.minute))


def _hit(desk: Desk, one: Answer) -> Hit:
    acts = isinstance(one, VisitMeant | CourseMeant)
    says = isinstance(one, Unknown | Several | Unread)
    return Hit(_row(desk, one), None if says else one, acts)


def _row(desk: Desk, one: Answer) -> Row:
    if isinstance(one, VisitMeant):
        return visit_row(desk, one)
    if isinstance(one, CourseMeant):
        return course_row(desk, one.planned)
    if isinstance(one, PersonMeant):
        return _person(one.found, one.today)
    if isinstance(one, Several):
        return _several(one)
    if isinstance(one, Unread):
        return _unread(one)
    return _day(one) if isinstance(one, When) else _unknown(one)


def _day(when: When) -> Row:
    time = f", {clock_time(when.minute)}" if when.minute is not None else ""
    return Row(long_date(when.day) + time, tr("Go to this day"), icon="calendar")


def _person(found: Found, today: Visit | None) -> Row:
    person = found.person
    born = plain_date(person.birth_date) if person.birth_date else tr("birth date not recorded")
    phones = person.phones if found.matched is Matched.PHONE else person.phones[:1]
    detail = ", ".join(part for part in (born, *phones) if part)
    around = found.matched is Matched.AROUND
    badge = tr("deceased") if person.death_date is not None else ""
    if today is not None:
        badge = f"{clock_time(today.minute)}, {state_word(today.whereabouts)}"
    return Row(
        f"{person.family_name}, {person.given_name}",
        detail,
        right=person.chart_number,
        note=tr("Found by the address or the emergency contact") if around else "",
        icon="patients",
        badge=badge,
    )


def _several(one: Several) -> Row:
    """Enter takes nothing here: who is meant is somebody's own choice."""
    title = (
        tr("More than %n people fit: who is meant?", "", one.people)
        if one.more
        else tr("%n people fit: who is meant?", "", one.people)
    )
    detail = tr("Down goes to one. Or type the birth date, too.")
    return Row(title, detail, icon="warning", tone=Tone.WARN)


def _unknown(one: Unknown) -> Row:
    words = ", ".join(f"“{word}”" for word in one.words)
    pattern = tr("{words} is not known here") if len(one.words) == 1 else tr("{words} are not known here")
    return Row(
        pattern.format(words=words),
        tr("A name, a type such as sp, a day, a time, a phone"),
        icon="warning",
        tone=Tone.WARN,
    )


def _unread(one: Unread) -> Row:
    title = tr("Days cannot be read now") if one.day else tr("Free times cannot be read now")
    return Row(
        title,
        tr("The server does not answer. Names and numbers are still found."),
        icon="warning",
        tone=Tone.WARN,
    )


def _nobody(typed: str, ready: bool) -> Hit:
    if not ready:
        return Hit(Row(tr("The patients are still being read"), tr("Type on in a moment."), icon="clock"))
    if len(typed) < SHORTEST_NAME:
        return Hit(Row(tr("Nobody found"), tr("Type more of the name."), icon="patients"))
    words = tr("New patient: {typed}").format(typed=typed)
    return Hit(Row(words, tr("Nobody found by that."), icon="plus"), NewPatient(typed))


def _command(command: Command) -> Hit:
    return Hit(Row(tr(command.text), key=command.key, icon=command.icon), FoundCommand(command.id))
