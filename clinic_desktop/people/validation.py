"""What does not stand in a patient's record, field by field: quick enough to ask with every key."""

import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import date

from clinic_desktop.foundation.rulebook import Finding, Problems
from clinic_desktop.people import rules
from clinic_desktop.people.folding import digits
from clinic_desktop.people.identity_numbers import identity_numbers
from clinic_desktop.people.languages import LANGUAGES
from clinic_desktop.people.model import Patient, UsualDriver

OLDEST = 125  # years; nobody was ever older
LONGEST_LINE, LONGEST_TEXT = 200, 4000
LONG_TEXTS = frozenset({"allergies", "alerts", "notes"})

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def problems(patient: Patient, today: date) -> Problems:
    """Field -> what is wrong with it; empty when the record can be kept.

    Parts of a field have names of their own: "address.city", "emergency.phone", "phones.1", "drivers.0".
    """
    found: Problems = {}
    for name, finding in _found(patient, today):
        found.setdefault(name, finding)
    return found


def caller_problems(patient: Patient, today: date) -> Problems:
    """The same for somebody who calls: a phone number is needed besides the name."""
    found = problems(patient, today)
    if not patient.phones:
        found["phones"] = Finding(rules.PHONE_MISSING)
    return found


def _found(patient: Patient, today: date) -> Iterator[tuple[str, Finding]]:
    if not (patient.given_name.strip() or patient.family_name.strip()):
        yield "family_name", Finding(rules.NAME_MISSING)
    yield from _dates(patient, today)
    yield from _ways_to_reach(patient)
    if patient.language not in LANGUAGES:
        yield "language", Finding(rules.LANGUAGE_UNKNOWN)
    for number, driver in enumerate(patient.drivers):
        yield from ((f"drivers.{number}", one) for one in driver_problems(driver))
    yield from _texts(patient)


def _dates(patient: Patient, today: date) -> Iterator[tuple[str, Finding]]:
    born, died = patient.birth_date, patient.death_date
    if born is not None and born > today:
        yield "birth_date", Finding(rules.BORN_LATER)
    if born is not None and born.year < today.year - OLDEST:
        yield "birth_date", Finding(rules.BORN_TOO_EARLY, {"year": today.year - OLDEST})
    if died is not None and died > today:
        yield "death_date", Finding(rules.DIED_LATER)
    if died is not None and born is not None and died < born:
        yield "death_date", Finding(rules.DIED_BEFORE_BIRTH)
    if patient.rems_enrolled_on is not None and patient.rems_enrolled_on > today:
        yield "rems_enrolled_on", Finding(rules.ENROLLED_LATER)


def _ways_to_reach(patient: Patient) -> Iterator[tuple[str, Finding]]:
    numbers = {f"phones.{at}": phone.number for at, phone in enumerate(patient.phones)}
    for name, number in {**numbers, "emergency.phone": patient.emergency.phone}.items():
        if number and not is_phone(number):
            yield name, Finding(rules.PHONE_UNREADABLE, {"number": number})
    if patient.email and not _EMAIL.fullmatch(patient.email):
        yield "email", Finding(rules.EMAIL_UNREADABLE)


def driver_problems(driver: UsualDriver) -> list[Finding]:
    """What does not stand in one usual driver."""
    found = []
    if driver.kind.has_person and not driver.name.strip():
        found.append(Finding(rules.DRIVER_NAMELESS))
    if driver.phone and not is_phone(driver.phone):
        found.append(Finding(rules.PHONE_UNREADABLE, {"number": driver.phone}))
    if driver.to_minute <= driver.from_minute:
        found.append(Finding(rules.DRIVER_TIMES, {"driver": driver.name}))
    return found


def is_phone(number: str) -> bool:
    """A whole number, an extension included: 7 to 15 digits of the number itself."""
    main = re.split(r"(?i)\s*(?:ext\.?|x|#)\s*(?=\d+\s*$)", number)[0]
    return 7 <= len(digits(main)) <= 15


def _texts(patient: Patient) -> Iterator[tuple[str, Finding]]:
    for name, text in texts_of(patient):
        most = LONGEST_TEXT if name in LONG_TEXTS else LONGEST_LINE
        if len(text) > most:
            yield name, Finding(rules.TOO_LONG, {"most": most})
        for number in identity_numbers(text):
            yield name, Finding(rules.IDENTITY_NUMBER, {"number": number})


def texts_of(patient: Patient) -> Iterator[tuple[str, str]]:
    """Every text a person typed, by field; those of a part as "address.city"."""
    for one in fields(patient):
        value = getattr(patient, one.name)
        if type(value) is str:
            yield one.name, value
    for part in ("address", "emergency"):
        value = getattr(patient, part)
        yield from ((f"{part}.{one.name}", getattr(value, one.name)) for one in fields(value))
    yield "permissions.may_tell", patient.permissions.may_tell
    yield from ((f"phones.{at}", phone.number) for at, phone in enumerate(patient.phones))
    yield from ((f"drivers.{at}", f"{one.name} {one.phone}") for at, one in enumerate(patient.drivers))
