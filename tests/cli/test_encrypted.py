"""An encrypted clinic from the command line: the key comes from a key file, and nobody is asked."""

import os

import pytest

from clinic_desktop.security.key_places import KEY_FILE_VARIABLE
from clinic_desktop.security.key_slots import slots_file
from clinic_desktop.security.unlocking import new_keys
from clinic_desktop.storage import cipher, look
from tests.cli.conftest import OnFile, Run
from tests.without_keyring import without_keyring

pytestmark = pytest.mark.skipif(not cipher.can_seal(), reason="SQLCipher does not come for this system")


@pytest.fixture(autouse=True)
def no_keyring():
    with without_keyring():
        yield


def test_a_new_clinic_is_encrypted_and_opened_by_its_key_file(run: Run, tmp_path, monkeypatch):
    path, key = tmp_path / "new.sqlite", tmp_path / "clinic.key"
    bare = run("init", path)
    assert (bare.status, bare.out, list(tmp_path.glob("new*"))) == (2, "", [])
    assert "--key-file" in bare.err
    assert "--plain" in bare.err
    made = run("init", path, "--key-file", key, "--json").json
    assert look.is_sealed(path)
    assert len(made["recovery_key"].split("-")) == 7
    assert key.stat().st_mode & 0o077 == 0
    assert run("--data", path, "--key-file", key, "check", "--json").json == {"ok": True, "findings": []}
    locked = run("--data", path, "day", "2026-11-16")
    assert (locked.status, locked.err.count("\n")) == (1, 1)
    assert "is encrypted" in locked.err
    monkeypatch.setenv(KEY_FILE_VARIABLE, str(key))
    assert run("--data", path, "day", "2026-11-16", "--json").json == {"visits": []}
    key.chmod(0o644)
    opened = run("--data", path, "day", "2026-11-16")
    assert (opened.status, "can be read by others" in opened.err) == (1, True)
    key.chmod(0o600)
    before = path.read_bytes()
    assert run("init", path).status == 1
    assert path.read_bytes() == before


def test_a_clinic_that_is_there_is_encrypted(run: Run, monday: OnFile, tmp_path):
    key = tmp_path / "clinic.key"
    plain = run("--data", monday.path, "day", "2026-11-16", "--json").json
    done = run("--data", monday.path, "encrypt", "--key-file", key)
    assert done.status == 0
    assert "Recovery key" in done.out
    assert look.is_sealed(monday.path)
    assert run("--data", monday.path, "--key-file", key, "day", "2026-11-16", "--json").json == plain
    trail = tmp_path / "trail.csv"
    assert run("--data", monday.path, "--key-file", key, "trail", "--csv", trail).status == 0
    assert "keys changed" in trail.read_text()
    again = run("--data", monday.path, "encrypt", "--key-file", key)
    assert (again.status, "already" in again.err) == (1, True)
    nowhere = run("--data", tmp_path / "none.sqlite", "encrypt", "--key-file", tmp_path / "other.key")
    assert (nowhere.status, (tmp_path / "other.key").exists()) == (1, False)


def test_a_move_that_failed_leaves_no_keys_and_can_be_tried_again(run: Run, monday: OnFile, tmp_path):
    target, key = tmp_path / "there" / "clinic.sqlite", tmp_path / "clinic.key"
    for _ in range(2):
        failed = run("--data", monday.path, "move", "--to", target, "--key-file", key)
        assert (failed.status, "server" in failed.err) == (1, True)  # from a file to a file
        assert not list(target.parent.iterdir())
    slots_file(target).write_text("of another clinic")
    failed = run("--data", monday.path, "move", "--to", target, "--key-file", key)
    assert (failed.status, "is there already" in failed.err) == (1, True)
    assert slots_file(target).read_text() == "of another clinic"


def test_backups_of_an_encrypted_clinic_open_with_its_key_file_alone(run: Run, monday: OnFile, tmp_path):
    key, file = tmp_path / "clinic.key", tmp_path / "one.bak"
    assert run("--data", monday.path, "encrypt", "--key-file", key).status == 0
    here = ("--data", monday.path, "--key-file", key)
    before = run(*here, "day", "2026-11-16", "--json").json
    locked = run("--data", monday.path, "backup", file)
    assert (locked.status, "is encrypted" in locked.err, file.exists()) == (1, True, False)
    made = run(*here, "backup", file, "--json")
    assert (made.status, made.json["ok"], look.is_sealed(file)) == (0, True, True)
    assert run("--data", monday.path, "restore", file, "--look").status == 1
    seen = run(*here, "restore", file, "--look", "--json")
    assert (seen.status, seen.json["same_clinic"], seen.json["changes_after_it"]) == (0, True, 0)
    done = run(*here, "restore", file, "--json")
    assert (done.status, done.json["restored"]) == (0, True)
    aside = done.json["kept_aside"]
    assert look.is_sealed(monday.path)
    assert look.is_sealed(monday.path.with_name(aside))
    assert run(*here, "day", "2026-11-16", "--json").json == before
    assert run(*here, "check", "--json").json == {"ok": True, "findings": []}
    assert run("--data", file, "--key-file", key, "check", "--json").json == {"ok": True, "findings": []}


@pytest.mark.parametrize("place", ["gone", "empty", "a new folder", "a fresh clinic"])
def test_an_encrypted_clinic_is_restored_from_its_backup_alone(run: Run, monday: OnFile, tmp_path, place):
    key, file = tmp_path / "clinic.key", tmp_path / "one.bak"
    assert run("--data", monday.path, "encrypt", "--key-file", key).status == 0
    before = run("--data", monday.path, "--key-file", key, "day", "2026-11-16", "--json").json
    assert run("--data", monday.path, "--key-file", key, "backup", file).status == 0
    clinic = tmp_path / "new" / "clinic.sqlite"
    if place in ("gone", "empty"):
        clinic = monday.path
        clinic.unlink()
    if place == "empty":
        clinic.touch()
    if place == "a fresh clinic":
        assert run("init", clinic, "--key-file", key).status == 0
    here = ("--data", clinic, "--key-file", key)
    seen = run(*here, "restore", file, "--look", "--json")
    assert (seen.status, seen.json["inside"]["visits"]) == (0, 3)
    done = run(*here, "restore", file)
    assert (done.status, "Restored." in done.out) == (0, True)
    assert look.is_sealed(clinic)
    assert run(*here, "day", "2026-11-16", "--json").json == before
    assert run(*here, "check", "--json").json == {"ok": True, "findings": []}


def test_what_opens_a_backup_is_asked_for_at_a_terminal_and_never_in_a_script(
    run: Run, monday: OnFile, tmp_path, monkeypatch
):
    key, file = tmp_path / "clinic.key", tmp_path / "one.bak"
    made = run("--data", monday.path, "encrypt", "--key-file", key, "--json").json
    assert run("--data", monday.path, "--key-file", key, "backup", file).status == 0
    clinic = tmp_path / "new" / "clinic.sqlite"
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return str(made["recovery_key"])

    monkeypatch.setattr("getpass.getpass", typed)
    script = run("--data", clinic, "restore", file)
    assert (script.status, asked, clinic.exists()) == (1, [], False)
    assert "one.bak is encrypted, and nothing here opens it. Nothing was changed." in script.err
    assert "Run at a terminal, this asks for it; a script names its key file: --key-file FILE." in script.err
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    done = run("--data", clinic, "restore", file)
    assert (done.status, asked) == (0, ["Passphrase or recovery key of one.bak: "])
    assert made["recovery_key"] not in done.out + done.err
    assert run("--data", clinic, "--key-file", key, "check").status == 0
    wrong = run("--data", tmp_path / "third.sqlite", "--key-file", tmp_path / "none", "restore", file)
    assert (wrong.status, "is not there" in wrong.err) == (1, True)


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="a link takes rights there")
def test_a_link_to_a_clinic_stays_one(run: Run, monday: OnFile, tmp_path):
    link, key = tmp_path / "mine.sqlite", tmp_path / "clinic.key"
    link.symlink_to(monday.path)
    assert run("--data", link, "encrypt", "--key-file", key).status == 0
    assert run("--data", link, "--key-file", key, "backup", tmp_path / "one.bak").status == 0
    assert run("--data", link, "--key-file", key, "restore", tmp_path / "one.bak").status == 0
    assert link.is_symlink()
    assert look.is_sealed(monday.path)
    assert run("--data", monday.path, "--key-file", key, "check").status == 0


def test_keys_that_a_move_left_when_it_was_ended_are_used_by_the_next(run: Run, monday: OnFile, tmp_path):
    target, key = tmp_path / "there" / "clinic.sqlite", tmp_path / "clinic.key"
    target.parent.mkdir()
    new_keys(key_file=key).write(target)
    lay_there = slots_file(target).read_bytes()
    failed = run("--data", monday.path, "move", "--to", target, "--key-file", key)
    assert "is there already" not in failed.err
    assert "earlier try" in failed.err
    assert "server" in failed.err  # from a file to a file
    assert slots_file(target).read_bytes() == lay_there
