"""The sheet as it is printed."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.aftercare.compose import Made, compose_sheet, most_pages
from clinic_desktop.aftercare.facts import compute_facts
from clinic_desktop.aftercare.facts_json import facts_from_json, facts_to_json
from clinic_desktop.aftercare.parse import parse_template, shipped_template
from clinic_desktop.aftercare.statements import ALWAYS_SAID, REQUIRED
from clinic_desktop.aftercare.template import Status
from clinic_desktop.aftercare.values import ClinicFacts, DriverFacts, NextVisit, PhoneLine, SheetSettings
from clinic_desktop.foundation.document import GlyphMissing, PageSize
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.resources import resource
from clinic_desktop.foundation.words import long_date
from clinic_desktop.printing.pdf import render_pdf
from tests.aftercare.sample import CLINIC, MADE, at, facts, sheet, source
from tests.printing.hard_strings import MARKUP, NAMES, UNPRINTABLE
from tests.printing.read_aloud import outline, poppler
from tests.printing.reading import ink, pages, read
from tests.shared_data import shared

KINDS = ("iv", "spravato")
SIGNS = (
    "chest pain",
    "trouble breathing",
    "your worst headache ever",
    "sudden change in vision",
    "fainting or a seizure",
    "very hard to wake",
    "swollen face or hives",
    "danger to you or others",
    "think about suicide",
    "pain when you pee",
    "blood in your pee",
    "a mood that gets worse",
)


def printed(kind: str = "iv", **other) -> str:
    return read(render_pdf(sheet(kind, **other)))


def with_settings(kind: str = "iv", **settings) -> str:
    return printed(kind, settings=SheetSettings(**settings))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page_size", PageSize)
class TestTheFirstPage:
    def first(self, kind, page_size, **other) -> str:
        made = SheetSettings(page_size=page_size, adult_hours=8)
        return pages(render_pdf(sheet(kind, settings=made, **other)))[0]

    def test_it_alone_is_enough(self, kind, page_size):
        first = self.first(kind, page_size)
        in_order = (
            "Cedar Street Clinic",
            "Patient: Amara Okafor",
            "Do not drive",
            "Wednesday, November 18, 2026",
            "full night’s sleep",
            "When to get help",
            "Call 911",
            "Call or text 988",
            "Call us",
            "(512) 555-0199",
            "Today and tonight",
            "Opioids",
            "Your ride: Daniel Okafor",
        )
        places = [first.find(words) for words in in_order]
        assert -1 not in places, in_order[places.index(-1)]
        assert places == sorted(places)

    def test_it_names_every_sign(self, kind, page_size):
        first = self.first(kind, page_size)
        assert [sign for sign in SIGNS if sign not in first] == []

    def test_the_whole_is_two_pages(self, kind, page_size):
        made = SheetSettings(page_size=page_size, adult_hours=8)
        assert render_pdf(sheet(kind, settings=made)).page_count == 2

    def test_large_print_is_four_pages_with_911_on_the_first(self, kind, page_size):
        pdf = render_pdf(sheet(kind, large_print=True, settings=SheetSettings(page_size=page_size)))
        assert pdf.page_count <= most_pages(facts(kind, large_print=True)) == 4
        assert "chest pain" in pages(pdf)[0]


@poppler
@pytest.mark.parametrize("kind", KINDS)
def test_a_screen_reader_reads_the_sheet_in_its_order(kind, tmp_path):
    told = outline(render_pdf(sheet(kind)), tmp_path)
    headings = [line for line in told if line.startswith("H")]
    assert headings[0].startswith("H1 After your ")
    assert headings[1:5] == ["H2 When to get help", "H3 Call 911", "H3 Call or text 988", "H3 Call us"]
    in_order = ("P Patient: Amara Okafor", "P Do not drive", headings[1], "LBody chest pain", headings[3])
    places = [next(n for n, line in enumerate(told) if line.startswith(words)) for words in in_order]
    assert places == sorted(places)
    assert not any("Page 1 of 2" in line for line in told)


@pytest.mark.parametrize("kind", KINDS)
def test_s19_body_text_is_twelve_points_and_eighteen(kind):
    assert sheet(kind).body_pt == 12
    assert sheet(kind, large_print=True).body_pt == 18


class TestDriving:
    def test_iv_says_day_time_and_sleep(self):
        until = "Do not drive. Not before Wednesday, November 18, 2026, 11:11 AM,"
        assert f"{until} and only after a full night’s sleep" in printed()

    def test_spravato_says_tomorrow_with_its_date_and_never_hours(self):
        words = printed("spravato")
        assert (
            "Do not drive until tomorrow, Wednesday, November 18, 2026, after a full night’s sleep" in words
        )
        assert "24" not in words.split("When to get help")[0].replace("Suite 200", "")

    def test_no_time_of_leaving_is_printed(self):
        """It has not happened yet: lines to fill in by hand."""
        for kind in KINDS:
            assert "Left at: Went home with:" in printed(kind)

    @given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(8, 19))
    def test_the_printed_day_agrees_with_the_record(self, day, hour):
        dosed = at(hour, 5, day)
        made = compute_facts(source("spravato", visit_day=day, last_dose_at=dosed))
        words = read(render_pdf(compose_sheet(shipped_template("spravato"), made, MADE)))
        tomorrow = day + timedelta(days=1)
        assert f"Do not drive until tomorrow, {long_date(tomorrow)}, after a full night’s sleep" in words

    def test_the_day_after_the_clocks_go_back(self):
        saturday = date(2026, 10, 31)
        words = printed(
            visit_day=saturday, last_dose_at=at(14, 0, saturday), infusion_ended_at=at(14, 30, saturday)
        )
        assert "Not before Sunday, November 1, 2026, 1:30 PM," in words


class TestFactsThatAreMissing:
    def test_no_driver_is_a_line_to_fill_in(self):
        assert "Your ride: • Rest." in printed(driver=DriverFacts())

    def test_a_name_of_blanks_counts_as_missing(self):
        assert "Your ride: • Rest." in printed(driver=DriverFacts("\u200b \t"))

    def test_no_next_visit_is_a_line_to_fill_in(self):
        assert "Your next visit Next visit Bring someone" in printed(next_visits=())

    def test_no_birth_date_is_a_line_to_fill_in(self):
        assert "Born: Draft" in printed(birth_date=None)

    @pytest.mark.parametrize(
        ("missing", "fact"),
        [
            ({"patient_name": " "}, "patient's name"),
            ({"clinic": replace(CLINIC, name="")}, "clinic's name"),
            ({"clinic": replace(CLINIC, phones=())}, "clinic's phones"),
            ({"clinic": replace(CLINIC, phones=(PhoneLine(""),))}, "clinic's phones"),
        ],
    )
    def test_what_no_hand_can_fill_in_refuses_the_sheet(self, missing, fact):
        with pytest.raises(Refusal) as refused:
            sheet(**missing)
        assert [finding.code for finding in refused.value.findings] == ["sheet.fact-missing"]
        assert fact in str(refused.value)

    def test_what_the_clinic_does_not_set_is_left_out(self):
        assert "Have an adult" not in printed()
        assert "Have an adult with you until Tuesday, November 17, 7:11 PM." in with_settings(adult_hours=8)


class TestStatements:
    @pytest.mark.parametrize("kind", KINDS)
    def test_each_can_be_switched_off_by_its_number(self, kind):
        whole = printed(kind)
        for number in sorted(REQUIRED[kind] - ALWAYS_SAID):
            without = with_settings(kind, statements_off=frozenset({number}))
            assert len(without) < len(whole), number

    def test_a_heading_goes_with_its_text(self):
        assert "Your arm" in printed()
        assert "Your arm" not in with_settings(statements_off=frozenset({14}))
        assert "sore arm" not in with_settings(statements_off=frozenset({14}))

    @pytest.mark.parametrize("number", sorted(ALWAYS_SAID))
    def test_s20_some_are_on_every_sheet(self, number):
        with pytest.raises(Refusal) as refused:
            with_settings(statements_off=frozenset({number}))
        assert f"number {number}," in str(refused.value)


class TestAroundTheText:
    def test_a_draft_says_so_on_every_page(self):
        for page in pages(render_pdf(sheet())):
            assert "Draft, not yet approved by the clinic" in page

    def test_an_approved_text_says_by_whom(self):
        front = replace(
            shipped_template("iv").front,
            status=Status.APPROVED,
            approved_by="H. Lin, MD",
            approved_on=date(2026, 10, 2),
        )
        template = replace(shipped_template("iv"), front=front)
        words = read(render_pdf(compose_sheet(template, facts(), MADE)))
        assert "Draft" not in words
        assert "English, version 1. Approved by H. Lin, MD, October 2, 2026." in words

    def test_the_foot_says_version_time_person_visit_and_page(self):
        first, second = pages(render_pdf(sheet()))
        foot = "Printed November 17, 2026, 11:40 AM, by MJ. Visit 20418."
        assert first.endswith(f"{foot} Page 1 of 2")
        assert second.endswith(f"{foot} Page 2 of 2")

    def test_a_preview_names_nobody_who_printed_it(self):
        words = read(render_pdf(sheet(made=Made(at(11, 40), "", 1))))
        assert "Printed November 17, 2026, 11:40 AM. Visit 20418." in words

    def test_the_second_page_says_whose_it_is(self):
        second = pages(render_pdf(sheet()))[1]
        assert second.startswith(
            "Amara Okafor, Tuesday, November 17, 2026 Cedar Street Clinic, (512) 555-0100"
        )

    def test_a_reprint_says_which_copy_it_is(self):
        again = sheet(made=Made(at(12, 0), "MJ", copy_number=2))
        assert "Copy 2." in read(render_pdf(again))
        assert "Copy" not in printed()

    def test_no_patient_data_in_the_title(self):
        assert sheet().title == "After your ketamine treatment"

    def test_a_patient_with_another_language_is_offered_an_interpreter(self):
        pdf = render_pdf(sheet(language="vi"))
        assert "Go over this with an interpreter." in read(pdf)
        assert "Hãy đọc tờ này cùng với thông dịch viên." in read(pdf), "also in the language that is read"
        assert pdf.page_count == 2
        assert "Go over this with an interpreter." in printed(language="am")
        assert "interpreter" not in printed()

    def test_next_visits_stand_in_their_order_and_are_few(self):
        days = [date(2026, 11, 20) + timedelta(days=2 * n) for n in range(6)]
        words = printed(next_visits=tuple(NextVisit(day, 615) for day in reversed(days)))
        shown = [words.find(f"{long_date(day)}, 10:15 AM") for day in days]
        assert shown[:4] == sorted(shown[:4])
        assert shown[4:] == [-1, -1]


class TestTheSame:
    def test_the_same_facts_make_the_same_bytes(self):
        assert render_pdf(sheet()).data == render_pdf(sheet()).data

    def test_an_old_sheet_is_printed_again_exactly_from_its_record(self):
        stored = facts_from_json(facts_to_json(facts()))
        again = compose_sheet(shipped_template("iv"), stored, MADE)
        assert render_pdf(again) == render_pdf(sheet())

    def test_facts_of_another_kind_are_a_mistake(self):
        with pytest.raises(ValueError, match="iv text"):
            compose_sheet(shipped_template("iv"), facts("spravato"), MADE)


class TestHardData:
    @pytest.mark.parametrize("words", [*MARKUP, *NAMES])
    def test_every_fact_prints_as_itself(self, words):
        hard = ClinicFacts(words, words, (PhoneLine(words, words, words),))
        pdf = render_pdf(sheet(patient_name=words, driver=DriverFacts(words), clinic=hard))
        assert ink(read(pdf)).count(ink(words)) >= 8

    @pytest.mark.parametrize("words", UNPRINTABLE)
    def test_what_cannot_be_printed_is_refused_with_its_place(self, words):
        with pytest.raises(GlyphMissing) as refused:
            render_pdf(sheet(patient_name=words))
        assert refused.value.where == "patient's name"
        with pytest.raises(GlyphMissing) as refused:
            render_pdf(sheet(driver=DriverFacts(words)))
        assert refused.value.where == "driver's name"

    def test_very_long_names_still_print_whole(self):
        name = "Maximiliana " * 20
        words = printed(patient_name=name, driver=DriverFacts("x" * 300))
        assert ink(words).count(ink(name)) >= 2
        assert "x" * 300 in ink(words)

    def test_a_name_in_braces_is_not_filled_in(self):
        assert "{{birth_date}}" in printed(patient_name="{{birth_date}}")


SAID = {
    "S05": "Leave when your nurse says so.",
    "S06": "No bikes, power tools or machines until then.",
    "S07": "Your ride: Daniel Okafor",
}


def test_a_spravato_sheet_says_what_the_public_pages_ask_for():
    with shared("data/instruction_facts/spravato_facts.csv").open(encoding="utf-8", newline="") as file:
        asked = {row["id"] for row in csv.DictReader(file) if row["topic"] in ("discharge", "after")}
    assert asked == set(SAID)
    words = printed("spravato")
    assert [fact for fact, sentence in SAID.items() if sentence not in words] == []


def test_a_clinics_own_text_prints():
    """The same file with a sentence of the clinic's own."""
    text = resource("aftercare", "en", "iv.md").read_text(encoding="utf-8")
    own = parse_template(text.replace("Rest. Get up slowly.", "Lie down and rest."), "own.md")
    assert "Lie down and rest. Hold the rail" in read(render_pdf(compose_sheet(own, facts(), MADE)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page_size", PageSize)
@pytest.mark.parametrize("day", [date(2026, 9, 29), date(2026, 5, 4)], ids=["long date", "short date"])
@pytest.mark.parametrize("driver", ["Al Ng", "Bartholomew Featherstonehaugh-Montgomery"])
@pytest.mark.parametrize("large_print", [False, True])
def test_long_dates_and_names_break_no_promise(kind, page_size, day, driver, large_print):
    pdf = render_pdf(
        sheet(
            kind,
            visit_day=day,
            last_dose_at=at(10, 31, day),
            infusion_ended_at=at(12, 11, day),
            driver=DriverFacts(driver),
            large_print=large_print,
            settings=SheetSettings(page_size=page_size, adult_hours=8),
        )
    )
    first = pages(pdf)[0]
    assert pdf.page_count == (4 if large_print else 2)
    assert "danger to you or others" in first
    assert large_print or "Opioids" in first


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("page_size", PageSize)
@pytest.mark.parametrize("large_print", [False, True])
def test_the_longest_that_a_clinic_may_say_takes_no_page_more(kind, page_size, large_print):
    """Long names, three phones with their hours, an adult, an interpreter, four next visits, a third copy
    that is printed again."""
    day = date(2026, 9, 29)
    phones = (
        PhoneLine("(512) 555-0100", "Monday to Friday, 8 AM to 6 PM", "Front desk"),
        PhoneLine("(512) 555-0199", "all other hours, weekends and holidays", "Nurse on call"),
        PhoneLine("(512) 555-0142", "Saturday, 9 AM to 1 PM", "Prescriber"),
    )
    address = "1450 North Cedar Street, Building B, Suite 200, Austin, TX 78704"
    pdf = render_pdf(
        sheet(
            kind,
            Made(at(12, 20, day), "Maya Jones-Abernathy", copy_number=3),
            Made(at(12, 45, day), "Tunde Bello-Featherstonehaugh"),
            visit_day=day,
            last_dose_at=at(10, 31, day),
            infusion_ended_at=at(12, 11, day),
            patient_name="Bartholomew Maximilian Featherstonehaugh-Montgomery",
            driver=DriverFacts("Wilhelmina Featherstonehaugh-Montgomery"),
            clinic=ClinicFacts("Cedar Street Clinic for Interventional Psychiatry", address, phones),
            next_visits=tuple(NextVisit(date(2026, 9, 30) + timedelta(days=7 * n), 615) for n in range(4)),
            language="vi",
            large_print=large_print,
            settings=SheetSettings(page_size=page_size, adult_hours=24),
        )
    )
    assert pdf.page_count == (4 if large_print else 2)
    first = pages(pdf)[0]
    assert [sign for sign in SIGNS[:8] if sign not in first] == []
