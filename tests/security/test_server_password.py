"""The password of the database goes into a keyring that keeps secrets, and into nothing else."""

from collections.abc import Iterator

import keyring
import pytest

from clinic_desktop.security import server_password
from tests.security.test_key_slots import Ring

ACCOUNT = server_password.Account("desk", "db.example.org", "clinic")


class InTheClear(Ring):
    """As the backends that write to a readable file say of themselves."""

    priority = 0.5  # type: ignore[assignment]  # the library's own way


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(server_password, "_typed", {})
    monkeypatch.setattr(server_password, "_kept", {})
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_it_is_kept_in_a_good_keyring_and_used_from_there() -> None:
    keyring.set_keyring(ring := Ring())
    assert server_password.keep(ACCOUNT, "hush-hush-78")
    assert list(ring.kept.values()) == ["hush-hush-78"]
    server_password.forget(ACCOUNT)
    assert server_password.password(ACCOUNT) == "hush-hush-78"


def test_a_keyring_that_lies_readable_on_the_disk_gets_nothing() -> None:
    keyring.set_keyring(ring := InTheClear())
    assert not server_password.keep(ACCOUNT, "hush-hush-78")
    assert ring.kept == {}
    assert server_password.password(ACCOUNT) == "hush-hush-78"  # as long as the program runs
