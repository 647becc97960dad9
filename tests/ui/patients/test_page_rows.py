"""What the page says, line by line, without a window."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.people.model import Clearance, Order, Patient, UsualDriver
from clinic_desktop.people.patients import edit
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.ui.patients.page_facts import PageFacts, read_page, todays_patients
from clinic_desktop.ui.patients.page_head import identity_words, name_words, similar_title
from clinic_desktop.ui.patients.page_rows import (
    clearance_lines,
    driver_lines,
    order_lines,
    permission_words,
    reach_facts,
    screening_words,
    signature_words,
    to_do_lines,
    treatment_facts,
    visit_lines,
)
from tests.people.small_clinic import TODAY, small_clinic
from tests.ui.patients.many import fill


@pytest.fixture
def clinic(tmp_path):
    with small_clinic(tmp_path) as made:
        yield made


@pytest.fixture
def amara(clinic) -> PageFacts:
    """The page of the one of whom everything is known."""
    return read_page(clinic.store, fill(clinic).id, TODAY)


def rows(lines) -> list[tuple[str, str, str]]:
    return [(line.row.text, line.row.detail, line.row.badge or line.row.right) for line in lines]


def test_who_it_is(amara):
    assert name_words(amara.patient) == "Okafor, Amara “Mara”"
    assert identity_words(amara) == "Apr 12, 1984 (42)  ·  C00050  ·  (512) 555-0142"


def test_clearances_say_until_when_by_whom_and_how_they_stand(amara):
    given = amara.clearances[0]
    ended = replace(given, id=8, modality="im", on=date(2025, 1, 1), until=date(2026, 1, 1))
    soon = replace(given, id=9, modality="spravato", until=TODAY + timedelta(days=10))
    assert rows(clearance_lines(replace(amara, clearances=(given, ended, soon)))) == [
        ("IV ketamine", "to Nov 3, 2027, Dr. Lena Lin, Nov 3, 2026", "Cleared"),
        ("Spravato", "to Nov 27, 2026, Dr. Lena Lin, Nov 3, 2026", "Ends soon"),
        ("Intramuscular ketamine", "to Jan 1, 2026, Dr. Lena Lin, Jan 1, 2025", "Ended"),
    ]


def test_a_withdrawn_clearance_says_why(amara, clinic):
    gone = replace(amara.clearances[0], withdrawn_at=clinic.clock.at, note="new arrhythmia")
    assert rows(clearance_lines(replace(amara, clearances=(gone,)))) == [
        ("IV ketamine", "withdrawn: new arrhythmia", "Withdrawn")
    ]


def test_orders_in_force_come_first(amara):
    ended = Order(77, 1, amara.patient.id, "spravato", "esketamine", "nasal", 56, visits=0)
    assert rows(order_lines(replace(amara, orders=(ended, *amara.orders)))) == [
        ("IV ketamine, 0.5 mg/kg (36 mg at 72 kg)",
         "every 3 days, 5 visits left, to Feb 1, 2027, Dr. Lena Lin, ketamine IV", "In force"),
        ("Spravato, 56 mg", "esketamine nasal", "Ended"),
    ]  # fmt: skip


def test_of_two_orders_in_force_it_says_that_neither_counts(amara):
    (order,) = amara.orders
    both = replace(amara, orders=(order, replace(order, id=78, dose=0.75)))
    assert [line.row.badge for line in order_lines(both)] == ["Does not count", "Does not count"]
    asked = next(one.row for one in to_do_lines(both) if "Which order" in one.row.text)
    assert asked.text == "Which order for IV ketamine counts?"
    assert asked.detail.startswith("Two records became one: ")
    assert asked.detail.endswith(" A prescriber writes a new one.")


def test_an_order_says_what_was_written_with_it(amara):
    (order,) = amara.orders
    noted = replace(order, note="give it slowly; lower doses did not help")
    detail = order_lines(replace(amara, orders=(noted,)))[0].row.detail
    assert detail.startswith("give it slowly, lower doses did not help, every 3 days")


def test_an_order_says_how_many_visits_are_left(amara):
    (order,) = amara.orders
    dosed = tuple(Visit(id=90 + n, order_id=order.id) for n in range(4))
    assert "1 visit left" in order_lines(replace(amara, visits=dosed))[0].row.detail
    (line,) = order_lines(replace(amara, visits=(*dosed, Visit(id=99, order_id=order.id))))
    assert ("0 visits left" in line.row.detail, line.row.badge) == (True, "Ended")


def test_drivers_say_how_and_when(amara):
    assert rows(driver_lines(amara)) == [
        ("Daniel Okafor, husband", "Drives, any day", "(512) 555-0178"),
        ("Ngozi Eze, friend", "Drives, Fri, 9:00 AM to 2:00 PM", "(512) 555-0115"),
    ]
    alone = replace(amara, patient=replace(amara.patient, drivers=(UsualDriver(""),)))
    assert rows(driver_lines(alone))[0][0] == "Alone"


def test_visits_to_come_stand_before_those_that_were(amara, clinic):
    planned = visit_lines(amara)
    assert [line.row.text for line in planned] == [
        "Tue, Nov 17, 4:00 PM", "Wed, Nov 18, 9:00 AM", "Fri, Nov 20, 10:00 AM",
        "Tue, Nov 24, 10:00 AM", "Fri, Nov 27, 10:15 AM",
    ]  # fmt: skip
    assert planned[2].row.detail == "IV ketamine, Infusion 1, driver Daniel Okafor"
    first = planned[0].payload
    cancel(clinic.store, clinic.manager, first.id, first.version, CancelReason.PATIENT)
    after = visit_lines(read_page(clinic.store, amara.patient.id, TODAY))
    assert (after[-1].row.text, after[-1].row.right) == ("Tue, Nov 17, 4:00 PM", "Cancelled")


def test_the_check_list_and_who_signed_it(amara):
    assert screening_words(amara)[0] == "Reviewed"
    assert signature_words(amara) == "Maya Jones, Nov 17, 2026"
    nothing = replace(amara.screening, items=())
    assert signature_words(replace(amara, screening=nothing)) == "Nothing to note. Maya Jones, Nov 17, 2026"
    assert screening_words(replace(amara, screening=None))[0] == "Not asked yet"


def test_ways_to_reach_and_whom_may_be_told(amara):
    facts = dict(reach_facts(amara.patient))
    assert facts["May be contacted"] == "by voicemail, text message"
    assert facts["May be told"] == "Daniel Okafor (husband)"
    assert facts["Emergency"] == "Daniel Okafor, husband, (512) 555-0178"
    assert facts["Address"] == "12 Elm Street, Austin, TX 78701"
    nothing = dict(reach_facts(Patient()))
    assert nothing["Phone"] == nothing["Email"] == "Not recorded"
    assert permission_words(Patient()) == "by call in person only"
    spanish = dict(reach_facts(Patient(language="es", large_print=True)))
    assert spanish["Language"] == "Spanish, large print, interpreter"


def test_the_treatment_says_enrolment_and_allergies(amara):
    assert treatment_facts(amara.patient) == [
        ("Reason", "Treatment-resistant depression"),
        ("Spravato program", "Not enrolled"),
        ("Allergies", "Latex: rash"),
    ]
    enrolled = replace(amara.patient, rems_enrolled_on=date(2026, 11, 3), allergies="")
    assert dict(treatment_facts(enrolled))["Spravato program"] == "Nov 3, 2026"
    assert dict(treatment_facts(enrolled))["Allergies"] == "Not asked yet"


def test_nothing_is_to_do_for_whom_everything_is_known(amara):
    assert to_do_lines(amara) == []
    bare = replace(amara, patient=replace(amara.patient, allergies=""))
    assert [(line.row.text, line.payload) for line in to_do_lines(bare)] == [
        ("Ask about allergies. Write None known when there are none.", "allergies")
    ]


def test_a_modality_that_is_not_set_up_any_more_shows_its_code(amara):
    old = Clearance(9, 1, amara.patient.id, "nasal-2024", 1, TODAY, TODAY)
    assert clearance_lines(replace(amara, clearances=(old,)))[0].row.text == "nasal-2024"


def test_a_similar_name_on_the_day_of_the_next_visit_is_shown(clinic):
    amara = fill(clinic)
    today = todays_patients(clinic.store, TODAY)
    other = clinic.get(Patient, today[0])
    edit(clinic.store, clinic.reception, replace(other, given_name="Amari", family_name="Okafor"))
    page = read_page(clinic.store, amara.id, TODAY)
    assert [one.id for one in page.similar] == [other.id]
    assert similar_title(page) == "Similar name on the same day"
    assert similar_title(replace(page, visits=())) == "A similar name is booked today"
