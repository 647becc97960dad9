"""Where the paper for a day without the program is kept on one computer: a change is on record first."""

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.rights import Right, require

KIND = "downtime paper"


def choose_folder(store: Store, actor: Actor, folder: str) -> None:
    """From now on it lies there, and whoever gets at the folder reads it."""
    require(actor, Right.SET_UP)
    put_on_record(store, actor, Deed.PAPER_PLACE, KIND, {"what": "readable in a folder", "folder": folder})


def give_up_readable(store: Store, actor: Actor, folder: str) -> None:
    """From now on it is kept sealed alone; what lies readable in ``folder`` is deleted."""
    require(actor, Right.SET_UP)
    about = {"what": "only sealed, and deleted from the folder", "folder": folder}
    put_on_record(store, actor, Deed.PAPER_PLACE, KIND, about)
