"""A version beside what is handed out: each statement that says something else, the old words and the new."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from clinic_desktop.aftercare.text_changes import Changed
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.texts.words import change_row
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label

_WIDTH = 760


class Comparing(Dialog):
    """Arrows go from change to change. ``against``: what it is compared with, in words."""

    def __init__(self, parent: QWidget, against: str, found: Sequence[Changed]) -> None:
        super().__init__(parent, tr("What changed"), against)
        self.setMinimumWidth(min(theme().px(_WIDTH), max(320, parent.window().width() - 24)))
        self.list = LineList(tr("Changes"), wrap=True, parent=self)
        self.list.set_lines([Line(change_row(one)) for one in found])
        self.nothing = label(tr("Both say the same."), TextRole.BODY, "second")
        self.nothing.setVisible(not found)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.list)
        back = self.add_leave_button(tr("Back"))
        (self.list if found else back).setFocus()

    @classmethod
    def ask(cls, parent: QWidget, against: str, found: Sequence[Changed]) -> "Comparing":
        made = cls(parent, against, found)
        made.open()
        return made
