"""Save the present way of looking at the board: its name, and the key it gets."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.ui.board.saved_views import LONGEST_NAME, SLOTS, SavedView
from clinic_desktop.ui.board.view_words import slot_key, view_words
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.rows import Row

REMOVE = "Ctrl+Del"


class SaveViewDialog(Dialog):
    """``on_save(slot, name)``; ``on_forget(slot)`` gives a key back."""

    def __init__(
        self,
        parent: QWidget,
        present: SavedView,
        there: Mapping[int, SavedView],
        slot: int,
        on_save: Callable[[int, str], object],
        on_forget: Callable[[int], object],
    ) -> None:
        super().__init__(parent, tr("Save this view"), view_words(present))
        self._there, self._on_save, self._on_forget = there, on_save, on_forget
        self.name = QLineEdit(present.name)
        self.name.setMaxLength(LONGEST_NAME)
        self.name.selectAll()
        self.field = FieldRow(tr("Name"), self.name)
        self.list = ChoiceList([_choice(one, there.get(one)) for one in SLOTS], tr("The key it gets"))
        self.list.setCurrentIndex(self.list.model().index(slot - 1, 0))
        self.body.addWidget(self.field)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        self.remove: Button = self.add_button(tr("Remove"), Kind.QUIET, key=REMOVE)
        self.take = self.add_button(tr("Save"), Kind.PRIMARY, key="Return")
        self.remove.fired.connect(self._forget)
        self.take.fired.connect(self._save)
        self.name.returnPressed.connect(self._save)
        self.name.textChanged.connect(self._named)
        self.list.picked.connect(self._save)
        self.list.current_changed.connect(self._slot_changed)
        QShortcut(QKeySequence(REMOVE), self).activated.connect(self._forget)
        self._slot_changed()
        self.name.setFocus()

    @property
    def slot(self) -> int:
        return int(self.list.current)

    def _slot_changed(self) -> None:
        words = tr("Save in its place") if self.slot in self._there else tr("Save on {key}")
        self.take.setText(words.format(key=key_text(slot_key(self.slot))))
        self.take.updateGeometry()
        self.remove.setVisible(self.slot in self._there)

    def _named(self) -> None:
        self.field.set_problem("")

    def _save(self) -> None:
        name = self.name.text().strip()
        if not name:
            self.field.set_problem(tr("Type a name: the menu and the search line show it."))
            self.name.setFocus()
            return
        slot = self.slot
        self.accept()
        self._on_save(slot, name)

    def _forget(self) -> None:
        slot = self.slot
        if slot in self._there:
            self.accept()
            self._on_forget(slot)


def _choice(slot: int, view: SavedView | None) -> Choice:
    key = key_text(slot_key(slot))
    if view is None:
        return Choice(str(slot), Row(tr("Nothing saved yet"), right=key))
    return Choice(str(slot), Row(view.name, view_words(view), right=key))
