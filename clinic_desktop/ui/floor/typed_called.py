"""A call in the floor's line: "k Bea, no answer", "k Bea, 12:15", "k 911, on the way". Pure.

It is the same kind of record as a call of the driver's panel or of the call list: whom it was made to follows
from the name.
"""

import re
from dataclasses import replace
from datetime import datetime

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.calling import Call
from clinic_desktop.scheduling.calls import CallAttempt, CallOutcome, Whom
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.treatment.care import Care
from clinic_desktop.ui.calls.words import WHOMS, outcome_words
from clinic_desktop.ui.clock_text import parse_clock
from clinic_desktop.ui.i18n import tr

# What may be typed, or the beginning of it; the note follows a comma.
OUTCOMES = (
    ("no answer", CallOutcome.NO_ANSWER),
    ("message", CallOutcome.MESSAGE),
    ("calls back", CallOutcome.CALLS_BACK),
    ("cannot come", CallOutcome.CANNOT_DRIVE),
    ("wrong person", CallOutcome.WRONG_PERSON),
    ("yes", CallOutcome.DRIVER),
    ("reached", CallOutcome.REACHED),
)
ONLY_DRIVER = frozenset({CallOutcome.CANNOT_DRIVE, CallOutcome.DRIVER})
_MEANS = {"driver": Whom.DRIVER, "contact": Whom.EMERGENCY, "emergency contact": Whom.EMERGENCY,
          "patient": Whom.PATIENT}  # fmt: skip
_TIME_FIRST = re.compile(r"(\d{1,2}:\d{2}(\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)(?=[\s,])", re.IGNORECASE)
_LEAST = 2  # letters of an outcome
_SAID = re.compile(rf"(?<!\S)({'|'.join(words for words, _ in OUTCOMES)})(?!\S)", re.IGNORECASE)
_TIME_BEHIND = re.compile(r"(?<=\s)(\d{1,2}:\d{2}(\s?[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?)$", re.IGNORECASE)


def read_called(rest: str, care: Care, at: datetime) -> tuple[Call | None, str]:
    """The call, or what is wrong. Whoever was reached said what is written behind the comma. at: when it was
    made; a time to come is after that, however late it is charted."""
    who, comma, what = (part.strip() for part in rest.partition(","))
    if not comma:
        who, what = _without_comma(who)
    if not who:
        return None, tr("Say who.")
    call = _to(who, care)
    arrives, why = coming_with(what, at, care.visit.zone)
    if call.whom in (Whom.DRIVER, Whom.EMERGENCY) and arrives is not None:
        return replace(call, outcome=CallOutcome.REACHED, arrives=arrives, note=why), ""
    said, _, note = (part.strip() for part in what.partition(","))
    begun = None if comma else _SAID.match(what)
    if begun:
        said, note = begun[0], what[begun.end() :].strip()
    outcome = _outcome(said, call.whom)
    if outcome is None:
        return replace(call, outcome=CallOutcome.REACHED, note=what), ""
    return replace(call, outcome=outcome, note=note), ""


def _without_comma(rest: str) -> tuple[str, str]:
    """ "Bea no answer" is a call that reached nobody, never one to a person of that name; so are the other
    outcomes, each by all its words, and a time to come."""
    found = _SAID.search(rest) or _TIME_BEHIND.search(rest)
    return (rest[: found.start()].strip(), rest[found.start() :].strip()) if found else (rest, "")


def called_words(call: Call | CallAttempt, visit: Visit) -> str:
    """ "driver Bea Marsh, no answer"."""
    names = {Whom.DRIVER: visit.plan_name, Whom.OTHER: call.person}
    role = "" if call.whom is Whom.OTHER else tr(WHOMS[call.whom]).lower()
    whom = " ".join(part for part in (role, names.get(call.whom, "")) if part)
    return ", ".join(part for part in (whom, came_of(call), call.note) if part)


def came_of(call: Call | CallAttempt) -> str:
    """What came of it, or when somebody comes."""
    if call.arrives is not None:
        return tr("comes at {time}").format(time=clock_time(call.arrives))
    return outcome_words(call.outcome).lower()


def coming(text: str, now: datetime, zone: str) -> int | None:
    """A time to come: without AM or PM the next one that the clock shows."""
    minute = parse_clock(text) if any(letter.isdigit() for letter in text) else None
    later = minute is not None and minute < local_time(now, zone).minute and minute < 720
    return minute + 720 if minute is not None and later and text[-1].isdigit() else minute


def coming_with(text: str, now: datetime, zone: str) -> tuple[int | None, str]:
    """The time that a text begins with, and its note: "2:45", "2 pm, held up", "2:45 stuck in traffic". A
    bare number before words is no time: "20 min late"."""
    said, _, note = (part.strip() for part in text.partition(","))
    arrives = coming(said, now, zone)
    if arrives is not None:
        return arrives, note
    found = _TIME_FIRST.match(text.strip())
    arrives = coming(found[0], now, zone) if found else None
    if found is None or arrives is None:
        return None, ""
    return arrives, text.strip()[found.end() :].strip(" ,")


def _to(who: str, care: Care) -> Call:
    visit, patient = care.visit, care.patient
    contact = patient.emergency
    names = ((Whom.DRIVER, visit.plan_name), (Whom.EMERGENCY, contact.name), (Whom.PATIENT, patient.name))
    named = next((whom for whom, name in names if _is(who, name)), Whom.OTHER)
    whom = _MEANS.get(who.lower(), named)
    phones = {Whom.DRIVER: visit.plan_phone, Whom.EMERGENCY: contact.phone}
    person = who if whom is Whom.OTHER else ""
    return Call(visit, whom, CallOutcome.REACHED, phones.get(whom, ""), person=person)


def _is(typed: str, name: str) -> bool:
    """Whether every word of it begins a word of the name."""
    words = name.casefold().replace(",", " ").split()
    return bool(words) and all(any(w.startswith(one) for w in words) for one in typed.casefold().split())


def _outcome(said: str, whom: Whom) -> CallOutcome | None:
    low = said.lower()
    found = [one for words, one in OUTCOMES if len(low) >= _LEAST and words.startswith(low)]
    outcome = found[0] if len(found) == 1 else None
    return None if outcome in ONLY_DRIVER and whom is not Whom.DRIVER else outcome
