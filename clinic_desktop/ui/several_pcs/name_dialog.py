"""Asks which name this PC is to sign in to the server with: one that is there, or a new one."""

import re
from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.foundation.server_place import NameWish, Owner
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.several_pcs.owner_dialog import OWNER, owner_fields
from clinic_desktop.ui.theme import set_spelled
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.form import Form

_LONGEST = 40


def name_for(computer: str) -> str:
    """A name on a server for a PC of that name: "Front desk 2" is desk_front_desk_2."""
    plain = re.sub(r"[^a-z0-9]+", "_", computer.lower()).strip("_")[:_LONGEST]
    return f"desk_{plain}" if plain else "clinic_desk"


class NameDialog(Dialog):
    """``on_typed`` gets a :class:`NameWish`; Esc leaves all as it is. owner: who signs in now and owns the
    database; empty where the owner's name and password have to be typed."""

    def __init__(
        self, parent: QWidget, computer: str, owner: str, on_typed: Callable[[NameWish], object]
    ) -> None:
        what = tr(
            "A name for the desks cannot change the audit trail. The window closes and opens again with it; "
            "save what you typed first."
        )
        super().__init__(parent, tr("A name for this PC"), what, "person")
        self._on_typed = on_typed
        self._owner = owner
        self.name, self.password = QLineEdit(name_for(computer)), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.owner, self.owner_password = QLineEdit(OWNER), QLineEdit()
        self.form = Form()
        self.form.add("name", tr("Name to sign in with"), self.name)
        hint = tr("Empty for a new name: a password is made for it and kept by this PC, or shown once.")
        self.form.add("password", tr("Its password, if it is there already"), self.password, hint=hint)
        if not owner:
            owner_fields(self.form, self.owner, self.owner_password)
        self.form.edited.connect(self._say_missing)
        self.form.submitted.connect(self._take)
        self.body.addWidget(self.form)
        self.add_leave_button(tr("Leave it"))
        self.take = self.add_button(tr("Sign in with this name"), Kind.PRIMARY, key="Ctrl+Return")
        self.take.fired.connect(self._take)
        QShortcut(QKeySequence(self.take.key), self, self._take)
        self._say_missing()
        self.name.setFocus()
        self.name.selectAll()

    def _say_missing(self) -> None:
        self.take.set_missing([] if self.name.text().strip() else [tr("name this PC")])

    @property
    def wish(self) -> NameWish:
        name, password = self.name.text().strip(), self.password.text()
        typed = Owner(self._owner or self.owner.text().strip(), self.owner_password.text())
        return NameWish(name, password, None if password else typed)

    def _take(self) -> None:
        if not self.take.missing:
            self.accept()
            self._on_typed(self.wish)


class ShownPassword(Dialog):
    """The password that was made, where nothing here keeps it; ``on_read`` however it is closed."""

    def __init__(self, parent: QWidget, password: str, on_read: Callable[[], object]) -> None:
        what = tr(
            "This PC has no keyring, so it asks for the password at each start. It is not shown again: write "
            "it down, and keep it where only those find it who look after the PCs."
        )
        super().__init__(parent, tr("The password of this PC's name"), what, "lock")
        self.password = QLineEdit(password, readOnly=True)
        set_spelled(self.password)
        self.form = Form()
        self.form.add("password", tr("Password"), self.password)
        self.body.addWidget(self.form)
        self.next = self.add_button(tr("I have it: open the clinic"), Kind.PRIMARY, key="Return")
        self.next.fired.connect(self.accept)
        self.form.submitted.connect(self.accept)
        self.finished.connect(lambda _result: on_read())
        self.password.setFocus()
        self.password.selectAll()
