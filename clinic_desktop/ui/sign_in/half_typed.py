"""Whether somebody began something in a window and has not saved it, shown or put aside."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from clinic_desktop.ui.booking.panel_shell import PanelShell

_SAYS_SO = ("dirty", "has_draft")


def half_typed(beneath: QWidget, held: Sequence[QWidget]) -> bool:
    """A dialog, a line, a plan, a form. ``beneath``: what of the window the lock hides; ``held``: dialogs."""
    lines = [one for one in beneath.findChildren(QLineEdit) if not getattr(one, "only_finds", False)]
    if held or any(one.isModified() and one.text() for one in lines):
        return True
    pages = [one for one in beneath.findChildren(QPlainTextEdit) if not getattr(one, "kept_elsewhere", False)]
    if any(one.document().isModified() and one.toPlainText() for one in pages):
        return True
    return any(_begun(one) for one in beneath.findChildren(QObject))


def _begun(one: QObject) -> bool:
    """Panels and forms say so themselves."""
    if any(getattr(one, name, False) is True for name in _SAYS_SO):
        return True
    return isinstance(one, PanelShell) and bool(one.holds())
