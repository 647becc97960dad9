"""The rules of the treatment room: what must hold before a dose and before a release, and what is told.

Where they are asked: :mod:`clinic_desktop.treatment.dosing` and :mod:`clinic_desktop.treatment.leaving`.
"""

from clinic_desktop.foundation.rulebook import Rule, Severity
from clinic_desktop.treatment.discharge_rules import FORM_LOW, FORM_MISSING
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.vital_rules import RELEASE_OXYGEN_LOW, RELEASE_PRESSURE_TELL

LOCKED, HARD, WARNING = Severity.LOCKED, Severity.HARD, Severity.WARNING
DRIVER_AT_DOSING, DRIVER_AT_RELEASE = "driver", "driver-release"  # codes of an override, one for each

# While the server is away.
NOT_WITHOUT_SERVER = Rule(
    "not-without-server",
    "decision: permission and truth",
    LOCKED,
    "The clinic's records cannot be asked now, so the program releases nobody, hands over no sheet and "
    "corrects nothing. Do it on paper, and enter it with its true time when the server is back.",
)

OF_ANOTHER_VISIT = Rule(
    "of-another-visit",
    "decision: permission and truth",
    LOCKED,
    "The clinic was put back to an earlier state, and what was this visit's number is another visit's now. "
    "Look for the patient's own visit, or book it anew, and record this there with its time.",
)

# Told beside the arrival.
LATE_ARRIVAL = Rule(
    "late-arrival",
    "S10",
    WARNING,
    "{patient} came {minutes} minutes after the visit's time. See whether the whole visit still fits.",
)

# Before coming into the room.
ROOM_OCCUPIED = Rule(
    "room-occupied",
    "decision: plan and fact",
    HARD,
    "{other} is in {room}. Record that they left, or give {patient} another room: on the board (Ctrl B), or "
    "on the floor: before they come in I with its name, afterwards J.",
)

# Before the first dose.
DOSE_NOT_CLEARED = Rule(
    "dose-clearance",
    "H1",
    LOCKED,
    "{patient} is not cleared for {modality} today. A prescriber must clear first.",
)
DOSE_ENROLMENT = Rule(
    "dose-enrolment",
    "H2",
    LOCKED,
    "{patient} is not enrolled in the Spravato program. Enrol and record the day first.",
)
DOSE_AGE = Rule(
    "dose-age",
    "H2",
    LOCKED,
    "{modality} is for people of {least} or over. The birth date on record does not show that.",
)
DOSE_INDICATION = Rule(
    "dose-indication",
    "decision: before a treatment",
    HARD,
    "Why {patient} gets {modality} is not on record, and decides the dose. Record it on the patient's page.",
)
DOSE_DIED = Rule(
    "dose-died",
    "decision: people",
    LOCKED,
    "{patient} died on {day}, the record says. See whether this is the right patient, or correct the record.",
)
DOSE_SCREENING = Rule(
    "dose-screening",
    "H2",
    LOCKED,
    "The check list is not reviewed. A nurse or prescriber must review it first.",
)
DOSE_DRIVER = Rule(
    "dose-driver", "H7", HARD, "No driver: {gaps}. Name one, or a prescriber overrides with a reason."
)
DOSE_PRESSURE = Rule(
    "dose-pressure", "H5", LOCKED, "No blood pressure before the dose. Take it and record it first."
)
DOSE_PRESSURE_HIGH = Rule(
    "dose-pressure-high",
    "S1",
    LOCKED,
    "Pressure {reading} at {at} is above 140 or above 90. A prescriber must acknowledge it, or a usual "
    "one is taken from {time} on.",
)
DOSE_LIMITS = Rule(
    "dose-limits",
    "decision: release",
    HARD,
    "No prescriber has set the pressure limits for {modality} yet. A prescriber sets them first, in Set-up.",
)
DOSE_COVER = Rule(
    "dose-cover",
    "H3",
    LOCKED,
    "No prescriber is on site until {time}, when monitoring ends. Do not give the dose.",
)
DOSE_COVER_CLINICIAN = Rule(
    "dose-cover-clinician",
    "H3",
    HARD,
    "No nurse or prescriber is on site until {time}, when recovery ends. Do not give the dose.",
)
DOSE_STAFF = Rule(
    "dose-staff",
    "decision: coverage",
    HARD,
    "Fewer than {least} staff are in the house until {time}, when the visit ends. Do not give the dose.",
)
DOSE_ORDER = Rule(
    "dose-order",
    "decision: courses",
    HARD,
    "Week {week} of {modality} needs an order, and none is valid today. Ask a prescriber for one.",
)
DOSE_ORDERS = Rule(
    "dose-orders",
    "decision: orders",
    HARD,
    "Two records of {patient} became one, and both had an order for {modality}: {orders}. Neither counts. "
    "A prescriber writes a new one first.",
)
DOSE_ALLERGIES = Rule(
    "dose-allergies",
    "decision: before a treatment; L5, L11",
    WARNING,
    "Allergies were never asked. Ask, and write them on the patient's page; None known when there are none.",
)
DOSE_CONSENT = Rule("dose-consent", "decision: floor", WARNING, "Consent for today is not recorded yet.")

# Before any dose.
DOSE_LEFT = Rule(
    "dose-ended",
    "decision: states",
    LOCKED,
    "This visit is over. If the patient is here, strike out its end first: else nothing is due for "
    "them. A dose that was given is recorded as it happened.",
)
DOSE_PRESSURE_EMERGENCY = Rule(
    "dose-pressure-emergency",
    "decision: release",
    LOCKED,
    "Pressure {reading} at {at} is at or above {limit}. A prescriber must acknowledge it before more is "
    "given, whatever was measured since.",
)
DOSE_PRESSURE_AGAIN = Rule(
    "dose-pressure-again",
    "S1",
    WARNING,
    "Pressure {reading} is above 140 or above 90, and no prescriber acknowledged it. Give more all the same?",
)
DOSE_REST = Rule("dose-rest", "H6", HARD, "Less than 5 minutes since the last device. Wait until {time}.")
DOSE_LOT = Rule(
    "dose-lot", "H6", HARD, "Record the lot number of the device. If nobody knows it, the dose has happened."
)
DOSE_PART = Rule(
    "dose-part",
    "H6",
    HARD,
    "A device holds 28 mg, {dose} mg is part of one. Give it whole. If only this was given, it has happened.",
)
DOSE_DEVICES = Rule(
    "dose-devices",
    "H6",
    HARD,
    "{dose} mg is {planned} devices, and they are given. This would be one more.",
)
DOSE_FIRST_84 = Rule(
    "dose-first-84",
    "H6",
    HARD,
    "The first Spravato dose is 56 mg, unless acute suicidal thoughts are the recorded reason. "
    "This device would make it 84.",
)

DOSE_ABOVE_ORDER = Rule(
    "dose-above-order",
    "decision: orders",
    HARD,
    "{dose} mg is more than the ordered {ordered} mg. Check it, or ask a prescriber for another order.",
)
DOSE_SLIP = Rule(
    "dose-slip",
    "decision: orders; I1, L3, P1",
    HARD,
    "{dose} mg is ten times the usual {usual} or more. Check the number and the order.",
)
DOSE_UNUSUAL = Rule(
    "dose-unusual",
    "decision: orders; I1, L3, P1",
    WARNING,
    "{dose} mg is above the usual {most}. Is that right?",
)
DOSE_UNUSUAL_ORDERED = Rule(
    "dose-unusual-ordered",
    "decision: orders; I1, L3, P1",
    WARNING,
    "{dose} mg is above the usual {most}, and it is ordered: {why}. Is that right?",
)
DOSE_AT_ONCE = Rule(
    "dose-at-once",
    "decision: floor",
    WARNING,
    "An infusion of {minutes} minutes is planned, and this records a dose that was given all at once. Is "
    "that right? If it runs, record that it started.",
)

# When the dosing is ended.
DOSING_SHORT = Rule(
    "dosing-incomplete",
    "H6",
    HARD,
    "{given} mg of {planned} mg were given. Is this all? Then it is recorded as incomplete dosing.",
)

# When an infusion ends.
INFUSION_SHORT = Rule(
    "infusion-short",
    "decision: permission and truth",
    WARNING,
    "The infusion of {planned} min ran {ran} min. Were all {dose} mg given? If less, record the end, then "
    "correct the dose at its start.",
)
INFUSION_SHORT_RATED = Rule(
    "infusion-short-rated",
    "decision: permission and truth",
    WARNING,
    "The infusion of {planned} min ran {ran} min: by its rates {given} of {dose} mg ran in. Is that right?",
)
INFUSION_LONG = Rule(
    "infusion-long",
    "decision: permission and truth",
    WARNING,
    "The infusion of {planned} min ran {ran} min. Is that right? If it ended earlier, record the true time.",
)

# Before release.
FLOOR = Rule("release-floor", "H4", LOCKED, "Not before {time}: {minutes} minutes after the {anchor} device.")
NOT_GIVEN = Rule(
    "release-not-given",
    "decision: permission and truth",
    LOCKED,
    "Nobody is released past these. If the patient has gone, record that they left before release.",
)
FLOOR_IV = Rule(
    "release-recovery", "decision: release", HARD, "Not before {time}: {minutes} minutes after the {anchor}."
)
EARLIER_UNANSWERED = Rule(
    "release-earlier",
    "decision: permission and truth",
    LOCKED,
    "A correction made what was given end earlier. Until a prescriber has answered for it (My decisions), "
    "the time recorded first counts.",
)
DANGER_UNDONE = Rule(
    "release-danger-undone",
    "decision: permission and truth",
    LOCKED,
    "A reading that calls for a prescriber was corrected or struck out. Nobody is released before a "
    "prescriber has answered for that (My decisions).",
)
TIMES_CONTRADICT = Rule(
    "release-order",
    "decision: permission and truth",
    LOCKED,
    "'{entry}' at {time} is before '{other}' at {other_time}: both cannot be true. Correct the time that is "
    "wrong.",
)
DOSING_OPEN = Rule(
    "release-dosing", "decision: release", LOCKED, "The {what} has not ended. Record its end first."
)
PRESSURE_BEFORE = Rule(
    "release-pressure-before",
    "H5",
    LOCKED,
    "The pressure before the dose is missing. Record it with its time.",
)
PRESSURE_FORTY = Rule(
    "release-pressure-40",
    "H5",
    LOCKED,
    "The 40-minute pressure is missing. Record it with its time, or why it was missed.",
)
PRESSURE_LAST = Rule(
    "release-pressure-last",
    "H5",
    LOCKED,
    "The last pressure is missing: one from {since} on counts. Take it and record it.",
)
PRESSURE_EMERGENCY = Rule(
    "release-pressure-emergency",
    "decision: release",
    LOCKED,
    "Pressure {reading} is at or above {limit}. Nobody leaves with it. Call the prescriber.",
)
PRESSURE_UNACKNOWLEDGED = Rule(
    "release-pressure-acknowledged",
    "decision: release",
    LOCKED,
    "Pressure {reading} at {at} is at or above {limit}. A prescriber must acknowledge it before release, "
    "whatever was measured since.",
)
PRESSURE_NOT_FALLING = Rule(
    "release-pressure-high",
    "decision: release",
    LOCKED,
    "Pressure {reading} is above 140 or 90 and not falling. Take it again, or a prescriber accepts it.",
)
PRESSURE_UNSIGNED = Rule(
    "release-pressure-unsigned",
    "H5",
    LOCKED,
    "The last pressure {reading} is not signed as acceptable or falling. Sign it: P.",
)
OXYGEN = Rule(
    "release-oxygen", "H5", LOCKED, "The oxygen reading is missing: one from {since} on counts. Record it."
)
SETTLED = Rule(
    "release-settled",
    "H5",
    LOCKED,
    "Sedation, dissociation and breathing are not signed as settled. It counts from {since} on.",
)
WALKS = Rule(
    "release-walks",
    "decision: release",
    LOCKED,
    "Steady walking is not recorded. It counts from {since} on.",
)
LINE = Rule(
    "release-line", "decision: release", LOCKED, "The IV line is not recorded as out, with the site checked."
)
SHEET = Rule("release-sheet", "H9", LOCKED, "The aftercare sheet is not handed over.")
SHEET_UNTRUE = Rule(
    "release-sheet-untrue",
    "decision: sheets",
    LOCKED,
    "The sheet that was handed over counts from {then}, and by now it is {now}. "
    "Print it anew and hand over the new one.",
)
DRIVER_HERE = Rule(
    "release-driver", "H7", HARD, "The driver is not here yet{name}. A prescriber may override with a reason."
)
STAY_ALONE = Rule(
    "release-alone", "H7", HARD, "Going home alone only from {time}, {minutes} minutes after the last dose."
)

# Told beside a pressure after the dose.
TELL_PRESCRIBER = Rule(
    "pressure-tell",
    "decision: release",
    WARNING,
    "Pressure {reading} is at or above {limit}. Tell the prescriber, and take it again at {time}.",
)
EMERGENCY = Rule(
    "pressure-emergency",
    "decision: release",
    WARNING,
    "Pressure {reading} is at or above {limit}. Call the prescriber now.",
)

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))

# What is recorded to settle each item of the release list.
SETTLED_BY: dict[str, StampKind] = {
    DOSING_OPEN.code: StampKind.DOSING_ENDED,
    PRESSURE_BEFORE.code: StampKind.VITALS,
    PRESSURE_FORTY.code: StampKind.VITALS,
    PRESSURE_LAST.code: StampKind.VITALS,
    PRESSURE_EMERGENCY.code: StampKind.VITALS,
    PRESSURE_UNACKNOWLEDGED.code: StampKind.PRESSURE_ACCEPTED,
    PRESSURE_NOT_FALLING.code: StampKind.VITALS,
    RELEASE_PRESSURE_TELL.code: StampKind.VITALS,
    RELEASE_OXYGEN_LOW.code: StampKind.VITALS,
    PRESSURE_UNSIGNED.code: StampKind.PRESSURE_ACCEPTED,
    OXYGEN.code: StampKind.VITALS,
    SETTLED.code: StampKind.SETTLED,
    WALKS.code: StampKind.WALKS,
    FORM_MISSING.code: StampKind.DISCHARGE_FORM,
    FORM_LOW.code: StampKind.DISCHARGE_FORM,
    LINE.code: StampKind.LINE_OUT,
    SHEET.code: StampKind.SHEET_HANDED,
    SHEET_UNTRUE.code: StampKind.SHEET_HANDED,
    DRIVER_HERE.code: StampKind.DRIVER_SEEN,
}
