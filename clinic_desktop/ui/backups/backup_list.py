"""Backups as a list to choose one from: when each was made, how it was checked, how large it is."""

from datetime import datetime

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from clinic_desktop.foundation.backups import Backup, Standing
from clinic_desktop.ui.backups.words import checked, size_words, when
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_LEAST = 110  # px: two rows


class BackupList(QListView):
    """The rows, newest first. ``picked`` carries the file on Enter or a double click."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._files: list[str] = []
        self._shown: list[Row] = []
        self._best = QModelIndex()
        self._rows = RowModel(self)
        self._delegate = RowDelegate(self, wrap=True)  # a file's name is long, and of no use when it is cut
        self.setModel(self._rows)
        follow_selection(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(tr("Backups, newest first"))
        self.setProperty("framed", "true")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme().px(_LEAST))
        self.doubleClicked.connect(self._pick)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._pick()
        else:
            super().keyPressEvent(event)

    @property
    def chosen(self) -> str:
        """The file of the current row; empty without one."""
        row = self.currentIndex().row()
        return self._files[row] if 0 <= row < len(self._files) else ""

    def _pick(self) -> None:
        if self.chosen:
            self.picked.emit(self.chosen)

    def show_backups(self, stands: Standing, zone: str, now: datetime) -> None:
        """The rows anew; the same one is current, else the newest sound one."""
        rows = [row_of(one, zone, now, in_clear=one.file in stands.in_clear) for one in stands.backups]
        files = [str(one.file) for one in stands.backups]
        if (files, rows) == (self._files, self._shown):
            return
        current = self.chosen
        self._files, self._shown = files, rows
        self._rows.set_things(rows)
        if files:
            best = stands.to_take(now)
            self._best = self._rows.index(0 if best is None else files.index(str(best.file)), 0)
            kept = self._rows.index(files.index(current), 0) if current in files else self._best
            self.setCurrentIndex(kept)

    def choose_newest(self) -> None:
        """The newest sound one, which may just have been made."""
        if self._files:
            self.setCurrentIndex(self._best)


def row_of(one: Backup, zone: str, now: datetime, *, in_clear: bool = False) -> Row:
    """When it was made, what was looked at, how large it is, and which file it is. in_clear: of an encrypted
    clinic, and not encrypted."""
    badge, tone = "", Tone.NEUTRAL
    if not one.good:
        badge, tone = tr("Not sound") if one.whole else tr("Not there"), Tone.DANGER
    elif in_clear:
        badge, tone = tr("Not encrypted"), Tone.WARN
    return Row(
        when(one.at, zone, now, one.file.name),
        detail=tr("{checked} {file}").format(checked=checked(one), file=one.file.name),
        right=size_words(one.facts.size),
        icon="warning" if badge else "check",
        badge=badge,
        tone=tone,
    )
