"""What the frame says: for a while where it names somebody, and whole where the window is low."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import statusbar
from clinic_desktop.ui.banner import Banner, BannerAction, BannerArea
from clinic_desktop.ui.statusbar import StatusBar
from clinic_desktop.ui.widgets.button import Button


def test_a_name_goes_after_a_while_and_the_buttons_that_name_it_too(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar._forgets.setInterval(30)
    bar.show()
    bar.say("Okafor, Amara saved", can_undo=False)
    bar.offer("Okafor, Amara", "Okafor, Amara")
    assert bar.said == "Okafor, Amara saved"
    assert bar.offers
    qtbot.waitUntil(lambda: bar.said == "")
    assert not bar.offers
    names = [one.accessibleName() + one.toolTip() for one in bar.findChildren(Button)]
    assert not any("Okafor" in one for one in names)
    bar.offer("Okafor, Amara", None)  # nor does one come by itself
    assert not bar.offers
    assert 10_000 <= statusbar.FORGETS_MS <= 60_000


def test_a_banner_of_a_low_window_says_its_title_whole(qtbot: QtBot) -> None:
    area = BannerArea()
    qtbot.addWidget(area)
    area.set_low(True)
    what = "The server has not answered since Mon, Nov 16, 10:04 AM"
    action = BannerAction("The day's paper", print, "Ctrl+Shift+F9")
    area.show_banner(Banner("away", what, "Go on on the floor.", actions=(action,)))
    area.setFixedWidth(560)
    area.show()
    (title,) = (one for one in area.findChildren(QLabel) if one.text() == what)
    qtbot.waitUntil(lambda: title.height() >= title.heightForWidth(title.width()))
    assert "Go on on the floor." in title.toolTip()
