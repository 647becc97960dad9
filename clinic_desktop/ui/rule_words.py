"""What went past a rule, in a few words: of what is on record, where the rule's sentence speaks of what is to
be done.
"""

from collections.abc import Iterable

from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_WORDS = {
    # Entries that went past a rule.
    "dose-clearance": QT_TR_NOOP("Dosed without a clearance"),
    "dose-enrolment": QT_TR_NOOP("Dosed without enrolment in the Spravato program"),
    "dose-age": QT_TR_NOOP("Dosed without the age on record"),
    "dose-indication": QT_TR_NOOP("Dosed without the reason for the treatment on record"),
    "dose-died": QT_TR_NOOP("Dosed though the record says that the patient had died"),
    "dose-screening": QT_TR_NOOP("Dosed without a reviewed check list"),
    "dose-driver": QT_TR_NOOP("Dosed without a driver named"),
    "dose-pressure": QT_TR_NOOP("Dosed without a pressure before"),
    "dose-pressure-high": QT_TR_NOOP("Dosed with a high pressure that no prescriber acknowledged"),
    "dose-pressure-emergency": QT_TR_NOOP("More given at a pressure that no prescriber acknowledged"),
    "dose-oxygen-low": QT_TR_NOOP("Dosed with an oxygen that was too low"),
    "dose-cover": QT_TR_NOOP("Dosed without a prescriber on site to the end"),
    "dose-cover-clinician": QT_TR_NOOP("Dosed without a nurse or prescriber on site to the end"),
    "dose-staff": QT_TR_NOOP("Dosed with too few staff in the house"),
    "dose-order": QT_TR_NOOP("Dosed without the order that this week needs"),
    "dose-orders": QT_TR_NOOP("Dosed while two orders from two records stood beside each other"),
    "dose-limits": QT_TR_NOOP("Dosed before a prescriber set the pressure limits"),
    "not-without-server": QT_TR_NOOP("Done while the server was away"),
    "room-occupied": QT_TR_NOOP("In a room where somebody else was"),
    "dose-ended": QT_TR_NOOP("Dosed after the visit was over"),
    "dose-rest": QT_TR_NOOP("Less than 5 minutes between two devices"),
    "dose-lot": QT_TR_NOOP("A device without its lot number"),
    "dose-part": QT_TR_NOOP("Only a part of a device"),
    "dose-devices": QT_TR_NOOP("More devices than planned"),
    "dose-first-84": QT_TR_NOOP("84 mg as the first dose"),
    "dose-above-order": QT_TR_NOOP("More than was ordered"),
    "dose-route": QT_TR_NOOP("Given by another way than ordered"),
    "dose-slip": QT_TR_NOOP("Ten times the usual dose or more"),
    "dosing-incomplete": QT_TR_NOOP("Incomplete dosing: less than was ordered"),
    "release-floor": QT_TR_NOOP("Released before the time was up"),
    "release-recovery": QT_TR_NOOP("Released before the recovery was over"),
    "release-danger-undone": QT_TR_NOOP("A reading that calls for a prescriber was corrected or struck out"),
    "release-earlier": QT_TR_NOOP("A correction made what was given end earlier"),
    "release-order": QT_TR_NOOP("Released while times of the visit contradicted each other"),
    "release-dosing": QT_TR_NOOP("Released before the dosing had ended"),
    "release-pressure-before": QT_TR_NOOP("Released without a pressure before the dose"),
    "release-pressure-40": QT_TR_NOOP("Released without the 40-minute pressure"),
    "release-pressure-last": QT_TR_NOOP("Released without a last pressure"),
    "release-pressure-emergency": QT_TR_NOOP("Released with a pressure at the emergency limit"),
    "release-pressure-acknowledged": QT_TR_NOOP("Released after an emergency pressure not acknowledged"),
    "release-pressure-high": QT_TR_NOOP("Released with a pressure that was high and not falling"),
    "release-pressure-unsigned": QT_TR_NOOP("Released with a pressure that nobody signed"),
    "release-oxygen": QT_TR_NOOP("Released without an oxygen reading after the dose"),
    "release-oxygen-low": QT_TR_NOOP("Released with an oxygen that was too low"),
    "release-pressure-tell": QT_TR_NOOP("Released at the limit for telling the prescriber"),
    "release-settled": QT_TR_NOOP("Released without being signed as settled"),
    "release-walks": QT_TR_NOOP("Released without steady walking on record"),
    "release-form": QT_TR_NOOP("Released without the discharge form"),
    "release-form-low": QT_TR_NOOP("Released below the points of the discharge form"),
    "release-line": QT_TR_NOOP("Released without the line recorded as out"),
    "release-sheet": QT_TR_NOOP("Released without the sheet"),
    "release-sheet-untrue": QT_TR_NOOP("Released with a sheet that was no longer true"),
    "release-not-given": QT_TR_NOOP("Released without permission"),
    "release-driver": QT_TR_NOOP("Released without the driver here"),
    "release-alone": QT_TR_NOOP("Released alone before the time for it"),
    "told-denied": QT_TR_NOOP("A prescriber's word that was not said so"),
    # Ends out of turn.
    "left before release": QT_TR_NOOP("Left before release"),
    "transferred": QT_TR_NOOP("Transferred (911)"),
    # Permission given past a rule, and what the record shows of it.
    "driver": QT_TR_NOOP("Dosing without the driver it asks for"),
    "driver-release": QT_TR_NOOP("Release without the driver"),
    "overlap": QT_TR_NOOP("A room or a person shared by two visits at once"),
    "past": QT_TR_NOOP("Booked for a time that had passed"),
    "same-day": QT_TR_NOOP("A second treatment on one day"),
    "indication": QT_TR_NOOP("Booked without the indication"),
    "first-84": QT_TR_NOOP("Booked with 84 mg as the first dose"),
    "leaves-84-first": QT_TR_NOOP("Moved so that 84 mg comes first"),
    "order-used-up": QT_TR_NOOP("Booked beyond the visits of the order"),
    "order-ended": QT_TR_NOOP("Booked after the order ended"),
    "ordered-interval": QT_TR_NOOP("Booked nearer than the order says"),
    "clinic-closed": QT_TR_NOOP("A time when the clinic is closed"),
    "room-unfit": QT_TR_NOOP("A room that is not fitted for it"),
    "room-closed": QT_TR_NOOP("A room that is closed then"),
    "staff-away": QT_TR_NOOP("Somebody who does not work then"),
    "staff-break": QT_TR_NOOP("Somebody who has a break then"),
    "cover-clinician": QT_TR_NOOP("An infusion without a clinician on site"),
    "cover-two": QT_TR_NOOP("Too few staff in the house"),
}


def rule_words(codes: Iterable[str]) -> str:
    """ "Released without the sheet; Released without the driver here"."""
    return "; ".join(tr(_WORDS[code]) if code in _WORDS else code for code in codes)
