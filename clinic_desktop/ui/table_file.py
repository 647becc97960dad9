"""A table saved as a CSV file that the person names."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.security.audit import record_exported
from clinic_desktop.ui import file_dialogs
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.printers import write_private


def ask_save(parent: QWidget, name: str, on_chosen: Callable[[str], None]) -> QFileDialog:
    """Let the person choose where a CSV goes; does not block."""
    return file_dialogs.ask_save(parent, tr("Save as CSV"), tr("Tables (*.csv)"), "csv", name, on_chosen)


def save_table(desk: Desk, what: str, file: Path, text: str, **about: object) -> Path:
    """Write it for this person alone, for the work function of an operation; that it is saved is in the audit
    trail before."""
    record_exported(desk.store, desk.actor, what, about={name: str(value) for name, value in about.items()})
    return write_private(file, text.encode("utf-8"))
