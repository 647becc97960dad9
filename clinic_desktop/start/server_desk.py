"""What the assistant for several PCs does: the window's wishes, carried out in storage by a worker."""

from collections.abc import Callable
from dataclasses import replace

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.server_place import Looked, ServerPlace
from clinic_desktop.scheduling.set_up_new import Answers, make_clinic
from clinic_desktop.security import server_password
from clinic_desktop.storage.engine import account_of
from clinic_desktop.storage.keyed import with_its_key
from clinic_desktop.storage.moving import move
from clinic_desktop.storage.server_look import look_at, make_desk_name
from clinic_desktop.storage.store import open_store


def look(place: ServerPlace, typed: str) -> Looked:
    """Look at a place with the password that was typed; with none, with what this computer knows."""
    account = account_of(place.address)
    if typed:
        server_password.use(account, typed)
    else:
        server_password.forget(account)
    return look_at(place)


def keep_password(place: ServerPlace, typed: str) -> bool:
    """Whether the keyring keeps it."""
    return bool(typed) and server_password.keep(account_of(place.address), typed)


def desk_name(place: ServerPlace) -> tuple[ServerPlace, str]:
    """The owner's place with the desks' name instead, and the password that was made for it."""
    name, typed = make_desk_name(place.address)
    desk = replace(place, user=name)
    keep_password(desk, typed)
    return desk, typed


def move_there(here: str, place: ServerPlace, tell: Callable[[str, int, int], object]) -> None:
    move(with_its_key(here), place.address, PROGRAM, SystemClock().now(), tell)


def make_there(place: ServerPlace, answers: Answers) -> None:
    store = open_store(place.address, make=True)
    try:
        make_clinic(store, PROGRAM, answers)
    finally:
        store.close()
