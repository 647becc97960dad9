"""Rules that no setting changes, said where somebody might look for the setting."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label


class LockedRules(QWidget):
    """Sentences with a lock before each."""

    def __init__(self, sentences: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QGridLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(8)
        self._rows.setVerticalSpacing(6)
        self._rows.setColumnStretch(1, 1)
        self.set_sentences(sentences)

    def set_sentences(self, sentences: Sequence[str]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, sentence in enumerate(sentences):
            self._rows.addWidget(IconLabel("lock", "ink3", 15), number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(label(sentence, TextRole.BODY, "second", wrap=True), number, 1)
        self.setAccessibleName(" ".join(sentences))
