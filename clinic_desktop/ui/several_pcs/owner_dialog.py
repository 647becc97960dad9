"""Asks for the name and the password of whoever owns the clinic's database, for one deed."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.server_place import Owner
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.form import Form

OWNER = "clinic_owner"


def owner_fields(form: Form, name: QLineEdit, password: QLineEdit) -> None:
    """The two fields; the password is not shown."""
    password.setEchoMode(QLineEdit.EchoMode.Password)
    form.add("owner", tr("Owner of the database"), name)
    hint = tr("For this once. It is kept nowhere.")
    form.add("owner-password", tr("The owner's password"), password, hint=hint, beside=True)


class OwnerDialog(Dialog):
    """``on_typed`` gets an :class:`Owner`; Esc leaves all as it is."""

    def __init__(
        self, parent: QWidget, title: str, text: str, verb: str, on_typed: Callable[[Owner], object]
    ) -> None:
        super().__init__(parent, title, text, "lock")
        self._on_typed = on_typed
        self.name, self.password = QLineEdit(OWNER), QLineEdit()
        self.form = Form()
        owner_fields(self.form, self.name, self.password)
        self.form.submitted.connect(self._take)
        self.form.edited.connect(self._say_missing)
        self.body.addWidget(self.form)
        self.add_leave_button(tr("Leave it"))
        self.take = self.add_button(verb, Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self._say_missing()
        self.password.setFocus()

    def _say_missing(self) -> None:
        self.take.set_missing([] if self.name.text().strip() else [tr("name the owner")])

    def _take(self) -> None:
        if not self.take.missing:
            self.accept()
            self._on_typed(Owner(self.name.text().strip(), self.password.text()))
