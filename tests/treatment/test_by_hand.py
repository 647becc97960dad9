"""A visit's record on paper: what is planned is printed, and there is a place for all that will happen."""

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.records import changed
from clinic_desktop.people.model import Order, Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.model import Clinic, Visit
from clinic_desktop.treatment.by_hand import visit_by_hand
from clinic_desktop.treatment.rems_sheet import blank_worksheet
from tests.printing.reading import pages
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import Stay, booked


def paper(stay: Stay) -> str:
    with stay.clinic.store.read() as records:
        document = visit_by_hand(records, records.get(Visit, stay.visit_id), instant(7))
    found = pages(render_pdf(document))
    assert len(found) <= 2
    return " ".join(found)


def test_what_is_planned_stands_on_it(any_clinic: SmallClinic) -> None:
    with any_clinic.store.write(PROGRAM) as unit:
        amara = unit.get(Patient, any_clinic.amara.id)
        unit.save(changed(amara, allergies="latex", alerts="needs the ramp"))
        modality, lin = "spravato", any_clinic.lin.id
        unit.add(
            Order(
                patient_id=amara.id,
                modality=modality,
                drug="esketamine",
                route="nasal",
                dose=56,
                ordered_by=lin,
            )
        )
        unit.commit()
    text = paper(booked(any_clinic))
    for said in (
        "Okafor, Amara",
        "April 12, 1984",
        "be here 9:45 AM, room 10:00 AM, leaves about",
        "Spravato 1, nurse Maya Jones",
        "esketamine 56 mg, nasal",
        "latex",
        "needs the ramp",
        "Bea Marsh, (217) 555-0142, sister, named",
        "As planned on Mon, Nov 16, 7:00 AM. Later changes are not on it.",
    ):
        assert said in text


def test_an_order_that_is_missing_is_said_where_the_dose_would_stand(any_clinic: SmallClinic) -> None:
    assert "NO ORDER on record. Ask the prescriber" in paper(booked(any_clinic))


def test_r4_spravato_has_three_devices_the_40_minutes_and_the_floor(any_clinic: SmallClinic) -> None:
    text = paper(booked(any_clinic))
    assert "Device Time mg Lot By 1 2 3" in text
    assert "40 min after the first device" in text
    assert "120 minutes after the last device." in text
    assert "enrolled in the REMS" in text
    assert "line out" not in text


def test_an_infusion_has_its_checks_by_the_clinics_minutes_and_counts_from_its_end(
    any_clinic: SmallClinic,
) -> None:
    with any_clinic.store.write(PROGRAM) as unit:
        clinic = unit.get(Clinic, 1)
        policies = changed(clinic.policies, iv_vitals_minutes=20, iv_recovery_minutes=45)
        unit.save(changed(clinic, policies=policies))
        unit.commit()
    text = paper(booked(any_clinic, "IVM"))
    assert "20 min after the start 40 min after the start" in text
    assert "10 min after the start" not in text
    assert "45 minutes after the infusion ended." in text
    assert "line out, site checked" in text


def test_everything_that_a_release_asks_has_a_place(any_clinic: SmallClinic) -> None:
    text = paper(booked(any_clinic))
    for said in ("falling, and signed", "breathing settled", "walks steadily", "driver here", "Released by"):
        assert said in text
    assert "At or above 160 or 100: tell the prescriber" in text


def test_the_rems_worksheet_of_a_session_to_come_knows_the_patient_alone(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic)
    with any_clinic.store.read() as records:
        document = blank_worksheet(records, records.get(Visit, stay.visit_id), instant(7))
    text = " ".join(pages(render_pdf(document)))
    assert "First name Amara" in text
    assert "Treatment date (MM/DD/YYYY) 11/16/2026" in text
    assert "Lot number(s) Not on record:" in text
    assert "No. Time Dose Lot 1 2 3" in text
    assert "Due Mon, Nov 23." in text
