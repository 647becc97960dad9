"""What a clinic has yet to do before its first treatment: read from the set-up as it stands, so that it is
true on any day and asked again when a room, a treatment or a person is new.
"""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.certification import CERTIFIED_UNKNOWN
from clinic_desktop.scheduling.model import Modality, Setup, VisitType
from clinic_desktop.security.rights import BUNDLES, Right

# Whose each of them is to do.
WHOSE = {
    rules.FIRST_PRESCRIBER.code: Right.SET_UP,
    rules.FIRST_LIMITS.code: Right.SET_LIMITS,
    CERTIFIED_UNKNOWN.code: Right.SET_UP,
    rules.FIRST_SHEETS.code: Right.APPROVE_TEXT,
}


def before_first_treatment(setup: Setup, *, texts_approved: bool = False) -> list[Finding]:
    """What still stands between this clinic and a first dose, in the order it is done; empty when nothing.

    A sheet that nobody approved says for itself that it is a draft: ``texts_approved`` or not, the texts are
    told with the rest, and by themselves keep no clinic waiting.
    """
    offered = offered_modalities(setup)
    if not offered:
        return []
    unset = tuple(one.name for one in offered if not one.limits.are_set)
    found = [
        *([] if _has_prescriber(setup) else [Finding(rules.FIRST_PRESCRIBER)]),
        *([Finding(rules.FIRST_LIMITS, {"treatments": unset})] if unset else []),
        *([Finding(CERTIFIED_UNKNOWN)] if _certified_unknown(setup, offered) else []),
    ]
    return [*found, Finding(rules.FIRST_SHEETS)] if found and not texts_approved else found


def offered_modalities(setup: Setup) -> list[Modality]:
    """The ways of treating that can be booked here: by a visit type that stands, in a room fit for it."""
    codes = {one.modality for one in setup.types if one.current and _has_room(setup, one)}
    return [one for one in setup.modalities if one.code in codes]


def _has_room(setup: Setup, visit_type: VisitType) -> bool:
    fit = visit_type.needs_fit
    return not fit or any(room.active and fit in room.fits for room in setup.rooms)


def _certified_unknown(setup: Setup, offered: list[Modality]) -> bool:
    clinic = setup.clinic
    return any(one.rems for one in offered) and clinic.certified_on is None and clinic.certified_until is None


def _has_prescriber(setup: Setup) -> bool:
    return any(one.active and Role.PRESCRIBER in one.roles for one in setup.staff)


def who_may(setup: Setup, right: Right) -> list[str]:
    """The names of those who work here and have a right."""
    return [
        one.name for one in setup.staff if one.active and any(right in BUNDLES[role] for role in one.roles)
    ]
