"""Reading what is typed about the driver on the day: when they come, what came of a call, who stays. Pure."""

from dataclasses import dataclass
from datetime import datetime

from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.calling import Call
from clinic_desktop.scheduling.calls import CallOutcome, Whom
from clinic_desktop.scheduling.model import GoingHomePlan
from clinic_desktop.scheduling.way_home import gaps
from clinic_desktop.treatment.driving import in_the_house
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.floor.driver_rows import Act
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.typed_called import ONLY_DRIVER, OUTCOMES, coming_with
from clinic_desktop.ui.floor.typed_person import read_person
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

ASKED = {
    Act.COMES: QT_TR_NOOP("When does the driver come?"),
    Act.CALL: QT_TR_NOOP("What came of the call to the driver?"),
    Act.CONTACT: QT_TR_NOOP("What came of the call to the emergency contact?"),
    Act.ESCORT: QT_TR_NOOP("Who comes as paid escort?"),
    Act.STAYS: QT_TR_NOOP("Who stays until the patient is fetched?"),
}
HINTS = {
    Act.COMES: QT_TR_NOOP("The time they come, like 12:15"),
    Act.CALL: QT_TR_NOOP("no answer, message, calls back, cannot come, yes, or the time they come"),
    Act.CONTACT: QT_TR_NOOP("no answer, message, calls back, reached, or the time somebody comes"),
    Act.ESCORT: QT_TR_NOOP("Name and phone: Acme Escorts 217-555-0101"),
    Act.STAYS: QT_TR_NOOP("A name, or the beginning of one"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """One of a call, a plan and a stamp; or what is wrong."""

    call: Call | None = None
    plan: GoingHomePlan | None = None
    stamp: Stamp | None = None
    problem: str = ""


def read_driver(act: Act, text: str, stay: Stay, now: datetime) -> Meant:
    """What a line means for the row that it was opened for."""
    if act is Act.ESCORT:
        return _escort(text, stay)
    if act is Act.STAYS:
        return _stays(text, stay, now)
    whom = Whom.EMERGENCY if act is Act.CONTACT else Whom.DRIVER
    return _call(whom, text, stay, now)


def _call(whom: Whom, text: str, stay: Stay, now: datetime) -> Meant:
    visit, patient = stay.visit, stay.care.patient
    number = visit.plan_phone if whom is Whom.DRIVER else patient.emergency.phone
    arrives, why = coming_with(text, now, visit.zone)
    if arrives is not None:
        return Meant(Call(visit, whom, CallOutcome.REACHED, number, why, arrives))
    said, _, note = (part.strip() for part in text.partition(","))
    found = [one for words, one in OUTCOMES if said and words.startswith(said.lower())]
    outcome = found[0] if len(found) == 1 else None
    if outcome is None or (whom is not Whom.DRIVER and outcome in ONLY_DRIVER):
        hint = HINTS[Act.CALL if whom is Whom.DRIVER else Act.CONTACT]
        return Meant(problem=tr("Say what came of it: {what}.").format(what=tr(hint)))
    return Meant(Call(visit, whom, outcome, number, note))


def _escort(text: str, stay: Stay) -> Meant:
    person = read_person(text)
    name = " ".join(part for part in (person.name, person.relationship) if part)  # "Blue Sky Escort"
    plan = GoingHomePlan(TransportKind.PAID_ESCORT, name, person.phone, adult=True)
    lacking = gaps(plan, stay.care.setup.profile_of(stay.care.type))
    if not person.name or not person.phone:
        return Meant(problem=tr("Write the name and the phone: {what}.").format(what="Acme 217-555-0101"))
    if lacking:
        return Meant(problem=tr("This visit accepts no paid escort. Set-up says which ways home it does."))
    return Meant(plan=plan)


def _stays(text: str, stay: Stay, now: datetime) -> Meant:
    low = text.strip().lower()
    there = [one for one, _ in in_the_house(stay.care.setup, now)]
    named = [
        one
        for one in there
        if low and (one.initials.lower() == low or any(w.startswith(low) for w in _names(one.name)))
    ]
    if len(named) != 1:
        names = ", ".join(one.name for one in there)
        return Meant(problem=tr("Say who of those on site: {names}.").format(names=names))
    return Meant(stamp=Stamp(kind=StampKind.STAYS, person=named[0].name))


def _names(name: str) -> tuple[str, ...]:
    """The whole name, and each word of it."""
    return (name.lower(), *name.lower().split())
