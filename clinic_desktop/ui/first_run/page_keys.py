"""F1 before a clinic is open: what can be done on the page that is shown, and by which keys."""

from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.dialog_keys import DialogKeys
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_LOOK = QT_TR_NOOP("Light and dark. Ctrl F7 makes the text larger, Ctrl F6 smaller.")


class PageKeys(Dialog):
    """Over the page, which stays as it is; Esc or F1 goes back to where the focus was."""

    def __init__(self, window: QWidget, page: QWidget) -> None:
        look, again = ("Ctrl F9, F10", tr(_LOOK)), ("F1", tr("Shows this, and puts it away."))
        self.keys = DialogKeys(page, look, again)
        super().__init__(window, tr("Keys"))
        self.body.addWidget(self.keys)
        self.add_leave_button(tr("Back"))

    def show_keys(self) -> None:
        """F1 once more."""
        self.reject()
