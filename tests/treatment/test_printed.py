"""What went to a printer is on record before it goes, and what became of it afterwards."""

import pytest

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.booking import book
from clinic_desktop.treatment.printed import PrintState, SheetPrint, begin, finish
from tests.small_clinic import SmallClinic


def test_a_job_is_on_record_before_it_is_sent_and_its_end_is_said_once(file_clinic: SmallClinic) -> None:
    store, nurse = file_clinic.store, file_clinic.nurse
    visit = book(store, file_clinic.desk, file_clinic.wish()).visits[0]
    job = begin(store, nurse, SheetPrint(visit_id=visit.id, printer="front")).job
    assert (job.state, job.by, job.at is not None) == (PrintState.SENT, nurse.person_id, True)
    finish(store, nurse, job, PrintState.FAILED, "out of paper")
    with store.read() as records:
        (kept,) = records.find(SheetPrint, visit_id=visit.id)
    assert (kept.state, kept.why) == (PrintState.FAILED, "out of paper")
    with pytest.raises(ClinicProblem):
        finish(store, nurse, kept, PrintState.PRINTED)
