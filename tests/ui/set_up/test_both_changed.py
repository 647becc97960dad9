"""Two desks change one part of the set-up: each one's fields stand; of what both changed somebody decides."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.people.model import Absence
from clinic_desktop.scheduling.model import Clinic, OpenHours, PressureLimits
from clinic_desktop.scheduling.pressure_limits import set_limits
from clinic_desktop.scheduling.set_up import Edit, change_set_up
from clinic_desktop.ui.both_changed import BothChangedDialog
from clinic_desktop.ui.set_up.policies import PoliciesEditor
from clinic_desktop.ui.set_up.pressure_limits import LimitsRow
from tests.ui.set_up.stage import Stage, field

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier


def dialog(stage: Stage) -> BothChangedDialog:
    stage.settle()
    stage.qtbot.waitUntil(lambda: any(one.isVisible() for one in stage.shell.findChildren(BothChangedDialog)))
    return next(one for one in stage.shell.findChildren(BothChangedDialog) if one.isVisible())


def other_desk(stage: Stage, *records: object) -> None:
    manager = replace(stage.world.manager, desk="OFFICE-2")
    change_set_up(stage.world.store, manager, Edit(records))  # type: ignore[arg-type]  # records of the set-up


def test_another_desk_came_first_and_is_asked_about(stage: Stage) -> None:
    view = stage.part("rooms", "2")
    other_desk(stage, replace(stage.world.room("Infusion 1"), name="Theirs"))
    field(view, "name").setText("Mine")
    stage.save()
    asked = dialog(stage)
    assert "changed this a moment ago" in asked.accessibleName()
    (name,) = asked.fields
    assert name.list.accessibleName() == "Name. As it was: Infusion 1. Theirs: Theirs. Mine: Mine"
    assert stage.world.room("Theirs").version == 2
    QTest.keyClick(asked, Key.Key_Escape)
    assert field(view, "name").text() == "Mine"  # what was typed is not lost
    stage.qtbot.waitUntil(lambda: not stage.shell.findChildren(BothChangedDialog))
    view.save()
    again = dialog(stage)
    QTest.keyClick(again.fields[0].list, Key.Key_1)
    QTest.keyClick(again.save, Key.Key_Return)
    stage.settle()
    assert stage.world.room("Mine").version == 3
    assert not view.dirty


def test_theirs_can_be_taken_and_nothing_is_written_then(stage: Stage) -> None:
    view = stage.part("rooms", "2")
    other_desk(stage, replace(stage.world.room("Infusion 1"), name="Theirs"))
    field(view, "name").setText("Mine")
    stage.save()
    asked = dialog(stage)
    QTest.keyClick(asked.fields[0].list, Key.Key_2)
    QTest.keyClick(asked.save, Key.Key_Return)
    stage.settle()
    assert stage.world.room("Theirs").version == 2
    assert field(view, "name").text() == "Theirs"
    assert not view.dirty


def saturday(stage: Stage, start: int, end: int) -> Clinic:
    """The clinic open on Saturdays."""
    week = [one for one in stage.setup.clinic.hours if one.weekday != 5]
    return replace(stage.setup.clinic, hours=(*week, OpenHours(5, start, end)))


def test_theirs_is_what_stands_when_it_was_changed_once_more_while_somebody_was_asked(stage: Stage) -> None:
    view = stage.part("hours", "hours")
    grid = view.editor._grid

    def type_hours(weekday: int, start: int, end: int) -> None:
        hours = [
            replace(one, stretches=((start, end),)) if one.weekday == weekday else one for one in grid.rows
        ]
        grid.set_rows(hours)
        grid.model.edited.emit()

    type_hours(5, 540, 780)
    other_desk(stage, saturday(stage, 480, 720))
    view.save()
    asked = dialog(stage)
    other_desk(stage, saturday(stage, 600, 840))
    stage.desk.renew_setup(stage.setup)
    QTest.keyClick(asked.fields[0].list, Key.Key_2)
    QTest.keyClick(asked.save, Key.Key_Return)
    stage.settle()
    assert not view.dirty
    type_hours(6, 600, 660)
    view.save()
    stage.settle()
    assert [one for one in stage.setup.clinic.hours if one.weekday > 4] == [
        OpenHours(5, 600, 840),
        OpenHours(6, 600, 660),
    ]


def test_two_policies_of_one_clinic_stand_together(stage: Stage) -> None:
    view = stage.part("policies")
    clinic = stage.setup.clinic
    field(view, "start_margin").setText("45")
    other_desk(stage, replace(clinic, policies=replace(clinic.policies, watch_limit=2)))
    stage.save()
    asked = dialog(stage)
    assert asked.fields == []
    QTest.keyClick(asked.save, Key.Key_Return)
    stage.settle()
    policies = stage.setup.clinic.policies
    assert (policies.start_margin, policies.watch_limit) == (45, 2)


def test_an_absence_that_another_desk_added_is_not_taken_back_by_saving(stage: Stage) -> None:
    """The news came while somebody typed: the form does not know of the absence, and must not remove it."""
    maya = next(one for one in stage.setup.staff if one.name == "Maya Jones")
    view = stage.part("staff", str(maya.id))
    field(view, "phone").setText("(512) 555-0199")
    today = local_day(stage.world.clock.now(), stage.desk.zone)
    other_desk(stage, Absence(staff_id=maya.id, from_day=today, to_day=today))
    stage.desk.renew_setup(stage.setup)
    assert view.form.said.startswith("Changed meanwhile.")
    stage.save()
    QTest.keyClick(dialog(stage).save, Key.Key_Return)
    stage.settle()
    assert [one.staff_id for one in stage.setup.absences].count(maya.id) == 1
    assert next(one for one in stage.setup.staff if one.id == maya.id).phone == "(512) 555-0199"


# Pressure limits.


def limits_row(stage: Stage) -> LimitsRow:
    stage.desk.act_as(stage.world.acting("Dr. Priya Lin"))
    editor = stage.part("policies").editor
    assert isinstance(editor, PoliciesEditor)
    return editor.limits.rows["spravato"]


def other_sets(stage: Stage, row: LimitsRow, **limits: object) -> None:
    other = replace(stage.world.acting("Dr. Priya Lin"), desk="OFFICE-2")
    seen, wanted = row.modality, replace(row.modality.limits, **limits)
    set_limits(stage.world.store, other, (seen.id, seen.version), wanted)


def limits(stage: Stage) -> PressureLimits:
    return next(one.limits for one in stage.setup.modalities if one.code == "spravato")


def test_two_prescribers_set_limits_and_each_field_is_decided(stage: Stage) -> None:
    row = limits_row(stage)
    other_sets(stage, row, tell=(150, 95), oxygen_low=91)
    row.tell.setText("155/95")
    row.repeat.setText("10")
    row.set_button.click()
    asked = dialog(stage)
    assert "changed this a moment ago, on the PC called OFFICE-2" in asked.accessibleName()
    (tell,) = asked.fields
    assert tell.list.accessibleName().startswith("Tell from. As it was: ")
    assert tell.list.accessibleName().endswith("Theirs: 150/95. Mine: 155/95")
    QTest.keyClick(tell.list, Key.Key_1)
    QTest.keyClick(asked.save, Key.Key_Return)
    stage.settle()
    stands = limits(stage)
    assert (stands.tell, stands.oxygen_low, stands.repeat_minutes) == ((155, 95), 91, 10)
    assert row.oxygen.text() == "91"
    assert not row.dirty


def test_limits_that_are_being_typed_stay_when_another_desk_sets_them(stage: Stage) -> None:
    row = limits_row(stage)
    row.tell.setText("155/95")
    other_sets(stage, row, oxygen_low=91)
    stage.desk.renew_setup(stage.setup)
    stage.settle()
    assert row.tell.text() == "155/95"
    assert "What you typed is kept; Set brings both together." in row.said.text()
    row.set_button.click()
    QTest.keyClick(dialog(stage).save, Key.Key_Return)
    stage.settle()
    assert (limits(stage).tell, limits(stage).oxygen_low) == ((155, 95), 91)
