"""What opens an encrypted clinic, and changing it: the passphrase, the recovery key, this computer's keyring.

Each change is on record before it is made, so that none is made without; and each is one file that is
renamed into place, so that whatever stops it, what opened the clinic before or what opens it now does. The
data key stays as it is: a slot of before, beside a backup, opens today's data too. Not for the GUI thread.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import key_places, key_slots, unlocking
from clinic_desktop.security.account import Account
from clinic_desktop.security.key_slots import Kind, NotOpened, Slots
from clinic_desktop.security.own_account import prove
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.security.recovery_key import read_recovery_key
from clinic_desktop.security.rights import Right, require

KIND = "key"  # what the trail's rows are about
NOT_WRITTEN = "The keys could not be written ({why}). What opened the clinic before still opens it."


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What opens a clinic. keyring: this computer's, for whoever is logged in here now; elsewhere: that of
    another computer or login. can_remember: there is a keyring here to keep a key in. by_account: whoever
    asks has an account, and proves by its password who they are.
    """

    keyring: bool
    elsewhere: bool
    can_remember: bool
    passphrase: bool
    recovery: bool
    key_file: bool
    by_account: bool = True


def ways_in(store: AccountStore, actor: Actor, clinic: Path) -> WaysIn:
    """What opens the clinic in that file. Raises :class:`RightMissing`, and ``SlotsLost``."""
    require(actor, Right.SET_UP)
    slots = key_slots.read(clinic)
    here = _opens_here(slots)
    kinds = slots.kinds
    return WaysIn(
        keyring=here,
        elsewhere=Kind.KEYRING in kinds and not here,
        can_remember=key_places.has_keyring(),
        passphrase=Kind.PASSPHRASE in kinds,
        recovery=Kind.RECOVERY in kinds,
        key_file=Kind.KEY_FILE in kinds,
        by_account=_has_account(store, actor),
    )


def change_passphrase(store: AccountStore, actor: Actor, clinic: Path, typed: str, new: str) -> None:
    """Another passphrase, or a first one. ``typed``: the one of now, or the recovery key.

    Raises :class:`NotOpened` for what does not open the clinic and for a short one, ``Mistyped``.
    """
    require(actor, Right.SET_UP)
    data_key = unlocking.opened_by(clinic, typed)
    made = key_slots.with_passphrase(key_slots.read(clinic), data_key, new)
    _change(store, actor, "passphrase", lambda: _replace(clinic, made, Kind.PASSPHRASE))


def renew_recovery_key(
    store: AccountStore,
    actor: Actor,
    clinic: Path,
    data_key: bytes,
    proof: str,
    printed: str,
    typed_back: str,
) -> None:
    """The key that was printed opens the clinic from now on, and the one of before no more; once it was typed
    back from the paper.

    proof: the person's own password; in a clinic without accounts the passphrase or the recovery key of now.
    Neither key need be at hand: where both are lost, this computer may be the last that opens the clinic.
    Raises ``NotLetIn``, :class:`NotOpened`, ``Mistyped``.
    """
    require(actor, Right.SET_UP)
    if read_recovery_key(typed_back) != read_recovery_key(printed):
        raise NotOpened(key_slots.OTHER_RECOVERY)
    _must_be_proven(store, actor, clinic, proof)
    made, _ = key_slots.with_recovery_key(key_slots.read(clinic), data_key, read_recovery_key(printed))
    _change(store, actor, "recovery key", lambda: _replace(clinic, made, Kind.RECOVERY))


def remember_here(store: AccountStore, actor: Actor, clinic: Path, typed: str) -> None:
    """This computer's keyring opens the clinic from now on. ``typed``: the passphrase or the recovery key."""
    require(actor, Right.SET_UP)
    data_key = unlocking.opened_by(clinic, typed)
    if not key_places.has_keyring():
        raise NotOpened(key_slots.NO_KEYRING)

    def remember() -> None:
        if not unlocking.remember(clinic, data_key):
            raise NotOpened(key_slots.NO_KEYRING)

    _change(store, actor, "remembered on a computer", remember)


def forget_here(store: AccountStore, actor: Actor, clinic: Path, typed: str) -> None:
    """This computer asks from now on. ``typed``: the passphrase or the recovery key, so that what opens the
    clinic then is known to somebody."""
    require(actor, Right.SET_UP)
    unlocking.opened_by(clinic, typed)
    key_slots.without(key_slots.read(clinic), Kind.KEYRING)  # raises, before anything is on record
    _change(store, actor, "forgotten on a computer", lambda: unlocking.forget(clinic))


def wish_to_encrypt(store: AccountStore, actor: Actor, clinic: Path) -> None:
    """The next start of the program asks for the keys of a plain clinic, and encrypts it."""
    require(actor, Right.SET_UP)
    put_on_record(store, actor, Deed.KEYS, KIND, {"what": "to be encrypted at the next start"})
    settings.wish_to_encrypt(str(clinic))


def _opens_here(slots: Slots) -> bool:
    if slots.slot(Kind.KEYRING) is None:
        return False
    wrapping = key_places.from_keyring(slots.clinic)
    return wrapping is not None and (
        key_slots.opened_by_wrapping_key(slots, Kind.KEYRING, wrapping) is not None
    )


def _has_account(store: AccountStore, actor: Actor) -> bool:
    with store.read() as records:
        return bool(records.find(Account, staff_id=actor.person_id, active=True))


def _must_be_proven(store: AccountStore, actor: Actor, clinic: Path, proof: str) -> None:
    if _has_account(store, actor):
        prove(store, actor, proof)
    else:
        unlocking.opened_by(clinic, proof)


def _replace(clinic: Path, made: Slots, kind: Kind) -> None:
    """One way of another making among those that lie there now: another program may have changed others."""
    key_slots.write(clinic, key_slots.with_slot_of(key_slots.read(clinic), made, kind))


def _change(store: AccountStore, actor: Actor, what: str, change: Callable[[], None]) -> None:
    put_on_record(store, actor, Deed.KEYS, KIND, {"what": what})
    try:
        with store.write(actor):  # alone: two programs that change two ways at once lose neither
            change()
    except (EnvironmentFailure, OSError) as failure:
        put_on_record(store, actor, Deed.KEYS, KIND, {"what": what, "outcome": "not done"})
        if isinstance(failure, OSError):
            raise EnvironmentFailure(NOT_WRITTEN.format(why=failure.strerror)) from failure
        raise
