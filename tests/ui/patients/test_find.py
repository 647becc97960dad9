"""Finding somebody: the list follows each key, the page follows the list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from clinic_desktop.people.model import Patient
from clinic_desktop.people.patients import create
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from tests.people.small_clinic import TODAY

KEY = Qt.Key


def lines(window) -> list:
    model = window.place.view.list.view.model()
    return [model.index(at, 0).data(THING_ROLE) for at in range(model.rowCount())]


def names(window) -> list[str]:
    return [line.name for line in lines(window)]


def heading(window) -> str:
    return window.place.view.list._heading.text()


def test_the_place_opens_with_today_and_the_focus_in_the_search_line(full_window):
    assert full_window.focus is full_window.place.view.list.line
    full_window.wait(lambda: len(lines(full_window)) == 5)
    assert names(full_window)[-1] == "Okafor, Amara “Mara”"
    assert heading(full_window) == "Today's patients: 5 of 50"


def test_each_key_narrows_the_list_at_once(full_window):
    full_window.type("ok")
    assert all(name.startswith("Ok") for name in names(full_window))
    full_window.type("af")
    assert names(full_window) == ["Okafor, Amara “Mara”"]
    assert heading(full_window) == "1 of 50 patients"
    full_window.wait()


def test_the_first_found_is_shown_on_the_page(full_window):
    full_window.find("okafor")
    assert full_window.shown.family_name == "Okafor"


def test_a_misspelt_name_an_accent_a_birth_date_and_a_phone_all_lead_there(full_window):
    for typed in ("okafro", "0142", "4/12/84", "amara ok", "mara ok", "C00050"):
        full_window.place.view.list.line.setText(typed)
        assert "Okafor, Amara “Mara”" in names(full_window), typed
    full_window.place.view.list.line.setText("garcia")
    assert names(full_window)
    assert all("García" in name for name in names(full_window))
    full_window.wait()


def test_arrows_move_in_the_list_and_enter_goes_to_the_page(full_window):
    full_window.find("okonkwo")
    first = full_window.shown
    full_window.press(KEY.Key_Down)
    full_window.wait(lambda: full_window.place.view.facts is not None)
    assert full_window.shown.id != first.id
    full_window.press(KEY.Key_Up, KEY.Key_Up)
    full_window.wait(lambda: full_window.place.view.facts is not None)
    assert full_window.shown.id == first.id
    full_window.press(KEY.Key_Return)
    assert full_window.focus is full_window.place.view.page.head.edit
    full_window.press(KEY.Key_Escape)
    assert full_window.focus is full_window.place.view.list.line


def test_nobody_found_says_what_to_do(full_window):
    full_window.type("okz")  # one key at a time: found, then nobody
    full_window.wait()
    full_window.type("zz")
    assert full_window.focus is full_window.place.view.list.line
    assert "Press Ctrl\u00a0N to add" in full_window.place.view.list._empty.accessibleName()
    assert full_window.place.view.facts is None
    full_window.wait()


def test_marks_are_words(full_window):
    full_window.place.view.list.line.setText("o")
    marks = {mark.text for line in lines(full_window) for mark in line.marks}
    assert {"Alert", "Not cleared", "Needs details"} <= marks
    spoken = next(line.spoken for line in lines(full_window) if line.id == 50)
    assert spoken.startswith("Okafor, Amara “Mara”. Apr 12, 1984 (42). (512) 555-0142")
    assert spoken.endswith("Alert")
    full_window.wait()


def test_the_dead_are_marked_and_nothing_else_is_asked_of_them(full_window):
    full_window.place.view.list.line.setText("C00021")
    (gone,) = lines(full_window)
    assert [mark.text for mark in gone.marks] == ["Deceased"]
    full_window.wait(lambda: full_window.place.view.facts is not None)
    assert not full_window.place.view.page.head.book.isVisible()
    assert not full_window.shell.commands.can_run("patients.book")
    assert not full_window.shell.commands.can_run("patients.clear")


def test_somebody_another_desk_adds_appears_in_the_open_search(window):
    window.type("oka")
    assert names(window) == []
    saved = create(
        window.clinic.store, window.clinic.reception, Patient(given_name="Amara", family_name="Okafor")
    )
    window.place.people._desk.hub.tell(saved.changes)
    window.wait(lambda: names(window) == ["Okafor, Amara"])


def test_keys_never_reach_the_page_while_one_types(full_window):
    full_window.find("okafor")
    full_window.press(KEY.Key_Home)
    full_window.type("x")
    assert full_window.place.view.list.line.text() == "xokafor"
    full_window.wait()


def test_clearing_the_line_comes_back_to_today(full_window):
    full_window.type("okonkwo")
    full_window.press(KEY.Key_Escape)
    assert full_window.place.view.list.line.text() == ""
    full_window.wait(lambda: len(lines(full_window)) == 5)


def test_the_lists_model_keeps_the_rules_of_models(full_window, qtmodeltester):
    full_window.place.view.list.line.setText("o")
    qtmodeltester.check(full_window.place.view.list.view.model())
    full_window.wait()


def test_today_follows_a_new_booking(full_window):
    full_window.wait(lambda: len(lines(full_window)) == 5)
    late = full_window.clinic.get(Patient, 30)
    visit = full_window.clinic.book(late.id, "CONF", TODAY, 12 * 60, room_id=None)
    changes = full_window.clinic.store.changes_since(0)
    full_window.place.people._desk.hub.tell(changes)
    full_window.wait(lambda: len(lines(full_window)) == 6)
    assert visit.patient_id in [line.id for line in lines(full_window)]


def test_everything_in_the_place_has_a_name(full_window):
    full_window.find("okafor")
    nameless = [
        type(widget).__name__
        for widget in QApplication.allWidgets()
        if full_window.place.view.isAncestorOf(widget)
        and widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not getattr(widget, "text", str)()
    ]
    assert nameless == []
