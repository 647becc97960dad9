"""The Audit trail place in the real shell, on the small clinic."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.audit import Asked, View, read_trail, record_views
from clinic_desktop.ui import operations, viewed
from clinic_desktop.ui.audit.place import AuditPlace, audit_spec
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.trail_watch import TrailWatch
from clinic_desktop.ui.viewed import Viewed
from tests.small_clinic import SmallClinic
from tests.storage.conftest import beside
from tests.storage.test_check import past_the_triggers

MANAGER = Actor(1, frozenset({Role.MANAGER}), "office")
NURSE = Actor(1, frozenset({Role.NURSE}), "floor")


@dataclass
class Stage:
    clinic: SmallClinic
    desk: Desk
    shell: Shell
    place: AuditPlace
    calm: Callable[[], None]
    qtbot: QtBot

    def find(self, typed: str) -> None:
        """Ctrl+F, a name or a number, Enter."""
        self.shell.activateWindow()
        self.qtbot.waitUntil(lambda: self.place.people.ready)
        self.place.view.patient.start(typed)
        self.calm()
        self.qtbot.keyClick(self.place.view.patient.line, Qt.Key.Key_Return)
        self.calm()

    def heads(self) -> list[str]:
        return [one.what[0] for one in self.place.view.list.lines]

    def pick(self, deed: str) -> None:
        box = self.place.view.deed
        box.setCurrentIndex(box.findText(deed))
        box.activated.emit(box.currentIndex())
        self.calm()


@pytest.fixture
def stage(file_clinic: SmallClinic, qtbot: QtBot) -> Iterator[Stage]:
    def calm() -> None:
        qtbot.waitUntil(lambda: not operations.running_count())

    clinic = file_clinic
    record_views(clinic.store, [View(NURSE, clinic.noah.id, clinic.clock.now(), "page")])
    with clinic.store.write(NURSE) as unit:
        unit.because("new number")
        unit.save(replace(unit.get(Patient, clinic.noah.id), notes="likes the window"))
        unit.commit()
    book(clinic.store, clinic.desk, clinic.wish())
    with clinic.store.read() as records:
        desk = Desk(clinic.store, MANAGER, clinic.store.clock, records.setup())
    shell = Shell([audit_spec(desk)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("audit")
    assert isinstance(place, AuditPlace)
    calm()
    yield Stage(clinic, desk, shell, place, calm, qtbot)
    calm()


def test_a_manager_reads_who_did_what_and_narrows_it(stage):
    assert len(stage.place.view.list.lines) > 5
    stage.pick("Views")
    assert stage.heads() == [f"Viewed: {stage.clinic.noah.name}"]
    assert stage.place.view.list.lines[0].desk == "floor"
    stage.pick("Changes")
    stage.find(stage.clinic.noah.chart_number.lower())
    newest = stage.place.view.list.lines[0]
    assert newest.what == (f"Changed: {stage.clinic.noah.name}", "Notes: nothing → likes the window")
    assert newest.why == "Reason: new number"
    assert (
        stage.place.view.patient.line.text() == f"{stage.clinic.noah.name}, {stage.clinic.noah.chart_number}"
    )
    about_noah = len(stage.heads())
    stage.find("amar")
    assert stage.place.view.patient.line.text().startswith(stage.clinic.amara.name)
    about_amara = stage.heads()
    assert about_amara
    assert newest.what[0] not in about_amara
    stage.qtbot.keyClick(stage.place.view.patient.line, Qt.Key.Key_Escape)
    stage.calm()
    assert len(stage.heads()) >= about_noah + len(about_amara)
    stage.find("xyzzy")
    assert stage.place.view.note.text() == "Nobody is found by that."


def test_older_lines_come_from_the_store_a_page_at_a_time(stage, monkeypatch):
    monkeypatch.setattr("clinic_desktop.ui.audit.place.PAGE", 3)
    stage.place.read()
    stage.calm()
    assert len(stage.place.view.list.lines) == 3
    stage.place.view.list.wanted_more.emit()
    stage.calm()
    numbers = [one.number for one in stage.place.view.list.lines]
    assert numbers == list(range(numbers[0], numbers[0] - 6, -1))


def test_who_may_not_read_it_sees_nothing_and_who_can_grant_it(stage):
    stage.desk.act_as(NURSE)
    assert stage.place.view.list.lines == ()
    stage.calm()
    assert stage.place.view.list.lines == ()
    assert "read the audit trail" in stage.place.view.note.text()
    assert "manager" in stage.place.view.note.text()


def test_what_was_asked_before_somebody_else_came_is_not_told_them(stage):
    """Whoever asked had left the place: nothing is read anew for the other, and so nothing is refused."""
    stage.place.read()
    with beside(stage.clinic.store.where) as direct:
        past_the_triggers(direct, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    stage.place.check()
    operations.wait_for_all()  # it is read, and was not delivered yet
    stage.place.deactivated()
    stage.desk.act_as(NURSE)
    stage.calm()
    assert stage.place.view.list.lines == ()
    assert stage.place.dialog is None
    assert stage.place.view.note.text() == ""


def test_what_is_shown_is_saved_and_that_it_was_stands_in_the_trail(stage, tmp_path):
    stage.pick("Views")
    file = tmp_path / "trail.csv"
    stage.place.save_to(str(file))
    stage.calm()
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    assert [one["action"] for one in rows] == ["viewed"]
    assert file.stat().st_mode & 0o077 == 0
    stage.pick("Prints and files")
    assert stage.heads() == ["Saved to a file: Audit trail"]


def views(clinic: SmallClinic) -> list[tuple[int, int]]:
    lines = read_trail(clinic.store, MANAGER, Asked(actions=(Deed.VIEWED,)))
    return [(one.person_id, one.record_id) for one in reversed(lines)][1:]  # without the stage's own


def test_a_view_is_written_once_in_a_while_for_each_person_and_patient(stage):
    eyes, clock = viewed.viewed(stage.desk), stage.clinic.clock
    assert viewed.viewed(stage.desk) is eyes
    for patient in (1, 2, 1):
        eyes.saw(patient, "page")
    stage.desk.act_as(Actor(2, frozenset({Role.NURSE})))
    eyes.saw(1, "page")
    eyes.finish()  # the window closes while the first is being written
    stage.calm()
    assert sorted(views(stage.clinic)) == [(1, 1), (1, 2), (2, 1)]
    clock.at += viewed.AGAIN
    eyes.saw(1, "page")
    stage.calm()
    assert sorted(views(stage.clinic)) == [(1, 1), (1, 2), (2, 1), (2, 1)]
    for days in (365, -365):  # the clock is ahead for a while
        clock.at += timedelta(days=days)
        eyes.saw(1, "page")
        stage.calm()
    assert sorted(views(stage.clinic)) == [(1, 1), (1, 2), *[(2, 1)] * 4]
    assert eyes.kept == ()


def test_a_view_is_kept_while_the_clinic_cannot_be_written_to(stage, monkeypatch):
    def away(_actor: Actor) -> None:
        raise EnvironmentFailure("The server is away.")

    eyes = Viewed(stage.desk)
    with monkeypatch.context() as broken:
        broken.setattr(stage.clinic.store, "write", away)
        eyes.saw(2, "page")
        stage.calm()
        assert [one.patient_id for one in eyes.kept] == [2]
    eyes.write()
    stage.calm()
    assert (eyes.kept, views(stage.clinic)) == ((), [(1, 2)])


def test_the_daily_check_is_on_record_and_says_in_red_what_does_not_hold(stage, monkeypatch):
    shown: list[Banner] = []
    monkeypatch.setattr(stage.shell, "show_banner", shown.append)
    watch = TrailWatch(stage.shell, stage.desk, stage.clinic.store, stage.shell)
    for _ in range(2):  # the second asks only when the first was
        watch.look()
        stage.calm()
    assert shown == []
    checks = Asked(actions=(Deed.CHECKED,))
    assert len(read_trail(stage.clinic.store, MANAGER, checks)) == 1
    with beside(stage.clinic.store.where) as direct:
        past_the_triggers(direct, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    stage.clinic.clock.at += timedelta(days=1)
    watch.look()
    stage.calm()
    (banner,) = shown
    assert "patient 2: it is not as the trail says it was left." in banner.text
    assert banner.tone is Tone.DANGER
    assert json.loads(read_trail(stage.clinic.store, MANAGER, checks)[0].after)["count"] == 1
    stage.clinic.clock.at += timedelta(days=1)
    watch.stop()
    watch.look()
    stage.calm()
    assert len(read_trail(stage.clinic.store, MANAGER, checks)) == 2  # nothing of half a check


def test_what_was_found_is_accepted_with_a_reason_and_the_banner_goes_away(stage, monkeypatch):
    cleared: list[str] = []
    monkeypatch.setattr(stage.shell, "clear_banner", cleared.append)
    stage.place.check()
    stage.calm()
    assert stage.place.view.note.text().startswith("Everything holds")
    with beside(stage.clinic.store.where) as direct:
        past_the_triggers(direct, "UPDATE patient SET notes = 'forged' WHERE id = 2")
    stage.qtbot.keyClick(stage.shell, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    stage.calm()
    dialog = stage.place.dialog
    assert dialog is not None
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return):  # without a reason nothing is accepted
        stage.qtbot.keyClick(dialog.take, key)
    assert dialog.isVisible()
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return):
        stage.qtbot.keyClick(dialog.picker.list, key)
    stage.calm()
    assert cleared == ["trail"]
    newest = stage.place.view.list.lines[0]
    assert newest.what[0] == "Accepted as found: Audit trail"
    assert "patient 2: it is not as the trail says it was left." in newest.what[1]
    assert newest.why == "Reason: Looked into: the data is right as it stands"
    stage.desk.act_as(NURSE)
    stage.place.check()
    stage.calm()
    assert "read the audit trail" in stage.place.view.note.text()
