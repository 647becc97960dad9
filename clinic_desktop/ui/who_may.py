"""Whose roles carry a right: said to whoever has it not."""

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import RightMissing
from clinic_desktop.security.rights import BUNDLES, Right, may, require
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import show_problem

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


def may_or_is_told(actor: Actor, right: Right) -> bool:
    """Whether somebody may; whoever may not is told so, and who may."""
    try:
        require(actor, right)
    except RightMissing as missing:
        show_problem(missing)
        return False
    return True


def lacks(actor: Actor, right: Right, only: str) -> list[str]:
    """What a button lacks where somebody has no right: ``only`` names ``{who}`` has it. In emergency access
    nobody has, whatever their role."""
    if may(actor, right):
        return []
    if actor.until is not None:
        return [tr("Not in emergency access: sign in first")]
    return [only.format(who=who_may(right))]


def over_rule_words(right: Right = Right.OVERRIDE_RULE) -> str:
    """Who can go over what refuses."""
    return tr("A {who} can go over this with a reason.").format(who=who_may(right))
