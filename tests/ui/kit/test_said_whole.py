"""What the frame says: for a while where it names somebody, and whole where the window is low."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinic_desktop.ui import statusbar
from clinic_desktop.ui.banner import Banner, BannerAction, BannerArea
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.statusbar import StatusBar
from clinic_desktop.ui.widgets.button import Button
from tests.ui.grab import grab_both


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


def test_the_rest_of_a_banner_of_a_low_window_is_heard_and_shown_by_keys(qtbot: QtBot, shell: Shell) -> None:
    shell.resize(683, 384)
    done: list[int] = []
    action = BannerAction("The day's paper", lambda: done.append(1), "Ctrl+Shift+F9")
    what, rest = "The server has not answered since 10:04 AM", "Go on on the floor. " * 4
    shell.show_banner(Banner("away", what, rest.strip(), Tone.DANGER, (action,)))

    def shown() -> list[str]:
        labels = shell.banners.findChildren(QLabel)
        return [one.text() for one in labels if one.isVisible() and not one.visibleRegion().isEmpty()]

    assert rest.strip() not in shown()
    for _ in range(8):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6)
        if shell.banners.isAncestorOf(QApplication.focusWidget()):
            break
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    more = QApplication.focusWidget()
    assert isinstance(more, Button)
    assert more.accessibleName() == "Read all of it"
    assert more.accessibleDescription() == f"{what}. {rest.strip()}"
    qtbot.keyClick(more, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rest.strip() in shown())
    grab_both(shell, "banner-whole-200", (683, 384), 2.0)
    (words,) = (
        one for one in shell.banners.findChildren(QLabel) if one.isVisible() and one.text() == rest.strip()
    )
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    less = QApplication.focusWidget()
    assert isinstance(less, Button)
    assert less.accessibleName() == "The title alone", "the focus stays where it was pressed"
    shell.show_banner(Banner("away", what, "Others go on.", Tone.DANGER, (action,)))  # what it says now
    assert "Others go on." in shown()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Others go on." not in shown())
    assert done == []
    grab_both(shell, "banner-low-200", (683, 384), 2.0)


def test_a_banner_that_says_it_all_in_its_title_has_nothing_more_to_read(qtbot: QtBot) -> None:
    area = BannerArea()
    qtbot.addWidget(area)
    area.set_low(True)
    area.show_banner(Banner("on", "Open to look at only"))
    assert area.findChildren(Button) == []
    area.set_low(False)
    area.show_banner(Banner("on", "Open to look at only", "Nothing is saved."))
    assert area.findChildren(Button) == []
