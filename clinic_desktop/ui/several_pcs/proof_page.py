"""The proof of a move: each table with its rows and its hash, the same on both sides."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout

from clinic_desktop.foundation.moving_steps import Moved
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGE, _LEAST = 820, 110


class ProofPage(Panel):
    """``went_on`` with Ctrl Enter: the clinic is at its new place already."""

    went_on = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self.says = label("", TextRole.BODY, wrap=True)
        self.left_behind = label("", TextRole.BODY, "second", wrap=True)
        self._rows = RowModel(self)
        self.list = QListView()
        self._delegate = RowDelegate(self.list, wrap=True)
        self.list.setModel(self._rows)
        self.list.setItemDelegate(self._delegate)
        follow_selection(self.list)
        self.list.setAccessibleName(tr("Tables that were moved"))
        self.list.setProperty("framed", "true")
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(theme().px(_LEAST))
        self.next = Button(tr("Go on"), Kind.PRIMARY, key="Ctrl+Return", size="large")
        self.next.fired.connect(self.went_on)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("check", "ok", 22), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(label(tr("The clinic was moved, and nothing changed"), TextRole.PAGE, wrap=True), 1)
        middle = Panel("surface")
        middle.setMaximumWidth(theme().px(_PAGE))
        inner = QVBoxLayout(middle)
        inner.setContentsMargins(24, 20, 24, 12)
        inner.setSpacing(10)
        inner.addLayout(head)
        for words in (self.says, self.left_behind):
            inner.addWidget(words)
        inner.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 10, 24, 12)
        foot.addStretch(1)
        foot.addWidget(self.next)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(Line())
        whole.addLayout(foot)
        self.setFocusProxy(self.list)

    def show_proof(self, moved: Moved, old: str, then: str) -> None:
        """``old``: where it was, and is kept as the old copy. ``then``: what the button does next."""
        said = tr(
            "{rows:,} rows of {tables} tables were copied, read back and compared: each table has the same "
            "rows with the same SHA-256 on both sides. The check found nothing wrong."
        )
        self.says.setText(said.format(rows=moved.rows, tables=len(moved.prints)))
        stays = tr("{old} stays as it is, says where the clinic went, and lets nobody in.")
        self.left_behind.setText(stays.format(old=old))
        self._rows.set_things(
            [
                Row(
                    name,
                    detail=tr("SHA-256 {hash}").format(hash=one.hash),
                    right=tr("%n row(s)", "", one.rows),
                    icon="check",
                )
                for name, one in sorted(moved.prints.items())
            ]
        )
        self.list.setCurrentIndex(self._rows.index(0, 0))
        self.next.setText(then)
        self.next.updateGeometry()
        announce(self, f"{self.says.text()} {self.left_behind.text()}")

    @property
    def proven(self) -> list[str]:
        """Each table as it is told."""
        return [self._rows.spoken(one) for one in self._rows.things]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.went_on.emit()
        else:
            super().keyPressEvent(event)
