"""Asks for the password of the clinic's database at the start, where this computer has none that fits."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.field import FieldRow


class PasswordDialog(Dialog):
    """``on_typed`` gets what was typed; Esc leaves all as it is."""

    def __init__(self, parent: QWidget, name: str, text: str, on_typed: Callable[[str], object]) -> None:
        super().__init__(parent, tr("Password of the clinic's server"), text, "lock")
        self._on_typed = on_typed
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        hint = tr("Kept in this computer's keyring where it has one, else asked at each start.")
        self.body.addWidget(FieldRow(tr("Password of {name}").format(name=name), self.field, hint))
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(tr("Open the clinic"), Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self.field.returnPressed.connect(self._take)
        self.field.setFocus()

    def _take(self) -> None:
        if typed := self.field.text():
            self.accept()
            self._on_typed(typed)
