"""The heading of a part of a panel, with something to do on its right."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label


class SectionHeader(QWidget):
    """A caption; ``trailing`` is a button, badge or text at the right end."""

    def __init__(self, text: str, trailing: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label(text, TextRole.CAPTION, "third")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addStretch(1)
        if trailing is not None:
            row.addWidget(trailing)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        self._label.setText(text)
        self.setAccessibleName(text)
