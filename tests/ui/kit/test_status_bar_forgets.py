"""What was done last is named for a while, and not for whoever passes by later."""

from pytestqt.qtbot import QtBot

from clinic_desktop.ui import statusbar
from clinic_desktop.ui.banner import Banner, BannerArea
from clinic_desktop.ui.statusbar import StatusBar
from clinic_desktop.ui.widgets.label import ElidedLabel


def test_a_name_goes_after_a_while_and_the_way_back_stays(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar._forgets.setInterval(30)
    bar.show()
    bar.say("Okafor, Amara saved", can_undo=False)
    bar.offer("Okafor, Amara", None)
    assert bar.said == "Okafor, Amara saved"
    qtbot.waitUntil(lambda: bar.said == "")
    assert bar.offers
    assert 10_000 <= statusbar.FORGETS_MS <= 60_000


def test_a_banner_of_a_low_window_says_its_title_whole(qtbot: QtBot) -> None:
    area = BannerArea()
    qtbot.addWidget(area)
    area.set_low(True)
    area.show_banner(Banner("away", "The server has not answered since 10:04 AM", "Go on on the floor."))
    (title,) = area.findChildren(ElidedLabel)
    assert title.text() == "The server has not answered since 10:04 AM"
    assert "Go on on the floor." in title.toolTip()
