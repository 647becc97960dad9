"""A visit that is held for a driver hides nobody: the patient is where the stamps say, on every view."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.board.block import Block, blocks_of
from clinic_desktop.ui.board.block_words import held_word
from clinic_desktop.ui.board.reading import read_days
from clinic_desktop.ui.board.sentences import visit_sentence
from clinic_desktop.ui.floor.kept_cards import KeptCards
from clinic_desktop.ui.floor.reading import read_floor
from clinic_desktop.ui.patients.history_facts import read_history, read_visit_history
from clinic_desktop.ui.patients.history_words import lines_of
from clinic_desktop.ui.wall.lobby import lobby_lines
from clinic_desktop.ui.wall.tiles import wall_tiles
from tests.small_clinic import MONDAY, ZONE, SmallClinic
from tests.treatment.stays import K, booked
from tests.ui.floor.conftest import Keyboard
from tests.ui.grab import grab_both

Open = Callable[..., Keyboard]


def test_who_is_in_the_room_without_a_driver_is_shown_there_on_every_view(
    clinic: SmallClinic, open_floor: Open
) -> None:
    visit = booked(clinic, "SP56", plan=None)
    floor = open_floor()
    assert floor.card.state is VisitState.HELD

    floor.at(9, 50).press(Qt.Key.Key_F2)
    assert (floor.card.state, floor.card.trouble) == (VisitState.ARRIVED, "Held for a driver")
    assert _lobby(clinic) == "checked in"
    assert held_word(_block(clinic)) == "Arrived, held: driver"

    floor.at(9, 55).type("i")
    floor.at(9, 58).type("136/86 74 98")
    assert visit.visit.state is VisitState.HELD  # the plan still waits
    assert floor.card.state is VisitState.IN_ROOM
    assert "In room" in floor.card.spoken
    assert "Held for a driver" in floor.card.spoken
    assert floor.card.vitals is not None
    assert floor.card.vitals.pressure == "136/86"
    grab_both(floor.shell, "floor-held-and-here", (1366, 768))
    assert _lobby(clinic) == "with us"
    assert "In room" in _wall(clinic)
    block = _block(clinic)
    assert (block.here, block.open, held_word(block)) == (True, False, "In room, held: driver")
    assert ". In room. Held for a driver." in visit_sentence(block, "")


def test_the_history_says_that_who_is_held_came_and_went_into_the_room(clinic: SmallClinic) -> None:
    stay = booked(clinic, "SP56", plan=None)
    stay.at(9, 50).is_(K.ARRIVED)
    stay.at(9, 55).is_(K.IN_ROOM)
    assert stay.visit.state is VisitState.HELD
    for made in (
        read_history(clinic.store, clinic.amara.id, MONDAY),
        read_visit_history(clinic.store, stay.visit_id, clinic.amara.id, MONDAY),
    ):
        said = [one for line in lines_of(made) for one in line.what if "10:00 AM" in one]
        ends = [one.rpartition(": ")[2] for one in said]
        assert [one for one in ends if " AM" not in one][:2] == ["In room", "Arrived"]


def _lobby(clinic: SmallClinic) -> str:
    (line,) = lobby_lines(read_floor(clinic.store, MONDAY, clinic.clock.at))
    return line.status


def _wall(clinic: SmallClinic) -> str:
    read = read_floor(clinic.store, MONDAY, clinic.clock.at)
    return " ".join(one.spoken for one in wall_tiles(read, clinic.clock.at, ZONE, KeptCards()))


def _block(clinic: SmallClinic) -> Block:
    rows = read_days(clinic.store, MONDAY, MONDAY)[MONDAY].visits
    with clinic.store.read() as records:
        setup = records.setup()
    (block,) = blocks_of(rows, setup, instant_minute(clinic.clock.at))
    return block
