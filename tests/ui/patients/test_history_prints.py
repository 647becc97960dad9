"""Each print of a sheet is in the patient's history: who sent it, when, and what became of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from clinic_desktop.aftercare.to_printer import job_of, true_sheet
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.printed import Printed, PrintState, SheetPrint, begin, finish, numbered
from clinic_desktop.treatment.recording import record
from clinic_desktop.ui.patients.history_facts import read_history
from clinic_desktop.ui.patients.history_words import lines_of
from tests.small_clinic import MONDAY, SmallClinic, build, instant
from tests.treatment.cases import ALL_NO

K = StampKind
VISIT = "IV ketamine, Mon, Nov 16, 10:00 AM"


@pytest.fixture
def clinic(tmp_path: Path) -> SmallClinic:
    return build(tmp_path)


@pytest.fixture
def job(clinic: SmallClinic) -> SheetPrint:
    """Amara's sheet, made at eleven, and not sent anywhere yet."""
    visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
    clinic.clock.at = instant(11)
    stamps = [
        Stamp(kind=K.IN_ROOM, at=instant(10)),
        Stamp(kind=K.ANSWERED, at=instant(10, 2), answers=ALL_NO),
        Stamp(kind=K.VITALS, at=instant(10, 5), systolic=120, diastolic=80, oxygen=98),
        Stamp(kind=K.INFUSION_START, at=instant(10, 15), dose=35, unit="mg"),
        Stamp(kind=K.INFUSION_STOP, at=instant(10, 55)),
    ]
    record(clinic.store, clinic.nurse, visit.id, stamps)
    return job_of(true_sheet(clinic.store, clinic.nurse, visit.id, render_pdf))


def told(clinic: SmallClinic, patient_id: int | None = None) -> list[str]:
    """What the history says of prints, the newest first."""
    history = read_history(clinic.store, patient_id or clinic.amara.id, MONDAY)
    lines = [one for one in lines_of(history) if any("sheet" in what for what in one.what)]
    return [f"{one.head}: {'; '.join(one.what)}" for one in lines]


def test_a_print_is_told_when_it_is_sent_and_when_it_is_on_paper(
    clinic: SmallClinic, job: SheetPrint
) -> None:
    sent = begin(clinic.store, clinic.nurse, replace(job, printer="Front desk")).job
    at = "Nov 16, 2026, 11:00 AM, Maya Jones, on the PC called floor"
    assert told(clinic) == [f"{at}: {VISIT}: aftercare sheet sent to Front desk"]
    clinic.clock.forward(1)
    finish(clinic.store, clinic.nurse, sent, PrintState.PRINTED)
    at = "Nov 16, 2026, 11:01 AM, Maya Jones, on the PC called floor"
    assert told(clinic)[0] == f"{at}: {VISIT}: aftercare sheet printed on Front desk"


@pytest.mark.parametrize(
    ("what", "state", "why", "words"),
    [
        (Printed.AGAIN, PrintState.PRINTED, "", "the same aftercare sheet printed on Front desk"),
        (Printed.RECEIPT, PrintState.PRINTED, "", "receipt for the sheet printed on Front desk"),
        (Printed.PREPARATION, PrintState.PRINTED, "", "preparation sheet printed on Front desk"),
        (Printed.SHEET, PrintState.FAILED, "out of paper", "aftercare sheet did not come out: out of paper"),
        (
            Printed.SHEET,
            PrintState.UNKNOWN,
            "",
            "aftercare sheet sent to Front desk, and not known to have come out",
        ),
    ],
)
def test_what_became_of_it_is_told(
    clinic: SmallClinic, job: SheetPrint, what: Printed, state: PrintState, why: str, words: str
) -> None:
    sent = begin(clinic.store, clinic.nurse, replace(job, what=what, printer="Front desk")).job
    finish(clinic.store, clinic.nurse, sent, state, why)
    assert told(clinic)[0].endswith(f"{VISIT}: {words}")


def test_the_number_of_a_job_is_no_line_of_its_own(clinic: SmallClinic, job: SheetPrint) -> None:
    sent = begin(clinic.store, clinic.nurse, replace(job, printer="Front desk")).job
    numbered(clinic.store, clinic.nurse, sent, 41)
    assert len(told(clinic)) == 1


def test_a_file_is_told_once_it_is_written(clinic: SmallClinic, job: SheetPrint) -> None:
    saved = begin(clinic.store, clinic.nurse, job).job
    assert told(clinic) == []
    finish(clinic.store, clinic.nurse, saved, PrintState.SAVED)
    assert [one.split(": ", 1)[1] for one in told(clinic)] == [f"{VISIT}: aftercare sheet saved as a PDF"]


def test_nobody_elses_history_tells_it(clinic: SmallClinic, job: SheetPrint) -> None:
    begin(clinic.store, clinic.nurse, replace(job, printer="Front desk"))
    assert told(clinic, clinic.noah.id) == []
