"""The words of the set-up for everything that the records name by a code."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import TransportKind
from clinic_desktop.scheduling.day_after import CallDay
from clinic_desktop.scheduling.model import Cover, PhaseKind, Setup
from clinic_desktop.scheduling.set_up_modalities import fits_of
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

S = TypeVar("S", bound=str)

ROLES: Mapping[Role, str] = {
    Role.PRESCRIBER: QT_TR_NOOP("Prescriber"),
    Role.NURSE: QT_TR_NOOP("Nurse"),
    Role.THERAPIST: QT_TR_NOOP("Therapist"),
    Role.RECEPTIONIST: QT_TR_NOOP("Front desk"),
    Role.MANAGER: QT_TR_NOOP("Manager"),
}
FITS: Mapping[str, str] = {
    "iv": QT_TR_NOOP("IV infusion"),
    "spravato": QT_TR_NOOP("Spravato"),
    "im": QT_TR_NOOP("Intramuscular"),
    "consult": QT_TR_NOOP("Consultation"),
    "therapy": QT_TR_NOOP("Therapy"),
}
FAMILIES: Mapping[str, str] = {
    "iv": QT_TR_NOOP("IV ketamine"),
    "sp": QT_TR_NOOP("Spravato"),
    "co": QT_TR_NOOP("Consultation"),
    "im": QT_TR_NOOP("Intramuscular"),
    "therapy": QT_TR_NOOP("Therapy"),
    "other": QT_TR_NOOP("Other"),
}
PHASES: Mapping[PhaseKind, str] = {
    PhaseKind.CHECK_IN: QT_TR_NOOP("Check-in"),
    PhaseKind.PREP: QT_TR_NOOP("Prep"),
    PhaseKind.DOSING: QT_TR_NOOP("Dosing"),
    PhaseKind.INFUSION: QT_TR_NOOP("Infusion"),
    PhaseKind.SESSION: QT_TR_NOOP("Session"),
    PhaseKind.MONITORING: QT_TR_NOOP("Monitoring"),
    PhaseKind.RECOVERY: QT_TR_NOOP("Recovery"),
    PhaseKind.RELEASE: QT_TR_NOOP("Release"),
    PhaseKind.TURNOVER: QT_TR_NOOP("Turnover"),
}
COVERS: Mapping[Cover, str] = {
    Cover.NOBODY: QT_TR_NOOP("nobody"),
    Cover.CLINICIAN: QT_TR_NOOP("a clinician"),
    Cover.PRESCRIBER: QT_TR_NOOP("a prescriber"),
}
WAYS_HOME: Mapping[TransportKind, str] = {
    TransportKind.ADULT_DRIVES: QT_TR_NOOP("A named adult drives"),
    TransportKind.ADULT_IN_TAXI: QT_TR_NOOP("A named adult rides along in a taxi or ride-share"),
    TransportKind.ADULT_ON_TRANSIT: QT_TR_NOOP("A named adult comes along on public transport"),
    TransportKind.PAID_ESCORT: QT_TR_NOOP("A paid medical escort"),
    TransportKind.TAXI_ALONE: QT_TR_NOOP("Taxi or ride-share alone"),
    TransportKind.TRANSIT_ALONE: QT_TR_NOOP("Public transport alone, after a longer stay"),
}
DEMANDED: Mapping[str, str] = {
    "booking": QT_TR_NOOP("when the visit is booked"),
    "confirmation": QT_TR_NOOP("before the visit is confirmed"),
    "start": QT_TR_NOOP("before the treatment starts; it may be confirmed without"),
}
SHEETS: Mapping[str, str] = {
    "": QT_TR_NOOP("None"),
    "iv": QT_TR_NOOP("Ketamine by infusion"),
    "iv-pain": QT_TR_NOOP("Ketamine by infusion, for pain"),
    "im": QT_TR_NOOP("Ketamine by injection"),
    "kap": QT_TR_NOOP("Ketamine with therapy"),
    "spravato": QT_TR_NOOP("Spravato"),
}
CALL_DAYS: Mapping[CallDay, str] = {
    CallDay.NEVER: QT_TR_NOOP("No call"),
    CallDay.BUSINESS: QT_TR_NOOP("On the next business day"),
    CallDay.NEXT: QT_TR_NOOP("On the next day, weekends too"),
}
AFTER_ASKED: Mapping[str, str] = {
    "chest": QT_TR_NOOP("Chest pain or short breath (red)"),
    "confusion": QT_TR_NOOP("Lasting confusion (red)"),
    "pressure": QT_TR_NOOP("Severe headache or changed sight (red)"),
    "urine": QT_TR_NOOP("Urinary signs (red)"),
    "mood": QT_TR_NOOP("Lower mood"),
    "sick": QT_TR_NOOP("Sick or throwing up"),
    "site": QT_TR_NOOP("Sore skin at the needle"),
}
ASKED_SINCE: Mapping[str, str] = {
    "food": QT_TR_NOOP("Minutes without food"),
    "liquid": QT_TR_NOOP("Minutes without liquids"),
    "spray": QT_TR_NOOP("Minutes without a nasal spray"),
}
ASKED: Mapping[str, str] = {
    "pregnancy": QT_TR_NOOP("Pregnancy"),
    "benzodiazepines": QT_TR_NOOP("Benzodiazepines today"),
    "hypnotics": QT_TR_NOOP("Other sedatives today"),
    "opioids": QT_TR_NOOP("Opioids today"),
    "stimulants": QT_TR_NOOP("Stimulants today"),
    "maoi": QT_TR_NOOP("MAOIs today"),
    "oximeter": QT_TR_NOOP("Pulse oximeter here"),
    "consent": QT_TR_NOOP("Consent seen"),
}
DISCHARGE_FORMS: Mapping[str, str] = {
    "": QT_TR_NOOP("None"),
    "aldrete": QT_TR_NOOP("Modified Aldrete"),
    "padss": QT_TR_NOOP("PADSS"),
    "mpadss": QT_TR_NOOP("Modified PADSS"),
}
# The items of these forms that a clinic may leave out.
FORM_ITEMS: Mapping[str, str] = {
    "padss.bleeding": QT_TR_NOOP("PADSS: bleeding"),
    "padss.intake and output": QT_TR_NOOP("PADSS: intake and output"),
    "mpadss.bleeding": QT_TR_NOOP("Modified PADSS: bleeding"),
    "mpadss.pain": QT_TR_NOOP("Modified PADSS: pain"),
}
# The statements of a sheet that a clinic may leave out, by number.
STATEMENTS: Mapping[str, str] = {
    "1": QT_TR_NOOP("who takes you home"),
    "3": QT_TR_NOOP("papers and big choices"),
    "4": QT_TR_NOOP("work and caring for others"),
    "5": QT_TR_NOOP("alcohol and other drugs"),
    "6": QT_TR_NOOP("sleep, calming and pain medicines"),
    "7": QT_TR_NOOP("your medicines"),
    "8": QT_TR_NOOP("food, drink and nausea"),
    "9": QT_TR_NOOP("what is normal today"),
    "14": QT_TR_NOOP("care of the IV site"),
    "15": QT_TR_NOOP("rest and the next days"),
}
PREPARED: Mapping[str, str] = {
    "23": QT_TR_NOOP("which medicines to take"),
    "24": QT_TR_NOOP("alcohol and other drugs"),
    "28": QT_TR_NOOP("what to bring"),
    "29": QT_TR_NOOP("comfort and a silent phone"),
    "30": QT_TR_NOOP("forms to fill in"),
    "31": QT_TR_NOOP("until when to cancel"),
}
WEEKDAYS = (
    QT_TR_NOOP("Monday"),
    QT_TR_NOOP("Tuesday"),
    QT_TR_NOOP("Wednesday"),
    QT_TR_NOOP("Thursday"),
    QT_TR_NOOP("Friday"),
    QT_TR_NOOP("Saturday"),
    QT_TR_NOOP("Sunday"),
)
SHORT_DAYS = (
    QT_TR_NOOP("Mon"),
    QT_TR_NOOP("Tue"),
    QT_TR_NOOP("Wed"),
    QT_TR_NOOP("Thu"),
    QT_TR_NOOP("Fri"),
    QT_TR_NOOP("Sat"),
    QT_TR_NOOP("Sun"),
)


def choices(words: Mapping[S, str]) -> tuple[tuple[str, str], ...]:
    """(value, words) pairs for a combo, ticks or a grid, in the order of the table."""
    return tuple((str(value), tr(text)) for value, text in words.items())


def fit_words(fit: str, setup: Setup) -> str:
    """What a room is fit for: as shipped, else the name of the treatment that has this code."""
    if fit in FITS:
        return tr(FITS[fit])
    return next((one.name for one in setup.modalities if one.code == fit), fit)


def fit_choices(setup: Setup) -> tuple[tuple[str, str], ...]:
    """(fit, words) of everything that a room of this clinic can be fit for."""
    return tuple((fit, fit_words(fit, setup)) for fit in fits_of(setup))


def role_words(roles: Iterable[Role]) -> str:
    """ "Prescriber, Manager", always in the same order."""
    wanted = set(roles)
    return ", ".join(tr(text) for role, text in ROLES.items() if role in wanted)


def day_names(weekdays: Iterable[int]) -> str:
    """ "Mon–Fri", "Mon, Wed, Fri"; runs of three days and more are joined."""
    runs: list[list[int]] = []
    for day in sorted(set(weekdays)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run) for run in runs)


def _run(days: list[int]) -> str:
    names = [tr(SHORT_DAYS[day]) for day in days]
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names)
