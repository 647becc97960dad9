"""An answer that comes when somebody has gone on: nothing that is typed meanwhile is lost or taken for
another patient's."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.treatment.slip_rules import TO_COME
from clinic_desktop.ui import operations
from clinic_desktop.ui.floor import actions
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.widgets.button import Button
from tests.small_clinic import SmallClinic
from tests.treatment.stays import K, Stay, booked
from tests.ui.floor.conftest import CTRL, PLAIN, Keyboard

Open = Callable[..., Keyboard]
Key = Qt.Key


@dataclass
class Held:
    """A printer and a server that answer once they are told to."""

    going: threading.Event
    over: threading.Event

    def wait(self) -> None:
        self.going.set()
        assert self.over.wait(60)

    def begin(self, floor: Keyboard, key: Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key, and go on once it waits there."""
        floor.qtbot.keyClick(floor.focus, key, modifier)
        floor.qtbot.waitUntil(lambda: self.going.is_set() and operations.running_count() == 1)

    def answer(self, floor: Keyboard) -> None:
        self.over.set()
        floor.wait()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made, record = Held(threading.Event(), threading.Event()), actions.record

    def print_pages(*_pages: object) -> Printed:
        made.wait()
        return Printed(printer="Front desk")

    def slow(*asked: object, **more: object) -> object:
        made.wait()
        return record(*asked, **more)  # type: ignore[arg-type]  # handed on as it was asked

    monkeypatch.setattr(actions, "print_pages", print_pages)
    monkeypatch.setattr(actions, "printer_here", lambda: "Front desk")
    monkeypatch.setattr(actions, "record", slow)
    yield made
    made.over.set()


def at_the_printer(clinic: SmallClinic, open_floor: Open, held: Held) -> tuple[Stay, Keyboard]:
    """A sheet of hers is on its way to a slow printer."""
    amara = booked(clinic).sprayed()
    floor = open_floor().at(11, 20)
    held.begin(floor, Key.Key_P, CTRL)
    return amara, floor


def nina(clinic: SmallClinic, hour: int) -> Stay:
    """Somebody else, who has come."""
    other = clinic.double("Reed")
    room = clinic.rooms["Spravato 2"].id
    stay = booked(clinic, "SP56", 660, patient_id=other.id, nurse_id=clinic.tunde.id, room_id=room)
    stay.at(hour, 11).is_(K.ARRIVED)
    return stay


def go_to(floor: Keyboard, stay: Stay) -> None:
    assert floor.place.view.list.go_to(stay.visit_id)
    floor.place.focus_work()


def typed(floor: Keyboard, text: str) -> None:
    """Into the line, while nothing has answered yet."""
    for letter in text:
        floor.qtbot.keyClicks(floor.focus, letter)


def test_a_sheet_that_is_printed_does_not_take_the_line_from_whoever_types(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    """A pressure half typed became the name of whoever took the sheet."""
    amara, floor = at_the_printer(clinic, open_floor, held)
    typed(floor, "138/84 92")
    held.answer(floor)
    assert floor.place.panel.line.text == "138/84 92"
    typed(floor, " 98")
    floor.press(Key.Key_Return)
    assert amara.stamps(K.SHEET_HANDED) == []
    assert amara.stamps(K.VITALS)[-1].oxygen == 98


def test_a_sheet_that_is_printed_asks_who_took_it_where_nobody_went_on(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    _, floor = at_the_printer(clinic, open_floor, held)
    held.answer(floor)
    assert floor.place.panel.line.text == "handed "


def test_a_sheet_that_is_printed_leaves_a_correction_open(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    amara, floor = at_the_printer(clinic, open_floor, held)
    floor.place.hand.correct(amara.stamps(K.VITALS)[-1])
    held.answer(floor)
    assert floor.place.panel.correcting.isVisible()
    assert not floor.place.panel.line.text


def test_what_is_printed_for_one_patient_leaves_the_line_of_another(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    amara, other = booked(clinic).sprayed(), nina(clinic, 11)
    floor = open_floor().at(11, 20)
    go_to(floor, amara)
    held.begin(floor, Key.Key_P, CTRL)
    go_to(floor, other)
    typed(floor, "10:58 128/82")
    held.answer(floor)
    assert floor.place.view.list.current == other.visit_id
    assert floor.place.panel.line.text == "10:58 128/82"
    assert floor.focus is floor.place.panel.line.line


def test_what_is_saved_of_one_patient_leaves_the_line_of_another(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    amara, other = booked(clinic).sprayed(), nina(clinic, 11)
    floor = open_floor().at(11, 20)
    go_to(floor, amara)
    typed(floor, "n asks for water")
    held.begin(floor, Key.Key_Return)
    go_to(floor, other)
    typed(floor, "128/82")
    held.answer(floor)
    assert amara.stamps(K.NOTE)[-1].note == "asks for water"
    assert floor.place.panel.line.text == "128/82"
    assert floor.focus is floor.place.panel.line.line


def test_what_is_typed_of_the_same_patient_while_the_last_is_saved_stays(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    amara = booked(clinic).sprayed()
    floor = open_floor().at(11, 20)
    typed(floor, "n asks for water")
    held.begin(floor, Key.Key_Return)
    floor.place.panel.line.clear()
    typed(floor, "128/82")
    held.answer(floor)
    assert amara.stamps(K.NOTE)[-1].note == "asks for water"
    assert floor.place.panel.line.text == "128/82"


def second_too_early(clinic: SmallClinic, open_floor: Open, held: Held) -> tuple[Keyboard, Stay, Stay]:
    """Amara's second device is on its way to be refused; beside her is Nina."""
    amara = booked(clinic).prepared()
    amara.device()
    other = nina(clinic, 10)
    floor = open_floor().at(10, 12)
    go_to(floor, amara)
    typed(floor, "d 12K345")
    held.begin(floor, Key.Key_Return)
    return floor, amara, other


def test_what_is_refused_of_one_patient_is_no_answer_beside_another(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    """Ctrl+Enter there recorded a device for whoever was not shown."""
    floor, amara, other = second_too_early(clinic, open_floor, held)
    go_to(floor, other)
    typed(floor, "128/82")
    held.answer(floor)
    assert floor.refused == []
    assert floor.place.panel.line.text == "128/82"
    (notice,) = floor.notices
    assert "Okafor, Amara: not recorded. Dose, lot 12K345, now" in notice
    assert "Less than 5 minutes since the last device." in notice
    floor.place.panel.line.clear()
    floor.press(Key.Key_Return, CTRL)
    assert len(amara.stamps(K.DOSE)) == 1


def test_the_notice_of_what_was_refused_leads_to_its_patient(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    floor, amara, other = second_too_early(clinic, open_floor, held)
    go_to(floor, other)
    held.answer(floor)
    (notice,) = floor.shell.notices.notices()
    notice.findChild(Button, "").click()
    floor.wait()
    assert floor.place.view.list.current == amara.visit_id


def test_what_is_refused_while_the_next_is_typed_is_not_taken_for_it(
    clinic: SmallClinic, open_floor: Open, held: Held
) -> None:
    """The same patient: the box went with the next letter, and Ctrl+Enter recorded what was refused."""
    floor, amara, _ = second_too_early(clinic, open_floor, held)
    floor.place.panel.line.clear()
    typed(floor, "n asks for water")
    held.answer(floor)
    assert floor.refused == []
    assert "Less than 5 minutes since the last device." in floor.notices[0]
    floor.press(Key.Key_Return, CTRL)
    assert len(amara.stamps(K.DOSE)) == 1
    assert amara.stamps(K.NOTE)[-1].note == "asks for water"


def test_what_is_a_slip_of_one_patient_is_said_with_the_name_beside_another(
    clinic: SmallClinic, open_floor: Open, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slips(*_asked: object, **_more: object) -> object:
        held.wait()
        raise BadInput({"at": Finding(TO_COME)})

    monkeypatch.setattr(actions, "record", slips)
    floor, _, other = second_too_early(clinic, open_floor, held)
    go_to(floor, other)
    held.answer(floor)
    assert "still to come" not in floor.line
    assert "Okafor, Amara" in floor.notices[0]
    assert "That time is still to come." in floor.notices[0]
