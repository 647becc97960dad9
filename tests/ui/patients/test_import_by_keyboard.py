"""The whole import by keyboard alone: Tab goes where one reads, Ctrl+Enter goes on from anywhere."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinic_desktop.people.import_patients import Choice, Decision
from clinic_desktop.people.model import Patient
from clinic_desktop.ui.patients import import_view
from clinic_desktop.ui.patients.import_view import ImportView
from tests.ui.gone_out import gone_out
from tests.ui.grab import grab_both

KEY = Qt.Key
LIST = """First name,Last name,DOB,Phone,Email
Amara,Okafor,04/05/1984,(512) 555-0142,
Ben,Marsh,06/07/1990,(512) 555-0143,
Tova,Stein,the 5th of May,,
"""


@pytest.fixture
def view(window, tmp_path: Path) -> ImportView:
    window.clinic.patient("Amara", "Okafor", birth_date=None, email="amara@example.org")
    return opened(window, tmp_path)


def opened(window, folder: Path) -> ImportView:
    """The import with the list read."""
    window.place.bring()
    made = window.place.import_view
    file = folder / "old system.csv"
    file.write_text(LIST, encoding="utf-8")
    made.open_file(str(file))
    window.wait(lambda: made._file is not None)
    return made


def walked(window, until: QWidget) -> list[QWidget]:
    """Where Tab comes by, up to a widget."""
    seen: list[QWidget] = [window.focus]
    while seen[-1] is not until and len(seen) < 40:
        window.press(KEY.Key_Tab)
        seen.append(window.focus)
    return seen


def part(view: ImportView, name: str) -> QWidget:
    assert view.list._switch is not None
    return next(one for one in view.list._switch.stops if name in one.text())


def test_tab_goes_from_the_order_of_dates_through_the_columns_to_the_foot(window, view):
    columns = view.list.columns
    assert window.focus is columns._order
    assert walked(window, view.leave_button) == [
        columns._order,
        *columns._combos.values(),
        view.leave_button,
    ]
    window.press(KEY.Key_Tab)
    assert window.focus is view.other_button
    window.press(KEY.Key_Tab)
    assert window.focus is view.import_button


def test_shift_tab_goes_from_what_is_asked_up_to_the_parts_of_the_list(window, view):
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    window.press(KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Backtab)
    assert window.focus is part(view, "Columns")
    window.press(KEY.Key_Left)
    assert window.focus is part(view, "Not read: 1")
    assert view.list.problems.isVisible()
    window.press(KEY.Key_Tab)
    assert window.focus is view.list.problems
    assert view.list.problems.currentIndex().row() in (-1, 0)


def test_in_a_low_window_the_part_that_is_turned_to_comes_into_sight_with_its_name(window, view):
    window.shell.resize(683, 384)
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    window.press(KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Backtab)
    view._scroll.verticalScrollBar().setValue(0)
    window.press(KEY.Key_Left)
    table, name = view.list.problems, part(view, "Not read: 1")
    window.wait(lambda: table.visibleRegion().boundingRect().height() > 70)
    assert name.visibleRegion().boundingRect() == name.rect()


def test_tab_in_what_is_to_decide_goes_list_leave_out_choices_foot(window, view):
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    window.press(KEY.Key_Return, ctrl=True)
    decisions = view.list.decisions
    assert window.focus is decisions.choices
    window.press(KEY.Key_Backtab, KEY.Key_Backtab, KEY.Key_Backtab)
    assert window.focus is part(view, "To decide: 1")
    assert walked(window, view.leave_button) == [
        part(view, "To decide: 1"),
        decisions.list,
        decisions.all_out,
        decisions.choices,
        view.leave_button,
    ]


def test_tab_goes_so_for_every_row(window, tmp_path: Path):
    """Each row that is gone to has choices of its own."""
    for given, family in (("Amara", "Okafor"), ("Ben", "Marsh")):
        window.clinic.patient(given, family, birth_date=None, email=f"{given}@example.org")
    view = opened(window, tmp_path)
    window.press(KEY.Key_Down)
    decisions = view.list.decisions
    window.wait(lambda: decisions.open_count == 2)
    window.press(KEY.Key_Return, ctrl=True)
    decisions.list.setFocus()
    window.press(KEY.Key_Down)
    assert walked(window, view.leave_button) == [
        decisions.list,
        decisions.all_out,
        decisions.choices,
        view.leave_button,
    ]
    window.press(KEY.Key_Backtab)
    assert window.focus is decisions.choices


def test_a_locked_import_leads_to_what_locks_it(window, view):
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    assert view.import_button.missing == ("Decide about 1 row that may be here already.",)
    view.import_button.setFocus()
    window.press(KEY.Key_Space)
    assert view.list.decisions.isVisible()
    assert window.focus is view.list.decisions.choices


def test_ctrl_enter_goes_on_from_outside_the_page_too(window, view):
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    view.list.decisions.decisions[2] = Decision(Choice.SKIP)
    view._name_button()
    window.shell.walk(1)
    assert not view.isAncestorOf(window.focus)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: len(window.clinic.find(Patient)) == 2)


def test_the_end_lists_what_could_not_be_read_and_what_to_do(window, view):
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    window.press(KEY.Key_Return, ctrl=True)
    window.press(KEY.Key_3)
    assert view.list.decisions.decisions[2].choice is Choice.SKIP
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: window.focus is view.done_button)
    assert view.rejected.isVisible()
    rows = view.rejected.model()
    row, who, field, remedy = (rows.index(0, at).data() for at in range(4))
    assert (rows.rowCount(), row, who, field) == (1, "4", "Stein, Tova", "Birth date")
    assert remedy.startswith("the 5th of May is not a date. Write it as ")
    window.press(KEY.Key_Tab)
    assert window.focus is view.save_button
    window.press(KEY.Key_Tab)
    assert window.focus is view.rejected
    window.shell.resize(683, 365)
    window.wait(lambda: view._end.verticalScrollBar().maximum() > 0)
    assert view.done_button.height() >= view.done_button.sizeHint().height()
    view._end.verticalScrollBar().setValue(0)
    assert not view.save_button.visibleRegion().isEmpty()  # what is left to do is seen without scrolling


def test_what_could_not_be_read_is_saved_by_a_key_to_be_put_right(window, view, tmp_path, monkeypatch):
    asked = []

    def ask(_parent, name, on_chosen):
        asked.append(name)
        on_chosen(str(tmp_path / "left.csv"))

    monkeypatch.setattr(import_view, "ask_save", ask)
    window.press(KEY.Key_S, ctrl=True)
    assert asked == []  # nothing is left out yet
    window.press(KEY.Key_Down)
    window.wait(lambda: view.list.decisions.open_count == 1)
    window.press(KEY.Key_Return, ctrl=True)
    window.press(KEY.Key_3)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: window.focus is view.done_button)
    window.press(KEY.Key_S, ctrl=True)
    window.wait(lambda: view._saved_where.text().endswith("left.csv."))
    assert asked == ["old system - not imported.csv"]
    assert gone_out(window.clinic.store) == [("exported", "rows not imported", 0, {"rows": "1"})]
    grab_both(window.shell, "import-rejected", (1366, 768))
    grab_both(window.shell, "import-rejected", (1366, 768), 2.0)
    head, row = csv.reader((tmp_path / "left.csv").read_text(encoding="utf-8").splitlines())
    assert head == ["Row", "Field", "What to do", "First name", "Last name", "DOB", "Phone", "Email"]
    assert row[:2] == ["4", "Birth date"]
    assert row[2].startswith("the 5th of May is not a date.")
    assert row[3:] == ["Tova", "Stein", "the 5th of May", "", ""]
