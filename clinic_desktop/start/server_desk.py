"""What the assistant for several PCs does: the window's wishes, carried out in storage by a worker."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import StoreRefused
from clinic_desktop.foundation.moving_steps import Far, Moved
from clinic_desktop.foundation.server_place import Looked, Named, NameWish, Owner, ServerPlace
from clinic_desktop.scheduling.set_up_new import Answers, make_clinic
from clinic_desktop.security import server_password
from clinic_desktop.security.key_slots import take_away, write_new
from clinic_desktop.security.unlocking import NewKeys
from clinic_desktop.storage import check, moved, moving
from clinic_desktop.storage.engine import Sealed, Where, account_of, as_user, connector, is_address
from clinic_desktop.storage.keyed import with_its_key
from clinic_desktop.storage.open_elsewhere import open_elsewhere
from clinic_desktop.storage.owner import as_owner
from clinic_desktop.storage.server_look import DESKS, look_at, make_desk_name, place_of
from clinic_desktop.storage.store import open_store

Tell = Callable[[Far], object]


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


def take_name(address: str, wish: NameWish) -> Named:
    """The name that this PC signs in with from now on: one that is there, with its password, or a new one
    that the owner makes. Its password is kept, where this PC has a place for it. Raises
    :class:`ClinicProblem`."""
    mine = as_user(address, wish.name)
    typed = wish.password
    if not typed and wish.owner is not None:
        with as_owner(address, wish.owner) as owners:
            _, typed = make_desk_name(owners, wish.name, new=True)
    account = account_of(mine)
    with server_password.for_now(account, typed):
        connector(mine)().close()
    kept = bool(typed) and server_password.keep(account, typed)
    return Named(mine, "" if kept or wish.password else typed)


def move_there(here: Where, place: ServerPlace, actor: Actor, tell: Tell) -> Moved | None:
    """The clinic of this PC to the server; None where an earlier move was only finished."""
    return moving.move(here, place.address, actor, SystemClock().now(), tell)


def others_there(address: str, owner: Owner) -> tuple[str, ...]:
    """The desks that have the clinic at a server open, seen by its owner."""
    with as_owner(address, owner) as source:
        return open_elsewhere(source)


def move_back(
    address: str, owner: Owner, file: Path, keys: NewKeys | None, actor: Actor, tell: Tell
) -> Moved | None:
    """From the server to a file of this PC, encrypted where there are keys for it. What is not done leaves
    nothing behind."""
    target: Path | Sealed = file
    file.parent.mkdir(parents=True, exist_ok=True)
    if keys is not None:
        write_new(file, keys.slots)
        target = Sealed(file, keys.data_key)
    try:
        with as_owner(address, owner) as source:
            return moving.move(source, target, actor, SystemClock().now(), tell)
    except BaseException:
        if keys is not None and not file.exists():
            take_away(file, keys.slots)
        raise


def finished(here: Where, there: str, key_file: Path | None) -> Where:
    """The file that a clinic was moved to, ready to be opened: where the move was cut off between its last
    two steps, it is finished. Raises :class:`ClinicProblem`."""
    target = with_its_key(there, key_file)
    finish(here, target)
    return target


def finish(here: Where, target: Where) -> None:
    """The same with what opens the file; what is whole stays as it is."""
    try:
        open_store(target).close()
    except StoreRefused as refused:
        if str(refused) != moved.HALF_WAY:
            raise
        moving.move(here, target, PROGRAM, SystemClock().now())


def take_back(here: Where, owner: Owner | None) -> tuple[str, ...]:
    """The old copy of a clinic that was moved away is used again, on a server by its owner; what the check
    then finds in it, by its codes."""
    if is_address(here) and owner is not None:
        with as_owner(here, owner) as mine:
            moving.take_back(mine, PROGRAM, SystemClock().now())
    else:
        moving.take_back(here, PROGRAM, SystemClock().now())
    return tuple(dict.fromkeys(one.code for one in check.findings(here)))


def desks_place(address: str) -> ServerPlace:
    """A place for the desks' name to join at."""
    return replace(place_of(address), user=DESKS)


def make_there(place: ServerPlace, answers: Answers) -> None:
    """A new clinic at that place."""
    with closing(open_store(place.address, make=True)) as store:
        make_clinic(store, PROGRAM, answers)
