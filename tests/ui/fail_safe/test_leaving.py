"""What of the paper goes to a printer or into a file is in the trail, also where the server was away."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import FixedClock
from clinic_desktop.foundation.errors import EnvironmentFailure, Refusal, RightMissing
from clinic_desktop.security import vault
from clinic_desktop.security.audit import Asked
from clinic_desktop.security.away import AwayDoor
from clinic_desktop.security.sealed_files import new_key
from clinic_desktop.start import kept_here
from clinic_desktop.ui import paper, printers
from clinic_desktop.ui.fail_safe import leaving
from clinic_desktop.ui.fail_safe.leaving import paper_leaving
from clinic_desktop.ui.fail_safe.place import SealedPlace
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.recorded_print import Told
from tests.small_clinic import MONDAY, SmallClinic
from tests.ui.fail_safe.test_fail_safe import Here
from tests.ui.outage.cut import Cut
from tests.ui.whole_window import settle

TUESDAY = MONDAY + timedelta(days=1)
KEY = new_key()
SERVER = "postgresql://desk@127.0.0.1/clinic"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "COST", {"iterations": 1, "memory_kib": 8})


@pytest.fixture
def here(qtbot: QtBot, clinic: SmallClinic, tmp_path: Path) -> Iterator[Here]:
    made = Here(qtbot, replace(clinic, store=Cut(clinic.store)), tmp_path / "paper")
    made.paper.start("", SealedPlace(tmp_path / "kept", KEY))
    made.window.desk.outage.keep_in(tmp_path / "kept", KEY)
    settle(qtbot)
    yield made
    made.paper.stop()
    settle(qtbot)


def shown(here: Here) -> PaperDialog:
    here.paper.show()
    dialog = here.window.findChildren(PaperDialog)[-1]
    here.qtbot.waitUntil(lambda: dialog.pages.text().startswith("Page 1 of"))
    return dialog


def on_record(clinic: SmallClinic) -> list[tuple[int, str, dict[str, object]]]:
    """Who did what with the paper, the oldest first."""
    with clinic.store.read() as records:
        lines = [one for one in records.trail_lines(Asked()) if one.kind == "downtime paper"]
    return [(one.person_id, one.action, json.loads(one.after or "{}")) for one in reversed(lines)]


def test_what_is_saved_is_on_record_with_its_day(here: Here, tmp_path: Path) -> None:
    dialog = shown(here)
    dialog.save_to(str(tmp_path / "stick.pdf"))
    settle(here.qtbot)
    assert (tmp_path / "stick.pdf").exists()
    at = here.clinic.clock.now().isoformat(timespec="seconds")
    nurse = here.clinic.nurse.person_id
    assert on_record(here.clinic) == [(nurse, "exported", {"day": "2026-11-17", "at": at})]


@pytest.mark.parametrize(("printer", "deed"), [("Front desk", "printed"), ("", "exported")])
def test_enter_is_on_record_also_where_there_is_no_printer(
    here: Here, monkeypatch: pytest.MonkeyPatch, printer: str, deed: str
) -> None:
    sent: list[bytes] = []
    monkeypatch.setattr(leaving, "printer_here", lambda: printer)
    monkeypatch.setattr(paper, "print_pages", lambda data, *_rest: (sent.append(data), Printed("x"))[1])
    shown(here).send()
    settle(here.qtbot)
    assert len(sent) == 1
    ((_who, did, about),) = on_record(here.clinic)
    assert (did, about.get("printer", "")) == (deed, printer)


def test_while_the_server_is_away_it_goes_into_the_trail_on_return(here: Here, tmp_path: Path) -> None:
    here.clinic.store.cut = True
    here.window.desk.outage.gone()
    shown(here).save_to(str(tmp_path / "stick.pdf"))
    settle(here.qtbot)
    then = here.clinic.clock.now()
    assert (tmp_path / "stick.pdf").exists()
    here.clinic.store.cut = False
    assert on_record(here.clinic) == []
    here.clinic.clock.forward(90)
    here.window.desk.outage.back()
    settle(here.qtbot)
    ((who, did, about),) = on_record(here.clinic)
    assert (who, did, about["day"]) == (here.clinic.nurse.person_id, "exported", "2026-11-16")
    assert about["happened"] == then.isoformat()


def test_what_cannot_be_put_on_record_is_saved_to_no_file_but_kept_pages_are_printed(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paper is needed most where nothing can be written; that it is not on record is said."""

    def full(*_what: object, **_more: object) -> None:
        raise EnvironmentFailure("This computer could not keep it (No space left on device).")

    def send(_told: Told) -> Printed:
        return Printed("Front desk")

    monkeypatch.setattr(leaving, "printer_here", lambda: "Front desk")
    monkeypatch.setattr(AwayDoor, "keep", full)
    here.clinic.store.cut = True
    here.window.desk.outage.gone()
    desk = here.window.desk
    for goes in (
        lambda: paper_leaving(desk, MONDAY, kept=True).send(send, to_printer=False),
        lambda: paper_leaving(desk, MONDAY).send(send, to_printer=True),
    ):
        with pytest.raises(EnvironmentFailure):
            goes()
    sent = paper_leaving(desk, MONDAY, kept=True).send(send, to_printer=True)
    assert sent.printed is not None
    assert sent.unrecorded is not None


def test_nothing_of_it_goes_out_in_emergency_access(here: Here) -> None:
    desk = here.window.desk
    desk.act_as(replace(here.clinic.nurse, until=here.clinic.clock.now() + timedelta(hours=1)))
    here.clinic.store.cut = True
    here.window.desk.outage.gone()
    with pytest.raises(Refusal):
        paper_leaving(desk, MONDAY, kept=True).send(lambda _told: Printed("Front desk"), to_printer=True)


@pytest.fixture
def kept(clinic: SmallClinic, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a computer has of the clinic: pages for two days, and the nurse's password."""
    folder = tmp_path / "kept"
    place = SealedPlace(folder, KEY)
    for day in (MONDAY, TUESDAY):
        place.keep(day, b"%PDF", clinic.clock.now())
    vault.Vault(folder).admit(1, "Maya Jones", clinic.nurse.roles, "violet tractor", KEY, "")
    monkeypatch.setattr(kept_here, "SystemClock", lambda: FixedClock(clinic.clock.now()))
    monkeypatch.setattr(kept_here, "printer_here", lambda: "Front desk")
    monkeypatch.setattr(kept_here, "print_pages", lambda *_what: Printed("Front desk"))
    return folder


def test_pages_that_are_seen_and_printed_at_a_start_without_the_server_are_in_the_trail_afterwards(
    clinic: SmallClinic, kept: Path
) -> None:
    came_in = kept_here.open_kept(SERVER, kept, 1, "violet tractor")
    kept_here.print_kept(kept, came_in, TUESDAY, came_in.pages[1].data)
    clinic.clock.forward(90)
    for _ in range(2):
        AwayDoor(kept).give_back(clinic.store, KEY)
    assert [(who, did, about["day"], about.get("printer")) for who, did, about in on_record(clinic)] == [
        (1, "viewed", "2026-11-16", None),
        (1, "viewed", "2026-11-17", None),
        (1, "printed", "2026-11-17", "Front desk"),
    ]


def test_what_cannot_be_kept_at_a_start_is_neither_shown_nor_printed(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_in = kept_here.open_kept(SERVER, kept, 1, "violet tractor")
    assert not came_in.floor
    nobody = replace(came_in, actor=Actor(1, frozenset()))
    with pytest.raises(RightMissing):
        kept_here.print_kept(kept, nobody, TUESDAY, b"%PDF")
    printed: list[object] = []
    monkeypatch.setattr(kept_here, "print_pages", lambda *what: printed.append(what))
    monkeypatch.setattr(printers, "print_pages", lambda *what: printed.append(what))

    def full(*_what: object) -> None:
        raise EnvironmentFailure("This computer could not keep it.")

    monkeypatch.setattr(AwayDoor, "keep", full)
    with pytest.raises(EnvironmentFailure):
        kept_here.print_kept(kept, came_in, TUESDAY, b"%PDF")
    assert printed == []
    with pytest.raises(EnvironmentFailure):
        kept_here.open_kept(SERVER, kept, 1, "violet tractor")
