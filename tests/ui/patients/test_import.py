"""Importing a list in the window: looked over, decided, imported, said."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.people.import_patients import Choice
from clinic_desktop.people.model import Patient
from clinic_desktop.ui.patients.import_list import shortened
from clinic_desktop.ui.patients.import_view import ImportView
from tests.shared_data import shared

KEY = Qt.Key
LIST = """First name,Last name,DOB,Phone
Amara,Okafor,04/13/1984,(512) 555-0142
Ben,Marsh,12/25/1990,(512) 555-0143
Tova,Stein,the 5th of May,
"""


@pytest.fixture
def view(window) -> ImportView:
    window.place.bring()
    return window.place.import_view


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "old system.csv"
    made.write_text(LIST, encoding="utf-8")
    return made


def opened(window, view: ImportView, path: Path) -> None:
    view.open_file(str(path))
    window.wait(lambda: view._file is not None and view._file.name == path.name)


def names(window) -> list[str]:
    return sorted(one.name for one in window.clinic.find(Patient))


def test_its_key_opens_it_and_escape_leaves_it(window):
    window.press(KEY.Key_I, ctrl=True, shift=True)
    assert window.place.import_view.isVisible()
    assert window.focus is window.place.import_view.choose_button
    window.press(KEY.Key_Escape)
    assert window.place.view.isVisible()
    assert window.focus is window.place.view.list.line


def test_the_button_says_how_many_and_the_rest_is_named(window, view, file):
    opened(window, view, file)
    assert view.import_button.text() == "Import 2 patients"
    assert view.list._summary.text() == "3 people in the list: 2 new, 1 cannot be read."
    problems = view.list.problems.model()
    row, who, field, remedy = (problems.index(0, at).data() for at in range(4))
    assert (row, who, field) == ("4", "Stein, Tova", "Birth date")
    assert remedy.startswith("the 5th of May is not a date. Write it as ")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: len(names(window)) == 2)
    window.wait()
    assert view._result.accessibleName() == "Imported. 2 patients added. 1 row could not be read."
    assert window.shell.status_bar.said == "2 patients added. 1 row could not be read."
    window.wait(lambda: len(window.place.people.directory) == 2)


def test_a_second_import_adds_nobody(window, view, file):
    opened(window, view, file)
    view.confirm()
    window.wait(lambda: len(names(window)) == 2)
    view.done_button.click()
    window.place.bring()
    opened(window, view, file)
    assert view.import_button.missing == ("Nobody in this list is new.",)
    view.confirm()
    window.wait()
    assert len(names(window)) == 2


@pytest.mark.parametrize(
    ("digit", "choice", "people"),
    [(KEY.Key_1, Choice.MERGE, 2), (KEY.Key_2, Choice.ADD, 3), (KEY.Key_3, Choice.SKIP, 2)],
)
def test_who_may_be_here_is_decided_with_a_digit(window, view, file, digit, choice, people):
    here = window.clinic.patient("Amara", "Okafor", birth_date=None, email="amara@example.org")
    opened(window, view, file)
    decisions = view.list.decisions
    assert decisions.isVisible()
    assert view.import_button.missing == ("Decide about 1 row that may be here already.",)
    view.confirm()
    assert names(window) == ["Okafor, Amara"]
    assert window.focus is decisions.choices
    window.press(digit)
    assert decisions.decisions[2].choice is choice
    assert view.import_button.missing == ()
    view.confirm()
    window.wait(lambda: len(names(window)) == people)
    window.wait()
    learned = window.clinic.get(Patient, here.id).birth_date is not None
    assert learned is (choice is Choice.MERGE)


def test_a_digit_goes_on_to_the_next_row_and_an_enter_too_many_decides_nothing(window, view, file):
    window.clinic.patient("Amara", "Okafor", birth_date=None, email="amara@example.org")
    window.clinic.patient("Ben", "Marsh", birth_date=None, email="ben@example.org")
    opened(window, view, file)
    decisions = view.list.decisions
    view.confirm()
    window.press(KEY.Key_3, KEY.Key_Return)
    assert decisions.open_count == 1
    assert decisions.list.currentIndex().row() == 1
    assert window.focus is decisions.choices
    assert decisions.choices.accessibleDescription() == "A digit takes a line."
    window.press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Return)
    assert decisions.decisions[3].choice is Choice.ADD
    decisions.list.setCurrentIndex(decisions.list.model().index(0, 0))
    assert decisions.choices.current == f"{Choice.SKIP}:0"


def test_all_open_rows_can_be_left_out_at_once(window, view, file):
    window.clinic.patient("Amara", "Okafor")
    window.clinic.patient("Ben", "Marsh")
    opened(window, view, file)
    assert view.list.decisions.open_count == 2
    view.list.decisions.leave_rest_out()
    assert view.list.decisions.open_count == 0
    assert view.import_button.missing == ("Nobody in this list is new.",)


def test_a_column_that_is_not_clear_is_asked_and_the_answer_is_used(window, view, tmp_path):
    unclear = tmp_path / "unclear.csv"
    unclear.write_text("Surname;Whatever;Born\nOkafor;Amara;4.5.1984\nMarsh;Ben;6.7.1990\n", encoding="utf-8")
    opened(window, view, unclear)
    columns = view.list.columns
    assert columns.isVisible()
    assert view.import_button.missing == ("Answer the questions about the columns first.",)
    assert "4.5.1984 could be" in columns._asked.accessibleName()
    columns._order.setCurrentIndex(2)
    window.wait(lambda: not view.import_button.missing)
    given = columns._combos["Whatever"]
    given.setCurrentIndex(given.findData("given_name"))
    window.wait()
    view.confirm()
    window.wait(lambda: len(names(window)) == 2)
    amara = window.clinic.find(Patient, family_name="Okafor")[0]
    assert (amara.given_name, amara.birth_date.isoformat()) == ("Amara", "1984-05-04")


def test_an_order_of_dates_that_hangs_on_one_row_is_asked_with_both_readings(window, view, tmp_path):
    listed = tmp_path / "dates.csv"
    rows = [f"Ann{n},Lee{n},4/{n % 12 + 1}/1984" for n in range(20)]
    listed.write_text("\n".join(["First,Last,DOB", *rows, "Eve,Poe,25/3/1984"]), encoding="utf-8")
    opened(window, view, listed)
    columns = view.list.columns
    assert "the first is row 22 (25/3/1984)" in columns._asked.accessibleName()
    assert [columns._order.itemText(row) for row in (1, 2)] == [
        "Dates: month first, 4/1/1984 is April 1, 1984",
        "Dates: day first, 4/1/1984 is January 4, 1984",
    ]
    columns._order.setCurrentIndex(1)
    window.wait(lambda: "Dates are read with the month first" in view.list.notes.accessibleName())
    assert not columns._asked.isVisibleTo(columns)


def test_of_thousands_of_notes_the_first_are_told():
    told = shortened([f"Row {n}." for n in range(1000)])
    assert told.startswith("Row 0. Row 1.")
    assert told.endswith("Row 19. And 980 more notes like these.")


def test_a_file_that_is_gone_is_said_calmly(window, view, tmp_path):
    view.open_file(str(tmp_path / "gone.csv"))
    window.wait(lambda: bool(window.shell.notices.notices()))
    assert "gone.csv could not be read" in window.shell.notices.notices()[0].accessibleName()
    assert not view.import_button.isVisible()


def test_identity_numbers_are_left_out_and_said(window, view, tmp_path):
    listed = tmp_path / "numbers.csv"
    listed.write_text(
        "First name,Last name,SSN,Passport\nAmara,Okafor,999-12-3456,X1234567X\n", encoding="utf-8"
    )
    opened(window, view, listed)
    assert "Identity numbers are never kept. Left out: SSN and Passport." in view.list.notes.accessibleName()
    view.confirm()
    window.wait(lambda: len(names(window)) == 1)
    assert "3456" not in repr(window.clinic.find(Patient))


def test_commands_of_the_list_sleep_during_an_import(window, view):
    assert not any(
        window.shell.commands.can_run(f"patients.{name}") for name in ("new", "edit", "book", "find")
    )


def test_tables_keep_the_rules_of_models(window, view, file, qtmodeltester):
    opened(window, view, file)
    qtmodeltester.check(view.list.people.model())
    qtmodeltester.check(view.list.problems.model())


def test_115_people_are_imported_one_is_found_by_a_misspelt_name_and_cleared(window, view):
    """The first half of the journey: what follows is booking."""
    data = shared("data/patients_synthea/massachusetts_115/patients.csv")
    view.open_file(str(data))
    window.wait(lambda: view.import_button.text() == "Import 115 patients")
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: len(window.place.people.directory) == 115)
    window.wait()
    window.press(KEY.Key_Return)
    assert window.focus is window.place.view.list.line
    somebody = max(
        window.clinic.find(Patient), key=lambda one: (one.death_date is None, len(one.family_name))
    )
    misspelt = somebody.family_name[:2] + "x" + somebody.family_name[3:]
    window.type(f"{misspelt} {somebody.given_name}"[:40])
    window.wait(lambda: window.place.view.facts is not None)
    assert window.shown.id == somebody.id
    window.place.people._desk.act_as(window.clinic.prescriber)
    window.press(KEY.Key_C, ctrl=True, shift=True)
    window.press(KEY.Key_Return, ctrl=True)
    window.wait(lambda: [line.row.badge for line in window.place.view.page.clearances.lines()] == ["Cleared"])
