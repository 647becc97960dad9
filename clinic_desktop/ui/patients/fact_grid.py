"""Name and value in two columns: what is simply to be read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label


class FactGrid(QWidget):
    """The values can be selected with the mouse and copied; a screen reader hears name and value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 2, 10, 0)  # level with the rows of a list
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._pairs: list[tuple[QLabel, QLabel]] = []

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Other facts, in place of the last ones."""
        while len(self._pairs) < len(facts):
            self._add_pair()
        for at, (name, value) in enumerate(self._pairs):
            shown = at < len(facts)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.setText(facts[at][0])
                value.setText(facts[at][1])
                value.setAccessibleName(f"{facts[at][0]}: {facts[at][1]}")

    def facts(self) -> list[tuple[str, str]]:
        """What stands there now."""
        return [(name.text(), value.text()) for name, value in self._pairs if not name.isHidden()]

    def _add_pair(self) -> None:
        name, value = label("", TextRole.LABEL, "third"), label("", TextRole.BODY, wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = len(self._pairs)
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)
        self._pairs.append((name, value))
