"""How people, dates, phones and findings read on the screen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, plain_date
from clinic_desktop.people.model import Clearance, Indication, Phone, Sex, TransportKind, UsualDriver
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.scheduling.stranded import StrandedVisit
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.wording import all_worded, worded

INDICATIONS: dict[Indication, str] = {
    Indication.NONE: QT_TR_NOOP("Not recorded yet"),
    Indication.TRD: QT_TR_NOOP("Treatment-resistant depression"),
    Indication.MDSI: QT_TR_NOOP("Depression with acute suicidal thoughts"),
    Indication.ANXIETY: QT_TR_NOOP("Anxiety"),
    Indication.PTSD: QT_TR_NOOP("Post-traumatic stress"),
    Indication.PAIN: QT_TR_NOOP("Chronic pain"),
    Indication.MIGRAINE: QT_TR_NOOP("Migraine"),
    Indication.OTHER: QT_TR_NOOP("Other"),
}
SEXES: dict[Sex, str] = {
    Sex.UNKNOWN: QT_TR_NOOP("Not recorded"),
    Sex.FEMALE: QT_TR_NOOP("Female"),
    Sex.MALE: QT_TR_NOOP("Male"),
    Sex.OTHER: QT_TR_NOOP("Other"),
}
TRANSPORT: dict[TransportKind, str] = {
    TransportKind.ADULT_DRIVES: QT_TR_NOOP("Drives"),
    TransportKind.ADULT_IN_TAXI: QT_TR_NOOP("Comes along in a taxi or ride-share"),
    TransportKind.ADULT_ON_TRANSIT: QT_TR_NOOP("Comes along on public transport"),
    TransportKind.PAID_ESCORT: QT_TR_NOOP("Paid medical escort"),
    TransportKind.TAXI_ALONE: QT_TR_NOOP("Taxi or ride-share, alone"),
    TransportKind.TRANSIT_ALONE: QT_TR_NOOP("Public transport, alone"),
}
_MOST_VISITS = 3  # of a notice; the repair list has them all
_WEEKDAYS = (
    QT_TR_NOOP("Mon"),
    QT_TR_NOOP("Tue"),
    QT_TR_NOOP("Wed"),
    QT_TR_NOOP("Thu"),
    QT_TR_NOOP("Fri"),
    QT_TR_NOOP("Sat"),
    QT_TR_NOOP("Sun"),
)


class Born(Protocol):
    """Anybody with a birth date."""

    @property
    def birth_date(self) -> date | None: ...


def visits_words(visits: Sequence[StrandedVisit]) -> str:
    """What forbids visits that are booked, and when they are."""
    whys = all_worded(found for one in visits for found in one.why)
    when = tr("{day}, {time}")
    days = [
        when.format(day=day_words(one.visit.day), time=clock_time(one.visit.minute))
        for one in visits[:_MOST_VISITS]
    ]
    return tr("{why} Booked: {days}.").format(why=whys, days="; ".join(days))


def problem_words(found: Mapping[str, Finding], name: str) -> str:
    """What is wrong with a field; empty when nothing is."""
    return worded(found[name]) if name in found else ""


def weekday_words(weekday: int) -> str:
    """ "Mon" for 0."""
    return tr(_WEEKDAYS[weekday])


def day_words(day: date) -> str:
    """ "Nov 3, 2026"."""
    month, rest = plain_date(day).split(" ", 1)
    return f"{month[:3]} {rest}"


def age_on(born: date, day: date) -> int:
    """Whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def born_words(person: Born, today: date) -> str:
    """ "Apr 12, 1984 (42)"."""
    if person.birth_date is None:
        return tr("Birth date unknown")
    return f"{day_words(person.birth_date)} ({age_on(person.birth_date, today)})"


def known_as(person: PersonRow) -> str:
    """ "Okafor, Amara", with the name they go by where it is another."""
    if not person.preferred_name or person.preferred_name == person.given_name:
        return person.name
    return tr("{name} “{preferred}”").format(name=person.name, preferred=person.preferred_name)


def phone_words(phone: Phone) -> str:
    """ "(512) 555-0142, work"."""
    return ", ".join(part for part in (phone.number, phone.label) if part)


def driver_words(driver: UsualDriver) -> str:
    """How, and when they can: "Drives, Fri, 9:00 AM to 1:00 PM"."""
    days = ", ".join(weekday_words(day) for day in sorted(driver.weekdays)) or tr("any day")
    times = ""
    if (driver.from_minute, driver.to_minute) != (0, 1440):
        last = min(driver.to_minute, 1439)
        pattern = tr("{first} to {last}")
        times = pattern.format(first=clock_time(driver.from_minute), last=clock_time(last))
    return ", ".join(part for part in (tr(TRANSPORT[driver.kind]), days, times) if part)


def clearance_words(clearance: Clearance) -> str:
    """ "to Nov 3, 2027"."""
    return tr("to {day}").format(day=day_words(clearance.until))
