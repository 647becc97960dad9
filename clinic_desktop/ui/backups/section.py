"""The part "Backups" of the set-up: where they go, the last ones and how each was checked."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from clinic_desktop.foundation.backups import Backup, Standing
from clinic_desktop.foundation.clock import short_zone
from clinic_desktop.ui.backups.keeping import BACK_UP, FOLDER, RESTORE, Keeping
from clinic_desktop.ui.backups.words import checked, in_status_bar, size_words, when
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled
from clinic_desktop.ui.wording import problem_worded

_LEAST = 110  # px: two rows
_NONE = QT_TR_NOOP(
    "Each one will stand here with when it was made and how it was checked. Back up now makes the first. One "
    "that lies elsewhere is found with Restore."
)


class BackupList(QListView):
    """The rows, newest first. ``picked`` carries the file on Enter or a double click."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._files: list[str] = []
        self._shown: list[Row] = []
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
        """The rows anew; the same one is current, else the first."""
        rows = [row_of(one, zone, now, in_clear=one.file in stands.in_clear) for one in stands.backups]
        files = [str(one.file) for one in stands.backups]
        if (files, rows) == (self._files, self._shown):
            return
        current = self.chosen
        self._files, self._shown = files, rows
        self._rows.set_things(rows)
        if files:
            self.setCurrentIndex(self._rows.index(files.index(current) if current in files else 0, 0))


def row_of(one: Backup, zone: str, now: datetime, *, in_clear: bool = False) -> Row:
    """When it was made, what was looked at, how large it is, and which file it is. in_clear: of an encrypted
    clinic, and not encrypted."""
    badge, tone = "", Tone.NEUTRAL
    if not one.good:
        badge, tone = tr("Not sound") if one.whole else tr("Not there"), Tone.DANGER
    elif in_clear:
        badge, tone = tr("Not encrypted"), Tone.WARN
    return Row(
        tr("{when} {zone}").format(when=when(one.at, zone, now), zone=short_zone(one.at, zone)),
        detail=tr("{checked} {file}").format(checked=checked(one), file=one.file.name),
        right=size_words(one.facts.size),
        icon="warning" if badge else "check",
        badge=badge,
        tone=tone,
    )


class BackupsView(QWidget):
    """A row leads to a look into its backup."""

    def __init__(self, keeping: Keeping) -> None:
        super().__init__()
        self._keeping = keeping
        self.says = label("", TextRole.TITLE, wrap=True)
        self.where = label("", TextRole.BODY, "second", wrap=True)
        self.trouble = NoticeBox("", "", Tone.DANGER)
        self.list = BackupList()
        self.list.picked.connect(keeping.look_into)
        self.now = Button(tr(BACK_UP.text), Kind.PRIMARY, key=BACK_UP.key, size="small")
        self.now.fired.connect(keeping.back_up)
        self.folder = Button(tr("Folder"), key=FOLDER.key, size="small")
        self.folder.setAccessibleName(tr(FOLDER.text))
        self.folder.fired.connect(keeping.ask_where)
        self.restore = Button(tr("Restore ..."), key=RESTORE.key, size="small")
        self.restore.setAccessibleName(tr(RESTORE.text))
        self.restore.fired.connect(keeping.restore_chosen)
        self.none = NoticeBox(tr("No backup is in this folder yet"), tr(_NONE))
        foot = FlowLayout(gap=8, below=8)  # above the list: below it, it would lie out of sight at 200 %
        for button in (self.now, self.folder, self.restore):
            foot.addWidget(button)
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.says)
        column.addWidget(self.where)
        column.addLayout(foot)
        column.addWidget(self.trouble)
        column.addWidget(self.list, 1)
        column.addWidget(self.none)
        column.addStretch(0)
        self._column = column
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        full = Panel("surface")
        QVBoxLayout(full).addWidget(Scrolled(inside))
        outer.addWidget(full)
        keeping.chosen = self._chosen
        keeping.told.connect(self.show_standing)
        self.show_standing()

    def take_focus(self) -> None:
        """To the list; where there is none to the first thing to do."""
        home = self.now if self.list.isHidden() else self.list
        home.setFocus(Qt.FocusReason.TabFocusReason)

    def read(self) -> None:
        self._keeping.look()

    def _chosen(self) -> str:
        return self.list.chosen if self.list.isVisible() else ""

    def show_standing(self) -> None:
        keeping, stands = self._keeping, self._keeping.standing
        self.now.setEnabled(keeping.keeper is not None)
        self.now.set_missing([tr("One moment.")] if keeping.busy else [])  # disabled it would lose the focus
        wrong = None if stands is None else keeping.wrong(stands, keeping.now())
        if wrong is None and keeping.trouble is not None:
            wrong = tr("The last one failed"), problem_worded(keeping.trouble)
        self.trouble.setVisible(wrong is not None)
        if wrong is not None:
            self.trouble.set_notice(*wrong, Tone.DANGER)
        none = stands is None or not stands.backups
        if none and self.list.hasFocus():
            self.now.setFocus()
        self.list.setHidden(none)
        self.none.setHidden(stands is None or not none)
        self._column.setStretch(self._column.count() - 1, int(none))  # what is there stands at the top
        if stands is None:
            self.says.setText(tr("Backups"))
            return
        age = in_status_bar(stands, keeping.now(), failed=keeping.trouble is not None)
        self.says.setText(tr("A backup is being made ...") if keeping.busy else age)
        kept = tr(
            "One is made each day while the program runs, in {folder}. They are kept for 14 days, and one of "
            "each month for 12 months."
        )
        self.where.setText(kept.format(folder=stands.folder))
        self.list.show_backups(stands, keeping.zone, keeping.now())
