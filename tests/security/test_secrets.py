"""What is secret shows nowhere: not in the trail, a repr, JSON, a copy as a dict, a log or an export."""

import dataclasses
import json
import logging
import sqlite3
from contextlib import closing

import pytest

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.foundation.secrets import HIDDEN, Secret
from clinic_desktop.security import accounts, own_account, tries
from clinic_desktop.security.account import Account
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.storage.audit import image
from clinic_desktop.storage.check import findings
from clinic_desktop.storage.columns import CONVERTER
from clinic_desktop.storage.trail_records import agree
from tests.security.conftest import BETTER, GOOD, Signed
from tests.storage.conftest import beside

PHC = "$argon2id$v=19$m=32,t=1,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNo"
ACCOUNT = Account(1, 1, 7, Secret(PHC), Secret(PHC), Secret(PHC))


def test_it_is_in_no_image_repr_json_or_dict():
    for shown in (
        image(ACCOUNT),
        repr(ACCOUNT),
        str(ACCOUNT.password),
        f"{ACCOUNT.password}",
        repr(dataclasses.asdict(ACCOUNT)),
        str(CONVERTER.unstructure(ACCOUNT)),
        CONVERTER.dumps(ACCOUNT),
        json.dumps(dataclasses.asdict(ACCOUNT), default=str),
    ):
        assert "argon2id" not in shown
    with pytest.raises(TypeError):
        json.dumps(ACCOUNT.password)
    assert json.loads(image(Account(staff_id=7)))["password"] == ""  # and where there is none


def test_an_image_tells_it_from_another_without_showing_it():
    said, other = (json.loads(image(Account(password=Secret(one))))["password"] for one in (PHC, PHC + "x"))
    assert len(said) == len(other) == 16
    assert said != other
    assert said == json.loads(image(ACCOUNT))["pin"]


@pytest.mark.parametrize("column", ["password", "pin", "recovery"])
def test_one_that_was_changed_behind_the_program_is_told(signed_file: Signed, column: str):
    where = signed_file.store.where
    assert findings(where) == []
    with beside(where) as direct:
        direct.run(f"UPDATE account SET {column} = '{PHC}'")  # noqa: S608 - our own names
    (found,) = findings(where)
    assert (found.code, found.message) == (
        "records", "account 1: it is not as the trail says it was left.",
    )  # fmt: skip


def test_that_there_is_one_stands_for_none_of_them():
    """Dots in an image would pass for whatever hash somebody put there."""
    now = image(ACCOUNT)
    hidden = json.dumps({**json.loads(now), "password": HIDDEN, "pin": HIDDEN})
    assert agree("account", now, now)
    assert not agree("account", now, hidden)


def test_two_that_are_equal_are_one():
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a"), Secret()}) == 2
    assert Secret("a") != "a"


@pytest.mark.logs_errors
def test_a_day_of_accounts_leaves_secrets_in_the_row_alone(
    signed_file: Signed, tmp_path, caplog: pytest.LogCaptureFixture
):
    """Every table but the account's own is read through, and the log at its most talkative."""
    log = start_log(tmp_path, logging.DEBUG)
    caplog.set_level(logging.DEBUG)
    store, lin = signed_file.store, signed_file.lin.id
    pin = "739146"  # four digits are found in one of the trail's many hashes now and then
    own_account.set_pin(store, signed_file.manager, GOOD, pin)
    accounts.switch(store, "front", lin, pin)
    own_account.set_password(store, signed_file.manager, GOOD, BETTER)
    own_account.recover(store, "front", lin, signed_file.code.grouped, GOOD)
    code = new_code()
    own_account.keep_code(store, signed_file.manager, GOOD, code)
    for typed in (BETTER, pin * 2):
        with pytest.raises(tries.NotLetIn) as told:
            accounts.sign_in(store, "front", lin, typed)
        logging.getLogger("clinic_desktop").exception("not let in", exc_info=told.value)
        assert typed not in str(told.value)
    assert code.letters not in f"{code!r}{code}"
    secrets = (GOOD, BETTER, pin, code.letters, code.grouped, signed_file.code.letters, "$argon2id")
    with closing(sqlite3.connect(store.where)) as file:
        tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: str(file.execute(f"SELECT * FROM {name}").fetchall()) for name in tables}  # noqa: S608 - our own names
    assert "$argon2id" in rows.pop("account")
    shown = [*rows.values(), log.read_text(encoding="utf-8"), caplog.text.replace("NotLetIn", "")]
    for one in secrets:
        assert not [text for text in shown if one in text], one


def test_what_the_lobby_is_told_has_no_hash(signed_file: Signed):
    assert "argon2id" not in repr(accounts.accounts(signed_file.store))
    assert "argon2id" not in repr(Actor(1, frozenset()))
