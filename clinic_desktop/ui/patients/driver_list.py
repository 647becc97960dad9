"""A patient's usual drivers inside the form: as many blocks as there are drivers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.people.model import UsualDriver
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.driver_block import DriverBlock
from clinic_desktop.ui.patients.wording import problem_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label


class DriverList(QWidget):
    """Answers the drivers typed; ``edited`` with every change."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.blocks: list[DriverBlock] = []
        self.add_button = Button(tr("Add a driver"), Kind.QUIET, icon="plus", size="small")
        self.add_button.fired.connect(self._wanted)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 10, 0, 0)
        head.addWidget(label(tr("Usual drivers"), TextRole.STRONG))
        head.addStretch(1)
        head.addWidget(self.add_button)
        self._column.addLayout(head)

    def value(self) -> tuple[UsualDriver, ...]:
        return tuple(block.value() for block in self.blocks)

    def set_value(self, drivers: Sequence[UsualDriver]) -> None:
        """Show these drivers and no others."""
        if tuple(drivers) == self.value():
            return
        for block in list(self.blocks):
            self._take_out(block)
        for driver in drivers:
            self._add(driver)

    def start(self, number: int = 0) -> None:
        """Put the focus on a driver; a first one is made ready where there is none."""
        if not self.blocks:
            self._add(UsualDriver(""))
            self.edited.emit()
        self.blocks[min(number, len(self.blocks) - 1)].name.setFocus()

    def show_problems(self, found: Problems) -> DriverBlock | None:
        """Say what does not stand in each; answers the first such block."""
        first = None
        for at, block in enumerate(self.blocks):
            problem = block.unread_time() or problem_words(found, f"drivers.{at}")
            block.set_problem(problem)
            if problem and first is None:
                first = block
        return first

    def _wanted(self) -> None:
        self._add(UsualDriver(""))
        self.edited.emit()
        self.blocks[-1].name.setFocus()

    def _add(self, driver: UsualDriver) -> None:
        block = DriverBlock(driver)
        block.edited.connect(self.edited)
        block.removed.connect(self._removed)
        self.blocks.append(block)
        self._column.addWidget(block)

    def _removed(self, block: DriverBlock) -> None:
        self._take_out(block)
        self.add_button.setFocus()
        self.edited.emit()

    def _take_out(self, block: DriverBlock) -> None:
        self.blocks.remove(block)
        self._column.removeWidget(block)
        block.hide()
        block.deleteLater()
