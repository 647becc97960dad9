"""A dose at the floor's line: the open lots are offered, and a digit takes one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.treatment.model import StampKind
from tests.small_clinic import MONDAY, SmallClinic
from tests.treatment.stays import Stay, booked
from tests.treatment.stock_lines import LOT, came, here
from tests.ui.floor.conftest import Keyboard

Open = Callable[..., Keyboard]


@pytest.fixture
def ready(clinic: SmallClinic) -> Stay:
    """Two lots are here, one came for somebody else; Amara is ready for her first device."""
    came(clinic, 4)
    came(clinic, 4, lot="99Z", expires=MONDAY + timedelta(days=40))
    came(clinic, 4, lot="22B", patient_id=clinic.noah.id)
    return booked(clinic).prepared()


def test_the_first_digit_is_the_lot_that_expires_first(
    clinic: SmallClinic, open_floor: Open, ready: Stay
) -> None:
    floor = open_floor().at(10, 10)
    floor.type("d ", enter=False)
    assert floor.place.panel.line.echo.splitlines()[1:] == [
        "1  99Z, 4 here, to December 26, 2026",
        "2  12K345, 4 here, to December 21, 2027",
    ]
    floor.type("1")
    (given,) = ready.stamps(StampKind.DOSE)
    assert given.lot == "99Z"
    floor.qtbot.waitUntil(lambda: floor.place.floor.read.lots[0].here == 3)
    assert here(clinic, "99Z") == 3


def test_a_lot_that_nobody_knows_is_recorded_and_told(
    clinic: SmallClinic, open_floor: Open, ready: Stay
) -> None:
    floor = open_floor().at(10, 10)
    floor.type("d 77x7")
    assert [one.lot for one in ready.stamps(StampKind.DOSE)] == ["77X7"]
    told = [one.accessibleName() for one in floor.shell.notices.notices()]
    assert any("Lot 77X7 is not in the drug log" in one for one in told), told


def test_where_no_log_is_kept_nothing_is_offered(clinic: SmallClinic, open_floor: Open) -> None:
    booked(clinic).prepared()
    floor = open_floor().at(10, 10)
    floor.type("d ", enter=False)
    assert "\n" not in floor.place.panel.line.echo
    floor.press(Qt.Key.Key_Escape)
    assert LOT not in floor.place.panel.line.echo


def test_a_device_beyond_the_plan_has_the_lot_of_its_digit(
    clinic: SmallClinic, open_floor: Open, ready: Stay
) -> None:
    """Without the list the digit was a note, and the lot that of the device before."""
    ready.at(10, 10).device()
    ready.at(10, 15).device()
    floor = open_floor().at(10, 20)
    floor.type("d 1", enter=False)
    assert "Dose, lot 99Z, now" in floor.place.panel.line.echo
