"""The card a patient takes along: days and times of the course, and whom to call."""

from datetime import timedelta

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.people.model import Clearance
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.reports.course_card import card_document, read_courses
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.clearing import withdraw
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import CourseTemplate, Visit
from tests.printing.reading import pages, raw_pages
from tests.small_clinic import BEA, MONDAY, SmallClinic


def booked(clinic: SmallClinic, numbers: range = range(1, 7)) -> tuple[Visit, ...]:
    """Visits of six IV treatments, on Mondays, Wednesdays and Fridays at ten."""
    with clinic.store.read() as records:
        template = next(one for one in records.find(CourseTemplate) if len(one.type_codes) == 6)
    days = [MONDAY + timedelta(days=n) for n in (0, 2, 4, 7, 9, 11)]
    code = template.type_codes[0]
    wishes = [(n, clinic.wish(code, 600, day=days[n - 1])) for n in numbers]
    return tuple(book_course(clinic.store, PROGRAM, CourseWish(template, wishes)).visits)


def card(clinic: SmallClinic) -> str:
    (page,) = pages(render_pdf(card_document(read_courses(clinic.store, clinic.amara.id))))
    return page


def test_it_has_one_line_for_each_visit_and_the_phone(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    text = card(any_clinic)
    for number, day in enumerate(("Mon, Nov 16", "Wed, Nov 18", "Fri, Nov 20"), start=1):
        assert f"{day} 10:00 AM {number} of 6" in text
    assert text.count("10:00 AM") == 6
    assert "Test clinic" in text
    assert "Amara O." in text
    assert "Call us if you cannot come: (217) 555-0100" in text


def test_it_names_no_treatment(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    assert "etamin" not in card(any_clinic)


def test_what_waits_for_a_time_and_what_was_cancelled(any_clinic: SmallClinic) -> None:
    *_, last = booked(any_clinic, range(1, 6))
    cancel(any_clinic.store, PROGRAM, last.id, last.version, CancelReason.MISTAKE)
    text = card(any_clinic)
    assert text.count("10:00 AM") == 4
    assert "Not yet given a time: 2." in text


def test_a_held_visit_is_not_printed_as_if_it_were_firm(any_clinic: SmallClinic) -> None:
    _, second, *_ = booked(any_clinic)
    name_driver(any_clinic.store, PROGRAM, [(second.id, second.version)], None)
    text = card(any_clinic)
    assert "Mon, Nov 16 10:00 AM 1 of 6 Wed" in text
    assert "Wed, Nov 18 10:00 AM 2 of 6 *" in text
    assert "* Not confirmed yet: we still need to know who takes you home." in " ".join(text.split())
    name_driver(any_clinic.store, PROGRAM, [(second.id, second.version + 1)], BEA)
    assert "*" not in card(any_clinic)


def test_what_a_visit_waits_for_besides_is_said_in_plain_words(any_clinic: SmallClinic) -> None:
    six = booked(any_clinic)
    name_driver(any_clinic.store, PROGRAM, [(six[0].id, six[0].version)], None)
    with any_clinic.store.read() as records:
        (cleared,) = [one for one in records.find(Clearance) if one.modality == "iv"]
    withdraw(any_clinic.store, any_clinic.prescriber, cleared.id, cleared.version, "unstable")
    text = " ".join(card(any_clinic).split())
    assert text.count(" of 6 *") == 6
    assert "we still need an OK from our medical team, and who takes you home." in text


def test_the_card_is_as_small_as_a_wallet(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    pdf = render_pdf(card_document(read_courses(any_clinic.store, any_clinic.amara.id)))
    assert pdf.page_count == 1
    lines = raw_pages(pdf)[0].splitlines()
    assert len(lines) < 30


def test_a_course_that_is_over_has_no_card(any_clinic: SmallClinic) -> None:
    assert read_courses(any_clinic.store, any_clinic.amara.id) == ()
