"""The frame of a panel keeps in sight what has the focus."""

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.ui.patients.panel_frame import PanelFrame


def test_what_has_the_focus_stays_in_sight_when_the_panel_finds_its_height_later(qtbot: QtBot) -> None:
    """A digit answers the question that has the focus: nobody may answer one that is out of sight."""
    frame, body, field = PanelFrame("A form"), QWidget(), QLineEdit()
    above = QWidget()
    above.setFixedHeight(10)
    column = QVBoxLayout(body)
    column.addWidget(above)
    column.addWidget(field)
    frame.set_body(body)
    qtbot.addWidget(frame)
    frame.resize(360, 300)
    with qtbot.waitExposed(frame):
        frame.show()
    frame.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: field.hasFocus() and not field.visibleRegion().isEmpty())
    above.setFixedHeight(900)
    qtbot.waitUntil(lambda: field.y() > 900)
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())
