"""The window of the program with every place of its rail, as it is opened for a clinic."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.app import places
from clinic_desktop.ui import operations
from clinic_desktop.ui.booking.panels import make_booking_panels
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.window import Window

PLACES = ("board", "floor", "patients", "sheets", "usage", "set-up", "calls", "ledger", "decisions", "texts")


def whole_window(qtbot: QtBot, desk: Desk, *, is_closed: bool = False) -> Window:
    """Shown and active, with the board in it. is_closed: the test deletes it by itself."""
    panels = make_booking_panels(desk, live_directory(desk))
    window = Window(desk, places(desk, panels), panels)
    if not is_closed:
        qtbot.addWidget(window)
    window.resize(1366, 730)  # as on a front desk, whatever screen the tests have
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.open_first()
    settle(qtbot)
    return window


def settle(qtbot: QtBot) -> None:
    """Every operation has delivered its answer."""
    qtbot.waitUntil(lambda: operations.running_count() == 0)
    QApplication.processEvents()
