"""Treatments in the real window, by keyboard: one is added, a room is fitted, a visit type is made of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.scheduling.model import Modality
from clinic_desktop.ui.dialogs import QuestionDialog
from clinic_desktop.ui.set_up.subject import NEW
from tests.scheduling.set_up_world import TUESDAY
from tests.ui.reader import set_text
from tests.ui.set_up.stage import Stage, field

Key, Ctrl, Shift = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def modality(stage: Stage, code: str) -> Modality:
    return next(one for one in stage.setup.modalities if one.code == code)


def add_oral(stage: Stage) -> None:
    """From wherever: the part by its key, a new row, the name; the code follows, 18 stands there."""
    stage.press(Key.Key_5, Ctrl)
    stage.press(Key.Key_N, Ctrl)
    stage.type("Oral ketamine lozenge")
    stage.save()


def pick(stage: Stage, letters: str) -> None:
    """Type into a box until it shows a choice that begins so."""
    box = stage.focused()
    assert isinstance(box, QComboBox)
    stage.type(letters)
    assert box.currentText().casefold().startswith(letters.casefold())


def test_a_treatment_is_added_with_its_name_alone(stage: Stage) -> None:
    add_oral(stage)
    oral = modality(stage, "oral")
    assert (oral.name, oral.min_age, oral.rems) == ("Oral ketamine lozenge", 18, False)
    assert stage.said == "Oral ketamine lozenge saved."
    assert stage.place.section("treatments").key == str(oral.id)


def test_the_code_follows_a_name_that_a_screen_reader_sets_until_it_sets_another(stage: Stage) -> None:
    view = stage.part("treatments")
    stage.press(Key.Key_N, Ctrl)
    name, code = field(view, "name"), field(view, "code")
    set_text(name, "Oral ketamine lozenge")
    assert code.text() == "oral"
    set_text(code, "loz")
    set_text(name, "Lozenge of ketamine")
    assert code.text() == "loz"


def test_rooms_and_visit_types_offer_it_at_once(stage: Stage) -> None:
    rooms, types = stage.part("rooms"), stage.part("types")
    add_oral(stage)
    room = stage.world.room("Infusion 4")
    rooms.open(str(room.id))
    stage.press(Key.Key_3, Ctrl)
    box = field(rooms, "fits").box("oral")
    assert box.text() == "Oral ketamine lozenge"
    box.setFocus()
    stage.press(Key.Key_Space)
    stage.save()
    assert stage.world.room("Infusion 4").fits == room.fits | {"oral"}

    stage.press(Key.Key_6, Ctrl)
    types.open("IMK")
    offered = [field(types, "modality").itemText(n) for n in range(field(types, "modality").count())]
    assert offered[-1] == "Oral ketamine lozenge"
    stage.press(Key.Key_N, Ctrl)
    assert types.key == NEW
    field(types, "code").setFocus()
    stage.type("LOZ")
    stage.press(Key.Key_Tab)
    stage.type("Lozenge")
    field(types, "modality").setFocus()
    pick(stage, "oral")
    stage.press(Key.Key_Tab)
    pick(stage, "oral")
    for name, letters in (("profile_id", "named"), ("sheet", "ketamine")):
        field(types, name).setFocus()
        pick(stage, letters)
    types.editor._phases.set_rows(stage.setup.type_by_code("IMK").phases)
    types.editor.changed()
    stage.save()
    made = stage.setup.type_by_code("LOZ")
    assert (made.modality, made.needs_fit, made.sheet) == ("oral", "oral", "iv")
    assert made.phases == stage.setup.type_by_code("IMK").phases


def test_spravato_is_locked_where_it_is_locked(stage: Stage) -> None:
    rapid = modality(stage, "spravato")
    view = stage.part("treatments", str(rapid.id))
    assert field(view, "code").isReadOnly()
    assert not field(view, "rems").box("rems").isEnabled()
    assert "Nobody leaves before 120 minutes" in view.editor._locked.accessibleName()
    field(view, "min_age").setFocus()
    stage.press(Key.Key_A, Ctrl)
    stage.type("16")
    stage.save()
    said = "Locked: the program is for people of 18 or over."
    assert view.editor.form.row("min_age").problem == said
    assert modality(stage, "spravato") == rapid


def test_the_visits_that_a_higher_age_strands_are_shown_first(stage: Stage) -> None:
    stage.world.book("IVM", TUESDAY, room="Infusion 1")
    view = stage.part("treatments", str(modality(stage, "iv").id))
    field(view, "min_age").setFocus()
    stage.type("50")
    stage.save()
    assert view.stranded.isVisible()
    stage.press(Key.Key_Return, Ctrl)
    stage.settle()
    assert stage.said == "IV ketamine saved. 1 visit on the repair list."
    assert modality(stage, "iv").min_age == 50


def test_what_is_used_says_where_and_cannot_be_removed(stage: Stage) -> None:
    view = stage.part("treatments", str(modality(stage, "im").id))
    assert view.editor._uses.text().startswith(
        "Visit types: Intramuscular ketamine.\nRooms fit for it: Infusion 1, Infusion 2"
    )
    assert not view.form.remove_button.isVisible()


def test_what_nobody_uses_is_removed_after_a_question(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    add_oral(stage)
    monkeypatch.setattr(QuestionDialog, "ask", lambda *a, **_: a[4]())
    stage.press(Key.Key_Delete, Ctrl | Shift)
    stage.settle()
    assert stage.said == "Oral ketamine lozenge is removed."
    assert "oral" not in {one.code for one in stage.setup.modalities}


def test_one_that_only_a_patient_knows_stays_and_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_oral(stage)
    with stage.world.store.write(PROGRAM) as unit:
        patient = unit.add(Patient(given_name="Amara", family_name="Okafor"))
        unit.add(Clearance(patient_id=patient.id, modality="oral", cleared_by=1))
        unit.commit()
    monkeypatch.setattr(QuestionDialog, "ask", lambda *a, **_: a[4]())
    view = stage.place.section("treatments")
    stage.press(Key.Key_Delete, Ctrl | Shift)
    stage.settle()
    assert view.form.said == "It stays: patients' records name it."
    assert modality(stage, "oral")
