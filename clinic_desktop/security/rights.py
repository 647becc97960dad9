"""Who may do what. Checked in every use case; the screens only follow."""

from enum import StrEnum

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import RightMissing


class Right(StrEnum):
    """A permission. The value reads after "the right to"."""

    VIEW = "view the schedule"
    EDIT_PATIENT = "change patients"
    MERGE_PATIENTS = "merge patients"
    IMPORT = "import patients"
    BOOK = "book visits"
    MOVE = "move visits"
    CANCEL = "cancel visits"
    OVERRIDE_RULE = "override a scheduling rule"
    CLEAR = "clear a patient for treatment"
    ORDER = "write an order"
    FLOOR = "record who comes and goes"  # and notes on it
    RECORD = "record treatment"
    RELEASE = "release a patient"
    OVERRIDE_DRIVER = "override the driver rule"
    SET_LIMITS = "set pressure limits"
    PRINT_SHEET = "print and hand over sheets"
    APPROVE_TEXT = "approve aftercare texts"
    REPORT = "see reports"
    SET_UP = "change the set-up"
    AUDIT = "read the audit trail"


_DESK = frozenset({
    Right.VIEW, Right.EDIT_PATIENT, Right.IMPORT, Right.BOOK, Right.MOVE, Right.CANCEL, Right.PRINT_SHEET,
    Right.FLOOR,
})  # fmt: skip
_CLINICAL = _DESK | {Right.RECORD, Right.RELEASE}

BUNDLES: dict[Role, frozenset[Right]] = {
    Role.RECEPTIONIST: _DESK,
    Role.NURSE: _CLINICAL,
    Role.THERAPIST: _DESK,
    Role.PRESCRIBER: _CLINICAL
    | {
        Right.OVERRIDE_RULE,
        Right.CLEAR,
        Right.ORDER,
        Right.OVERRIDE_DRIVER,
        Right.SET_LIMITS,
        Right.APPROVE_TEXT,
        Right.REPORT,
    },
    Role.MANAGER: _DESK
    | {Right.MERGE_PATIENTS, Right.OVERRIDE_RULE, Right.REPORT, Right.SET_UP, Right.AUDIT},
}


# What emergency access carries, whatever the person's roles: to see, and to record what is done.
EMERGENCY = frozenset({Right.VIEW, Right.FLOOR, Right.RECORD})


def may(actor: Actor, right: Right) -> bool:
    """Whether any of the person's roles carries the right; in an emergency, whether its access does."""
    if actor.until is not None:
        return right in EMERGENCY
    return any(right in BUNDLES[role] for role in actor.roles)


def require(actor: Actor, right: Right) -> None:
    """Raise :class:`RightMissing` unless the person has the right."""
    if not may(actor, right):
        raise RightMissing(right.value, [role.value for role, bundle in BUNDLES.items() if right in bundle])
