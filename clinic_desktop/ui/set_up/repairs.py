"""The repair list: coming visits that no longer fit, until each of them is settled."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.stranded import StrandedVisit, repair_list
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.set_up.stranded_list import StrandedList, whole_below
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel

Found = list[StrandedVisit]
SHOW_ON_BOARD = Command(
    "set-up.show-on-board", QT_TR_NOOP("Show on the board"), ("Ctrl+B",), "set-up", icon="board", opens=True
)

PROPOSE = Command(
    "set-up.repair-day",
    QT_TR_NOOP("Propose for that day"),
    ("Ctrl+Shift+G",),
    "set-up",
    icon="undo",
    opens=True,
)


class RepairView(QWidget):
    """Read when it is shown, and again after every change while it is. A row leads to its visit."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__()
        self._desk, self._frame = desk, frame
        self._reader: LatestReader[Found] = LatestReader(self, self._show)
        self.list = StrandedList(tr("Visits to repair"))
        self.list.taken.connect(self.show_on_board)
        self.open = Button(tr(SHOW_ON_BOARD.text), icon=SHOW_ON_BOARD.icon, key=SHOW_ON_BOARD.keys[0])
        self.open.fired.connect(self.show_on_board)
        foot = QHBoxLayout()
        self.propose = Button(tr(PROPOSE.text), Kind.PRIMARY, icon=PROPOSE.icon, key=PROPOSE.keys[0])
        self.propose.fired.connect(self.repair_day)
        foot.addWidget(self.propose)
        foot.addWidget(self.open)
        foot.addStretch(1)
        self._title = label("", TextRole.TITLE, wrap=True)
        full = Panel("surface")
        column = QVBoxLayout(full)
        column.setContentsMargins(24, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(self._title)
        text = tr("Open each on the board to move or cancel it. Displaced visits come first.")
        column.addWidget(label(text, TextRole.BODY, "second", wrap=True))
        column.addWidget(self.list, 100)
        column.addWidget(whole_below(self.list))
        column.addLayout(foot)
        column.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState(
                "check", tr("Every coming visit fits"), tr("Hours, rooms and people are there for all.")
            )
        )
        self._stack.addWidget(full)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.list)
        desk.hub.changed.connect(self._changed)

    def read(self) -> None:
        """Look at the coming visits again."""
        desk = self._desk
        now = instant_minute(desk.now())

        def work() -> Found:
            with desk.store.read() as records:
                return repair_list(records, now)

        self._reader.read(work)

    def show_on_board(self) -> None:
        """Leave for the board, at the day of the current row, with its visit selected."""
        visit = self.list.current_visit
        show = getattr(self._frame.go("board"), "show_visit", None) if visit is not None else None
        if visit is not None and callable(show):
            show(visit.id, visit.day)

    def repair_day(self) -> None:
        """Leave for the board with a proposal for all visits of the current row's day."""
        visit = self.list.current_visit
        propose = getattr(self._frame.go("board"), "repair_day", None) if visit is not None else None
        if visit is not None and callable(propose):
            propose(visit.day, "stands")

    def _changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.read()

    def _show(self, found: Found) -> None:
        count = len(found)
        self._title.setText(tr("%n coming visit(s) no longer fit", "", count))
        self.list.show_visits(found, self._desk.setup)
        self._stack.setCurrentIndex(1 if found else 0)
