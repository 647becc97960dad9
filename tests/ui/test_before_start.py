"""What must be there before the first window is told where it is not, without a traceback."""

import argparse
import logging
import shutil
from pathlib import Path

import pytest

from clinic_desktop import app
from clinic_desktop.foundation import resources
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.logs import start_log
from clinic_desktop.foundation.trouble import Trouble
from clinic_desktop.storage import failures, look, store
from clinic_desktop.storage.trouble import trouble_of
from clinic_desktop.ui.before_start import wrong_here
from clinic_desktop.ui.first_run.health_words import ADVICE


def test_all_is_there(clinic_home: Path) -> None:
    assert wrong_here() is None
    assert list(clinic_home.iterdir()) == []  # the trial left nothing


@pytest.mark.parametrize("gone", ["theme/tokens.json", "icons/calendar.svg", "fonts/noto"])
def test_the_programs_own_files_are_missed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, gone: str
) -> None:
    copy = tmp_path / "resources"
    for part in ("theme", "fonts", "icons", "aftercare"):
        shutil.copytree(resources._FOLDER / part, copy / part)
    lost = copy / gone
    shutil.rmtree(lost) if lost.is_dir() else lost.write_bytes(b"")
    monkeypatch.setattr(resources, "_FOLDER", copy)
    wrong = wrong_here()
    assert wrong is not None
    assert wrong[0] == "Clinic Desktop's own files are damaged"
    assert f"Missing or unreadable: {gone}." in wrong[1]


def test_a_home_that_is_no_folder_is_told(
    qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Through the start of the program itself."""
    file = tmp_path / "file"
    file.write_text("here")
    monkeypatch.setenv("CLINIC_DESKTOP_HOME", str(file / "home"))
    told: list[str] = []
    monkeypatch.setattr(app, "QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(app, "tell_plainly", lambda title, words: told.extend([title, words]))
    assert app.run(argparse.Namespace(data="", demo=False)) == 1
    assert told[0] == "Clinic Desktop cannot use its own folder"
    assert f"{file / 'home'}: " in told[1]
    assert "What is safe" in told[1]
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_that_cannot_be_written_shows_nothing_on_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    (tmp_path / "clinic-desktop.log").symlink_to("/dev/full")
    start_log(tmp_path)
    try:
        logging.getLogger("clinic").warning("words %s", "x" * 10_000)
    finally:
        for handler in set(root.handlers) - set(before):
            root.removeHandler(handler)
            handler.close()
    assert capfd.readouterr() == ("", "")


def test_each_refusal_of_a_database_leads_to_its_own_advice() -> None:
    said = {
        Trouble.DAMAGED: (look.DAMAGED, failures.DAMAGED),
        Trouble.UNGUARDED: (look.UNGUARDED.format(names="claim_insert, claim_update"),),
        Trouble.FOREIGN: (look.FOREIGN,),
        Trouble.NEWER: (look.NEWER,),
        Trouble.GONE: (store.NO_CLINIC,),
        Trouble.EMPTY: (look.EMPTY,),
        Trouble.UNREADABLE: (look.UNREADABLE,),
        Trouble.READ_ONLY: (failures.READ_ONLY,),
        Trouble.FULL: (failures.FULL,),
        Trouble.AWAY: (failures.AWAY,),
        Trouble.OTHER: ("Something else.",),
    }
    for trouble, texts in said.items():
        for text in texts:
            assert trouble_of(EnvironmentFailure(text.replace("{name}", "our clinic.sqlite"))) is trouble
    assert set(ADVICE) == set(Trouble)
    assert all(one.title and one.safe and one.steps for one in ADVICE.values())
