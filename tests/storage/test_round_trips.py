"""How often a server is waited for; and what goes over in one piece is what it would be one by one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime

import psycopg
import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.clock import ServerClock
from clinic_desktop.foundation.errors import Conflict, NotFound
from clinic_desktop.people.model import Order, Package, Patient, Screening, ScreeningItem
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.claims import claims_of
from clinic_desktop.scheduling.model import ClaimKind, Visit
from clinic_desktop.storage.engine import is_address
from clinic_desktop.storage.store import open_store
from clinic_desktop.storage.tables import place
from tests.small_clinic import MONDAY, SmallClinic
from tests.storage.conftest import beside

OF_A_PATIENT: dict[type, str] = {
    Patient: "id", Screening: "patient_id", Order: "patient_id", Package: "patient_id",
}  # fmt: skip
ODD = "a \"b\" 'c' \\ \\u0041 ? %s {} [] \n\t € 🙂 null"


@contextmanager
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What a server is told, by whichever way."""
    heard: list[str] = []
    execute, executemany = psycopg.Cursor.execute, psycopg.Cursor.executemany

    def one(cursor, query, values=None, **more):
        heard.append(str(query))
        return execute(cursor, query, values, **more)

    def many(cursor, query, values, **more):
        heard.append(str(query))
        return executemany(cursor, query, values, **more)

    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Cursor, "execute", one)
        patch.setattr(psycopg.Cursor, "executemany", many)
        yield heard


def test_a_booking_is_nine_statements(kept_clinic, monkeypatch):
    """The days, the set-up's number, the places, the patient's records; the visit, its claims; the head of
    the trail, its row, and the feed with the head and the bell."""
    book(kept_clinic.store, kept_clinic.desk, kept_clinic.wish("FUP", minute=540))
    with said(monkeypatch) as heard:
        book(kept_clinic.store, kept_clinic.desk, kept_clinic.wish("FUP", minute=660))
    assert len(heard) == 9, heard


def test_the_servers_clock_comes_with_the_days(kept_clinic, monkeypatch):
    store = open_store(kept_clinic.store.where, ServerClock())
    with store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        with said(monkeypatch) as heard:
            assert abs((unit.at - datetime.now(UTC)).total_seconds()) < 5
        assert heard == []
    with store.write(PROGRAM) as unit, said(monkeypatch) as heard:
        unit.lock_all_days()
        assert abs((unit.at - datetime.now(UTC)).total_seconds()) < 5
        assert len(heard) == 1
    store.close()


def test_what_is_read_ahead_is_what_is_found(clinic, monkeypatch):
    with clinic.store.write(PROGRAM) as unit:
        ann, ben = unit.add_all([Patient(given_name="Ann", notes=ODD), Patient(given_name="Ben")])
        items = (ScreeningItem("pregnancy", present=False, note=ODD), ScreeningItem("psychosis"))
        reviewed = datetime(2026, 3, 1, 9, tzinfo=UTC)
        unit.add(Screening(patient_id=ann.id, reviewed_at=reviewed, items=items))
        for dose in (35.0, 0.1, 1e-7, 123456789.25):
            unit.add(
                Order(
                    patient_id=ann.id,
                    dose=dose,
                    weight_kg=70.0,
                    valid_to=date(2027, 1, 2),
                    ordered_by=clinic.lin.id,
                )
            )
        unit.commit()
    for number in (ann.id, ben.id):
        with clinic.store.read() as one_by_one:
            wanted = {kind: one_by_one.find(kind, **{field: number}) for kind, field in OF_A_PATIENT.items()}
        for records in (clinic.store.read(), clinic.store.write(PROGRAM)):
            with records, said(monkeypatch) as heard:
                records.read_ahead(number, OF_A_PATIENT)
                records.read_ahead(number, OF_A_PATIENT)
                found = {kind: records.find(kind, **{field: number}) for kind, field in OF_A_PATIENT.items()}
                assert repr(found) == repr(wanted)  # in which 35 is not 35.0
                asked = [one for one in heard if "SELECT" in one]
            assert len(asked) == is_address(clinic.store.where)
    with clinic.store.read() as records:
        records.read_ahead(999, OF_A_PATIENT)
        with pytest.raises(NotFound):
            records.get(Patient, 999)


def test_what_was_read_ahead_is_read_anew_once_it_is_changed(clinic):
    with clinic.store.write(PROGRAM) as unit:
        unit.read_ahead(clinic.amara.id, OF_A_PATIENT)
        assert unit.find(Package, patient_id=clinic.amara.id) == []
        added = unit.add(Package(patient_id=clinic.amara.id, modality="iv", name="Six"))
        assert unit.find(Package, patient_id=clinic.amara.id) == [added]


def consultations(clinic: SmallClinic) -> list[Visit]:
    """Two of a day."""
    wishes = [clinic.wish("FUP", minute=minute) for minute in (600, 780)]
    return [book(clinic.store, clinic.desk, one).visits[0] for one in wishes]


def one_nurse(_nurse: int) -> int:
    return 1


def test_places_that_were_looked_at_are_looked_at_anew_once_they_change(clinic):
    first, second = consultations(clinic)
    mine = claims_of(first, clinic.type_of(first))
    theirs = [replace(one, visit_id=second.id) for one in mine]
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        with pytest.raises(Conflict):
            unit.must_be_free(mine, one_nurse)
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        unit.place([first.id], (), one_nurse)
        unit.must_be_free(theirs, one_nurse)
        unit.place([second.id], theirs, one_nurse)
        with pytest.raises(Conflict):
            unit.must_be_free(mine, one_nurse)


def test_whoever_came_between_without_a_lock_is_named(kept_clinic):
    """Free when it was looked at, and taken by a program that locks nothing: the database says so."""
    clinic = kept_clinic
    early, late = consultations(clinic)
    earlier = [
        replace(one, start=one.start - 120, end=one.end - 120)
        for one in claims_of(early, clinic.type_of(early))
    ]
    taken = next(one for one in earlier if one.kind is ClaimKind.ROOM)
    values = f"{place(taken.kind, taken.resource_id)}, {taken.start}, {taken.end}, {late.id}"
    with clinic.store.write(PROGRAM) as unit:
        unit.lock_days([MONDAY])
        unit.must_be_free(earlier, one_nurse)
        with beside(clinic.store.where) as other:
            other.run(f"INSERT INTO claim (place, starts, ends, visit_id) VALUES ({values})")
        with pytest.raises(Conflict) as caught:
            unit.place([early.id], earlier, one_nurse)
    assert [(one.kind, one.visit_id) for one in caught.value.taken] == [(ClaimKind.ROOM, late.id)]
