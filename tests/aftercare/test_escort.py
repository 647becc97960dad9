"""A page for whoever takes the patient home: what to do tonight, when to call, and nothing else of theirs."""

from dataclasses import replace

import pypdfium2
import pytest

from clinic_desktop.aftercare import sheets
from clinic_desktop.aftercare.approving import TextName, approve, withdraw
from clinic_desktop.aftercare.compose import compose_escort
from clinic_desktop.aftercare.parse import parse_template, shipped_source, shipped_template
from clinic_desktop.aftercare.private_words import private_words
from clinic_desktop.aftercare.problems import Flaw, TextRefused
from clinic_desktop.aftercare.sample_facts import longest_page
from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.sheets import make_sheet, preview, print_again, still_true
from clinic_desktop.aftercare.texts import kinds_in_use, shipped_text
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.sample import MADE, facts
from tests.aftercare.test_sheets import choose, infusion, text_of
from tests.small_clinic import SmallClinic, instant

OF_THE_PATIENT = ("Okafor", "1984", "Amara Okafor", "20418", "November 20", "infusion ended", "sheet")


def page(kind: str = "iv", **other) -> str:
    made = compose_escort(shipped_template("escort"), facts(kind, first_name="Amara", **other), MADE)
    return text_of(render_pdf(made).data)


@pytest.fixture
def infused(clinic: SmallClinic) -> int:
    choose(clinic, escort_page=True)
    return infusion(clinic)


@pytest.mark.parametrize("kind", ["iv", "spravato"])
def test_it_knows_a_first_name_and_nothing_else(kind: str) -> None:
    text = page(kind)
    assert "Thank you for taking Amara home" in text
    assert not [word for word in OF_THE_PATIENT if word in text]
    assert not list(private_words("escort", "en", text))


def test_it_says_when_to_call_whom_and_until_when() -> None:
    text = page()
    for said in ("Call 911", "Call or text 988", "(512) 555-0199", "Wednesday, November 18, 11:11 AM"):
        assert said in text


def test_after_spravato_there_is_no_hour_of_driving() -> None:
    assert "must not drive before Wednesday, November 18, 2026, and only after a full night’s sleep" in page(
        "spravato"
    )


def test_without_a_first_name_it_says_the_patient() -> None:
    made = compose_escort(shipped_template("escort"), facts(), MADE)
    assert "Thank you for taking the patient home" in text_of(render_pdf(made).data)


@pytest.mark.parametrize("size", list(PageSize))
@pytest.mark.parametrize("large", [False, True])
def test_it_is_one_page_and_two_in_large_print(size: PageSize, large: bool) -> None:
    longest = longest_page(shipped_template("escort"), size, large_print=large)
    assert render_pdf(longest).page_count <= longest.most_pages == (2 if large else 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "Hoy recibió una dosis."),
        ("es", "Sirve contra la depresión."),
        ("vi", "Hôm nay đã tiêm."),
        ("ru", "Сегодня был укол."),
        ("zh-Hans", "今天打针了。"),
        ("ko", "오늘 케타민을 썼습니다."),
        ("ar", "أخذ اليوم جرعة والكيتامين."),
        ("ht", "Li pran yon piki."),
    ],
)
def test_nor_does_it_in_another_language(language: str, words: str) -> None:
    with pytest.raises(TextRefused) as refused:
        parse_template(f"{shipped_source('escort', language)}\n{words}\n", f"{language}/escort.md")
    assert {one.flaw for one in refused.value.problems} == {Flaw.PRIVATE_WORD}


@pytest.mark.parametrize("words", ["They had ketamine today.", "The dose was low.", "It treats depression."])
def test_no_text_of_it_tells_what_was_given_or_why(words: str) -> None:
    with pytest.raises(TextRefused) as refused:
        parse_template(f"{shipped_source('escort')}\n{words}\n", "en/escort.md")
    assert [one.flaw for one in refused.value.problems] == [Flaw.PRIVATE_WORD]


@pytest.mark.parametrize("field", ["patient_name", "birth_date", "infusion_end", "next_visits"])
def test_no_text_of_it_asks_for_more_of_the_patient(field: str) -> None:
    with pytest.raises(TextRefused) as refused:
        parse_template(f"{shipped_source('escort')}\n{{{{{field} or line}}}}\n", "en/escort.md")
    assert [one.flaw for one in refused.value.problems] == [Flaw.FIELD_NOT_HERE]


def test_it_comes_with_the_sheet_where_the_clinic_wants_it(clinic: SmallClinic, infused: int) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    pages = pypdfium2.PdfDocument(made.pdf.data)
    assert len(pages) == made.pdf.page_count == 3
    last = pages[2].get_textpage().get_text_range()
    assert "taking Amara home" in last
    assert "Page 1 of 1" in last
    assert preview(clinic.store, infused, render_pdf).page_count == 3
    assert print_again(clinic.store, made.sheet, render_pdf) == made.pdf


def spanish(clinic: SmallClinic) -> None:
    """Amara reads Spanish, and a prescriber has approved the page in it, not yet the sheet."""
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), language="es"))
        unit.commit()
    with clinic.store.read() as records:
        text = shipped_text(records, "escort", "es")
    approve(clinic.store, clinic.prescriber, TextName("escort", "es", text.number, text.shipped), render_pdf)


def test_family_reads_what_the_patient_reads_once_it_is_approved(clinic: SmallClinic, infused: int) -> None:
    spanish(clinic)
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    assert "Gracias por llevar a Amara" in text_of(made.pdf.data)
    assert made.sheet.language == "en"
    with clinic.store.read() as records:
        assert records.get(SheetText, made.sheet.escort_text_id).language == "es"
    assert print_again(clinic.store, made.sheet, render_pdf) == made.pdf
    choose(clinic, escort_in_english=True)
    assert print_again(clinic.store, made.sheet, render_pdf) == made.pdf, "what was made stays as it was"


def test_a_clinic_may_have_it_in_english_for_everybody(clinic: SmallClinic, infused: int) -> None:
    spanish(clinic)
    choose(clinic, escort_in_english=True)
    assert "taking Amara home" in text_of(
        make_sheet(clinic.store, clinic.nurse, infused, render_pdf).pdf.data
    )


def test_a_page_that_is_not_approved_in_their_language_goes_out_in_english(
    clinic: SmallClinic, infused: int
) -> None:
    with clinic.store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, clinic.amara.id), language="vi"))
        unit.commit()
    assert "taking Amara home" in text_of(
        make_sheet(clinic.store, clinic.nurse, infused, render_pdf).pdf.data
    )


def test_the_database_takes_no_page_in_words_that_nobody_approved(
    any_clinic: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(any_clinic, escort_page=True)
    visit_id = infusion(any_clinic)
    with any_clinic.store.read() as records:
        text = shipped_text(records, "escort", "es")
    monkeypatch.setattr(sheets, "_escort", lambda *_: text)
    with pytest.raises(ClinicProblem, match="not approved, and is not handed out"):
        make_sheet(any_clinic.store, any_clinic.nurse, visit_id, render_pdf)
    with any_clinic.store.read() as records:
        assert not records.find(Sheet)


def test_a_clinic_that_does_not_want_it_prints_the_sheet_alone(clinic: SmallClinic) -> None:
    made = make_sheet(clinic.store, clinic.nurse, infusion(clinic), render_pdf)
    assert made.sheet.escort_text_id is None
    with clinic.store.read() as records:
        assert "escort" not in kinds_in_use(records.setup())
    assert made.pdf.page_count == 2


def test_its_words_are_approved_like_all_others(clinic: SmallClinic, infused: int) -> None:
    """An old sheet keeps the page that went with it; a withdrawn one goes out no more."""
    draft = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    with clinic.store.read() as records:
        assert "escort" in kinds_in_use(records.setup())
        (text,) = records.find(SheetText, kind="escort")
    name = TextName("escort", "en", text.number, text.shipped)
    clinic.clock.at = instant(11, 5)
    approve(clinic.store, clinic.prescriber, name, render_pdf)
    made = make_sheet(clinic.store, clinic.nurse, infused, render_pdf)
    last = [text_of(one.pdf.data).rpartition("For the person who")[2] for one in (draft, made)]
    assert ["not yet approved" in one for one in last] == [True, False]
    assert print_again(clinic.store, draft.sheet, render_pdf) == draft.pdf
    other = replace(text, id=0, version=0, number=2, shipped="x")
    with clinic.store.write(clinic.prescriber) as unit:
        unit.add(other)
        unit.commit()
    approve(clinic.store, clinic.prescriber, TextName("escort", "en", 2, "x"), render_pdf)
    withdraw(clinic.store, clinic.prescriber, name, "a wrong phone")
    with clinic.store.read() as records:
        assert not still_true(records, made.sheet)
