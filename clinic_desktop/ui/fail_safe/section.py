"""What the end of the day says of the paper for a day without the program."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time, near_date, short_date
from clinic_desktop.ui.fail_safe.fail_safe import FOLDER, PAPER, FailSafe
from clinic_desktop.ui.fail_safe.folder import Kept
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import problem_worded


class PaperSection(QWidget):
    """How old it is and where it lies, or why there is none; with the keys to look at it and to move it."""

    def __init__(self, fail_safe: FailSafe, zone: str) -> None:
        super().__init__()
        self._fail_safe, self._zone = fail_safe, zone
        self.says = label("", TextRole.BODY, "second", wrap=True)
        self.where = label("", TextRole.LABEL, "third", wrap=True)
        self.trouble = NoticeBox("", "", Tone.DANGER)
        self.look = Button(tr("Look and print"), key=PAPER.key, size="small")
        self.look.fired.connect(fail_safe.show)
        self.folder = Button(tr("Folder"), key=FOLDER.key, size="small")
        self.folder.setAccessibleName(tr(FOLDER.text))
        self.folder.fired.connect(fail_safe.ask_where)
        buttons = QHBoxLayout()
        buttons.addWidget(self.look)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(label(tr("Paper for a day without the program"), TextRole.STRONG))
        column.addWidget(self.trouble)
        column.addWidget(self.says)
        column.addWidget(self.where)
        column.addLayout(buttons)
        fail_safe.told.connect(self.show_standing)
        self.show_standing()

    def show_standing(self) -> None:
        standing, trouble, folder = self._fail_safe.standing, self._fail_safe.trouble, self._fail_safe.folder
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.set_notice(tr("It was not made"), problem_worded(trouble), Tone.DANGER)
        self.where.setText(self._where())
        self.where.setVisible(folder is not None)
        self.folder.setVisible(folder is not None)
        self.says.setVisible(standing is not None)
        if standing is None:
            return
        kept, day = standing.kept, near_date(standing.day)
        if kept is None:
            self.says.setText(tr("None was made yet."))
        elif kept.day == standing.day:
            self.says.setText(tr("For {day}: made {when}.").format(day=day, when=self._when(kept)))
        else:
            older = tr("None for {day} yet. The last one, for {other}, was made {when}.")
            self.says.setText(older.format(day=day, other=near_date(kept.day), when=self._when(kept)))

    def _where(self) -> str:
        paper = self._fail_safe
        standing, folder = paper.standing, paper.folder
        if paper.sealed is None:
            lies = standing.kept.file.parent if standing is not None and standing.kept is not None else folder
            return tr("Kept in {folder}.").format(folder=lies) if lies else ""
        if paper.readable:
            return tr("Kept sealed on this computer, and readable in {folder}.").format(folder=folder)
        return tr("Kept sealed on this computer: it opens in the program. Print it, to have it without.")

    def _when(self, kept: Kept) -> str:
        at = local_time(kept.made_at, self._zone)
        return f"{short_date(at.day)}, {clock_time(at.minute)}"
