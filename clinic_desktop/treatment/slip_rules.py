"""Slips of the pen, as they are said: entries that contradict themselves or the record.

They refuse a typing error, never the truth: what happened can always be recorded as it was.
"""

from clinic_desktop.foundation.rulebook import Rule, Severity
from clinic_desktop.treatment.rules import (
    DOSE_ALLERGIES,
    DOSE_AT_ONCE,
    DOSE_PRESSURE_AGAIN,
    DOSE_UNUSUAL,
    DOSE_UNUSUAL_ORDERED,
    DOSING_SHORT,
    INFUSION_LONG,
    INFUSION_SHORT,
    INFUSION_SHORT_RATED,
)
from clinic_desktop.treatment.vital_rules import (
    DOSE_PRESSURE_OLD,
    SETTLED_AGAINST,
    UNLIKELY_OXYGEN,
    UNLIKELY_PRESSURE,
    UNLIKELY_PULSE,
    VITALS_TURNED,
)


def _slip(
    code: str,
    sentence: str,
    reference: str = "decision: permission and truth",
    severity: Severity = Severity.LOCKED,
) -> Rule:
    return Rule(f"slip-{code}", reference, severity, sentence)


# Time, and which visit.
TO_COME = _slip("time", "That time is still to come. Record what has happened.")
OTHER_DAY = _slip("day", "This visit is on {day}. Pick the visit of the day.")
UNLIKELY_ORDER = _slip(
    "order",
    "'{entry}' at {time} is before '{other}' at {other_time}. Is that right?",
    severity=Severity.HARD,
)
ELSEWHERE = _slip("elsewhere", "This patient has another visit at that time. Record it there.", "H8")

# Numbers.
PULSE = _slip("pulse", "A pulse lies between 20 and 250. Look at it again.", "H5")
OXYGEN = _slip("oxygen", "Oxygen lies between 50 and 100 percent. Look at it again.", "H5")
NO_NUMBERS = _slip("vitals", "Write a pressure, like 138/84, or pulse and oxygen.", "H5")
ONE_NUMBER = _slip("pressure-half", "Write both numbers, like 138/84.", "H5")
PRESSURE = _slip("pressure", "Pressure is written high/low, like 138/84. Look at it again.", "H5")
NO_PRESSURE = _slip("pressure-none", "There is no pressure to accept yet. Take it and record it first.", "H5")
OTHER_PRESSURE = _slip("pressure-other", "The pressure to accept is {reading}. Look at it again.", "H5")
FORTY_OPEN = _slip("forty", "There is time for the 40-minute pressure until {time}.", "H5")
NONE_MISSED = _slip("missed-none", "By that time no pressure of an infusion was missed.", "H5")
DOSE = _slip("dose", "Record the dose that was given, in mg.", "H6")
DEVICE = _slip("device", "One device is {mg} mg. Record each device by itself.", "H6")

# Words.
REASON = _slip("reason", "Give the reason.")
WHO = _slip("who", "Say who.")
NO_NAME = _slip("no-name", "'{name}' is nobody's name. Say who it is. Numbers have a line of their own.")
NOTE = _slip("note", "Write the note.")
SHEET_TO = _slip("sheet-to", "Say who took the sheet: the patient, the driver, or both.", "H9")
ANSWER = _slip("answer", "Say what was decided. It stays with the incident.")
CLOSED_ALREADY = _slip("closed", "This incident is closed already. Its answer stays as it is.")
FIRST_GONE = _slip(
    "first-gone",
    "The entry cannot be put back by itself: it was changed since, or it was recorded late. Put the times "
    "right on the floor, then close the incident.",
)
INCIDENT_OPEN = _slip(
    "incident-open",
    "Not on record yet: {missing}. Record it with its time first, on the floor; then close the incident.",
    "decision: states",
)
OVERRIDE_REASON = _slip(
    "override-reason", "Give the reason. It stays on the record and in the day's report.", "H7"
)

# What belongs to a visit, and when.
NO_DOSE_HERE = _slip("no-dose-here", "{visit} has no dose. Record 'left' when it is over.")
DOSED = _slip(
    "dosed",
    "A dose was given at {time}. Record the release, 'left before release' or 'transferred'.",
    "H4",
)
NOT_DOSED = _slip(
    "not-dosed", "No dose is recorded. Record it first, or 'arrived, not treated' with the reason."
)
NOT_TREATED = _slip("not-treated", "No dose is recorded. Record 'arrived, not treated' with the reason.")
OVER = _slip("over", "This visit is over: '{ending}' at {time}. Correct that entry if it is not so.")
NOTHING_TO_ALLOW = _slip("nothing-to-allow", "This visit is over. There is nothing left to allow.")
IN_DEVICES = _slip("in-devices", "Spravato is given in devices. Record each device.", "H6")
RUNS_ALREADY = _slip("infusion-runs", "An infusion runs already. Record its end first.")
NONE_RUNS = _slip("infusion-none", "No infusion runs at that time. Record its start first.")

# Another room.
WHICH_ROOM = _slip("room", "Say which room the patient was moved into.", "decision: plan and fact")
NOT_IN_ROOM = _slip(
    "room-none",
    "The patient is in no room at that time. Record when they came into the room; into another than the "
    "booked one: I with its name.",
    "decision: plan and fact",
)
SAME_ROOM = _slip("room-same", "The patient is in {room} at that time already.", "decision: plan and fact")

# Who came.
WHO_CAME = _slip("driver", "Say who came.", "H7")
DRIVER_PHONE = _slip("driver-phone", "Record the phone number of the person who came.", "H7")
DRIVER_ADULT = _slip("driver-adult", "Whoever takes a patient home is 18 or over. Ask, and record it.", "H7")
DRIVER_FIT = _slip("driver-fit", "Say that the person is fit to drive, or wait for somebody who is.", "H7")
DRIVER_ADULT_FIT = _slip(
    "driver-adult-fit", "Say that they are 18 or over, and fit to drive: add 18 fit.", "H7"
)

# Corrections.
CORRECTED_MEANWHILE = _slip(
    "corrected-meanwhile", "That entry was corrected meanwhile. Look at it again.", "H11"
)
OTHER_KIND = _slip("other-kind", "That entry is '{kind}'. Strike it out, then record the other.", "H11")
CORRECTION_REASON = _slip(
    "correction-reason", "Say why the saved entry is changed. The old one stays on record.", "H11"
)

ASKED = frozenset(
    one.code
    for one in (
        UNLIKELY_ORDER,
        DOSING_SHORT,
        DOSE_UNUSUAL,
        DOSE_UNUSUAL_ORDERED,
        DOSE_ALLERGIES,
        DOSE_AT_ONCE,
        DOSE_PRESSURE_AGAIN,
        DOSE_PRESSURE_OLD,
        INFUSION_SHORT,
        INFUSION_SHORT_RATED,
        INFUSION_LONG,
        UNLIKELY_PRESSURE,
        UNLIKELY_PULSE,
        UNLIKELY_OXYGEN,
        VITALS_TURNED,
        SETTLED_AGAINST,
    )
)
"""Codes of what is only asked once more: said again, it is recorded."""
