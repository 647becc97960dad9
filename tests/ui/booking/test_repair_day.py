"""Repairing a day at the desk: what happened, what it does, and one key that does it all."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Absence, Staff
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui.booking.repair_panel import RepairPanel
from tests.scheduling.test_booking import more_patients
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.booking.window import CTRL, ENTER, TAB, Window, make_window

DOWN = Qt.Key.Key_Down


def booked(clinic: SmallClinic, **changes: object) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish(**changes)).visits[0]


def asked(window: Window, kind: str = "", number: int | None = None) -> RepairPanel:
    window.panels.repair_day(window.shell, window.desk, MONDAY, kind, number)
    window.wait()
    return window.panels.repairing


def opened(window: Window, kind: str, number: int | None = None) -> RepairPanel:
    panel = asked(window, kind, number)
    worked_out(window, panel)
    return panel


def worked_out(window: Window, panel: RepairPanel) -> None:
    window.wait(lambda: panel.proposal is not None and not panel._soon.isActive())


def names(panel: RepairPanel) -> list[str]:
    return [one.row.spoken for one in panel.lines.choices]


def test_r16_nurse_out_today_is_a_few_keys(qtbot: QtBot, clinic: SmallClinic) -> None:
    """R-16, but for the key that opens it: what happened on its digit, the person on hers, Enter to what it
    does, Enter does it."""
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = asked(window)
    window.press(Qt.Key.Key_1)
    assert window.focus is panel.event_part.people
    maya = [one.row.text for one in panel.event_part.people.choices].index("Maya Jones") + 1
    window.press(Qt.Key(ord(str(maya))))
    worked_out(window, panel)
    assert names(panel) == ["10:00 AM · Okafor, Amara. Maya Jones → Tunde Okoro"]
    assert panel.sum.text() == "1 visit affected, 1 with other people."
    window.press(ENTER, ENTER)
    after = clinic.visit(visit.id)
    assert (after.nurse_id, after.minute) == (clinic.tunde.id, 600)
    assert window.said() == "1 visit changed on Mon, Nov 16."
    with clinic.store.read() as records:
        (absence,) = records.find(Absence)
    assert (absence.staff_id, absence.from_minute, absence.to_minute) == (clinic.maya.id, 420, 1440)


def test_before_somebody_says_what_happened_nothing_is_proposed(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel, event = asked(window, "", visit.id), window.panels.repairing.event_part

    def waits_for(missing: str) -> None:
        window.wait()
        assert (panel.proposal, names(panel), window.board.ghosts) == (None, [], [])
        assert panel.take.missing == (missing,)
        assert panel.take.text() == f"Change all: {missing}"
        window.press(ENTER, mods=CTRL)
        assert clinic.visit(visit.id) == visit

    assert window.focus is event.kinds
    waits_for("say what happened")
    window.press(ENTER)
    waits_for("say what happened")
    for digit, missing in ((1, "say who is out"), (2, "say which room")):
        event.kinds.setFocus()
        window.press(Qt.Key(ord(str(digit))))
        assert not event.list.current
        waits_for(missing)
        assert window.focus is event.list
        window.press(ENTER)
        waits_for(missing)
    event.kinds.setFocus()
    window.press(Qt.Key.Key_3)  # the visit that was selected on the board
    worked_out(window, panel)
    assert window.focus is event.minutes
    assert names(panel) == ["10:00 AM · Okafor, Amara. 10:00 AM → 10:25 AM. Call"]
    event.kinds.setFocus()
    window.press(Qt.Key.Key_1)
    waits_for("say who is out")


def test_nobody_is_late_before_somebody_says_who_and_who_is_here_comes_last(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    other = more_patients(clinic, 1)[0]
    here = booked(clinic)
    record(clinic.store, clinic.nurse, here.id, [Stamp(kind=StampKind.ARRIVED)])
    booked(clinic, patient_id=other.id, minute=780)
    window = make_window(qtbot, clinic)
    panel = asked(window)
    window.press(Qt.Key.Key_3)
    visits = panel.event_part.visits
    assert window.focus is visits
    assert [one.row.text for one in visits.choices] == [
        "1:00 PM · Okafor, Patient 0", "10:00 AM · Okafor, Amara",
    ]  # fmt: skip
    assert (visits.current, panel.take.missing) == ("", ("say which visit",))


def test_letters_find_the_person(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = asked(window)
    people = panel.event_part.people
    window.press(Qt.Key.Key_1)
    everybody = len(people.choices)
    assert people.accessibleDescription() == "Letters of the name find them, or a digit."
    window.type("jon")
    worked_out(window, panel)
    assert [one.row.text for one in people.choices] == ["Maya Jones"]
    assert window.focus is people
    window.press(*[Qt.Key.Key_Backspace] * 3)
    assert len(people.choices) == everybody
    worked_out(window, panel)
    window.press(ENTER, ENTER)
    assert clinic.visit(visit.id).nurse_id == clinic.tunde.id


def test_letters_that_fit_several_choose_nobody(qtbot: QtBot, clinic: SmallClinic) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Staff(name="Marta Jonker"))
        unit.commit()
    window = make_window(qtbot, clinic)
    panel = asked(window)
    window.press(Qt.Key.Key_1)
    window.type("jon")
    assert len(panel.event_part.people.choices) == 2
    assert panel.take.missing == ("say who is out",)
    window.type("k")
    worked_out(window, panel)
    assert panel.event_part.people.current


def test_one_key_takes_a_repair_back_with_the_absence_it_recorded(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    opened(window, "staff", clinic.maya.id)
    window.press(ENTER, ENTER)
    assert clinic.visit(visit.id).nurse_id == clinic.tunde.id
    window.press(Qt.Key.Key_Z, mods=CTRL)
    window.wait()
    assert window.said() == "Undone: repair of Mon, Nov 16."
    assert clinic.visit(visit.id).nurse_id == clinic.maya.id
    with clinic.store.read() as records:
        assert records.find(Absence) == []


def test_who_must_be_called_is_said(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = opened(window, "late", visit.id)
    assert names(panel) == ["10:00 AM · Okafor, Amara. 10:00 AM → 10:25 AM. Call"]
    assert [(one.start, one.note) for one in window.board.ghosts] == [(625, "from 10:00 AM")]
    # Home at 11:55, as the board says of a visit; the room is ready a quarter later.
    assert [(one.end, one.turned) for one in window.board.ghosts] == [(715, 730)]
    window.press(ENTER, mods=CTRL)
    assert clinic.visit(visit.id).minute == 625
    said = [one.accessibleName() for one in window.shell.notices.notices()]
    assert any("To call: 1" in one and "counts against nobody" in one for one in said)
    assert window.board.ghosts == []


def test_a_room_is_closed_until_a_typed_time(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = opened(window, "room", visit.room_id)
    assert names(panel) == ["10:00 AM · Okafor, Amara. Infusion 1 → Infusion 2"]
    panel.event_part.until.setFocus()
    window.type("930")
    worked_out(window, panel)
    assert names(panel) == []
    assert panel.sum.text() == "No visit is affected."
    assert not panel.take.missing  # that it is closed can be recorded all the same


@pytest.mark.parametrize("field", ["begin", "until"])
def test_enter_in_a_time_only_leads_to_what_it_does(qtbot: QtBot, clinic: SmallClinic, field: str) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = opened(window, "room", visit.room_id)
    getattr(panel.event_part, field).setFocus()
    window.press(ENTER)
    assert clinic.visit(visit.id) == visit, "eight visits were moved by it"
    assert window.focus is panel.lines


def test_an_end_before_the_beginning_is_said_at_the_field(qtbot: QtBot, clinic: SmallClinic) -> None:
    window = make_window(qtbot, clinic)
    panel = opened(window, "staff", clinic.maya.id)
    panel.event_part.until.setFocus()
    window.type("6:00 am")
    assert panel.event_part.until.accessibleDescription() == "Pick an end after the beginning."
    window.wait(lambda: panel.take.missing == ("say from when until when",))


def test_whoever_has_no_place_is_first_and_says_why(qtbot: QtBot, clinic: SmallClinic) -> None:
    booked(clinic, type_code="SP56")
    window = make_window(qtbot, clinic)
    panel = opened(window, "staff", clinic.lin.id)
    assert names(panel) == [
        "10:00 AM · Okafor, Amara. No place on this day: call, and find another day. Call"
    ]
    assert "No prescriber is on site" in panel.whole.text()
    window.press(ENTER, mods=CTRL)
    with clinic.store.read() as records:
        assert [one.staff_id for one in records.find(Absence)] == [clinic.lin.id]


def test_what_somebody_else_changes_meanwhile_is_worked_out_anew(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = opened(window, "staff", clinic.maya.id)
    changes = move(clinic.store, clinic.desk, [to(visit, minute=660)]).changes
    window.desk.hub.tell(changes)
    window.wait(lambda: names(panel)[:1] == ["11:00 AM · Okafor, Amara. Maya Jones → Tunde Okoro"])
    window.press(ENTER, mods=CTRL)
    assert clinic.visit(visit.id).nurse_id == clinic.tunde.id


def test_whoever_was_first_with_a_visit_is_named_and_nothing_is_done(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    visit = booked(clinic)
    window = make_window(qtbot, clinic)
    panel = opened(window, "staff", clinic.maya.id)
    other = Actor(clinic.maya.id, frozenset({Role.MANAGER}), "FLOOR-1")
    move(clinic.store, other, [to(visit, minute=660)])  # no news of it yet
    window.press(ENTER, mods=CTRL)
    window.wait(lambda: panel.proposal is not None)
    told = panel.meanwhile.accessibleName()
    assert told.startswith("Maya Jones moved this visit a moment ago, on the PC called FLOOR-1")
    assert "Okafor, Amara. From Mon, Nov 16, 10:00 AM" in told
    assert clinic.visit(visit.id).nurse_id == clinic.maya.id
    assert names(panel)[:1] == ["11:00 AM · Okafor, Amara. Maya Jones → Tunde Okoro"]
    window.shell.resize(683, 384)
    panel._scroll.verticalScrollBar().setValue(panel._scroll.verticalScrollBar().maximum())
    qtbot.waitUntil(lambda: not panel.meanwhile.visibleRegion().isEmpty())
    window.press(ENTER, mods=CTRL)
    assert clinic.visit(visit.id).nurse_id == clinic.tunde.id
    assert panel.meanwhile.isHidden()


def test_what_stands_stranded_is_repaired_without_asking(qtbot: QtBot, clinic: SmallClinic) -> None:
    visit = booked(clinic)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Absence(0, 0, clinic.maya.id, MONDAY, 540, MONDAY, 1440))
        unit.commit()
    window = make_window(qtbot, clinic)
    panel = opened(window, "stands")
    assert window.focus is panel.lines
    window.press(ENTER)
    assert clinic.visit(visit.id).nurse_id == clinic.tunde.id


def test_of_what_stands_the_visit_that_was_asked_about_is_looked_at_first(
    qtbot: QtBot, clinic: SmallClinic
) -> None:
    booked(clinic)
    (later,) = more_patients(clinic, 1)
    visit = booked(clinic, patient_id=later.id, minute=780)
    with clinic.store.write(PROGRAM) as unit:
        unit.add(Absence(0, 0, clinic.maya.id, MONDAY, 540, MONDAY, 1440))
        unit.commit()
    window = make_window(qtbot, clinic)
    panel = opened(window, "stands", visit.id)
    assert len(panel.lines.choices) == 2
    assert panel.lines.current == str(visit.id)
    assert window.focus is panel.lines


def test_every_field_has_a_name_and_a_way_there(qtbot: QtBot, clinic: SmallClinic) -> None:
    booked(clinic)
    window = make_window(qtbot, clinic)
    panel = opened(window, "staff", clinic.maya.id)
    panel.event_part.kinds.setFocus()
    seen = [window.focus.accessibleName()]
    for _ in range(12):
        window.press(TAB)
        focus = QApplication.focusWidget()
        if focus is not None and panel.isAncestorOf(focus):
            seen.append(focus.accessibleName() or focus.property("text"))
    assert {"What happened", "From", "Until", "Proposed changes", "Who is out"} <= set(seen)
