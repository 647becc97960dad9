"""1366 x 768 at 200 % during an alarm: what is typed can be read, and nothing is recorded unread."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.paint import Tone
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import CTRL, Keyboard, stay_of
from tests.ui.floor.test_floor import someone
from tests.ui.floor.window import make_window

Key = Qt.Key
Open = Callable[..., Keyboard]
LOW = (683, 384)
TOLD = "p told lin, read back, 190/115 and headache, wait ten minutes and take it once more"


def seen_whole(widget: QWidget) -> bool:
    return widget.isVisible() and widget.visibleRegion().boundingRect() == widget.rect()


def place_of(floor: Keyboard, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(floor.shell, QPoint(0, 0)), widget.size())


@pytest.fixture
def alarmed(clinic: SmallClinic, open_floor: Open) -> Keyboard:
    """An emergency in an infusion, with the banner of the house above it, in a low window."""
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    floor = open_floor(size=LOW).at(10, 21)
    actions = tuple(
        BannerAction(one, lambda: None, key) for one, key in (("Answer", "F8"), ("Go there", "F9"))
    )
    text = "Taken at 10:21 AM. Also: Infusion 2, Infusion 4."
    title = "Infusion 1, Okafor, Amara: pressure 190/115, call the prescriber now"
    floor.shell.show_banner(Banner("alarm", title, text, Tone.DANGER, actions, "bell"))
    return floor.type("190/115 90 98")


def test_what_is_typed_in_an_alarm_is_read_with_its_read_back(alarmed: Keyboard) -> None:
    assert any("Call the prescriber now" in one for one in alarmed.notices)
    alarmed.type(TOLD, enter=False)
    panel = alarmed.place.panel
    echo = panel.line._echo
    alarmed.qtbot.waitUntil(lambda: echo.height() >= echo.heightForWidth(echo.width()))
    alarmed.qtbot.waitUntil(lambda: seen_whole(panel.line.line) and seen_whole(echo))
    assert "190/115" in alarmed.line


def test_in_a_low_window_a_notice_covers_neither_the_line_nor_a_card(alarmed: Keyboard) -> None:
    alarmed.type("p", enter=False)
    stack, work = alarmed.shell.notices, alarmed.shell.body
    alarmed.qtbot.waitUntil(lambda: stack.isVisible() and stack.height() > 10)
    alarmed.qtbot.waitUntil(lambda: not place_of(alarmed, stack).intersects(place_of(alarmed, work)))


def test_in_a_usual_window_a_notice_lies_over_no_card_and_not_over_the_line(
    clinic: SmallClinic, open_floor: Open
) -> None:
    stay = booked(clinic, "IVM")
    who, room = someone(clinic), clinic.rooms["Infusion 2"].id
    other = booked(clinic, "IVM", patient_id=who, room_id=room, nurse_id=clinic.tunde.id)
    other.at(9, 50).is_(K.ARRIVED)
    other.at(9, 55).is_(K.IN_ROOM)
    stay.prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    floor = open_floor().at(10, 21).type("190/115 90 98")
    stack, cards = floor.shell.notices, floor.place.view.list
    assert stack.isVisible()
    floor.qtbot.waitUntil(lambda: len([one for one in cards.kept_clear() if not one.isEmpty()]) >= 2)
    shown = [one.translated(place_of(floor, cards).topLeft()) for one in cards.kept_clear()]
    panel = floor.place.panel
    shown += [place_of(floor, one) for one in (panel.line, panel.who, panel.head, panel.list)]
    floor.qtbot.waitUntil(lambda: not any(one.intersects(place_of(floor, stack)) for one in shown))


def test_an_emergency_takes_one_line_and_what_to_do_can_still_be_read(alarmed: Keyboard) -> None:
    alarmed.type("p", enter=False)
    panel = alarmed.place.panel
    alarmed.qtbot.waitUntil(lambda: panel.who.alarm.isVisible() and panel.who.alarm.height() < 30)
    assert "Stands until a prescriber acknowledges it" in panel.who.alarm.accessibleName()
    assert panel._what_to_do.isVisible()
    assert panel._what_to_do.text() == panel.who.alarm_words
    alarmed.shell.resize(1366, 730)
    alarmed.qtbot.waitUntil(lambda: not panel._what_to_do.isVisible() and panel.who.alarm.height() > 40)


@pytest.mark.parametrize("size", [LOW, (1366, 730)])
def test_a_notice_goes_once_what_it_says_is_settled(
    clinic: SmallClinic, open_floor: Open, size: tuple[int, int]
) -> None:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    floor = open_floor(size=size).at(10, 21).type("190/115 90 98")
    assert any("Call the prescriber now" in one for one in floor.notices)
    floor.type("p told lin, read back")
    assert not any("Call the prescriber now" in one for one in floor.notices)


def test_f5_first_shows_the_step_that_nobody_can_read(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor(size=LOW).at(10)
    assert not floor.place.panel.isVisible()
    for steps, words in enumerate(("Next: Arrived", "Next: In the room", "Sign: Consent seen")):
        floor.press(Key.Key_F5)
        assert len(stay_of(floor).stamps()) == steps
        assert floor.place.panel.names_next
        assert floor.place.panel.next.text() == words
        assert words in floor.said
        floor.press(Key.Key_F5)
        assert len(stay_of(floor).stamps()) == steps + 1


def test_where_the_next_step_can_be_read_f5_records_it(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic)
    floor = open_floor().at(10)
    assert floor.place.panel.names_next
    floor.press(Key.Key_F5)
    assert [one.kind for one in stay_of(floor).stamps()] == [K.ARRIVED]


def test_every_row_of_the_check_list_comes_into_view(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).at(9, 50).is_(K.ARRIVED)
    floor = open_floor(size=LOW).at(10)
    floor.place.hand.open()
    rows = floor.place.panel.list
    rows.setFocus()
    for number in range(len(rows.items)):
        floor.qtbot.waitUntil(
            lambda: rows.visibleRegion().contains(rows.visualRect(rows.currentIndex()).center())
        )
        assert rows.currentIndex().row() == number
        floor.press(Key.Key_Down)


@pytest.mark.parametrize("size", [LOW, (1366, 730)])
def test_date_and_clock_are_whole_from_the_first_picture_on(
    clinic: SmallClinic, qtbot: QtBot, size: tuple[int, int]
) -> None:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    clinic.clock.at = instant(12, 44)
    shell, place, _desk = make_window(clinic.store, clinic.clock, clinic.nurse)
    qtbot.addWidget(shell)
    shell.resize(*size)
    shell.show()
    parts = (place.view.clock._time, place.navigator._text)
    cut = []
    for _ in range(20):
        QApplication.processEvents()
        cut += [one.text() for one in parts if one.width() < one.sizeHint().width()]
    qtbot.waitUntil(place.view.clock._late.isVisible)
    cut += [one.text() for one in parts if one.width() < one.sizeHint().width()]
    assert cut == []


def test_two_limits_in_one_reading_are_one_notice(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic, "IVM").prepared().at(10, 15).is_(K.INFUSION_START, dose=35.0, unit="mg")
    floor = open_floor().at(10, 21).type("190/115 97 85").press(Key.Key_Return, CTRL)
    (notice,) = [one for one in floor.notices if "Look at this" in one]
    assert "Call the prescriber now" in notice
    assert "Oxygen 85 is at or below 92" in notice


def test_an_incident_is_read_with_its_buttons(clinic: SmallClinic, open_floor: Open) -> None:
    stay = booked(clinic).sprayed().at(11, 20)
    stay.says(Stamp(kind=K.LEFT_EARLY, note="would not wait any longer, went to the bus with her bag"))
    floor = open_floor(size=LOW).press(Key.Key_T, CTRL).press(Key.Key_Return)
    waiting = floor.place.waiting
    floor.qtbot.waitUntil(lambda: floor.focus is waiting.show_visit)
    floor.qtbot.waitUntil(lambda: seen_whole(waiting.about) and seen_whole(waiting.show_visit))


def test_what_is_missing_stands_before_what_is_settled(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared(scored=False)
    done = [one.done for one in open_floor().at(10, 10).place.panel.list.items]
    assert True in done
    assert done == sorted(done)
    assert done[0] is False
