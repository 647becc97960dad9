"""Where somebody is asked for a file: among their documents, then where they were last."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import file_dialogs


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The documents of whoever sits here; the program runs elsewhere."""
    folder, program = tmp_path / "Documents", tmp_path / "program"
    folder.mkdir()
    program.mkdir()
    monkeypatch.chdir(program)
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(folder))
    return folder


def saving(home: QWidget, chosen: list[str]) -> QFileDialog:
    return file_dialogs.ask_save(home, "Save as CSV", "Tables (*.csv)", "csv", "usage.csv", chosen.append)


def folder_of(dialog: QFileDialog) -> Path:
    return Path(dialog.directory().absolutePath())


def test_it_begins_among_the_documents_with_a_name(home: QWidget, documents: Path) -> None:
    dialog = saving(home, [])
    assert folder_of(dialog) == documents
    assert [Path(one) for one in dialog.selectedFiles()] == [documents / "usage.csv"]
    dialog.reject()


def test_the_folder_of_last_time_is_remembered_by_every_dialog(home: QWidget, documents: Path) -> None:
    chosen: list[str] = []
    reports = documents / "Reports"
    reports.mkdir()
    dialog = saving(home, chosen)
    dialog.fileSelected.emit(str(reports / "november.csv"))
    dialog.reject()
    assert chosen == [str(reports / "november.csv")]
    again = file_dialogs.ask_open(home, "Choose a list", ["Lists (*.csv)"], chosen.append)
    assert folder_of(again) == reports
    again.reject()


def test_a_folder_that_is_gone_gives_way_to_the_documents(home: QWidget, documents: Path) -> None:
    stick = documents.parent / "stick"
    stick.mkdir()
    saving(home, []).fileSelected.emit(str(stick / "x.csv"))
    stick.rmdir()
    assert file_dialogs.start_folder() == documents


def test_without_documents_it_is_the_home_folder(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(documents / "gone"))
    assert file_dialogs.start_folder() == Path.home()


def test_it_opens_no_larger_than_its_screen(
    home: QWidget, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del documents

    def as_large_as_it_likes(dialog: QFileDialog) -> None:
        dialog.resize(5000, 4000)
        dialog.show()

    monkeypatch.setattr(QFileDialog, "open", as_large_as_it_likes)
    dialog = saving(home, [])
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    dialog.reject()


def test_a_folder_that_is_typed_fast_is_taken(home: QWidget, documents: Path) -> None:
    other = documents.parent / "drive" / "paper"
    other.mkdir(parents=True)
    chosen: list[str] = []
    dialog = file_dialogs.ask_folder(home, "Folder for the paper", chosen.append)
    line = dialog.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.blockSignals(True)  # the list goes along with the keys else, from its own thread
    line.setText(str(other))
    # What Qt answers with where its list had not caught up with the keys: seen with keys 0 ms apart.
    dialog.filesSelected.emit([str(other.parent), str(other)])
    dialog.reject()
    assert [Path(one) for one in chosen] == [other]
    assert file_dialogs.start_folder() == other.parent
