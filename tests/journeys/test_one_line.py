"""The one line: type who, when and what on the board; the first answer is a ghost, and Enter takes it."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Clearance, Contact, Patient, Phone, Screening, UsualDriver
from clinic_desktop.scheduling.booking import Booked, book
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.ui.booking import saving
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.widgets.list_model import THING_ROLE
from tests.journeys.counting import Hand
from tests.journeys.desk_story import DeskStory
from tests.small_clinic import BEA, MONDAY

BEA_MARSH = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")


@pytest.fixture
def driven(desk: DeskStory) -> DeskStory:
    """Bea Marsh usually drives Amara Okafor."""
    with desk.clinic.store.write(PROGRAM) as unit:
        record = unit.get(Patient, desk.clinic.amara.id)
        unit.save(replace(record, drivers=(BEA_MARSH,)))
        changes = unit.commit()
    desk.window.desk.hub.tell(changes)
    desk.press("Alt+1")
    desk.wait()
    return desk


def rows(desk: DeskStory) -> list[str]:
    """What the list under the line says."""
    model = desk.window.top_bar.search.popup.model()
    return [str(model.index(n, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for n in range(model.rowCount())]


def type_line(desk: DeskStory, text: str) -> list[str]:
    """Typed on the board; the rows once they are there."""
    desk.write(text)
    desk.wait(desk.window.top_bar.search.popup.isVisible)
    return rows(desk)


def ghosts(desk: DeskStory) -> list[tuple[date, int, str]]:
    return [(one.day, one.start, one.label) for one in desk.board.board.page.board.ghosts]


def amaras(desk: DeskStory) -> list[Visit]:
    return desk.visits(desk.clinic.amara.id)


def test_who_when_and_what_is_offered_as_a_ghost_and_booked_by_one_enter(driven: DeskStory) -> None:
    first = type_line(driven, "oka 10 sp")[0]
    assert first.startswith("Book Okafor, Amara: today, 10:00 AM. ")
    assert "Bea Marsh drives" in first
    assert ghosts(driven) == [(MONDAY, 600, "Okafor, Amara")]
    driven.press("Return")
    driven.wait(lambda: len(amaras(driven)) == 1)
    (visit,) = amaras(driven)
    assert (visit.day, visit.minute, visit.state) == (MONDAY, 600, VisitState.BOOKED)
    assert visit.plan is not None
    assert visit.plan.name == "Bea Marsh"
    driven.wait(lambda: driven.board.board.selected_visit == visit.id)
    assert driven.says("Okafor, Amara booked for today, 10:00 AM")
    assert not ghosts(driven)
    assert driven.focus is driven.board.board.page.board
    driven.press("Ctrl+Z")
    driven.wait(lambda: amaras(driven)[0].state is VisitState.CANCELLED)


def test_without_a_driver_it_is_held_and_said(desk: DeskStory) -> None:
    desk.press("Alt+1")
    first = type_line(desk, "oka 10 iv")[0]
    assert first.startswith("Hold Okafor, Amara: today, 10:00 AM")
    assert "Held" in first
    desk.press("Return")
    desk.wait(lambda: len(amaras(desk)) == 1)
    assert amaras(desk)[0].state is VisitState.HELD
    assert desk.says("Okafor, Amara held for today, 10:00 AM")


def test_a_course_is_offered_as_ghosts_and_booked_whole_by_one_enter(driven: DeskStory) -> None:
    first = type_line(driven, "okafor 6 iv tue fri am")[0]
    assert first.startswith("Book all 6 visits: Okafor, Amara")
    assert "Driver: Bea Marsh" in first
    shown = ghosts(driven)
    assert len(shown) == 6
    assert {day.weekday() for day, _, _ in shown} == {1, 4}
    assert all(minute < 720 for _, minute, _ in shown)
    driven.press("Return")
    driven.wait(lambda: len(amaras(driven)) == 6)
    assert {one.state for one in amaras(driven)} == {VisitState.BOOKED}
    assert [(one.day, one.minute) for one in amaras(driven)] == [(day, minute) for day, minute, _ in shown]


def test_visits_of_a_course_that_are_not_on_the_typed_weekdays_are_named(driven: DeskStory) -> None:
    first = type_line(driven, "okafor 6 iv mon thu")[0]
    off = [short_date(day) for day, _, _ in ghosts(driven) if day.weekday() not in (0, 3)]
    assert off == []
    assert "Not on" not in first
    driven.press("Escape", "Ctrl+K")
    first = type_line(driven, "okafor 6 iv mon")[0]
    off = [short_date(day) for day, _, _ in ghosts(driven) if day.weekday() != 0]
    assert off
    assert f"Not on Mon: {'; '.join(off)}" in first
    driven.press("Escape")


def test_esc_goes_back_to_where_the_board_was(driven: DeskStory) -> None:
    desk = driven
    desk.press("Home", "Down")
    was = desk.board.board.page.board.cursor_cell
    type_line(desk, "oka fri 10 sp")
    assert desk.board.board.turner.shown.day == date(2026, 11, 20)
    desk.press("Escape")
    desk.wait()
    assert desk.board.board.turner.shown.day == MONDAY
    assert not ghosts(desk)
    assert desk.focus is desk.board.board.page.board
    assert desk.board.board.page.board.cursor_cell == was
    assert not amaras(desk)


def test_whoever_was_found_and_worked_on_stays_selected(desk: DeskStory) -> None:
    """After another name was typed and left, Del and the crisis card would be about somebody else."""
    clinic, board = desk.clinic, desk.board.board
    carver = clinic.double("Carver")
    tell = desk.window.desk.hub.tell
    tell(Changes(1, patients=frozenset({carver.id}), kinds=frozenset({"patient"})))
    made = [
        book(clinic.store, clinic.desk, clinic.wish(minute=minute, room_id=room.id, **who))
        for minute, room, who in (
            (600, clinic.rooms["Infusion 1"], {}),
            (780, clinic.rooms["Infusion 2"], {"patient_id": carver.id}),
        )
    ]
    here = [one.visits[0] for one in made]
    desk.press("Alt+1")
    for one in made:
        tell(one.changes)
    desk.wait(lambda: board.select(here[0].id))
    type_line(desk, "carver")
    desk.wait(lambda: board.selected_visit == here[1].id)
    desk.press("F11", "Down", "Return")
    desk.wait(lambda: desk.clinic.visit(here[1].id).version > here[1].version)
    assert desk.window.top_bar.search.line.text() == ""
    desk.write("zz")
    desk.wait()
    desk.press("Escape")
    desk.wait()
    assert board.selected_visit == here[1].id


def test_left_for_the_board_the_ghosts_go_with_esc_and_nothing_turns_back(driven: DeskStory) -> None:
    desk = driven
    type_line(desk, "oka fri 10 sp")
    desk.board.board.page.board.setFocus()
    assert desk.window.top_bar.search.line.text() == "oka fri 10 sp"
    desk.press("Escape")
    desk.wait()
    assert not ghosts(desk)
    assert desk.window.top_bar.search.line.text() == ""
    assert desk.board.board.turner.shown.day == date(2026, 11, 20)


def test_down_walks_the_answers_and_their_ghosts(driven: DeskStory) -> None:
    answers = type_line(driven, "oka 8 sp")
    assert answers[0].startswith("Book Okafor, Amara: today, 8:00 AM")
    assert answers[1].startswith("Book all 8 visits")
    assert len(ghosts(driven)) == 1
    driven.press("Down")
    assert len(ghosts(driven)) == 8
    driven.press("Down")  # the patient herself
    assert not ghosts(driven)
    driven.press("Up", "Up")
    assert ghosts(driven) == [(MONDAY, 480, "Okafor, Amara")]


def test_an_unknown_word_is_said_and_nothing_is_booked_by_mistake(driven: DeskStory) -> None:
    first, second, *_ = type_line(driven, "oka foo 10 sp")
    assert first == "“foo” is not known here. A name, a type such as sp, a day, a time, a phone"
    assert second.startswith("Book Okafor, Amara: today, 10:00 AM")
    driven.press("Return")
    driven.wait()
    assert not amaras(driven)
    assert driven.window.top_bar.search.line.text() == "oka foo 10 sp"
    driven.press("Down", "Return")
    driven.wait(lambda: len(amaras(driven)) == 1)


def test_a_rule_that_refuses_opens_the_panel_with_all_that_was_said(driven: DeskStory) -> None:
    """Noah is not cleared for an infusion, and no consultation is booked that could clear him."""
    first = type_line(driven, "reed 10 iv")[0]
    assert first.startswith("Look at Reed, Noah: today, 10:00 AM")
    assert "Refused" in first
    driven.press("Return")
    panel = driven.panels.booking
    driven.wait(lambda: panel.isVisible() and panel.seen.wish is not None)
    assert panel.answers.patient_id == driven.clinic.noah.id
    assert panel.seen.type is not None
    assert panel.seen.type.code == "IVM"
    assert panel.seen.spot is not None
    assert (panel.seen.spot.at.day, panel.seen.spot.at.minute) == (MONDAY, 600)
    assert panel.said.lines


def test_a_course_that_a_rule_refuses_opens_the_panel_with_its_wishes(driven: DeskStory) -> None:
    assert type_line(driven, "reed 6 iv tue thu 10:00")[0].startswith("Look at the course: Reed, Noah")
    driven.press("Return")
    panel = driven.panels.course
    driven.wait(lambda: panel.plan is not None)
    wish = panel.wish()
    assert wish is not None
    assert (wish.patient_id, wish.template_code) == (driven.clinic.noah.id, "IV6")
    assert (wish.clock, wish.weekdays) == (600, frozenset({1, 3}))
    assert panel.fields.clock.text() == "10:00 AM"


@pytest.mark.parametrize(
    ("typed", "day"),
    [("tomorrow", date(2026, 11, 17)), ("+2w", date(2026, 11, 30)), ("3/14", date(2027, 3, 14))],
)
def test_a_day_jumps(driven: DeskStory, typed: str, day: date) -> None:
    type_line(driven, typed)
    driven.press("Return")
    driven.wait(lambda: driven.board.board.turner.shown.day == day)


def test_a_phone_number_finds_its_owner(driven: DeskStory) -> None:
    first = type_line(driven, "512 555-0142")[0]
    assert first.startswith("Okafor, Amara")
    driven.press("Return")
    driven.wait(lambda: driven.window.current == "patients")
    driven.wait(lambda: driven.patients.chosen_patient() == driven.clinic.amara.id)


def test_who_is_found_by_somebody_elses_phone_says_so(driven: DeskStory) -> None:
    contact = Contact("Ruth Tran", "mother", "(217) 555-0194")
    with driven.clinic.store.write(PROGRAM) as unit:
        unit.add(
            Patient(
                given_name="Ada",
                family_name="Tran",
                phones=(Phone("(217) 555-0193"),),
                emergency=contact,
            )
        )
        changes = unit.commit()
    driven.window.desk.hub.tell(changes)
    driven.wait()
    (found,) = type_line(driven, "0194")
    assert found.startswith("Tran, Ada")
    assert "Found by the address or the emergency contact" in found


def test_a_second_phone_by_which_somebody_is_found_is_shown(driven: DeskStory) -> None:
    phones = (Phone("(217) 555-0193"), Phone("(217) 555-0194"))
    with driven.clinic.store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Ada", family_name="Tran", phones=phones))
        changes = unit.commit()
    driven.window.desk.hub.tell(changes)
    driven.wait()
    (found,) = type_line(driven, "0194")
    assert "(217) 555-0194" in found


def test_a_patient_whose_name_is_a_word_is_in_the_list(driven: DeskStory) -> None:
    with driven.clinic.store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Ada", family_name="Tue"))
        changes = unit.commit()
    driven.window.desk.hub.tell(changes)
    driven.wait()
    answers = type_line(driven, "tue")
    assert answers[0].startswith("Tuesday, November 17, 2026")
    assert any(one.startswith("Tue, Ada") for one in answers)
    driven.press("Escape")
    assert type_line(driven, "tue 10 con")[0].startswith("Book Tue, Ada: today, 10:00 AM")


def test_a_free_time_for_nobody_yet_asks_who_comes(driven: DeskStory) -> None:
    first = type_line(driven, "sp fri 10")[0]
    assert first.startswith("First free Spravato first 56 mg: Fri, Nov 20, 10:00 AM")
    driven.press("Return")
    panel = driven.panels.booking
    driven.wait(lambda: driven.focus is panel.patient.line)
    assert panel.answers.spot is not None
    assert (panel.answers.spot.at.day, panel.answers.spot.at.minute) == (date(2026, 11, 20), 600)


def test_the_visit_of_whoever_is_found_is_selected_for_one_key(driven: DeskStory) -> None:
    made = book(driven.clinic.store, driven.clinic.desk, driven.clinic.wish(plan=BEA))
    driven.window.desk.hub.tell(made.changes)
    driven.wait(lambda: made.visits[0].id in driven.board.board.presenter.blocks)
    driven.at(9, 50)
    type_line(driven, "oka")
    assert driven.board.board.selected_visit == made.visits[0].id
    driven.press("F2")
    driven.wait(lambda: driven.clinic.visit(made.visits[0].id).state is VisitState.ARRIVED)


def test_a_second_course_opens_the_panel_with_the_warning(driven: DeskStory) -> None:
    type_line(driven, "oka 6 iv")
    driven.press("Return")
    driven.wait(lambda: len(amaras(driven)) == 6)
    first = type_line(driven, "oka 6 iv")[0]
    assert first.startswith("Look at the course: Okafor, Amara. Apr 12, 1984")
    assert "Okafor, Amara has visits of IV ketamine to come already (6)" in first
    driven.press("Return")
    panel = driven.panels.course
    driven.wait(lambda: panel.isVisible() and panel.plan is not None)
    assert len(amaras(driven)) == 6
    assert "to come already (6)" in panel.said.lines[0].text
    driven.press("Ctrl+Return")
    driven.wait(lambda: len(amaras(driven)) == 12)


def test_enter_on_a_name_that_several_have_books_nobody(driven: DeskStory) -> None:
    """Each is a line with birth date and phone; one is gone to, and only then Enter books."""
    with driven.clinic.store.write(driven.clinic.desk) as unit:
        unit.add(Patient(given_name="Adam", family_name="Okafor", birth_date=date(1950, 1, 2)))
        changes = unit.commit()
    driven.window.desk.hub.tell(changes)
    driven.wait()
    for line, booked in (("okafor 6 iv tue fri am", 6), ("okafor 10 sp", 7)):
        said, *offered = type_line(driven, line)
        assert said.startswith("2 people fit: who is meant?")
        assert not driven.board.board.page.board.ghosts
        driven.press("Return")
        driven.wait()
        assert driven.window.top_bar.search.popup.isVisible()
        place = next(n for n, one in enumerate(offered, 1) if "Okafor, Amara" in one)
        assert "Apr 12, 1984 …0142" in offered[place - 1]
        assert "Jan 2, 1950" in next(one for one in offered if "Okafor, Adam" in one)
        assert len(amaras(driven)) in (0, 6)
        for _ in range(place):
            driven.press("Down")
        driven.press("Return")
        driven.wait(lambda count=booked: len(amaras(driven)) == count)


def test_a_click_on_an_answer_and_a_click_on_its_ghost_take_it(driven: DeskStory) -> None:
    desk, popup = driven, driven.window.top_bar.search.popup
    type_line(desk, "oka 10 sp")
    at = popup.visualRect(popup.model().index(0, 0)).center()
    desk.qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.wait(lambda: len(amaras(desk)) == 1)
    type_line(desk, "oka wed 10 iv")
    view = desk.board.board.page.board
    (ghost,) = view.ghosts
    room = next(one for one in desk.clinic.rooms.values() if one.id == ghost.room_id)
    spot = Hand(desk).place(room.name, ghost.start)
    desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    desk.wait(lambda: len(amaras(desk)) == 2)
    assert desk.window.top_bar.search.line.text() == ""


def test_an_answer_that_was_overtaken_is_dropped(driven: DeskStory) -> None:
    driven.write("oka 10 sp")
    driven.write(" tomorrow")
    driven.wait(driven.window.top_bar.search.popup.isVisible)
    assert rows(driven)[0].startswith("Book Okafor, Amara: tomorrow, 10:00 AM")


def lose(desk: DeskStory, monkeypatch: pytest.MonkeyPatch) -> ChoiceDialog:
    """Another desk books Noah into the room between the answer and Enter."""
    noah, clinic = desk.clinic.noah.id, desk.clinic
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Clearance(0, 0, noah, "iv", clinic.lin.id, date(2026, 11, 1), date(2027, 11, 1)))
        unit.add(Screening(patient_id=noah, reviewed_by=clinic.lin.id, reviewed_at=clinic.clock.now()))
        unit.commit()
    type_line(desk, "oka 10 iv")
    (ghost,) = desk.board.board.page.board.ghosts
    others = [clinic.wish("IVM", 600, patient_id=noah, room_id=ghost.room_id)]
    real = saving.book_looked

    def late(store: SqlStore, actor: Actor, seen: Look, reason: str) -> Booked:
        while others:
            book(store, clinic.nurse, others.pop())
        return real(store, actor, seen, reason)

    monkeypatch.setattr(saving, "book_looked", late)
    desk.press("Return")
    return desk.dialog(ChoiceDialog)


def test_a_lost_race_in_the_line_names_who_was_faster_and_enter_takes_the_next(
    driven: DeskStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Item 12: "Infusion 1 was just taken": who booked whom there, and three times instead."""
    dialog = lose(driven, monkeypatch)
    assert dialog.accessibleName().endswith("today at 10:00 AM was just taken")
    assert "Maya Jones booked Reed, Noah there." in dialog.accessibleDescription()
    assert dialog.list.model().rowCount() == 3
    driven.press("Return")
    driven.back_to_the_window()
    driven.wait(lambda: len(amaras(driven)) == 1)
    assert amaras(driven)[0].day == MONDAY


def test_a_lost_race_in_the_line_that_is_left_goes_on_in_the_panel(
    driven: DeskStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose(driven, monkeypatch)
    driven.press("Escape")
    driven.back_to_the_window()
    panel = driven.panels.booking
    driven.wait(lambda: panel.isVisible() and panel.seen.about is not None)
    assert panel.answers.patient_id == driven.clinic.amara.id
    assert panel.answers.type_code == "IVM"
    assert panel.answers.spot is not None
    assert (panel.answers.spot.at.day, panel.answers.spot.at.minute) == (MONDAY, 600)


def test_enter_before_the_answer_was_seen_shows_it_and_books_nothing(driven: DeskStory) -> None:
    driven.write("oka 10 sp")
    driven.press("Return")
    popup = driven.window.top_bar.search.popup
    driven.wait(popup.isVisible)
    assert not amaras(driven)
    driven.press("Return")
    driven.wait(lambda: len(amaras(driven)) == 1)


def test_a_time_that_is_taken_is_said_to_be(driven: DeskStory) -> None:
    """On a line of its own, and before the visit: a blind Enter books no other time than was typed."""
    clinic = driven.clinic
    for family, room, nurse in (("Petrov", 1, clinic.maya), ("Said", 2, clinic.tunde)):
        place = clinic.rooms[f"Infusion {room}"].id
        wish = clinic.wish(patient_id=clinic.double(family).id, room_id=place, nurse_id=nurse.id)
        book(clinic.store, clinic.desk, wish)
    type_line(driven, "oka 10 iv")
    model = driven.window.top_bar.search.popup.model()
    said, row = (model.index(n, 0).data(THING_ROLE) for n in (0, 1))
    assert said.text == "10:00 AM is taken: everybody is busy then"
    assert said.detail == "Down goes to today, 9:30 AM."
    assert row.text == "Book Okafor, Amara: today, 9:30 AM"
    assert row.note == "10:00 AM is taken: everybody is busy then"
    assert row.spoken.endswith(row.note)
    driven.press("Return")
    driven.wait()
    assert not amaras(driven)
    assert driven.window.top_bar.search.popup.isVisible()
    driven.press("Down", "Return")
    driven.wait(lambda: len(amaras(driven)) == 1)
    assert amaras(driven)[0].minute == 570


def test_what_another_desk_books_meanwhile_lies_under_no_ghost(driven: DeskStory) -> None:
    type_line(driven, "oka 10 iv")
    assert [minute for _, minute, _ in ghosts(driven)] == [600]
    clinic = driven.clinic
    for family, room, nurse in (("Petrov", 1, clinic.maya), ("Said", 2, clinic.tunde)):
        place = clinic.rooms[f"Infusion {room}"].id
        wish = clinic.wish(patient_id=clinic.double(family).id, room_id=place, nurse_id=nurse.id)
        driven.window.desk.hub.tell(book(clinic.store, clinic.desk, wish).changes)
    driven.wait(lambda: rows(driven)[0].startswith("10:00 AM is taken"))
    assert not ghosts(driven)


def test_a_time_alone_is_on_the_day_that_is_shown(driven: DeskStory) -> None:
    type_line(driven, "thu")
    driven.press("Return")
    assert type_line(driven, "10:15")[0].startswith("Thursday, November 19, 2026, 10:15 AM")


def test_a_typed_day_where_the_visit_does_not_fit_holds_it_there_with_the_reason(driven: DeskStory) -> None:
    made = book(driven.clinic.store, driven.clinic.desk, driven.clinic.wish())
    driven.window.desk.hub.tell(made.changes)
    board = driven.board.board
    driven.wait(lambda: made.visits[0].id in board.presenter.blocks)
    board.select(made.visits[0].id)
    driven.press("Ctrl+M")
    type_line(driven, "sat 10:15")
    driven.press("Return")
    driven.wait(lambda: board.turner.shown.day == date(2026, 11, 21))
    driven.wait()
    carried = board.page.board.carrying.carried
    assert carried is not None
    assert (carried.target.day, carried.target.minute, carried.saving) == (date(2026, 11, 21), 615, False)
    assert driven.clinic.visit(made.visits[0].id).day == MONDAY
    driven.press("Escape")


def ada_and_bo(desk: DeskStory) -> tuple[Patient, Patient]:
    """Two of one family name, both new."""
    with desk.clinic.store.write(PROGRAM) as unit:
        ada, bo = (unit.add(Patient(given_name=one, family_name="Lindqvist")) for one in ("Ada", "Bo"))
        desk.window.desk.hub.tell(unit.commit())
    return ada, bo


def test_on_the_floor_whoever_comes_today_is_found_first_with_their_visit(desk: DeskStory) -> None:
    clinic = desk.clinic
    first, coming = ada_and_bo(desk)
    booked = book(clinic.store, clinic.desk, clinic.wish("CON", 13 * 60, patient_id=coming.id))
    desk.window.desk.hub.tell(booked.changes)
    assert first.id < coming.id
    found = {}
    for place in ("Alt+1", "Alt+2"):
        desk.press(place)
        desk.wait()
        desk.press("Ctrl+K")
        found[place] = [row.split(". ") for row in type_line(desk, "lindq")]
        desk.press("Escape")
    assert [row[0] for row in found["Alt+1"]] == ["Lindqvist, Ada", "Lindqvist, Bo"]
    assert [row[0] for row in found["Alt+2"]] == ["Lindqvist, Bo", "Lindqvist, Ada"]
    assert "1:00 PM, Booked" in found["Alt+2"][0]
    assert all("Booked" not in " ".join(row) for row in (*found["Alt+1"], found["Alt+2"][1]))


def test_on_the_floor_enter_on_a_name_goes_to_the_card_and_else_to_the_record(desk: DeskStory) -> None:
    """A nurse's next keys are what she records: they must not land in the patient's own record."""
    clinic = desk.clinic
    _away, coming = ada_and_bo(desk)
    for hour in (9, 13):
        booked = book(clinic.store, clinic.desk, clinic.wish("CON", hour * 60, patient_id=coming.id))
        desk.window.desk.hub.tell(booked.changes)
    desk.press("Alt+2")
    desk.wait()
    for name, place in (("lindqvist bo", "floor"), ("lindqvist ada", "patients")):
        desk.press("Ctrl+K")
        type_line(desk, name)
        desk.press("Return")
        desk.wait()
        assert desk.window.current == place
        if place == "floor":
            stay = desk.window.place("floor").floor.stay
            assert stay is not None
            assert stay.care.patient.id == coming.id
