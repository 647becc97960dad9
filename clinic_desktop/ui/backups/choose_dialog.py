"""Which backup is to be looked into: those that are known, newest first, and the way to another file."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.backups import Backup, Standing
from clinic_desktop.ui.backups.backup_list import BackupList
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Kind

_WIDE, _HIGH = 620, 240  # px: a file's name in one line, three rows


class ChooseBackupDialog(Dialog):
    """Enter looks into the one that is chosen: nothing is done to the clinic by this."""

    def __init__(
        self,
        parent: QWidget,
        backups: Sequence[Backup],
        zone: str,
        now: datetime,
        on_file: Callable[[str], object],
        on_other: Callable[[], object],
    ) -> None:
        text = tr("Newest first. You see what is in it before anything is changed.")
        if len({one.facts.clinic for one in backups}) > 1:
            text += " " + tr("They are of more than one clinic: what you see then names it.")
        super().__init__(parent, tr("Which backup?"), text, "database")
        self._on_file, self._on_other = on_file, on_other
        self.list = BackupList()
        self.list.setMinimumWidth(min(theme().px(_WIDE), parent.window().width() - 80))
        self.list.setMinimumHeight(min(theme().px(_HIGH), parent.window().height() // 3))
        self.list.show_backups(Standing(Path(), backups), zone, now)
        self.list.picked.connect(self._picked)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Leave it"))
        self.other = self.add_button(tr("Another file ..."), key="Alt+A")
        self.other.fired.connect(self._another)
        QShortcut(QKeySequence(self.other.key), self, self.other.click)
        self.take = self.add_button(tr("Look into it"), Kind.PRIMARY, "Return")
        self.take.fired.connect(lambda: self._picked(self.list.chosen))
        self.list.setFocus()

    def _picked(self, file: str) -> None:
        self.accept()
        self._on_file(file)

    def _another(self) -> None:
        self.accept()
        self._on_other()
