"""What the panel of a visit says of its course."""

from clinic_desktop.scheduling.cancelling import CancelReason
from clinic_desktop.scheduling.stopping import look_to_stop, stop_course
from clinic_desktop.ui.board.detail import course_title, read_detail
from tests.ui.board.stage import Stage
from tests.ui.board.test_moves import a_course_of


def test_that_a_course_was_stopped_stands_beside_its_name(stage: Stage) -> None:
    clinic = stage.clinic
    first, second, _ = a_course_of(stage, 0, 2, 4)
    assert course_title(read_detail(clinic.store, first.id)) == "IV ketamine"
    seen = look_to_stop(clinic.store, clinic.clock.now(), second.id)
    assert seen is not None
    stop_course(clinic.store, clinic.desk, seen, CancelReason.PATIENT, "moves away")
    assert course_title(read_detail(clinic.store, first.id)) == "IV ketamine, stopped"
