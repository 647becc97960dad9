"""Backups for scripts: one JSON object, and a status that says whether it can be relied on."""

import pytest

from clinic_desktop.storage import backup_folder, network_folder


def test_backup_look_restore_and_check(run, monday, tmp_path):
    file = tmp_path / "one.bak"
    made = run("--data", monday.path, "backup", file, "--json")
    assert made.status == 0
    assert made.json["ok"] is True
    assert made.json["sha256"] == backup_folder.hash_of(file)
    again = run("--data", monday.path, "backup", file)
    assert (again.status, again.out) == (1, "")
    assert "already" in again.err
    folder = tmp_path / "folder"
    folder.mkdir()
    dated = run("--data", monday.path, "backup", folder)
    assert dated.status == 0
    assert "It is sound." in dated.out
    assert len(list(folder.glob("clinic-backup-*.sqlite"))) == 1
    seen = run("--data", monday.path, "restore", file, "--look", "--json")
    assert (seen.status, seen.json["restored"], seen.json["changes_after_it"]) == (0, False, 0)
    done = run("--data", monday.path, "restore", file)
    assert done.status == 0
    assert "Restored. What was there is kept as clinic before restoring" in done.out
    assert run("--data", monday.path, "check").status == 0


def test_a_folder_that_is_not_there_is_no_file(run, monday, tmp_path):
    """A stick that is out: nothing is left on this computer under its name."""
    for name in ("usb", "usb/", "usb.4/"):
        said = run("--data", monday.path, "backup", f"{tmp_path}/{name}")
        assert (said.status, said.out) == (2, "")
        assert "There is no folder" in said.err
    assert not list(tmp_path.glob("usb*"))
    (tmp_path / "usb").mkdir()
    assert run("--data", monday.path, "backup", f"{tmp_path}/usb/").status == 0
    assert len(list((tmp_path / "usb").glob("clinic-backup-*.sqlite"))) == 1


def test_another_clinics_backup_is_restored_by_asking_for_it_alone(run, monday, tmp_path):
    other, file = tmp_path / "other.sqlite", tmp_path / "other.bak"
    assert run("init", other, "--plain").status == 0
    assert run("--data", other, "backup", file).status == 0
    before = monday.path.read_bytes()
    said = run("--data", monday.path, "restore", file)
    assert (said.status, said.out) == (1, "")
    assert "other.bak is another clinic's backup (Our clinic), and the clinic here is " in said.err
    assert "--other-clinic" in said.err
    assert monday.path.read_bytes() == before
    seen = run("--data", monday.path, "restore", file, "--look")
    assert "It is another clinic's backup." in seen.out
    assert run("--data", monday.path, "restore", file, "--other-clinic").status == 0


@pytest.mark.parametrize("words", [("restore",), ("backup", "a", "b")])
def test_what_it_does_not_understand(run, words):
    assert run(*words).status == 2


def test_a_backup_that_is_none(run, monday, tmp_path):
    (tmp_path / "none").write_text("something else")
    said = run("--data", monday.path, "restore", tmp_path / "none")
    assert said.status == 1
    assert "clinic-desktop restore" in said.err


def test_a_file_in_a_folder_of_another_computer_is_read_and_never_written(run, monday, tmp_path, monkeypatch):
    file = tmp_path / "one.bak"
    assert run("--data", monday.path, "backup", file).status == 0
    monkeypatch.setattr(network_folder, "on_network", lambda _path: True)
    before = monday.path.read_bytes()
    server = "postgresql://clinic@127.0.0.1:1/clinic"
    for words in (("backup", tmp_path / "two.bak"), ("restore", file), ("encrypt",), ("move", "--to", server),
                  ("take-back",)):  # fmt: skip
        said = run(
            "--data", monday.path, *words, *(("--key-file", tmp_path / "k") if words[0] == "encrypt" else ())
        )
        assert (said.status, "folder of another computer" in said.err) == (1, True), words
    assert run("--data", monday.path, "check").status == 0
    assert run("--data", monday.path, "restore", file, "--look").status == 0
    assert monday.path.read_bytes() == before
    assert not (tmp_path / "two.bak").exists()
