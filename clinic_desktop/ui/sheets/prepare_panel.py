"""The preparation sheets of a day beside a place: how each stands, and how far printing is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.patients.panel_frame import PanelFrame
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

WIDTH = 470


class PreparePanel(PanelFrame):
    """``print_wanted`` for Ctrl Enter before anything is sent, ``stop_wanted`` while it is."""

    print_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._said = label("", TextRole.BODY, "second", wrap=True)
        self.list = LineList(tr("Preparation sheets"), at_once=True, wrap=True)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self.list)
        self.set_body(body)
        self.print = self.add_button(tr("Print"), Kind.PRIMARY, key="Ctrl+Return")
        self.print.fired.connect(self.confirm)
        self._running = False

    @property
    def said(self) -> str:
        """How far it is."""
        return self._said.text()

    def wait(self) -> None:
        self.show_lines((), tr("Being read ..."), tr("Print"), [tr("It is being read.")])

    def show_lines(self, rows: Sequence[Row], said: str, verb: str, missing: Sequence[str] = ()) -> None:
        """The visits as they stand, and what Ctrl Enter would print."""
        self._running = False
        self._show(rows, said, verb)
        self.lock(self.print, missing)

    def show_progress(self, rows: Sequence[Row], said: str) -> None:
        """While it goes, Ctrl Enter stops it."""
        self._running = True
        self._show(rows, said, tr("Stop"))
        self.lock(self.print, [])

    def _show(self, rows: Sequence[Row], said: str, verb: str) -> None:
        self.list.set_lines([Line(row) for row in rows])
        self._said.setText(said)
        self.print.setText(verb)
        self.print.updateGeometry()

    def tell(self, said: str) -> None:
        """Also to whoever does not look."""
        announce(self, said)

    def start(self) -> None:
        self.print.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def confirm(self) -> None:
        if self._running:
            self.stop_wanted.emit()
        elif not self.print.missing:
            self.print_wanted.emit()
