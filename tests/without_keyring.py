"""A computer without a keyring, and keys that cost nothing to derive."""

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from clinic_desktop.security import key_slots
from clinic_desktop.security.key_slots import Cost


@contextmanager
def without_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    try:
        yield
    finally:
        keyring.set_keyring(before)


@contextmanager
def with_cheap_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same, where a passphrase is derived quickly."""
    monkeypatch.setattr(key_slots, "COST", Cost(64, 1, 1))
    with without_keyring():
        yield
