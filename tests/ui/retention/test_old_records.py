"""The list of records past the clinic's years, in the real shell, on the small clinic."""

import csv
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Patient
from clinic_desktop.record.retention import past_retention
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.audit import Asked, read_trail
from clinic_desktop.ui import operations
from clinic_desktop.ui.audit.value_words import kind_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.retention import place
from clinic_desktop.ui.retention.place import RetentionPlace, retention_spec
from clinic_desktop.ui.shell import Shell
from tests.small_clinic import SmallClinic, at
from tests.ui.grab import grab_both

MANAGER = Actor(1, frozenset({Role.MANAGER}), "office")
NURSE = Actor(1, frozenset({Role.NURSE}), "floor")


@dataclass
class Stage:
    clinic: SmallClinic
    desk: Desk
    shell: Shell
    place: RetentionPlace
    calm: Callable[[], None]
    opened: list[int]

    def rows(self) -> list[tuple[str, ...]]:
        return list(self.place.view.table.model_.rows)


@pytest.fixture
def stage(file_clinic: SmallClinic, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Stage:
    def calm() -> None:
        qtbot.waitUntil(lambda: not operations.running_count())

    clinic = file_clinic
    book(clinic.store, clinic.desk, clinic.wish())
    clinic.clock.at = at(date(2036, 11, 17), 12)
    with clinic.store.read() as records:
        desk = Desk(clinic.store, MANAGER, clinic.store.clock, records.setup())
    shell = Shell([retention_spec(desk)])
    desk.setParent(shell)
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    place = shell.go("retention")
    assert isinstance(place, RetentionPlace)
    calm()
    opened: list[int] = []
    page = type("Page", (), {"show_patient": staticmethod(opened.append)})
    monkeypatch.setattr(shell, "go", lambda _place: page)
    return Stage(clinic, desk, shell, place, calm, opened)


def test_old_records_are_listed_and_nothing_is_deleted(stage, qtbot):
    assert [row[0] for row in stage.rows()] == ["Okafor, Amara", "Reed, Noah"]
    assert stage.rows()[0][3:] == ("Nov 16, 2026", "no")
    assert stage.place.view.note.text().startswith("2 records of which nothing is younger than 10 years")
    grab_both(stage.shell, "old-records", (1366, 768))
    grab_both(stage.shell, "old-records-200", (683, 384), 2.0)
    stage.place.focus_work()
    qtbot.keyClick(stage.place.view.table, Qt.Key.Key_Down)
    qtbot.keyClick(stage.place.view.table, Qt.Key.Key_Return)
    assert stage.opened == [stage.clinic.noah.id]
    (looked,) = read_trail(stage.clinic.store, MANAGER, Asked(actions=(Deed.VIEWED,)))
    assert (looked.kind, looked.after) == ("old records", '{"count": 2}')
    assert kind_words(looked.kind) == "Old records"
    with stage.clinic.store.read() as records:
        assert len(records.find(Patient)) == 2


def test_the_list_is_saved_and_that_is_in_the_trail(stage, tmp_path):
    file = tmp_path / "old.csv"
    stage.place.save_to(str(file))
    stage.calm()
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [one["chart_number"] for one in rows] == ["C00001", "C00002"]
    assert rows[0]["last"] == "2026-11-16"
    assert file.stat().st_mode & 0o077 == 0
    (saved,) = read_trail(stage.clinic.store, MANAGER, Asked(actions=(Deed.EXPORTED,)))
    assert saved.kind == "old records"


def test_who_may_not_see_it_sees_nothing_and_it_is_in_no_trail(stage):
    stage.desk.act_as(NURSE)
    assert stage.rows() == []
    stage.calm()
    assert stage.rows() == []
    assert "change the set-up" in stage.place.view.note.text()
    assert len(read_trail(stage.clinic.store, MANAGER, Asked(actions=(Deed.VIEWED,)))) == 1


def test_what_was_on_its_way_for_one_is_not_shown_to_the_next(stage, monkeypatch):
    asked, go, shown = threading.Event(), threading.Event(), list[int]()

    def slow(store, actor):
        asked.set()
        assert go.wait(30)
        return past_retention(store, actor)

    monkeypatch.setattr(place, "past_retention", slow)
    stage.place.activated()
    assert asked.wait(30)
    table = stage.place.view.table
    real = table.set_rows
    monkeypatch.setattr(table, "set_rows", lambda heads, rows: (shown.append(len(rows)), real(heads, rows)))
    stage.place.deactivated()
    stage.desk.act_as(NURSE)
    go.set()
    stage.calm()
    assert set(shown) == {0}
