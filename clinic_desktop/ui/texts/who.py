"""Who writes texts and who approves them, said to whoever may not."""

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.who_may import who_may


def may_write(actor: Actor) -> bool:
    return may(actor, Right.SET_UP) or may(actor, Right.APPROVE_TEXT)


def may_approve(actor: Actor) -> bool:
    return may(actor, Right.APPROVE_TEXT)


def who_writes() -> str:
    who = tr("{some} or {last}").format(some=who_may(Right.SET_UP), last=who_may(Right.APPROVE_TEXT))
    return tr("A {who} writes texts.").format(who=who)


def who_approves() -> str:
    return tr("A {who} approves texts and withdraws them.").format(who=who_may(Right.APPROVE_TEXT))
