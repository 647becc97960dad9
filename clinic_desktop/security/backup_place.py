"""Backups: who may have one made, and where one computer keeps them; a change of that is on record first."""

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.audit import may_carry_out
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.rights import Right, require

KIND = "backup"  # what the audit trail calls it


def may_back_up(actor: Actor) -> None:
    """Whoever was let in, into the folder that the clinic has for them. Raises :class:`RightMissing`, and
    :class:`Refusal` in an emergency."""
    may_carry_out(actor)
    require(actor, Right.VIEW)


def may_back_up_to(actor: Actor) -> None:
    """Where somebody says: that is a copy of the whole clinic. Raises likewise."""
    may_carry_out(actor)
    require(actor, Right.SET_UP)


def choose_folder(store: Store, actor: Actor, folder: str) -> None:
    """From now on they lie there, for whoever gets at the folder."""
    require(actor, Right.SET_UP)
    put_on_record(store, actor, Deed.BACKUP_PLACE, KIND, {"folder": folder})
