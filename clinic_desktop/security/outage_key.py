"""The key with which a desk seals what it keeps while the server is away. It is the clinic's, and only the
server has it in the clear: whoever takes a computer away has nothing to open its copy with."""

from dataclasses import dataclass

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.secrets import NOTHING, Secret
from clinic_desktop.foundation.store import Store
from clinic_desktop.security.sealed_files import new_key

ONE = 1


@dataclass(frozen=True, slots=True)
class OutageKey:
    """The one of a clinic, as hexadecimal digits."""

    id: int = 0
    version: int = 0
    key: Secret = NOTHING


def outage_key(store: Store, actor: Actor) -> bytes:
    """The clinic's key, made by the first desk that asks for it."""
    with store.read() as records:
        found = records.find(OutageKey)
    if not found:
        found = [_made(store, actor)]
    return bytes.fromhex(found[0].key.value)


def _made(store: Store, actor: Actor) -> OutageKey:
    with store.write(actor) as unit:
        unit.lock_all_days()  # two desks that ask first come one after the other
        if there := unit.find(OutageKey):
            return there[0]
        made = unit.add(OutageKey(id=ONE, key=Secret(new_key().hex())))
        unit.commit()
    return made
