"""One record of every kind that can be about a patient, for somebody with a visit."""

from datetime import timedelta
from typing import Any

from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import (
    Authorization,
    Clearance,
    DrugMovement,
    Order,
    Package,
    Patient,
    Screening,
)
from clinic_desktop.people.scores import Score
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.scheduling.crisis import CrisisCall
from clinic_desktop.scheduling.messages import Message
from clinic_desktop.scheduling.model import Course, Override, Visit
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.pinboard import Pin
from clinic_desktop.scheduling.reviews import Review
from clinic_desktop.scheduling.waiting import WaitEntry
from clinic_desktop.treatment.alarm_records import AlarmAnswer
from clinic_desktop.treatment.asked import Asked
from clinic_desktop.treatment.day_after import AfterCall, AfterFlag
from clinic_desktop.treatment.model import Incident, RemsForm, Stamp, StampKind
from clinic_desktop.treatment.told import ToldWord
from tests.small_clinic import MONDAY, SmallClinic


def kept_about(clinic: SmallClinic, patient: Patient, visit: Visit, word: str) -> None:
    """Write one record of every kind; texts hold ``word``, so that it can be told whose they are."""
    at, by, mine, of_it = (
        clinic.clock.now(),
        clinic.lin.id,
        {"patient_id": patient.id},
        {"visit_id": visit.id},
    )
    with clinic.store.write(PROGRAM) as unit:

        def add(record: Any) -> int:
            return int(unit.add(record).id)

        add(Clearance(**mine, modality="iv", cleared_by=by, on=MONDAY, until=MONDAY, note=word))
        add(Screening(**mine))
        add(Order(**mine, modality="iv", drug="ketamine", dose=35, ordered_by=by, ordered_at=at, note=word))
        add(Course(**mine, name=word))
        add(Authorization(**mine, payer=word))
        add(Package(**mine, name=word))
        came = add(DrugMovement(**mine, on=MONDAY, devices=2, lot=word, by=by, at=at))
        add(DrugMovement(on=MONDAY, devices=-2, lot=word, by=by, at=at, takes_back=came))
        score = Score(**mine, instrument="phq9", items=(1,) * 9, total=9, on=MONDAY, at=at, by=by)
        add(score)
        add(Review(**mine, modality="iv", on=MONDAY, at=at, by=by, words=word))
        add(Message(**mine, text=word, for_role=Role.NURSE, taken_at=at, taken_by=by))
        add(CrisisCall(**mine, note=word, began_at=at, taken_by=by))
        add(Paper(**mine, made_at=at, made_by=by))
        wait = add(WaitEntry(**mine, type_code="IVM", note=word, added_at=at, added_by=by))
        add(CallAttempt(wait_id=wait, day=MONDAY, note=word, at=at, by=by))
        add(CallAttempt(**of_it, day=MONDAY, note=word, at=at, by=by))
        stamp = Stamp(
            **of_it, kind=StampKind.VITALS, at=at, recorded_at=at, by=by, systolic=120, diastolic=80
        )
        stamped = add(stamp)
        add(
            Override(
                **of_it, rule="watch-full", by=by, at=at, reason=word, day=visit.day, minute=visit.minute
            )
        )
        add(Pin(**of_it, note=word, parked_at=at, parked_by=by))
        add(Incident(**of_it, stamp_id=stamped, opened_at=at, opened_by=by, answer=word))
        add(ToldWord(**of_it, stamp_id=stamped, told_by=by, due_on=MONDAY, answer=word))
        add(Asked(**of_it, rule="iv-cover", why=word, asked_by=by, asked_at=at))
        flag = add(AfterFlag(**of_it, note=word, asked_at=at, asked_by=by))
        add(AfterCall(**of_it, note=word, flag_id=flag, at=at, by=by))
        add(RemsForm(**of_it, session_on=MONDAY, due_on=MONDAY + timedelta(days=7)))
        add(AlarmAnswer(**of_it, since=at, at=at, by=by))
        unit.commit()
