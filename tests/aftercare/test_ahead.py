"""A sheet filled in before the visit: it knows nothing of a dose, says what it is, and is on no record."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from clinic_desktop.aftercare.ahead import MARK, ahead_of, ahead_sheet
from clinic_desktop.aftercare.compose import Made, compose_ahead
from clinic_desktop.aftercare.fields import FIELDS
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.sample_facts import longest_facts
from clinic_desktop.aftercare.values import AFTER_TREATMENT, Sheet, SheetKind
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.document import Blank, PageSize, Run
from clinic_desktop.foundation.records import changed
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.model import Clinic, Visit
from clinic_desktop.treatment.printed import SheetPrint
from tests.printing.reading import pages
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import Stay, booked

AT_TWO = 14 * 60
TIMES = ("drive_time", "drive_from", "infusion_end", "last_dose", "alcohol_until", "decisions_until")
COUNTED = ("drive_date", "adult_until", *TIMES)


def read(stay: Stay) -> list[str]:
    """The text of each page, made at 7 AM."""
    with stay.clinic.store.read() as records:
        document = ahead_sheet(records, records.get(Visit, stay.visit_id), instant(7))
    return pages(render_pdf(document)) if document else []


def whole(stay: Stay) -> str:
    return " ".join(read(stay))


def test_every_page_says_that_it_was_filled_in_before_the_visit(any_clinic: SmallClinic) -> None:
    found = read(booked(any_clinic, "IVM"))
    assert len(found) == 2
    for page in found:
        assert page.count(MARK) >= 2  # in the box or the head, and at the foot
    assert "It counts only once the clinic has written the times on its lines." in found[0]
    assert "Times written by" in found[0]


def test_iv_day_and_time_of_driving_are_lines_because_no_infusion_has_ended(any_clinic: SmallClinic) -> None:
    text = whole(booked(any_clinic, "IVM", AT_TWO))
    assert "Do not drive. Not before" in text
    assert "November 17" not in text  # 24 hours after the planned time
    assert "2:00 PM" not in text
    assert "Your infusion ended at" in text
    assert "Your last dose was" not in text
    assert "Driving, the day and then the time: 24 hours after the infusion ended." in text


def test_l4_spravato_the_day_after_is_known_and_no_time_is_printed(any_clinic: SmallClinic) -> None:
    text = whole(booked(any_clinic, "SP56", AT_TWO))
    assert "Do not drive until tomorrow, Tuesday, November 17, 2026," in text
    assert "2:00 PM" not in text
    assert "The day holds for a visit on November 16, 2026 alone." in text


def test_who_comes_and_who_drives_stands_on_it_with_the_mark_of_a_draft(any_clinic: SmallClinic) -> None:
    text = whole(booked(any_clinic, "IVM"))
    assert "Patient: Amara Okafor" in text
    assert "Your ride: Bea Marsh" in text
    assert "Draft, not yet approved by the clinic" in text


def test_an_adult_is_asked_for_with_a_line_only_where_the_clinic_asks(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, "IVM")
    assert "Have an adult with you" not in whole(stay)
    with any_clinic.store.write(PROGRAM) as unit:
        clinic = unit.get(Clinic, 1)
        unit.save(changed(clinic, policies=changed(clinic.policies, adult_hours=24)))
        unit.commit()
    assert "Have an adult with you until ." in whole(stay)


def test_without_an_approved_translation_it_is_english_with_the_notice(any_clinic: SmallClinic) -> None:
    with any_clinic.store.write(PROGRAM) as unit:
        unit.save(changed(unit.get(Patient, any_clinic.amara.id), language="es"))
        unit.commit()
    text = whole(booked(any_clinic, "IVM"))
    assert "After your ketamine treatment" in text
    assert "interpreter" in text


def test_nothing_is_on_record_of_it(any_clinic: SmallClinic) -> None:
    stay = booked(any_clinic, "IVM")
    number = any_clinic.store.change_number()
    assert read(stay)
    assert any_clinic.store.change_number() == number
    with any_clinic.store.read() as records:
        assert not records.find(Sheet)
        assert not records.find(SheetPrint)


def test_a_visit_that_ends_without_a_sheet_has_none(any_clinic: SmallClinic) -> None:
    assert read(booked(any_clinic, "FUP")) == []


@pytest.mark.parametrize("infused", [True, False])
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-Hans"])
@pytest.mark.parametrize("kind", AFTER_TREATMENT)
def test_l4_of_all_that_counts_from_the_dose_only_spravatos_day_is_printed(
    kind: str, language: str, *, infused: bool
) -> None:
    facts = longest_facts(kind, PageSize.LETTER, large_print=False)
    given = facts.infusion_end or facts.last_dose
    facts = replace(
        facts,
        infusion_end=given if infused else None,
        last_dose=None if infused else given,
        language=language,
    )
    page = compose_ahead(shipped_template(kind, language), facts, Made(instant(7), ""), ahead_of(facts))
    counted = {FIELDS[name].label for name in COUNTED}
    found = {run.origin for run in runs(page.blocks) if run.origin in counted}
    assert found == ({FIELDS["drive_date"].label} if kind == SheetKind.SPRAVATO else set())
    assert blanks(page.blocks) >= 2


def runs(value: object) -> Iterator[Run]:
    """Every run in blocks, however deep."""
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from runs(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from runs(getattr(value, field.name))


def blanks(value: object) -> int:
    if isinstance(value, Blank):
        return 1
    if isinstance(value, tuple):
        return sum(map(blanks, value))
    return sum(blanks(getattr(value, one.name)) for one in fields(value)) if is_dataclass(value) else 0
