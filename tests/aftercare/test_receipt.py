"""The slip for the chart."""

import pytest

from clinic_desktop.aftercare.compose import compose_receipt
from clinic_desktop.aftercare.filling import Handover
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.values import SheetVersion
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.sample import MADE, at, facts
from tests.printing.reading import read

WORDING = SheetVersion("spravato", 3, "en")


def receipt(kind: str = "iv", handover: Handover = Handover(), **other) -> str:  # noqa: B008 - frozen
    document = compose_receipt(shipped_template("receipt"), facts(kind, **other), WORDING, MADE, handover)
    pdf = render_pdf(document)
    assert pdf.page_count == (2 if facts(kind, **other).large_print else 1)
    return read(pdf)


def test_what_is_known_is_printed():
    words = receipt(handover=Handover("Daniel Okafor", "Maya Jensen, RN", at(12, 6)))
    assert "Handed to: Daniel Okafor Handed over by: Maya Jensen, RN Time: 12:06 PM" in words


def test_what_is_not_known_yet_is_written_by_hand():
    assert "Handed to: Handed over by: Time:" in receipt()


def test_it_names_patient_day_and_version():
    words = receipt()
    assert "Patient: Amara Okafor Visit: Tuesday, November 17, 2026" in words
    assert "English, version 3, copy 1" in words


def test_patient_driver_and_nurse_sign():
    words = receipt()
    assert words.count("Time") == 4
    assert "Patient: Amara Okafor Time" in words
    assert "Name: Daniel Okafor Time" in words


@pytest.mark.parametrize("kind", ["iv", "spravato"])
def test_it_names_no_drug_and_no_session(kind):
    words = receipt(kind).lower()
    for word in ("spravato", "ketamine", "infusion", " iv ", "dose", "session", "mg"):
        assert word not in words


def test_it_carries_no_number_of_the_record():
    assert f"Visit {facts().visit_id}." not in receipt()
    assert str(facts().visit_id) not in receipt()


def test_large_print_takes_two_pages():
    assert "Amara Okafor" in receipt(large_print=True)


def test_a_sheets_text_is_no_receipt():
    with pytest.raises(ValueError, match="no receipt"):
        compose_receipt(shipped_template("iv"), facts(), WORDING, MADE)
