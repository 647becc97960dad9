"""The rules of the drug log, and of the lot that a device is of."""

from clinic_desktop.foundation.rulebook import Rule, Severity

LOCKED, HARD, WARNING = Severity.LOCKED, Severity.HARD, Severity.WARNING
_LOG = "decision: drug log; D1, D2"

# What does not stand in a line.
LOT = Rule("stock-lot", _LOG, LOCKED, "Write the lot, as it is printed on the package.")
EXPIRES = Rule("stock-expires", _LOG, LOCKED, "Write the day it expires, like 12/31/2027, or 12/2027.")
AMOUNT = Rule("stock-amount", _LOG, LOCKED, "Write how much.")
HOW_MANY = Rule("stock-how-many", _LOG, LOCKED, "Write how many devices.")
STRENGTH = Rule("stock-strength", _LOG, LOCKED, "Write how many mg are in one mL, like 50.")
VIAL = Rule("stock-vial", _LOG, LOCKED, "Write how many mL are in one vial, like 10.")
WITNESS = Rule(
    "stock-witness",
    "decision: drug log; D3, D4",
    LOCKED,
    "Somebody else must have seen it wasted. Choose the witness: not whoever records it.",
)
TWO = Rule("stock-two", _LOG, LOCKED, "Two people count. Choose the second one: not whoever records it.")
COUNTED = Rule("stock-counted", _LOG, LOCKED, "Write how many are here; 0 when none is.")
DIFFERENCE = Rule(
    "stock-difference",
    _LOG,
    LOCKED,
    "{counted} counted, and the log says {expected}. Count again, or say in words what happened.",
)
LOT_NEVER = Rule("stock-never", _LOG, LOCKED, "Lot {lot} never came, says the log. Record what came first.")
TAKEN_BACK = Rule("stock-taken-back", _LOG, LOCKED, "This line was taken back already.")
TAKE_BACK_WHY = Rule("stock-take-back", _LOG, LOCKED, "Say why the line is taken back.")

# What the log tells.
BELOW = Rule(
    "stock-below",
    _LOG,
    WARNING,
    "Lot {lot} stands at {here} in the log: more went than came. Look for what is not recorded, then count.",
)
SOON = Rule("stock-soon", _LOG, WARNING, "Lot {lot} expires on {day}, and {here} are here. Use them first.")
EXPIRED = Rule(
    "stock-expired",
    _LOG,
    WARNING,
    "Lot {lot} expired on {day}. Put it apart, and record what becomes of it.",
)
COUNT_DUE = Rule(
    "stock-count-due",
    _LOG,
    WARNING,
    "Not counted for more than {days} days: {lots}. Two people count what is here.",
)
OTHER_DAY = Rule(
    "stock-other-day",
    _LOG,
    WARNING,
    "By the log lot {lot} expired on {before} until now, and on {day} from now on. Compare it with the "
    "package; take back the line that is wrong.",
)
DRAWN_EXPIRED = Rule(
    "stock-drawn-expired",
    _LOG,
    WARNING,
    "Lot {lot}, which was drawn from, expired on {day}. Tell a prescriber.",
)
SHORT = Rule(
    "stock-short",
    _LOG,
    WARNING,
    "{needed} {drug} are needed for the visits booked until {day}, and {here} are here. Order more.",
)

# The lot of a device.
DOSE_EXPIRED = Rule(
    "dose-expired",
    _LOG,
    HARD,
    "Lot {lot} expired on {day}. Take a device of another lot.",
)
DOSE_LOT_UNKNOWN = Rule(
    "dose-lot-unknown",
    _LOG,
    WARNING,
    "Lot {lot} is not in the drug log. Compare it with the package; if it is right, record what came.",
)
DOSE_LOT_OTHER = Rule(
    "dose-lot-other",
    _LOG,
    WARNING,
    "By the drug log lot {lot} came for another patient. Compare the name on the package.",
)
DOSE_LOT_EMPTY = Rule(
    "dose-lot-empty",
    _LOG,
    WARNING,
    "By the drug log no device of lot {lot} was left. Compare the lot with the package, then count.",
)
