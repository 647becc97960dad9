"""Asking for a file: begins in the folder of last time, else among the person's documents; never blocks."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from clinic_desktop.foundation import settings
from clinic_desktop.ui.dialogs import keep_urgent_keys
from clinic_desktop.ui.on_screen import keep_on_screen

Chosen = Callable[[str], object]


def documents() -> Path:
    """Where whoever sits here keeps what is their own."""
    named = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(named) if named and Path(named).is_dir() else Path.home()


def start_folder() -> Path:
    """The folder of last time while it is there, else the documents."""
    last = settings.last_folder()
    return Path(last) if last and Path(last).is_dir() else documents()


def ask_open(
    parent: QWidget, title: str, filters: Sequence[str], on_chosen: Chosen, folder: Path | None = None
) -> QFileDialog:
    """Let the person choose a file that is there. folder: where such files lie, if it is there."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    return _asked(dialog, on_chosen, folder)


def ask_save(
    parent: QWidget, title: str, pattern: str, suffix: str, name: str, on_chosen: Chosen
) -> QFileDialog:
    """Let the person choose where something is written; ``name`` is offered."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([pattern])
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return _asked(dialog, on_chosen)


def ask_folder(parent: QWidget, title: str, on_chosen: Chosen) -> QFileDialog:
    """Let the person choose a folder that is there."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.filesSelected.connect(partial(_several, dialog))
    return _asked(dialog, on_chosen)


def _several(dialog: QFileDialog, folders: Sequence[str]) -> None:
    """Qt's own dialog marks what is above a folder while that is typed fast, answers with both, and then
    tells of no single one: the one in the line is meant."""
    line = dialog.findChild(QLineEdit)
    typed = Path(dialog.directory().absolutePath(), line.text()) if isinstance(line, QLineEdit) else None
    meant = [one for one in folders if Path(one) == typed]
    if len(folders) > 1 and meant:
        dialog.fileSelected.emit(meant[0])


def _asked(dialog: QFileDialog, on_chosen: Chosen, folder: Path | None = None) -> QFileDialog:
    dialog.setDirectory(str(folder if folder is not None and folder.is_dir() else start_folder()))
    dialog.fileSelected.connect(_remember)
    dialog.fileSelected.connect(on_chosen)
    dialog.finished.connect(dialog.deleteLater)
    keep_urgent_keys(dialog, dialog.parentWidget())
    dialog.open()
    keep_on_screen(dialog)
    return dialog


def _remember(chosen: str) -> None:
    settings.remember_folder(Path(chosen).parent)
