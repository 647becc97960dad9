"""A table saved as a CSV file that the person names."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.security.audit import record_exported
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr


def ask_save(parent: QWidget, name: str, on_chosen: Callable[[str], None]) -> QFileDialog:
    """Let the person choose where a CSV goes; does not block."""
    return file_dialogs.ask_save(parent, tr("Save as CSV"), tr("Tables (*.csv)"), "csv", name, on_chosen)


def save_table(desk: Desk, what: str, file: Path, text: str, **about: object) -> Path:
    """Write it, for the work function of an operation; that it was saved is in the audit trail before."""
    record_exported(desk.store, desk.actor, what, about={name: str(value) for name, value in about.items()})
    return write_table(file, text)


def write_table(file: Path, text: str) -> Path:
    """Write it, for the work function of an operation."""
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        raise EnvironmentFailure(
            tr("{file} could not be written: {why}. Choose another place.").format(file=file, why=why)
        ) from problem
    return file
