"""The site's certification in Spravato's programme: as the clinic writes it down, and when it runs out."""

from datetime import date, timedelta

from clinic_desktop.foundation.rulebook import Finding, Rule, Severity
from clinic_desktop.foundation.words import plain_date
from clinic_desktop.scheduling.model import Clinic

AHEAD = timedelta(days=30)  # from so long before its end it is said

DOSE_CERTIFIED = Rule(
    "dose-certified",
    "H2",
    Severity.LOCKED,
    "The clinic's REMS certification ran out on {day}. Renew it, and record the new date in Set-up first.",
)
DOSE_CERTIFIED_FROM = Rule(
    "dose-certified-from",
    "H2",
    Severity.LOCKED,
    "The clinic is certified in the REMS from {day} on. Correct the date in Set-up if it is not so.",
)
CERTIFIED_ENDS = Rule(
    "certified-ends",
    "H2",
    Severity.WARNING,
    "The clinic's REMS certification runs out on {day}. Renew it, and record the new date in Set-up.",
)
CERTIFIED_UNKNOWN = Rule(
    "certified-unknown",
    "H2",
    Severity.WARNING,
    "The clinic's REMS certification is not on record. Write its number and its dates in Set-up, Clinic.",
)


def certification(clinic: Clinic, day: date) -> Finding | None:
    """What is to be said of it on a day; None where it stands.

    Nothing on record is a warning and no lock: the programme knows whom it has certified and delivers to
    nobody else, the program knows only what somebody has typed, and over a lock nobody may go. A date that
    has passed is another matter: somebody wrote it here as the last day.
    """
    first, last = clinic.certified_on, clinic.certified_until
    if first is None and last is None:
        return Finding(CERTIFIED_UNKNOWN)
    if last is not None and last < day:
        return Finding(DOSE_CERTIFIED, {"day": plain_date(last)})
    if first is not None and first > day:
        return Finding(DOSE_CERTIFIED_FROM, {"day": plain_date(first)})
    if last is not None and last - AHEAD <= day:
        return Finding(CERTIFIED_ENDS, {"day": plain_date(last)})
    return None
