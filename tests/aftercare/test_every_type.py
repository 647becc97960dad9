"""Every visit type that ends with a sheet gets one from a real session, in words that fit what was given."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.aftercare.sheets import make_sheet
from clinic_desktop.foundation.actor import PROGRAM, Role
from clinic_desktop.people.model import Clearance, Shift, Staff
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.defaults_types import VISIT_TYPES
from clinic_desktop.scheduling.model import PhaseKind, Visit, VisitType
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.recording import record
from clinic_desktop.treatment.session import devices_planned, minutes_of
from tests.aftercare.test_sheets import text_of
from tests.small_clinic import MONDAY, SmallClinic, instant

K = StampKind
WITH_SHEET = [one for one in VISIT_TYPES if one.sheet]
TOMORROW = "Tuesday, November 17"


def on_the_books(clinic: SmallClinic, visit_type: VisitType) -> Visit:
    """Amara's visit at 10, in a room that fits, with whoever the type asks for."""
    room = next(one for one in clinic.rooms.values() if visit_type.needs_fit in one.fits)
    with clinic.store.write(PROGRAM) as unit:
        therapist = unit.add(Staff(name="Ida Berg", initials="IB", roles=frozenset({Role.THERAPIST})))
        unit.add(Shift(staff_id=therapist.id, weekdays=frozenset(range(5)), start=450, end=1080))
        unit.add(Clearance(
            patient_id=clinic.amara.id, modality=visit_type.modality, cleared_by=clinic.lin.id,
            on=MONDAY, until=MONDAY + timedelta(days=90),
        ))  # fmt: skip
        unit.commit()
    wish = replace(clinic.wish(), type_code=visit_type.code, room_id=room.id, therapist_id=therapist.id)
    return book(clinic.store, clinic.prescriber, wish, override="chosen by the prescriber").visits[0]


def given(visit_type: VisitType) -> list[Stamp]:
    """What is recorded of it: an infusion from 10:15 on, or a dose at 10:15 (Spravato: each device)."""
    begun = instant(10, 15)
    if length := minutes_of(visit_type, PhaseKind.INFUSION):
        return [
            Stamp(kind=K.INFUSION_START, at=begun, dose=35, unit="mg"),
            Stamp(kind=K.INFUSION_STOP, at=begun + timedelta(minutes=length)),
        ]
    devices = range(devices_planned(visit_type) or 1)
    return [Stamp(kind=K.DOSE, at=begun + timedelta(minutes=5 * n), dose=28, lot="1") for n in devices]


def sheet_of(clinic: SmallClinic, visit_type: VisitType) -> str:
    visit = on_the_books(clinic, visit_type)
    clinic.clock.at = instant(17)
    record(clinic.store, clinic.nurse, visit.id, given(visit_type), happened=True)
    return text_of(make_sheet(clinic.store, clinic.nurse, visit.id, render_pdf).pdf.data)


@pytest.mark.parametrize("visit_type", WITH_SHEET, ids=lambda one: one.code)
def test_every_type_with_a_sheet_gets_one(clinic: SmallClinic, visit_type: VisitType) -> None:
    text = sheet_of(clinic, visit_type)
    infused = bool(minutes_of(visit_type, PhaseKind.INFUSION))
    assert "Amara Okafor" in text
    assert TOMORROW in text
    assert ("Your infusion ended at" in text) is infused
    assert ("Your arm" in text) is infused
    assert ("Your last dose was at" in text) is (visit_type.sheet != "spravato" and not infused)


@pytest.mark.parametrize("code", ["IMK", "KAP"])
def test_without_an_infusion_the_hours_count_from_the_last_dose(clinic: SmallClinic, code: str) -> None:
    visit_type = next(one for one in WITH_SHEET if one.code == code)
    text = sheet_of(clinic, visit_type)
    assert f"{TOMORROW}, 2026, 10:15 AM" in text
    assert "Your last dose was at 10:15 AM." in text
    assert "infusion" not in text


def test_each_way_of_treating_has_words_of_its_own() -> None:
    kinds = {one.code: one.sheet for one in WITH_SHEET}
    assert (kinds["IVM"], kinds["IVP"], kinds["IMK"], kinds["KAP"]) == ("iv", "iv-pain", "im", "kap")
    assert {kinds[code] for code in ("SP1", "SP56", "SP84")} == {"spravato"}


def test_a_visit_without_a_drug_has_no_sheet() -> None:
    """Nobody is kept from driving after a talk."""
    assert {one.code for one in VISIT_TYPES} - {one.code for one in WITH_SHEET} == {
        "CON", "CONF", "FUP", "PREP", "INT",
    }  # fmt: skip
