"""The whole record, saved for the patient from their page."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import Role
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.ui import file_dialogs
from tests.people.small_clinic import SmallClinic
from tests.ui.patients.conftest import Window


def test_both_files_go_into_the_folder_and_it_is_said(
    request: pytest.FixtureRequest, clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.patient()
    window: Window = request.getfixturevalue("window")
    folder = tmp_path / "given"
    folder.mkdir()
    asked: list[str] = []

    def choose(_parent: object, title: str, on_chosen: file_dialogs.Chosen) -> None:
        asked.append(title)
        on_chosen(str(folder))

    monkeypatch.setattr(file_dialogs, "ask_folder", choose)
    window.place._desk.render = render_pdf
    window.find("oka")
    window.press(Qt.Key.Key_S, ctrl=True)
    window.wait()
    assert (asked, list(folder.iterdir())) == ([], [])  # the front desk may not
    window.place._desk.act_as(clinic.actor(Role.PRESCRIBER))
    window.press(Qt.Key.Key_S, ctrl=True)
    window.wait(lambda: len(list(folder.iterdir())) == 2)
    assert asked == ["Folder for the whole record"]
    assert {one.suffix for one in folder.iterdir()} == {".json", ".pdf"}
    with clinic.store.read() as records:
        deeds = [one.action for one in records.noted(Patient, [window.shown.id])]
    assert deeds.count("exported") == 1
