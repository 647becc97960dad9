"""The Set-up place in the real window, by keyboard."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.day_after import AFTER_NEEDLE, CallDay, DayAfter
from clinic_desktop.scheduling.model import Clinic, PressureLimits
from clinic_desktop.scheduling.set_up_checks import SWITCHABLE_STATEMENTS
from clinic_desktop.ui.dialogs import ChoiceDialog, QuestionDialog
from clinic_desktop.ui.set_up.fields import pick
from clinic_desktop.ui.set_up.place import REPAIRS
from clinic_desktop.ui.set_up.policies import PoliciesEditor
from clinic_desktop.ui.set_up.pressure_limits import LimitsRow
from clinic_desktop.ui.set_up.subject import NEW, ONLY
from clinic_desktop.ui.set_up.words import PREPARED, STATEMENTS
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from tests.scheduling.set_up_world import TUESDAY
from tests.ui.reader import act, act_on_row, set_text
from tests.ui.set_up.stage import Stage, field

Key, Mod = Qt.Key, Qt.KeyboardModifier
Ctrl, Shift, Alt = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
PARTS = ("clinic", "hours", "rooms", "staff", "treatments", "types", "courses", "going-home", "policies")


def keys_of(stage: Stage, part: str) -> list[str]:
    view = stage.part(part)
    return [one.key for one in view.subject.rows(stage.desk.setup)] or [ONLY]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_shown_is_what_is_saved_and_nothing_is_marked(stage: Stage, part: str) -> None:
    """Opening a row changes nothing: the form gives back exactly the value it was given."""
    view = stage.part(part)
    for key in keys_of(stage, part):
        view.open(key)
        assert view.editor.value() == view.subject.value(stage.desk.setup, key)
        assert not view.dirty
        assert view.editor.problems() == {}


@pytest.mark.parametrize("part", PARTS)
def test_everything_that_takes_the_focus_has_a_name(stage: Stage, part: str) -> None:
    view = stage.part(part)
    for key in keys_of(stage, part)[:1]:
        view.open(key)
        for widget in view.findChildren(QWidget):
            takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisibleTo(view)
            inner = isinstance(widget.parent(), QComboBox)
            if takes and not inner:
                text = widget.text() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, type(widget)


def squashed(editor: QWidget) -> list[tuple[str, int, int]]:
    """What is seen of a form and is lower than it has to be: its name, its height, and the one it wants."""
    found: list[tuple[str, int, int]] = []
    for one in editor.findChildren(QWidget):
        if isinstance(one, QLineEdit | QComboBox | QAbstractButton):
            name, wanted = one.accessibleName(), one.sizeHint().height()
        elif isinstance(one, QLabel) and one.text() and one.hasHeightForWidth():
            name, wanted = one.text(), one.heightForWidth(one.width())
        else:
            continue
        if one.isVisibleTo(editor) and one.height() < wanted:
            found.append((name, one.height(), wanted))
    return found


@pytest.mark.parametrize("size", [(1366, 768), (683, 384)])
@pytest.mark.parametrize("part", PARTS)
def test_every_field_and_line_of_text_is_as_high_as_it_wants(
    stage: Stage, part: str, size: tuple[int, int]
) -> None:
    """Nothing that is typed in is squashed, and no sentence, in whichever row."""
    stage.shell.resize(*size)
    view = stage.part(part)
    for key in keys_of(stage, part):
        view.open(key)
        stage.settle()

        def nothing_is_low() -> None:  # asked again until the layout has caught up
            assert squashed(view.editor) == []

        stage.qtbot.waitUntil(nothing_is_low, timeout=3000)


def test_a_small_window_cuts_no_name_in_the_list_and_keeps_the_open_row_in_sight(stage: Stage) -> None:
    view = stage.part("types", keys_of(stage, "types")[-3])
    rows = view.list.view
    one_line = rows.sizeHintForRow(0)
    stage.shell.resize(683, 384)
    names = [str(rows.model().index(n, 0).data()) for n in range(rows.model().rowCount())]
    long = max(range(len(names)), key=lambda n: len(names[n]))
    stage.qtbot.waitUntil(lambda: rows.visualRect(rows.model().index(long, 0)).height() > one_line)
    stage.qtbot.waitUntil(lambda: rows.viewport().rect().contains(rows.visualRect(rows.currentIndex())))


def test_by_keyboard_from_the_place_key_to_a_saved_room(stage: Stage) -> None:
    stage.press(Key.Key_9, Alt)
    for _ in range(2):
        stage.press(Key.Key_Down)
    assert stage.place.current == "rooms"
    stage.press(Key.Key_Return)  # into the list
    stage.press(Key.Key_Down)  # Infusion 1
    stage.press(Key.Key_Return)  # into the form
    assert isinstance(stage.focused(), QLineEdit)
    stage.press(Key.Key_A, Ctrl)
    stage.type("Bay A")
    assert stage.place.section("rooms").dirty
    stage.save()
    assert [room.name for room in stage.setup.rooms][:3] == ["Consult 1", "Bay A", "Infusion 2"]
    assert stage.said == "Bay A saved."
    assert not stage.place.section("rooms").dirty


def test_ctrl_and_a_digit_opens_a_part(stage: Stage) -> None:
    stage.press(Key.Key_4, Ctrl)
    assert stage.place.current == "staff"
    stage.press(Key.Key_9, Ctrl)
    assert stage.place.current == "policies"


def test_esc_goes_from_the_form_to_the_list_to_the_parts(stage: Stage) -> None:
    view = stage.part("rooms")
    view.take_focus()
    stage.press(Key.Key_Return)
    stage.press(Key.Key_Escape)
    assert view.list.view.hasFocus()
    stage.press(Key.Key_Escape)
    assert stage.place.parts.view.hasFocus()


def test_a_new_room_is_added_and_stands_where_it_was_put(stage: Stage) -> None:
    view = stage.part("rooms")
    stage.press(Key.Key_N, Ctrl)
    assert view.key == NEW
    stage.type("Quiet room")
    field(view, "fits").box("therapy").click()
    field(view, "position").setText("1")
    stage.save()
    assert [room.name for room in stage.setup.rooms][:2] == ["Quiet room", "Consult 1"]
    assert [room.position for room in stage.setup.rooms] == list(range(1, 9))
    assert view.key == str(stage.setup.rooms[0].id)


def test_what_a_screen_reader_ticks_is_saved(stage: Stage) -> None:
    view = stage.part("rooms", str(stage.world.room("Infusion 1").id))
    act(field(view, "fits").box("therapy"), "Toggle")
    assert view.dirty
    stage.save()
    assert stage.world.room("Infusion 1").fits == {"iv", "im", "therapy"}


def test_a_screen_reader_goes_to_another_row(stage: Stage) -> None:
    view = stage.part("rooms")
    act_on_row(view.list.view, 3)
    stage.qtbot.waitUntil(lambda: field(view, "name").text() == stage.setup.rooms[3].name)


def test_what_does_not_stand_is_said_at_its_field_and_not_written(stage: Stage) -> None:
    view = stage.part("rooms", "2")
    field(view, "name").setText("Consult 1")
    stage.save()
    assert view.editor.form.row("name").problem == "Consult 1 is there already. Choose another name."
    assert field(view, "name").hasFocus()
    assert stage.world.room("Infusion 1").version == 1


def test_a_field_that_is_left_says_its_problem_before_anybody_saves(stage: Stage) -> None:
    view = stage.part("rooms", "2")
    field(view, "name").setFocus()
    stage.press(Key.Key_A, Ctrl)
    stage.press(Key.Key_Backspace)
    stage.press(Key.Key_Tab)
    assert view.editor.form.row("name").problem == "Give the room the name that is on its door."


def test_what_was_typed_waits_while_another_row_is_open(stage: Stage) -> None:
    view = stage.part("rooms", "2")
    field(view, "name").setText("Bay A")
    view.open("3")
    assert field(view, "name").text() == "Infusion 2"
    view.open("2")
    assert field(view, "name").text() == "Bay A"
    stage.press(Key.Key_U, Ctrl)
    assert field(view, "name").text() == "Infusion 1"
    assert not view.dirty


@pytest.mark.parametrize("name", ["iv_recovery_minutes", "retention_years"])
def test_saving_a_form_without_a_list_leaves_the_focus_and_the_page_where_they_were(
    stage: Stage, name: str
) -> None:
    view = stage.part("policies")
    line = field(view, name)
    line.setFocus()
    stage.settle()
    QApplication.processEvents()  # it is scrolled to
    stage.press(Key.Key_A, Ctrl)
    stage.type("35")
    bar = view.form._scroll.verticalScrollBar()
    before = bar.value()
    assert before > 0
    stage.save()
    QApplication.processEvents()
    assert getattr(stage.setup.policies, name) == 35
    assert line.hasFocus()
    assert bar.value() == before


def test_nothing_is_saved_when_nothing_changed(stage: Stage) -> None:
    stage.part("rooms", "2")
    before = stage.world.store.change_number()
    stage.save()
    assert stage.world.store.change_number() == before


def test_a_nurse_may_look_and_is_told_who_may_save(stage: Stage) -> None:
    stage.desk.act_as(stage.world.acting("Maya Jones"))
    view = stage.part("rooms", "2")
    assert view.form.save_button.missing == ("Only managers change the set-up. Ask Priya Kaur.",)
    field(view, "name").setText("Bay A")
    stage.save()
    assert stage.world.room("Infusion 1").version == 1


# Visits that a change would strand


def out_of_use(stage: Stage) -> None:
    view = stage.part("rooms", str(stage.world.room("Infusion 1").id))
    field(view, "active").box("active").click()
    stage.save()


def test_the_visits_are_shown_before_it_is_saved(stage: Stage) -> None:
    stage.world.book("IVM", TUESDAY, room="Infusion 1")
    out_of_use(stage)
    view = stage.part("rooms")
    assert view.stranded.isVisible()
    shown = view.stranded.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert shown == (
        "Okafor, Amara · IV ketamine · Tue, Nov 3, 2026, 9:00 AM · Infusion 1. "
        "Infusion 1 is closed then. Pick another room or time."
    )
    assert stage.world.room("Infusion 1").active
    stage.press(Key.Key_Escape)
    assert not view.stranded.isVisible()
    assert view.dirty


def test_saved_anyway_they_stand_on_the_repair_list(stage: Stage) -> None:
    visit = stage.world.book("IVM", TUESDAY, room="Infusion 1")
    out_of_use(stage)
    stage.press(Key.Key_Return, Ctrl)
    stage.settle()
    assert not stage.world.room("Infusion 1").active
    assert stage.said == "Infusion 1 saved. 1 visit on the repair list."
    assert stage.world.visit(visit.id) == visit
    stage.press(Key.Key_0, Ctrl)
    stage.settle()
    assert stage.place.current == REPAIRS
    repairs = stage.place.shown()
    assert repairs.list.model().rowCount() == 1


def test_an_empty_repair_list_says_that_all_is_well(stage: Stage) -> None:
    stage.place.show_part(REPAIRS)
    stage.settle()
    assert not stage.place.shown().list.isVisible()


# The parts, one by one


def test_the_clinic_and_its_policies_are_saved_apart(stage: Stage) -> None:
    clinic, policies = stage.part("clinic"), stage.part("policies")
    field(clinic, "name").setText("Oak Street Clinic")
    field(policies, "watch_limit").setText("4")
    policies.save()
    stage.settle()
    stage.place.show_part("clinic")
    clinic.save()
    stage.settle()
    saved: Clinic = stage.setup.clinic
    assert (saved.name, saved.policies.watch_limit) == ("Oak Street Clinic", 4)


def test_the_certification_of_the_site_is_written_down_with_the_clinic(stage: Stage) -> None:
    view = stage.part("clinic")
    field(view, "rems_number").setText("REMS 4711")
    field(view, "certified_on").setText("1/5/2026")
    field(view, "certified_until").setText("1/4/2026")
    assert "The last day lies before the first." in " ".join(view.editor.problems().values())
    field(view, "certified_until").setText("1/5/2028")
    view.save()
    stage.settle()
    saved: Clinic = stage.setup.clinic
    assert (saved.rems_number, saved.certified_on, saved.certified_until) == (
        "REMS 4711",
        date(2026, 1, 5),
        date(2028, 1, 5),
    )
    field(view, "certified_until").setText("")
    view.save()
    stage.settle()
    assert stage.setup.clinic.certified_until is None


def test_how_to_reach_somebody_for_the_form_stands_with_the_staff(stage: Stage) -> None:
    view = stage.part("staff")
    name = view.editor.value().person.name
    field(view, "phone").setText("(217) 555-0111")
    field(view, "email").setText("nurse@example.org")
    view.save()
    stage.settle()
    (person,) = [one for one in stage.setup.staff if one.name == name]
    assert (person.phone, person.email) == ("(217) 555-0111", "nurse@example.org")


def test_what_the_discharge_forms_score_is_a_policy(stage: Stage) -> None:
    view = stage.part("policies")
    field(view, "pre_dose_minutes").setText("45")
    field(view, "count_days").setText("7")
    field(view, "form_off").box("padss.bleeding").click()
    view.save()
    stage.settle()
    policies = stage.setup.policies
    said = (policies.pre_dose_minutes, policies.count_days, policies.form_off)
    assert said == (45, 7, {"padss.bleeding"})


def test_the_discharge_form_is_the_visit_types(stage: Stage) -> None:
    view = stage.part("types", "IVM")
    box = field(view, "discharge_form")
    box.setCurrentIndex(box.findData("aldrete"))
    box.activated.emit(box.currentIndex())
    view.save()
    stage.settle()
    newest = max((one for one in stage.setup.types if one.code == "IVM"), key=lambda one: one.number)
    assert newest.discharge_form == "aldrete"


def test_the_check_in_call_is_the_visit_types_and_its_tries_a_policy(stage: Stage) -> None:
    view = stage.part("types", "IVM")
    box = field(view, "after_when")
    box.setCurrentIndex(box.findData(CallDay.NEXT.value))
    box.activated.emit(box.currentIndex())
    field(view, "after_days").setText("2")
    field(view, "after_asks").box("urine").click()
    view.save()
    stage.settle()
    newest = max((one for one in stage.setup.types if one.code == "IVM"), key=lambda one: one.number)
    assert newest.day_after == DayAfter(CallDay.NEXT, 2, AFTER_NEEDLE.asks - {"urine"})
    policies = stage.part("policies")
    field(policies, "after_tries").setText("4")
    field(policies, "pin_hours").setText("8")
    field(policies, "emergency_minutes").setText("0")
    field(policies, "factor_roles").box(Role.MANAGER).click()
    policies.save()
    stage.settle()
    kept = stage.setup.policies
    assert (kept.after_tries, kept.pin_hours, kept.emergency_minutes) == (4, 8, 0)
    assert kept.factor_roles == {Role.MANAGER}


def test_in_which_language_the_escort_reads_is_a_policy(stage: Stage) -> None:
    view = stage.part("policies")
    assert not stage.setup.policies.escort_in_english
    pick(field(view, "escort_in_english"), "english")
    view.save()
    stage.settle()
    assert stage.setup.policies.escort_in_english


def test_what_the_sheets_say_is_a_policy(stage: Stage) -> None:
    view = stage.part("policies")
    field(view, "alcohol_hours").setText("48")
    field(view, "adult_hours").setText("8")
    field(view, "statements_off").box("14").click()
    field(view, "prepared_off").box("29").click()
    view.save()
    stage.settle()
    policies = stage.setup.policies
    assert (policies.alcohol_hours, policies.adult_hours) == (48, 8)
    assert policies.statements_off == {14, 29}
    field(view, "adult_hours").setText("")
    view.save()
    stage.settle()
    assert stage.setup.policies.adult_hours is None


def test_the_statements_of_the_screen_are_those_that_may_be_left_out() -> None:
    assert {int(number) for number in (*STATEMENTS, *PREPARED)} == SWITCHABLE_STATEMENTS


def test_a_policy_out_of_bounds_says_the_bounds(stage: Stage) -> None:
    view = stage.part("policies")
    field(view, "watch_limit").setText("20")
    view.save()
    assert view.editor.form.row("watch_limit").problem == "Between 1 and 10. Change the number."


def test_opening_hours_are_typed(stage: Stage) -> None:
    view = stage.part("hours", "hours")
    grid = view.editor._grid
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(5, 1))  # Saturday
    stage.press(Key.Key_F2)
    stage.press(Key.Key_A, Ctrl)
    stage.type("9-1")
    stage.press(Key.Key_Return)
    stage.save()
    assert [(one.start, one.end) for one in stage.setup.clinic.hours if one.weekday == 5] == [(540, 780)]
    assert stage.said == "Opening hours saved."


def test_hours_that_are_not_understood_are_not_passed_over_by_saving(stage: Stage) -> None:
    view = stage.part("hours", "hours")
    before = stage.setup.clinic.hours
    grid = view.editor._grid
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(5, 1))
    stage.type("9-1")
    stage.press(Key.Key_Return)
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    stage.type("2175550100")
    stage.save()
    said = "“2175550100” is not understood. Type 8-5:30, or 8-12, 1-5, or closed."
    assert (view.form.said, grid.problem) == (said, said)
    assert stage.setup.clinic.hours == before
    assert grid.view.currentIndex().row() == 0
    view.put_back()
    assert grid.problem == ""
    assert grid.model.index(0, 1).data() != "2175550100"


def test_hours_that_are_not_understood_are_said_and_stay(stage: Stage) -> None:
    view = stage.part("hours", "hours")
    grid = view.editor._grid
    assert not grid.model.setData(grid.model.index(0, 1), "from nine")
    assert grid.problem == "“from nine” is not understood. Type 8-5:30, or 8-12, 1-5, or closed."
    assert view.dirty, "somebody else who takes over would find it in their form"
    view.put_back()
    assert not view.dirty


def test_holidays_are_ticked_and_unticked(stage: Stage) -> None:
    view = stage.part("hours", "holidays")
    grid = view.editor._grid
    names = [one.name for one in grid.rows]
    thanksgiving = names.index("Thanksgiving Day")
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(thanksgiving, 0))
    stage.press(Key.Key_Space)
    stage.save()
    (closure,) = stage.setup.closures
    assert (closure.from_day, closure.reason) == (date(2026, 11, 26), "Thanksgiving Day")
    grid.view.setCurrentIndex(grid.model.index(thanksgiving, 0))
    grid.view.setFocus()
    stage.press(Key.Key_Space)
    stage.save()
    assert stage.setup.closures == ()


def test_a_closure_of_several_days_is_added_and_taken_away(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    room = stage.world.room("Infusion 2")
    field(view, "room_id").setCurrentText("Infusion 2")
    field(view, "reason").setText("Painting")
    field(view, "from_day").setText("11/9")
    field(view, "to_day").setText("nov 11")
    assert field(view, "from_day").value != date(2026, 11, 11)
    field(view, "from_minute").setText("10")
    stage.save()
    (one,) = stage.setup.closures
    assert (one.room_id, one.from_day, one.from_minute, one.to_day, one.to_minute) == (
        room.id, date(2026, 11, 9), 600, date(2026, 11, 11), 1440,
    )  # fmt: skip
    assert view.key == str(one.id)
    monkeypatch.setattr(QuestionDialog, "ask", lambda *a, **_: a[4]())
    stage.press(Key.Key_Delete, Ctrl | Shift)
    stage.settle()
    assert stage.setup.closures == ()
    assert view.key == "hours"


def test_what_is_removed_is_called_as_it_was_saved(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    field(view, "reason").setText("Painting")
    field(view, "from_day").setText("11/9")
    field(view, "to_day").setText("11/9")
    stage.save()
    field(view, "reason").setText("Repair")
    monkeypatch.setattr(QuestionDialog, "ask", lambda *a, **_: a[4]())
    stage.press(Key.Key_Delete, Ctrl | Shift)
    stage.settle()
    assert stage.setup.closures == ()
    assert stage.said == "Painting is removed."


def asked(stage: Stage) -> ChoiceDialog:
    dialog = stage.place.widget().window().findChild(ChoiceDialog)
    assert dialog is not None
    stage.qtbot.waitUntil(dialog.list.hasFocus)
    return dialog


def test_a_closure_repeats_by_keyboard_and_each_one_goes_alone(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    assert not view.editor.form.row("until").isVisible()
    field(view, "reason").setText("Staff meeting")
    field(view, "from_day").setText("11/4")
    assert field(view, "to_day").value == date(2026, 11, 4)  # it follows until another is typed
    field(view, "from_minute").setText("8")
    field(view, "to_minute").setText("9:30")
    field(view, "to_minute").setFocus()
    stage.press(Key.Key_Tab)
    assert stage.focused().accessibleName() == "Repeats"
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Down)
    stage.press(Key.Key_Tab)
    assert stage.focused().accessibleName() == "Repeats until"
    assert field(view, "until").value == date(2027, 11, 4)
    stage.press(Key.Key_A, Ctrl)
    stage.type("12/15")
    hint = "3 closures, the last on Wed, Dec 2, 2026. Each can be removed alone."
    assert field(view, "until").accessibleDescription() == hint
    stage.save()
    days = [date(2026, 11, 4), date(2026, 11, 18), date(2026, 12, 2)]
    assert [(one.from_day, one.to_day) for one in stage.setup.closures] == [(day, day) for day in days]
    assert {(one.from_minute, one.to_minute) for one in stage.setup.closures} == {(480, 570)}
    assert stage.said == "Staff meeting (3 closures) saved."
    first, middle, last = stage.setup.closures
    assert view.key == str(first.id)
    assert not view.dirty
    assert not view.editor.form.row("repeats").isVisible()
    view.open(str(middle.id))
    stage.press(Key.Key_Delete, Ctrl | Shift)
    dialog = asked(stage)
    assert dialog.list.current == "one"
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.setup.closures == (first, last)
    assert stage.said == "Staff meeting is removed."


def test_a_closure_that_repeats_goes_with_the_later_ones(stage: Stage) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    field(view, "reason").setText("Staff meeting")
    field(view, "from_day").setText("11/4")
    field(view, "to_day").setText("11/4")
    pick(field(view, "repeats"), "weekly")
    field(view, "until").setText("12/15")
    stage.save()
    first, second, *_ = stage.setup.closures
    assert len(stage.setup.closures) == 6
    view.open(str(second.id))
    stage.press(Key.Key_Delete, Ctrl | Shift)
    dialog = asked(stage)
    stage.press(Key.Key_2)
    assert dialog.take.text() == "Remove them"
    stage.press(Key.Key_Return)
    stage.settle()
    assert stage.setup.closures == (first,)
    assert stage.said == "Staff meeting: 5 removed."


def test_the_end_of_repeating_is_a_year_on_until_somebody_types_it(stage: Stage) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    pick(field(view, "repeats"), "monthly")
    assert field(view, "until").value == date(2027, 11, 2)
    field(view, "from_day").setText("12/7")
    assert field(view, "until").value == date(2027, 12, 7)
    field(view, "until").setText("")
    assert view.editor.problems()["until"] == "Type a day, such as 12/24, fri or +2w."
    field(view, "until").setText("6/30/2027")
    field(view, "from_day").setText("12/14")
    assert field(view, "until").value == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("11/1/2026", "This is before the closure itself. Pick a later day."),
        ("11/3/2031", "A closure repeats for up to 5 years. Pick Sun, Nov 2, 2031 or earlier."),
        ("11/1/2031", "That is more than 120 closures at once. Pick Mon, Feb 12, 2029 or earlier."),
    ],
)
def test_how_far_a_closure_may_repeat_is_said_at_its_field(stage: Stage, until: str, said: str) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    pick(field(view, "repeats"), "weekly")
    field(view, "until").setText(until)
    stage.save()
    assert view.editor.form.row("until").problem == said
    assert stage.setup.closures == ()


def test_the_visits_of_all_days_are_shown_before_a_repeating_closure_is_saved(stage: Stage) -> None:
    stage.world.book("IVM", TUESDAY, room="Infusion 1")
    stage.world.book("IVM", TUESDAY + timedelta(days=14), room="Infusion 1")
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    field(view, "from_day").setText("11/3")
    field(view, "to_day").setText("11/3")
    pick(field(view, "repeats"), "weekly")
    field(view, "until").setText("11/24")
    stage.save()
    assert view.stranded.isVisible()
    assert view._pending is not None
    assert len(view._pending.write) == 4
    assert stage.setup.closures == ()
    stage.press(Key.Key_Escape)
    assert field(view, "repeats").currentData() == "weekly"
    stage.save()
    view.save_anyway()
    stage.settle()
    assert len(stage.setup.closures) == 4
    assert stage.said.endswith("2 visits on the repair list.")


def test_a_day_that_is_not_understood_is_not_saved(stage: Stage) -> None:
    view = stage.part("hours")
    stage.press(Key.Key_N, Ctrl)
    field(view, "to_day").setText("someday")
    stage.save()
    assert view.editor.form.row("to_day").problem == "Type a day, such as 12/24, fri or +2w."
    assert stage.setup.closures == ()


def test_a_person_is_added_with_initials_and_the_opening_hours_as_week(stage: Stage) -> None:
    view = stage.part("staff")
    stage.press(Key.Key_N, Ctrl)
    stage.type("Mia Johnson")
    assert field(view, "initials").text() == "MiJ"  # MJ is Maya Jones
    field(view, "roles").box(Role.NURSE).click()
    stage.save()
    mia = stage.world.person("Mia Johnson")
    (shift,) = [one for one in stage.setup.shifts if one.staff_id == mia.id]
    assert (shift.weekdays, shift.start, shift.end) == (frozenset(range(5)), 480, 1050)
    assert view.key == str(mia.id)
    assert stage.said == "Mia Johnson saved."


def test_initials_follow_a_name_that_a_screen_reader_sets_until_it_sets_others(stage: Stage) -> None:
    view = stage.part("staff")
    stage.press(Key.Key_N, Ctrl)
    name, initials = field(view, "name"), field(view, "initials")
    set_text(name, "Mia Johnson")
    assert initials.text() == "MiJ"
    set_text(name, "Nora Quinn")
    assert initials.text() == "NQ"
    set_text(initials, "NoQ")
    set_text(name, "Nora Quinn-Bell")
    assert initials.text() == "NoQ"
    assert view.editor.value().person.initials == "NoQ"


def test_a_week_is_changed_from_a_day_on(stage: Stage) -> None:
    maya = stage.world.person("Maya Jones")
    view = stage.part("staff", str(maya.id))
    grid = view.editor._shifts
    assert grid.model.setData(grid.model.index(0, 0), "mon-wed")
    assert grid.model.setData(grid.model.index(0, 3), "12-12:30")
    field(view, "since").setText("nov 9")
    stage.save()
    old, new = [one for one in stage.setup.shifts if one.staff_id == maya.id]
    assert (old.weekdays, old.valid_to) == (frozenset(range(5)), date(2026, 11, 8))
    assert (new.weekdays, new.valid_from) == (frozenset({0, 1, 2}), date(2026, 11, 9))
    assert [(one.start, one.end) for one in new.breaks] == [(720, 750)]


def test_an_absence_shows_its_visits_and_is_saved_anyway(stage: Stage) -> None:
    visit = stage.world.book("IVM", TUESDAY, room="Infusion 1")
    maya = stage.world.person("Maya Jones")
    view = stage.part("staff", str(maya.id))
    grid = view.editor._absences
    grid.view.setFocus()
    stage.press(Key.Key_Insert)
    stage.type("tue")
    stage.press(Key.Key_Return)
    stage.save()
    assert view.stranded.isVisible()
    stage.press(Key.Key_Return, Ctrl)
    stage.settle()
    (away,) = stage.setup.absences
    assert (away.staff_id, away.from_day, away.to_day) == (maya.id, TUESDAY, TUESDAY)
    assert stage.world.visit(visit.id) == visit


def test_ins_keeps_what_is_being_typed(stage: Stage) -> None:
    """The phone stands on every sheet that goes home."""
    view = stage.part("clinic")
    grid = view.editor._phones
    grid.view.setFocus()
    stage.press(Key.Key_Insert)
    stage.type("217 555 0199")
    stage.press(Key.Key_Insert)
    stage.type("217 555 0188")
    stage.press(Key.Key_Return)
    numbers = [one.number for one in grid.rows]
    assert [one[-4:] for one in numbers[:2]] == ["0199", "0188"]


def test_phases_are_edited_and_make_a_new_version(stage: Stage) -> None:
    view = stage.part("types", "IVM")
    grid = view.editor._phases
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(4, 1))  # recovery, minutes
    stage.type("45")
    stage.press(Key.Key_Return)
    assert "105 min in the room" in view.editor._total.text()
    stage.save()
    now = stage.setup.type_by_code("IVM")
    assert (now.number, now.phases[4].minutes) == (2, 45)
    assert "Version 2." in view.editor._version.text()


def test_what_is_asked_before_each_visit_is_ticked_and_makes_a_new_version(stage: Stage) -> None:
    view = stage.part("types", "IVM")
    ticks = view.editor._scores
    assert [(box.text(), box.isChecked()) for box in ticks._boxes.values()] == [
        ("PHQ-9", True), ("GAD-7", False), ("Pain 0-10", False),
    ]  # fmt: skip
    ticks._boxes["gad7"].setFocus()
    stage.press(Key.Key_Space)
    stage.save()
    now = stage.setup.type_by_code("IVM")
    assert (now.number, now.scores) == (2, {"phq9", "gad7"})


def test_what_is_asked_before_the_dose_and_its_minutes_make_a_new_version(stage: Stage) -> None:
    view = stage.part("types", "IVM")
    food, spray = view.editor._since["food"], view.editor._since["spray"]
    assert (food.value, view.editor._since["liquid"].value, spray.value) == (360, 120, None)
    food.setFocus()
    food.selectAll()
    stage.type("240")
    view.editor._asked._boxes["maoi"].setFocus()
    stage.press(Key.Key_Space)
    stage.save()
    now = stage.setup.type_by_code("IVM")
    asked = {one.code: one.minutes for one in now.asks}
    assert (now.number, asked["food"], asked["liquid"]) == (2, 240, 120)
    assert {"maoi", "spray"}.isdisjoint(asked)
    assert {"pregnancy", "opioids", "oximeter", "consent"} <= asked.keys()


def test_a_locked_cell_says_why_and_cannot_be_edited(stage: Stage) -> None:
    view = stage.part("types", "SP56")
    model = view.editor._phases.model
    cover = model.index(2, 6)
    assert not cover.flags() & Qt.ItemFlag.ItemIsEditable
    assert str(cover.data(Qt.ItemDataRole.AccessibleDescriptionRole)).startswith("Locked: a prescriber")
    assert model.setData(model.index(3, 1), "60")
    assert view.editor._phases.problem.startswith("Locked: Spravato is watched for at least 120 minutes")
    stage.save()
    assert stage.setup.type_by_code("SP56").number == 1


def test_a_problem_of_a_phase_stands_in_its_cell(stage: Stage) -> None:
    view = stage.part("types", "IVM")
    grid = view.editor._phases
    assert grid.model.setData(grid.model.index(1, 1), "12")
    assert grid.problem == "5 to 600 minutes, in steps of 5."
    assert grid.model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) == grid.problem


def test_a_course_by_weeks_is_made(stage: Stage) -> None:
    view = stage.part("courses")
    stage.press(Key.Key_N, Ctrl)
    stage.type("SP4")
    field(view, "name").setText("Spravato, 4 visits")
    grid = view.editor._steps
    assert grid.model.setData(grid.model.index(0, 0), "SP56")
    assert grid.model.setData(grid.model.index(0, 1), "4")
    field(view, "weeks").setText("2 2")
    field(view, "max_gap_days").setText("")
    stage.save()
    made = stage.setup.templates[-1]
    assert (made.code, made.type_codes, made.weeks, made.max_gap_days) == ("SP4", ("SP56",) * 4, (2, 2), None)


def test_a_way_home_that_asks_more_is_a_new_one_for_new_visits(stage: Stage) -> None:
    view = stage.part("going-home", "1")
    field(view, "accepts").box("paid medical escort").click()
    stage.save()
    rows = view.subject.rows(stage.desk.setup)
    assert [one.key for one in rows] == ["2"]
    assert view.key == "2"
    assert len(stage.setup.profiles) == 2


def test_what_is_asked_of_the_driver_on_the_day(stage: Stage) -> None:
    view = stage.part("going-home", "1")
    assert (field(view, "callback_minutes").text(), field(view, "must_stay_from").text()) == ("30", "")
    field(view, "callback_minutes").setText("45")
    field(view, "arrive_before").setText("10")
    field(view, "must_stay_from").setText("3:30p")
    stage.save()
    saved = stage.setup.profiles[0]
    assert (saved.callback_minutes, saved.arrive_before, saved.must_stay_from) == (45, 10, 930)


def test_a_driver_does_not_take_five_hours(stage: Stage) -> None:
    view = stage.part("going-home", "1")
    field(view, "callback_minutes").setText("300")
    stage.save()
    assert stage.setup.profiles[0].callback_minutes == 30


def test_in_a_small_window_the_parts_are_in_a_box(stage: Stage) -> None:
    stage.shell.resize(683, 384)
    QApplication.processEvents()
    assert not stage.place.parts.isVisible()
    view = stage.part("rooms")
    assert view.list.isVisible()
    assert view.width() <= 683


@pytest.mark.parametrize("size", [(1366, 730), (683, 384)])
def test_a_form_ends_with_its_last_line(stage: Stage, size: tuple[int, int]) -> None:
    stage.shell.resize(*size)
    stage.place.open_part("policies")
    scroll = stage.part("policies").form._scroll
    inside = scroll.widget()

    def as_high_as_its_words() -> bool:
        return inside.height() <= max(scroll.viewport().height(), scroll.height_for(inside.width()))

    stage.qtbot.waitUntil(as_high_as_its_words)


def test_a_reason_that_does_not_fit_its_row_is_said_whole_below(stage: Stage) -> None:
    stage.world.book("SP1", TUESDAY, room="Spravato 1")
    stage.shell.resize(683, 384)
    view = stage.part("staff", str(stage.world.person("Dr. Priya Lin").id))
    field(view, "active").box("active").click()
    said: list[str] = []
    view.stranded.list.whole.connect(said.append)
    view.save()
    stage.settle()
    assert said[-1].endswith("while a patient is dosed or watched.")
    stage.shell.resize(1366, 730)
    QApplication.processEvents()
    assert said[-1] == ""


def test_a_part_without_rows_says_so_and_its_keys_do_nothing(stage: Stage) -> None:
    stage.desk.renew_setup(replace(stage.desk.setup, templates=()))
    view = stage.part("courses")
    view.take_focus()
    for key, held in ((Key.Key_S, Ctrl), (Key.Key_U, Ctrl), (Key.Key_Delete, Ctrl | Shift)):
        stage.press(key, held)
    assert view.key == ""
    stage.press(Key.Key_N, Ctrl)
    assert view.key == NEW


# Pressure limits


def limits_row(stage: Stage, code: str = "spravato") -> LimitsRow:
    editor = stage.part("policies").editor
    assert isinstance(editor, PoliciesEditor)
    return editor.limits.rows[code]


def saved_limits(stage: Stage, code: str = "spravato") -> PressureLimits:
    return next(one.limits for one in stage.setup.modalities if one.code == code)


def test_a_prescriber_sets_the_limits_of_a_treatment(stage: Stage) -> None:
    row = limits_row(stage)
    assert "Suggested, not set yet" in row.said.text()
    stage.desk.act_as(stage.world.acting("Dr. Priya Lin"))
    row.tell.setFocus()
    stage.press(Key.Key_A, Ctrl)
    stage.type("155/95")
    row.oxygen.setText("90")
    stage.press(Key.Key_Return)
    stage.settle()
    assert (saved_limits(stage).tell, saved_limits(stage).oxygen_low) == ((155, 95), 90)
    assert saved_limits(stage).are_set
    assert row.said.text().startswith("Set by Dr. Priya Lin, ")
    assert not saved_limits(stage, "iv").are_set
    assert not stage.part("policies").dirty


def test_who_is_no_prescriber_is_told_so(stage: Stage) -> None:
    row = limits_row(stage)
    row.set_button.click()
    stage.settle()
    assert row.said.text() == "A prescriber sets these."
    assert not saved_limits(stage).are_set


def test_after_each_set_the_next_limits_wait_for_typing_and_the_page_stays(stage: Stage) -> None:
    stage.desk.act_as(stage.world.acting("Dr. Priya Lin"))
    stage.place.open_part("policies")
    stage.place.open_limits()
    editor = stage.part("policies").editor
    assert isinstance(editor, PoliciesEditor)
    rows = list(editor.limits.rows.values())
    bar = stage.part("policies").form._scroll.verticalScrollBar()
    for row, following in pairwise([*rows, rows[-1]]):
        row.tell.setFocus()
        stage.qtbot.waitUntil(lambda: bar.value() > 0)
        stage.press(Key.Key_Return)
        stage.settle()
        assert row.modality.limits.are_set
        last = row is following
        assert stage.focused() is (row.set_button if last else following.tell)
        assert bar.value() > 0
        stage.qtbot.waitUntil(lambda: in_sight(stage))


def test_a_form_that_is_read_again_stays_in_its_place(stage: Stage) -> None:
    stage.place.open_part("policies")
    bar = stage.part("policies").form._scroll.verticalScrollBar()
    stage.qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(300)
    stage.desk.renew_setup(stage.setup)
    assert bar.value() == 300


def in_sight(stage: Stage) -> bool:
    form, focused = stage.part("policies").form._scroll, stage.focused()
    return form.viewport().rect().contains(focused.mapTo(form.viewport(), focused.rect().center()))


def test_limits_that_cannot_stand_are_said_at_their_field(stage: Stage) -> None:
    stage.desk.act_as(stage.world.acting("Dr. Priya Lin"))
    row = limits_row(stage)
    row.emergency.setText("150/90")
    row.set_button.click()
    stage.settle()
    assert row.emergency.accessibleDescription() == (
        "Both emergency numbers lie above those that tell the prescriber. Change one pair."
    )
    assert not saved_limits(stage).are_set


def test_a_half_typed_zone_is_said_to_be_none_and_not_that_nothing_changed(stage: Stage) -> None:
    view = stage.part("clinic")
    box = field(view, "zone")
    assert isinstance(box, QComboBox)
    box.setEditText("los ang")
    view.save()
    row = view.editor.form.row("zone")
    assert row.problem == "los ang is no time zone. Do you mean America/Los Angeles?"
    view.put_back()


def test_in_a_narrow_list_what_is_not_saved_is_said_on_a_line_of_its_own(stage: Stage) -> None:
    view = stage.part("rooms", "1")
    field(view, "name").setText("Room at the window")
    row = view.list.view.currentIndex().data(THING_ROLE)
    assert (row.badge, row.note) == ("not saved", "")
    view.list.set_narrow(True)
    row = view.list.view.currentIndex().data(THING_ROLE)
    assert (row.badge, row.note) == ("", "Not saved")
    view.list.set_narrow(False)
    assert view.list.view.currentIndex().data(THING_ROLE).badge == "not saved"
    view.put_back()
