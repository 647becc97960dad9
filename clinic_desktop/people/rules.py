"""The rules of a patient's record, its clearances, check list, orders and merges.

Numbers: H and S are the clinical reference's hard and soft rules (section 10); "decision" is our own.
"""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, HARD, WARNING = Severity.LOCKED, Severity.HARD, Severity.WARNING

NAME_MISSING = Rule(
    "patient-name", "decision: people", LOCKED, "Enter a name. A first or a last name is enough."
)
PHONE_MISSING = Rule(
    "patient-phone", "decision: people", LOCKED, "Enter a phone number, so that the clinic can call back."
)
PHONE_UNREADABLE = Rule(
    "phone-digits",
    "decision: people",
    LOCKED,
    "{number} is not a whole phone number: it has 7 to 15 digits. Check it.",
)
EMAIL_UNREADABLE = Rule(
    "email-form", "decision: people", LOCKED, "An email address reads name@place.com. Check it."
)
BORN_LATER = Rule(
    "birth-future", "decision: people", LOCKED, "This birth date is still to come. Check the year."
)
BORN_TOO_EARLY = Rule(
    "birth-early", "decision: people", LOCKED, "A birth date before {year} is too long ago. Check the year."
)
DIED_LATER = Rule(
    "death-future", "decision: people", LOCKED, "This date of death is still to come. Check the year."
)
DIED_BEFORE_BIRTH = Rule(
    "death-before-birth",
    "decision: people",
    LOCKED,
    "The date of death lies before the birth date. Check both.",
)
ENROLLED_LATER = Rule(
    "enrolled-future", "H2", LOCKED, "This enrolment date is still to come. Enter the day it was done."
)
LANGUAGE_UNKNOWN = Rule("language", "decision: people", LOCKED, "Pick a language from the list.")
DRIVER_NAMELESS = Rule("usual-driver-name", "H7", LOCKED, "Enter the driver's name, or take the line out.")
DRIVER_TIMES = Rule(
    "usual-driver-times", "H7", LOCKED, "{driver}: the pick-up times end before they begin. Swap them."
)
IDENTITY_NUMBER = Rule(
    "identity-number",
    "decision: privacy",
    LOCKED,
    "{number} looks like a social security, licence, passport or other identity number. "
    "The clinic does not keep those. Take it out.",
)
TOO_LONG = Rule("too-long", "decision: people", LOCKED, "At most {most} characters fit here. Shorten it.")
MERGED_AWAY = Rule(
    "patient-merged", "decision: people", LOCKED, "This record was merged into another. Change that one."
)

CHECK_LIST_OPEN = Rule(
    "check-list-open", "H2", LOCKED, "Answer every line of the check list first. Open: {items}."
)
CONTRAINDICATION_REVIEW = Rule(
    "contraindication-review",
    "H2",
    LOCKED,
    "{items}: a prescriber reviews this, with a note why treatment is still right.",
)
CONTRAINDICATION_NOTE = Rule(
    "contraindication-note", "H2", LOCKED, "{items}: add a note why treatment is still right."
)
CLEARANCE_ENDS_FIRST = Rule(
    "clearance-dates", "H1", LOCKED, "The clearance ends before it begins. Check the dates."
)
CLEARANCE_LATER = Rule(
    "clearance-future", "H1", LOCKED, "A clearance begins today or earlier: on the day of the decision."
)
CLEARED_TOO_YOUNG = Rule(
    "clearance-age", "H2", LOCKED, "{modality} is for people of {least} or over. {patient} is {age}."
)
CLEARED_UNREVIEWED = Rule(
    "clearance-contraindication",
    "H2",
    LOCKED,
    "{items} on the check list of {patient}. Review the check list first.",
)
CLEARED_UNSCREENED = Rule(
    "clearance-check-list",
    "H2",
    WARNING,
    "The check list of {patient} is not reviewed yet. It must be before dosing.",
)
CLEARED_UNSEEN = Rule(
    "clearance-check-list-first",
    "H2",
    HARD,
    "The check list of {patient} is not reviewed yet. Open the patient, review it there, then clear.",
)
WITHDRAWN_ALREADY = Rule(
    "clearance-withdrawn", "H1", LOCKED, "This clearance was withdrawn already. Clear anew when it is right."
)
REASON_MISSING = Rule("reason", "decision: people", LOCKED, "Say why, in a few words.")

ORDER_DRUG = Rule("order-drug", "decision: orders", LOCKED, "Enter the drug.")
ORDER_ROUTE = Rule("order-route", "decision: orders", LOCKED, "Enter the route.")
ORDER_DOSE = Rule("order-dose", "decision: orders", LOCKED, "Enter a dose above zero.")
ORDER_SLIP = Rule(
    "order-slip",
    "decision: orders; I1, L3, P1",
    LOCKED,
    "{dose} is ten times the usual {usual} or more. Check the number, the unit and the weight.",
)
ORDER_ABOVE_USUAL = Rule(
    "order-above-usual",
    "decision: orders; I1, L3, P1",
    HARD,
    "{dose} is above the usual {most}. Check the number, the unit and the weight. If it is meant, say why.",
)
ORDER_ABOVE_ALL = Rule(
    "order-above-all",
    "decision: orders; I1, L3, P1",
    HARD,
    "{dose} is more than any source gives, {most} at most. Check the number, the unit and the weight. "
    "If it is meant, write why.",
)
ORDER_UNIT = Rule("order-unit", "decision: orders", LOCKED, "A dose is in mg or in mg/kg. Pick one.")
ORDER_WEIGHT = Rule(
    "order-weight", "decision: orders", LOCKED, "A dose in mg/kg needs the weight. Enter it in kg."
)
ORDER_WEIGHED = Rule(
    "order-weighed", "decision: orders", LOCKED, "Enter the day of the weight: today or earlier."
)
ORDER_INTERVAL = Rule("order-interval", "decision: orders", LOCKED, "Days between visits are 1 or more.")
ORDER_VISITS = Rule(
    "order-visits", "decision: orders", LOCKED, "Visits are 1 or more, or empty for no limit."
)
ORDER_ENDED = Rule(
    "order-valid", "decision: orders", LOCKED, "This day has passed. An order is valid to a day to come."
)

_PAYER = "decision: payer, not billing"
PAYER = Rule("payer", _PAYER, LOCKED, "Enter who pays.")
AUTHORIZATION_NUMBER = Rule("payer-number", _PAYER, LOCKED, "Enter the number of the authorization.")
PAID_VISITS = Rule("payer-visits", _PAYER, LOCKED, "Visits are 1 or more.")
FIRST_DAY = Rule("payer-from", _PAYER, LOCKED, "Enter the first day that it counts.")
LAST_DAY_BEFORE_FIRST = Rule("payer-to", _PAYER, LOCKED, "The last day lies before the first. Change one.")
PACKAGE_NAME = Rule("package-name", _PAYER, LOCKED, "Give the package a name.")
PACKAGE_PAID = Rule("package-paid", _PAYER, LOCKED, "Paid is 0 to {visits} visits.")
DEVICES = Rule("devices", _PAYER, LOCKED, "Enter how many devices came; below zero for those that went.")
DEVICES_GONE = Rule("devices-gone", _PAYER, LOCKED, "Only {there} are here. Fewer can go.")
DEVICES_WHY = Rule("devices-why", _PAYER, LOCKED, "Say where they went.")
DEVICES_LATER = Rule("devices-later", _PAYER, LOCKED, "Enter today or an earlier day.")

MERGE_SAME = Rule("merge-same", "decision: people", LOCKED, "These are one and the same record.")
MERGE_MERGED = Rule(
    "merge-merged", "decision: people", LOCKED, "{patient} was merged already. Use the kept record."
)
MERGE_OVERLAP = Rule(
    "merge-overlap",
    "decision: people",
    LOCKED,
    "Both records have visits at the same time: {visits}. One person cannot be in two visits. "
    "Cancel or move one, or these are two people.",
)
MERGE_BIRTH_DATES = Rule(
    "merge-birth-dates",
    "decision: people",
    WARNING,
    "The birth dates differ: {kept} and {merged}. Make sure that this is one person.",
)
MERGE_CLEARANCE = Rule(
    "merge-clearance",
    "decision: people",
    WARNING,
    "{modality}: the stricter clearance counts from now on. A prescriber can clear anew.",
)
MERGE_ORDERS = Rule(
    "merge-orders",
    "decision: orders",
    WARNING,
    "Both records have an order for {modality}: {orders}. Neither counts from now on. "
    "A prescriber writes a new one.",
)
MERGE_UNDONE = Rule("merge-undone", "decision: people", LOCKED, "This merge was undone already.")
MERGE_LATER = Rule(
    "merge-later", "decision: people", LOCKED, "A later merge builds on this one. Undo that one first."
)

TO_DO_BIRTH_DATE = Rule("to-do-birth-date", "H2", WARNING, "Ask for the birth date.")
TO_DO_PHONE = Rule("to-do-phone", "decision: people", WARNING, "Ask for a phone number.")
TO_DO_EMERGENCY = Rule(
    "to-do-emergency", "decision: people", WARNING, "Ask for an emergency contact with a phone."
)
TO_DO_ALLERGIES = Rule(
    "to-do-allergies",
    "decision: people",
    WARNING,
    "Ask about allergies. Write None known when there are none.",
)
TO_DO_INDICATION = Rule(
    "to-do-indication", "decision: before a treatment", WARNING, "Record why the patient is treated."
)
TO_DO_DRIVER = Rule("to-do-driver", "H7", WARNING, "Ask who takes the patient home.")
TO_DO_CHECK_LIST = Rule("to-do-check-list", "H2", WARNING, "Go through the check list.")
TO_DO_REVIEW = Rule("to-do-review", "H2", WARNING, "The check list waits for a clinician's review.")
TO_DO_CLEARANCE = Rule("to-do-clearance", "H1", WARNING, "Not cleared for any treatment yet.")
TO_DO_RENEW = Rule("to-do-renew", "H1", WARNING, "The clearance for {modality} ends on {day}. Renew it.")
TO_DO_LAPSED = Rule("to-do-lapsed", "H1", WARNING, "The clearance for {modality} ended on {day}.")
TO_DO_ENROL = Rule("to-do-enrol", "H2", WARNING, "Enrol in the Spravato program before the first dose.")
TO_DO_ORDER = Rule("to-do-order", "decision: orders", WARNING, "{modality} has no order that is in force.")

TO_DO_ORDERS = Rule(
    "to-do-orders",
    "decision: orders",
    WARNING,
    "Which order for {modality} counts? Two records became one: {orders}. A prescriber writes a new one.",
)

RULES: tuple[Rule, ...] = tuple(value for value in dict(vars()).values() if isinstance(value, Rule))
