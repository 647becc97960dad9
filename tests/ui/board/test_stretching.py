"""The end of a visit moves by its lower edge and by key: with a forecast, saved at once, refused in words."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import Absence, Patient, UsualDriver
from clinic_desktop.scheduling.moving import move as save_move
from clinic_desktop.scheduling.moving import to
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage import check
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.board.forecast import Fit, Mark, Said
from clinic_desktop.ui.dialogs import ChoiceDialog
from tests.small_clinic import FRONT_DESK, MONDAY
from tests.ui.board import test_moves
from tests.ui.board.stage import LEFT, Key, Mod, Stage, hover, move

asked = test_moves.asked  # the fixture
ALT, NONE = Mod.AltModifier, Mod.NoModifier


def edge(stage: Stage, visit) -> QPoint:
    """Where the stay of a visit ends, in the viewport."""
    view = stage.view
    rect = view.visualRect(view.visits.index(view.visits.row_of(visit.id), 0))
    y = round(view.grid.y(stage.placed(visit).block.end)) - view.verticalOffset()
    return QPoint(rect.center().x(), y - 1)


def pull(stage: Stage, visit, minutes: int, *, drop: bool = True) -> None:
    """Take the lower edge and let it go so many minutes further down."""
    port, grip = stage.view.viewport(), edge(stage, visit)
    QTest.mousePress(port, LEFT, NONE, grip)
    target = grip + QPoint(0, round(minutes * stage.view.grid.per_minute) + 1)
    move(port, grip + QPoint(0, 4))
    move(port, grip + QPoint(0, 7))
    move(port, target)
    stage.settle()
    if drop:
        QTest.mouseRelease(port, LEFT, NONE, target)
        stage.settle()


def stay(visit) -> int:
    return visit.end - visit.start


# By mouse.


def selected(stage, qtbot):
    """A visit that is selected on the open board."""
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    return visit


def test_the_lower_edge_shows_that_it_can_be_pulled(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    port = stage.view.viewport()
    hover(port, edge(stage, visit))
    assert port.cursor().shape() is Qt.CursorShape.SizeVerCursor
    hover(port, edge(stage, visit) - QPoint(0, 20))
    assert port.cursor().shape() is not Qt.CursorShape.SizeVerCursor


def test_pulling_the_lower_edge_lets_the_visit_stay_longer_at_once(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pull(stage, visit, 20)
    after = stage.visit(visit)
    assert (after.minute, after.room_id, stay(after)) == (visit.minute, visit.room_id, stay(visit) + 20)
    assert stage.said == "Okafor, Amara now stays until 11:50. Tell Bea Marsh: pick-up now 11:50"
    assert stage.placed(visit).block.end == 710
    assert stage.view.carrying.carried is None
    assert stage.board.selected_visit == visit.id
    assert check.findings(stage.clinic.store.where) == []


def test_the_nurse_who_stays_longer_instead_is_named_before_and_after_it_is_saved(stage, qtbot):
    """Maya is home by 11:30; Tunde comes at 10:50."""
    visit = stage.book()
    stage.change_setup(
        Absence(0, 0, stage.clinic.maya.id, MONDAY, 690, MONDAY, 1080),
        Absence(0, 0, stage.clinic.tunde.id, MONDAY, 0, MONDAY, 650),
    )
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F11)
    stage.press(Key.Key_Down)
    words = "Tunde Okoro instead of Maya Jones for recovery, release"
    held = stage.view.carrying.carried
    assert held is not None
    assert held.verdict is not None
    assert Said(Mark.WARN, words) in held.verdict.lines
    stage.press(Key.Key_Return)
    stage.settle()
    assert words in stage.said


def test_it_is_undone_by_one_key(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pull(stage, visit, 20)
    stage.press(Key.Key_Z, Mod.ControlModifier)
    stage.settle()
    assert stay(stage.visit(visit)) == stay(visit)
    assert stage.said == "Undone: length of the visit of Okafor, Amara on Mon, Nov 16."


def test_that_a_longer_stay_is_not_confirmed_any_more_is_said_and_again_when_it_is_done_again(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_F8)
    stage.settle()
    assert stage.visit(visit).state is VisitState.CONFIRMED
    pull(stage, visit, 20, drop=False)
    held = stage.view.carrying.carried
    assert held is not None
    assert held.verdict is not None
    assert "Ask the patient again: not confirmed any more" in held.verdict.calls
    stage.press(Key.Key_Escape)
    pull(stage, visit, 20)
    told = (
        "To confirm again. The visit of Okafor, Amara on Mon, Nov 16 at 10:00 AM is not confirmed any more: "
        "it ends at another time now. It is on the call list again."
    )
    assert stage.notices == [told]
    stage.press(Key.Key_Z, Mod.ControlModifier)
    stage.settle()
    assert stage.visit(visit).state is VisitState.CONFIRMED
    back = (
        "Confirmed again. The visit of Okafor, Amara on Mon, Nov 16 at 10:00 AM is confirmed again, as it "
        "was."
    )
    assert stage.notices == [told, back]
    stage.press(Key.Key_Y, Mod.ControlModifier)
    stage.settle()
    assert stage.visit(visit).state is VisitState.BOOKED
    assert stage.notices == [told, back, told]


def test_a_few_pixels_are_a_click(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    port, grip = stage.view.viewport(), edge(stage, visit)
    QTest.mousePress(port, LEFT, NONE, grip)
    move(port, grip + QPoint(0, 5))
    assert stage.view.carrying.carried is None
    QTest.mouseRelease(port, LEFT, NONE, grip + QPoint(0, 5))
    assert stage.visit(visit).version == visit.version


def test_while_it_is_pulled_every_resource_says_whether_it_fits(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pull(stage, visit, 40, drop=False)
    carried = stage.view.carrying.carried
    assert carried.block_there.end == 730
    assert carried.verdict.fit is Fit.FITS
    assert carried.verdict.title == "Infusion 1  10:00\N{EN DASH}12:10"
    assert [one.text for one in carried.verdict.lines] == [
        "Infusion 50 min, 10 longer (up to 60)",
        "Recovery 60 min, 30 longer (up to 60)",
        "Room free 8:00 to 5:30",
        "Nurse MJ, 1 of 3 patients",
        "Dr. Lin on site until 6:00",
        "Tell Bea Marsh: pick-up now 12:10",
    ]
    stage.view.viewport().grab()
    stage.press(Key.Key_Escape)
    assert stage.view.carrying.carried is None
    assert stage.visit(visit).version == visit.version


def test_a_driver_whose_hours_end_before_is_said_while_it_is_pulled(stage, qtbot):
    visit = stage.book()
    with stage.clinic.store.write(PROGRAM) as unit:
        bea = UsualDriver("Bea Marsh", "(217) 555-0142", "sister", to_minute=720)
        unit.save(replace(unit.get(Patient, visit.patient_id), drivers=(bea,)))
        unit.commit()
    stage.open(qtbot)
    pull(stage, visit, 40, drop=False)
    said = stage.view.carrying.carried.verdict
    assert said.fit is Fit.FITS
    assert [one.text for one in said.lines if one.mark is not Mark.OK] == [
        "Bea Marsh can fetch Okafor, Amara until 12:00 PM, and the visit is over at 12:10 PM. "
        "Ask Bea Marsh, or name somebody else.",
        "Tell Bea Marsh: pick-up now 12:10",
    ]
    assert len(said.lines) == 6
    stage.press(Key.Key_Escape)


def test_it_goes_no_further_than_its_type_lets_it_and_not_below_what_that_asks(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pull(stage, visit, 200, drop=False)
    assert stage.view.carrying.carried.target.longer == 50
    stage.press(Key.Key_Escape)
    pull(stage, visit, -40, drop=False)
    assert stage.view.carrying.carried.target.longer == 0
    stage.press(Key.Key_Escape)


def test_into_the_next_visit_of_the_room_it_does_not_fit_and_stays(stage, qtbot):
    visit = stage.book()
    stage.book("Reed, Noah", minute=720, nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    pull(stage, visit, 30)
    assert stay(stage.visit(visit)) == stay(visit)
    assert any("Its end stays" in one for one in stage.notices)
    assert stage.view.carrying.carried is None


def test_a_visit_without_a_phase_that_stretches_says_so(stage, qtbot):
    visit = stage.book(code="CON")
    stage.open(qtbot)
    pull(stage, visit, 30)
    assert any("No phase of First consultation may be longer than planned" in one for one in stage.notices)
    assert stage.visit(visit).version == visit.version


def test_who_is_in_the_room_is_the_floors(stage, qtbot):
    visit = stage.book(minute=570)
    stage.stamp(visit, StampKind.ARRIVED, 9, 20)
    stage.stamp(visit, StampKind.IN_ROOM, 9, 30)
    stage.open(qtbot)
    pull(stage, visit, 30)
    assert any("cannot be made longer or shorter any more" in one for one in stage.notices)


def test_a_rule_asks_once_for_a_reason_and_leaves_its_trace(stage, qtbot, asked):
    visit = stage.book(minute=16 * 60)
    stage.role = Role.MANAGER
    stage.open(qtbot)
    pull(stage, visit, 30)
    assert len(asked) == 2
    assert asked[1]["verb"] == "Let it end at 6:00"
    assert stay(stage.visit(visit)) == stay(visit) + 30
    assert {one.reason for one in test_moves.overrides(stage)} == {"A clinician has agreed"}


def test_somebody_else_was_faster_and_nothing_is_lost(stage, qtbot):
    visit = stage.book()
    stage.open(qtbot)
    pull(stage, visit, 30, drop=False)
    save_move(stage.clinic.store, FRONT_DESK, [to(stage.visit(visit), minute=615)])
    QTest.mouseRelease(stage.view.viewport(), LEFT, NONE, edge(stage, visit))
    stage.settle()
    assert stage.view.carrying.carried is None
    assert (stage.visit(visit).minute, stay(stage.visit(visit))) == (615, stay(visit))


def test_a_longer_stay_that_lost_its_room_is_offered_where_it_can_be_that_long(stage, qtbot):
    """Item 12 of the front desk."""
    visit = stage.book()
    other = stage.book("Petrov, Nina", minute=780, room="Infusion 3", nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    room = stage.visit(visit).room_id
    save_move(stage.clinic.store, FRONT_DESK, [to(other, minute=705, room_id=room)])  # no news of it yet
    pull(stage, visit, 30)
    (dialog,) = stage.shell.findChildren(ChoiceDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert "Petrov, Nina is there now. The visit of Okafor, Amara stays as long as it was" in (
        dialog.accessibleDescription()
    )
    assert stay(stage.visit(visit)) == stay(visit)
    qtbot.keyClick(dialog.list, Key.Key_Return)
    stage.settle()
    moved = stage.visit(visit)
    assert (moved.minute, stay(moved)) == (600, stay(visit) + 30)
    assert moved.room_id not in (room, None)


# By key.


def test_alt_with_an_arrow_moves_the_end_by_a_step_and_enter_saves(stage, qtbot):
    visit = selected(stage, qtbot)
    stage.press(Key.Key_Down, ALT, times=3)
    assert stage.view.carrying.carried.block_there.end == 705
    stage.press(Key.Key_Up, ALT)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()
    assert stay(stage.visit(visit)) == stay(visit) + 10


def test_f11_takes_the_end_in_hand_and_plain_arrows_move_it(stage, qtbot):
    visit = selected(stage, qtbot)
    stage.press(Key.Key_F11)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Down, times=4)
    stage.press(Key.Key_Escape)
    assert stage.visit(visit).version == visit.version
    stage.press(Key.Key_F11)
    stage.press(Key.Key_Down, times=4)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()
    assert stay(stage.visit(visit)) == stay(visit) + 20


def test_with_the_end_in_hand_a_typed_time_is_when_it_ends(stage, qtbot):
    visit = selected(stage, qtbot)
    stage.press(Key.Key_F11)
    stage.press(Key.Key_G, Mod.ControlModifier)
    QTest.keyClicks(stage.focused(), "11:50")
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.view.carrying.carried.block_there.end == 710
    assert stage.visit(visit).version == visit.version
    stage.press(Key.Key_Return)
    stage.settle()
    assert stay(stage.visit(visit)) == stay(visit) + 20


def test_enter_takes_the_most_that_fits(stage, qtbot):
    visit = stage.book()
    stage.book("Reed, Noah", minute=720, nurse_id=stage.clinic.tunde.id)
    stage.open(qtbot)
    stage.board.select(visit.id)
    stage.press(Key.Key_Down, ALT, times=6)
    stage.settle()
    said = stage.view.carrying.carried.verdict
    assert (said.fit, said.lines[-1].text) == (Fit.NOT, "At most until 11:45")
    stage.press(Key.Key_Return)
    assert stage.view.carrying.carried.block_there.end == 705
    stage.press(Key.Key_Return)
    stage.settle()
    assert stay(stage.visit(visit)) == stay(visit) + 15


def test_where_it_was_it_is_put_back_and_nothing_is_written(stage, qtbot):
    visit = selected(stage, qtbot)
    stage.press(Key.Key_F11)
    stage.settle()
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.view.carrying.carried is None
    assert stage.visit(visit).version == visit.version


def test_the_pointer_does_not_move_what_a_key_holds(stage, qtbot):
    selected(stage, qtbot)
    stage.press(Key.Key_Down, ALT)
    hover(stage.view.viewport(), stage.point("Infusion 1", 720))
    assert stage.view.carrying.carried.block_there.end == 695
    stage.press(Key.Key_Escape)


def test_turning_to_another_day_lets_the_end_go(stage, qtbot):
    visit = selected(stage, qtbot)
    stage.press(Key.Key_F11)
    stage.board.turner.step(1)
    stage.settle()
    assert stage.view.carrying.carried is None
    assert stage.visit(visit).state is VisitState.BOOKED
