"""The paper for a day without the program: where one computer keeps it, and what of it goes out, is on record
first.
"""

from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.store import Store
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.rights import Right, require

KIND = "downtime paper"


def paper_of(day: date, at: datetime) -> dict[str, object]:
    """What the trail says of the pages of a day that somebody looked at, printed or saved."""
    return {"day": day.isoformat(), "at": at.isoformat(timespec="seconds")}


def choose_folder(store: Store, actor: Actor, folder: str) -> None:
    """From now on it lies there, and whoever gets at the folder reads it."""
    require(actor, Right.SET_UP)
    put_on_record(store, actor, Deed.PAPER_PLACE, KIND, {"what": "readable in a folder", "folder": folder})


def give_up_readable(store: Store, actor: Actor, folder: str) -> None:
    """From now on it is kept sealed alone; what lies readable in ``folder`` is deleted."""
    require(actor, Right.SET_UP)
    about = {"what": "only sealed, and deleted from the folder", "folder": folder}
    put_on_record(store, actor, Deed.PAPER_PLACE, KIND, about)
