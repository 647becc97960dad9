"""Which question of a booking is still open, and what the button says."""

from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.rulebook import blocking, holding
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui.booking.words import day_words, home_words, people_words, span_words, when_words
from clinic_desktop.ui.i18n import tr

PATIENT, TYPE, TIME, DRIVER = "patient", "type", "time", "driver"


@dataclass(frozen=True, slots=True)
class Verb:
    """What the button says, and what is missing before it can be pressed."""

    text: str
    missing: tuple[str, ...] = ()


def first_open(seen: Look, setup: Setup, *, time_answered: bool, time_first: bool = False) -> str:
    """The first question without an answer; empty when all have one. time_first: whoever looks for
    openings may name the patient after the time."""
    still_open = {
        PATIENT: seen.about is None,
        TYPE: seen.type is None,
        TIME: seen.choice is None or not time_answered,
        DRIVER: seen.asks_driver(setup) and seen.plan is None and not seen.answers.driver_answered,
    }
    order = (TYPE, TIME, PATIENT, DRIVER) if time_first else (PATIENT, TYPE, TIME, DRIVER)
    return next((question for question in order if still_open[question]), "")


def refused(seen: Look) -> bool:
    """Whether rules refuse the booking as it stands."""
    return bool(blocking(seen.findings))


def verb(seen: Look, today: date) -> Verb:
    """What would be booked, or what is missing for it."""
    missing = tuple(_missing(seen))
    return Verb(tr("Book: {missing}").format(missing=missing[0]) if missing else asked(seen, today), missing)


def asked(seen: Look, today: date) -> str:
    """ "Book Thu, Nov 19, 10:15 AM for Okafor, Amara", or "Hold ..." where it would be held."""
    at = seen.spot.at if seen.spot else None
    when = when_words(at, today) if at else ""
    held = bool(holding(seen.findings))
    pattern = tr("Hold {when} for {patient}") if held else tr("Book {when} for {patient}")
    name = seen.about.patient.name if seen.about else ""
    return pattern.format(when=when, patient=name) if when else tr("Book")


def _missing(seen: Look) -> list[str]:
    if seen.about is None:
        chosen = seen.answers.patient_id is not None
        return [tr("the patient is not read yet") if chosen else tr("choose a patient")]
    if seen.type is None:
        return [tr("choose a type")]
    if seen.wish is None:
        return [tr("the time does not fit") if seen.spot else tr("choose a time")]
    return [tr("a rule refuses it")] if refused(seen) else []


def sentence(seen: Look, setup: Setup, today: date) -> str:
    """What will be booked, to be read back to the caller; empty while something is missing."""
    if seen.wish is None or seen.about is None or seen.type is None or seen.spot is None:
        return ""
    at = seen.spot.at
    times = f"{day_words(at.day, today)}, {span_words(setup, seen.type, at)}"
    where = people_words(setup, seen.choice) if seen.choice else ""
    text = f"{seen.type.name}{_number(seen)}. {', '.join(part for part in (times, where) if part)}."
    if seen.type.lead:
        text += " " + tr("Arrive {time}.").format(time=clock_time((at.minute - seen.type.lead) % 1440))
    if seen.plan is not None and seen.asks_driver(setup):
        text += f" {_upper(home_words(seen.plan))}."
    return text


def _number(seen: Look) -> str:
    if seen.course is None or seen.visit_no is None:
        return ""
    return tr(", visit {no} of {planned}").format(no=seen.visit_no, planned=seen.course.planned)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
