"""The part "Several PCs" of the set-up: how the clinic is kept, and what can be done about it."""

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.server_place import KeptHow, Line, ServerPlace
from clinic_desktop.ui.first_run.start_page import WayButton, step_by_key
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.several_pcs.work import SEVERAL, SeveralPcs
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled
from clinic_desktop.ui.wording import problem_worded

_WIDTH = 720
_LINES = {
    Line.NEAR: QT_TR_NOOP("The server is this computer: the line does not leave it."),
    Line.PROVED: QT_TR_NOOP(
        "The line is encrypted, and the server proved with its certificate which one it is."
    ),
    Line.ENCRYPTED: QT_TR_NOOP(
        "The line is encrypted, but nobody proves which server answers: give this PC the root certificate."
    ),
}

Way = tuple[str, str, str, Callable[[], None]]


class SeveralView(QWidget):
    """Facts and ways; a digit or Enter takes a way."""

    def __init__(self, several: SeveralPcs) -> None:
        super().__init__()
        self._several = several
        self.says = label(tr(SEVERAL.text), TextRole.TITLE, wrap=True)
        self.facts = label("", TextRole.BODY, wrap=True)
        self.warns = NoticeBox("", "", Tone.WARN)
        self.ways: list[WayButton] = []
        inside = Inside()
        inside.setMaximumWidth(theme().px(_WIDTH) + 44)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 18, 20, 16)
        self._column.setSpacing(10)
        for widget in (self.says, self.facts, self.warns):
            self._column.addWidget(widget)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(10)
        self._column.addSpacing(6)
        self._column.addLayout(self._ways)
        self._column.addStretch(1)
        full = Panel("surface")
        QVBoxLayout(full).addWidget(Scrolled(inside))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(full)
        several.told.connect(self.show_how)
        self.show_how()

    def read(self) -> None:
        self._several.look()

    def show_how(self) -> None:
        """What is known now."""
        how, trouble = self._several.how, self._several.trouble
        self.warns.setVisible(False)
        if trouble is not None:
            self.warns.set_notice(tr("The server was not asked"), problem_worded(trouble), Tone.WARN)
            self.warns.setVisible(True)
        if how is None:
            return
        if how.place is None:
            self._show_file(how)
        else:
            self._show_server(how, how.place)
        self.setAccessibleName(self.says.text())
        self.setAccessibleDescription(self.facts.text())

    def _show_file(self, how: KeptHow) -> None:
        self.says.setText(tr("The clinic is in a file of this PC"))
        sealed = tr("It is encrypted.") if how.sealed else tr("It is not encrypted.")
        alone = tr("Only this PC can work with it.")
        self.facts.setText(f"{how.file}\n{sealed} {alone}")
        move = tr("Every row is copied and compared. Then every PC can work with it.")
        ways = [(tr("Move this clinic to a server"), move, "move", self._several.ask_server)]
        self._show_ways([] if self._several.demo else ways)
        if self._several.demo:
            said = tr(
                "Its people are invented and it is made anew by itself. Set up your own clinic to move it."
            )
            self.warns.set_notice(tr("The demo clinic stays on this PC"), said, Tone.INFO)
            self.warns.setVisible(True)

    def _show_server(self, how: KeptHow, place: ServerPlace) -> None:
        self.says.setText(tr("The clinic is on a server, and every PC can work with it"))
        where = tr("PostgreSQL {version} on {host}, port {port}, database {database}.").format(
            version=how.version,
            host=place.host or tr("this computer"),
            port=place.port,
            database=place.database,
        )
        who = tr("the owner of the database") if how.owner else tr("a name for the desks")
        signs_in = tr("This PC ({computer}) signs in as {user}: {who}.").format(
            computer=settings.desk_name(), user=place.user, who=who
        )
        self.facts.setText("\n".join((where, tr(_LINES[how.line]), signs_in)))
        if how.owner:
            said = tr("Whoever works like that could change the audit trail.")
            self.warns.set_notice(tr("This PC works as the owner of the database"), said, Tone.WARN)
            self.warns.setVisible(True)
        named = tr("Use a name for the desks on this PC") if how.owner else tr("Another name for this PC")
        mean = tr("One of its own, or one that is there. It cannot change the audit trail.")
        back = tr("Every row is copied and compared. Then only this PC works with it.")
        self._show_ways(
            [
                (named, mean, "person", self._several.ask_name),
                (tr("Move the clinic back to a file"), back, "undo", self._several.ask_back),
            ]
        )

    def _show_ways(self, ways: list[Way]) -> None:
        if [one.text() for one in self.ways] == [text for text, _, _, _ in ways]:
            return
        focused = any(one.hasFocus() for one in self.ways)
        for old in self.ways:
            self._ways.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.ways = [
            WayButton(text, mean, icon, str(number))
            for number, (text, mean, icon, _) in enumerate(ways, start=1)
        ]
        for button, (_, _, _, act) in zip(self.ways, ways, strict=True):
            button.clicked.connect(act)
            self._ways.addWidget(button)
        if self.ways:
            self.setFocusProxy(self.ways[0])
        if focused and self.ways:
            self.ways[0].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.ways or not step_by_key(self.ways, event):
            super().keyPressEvent(event)
