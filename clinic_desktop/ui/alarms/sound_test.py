"""What Set-up says of alarms, and the button that plays the sounds of this computer."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.alarms.commands import SOUND_TEST
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label


class SoundTest(QWidget):
    """The command belongs to the window; here it has a button."""

    def __init__(self) -> None:
        super().__init__()
        self.button = Button(tr(SOUND_TEST.text), icon=SOUND_TEST.icon, key=SOUND_TEST.keys[0])
        self.button.fired.connect(self._run)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        text = tr(
            "Three sounds: a late 40-minute pressure, a limit that was reached, a call for help. Do this at "
            "every computer that stands where a nurse should hear it."
        )
        column.addWidget(label(text, TextRole.BODY, "second", wrap=True))
        column.addLayout(row)

    def _run(self) -> None:
        for action in self.window().actions():
            if isinstance(action, QAction) and action.objectName() == SOUND_TEST.id:
                action.trigger()
