"""On what this computer kept of a clinic: what is said once its server answers, and it does not open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.app import Program
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway, StoreRefused
from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.start.kept_here import Help
from clinic_desktop.start.opening import OldCopy, opened_store
from clinic_desktop.storage.kept_copy import KeptStore
from clinic_desktop.storage.look import NEWER
from clinic_desktop.storage.moved import Gone
from clinic_desktop.storage.revisions import CURRENT
from clinic_desktop.storage.store import open_store
from clinic_desktop.treatment.kept_entries import kept_entry
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui import operations
from clinic_desktop.ui.outage.watch import AWAY_BANNER
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.window import Window
from tests.small_clinic import SmallClinic, build
from tests.ui.a_program import a_program


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return build(tmp_path)


@pytest.fixture
def program(qtbot: QtBot, clinic: SmallClinic) -> Iterator[Program]:
    with a_program() as made:
        made._opened(str(clinic.store.where), opened_store(clinic.store))
        qtbot.waitUntil(lambda: not operations.running_count())
        made._store = KeptStore.__new__(KeptStore)  # as if it had come up on a copy
        yield made
        made._store = clinic.store


def old_copy() -> OldCopy:
    went = Gone(CURRENT, "0123456789abcdef", "2026-11-17", "the new server")
    return OldCopy(went.short, Path("here"), went.where)


def said(program: Program) -> list[str]:
    window = program.window
    assert isinstance(window, Window)
    return [one.accessibleName() for one in window.notices.notices() if "erver" in one.accessibleName()]


def test_where_something_is_half_typed_it_is_said_once_that_the_clinic_waits_for_it(
    qtbot: QtBot, program: Program, clinic: SmallClinic
) -> None:
    window = program.window
    assert window is not None
    window.go("patients")
    window.place("patients").new_patient("Zoe Half")  # type: ignore[attr-defined]  # the place's own
    qtbot.waitUntil(lambda: not operations.running_count())
    line = QApplication.focusWidget()
    qtbot.keyClicks(line, " typed")
    for _ in range(2):
        program._server_answers(opened_store(open_store(clinic.store.where)))
    assert program.window is window
    (told,) = said(program)
    assert "The server is back" in told
    assert "half-typed" in told
    program._server_still_away(ServerAway("The clinic's database does not answer."))
    program._server_answers(opened_store(open_store(clinic.store.where)))
    assert len(said(program)) == 2  # it went away again meanwhile


def test_the_clinic_opens_once_it_was_said_and_nobody_touches_anything(
    qtbot: QtBot, program: Program, clinic: SmallClinic
) -> None:
    """It jumped to the lock between two keys, and said nothing of what waited."""
    window = program.window
    assert window is not None
    note = Stamp(kind=StampKind.NOTE, note="asks for water")
    entry = kept_entry(clinic.nurse, 1, [note], window.desk.now(), "Asks for water")
    window.desk.outage.came_up_away(window.desk.now())
    window.desk.outage.kept = (entry,)
    ask = program._server_answers
    ask(opened_store(open_store(clinic.store.where)))
    (told,) = said(program)
    assert "The server is back" in told
    assert "1 record kept on this computer waits to be saved." in told
    window.gate.idle.touches += 1  # a key
    ask(opened_store(open_store(clinic.store.where)))
    assert program.window is window
    assert len(said(program)) == 1
    program._store = Closes(clinic)
    ask(opened_store(open_store(clinic.store.where)))
    assert program.window is not window
    qtbot.waitUntil(lambda: not operations.running_count())


class Closes(KeptStore):
    """A copy of which nothing is asked any more."""

    def __init__(self, clinic: SmallClinic) -> None:
        self.made_at, self.folder = clinic.clock.at, Path()

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("in_front", [True, False])
def test_the_window_takes_the_place_of_the_one_before_and_not_that_of_another_program(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, in_front: bool
) -> None:
    before = program.window
    assert before is not None
    before.setGeometry(40, 50, 900, 600)
    new = QWidget()
    qtbot.addWidget(new)
    program._in_place_of, program._by_itself = before, True
    monkeypatch.setattr(QApplication, "activeWindow", lambda: before if in_front else None)
    program._show(new)  # type: ignore[arg-type]  # as much of a window as it needs
    program._in_place_of = None
    assert new.geometry() == before.geometry()
    assert new.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating) is not in_front


def test_a_clinic_that_does_not_open_though_its_server_answers_says_why_once(program: Program) -> None:
    program._server_still_away(ServerAway("The clinic's database does not answer."))
    assert said(program) == []
    for _ in range(2):
        program._server_still_away(StoreRefused(NEWER))
    (told,) = said(program)
    assert NEWER in told
    assert "What is kept stays" in told


def test_a_clinic_that_was_moved_meanwhile_says_so_until_it_is_left(
    program: Program, clinic: SmallClinic, tmp_path: Path
) -> None:
    window = program.window
    assert window is not None
    outage = window.desk.outage
    outage.came_up_away(window.desk.now())
    outage.keep_in(tmp_path / "kept", new_key())
    assert any(one.id == AWAY_BANNER for one in window.banners.banners())
    program._server_still_away(old_copy())
    assert not any(one.id == AWAY_BANNER for one in window.banners.banners()), "its words would be untrue"
    refused = list[ClinicProblem]()
    note = Stamp(kind=StampKind.NOTE, note="asks for water")
    entry = kept_entry(clinic.nurse, 1, [note], window.desk.now(), "Asks for water")
    outage.keep(entry, bool, refused.append)
    assert ["would be saved nowhere" in str(one) for one in refused] == [True]
    assert outage.kept == ()
    (banner,) = [one for one in window.banners.banners() if one.id == "store-elsewhere"]
    assert (banner.tone, "the new server" in banner.text) == (Tone.DANGER, True)


@pytest.mark.parametrize("records", [0, 2])
def test_nobody_is_led_to_record_on_by_what_was_kept_of_a_clinic_that_was_moved(
    program: Program, records: int
) -> None:
    """It would lead to nothing. What was recorded and is not there can still be looked at."""
    program._show_health(old_copy(), Help("", None, kept=True, records=records))
    assert program._start is not None
    page = program._start.health
    assert page is not None
    names = [one.text() for one in page.ways]
    assert page.focusProxy() is page.ways[0]
    assert "Go to where the clinic is now" in names[0]
    assert not any("Go on with what this computer kept" in one for one in names)
    assert any("Look at what this computer kept" in one for one in names) is bool(records)
    assert ("not at the other place" in page.spoken) is bool(records)
