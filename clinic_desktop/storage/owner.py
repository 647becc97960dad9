"""Doing one thing on a server as the owner of the clinic's database."""

from collections.abc import Iterator
from contextlib import contextmanager

from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.security import server_password
from clinic_desktop.storage.engine import account_of, as_user


@contextmanager
def as_owner(address: str, owner: Owner) -> Iterator[str]:
    """The address for its owner, whose password is known as long as the block lasts."""
    mine = as_user(address, owner.name)
    with server_password.for_now(account_of(mine), owner.password):
        yield mine
