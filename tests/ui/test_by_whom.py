"""What is on its way was done by whoever pressed the key, whoever sits at the desk by the time it is done."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.security.audit import Asked
from clinic_desktop.security.recovery_code import new_code
from clinic_desktop.ui import batch as batches
from clinic_desktop.ui.batch import Batch, BatchPaper, Ready
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.fail_safe import leaving as paper
from clinic_desktop.ui.fail_safe.leaving import paper_leaving
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.printers import Handed, Printed, Route
from clinic_desktop.ui.recorded_print import leaving
from clinic_desktop.ui.sign_in.code_sheet import code_sheet
from tests.small_clinic import MONDAY, SmallClinic, build


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    made = build(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def desk(clinic: SmallClinic) -> Desk:
    """Where a nurse is at work, and a receptionist comes in."""
    with clinic.store.read() as records:
        return Desk(clinic.store, clinic.nurse, clinic.clock, records.setup())


def gone_out_by(clinic: SmallClinic) -> list[int]:
    with clinic.store.read() as records:
        lines = records.trail_lines(Asked(actions=(Deed.PRINTED, Deed.EXPORTED)))
    return [one.person_id for one in lines]


def sent(_told: Callable[[int], object]) -> Printed:
    return Printed("Front desk")


def test_work_that_waits_for_a_worker(desk: Desk, clinic: SmallClinic) -> None:
    done = list[Actor]()

    def use_case(_store: object, actor: Actor) -> Changes:
        done.append(actor)
        return Changes()

    work = desk.work(use_case)
    desk.act_as(clinic.desk)
    work()
    assert done == [clinic.nurse]


def test_pages_on_their_way_to_the_printer(desk: Desk, clinic: SmallClinic) -> None:
    sends = leaving(desk, "call list").send
    desk.act_as(clinic.desk)
    sends(sent, False)
    assert gone_out_by(clinic) == [clinic.nurse.person_id]


def test_the_paper_for_a_day_without_the_program(
    desk: Desk, clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "printer_here", lambda: "Front desk")
    sends = paper_leaving(desk, MONDAY).send
    desk.act_as(clinic.desk)
    sends(sent, True)
    assert gone_out_by(clinic) == [clinic.nurse.person_id]


def test_every_part_of_a_batch(
    desk: Desk, clinic: SmallClinic, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hand_over(_there: Route, _data: bytes, _title: str, _name: str) -> Handed:
        desk.act_as(clinic.desk)  # between the first and the second
        return Handed("Front desk")

    monkeypatch.setattr(batches, "route", lambda: Route("Front desk"))
    monkeypatch.setattr(batches, "hand_over", hand_over)
    monkeypatch.setattr(batches, "follow", lambda _handed: Printed("Front desk"))
    widget = QWidget()
    qtbot.addWidget(widget)
    parts = [BatchPaper(name, lambda _there, name=name: Ready(b"%PDF", name)) for name in ("one", "two")]
    batch = Batch(widget, desk, "Paper", parts)
    with qtbot.waitSignal(batch.ended):
        assert batch.start()
    assert gone_out_by(clinic) == [clinic.nurse.person_id] * 2


def test_pages_that_are_looked_at_go_out_by_whoever_sends_them(
    desk: Desk, clinic: SmallClinic, qtbot: QtBot, tmp_path: Path
) -> None:
    """Not by whoever opened them, nor by whoever comes in while they are on their way."""
    window, said = QWidget(), list[str]()
    qtbot.addWidget(window)
    frame = cast("Frame", SimpleNamespace(say=said.append))
    dialog = PaperDialog(
        window, frame, "List", "List", "list", lambda: None, lambda: leaving(desk, "call list").send
    )
    dialog.show_pages(render_pdf(code_sheet(new_code(), "", "", MONDAY, "letter")))
    desk.act_as(clinic.prescriber)
    dialog.save_to(tmp_path / "list.pdf")
    desk.act_as(clinic.desk)
    qtbot.waitUntil(lambda: bool(said))
    assert gone_out_by(clinic) == [clinic.prescriber.person_id]
