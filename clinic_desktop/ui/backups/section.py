"""The part "Backups" of the set-up: where they go, the last ones and how each was checked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.ui.backups.backup_list import BackupList
from clinic_desktop.ui.backups.keeping import BACK_UP, FOLDER, RESTORE, Keeping
from clinic_desktop.ui.backups.words import in_status_bar
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled
from clinic_desktop.ui.wording import problem_worded

_NONE = QT_TR_NOOP(
    "Each one will stand here with when it was made and how it was checked. Back up now makes the first. One "
    "that lies elsewhere is found with Restore."
)

_SAME_DISK = QT_TR_NOOP(
    "Where that disk breaks or the computer is gone, these backups are gone with it. Choose a folder on "
    "another drive or on the network."
)


class BackupsView(QWidget):
    """A row leads to a look into its backup."""

    def __init__(self, keeping: Keeping) -> None:
        super().__init__()
        self._keeping = keeping
        self.says = label("", TextRole.TITLE, wrap=True)
        self.where = label("", TextRole.BODY, "second", wrap=True)
        self.trouble = NoticeBox("", "", Tone.DANGER)
        self.same_disk = NoticeBox(tr("On the same disk as the clinic's data"), tr(_SAME_DISK), Tone.WARN)
        self.same_disk.hide()
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
        column.addWidget(self.same_disk)
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
        keeping.made.connect(self.list.choose_newest)
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
        self.same_disk.setVisible(stands is not None and stands.on_the_datas_disk)
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
