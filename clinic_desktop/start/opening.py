"""Opening a clinic and making a new one, with what the window needs of it at once: for worker threads."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import SystemClock
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, StoreRefused
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.set_up_new import Answers, make_clinic
from clinic_desktop.security import unlocking
from clinic_desktop.security.accounts import accounts
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.clinic_keys import KIND
from clinic_desktop.security.key_slots import Kind as KeyKind
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.tries import Known
from clinic_desktop.start import server_desk
from clinic_desktop.storage.engine import Sealed, Where, is_address, real_file
from clinic_desktop.storage.kept_copy import KeptStore, open_copy
from clinic_desktop.storage.keyed import new_store, with_its_key
from clinic_desktop.storage.known_backup import refuse_backup
from clinic_desktop.storage.looking import LookingStore, open_to_look
from clinic_desktop.storage.moved import WentElsewhere
from clinic_desktop.storage.sealing import seal
from clinic_desktop.storage.store import SqlStore, open_store
from clinic_desktop.ui.first_run.keys_step import WishedKeys
from clinic_desktop.ui.window import read_setup

_log = logging.getLogger(__name__)
_NO_PASSPHRASE = "This computer's keyring did not take the key. Go back and choose a passphrase."  # noqa: S105 - a sentence


@dataclass(frozen=True, slots=True)
class Opened:
    """A clinic that is open, with what the window needs at once."""

    store: SqlStore
    setup: Setup
    number: int
    last_written: datetime | None
    known: tuple[Known, ...] = ()
    too_much: bool = False  # signed in to the server with more rights than a desk's

    @property
    def only_looked_at(self) -> bool:
        """Whether every change is refused."""
        return isinstance(self.store, LookingStore)

    @property
    def of_backup(self) -> bool:
        """Whether it is a backup that is looked at."""
        return isinstance(self.store, LookingStore) and self.store.of_backup


class OldCopy(StoreRefused):
    """The clinic was moved from ``here``, as it was to be opened, to ``there``."""

    def __init__(self, said: str, here: Where, there: str) -> None:
        self.here, self.there = here, there
        super().__init__(said)


def open_clinic(where: Where) -> Opened:
    """Open and read the set-up; for a worker thread. Raises :class:`OldCopy` where it was moved away."""
    try:
        store = open_store(where)
    except WentElsewhere as went:
        raise OldCopy(went.short, where, went.there) from went
    return opened_store(store)


def opened_store(store: SqlStore) -> Opened:
    """What the window needs of a store; for a worker thread."""
    setup, number = read_setup(store), store.change_number()
    if isinstance(store, KeptStore):
        return Opened(store, setup, number, None, _known_here(store, setup))
    known = tuple(accounts(store))
    return Opened(store, setup, number, store.last_written(), known, store.may_do_too_much())


def opened_copy(folder: Path, key: bytes) -> Opened:
    """The floor as this computer kept it; for a worker thread."""
    return opened_store(open_copy(folder, key, SystemClock()))


def _known_here(store: KeptStore, setup: Setup) -> tuple[Known, ...]:
    """Who can come in without the server: a copy has no accounts."""
    here = {one.staff_id for one in AwayDoor(store.folder).people()}
    people = sorted((one for one in setup.staff if one.active and one.id in here), key=lambda one: one.name)
    return tuple(Known(one, has_password=True, has_pin=False) for one in people)


def open_keyed(where: str, key_file: Path | None) -> Opened:
    """The same with the key that this computer has for it; raises ``Locked`` where a person must be asked."""
    if not is_address(where):
        refuse_backup(Path(where))  # before anybody is asked for its key
    return open_clinic(with_its_key(where, key_file))


def look_keyed(where: str, key_file: Path | None) -> Opened:
    """The same to look at only: nothing of it is changed."""
    return opened_store(open_to_look(with_its_key(where, key_file)))


def open_typed(
    where: str, typed: str, remember: bool, *, only_look: bool = False, old: OldCopy | None = None
) -> Opened:
    """The same with what was typed. ``remember``: this computer's keyring opens it from now on. ``old``: the
    copy from which it was moved there; a move that was cut off is finished."""
    path = real_file(Path(where))
    key = unlocking.opened_by(path, typed)
    sealed = Sealed(path, key)
    if only_look:
        return opened_store(open_to_look(sealed))
    if old is not None:
        server_desk.finish(old.here, sealed)
    opened = open_clinic(sealed)
    if remember:
        if unlocking.remember(path, key):
            put_on_record(opened.store, PROGRAM, Deed.KEYS, KIND, {"what": "remembered on a computer"})
        else:
            _log.info("there is no keyring that remembers a key")
    return opened


def encrypt(path: Path, wished: WishedKeys) -> Sealed:
    """Move a plain clinic into an encrypted file; for a worker thread."""
    keys = new_keys_of(wished)
    sealed = seal(path, keys.data_key, keys.slots)
    settings.wish_to_encrypt("")
    return sealed


def open_encrypted(where: Sealed) -> Opened:
    """Open the clinic that was just encrypted, which is on record in it from then on."""
    opened = open_clinic(where)
    put_on_record(opened.store, PROGRAM, Deed.KEYS, KIND, {"what": "encrypted"})
    return opened


def new_keys_of(wished: WishedKeys) -> unlocking.NewKeys:
    """What the assistant asked for as keys; this computer's keyring takes the data key where there is one."""
    keys = unlocking.new_keys(wished.passphrase, recovery_key=wished.recovery_key, remembered=True)
    if not keys.slots.kinds & {KeyKind.PASSPHRASE, KeyKind.KEYRING}:
        raise EnvironmentFailure(_NO_PASSPHRASE)
    return keys


def new_clinic(where: Path, answers: Answers, wished: WishedKeys | None = None) -> Opened:
    """Make a clinic and open it; for a worker thread. One that cannot be made leaves no file behind."""
    store = new_store(where, new_keys_of(wished) if wished is not None else None)
    try:
        make_clinic(store, PROGRAM, answers)
    except ClinicProblem:
        store.close()
        # Without keys of its own, those beside it are another clinic's, which was moved away.
        for end in ("-wal", "-shm", "", *([".keys"] if wished is not None else [])):
            where.with_name(where.name + end).unlink(missing_ok=True)
        raise
    return opened_store(store)
