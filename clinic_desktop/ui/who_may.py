"""Whose roles carry a right: said to whoever has it not."""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.security.rights import BUNDLES, Right
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_ROLES = {
    Role.PRESCRIBER: QT_TR_NOOP("prescriber"),
    Role.NURSE: QT_TR_NOOP("nurse"),
    Role.THERAPIST: QT_TR_NOOP("therapist"),
    Role.RECEPTIONIST: QT_TR_NOOP("receptionist"),
    Role.MANAGER: QT_TR_NOOP("manager"),
}


def who_may(right: Right) -> str:
    """ "prescriber or manager": whose roles carry a right."""
    *first, last = (tr(_ROLES[role]) for role, rights in BUNDLES.items() if right in rights)
    return tr("{some} or {last}").format(some=", ".join(first), last=last) if first else last


def over_rule_words(right: Right = Right.OVERRIDE_RULE) -> str:
    """Who can go over what refuses."""
    return tr("A {who} can go over this with a reason.").format(who=who_may(right))
