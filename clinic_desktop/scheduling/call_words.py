"""What to say on the phone, as templates with fields.

Nothing is said before the right person is on the phone: not the clinic's name, not a day, no treatment. A
message on the phone and a text name no treatment either, and exist only where the patient has allowed them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from clinic_desktop.foundation.rulebook import Param, Word, fill
from clinic_desktop.foundation.words import clock_time, near_date, plain_date, short_date
from clinic_desktop.people.languages import ENGLISH, language_name
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_list import MISSING, CallRow
from clinic_desktop.scheduling.calls import Whom
from clinic_desktop.scheduling.model import PhaseKind, Setup

ASK_NAME = "Hello, this is {caller}. May I speak with {name}?"
ASK_BIRTH = "To be sure that I have the right person: what is your date of birth?"
ANSWER = "Go on only when the answer is {birth}."
NO_BIRTH = "No birth date is on record: ask for it and for the address, compare, and note the birth date."
YOUR_VISIT = "I am calling from {clinic}. Your visit is on {day}: {type}. Please be here at {arrive}."
TOMORROW = "I am calling from {clinic}. Your visit is tomorrow, {day}: {type}. Please be here at {arrive}."
TODAY = "I am calling from {clinic}. Your visit is today: {type}. Please be here at {arrive}."
WILL_COME = "Will you come?"
HOME = "You can go home at about {home}."
WHO_DRIVES = "Who takes you home, and what is their phone number? It must be an adult who is here by then."
DRIVES = "{driver} takes you home. Is that still right?"
GOES_BY = "You go home this way: {kind}. Is that still right?"
HELD_DRIVER = "Your place is kept. It is only sure once we know who takes you home."
HELD_CLEARANCE = "Your place is kept until a prescriber has cleared you."
INTERPRETER = "Speaks {language}: call with an interpreter."

DRIVER_ASKED = (
    "I am calling from {clinic}. {patient} named you as the person who takes them home on {day} "
    "at about {home}, from {address}."
)
DRIVER_COMES = "Can you come, stay with them on the way, and are you 18 or over?"
NOBODY_NAMED = "Nobody is named yet. Ask the patient first."

EMERGENCY_SAYS = "Please ask {patient} to call {phone}. I may not say more."
MAY_TELL = "The patient allows to tell: {who}."

VOICEMAIL = "This is {caller}, with a message for {name}. Please call me back at {phone}. Thank you."
NO_VOICEMAIL = "Leave no message: the patient has not allowed it."
NO_VOICEMAIL_THERE = "Leave no message: it would tell others where {patient} is treated."
TEXT = "Hello {given}, your appointment is on {day}. Please be here at {arrive}. Questions: {phone}."
NO_TEXT = "No text: the patient has not allowed it."
OWN_NUMBER = "your number"

SENTENCES = (
    ASK_NAME, ASK_BIRTH, ANSWER, NO_BIRTH, YOUR_VISIT, TOMORROW, TODAY, WILL_COME, HOME, WHO_DRIVES, DRIVES,
    GOES_BY, HELD_DRIVER, HELD_CLEARANCE, INTERPRETER, DRIVER_ASKED, DRIVER_COMES, NOBODY_NAMED,
    EMERGENCY_SAYS, MAY_TELL, VOICEMAIL, NO_VOICEMAIL, NO_VOICEMAIL_THERE, TEXT, NO_TEXT, OWN_NUMBER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and what fills it; the screen translates the sentence first."""

    sentence: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def text(self) -> str:
        """In English."""
        return fill(self.sentence, self.params)


@dataclass(frozen=True, slots=True)
class Script:
    """What to say in a call.

    first: before anybody has shown who they are. check: what the answer must be, not to be read out. then:
    after that. message: for their voicemail; None where none may be left, and ``no_message`` says why. sms:
    words to copy into a text; None where none may be sent.
    """

    number: str
    first: tuple[Line, ...] = ()
    check: Line | None = None
    then: tuple[Line, ...] = ()
    message: Line | None = None
    no_message: Line | None = None
    sms: Line | None = None
    no_sms: Line | None = None
    notes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, from which clinic, on which day."""

    name: str
    setup: Setup
    today: date

    @property
    def phone(self) -> str:
        phones = self.setup.clinic.phones
        return phones[0].number if phones else OWN_NUMBER


def script(row: CallRow, whom: Whom, caller: Caller) -> Script:
    """The words for a row of the call list."""
    return {Whom.PATIENT: _patient, Whom.DRIVER: _driver, Whom.EMERGENCY: _emergency}[whom](row, caller)


def patient_first(patient: Patient, caller: str) -> tuple[tuple[Line, ...], Line]:
    """How a call to a patient begins, and what their answer must be."""
    name = patient.preferred_name or patient.given_name
    ask = Line(ASK_NAME, {"caller": caller, "name": f"{name} {patient.family_name}".strip()})
    born = patient.birth_date
    check = Line(ANSWER, {"birth": plain_date(born)}) if born else Line(NO_BIRTH)
    return (ask, Line(ASK_BIRTH)), check


def voicemail(patient: Patient, caller: Caller) -> Line | None:
    """The words for a patient's voicemail, where they have allowed it."""
    if not patient.permissions.voicemail:
        return None
    return Line(VOICEMAIL, {"caller": caller.name, "name": patient.given_name, "phone": caller.phone})


def spoken_of(patient: Patient) -> tuple[Line, ...]:
    """What the caller must know: an interpreter is needed."""
    if patient.language == ENGLISH:
        return ()
    return (Line(INTERPRETER, {"language": language_name(patient.language)}),)


def _patient(row: CallRow, caller: Caller) -> Script:
    patient = row.patient
    first, check = patient_first(patient, caller.name)
    number = patient.phones[0].number if patient.phones else ""
    message, sms = voicemail(patient, caller), _text(row, caller)
    return Script(
        number,
        first,
        check,
        (_visit(row, caller), Line(WILL_COME), *_going_home(row), *_held(row)),
        message,
        None if message else Line(NO_VOICEMAIL),
        sms,
        None if sms else Line(NO_TEXT),
        spoken_of(patient),
    )


def _visit(row: CallRow, caller: Caller) -> Line:
    ahead = row.visit.day - caller.today
    sentence = {timedelta(0): TODAY, timedelta(days=1): TOMORROW}.get(ahead, YOUR_VISIT)
    params = {"clinic": caller.setup.clinic.name, "day": near_date(row.visit.day), "type": row.type.name}
    return Line(sentence, {**params, "arrive": _arrive(row)})


def _going_home(row: CallRow) -> tuple[Line, ...]:
    if not row.driver:
        return ()
    home = Line(HOME, {"home": _home(row)})
    if row.driver == MISSING:
        return (home, Line(WHO_DRIVES))
    plan = row.visit.plan
    if plan is None or not plan.kind.has_person:
        return (home, Line(GOES_BY, {"kind": Word(plan.kind if plan else "")}))
    return (home, Line(DRIVES, {"driver": plan.name}))


def _held(row: CallRow) -> tuple[Line, ...]:
    said = {"driver": HELD_DRIVER, "clearance": HELD_CLEARANCE}
    return tuple(Line(said[one]) for one in sorted(row.visit.held_for) if one in said)


def _text(row: CallRow, caller: Caller) -> Line | None:
    if not row.patient.permissions.text:
        return None
    day = short_date(row.visit.day)
    params = {"given": row.patient.given_name, "day": day, "arrive": _arrive(row), "phone": caller.phone}
    return Line(TEXT, params)


def _driver(row: CallRow, caller: Caller) -> Script:
    plan = row.visit.plan
    if plan is None or not plan.kind.has_person:
        return Script("", notes=(Line(NOBODY_NAMED),))
    who = {"caller": caller.name, "name": plan.name}
    asked = {
        "clinic": caller.setup.clinic.name,
        "patient": row.patient.given_name,
        "day": near_date(row.visit.day),
        "home": _home(row),
        "address": caller.setup.clinic.address,
    }
    return Script(
        plan.phone,
        (Line(ASK_NAME, who),),
        None,
        (Line(DRIVER_ASKED, asked), Line(DRIVER_COMES)),
        Line(VOICEMAIL, {**who, "phone": caller.phone}),
    )


def _emergency(row: CallRow, caller: Caller) -> Script:
    contact = row.patient.emergency
    tell = row.patient.permissions.may_tell
    return Script(
        contact.phone,
        (Line(ASK_NAME, {"caller": caller.name, "name": contact.name}),),
        None,
        (Line(EMERGENCY_SAYS, {"patient": row.patient.given_name, "phone": caller.phone}),),
        None,
        Line(NO_VOICEMAIL_THERE, {"patient": row.patient.given_name}),
        notes=(Line(MAY_TELL, {"who": tell}),) if tell else (),
    )


def _arrive(row: CallRow) -> str:
    return clock_time(max(0, row.visit.minute - row.type.lead))


def _home(row: CallRow) -> str:
    """When the patient can probably leave: the end of the visit without the turnover of its room."""
    phases = row.type.phases
    minutes = row.visit.phase_minutes or tuple(one.minutes for one in phases)
    after = sum(n for one, n in zip(phases, minutes, strict=True) if one.kind is PhaseKind.TURNOVER)
    stay = row.visit.end - row.visit.start - after
    return clock_time((row.visit.minute + stay) % 1440)
