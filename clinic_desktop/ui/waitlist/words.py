"""The waitlist in words: a free time, whom it suits, and since when somebody waits."""

from collections.abc import Sequence
from datetime import date

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.freed import Candidate, Slot
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.ui.calls.words import all_lines
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.waitlist.reading import Waiting
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded

NAMED = 3
WEEKDAYS = (
    ("0", QT_TR_NOOP("Mon")), ("1", QT_TR_NOOP("Tue")), ("2", QT_TR_NOOP("Wed")), ("3", QT_TR_NOOP("Thu")),
    ("4", QT_TR_NOOP("Fri")), ("5", QT_TR_NOOP("Sat")), ("6", QT_TR_NOOP("Sun")),
)  # fmt: skip


def slot_words(slot: Slot, setup: Setup) -> str:
    """ "Tue, Nov 17, 10:00 AM, Infusion 1"."""
    room = next((one.name for one in setup.rooms if one.id == slot.room_id), "")
    parts = (short_date(slot.day), clock_time(slot.minute), room)
    return ", ".join(part for part in parts if part)


def candidate_row(one: Candidate) -> Row:
    """Who, why, and the phone."""
    phones = one.about.patient.phones
    return Row(one.about.patient.name, all_lines(one.reasons), phones[0].number if phones else tr("no phone"))


def near_words(near: Sequence[Candidate]) -> str:
    """Who is not called because another treatment is too near, and why."""
    if not near:
        return ""
    said = [f"{one.about.patient.name}: {worded(one.too_near)}" for one in near[:NAMED] if one.too_near]
    more = len(near) - NAMED
    left = [tr("%n more.", "", more)] if more > 0 else []
    return " ".join((tr("Too near to another treatment, so not called:"), *said, *left))


def waiting_row(one: Waiting, setup: Setup, zone: str, today: date) -> Row:
    since = local_day(one.entry.added_at, zone) if one.entry.added_at else today
    right = tr("since {day}").format(day=short_date(since))
    return Row(one.patient.name, entry_words(one.entry, setup), right)


def entry_words(entry: WaitEntry, setup: Setup) -> str:
    """ "IV ketamine: Tue, before 12:00 PM; mornings": for what, when it suits them, and the note."""
    return tr("{type}: {when}").format(type=type_words(entry, setup), when=suits_words(entry))


def type_words(entry: WaitEntry, setup: Setup) -> str:
    return next((one.name for one in setup.types if one.code == entry.type_code), entry.type_code)


def suits_words(entry: WaitEntry) -> str:
    """When it suits them; "any time" where nothing was said."""
    days = ", ".join(tr(word) for number, word in WEEKDAYS if int(number) in entry.weekdays)
    parts = [
        _span(entry),
        days,
        tr("from {time}").format(time=clock_time(entry.from_minute)) if entry.from_minute else "",
        tr("before {time}").format(time=clock_time(entry.to_minute)) if entry.to_minute < 1440 else "",
    ]
    said = ", ".join(part for part in parts if part) or tr("any time")
    return f"{said}; {entry.note}" if entry.note else said


def phone_words(patient: Patient) -> str:
    return patient.phones[0].number if patient.phones else tr("no phone")


def _span(entry: WaitEntry) -> str:
    if entry.from_day and entry.to_day:
        return f"{short_date(entry.from_day)} \N{EN DASH} {short_date(entry.to_day)}"
    if entry.from_day:
        return tr("from {day}").format(day=short_date(entry.from_day))
    return tr("to {day}").format(day=short_date(entry.to_day)) if entry.to_day else ""
