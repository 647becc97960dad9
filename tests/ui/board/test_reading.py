"""What the board reads of a day besides the visits: whose driver is here."""

from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui.board.reading import read_days
from clinic_desktop.ui.booking.visit_reading import read_visit
from clinic_desktop.ui.floor.card import Group, card_of
from clinic_desktop.ui.floor.reading import read_floor
from tests.small_clinic import BEA, MONDAY, instant
from tests.ui.board.stage import Stage

K = StampKind


def words(stage: Stage, visit_id: int) -> tuple[str, str, str]:
    """What board, booking panel and floor say of the driver."""
    store, now = stage.clinic.store, stage.clinic.clock.now()
    (shown,) = read_days(store, MONDAY, MONDAY)[MONDAY].visits
    (stay,) = read_floor(store, MONDAY, now).here
    mark = card_of(stay, Group.HERE, 1, now).driver
    assert mark is not None
    return "here" if shown.driver_here else "named", read_visit(store, visit_id, now).word, mark.value


def test_who_brought_the_patient_is_not_thereby_here_to_take_them_home(stage: Stage) -> None:
    visit, nurse, store = stage.book(), stage.clinic.nurse, stage.clinic.store
    seen = Stamp(kind=K.DRIVER_SEEN, person=BEA.name)
    stage.clinic.clock.at = instant(9, 50)
    record(store, nurse, visit.id, [Stamp(kind=K.ARRIVED), seen])
    assert words(stage, visit.id) == ("named", "named", "named")
    stage.clinic.clock.at = instant(10, 15)
    record(store, nurse, visit.id, [Stamp(kind=K.INFUSION_START, dose=35.0)], happened=True)
    assert words(stage, visit.id) == ("named", "named", "named")
    stage.clinic.clock.at = instant(11, 0)
    record(store, nurse, visit.id, [Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)), seen])
    assert words(stage, visit.id) == ("here", "here", "here")
