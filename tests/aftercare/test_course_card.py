"""The card a patient takes along: days and times of the course, and whom to call."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.aftercare.approving import TextName, approve
from clinic_desktop.aftercare.approving import withdraw as withdraw_text
from clinic_desktop.aftercare.course_card import card_again, card_pages, keep_card, same_card_pages
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.phrases import PHRASES
from clinic_desktop.aftercare.private_words import private_words
from clinic_desktop.aftercare.sample_facts import Sample, sample_page
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.texts import shipped_text
from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.document import Cards, PageSize
from clinic_desktop.foundation.errors import ClinicProblem, Refusal, RightMissing
from clinic_desktop.people.model import Clearance, Patient
from clinic_desktop.printing.fonts import faces
from clinic_desktop.printing.pages import lay_out
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.printing.pieces import Cells
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.clearing import withdraw
from clinic_desktop.scheduling.courses import CourseWish, book_course
from clinic_desktop.scheduling.holding import name_driver
from clinic_desktop.scheduling.model import CourseTemplate, Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.scheduling.papers import Paper
from tests.printing.reading import pages
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
    (page,) = pages(card_pages(clinic.store, clinic.amara.id, render_pdf).pdf)
    return " ".join(page.split())


def speaks(clinic: SmallClinic, language: str, **other: object) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), language=language, **other))
        unit.commit()


def spanish(clinic: SmallClinic) -> TextName:
    """Amara reads Spanish, and a prescriber has approved the card in it."""
    speaks(clinic, "es")
    with clinic.store.read() as records:
        text = shipped_text(records, "course-card", "es")
    name = TextName("course-card", "es", text.number, text.shipped)
    approve(clinic.store, clinic.prescriber, name, render_pdf)
    return name


def papers(clinic: SmallClinic) -> list[Paper]:
    with clinic.store.read() as records:
        return records.find(Paper)


def test_it_has_one_line_for_each_visit_and_the_phone(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    text = card(any_clinic)
    for number, day in enumerate(("Mon, Nov 16", "Wed, Nov 18", "Fri, Nov 20"), start=1):
        assert f"{day} 10:00 AM {number} of 6" in text
    assert text.count("10:00 AM") == 6
    assert "Test clinic" in text
    assert "Amara O." in text
    assert "Call us if you cannot come (217) 555-0100" in text


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


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_the_card_is_as_small_as_a_wallet_in_every_language(language: str) -> None:
    """3.5 by 2.25 inches once it is folded, with six visits, of which some wait."""
    document = sample_page(shipped_template("course-card", language), PageSize.LETTER, Sample.USUAL)
    (cards,) = document.blocks
    assert isinstance(cards, Cards)
    (row,) = lay_out(document, faces()).pages[0]
    assert isinstance(row, Cells)
    assert (2 * cards.width, row.height) == (504, 162)


def test_in_large_print_it_is_a_page_to_read(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    speaks(any_clinic, "en", large_print=True)
    pages_of = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    assert pages_of.cards[0].large_print
    assert "Wed, Nov 18 10:00 AM 2 of 6" in " ".join(pages(pages_of.pdf)[0].split())


def test_a_course_that_is_over_has_no_card(any_clinic: SmallClinic) -> None:
    with pytest.raises(Refusal, match="visits to come of a course, and there are none"):
        card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)


def test_it_is_in_the_patients_language_once_it_is_approved_in_it(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    speaks(any_clinic, "es")
    before = card(any_clinic)
    assert "Draft, not yet approved" in before
    assert "Call us if you cannot come" in before
    assert "Repase esta hoja con un intérprete" in before
    (why,) = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf).why
    assert why.sentence().startswith("It is in English: no Spanish text of it is approved.")
    spanish(any_clinic)
    after = card(any_clinic)
    assert "Llámenos si no puede venir" in after
    assert "lun, 16 nov 10:00 a. m. 1 de 6" in after
    assert "Borrador" not in after
    assert card_pages(any_clinic.store, any_clinic.amara.id, render_pdf).why == ()


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_it_names_no_treatment_in_any_language(language: str) -> None:
    page = sample_page(shipped_template("course-card", language), PageSize.LETTER, Sample.USUAL)
    text = " ".join(pages(render_pdf(page)))
    assert "Karl M." in text
    assert "Meyer" not in text
    assert not list(private_words("course-card", language, text))


def test_what_went_out_is_kept_with_its_words_and_made_again_as_it_was(any_clinic: SmallClinic) -> None:
    """Whatever became of the visits and of the text since."""
    first, *_ = booked(any_clinic)
    name = spanish(any_clinic)
    made = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    keep_card(any_clinic.store, any_clinic.desk, made)
    (paper,) = papers(any_clinic)
    with any_clinic.store.read() as records:
        text = records.get(SheetText, paper.text_id)
    assert (text.kind, text.language, text.number) == ("course-card", "es", name.number)
    move(any_clinic.store, PROGRAM, [to(first, minute=660)])
    speaks(any_clinic, "en", preferred_name="Ama")
    withdraw_text(any_clinic.store, any_clinic.prescriber, name, "a wrong word")
    assert card_again(any_clinic.store, paper, render_pdf) == made.pdf
    assert card_pages(any_clinic.store, any_clinic.amara.id, render_pdf).pdf != made.pdf


def test_a_card_is_printed_again_as_it_went_out_and_its_foot_says_so(any_clinic: SmallClinic) -> None:
    """Though the visit has moved since, which is said; and that print is on record like the first."""
    first, *_ = booked(any_clinic)
    keep_card(
        any_clinic.store, any_clinic.desk, card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    )
    any_clinic.clock.at += timedelta(hours=2)
    move(any_clinic.store, PROGRAM, [to(first, minute=660)])
    again = same_card_pages(any_clinic.store, any_clinic.nurse, any_clinic.amara.id, render_pdf)
    text = " ".join(" ".join(pages(again.pdf)).split())
    assert "Mon, Nov 16 10:00 AM 1 of 6" in text
    assert "Printed again" in text
    assert ["now it is Mon, Nov 16, 11:00 AM" in one.sentence() for one in again.why] == [True]
    keep_card(any_clinic.store, any_clinic.nurse, again)
    one, two = papers(any_clinic)
    assert (two.named, two.text_id, two.made_by) == (one.named, one.text_id, any_clinic.nurse.person_id)
    assert card_again(any_clinic.store, two, render_pdf) == again.pdf
    assert card_again(any_clinic.store, one, render_pdf) != again.pdf


def test_a_draft_that_is_printed_again_stays_a_draft(any_clinic: SmallClinic) -> None:
    """Its words were approved since; the patient holds the ones that were not."""
    booked(any_clinic)
    keep_card(
        any_clinic.store, any_clinic.desk, card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    )
    with any_clinic.store.read() as records:
        text = shipped_text(records, "course-card", "en")
    approve(
        any_clinic.store,
        any_clinic.prescriber,
        TextName("course-card", "en", text.number, text.shipped),
        render_pdf,
    )
    again = same_card_pages(any_clinic.store, any_clinic.desk, any_clinic.amara.id, render_pdf)
    assert "Draft, not yet approved" in " ".join(pages(again.pdf)[0].split())
    keep_card(any_clinic.store, any_clinic.desk, again)
    assert [one.facts["draft"] for one in papers(any_clinic)] == [True, True]


def test_where_no_card_went_out_none_is_printed_again(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    with pytest.raises(Refusal, match="No course card of this patient is on record"):
        same_card_pages(any_clinic.store, any_clinic.desk, any_clinic.amara.id, render_pdf)


def test_a_card_that_is_out_is_on_record_also_where_its_text_was_withdrawn_meanwhile(
    any_clinic: SmallClinic,
) -> None:
    booked(any_clinic)
    name = spanish(any_clinic)
    made = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    withdraw_text(any_clinic.store, any_clinic.prescriber, name, "a wrong word")
    keep_card(any_clinic.store, any_clinic.desk, made)
    assert len(papers(any_clinic)) == 1


def test_the_database_takes_no_card_in_words_that_nobody_approved(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    made = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    with any_clinic.store.read() as records:
        draft = shipped_text(records, "course-card", "es")
    with pytest.raises(ClinicProblem, match="not approved, and is not handed out"):
        keep_card(any_clinic.store, any_clinic.desk, replace(made, chosen=replace(made.chosen, text=draft)))
    assert papers(any_clinic) == []


def test_what_a_card_said_is_not_rewritten(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    made = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    keep_card(any_clinic.store, any_clinic.desk, made)
    (paper,) = papers(any_clinic)
    with any_clinic.store.write(PROGRAM) as unit, pytest.raises(ClinicProblem):
        unit.save(replace(paper, facts={}))
    assert papers(any_clinic) == [paper]


def test_who_sees_nothing_keeps_no_card(any_clinic: SmallClinic) -> None:
    booked(any_clinic)
    made = card_pages(any_clinic.store, any_clinic.amara.id, render_pdf)
    with pytest.raises(RightMissing):
        keep_card(any_clinic.store, Actor(1, frozenset()), made)
