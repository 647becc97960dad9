"""What is sent is on record before it goes, and what became of it afterwards, whatever that was."""

from pathlib import Path

import pytest

from clinic_desktop.foundation.errors import EnvironmentFailure, NotPrinted
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.printed import PrintState, SheetPrint, finish
from clinic_desktop.ui.printers import Printed
from clinic_desktop.ui.recorded_print import Told, send_on_record
from tests.small_clinic import SmallClinic, build


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return build(tmp_path)


@pytest.fixture
def job(clinic: SmallClinic) -> SheetPrint:
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    return SheetPrint(visit_id=visit.id, printer="front")


def kept(clinic: SmallClinic) -> SheetPrint:
    with clinic.store.read() as records:
        (only,) = records.find(SheetPrint)
    return only


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        (Printed("front"), PrintState.PRINTED),
        (Printed("front", sure=False), PrintState.UNKNOWN),
        (Printed(file=Path("sheet-1-1.pdf")), PrintState.SAVED),
    ],
)
def test_what_became_of_it(clinic: SmallClinic, job: SheetPrint, printed: Printed, state: PrintState) -> None:
    sent = send_on_record(clinic.store, clinic.nurse, job, lambda _told: printed)
    assert (sent.printed, sent.problem, sent.unrecorded) == (printed, None, None)
    assert kept(clinic).state is state
    assert "sheet_print" in sent.changes.kinds


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        (NotPrinted("No paper.", "out of paper"), "out of paper"),
        (EnvironmentFailure("The disk is full."), ""),
    ],
)
def test_what_failed_is_told_and_on_record(
    clinic: SmallClinic, job: SheetPrint, problem: EnvironmentFailure, why: str
) -> None:
    def send(_told: Told) -> Printed:
        raise problem

    sent = send_on_record(clinic.store, clinic.nurse, job, send)
    assert (sent.printed, sent.problem) == (None, problem)
    assert (kept(clinic).state, kept(clinic).why) == (PrintState.FAILED, why)


def test_a_bug_leaves_it_as_sent_so_that_nobody_takes_it_for_paper(
    clinic: SmallClinic, job: SheetPrint
) -> None:
    def send(_told: Told) -> Printed:
        raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        send_on_record(clinic.store, clinic.nurse, job, send)
    assert kept(clinic).state is PrintState.SENT


def test_a_paper_that_is_out_is_told_though_that_cannot_be_put_on_record(
    clinic: SmallClinic, job: SheetPrint
) -> None:
    def send(_told: Told) -> Printed:
        finish(clinic.store, clinic.nurse, kept(clinic), PrintState.UNKNOWN)  # another said it meanwhile
        return Printed("front")

    sent = send_on_record(clinic.store, clinic.nurse, job, send)
    assert sent.printed == Printed("front")
    assert sent.unrecorded is not None


def test_nothing_is_sent_that_is_not_on_record_first(clinic: SmallClinic, job: SheetPrint) -> None:
    states = []

    def send(_told: Told) -> Printed:
        states.append(kept(clinic).state)
        return Printed("front")

    send_on_record(clinic.store, clinic.nurse, job, send)
    assert states == [PrintState.SENT]


def test_its_number_there_is_on_record_while_it_is_waited_for(clinic: SmallClinic, job: SheetPrint) -> None:
    meanwhile = []

    def send(told: Told) -> Printed:
        told(41)
        meanwhile.append(kept(clinic))
        return Printed("front")

    send_on_record(clinic.store, clinic.nurse, job, send)
    assert [(one.job, one.state) for one in meanwhile] == [(41, PrintState.SENT)]
    assert (kept(clinic).job, kept(clinic).state) == (41, PrintState.PRINTED)
