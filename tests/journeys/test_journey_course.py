"""A list of 115 patients comes in; one of them is found, cleared, and booked for six infusions."""

import csv
from datetime import date
from pathlib import Path
from string import digits

import pytest

from clinic_desktop.people.model import Patient, Screening
from clinic_desktop.scheduling.states import VisitState
from tests.journeys.desk_story import DeskStory
from tests.shared_data import PROJECT

SYNTHEA = PROJECT.parent / "shared/data/patients_synthea/massachusetts_115/patients.csv"
_GIVEN = ("Ada", "Bo", "Cleo", "Dina", "Esme", "Fern", "Gala", "Hope", "Ilse", "June", "Kaya", "Lena")
_FAMILY = (
    "Abernathy", "Brzezinski", "Castellano", "Dombrowski", "Engelhardt",
    "Fitzwilliam", "Goldschmidt", "Hawthorne", "Ivanovich", "Jankowski",
)  # fmt: skip


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """115 people of another system: those of Synthea where they are, invented ones else."""
    if SYNTHEA.exists():
        return SYNTHEA
    file = tmp_path / "other system.csv"
    rows = ["Id,BIRTHDATE,DEATHDATE,FIRST,LAST,GENDER,ADDRESS,CITY"]
    for n in range(115):
        given, family = _GIVEN[n % len(_GIVEN)], _FAMILY[n // len(_GIVEN)]
        rows.append(f"A-{n},{1950 + n % 50}-03-{n % 28 + 1:02},,{given},{family},F,{n} Elm Street,Salem")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def somebody_of(file: Path) -> tuple[str, str]:
    """First and last name of a grown woman who lives, the one with the longest last name.

    Synthea numbers its names; the numbers are no part of them.
    """
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = [one for one in csv.DictReader(lines) if not one["DEATHDATE"] and one["GENDER"] == "F"]
    grown = [one for one in rows if "1935" < one["BIRTHDATE"][:4] < "2005"]
    chosen = max(grown, key=lambda one: (len(one["LAST"]), one["FIRST"], one["LAST"]))
    return chosen["FIRST"].rstrip(digits), chosen["LAST"].rstrip(digits)


def misspelt(name: str) -> str:
    """One letter in the middle is another one."""
    return name[:3] + ("x" if name[3] != "x" else "q") + name[4:]


def test_from_a_list_of_patients_to_a_booked_course(desk: DeskStory, people: Path) -> None:
    given, family = somebody_of(people)
    bring_in(desk, people)
    her = find(desk, f"{misspelt(family)} {given}")
    assert (her.given_name, her.family_name) == (given, family)

    desk.sit_down("Dr. Lin")
    review_her_check_list(desk, her)
    clear_her(desk)

    desk.sit_down("Rosa Diaz")
    plan_six_infusions(desk, f"{given} {family}")
    name_the_driver(desk)
    desk.press("Ctrl+Return")
    desk.wait(lambda: len(desk.visits(her.id)) == 6)

    visits = desk.visits(her.id)
    assert {one.state for one in visits} == {VisitState.BOOKED}
    assert {(one.plan.name, one.plan.phone) for one in visits if one.plan} == {
        ("Bea Marsh", "(217) 555-0142")
    }
    assert [one.course_no for one in visits] == [1, 2, 3, 4, 5, 6]
    types = {one.id: one.code for one in desk.window.desk.setup.types}
    assert {types[one.type_id] for one in visits} == {"IVM"}
    assert len({one.day for one in visits}) == 6
    assert all(one.room_id and one.nurse_id for one in visits)
    assert desk.window.current == "board"
    desk.wait(lambda: desk.board.board.selected_visit == visits[0].id)
    assert desk.says("6 visits booked")


def bring_in(desk: DeskStory, people: Path) -> None:
    desk.press("Alt+3", "Ctrl+Shift+I", "Return")
    desk.choose_file(people)
    bring = desk.patients.import_view.import_button
    desk.wait(lambda: bring.isVisible() and bring.text() == "Import 115 patients")
    known = len(desk.patients.people.directory)
    desk.press("Ctrl+Return")
    desk.wait(lambda: len(desk.patients.people.directory) == known + 115)
    desk.press("Return")


def find(desk: DeskStory, typed: str) -> Patient:
    """The first whom the search line of the Patients place answers."""
    desk.write(typed)
    desk.wait(lambda: desk.patients.view.facts is not None)
    facts = desk.patients.view.facts
    assert facts is not None
    return facts.patient


def review_her_check_list(desk: DeskStory, her: Patient) -> None:
    desk.press("Ctrl+Shift+L")
    for _ in ("pregnancy", "suicidal thoughts"):  # which are asked by themselves
        desk.push("Answer every open line with no")
        desk.press("2")
    desk.press("Ctrl+Return")
    desk.wait(lambda: desk.window.body.panel is None)
    with desk.clinic.store.read() as records:
        (signed,) = records.find(Screening, patient_id=her.id)
    assert signed.reviewed_by == desk.clinic.lin.id


def clear_her(desk: DeskStory) -> None:
    desk.press("Ctrl+Shift+C")
    assert desk.button("Clear for IV ketamine to Nov 16, 2027")
    desk.press("Ctrl+Return")
    badges = desk.patients.view.page.clearances.lines
    desk.wait(lambda: [(one.row.text, one.row.badge) for one in badges()] == [("IV ketamine", "Cleared")])


def plan_six_infusions(desk: DeskStory, name: str) -> None:
    desk.press("Alt+1", "Ctrl+Shift+N")
    desk.write(name)
    desk.press("Return")
    course = desk.panels.course
    desk.wait(lambda: course.plan is not None and course.plan.plan.whole)
    assert course.plan is not None
    assert course.plan.plan.placed[0].day >= date(2026, 11, 16)
    assert course.book.text().startswith("Hold all 6 visits for ")


def name_the_driver(desk: DeskStory) -> None:
    desk.write_driver("Bea Marsh", "(217) 555-0142", "sister")
    desk.wait(lambda: desk.panels.course.book.text().startswith("Book all 6 visits for "))
