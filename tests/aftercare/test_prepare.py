"""What a patient does before a visit, in clock times; and what becomes of the sheet when the visit moves."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.aftercare.compose import compose_preparation
from clinic_desktop.aftercare.day_preparations import preparations_on
from clinic_desktop.aftercare.day_sheets import Standing
from clinic_desktop.aftercare.facts_json import facts_to_json, preparation_from_json
from clinic_desktop.aftercare.parse import shipped_template
from clinic_desktop.aftercare.prepare import PrepareSource, compute_preparation, made_untrue
from clinic_desktop.aftercare.preparing import (
    Preparation,
    begin_preparation,
    preparation_pages,
    speaks_against_preparation,
    stale_preparations,
)
from clinic_desktop.aftercare.sample_facts import longest_page
from clinic_desktop.aftercare.statements import ALWAYS_SAID, REQUIRED
from clinic_desktop.aftercare.values import BEFORE_TREATMENT, DriverFacts, Moment
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.foundation.errors import ClinicProblem, Refusal
from clinic_desktop.people.model import Patient
from clinic_desktop.printing.pdf import render_pdf
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.cancelling import CancelReason, cancel
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.moving import move, to
from clinic_desktop.treatment.printed import Printed, PrintState, SheetPrint, finish
from tests.aftercare.sample import CLINIC, MADE, at
from tests.aftercare.test_sheets import choose, infusion, text_of
from tests.small_clinic import MONDAY, SmallClinic

ASKS = {"food": 360, "liquid": 120, "spray": 60}
SPRING, AUTUMN = date(2026, 3, 8), date(2026, 11, 1)


def source(start: datetime, kind: str = "prep-iv", **other) -> PrepareSource:
    values = {
        "visit_id": 20418,
        "kind": kind,
        "zone": "America/Chicago",
        "start": instant_minute(start),
        "patient_name": "Amara Okafor",
        "first_name": "Amara",
        "birth_date": date(1984, 4, 12),
        "clinic": CLINIC,
        "lead": 15,
        "asks": ASKS,
        "driver": DriverFacts("Daniel Okafor", "(512) 555-0147"),
        "cancel_by": instant_minute(at(17, day=date(2026, 11, 16))),
    }
    return PrepareSource(**(values | other))


def page(start: datetime | None = None, kind: str = "prep-iv", **other) -> str:
    facts = compute_preparation(source(start or at(10, 15), kind, **other))
    return text_of(render_pdf(compose_preparation(shipped_template(kind), facts, MADE)).data)


def instant(moment: Moment, zone: str) -> list[datetime]:
    """The instants at which the clock shows this reading; one, but for the hour that comes twice."""
    clock = datetime(moment.day.year, moment.day.month, moment.day.day, tzinfo=ZoneInfo(zone))
    clock = clock.replace(hour=(moment.minute or 0) // 60, minute=(moment.minute or 0) % 60)
    both = [clock.replace(fold=fold) for fold in (0, 1)]
    return [one.astimezone(UTC) for one in both if moment.zone_mark in ("", one.tzname())]


class TestTimes:
    def test_they_are_counted_back_from_the_visit(self):
        facts = compute_preparation(source(at(10, 15)))
        day = date(2026, 11, 17)
        assert (facts.food_until, facts.liquid_until) == (Moment(day, 255), Moment(day, 495))
        assert (facts.spray_until, facts.arrive, facts.start) == (
            Moment(day, 555), Moment(day, 600), Moment(day, 615),
        )  # fmt: skip
        assert facts.sober_from == Moment(date(2026, 11, 16), 615)

    def test_six_hours_over_the_night_that_loses_one(self):
        facts = compute_preparation(source(at(7, day=SPRING)))
        assert facts.food_until == Moment(SPRING, 0)

    def test_six_hours_over_the_night_that_gains_one(self):
        """1:30 comes twice that night: the sheet says which."""
        facts = compute_preparation(source(at(7, 30, day=AUTUMN)))
        assert facts.food_until == Moment(AUTUMN, 90, "CST")

    def test_what_the_type_does_not_ask_is_not_said(self):
        text = page(asks={}, lead=0, cancel_by=0)
        assert "No food after" not in text
        assert "to check in" not in text
        assert "Call us by" not in text

    @given(
        moment=st.integers(0, 6 * 365 * 1440),
        zone=st.sampled_from(["America/Chicago", "America/Phoenix", "America/St_Johns"]),
        food=st.integers(1, 1440),
    )
    def test_the_clock_times_agree_with_the_visit_on_any_day(self, moment, zone, food):
        start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=moment)
        facts = compute_preparation(source(start, zone=zone, asks={"food": food, "liquid": 120}))
        for said, minutes in (
            (facts.food_until, food),
            (facts.liquid_until, 120),
            (facts.sober_from, 1440),
            (facts.arrive, 15),
            (facts.start, 0),
        ):
            assert instant(said, zone)[0] == start - timedelta(minutes=minutes)
        assert facts.visit_day == start.astimezone(ZoneInfo(zone)).date()
        assert preparation_from_json(json.loads(json.dumps(facts_to_json(facts)))) == facts
        assert made_untrue(facts, facts) == ()


class TestThePage:
    def test_it_says_until_when(self):
        text = page()
        for said in (
            "No food after Tuesday, November 17, 4:15 AM",
            "Water and clear drinks only until Tuesday, November 17, 8:15 AM",
            "street drugs from Monday, November 16, 10:15 AM on",
            "Your visit starts at 10:15 AM",
            "Be here at 10:00 AM to check in",
            "Call us by Monday, November 16, 5:00 PM",
            "photo ID",
        ):
            assert said in text
        assert "nose spray" not in text

    def test_spravato_asks_for_the_nose_spray_too(self):
        assert "nose spray, use it before Tuesday, November 17, 9:15 AM" in page(kind="prep-spravato")

    def test_the_driver_who_is_named(self):
        assert "On our list: Daniel Okafor, (512) 555-0147." in page()

    def test_what_is_missing_of_the_driver(self):
        text = page(driver=DriverFacts("Daniel Okafor"), asks_driver=True)
        assert "Who takes you home? Tell us before the visit. Name: Daniel Okafor Phone:" in text
        assert "On our list" not in text

    def test_who_goes_home_alone(self):
        assert "On our list: a taxi or ride-share." in page(driver=DriverFacts(), alone="taxi")

    @pytest.mark.parametrize("kind", ["prep-iv", "prep-spravato"])
    @pytest.mark.parametrize("large", [False, True])
    def test_its_pages_hold_the_longest(self, kind, large):
        for size in PageSize:
            longest = longest_page(shipped_template(kind), size, large_print=large)
            assert render_pdf(longest).page_count <= longest.most_pages


class TestStatements:
    FORMS = ("PHQ-9",)

    @pytest.mark.parametrize("kind", BEFORE_TREATMENT)
    def test_each_can_be_switched_off_by_its_number(self, kind):
        whole = page(kind=kind, score_forms=self.FORMS)
        for number in sorted(REQUIRED[kind] - ALWAYS_SAID):
            without = page(kind=kind, score_forms=self.FORMS, statements_off=frozenset({number}))
            assert len(without) < len(whole), number

    @pytest.mark.parametrize("number", sorted(REQUIRED["prep-spravato"] & ALWAYS_SAID))
    def test_some_are_on_every_preparation(self, number):
        with pytest.raises(Refusal, match=f"number {number},"):
            page(kind="prep-spravato", statements_off=frozenset({number}))

    def test_whom_to_call_stays_without_the_rule_for_cancelling(self):
        without = page(statements_off=frozenset({31}))
        assert "late change" not in without
        assert "If you cannot come" not in without
        assert "(512) 555-0199" in without

    def test_what_the_clinic_leaves_out_is_not_printed(self, clinic: SmallClinic) -> None:
        choose(clinic, statements_off=frozenset({29}))
        visit = book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3))).visits[0]
        printed = text_of(preparation_pages(clinic.store, clinic.nurse, visit.id, render_pdf).pdf.data)
        assert "loose clothes" not in printed
        assert "photo ID" in printed


class TestTheRecord:
    def printed(self, clinic: SmallClinic) -> tuple[Visit, Preparation]:
        visit = book(clinic.store, clinic.desk, clinic.wish(day=MONDAY + timedelta(days=3))).visits[0]
        pages = preparation_pages(clinic.store, clinic.desk, visit.id, render_pdf)
        begin_preparation(clinic.store, clinic.desk, pages, SheetPrint())
        with clinic.store.read() as records:
            (kept,) = records.find(Preparation, visit_id=visit.id)
        return visit, kept

    def against(self, clinic: SmallClinic, kept: Preparation) -> tuple[str, ...]:
        with clinic.store.read() as records:
            return speaks_against_preparation(records, kept)

    def test_what_came_out_is_kept_with_what_it_says(self, clinic: SmallClinic) -> None:
        visit, kept = self.printed(clinic)
        assert (kept.kind, kept.copy_number, kept.draft, kept.language) == ("prep-iv", 1, True, "en")
        assert preparation_from_json(kept.facts).start == Moment(visit.day, visit.minute)
        assert self.against(clinic, kept) == ()

    def test_a_visit_that_moves_voids_it(self, clinic: SmallClinic) -> None:
        """Whoever speaks with the patient reads it, until a new one is printed."""
        visit, kept = self.printed(clinic)
        later = to(clinic.visit(visit.id), minute=visit.minute + 60)
        (moved,) = move(clinic.store, clinic.desk, [later]).visits
        assert "start" in self.against(clinic, kept)
        with clinic.store.read() as records:
            (told,) = stale_preparations(records, [moved], clinic.clock.at)[clinic.amara.id]
        assert told.code == "sheet.preparation-stale"
        pages = preparation_pages(clinic.store, clinic.desk, visit.id, render_pdf)
        begin_preparation(clinic.store, clinic.desk, pages, SheetPrint())
        with clinic.store.read() as records:
            old, new = sorted(records.find(Preparation, visit_id=visit.id), key=lambda one: one.id)
            assert stale_preparations(records, [moved], clinic.clock.at) == {}
        assert old.voided_at is not None
        assert (new.voided_at, new.copy_number) == (None, 2)

    def test_one_that_never_came_out_is_in_nobodys_hands(self, clinic: SmallClinic) -> None:
        visit, _ = self.printed(clinic)
        with clinic.store.read() as records:
            (job,) = records.find(SheetPrint, visit_id=visit.id)
        finish(clinic.store, clinic.desk, job, PrintState.FAILED, "out of paper")
        (moved,) = move(clinic.store, clinic.desk, [to(clinic.visit(visit.id), minute=660)]).visits
        with clinic.store.read() as records:
            assert stale_preparations(records, [moved], clinic.clock.at) == {}

    def test_it_is_on_record_before_it_is_sent(self, clinic: SmallClinic) -> None:
        visit, kept = self.printed(clinic)
        with clinic.store.read() as records:
            (job,) = records.find(SheetPrint, visit_id=visit.id)
        assert (job.preparation_id, job.what, job.pages) == (kept.id, Printed.PREPARATION, 1)
        assert job.state is PrintState.SENT

    def test_a_day_knows_which_are_to_print(self, clinic: SmallClinic) -> None:
        """To print until the printer said that it is out; and again once the visit moved."""
        visit, _ = self.printed(clinic)

        def stands() -> Standing:
            with clinic.store.read() as records:
                (line,) = preparations_on(records, visit.day, visit.day, clinic.clock.at)
            assert line.to_print is (line.standing is Standing.UNTRUE)
            return line.standing

        assert stands() is Standing.SENT
        with clinic.store.read() as records:
            (job,) = records.find(SheetPrint, visit_id=visit.id)
        finish(clinic.store, clinic.desk, job, PrintState.PRINTED)
        assert stands() is Standing.PRINTED
        move(clinic.store, clinic.desk, [to(clinic.visit(visit.id), minute=visit.minute + 60)])
        assert stands() is Standing.UNTRUE

    def test_s21_a_day_knows_which_are_in_english_for_want_of_a_translation(
        self, clinic: SmallClinic
    ) -> None:
        visit = book(clinic.store, clinic.desk, clinic.wish()).visits[0]
        for language, said in (
            ("en", ""),
            ("es", "no Spanish text of it is approved"),
            ("he", "in Hebrew yet"),
        ):
            with clinic.store.write(clinic.desk) as unit:
                unit.save(replace(unit.get(Patient, visit.patient_id), language=language))
                unit.commit()
            with clinic.store.read() as records:
                (line,) = preparations_on(records, visit.day, visit.day, clinic.clock.at)
            made = preparation_pages(clinic.store, clinic.desk, visit.id, render_pdf)
            assert made.why == line.text
            assert said in " ".join(one.sentence() for one in line.text)
            assert bool(line.text) is bool(said)

    def test_a_visit_that_is_cancelled_voids_it(self, clinic: SmallClinic) -> None:
        visit, kept = self.printed(clinic)
        cancel(clinic.store, clinic.desk, visit.id, clinic.visit(visit.id).version, CancelReason.PATIENT)
        assert self.against(clinic, kept) == ("sheet.prepared",)

    def test_a_visit_that_began_has_none(self, clinic: SmallClinic) -> None:
        with pytest.raises(Refusal, match="a visit to come"):
            preparation_pages(clinic.store, clinic.nurse, infusion(clinic), render_pdf)

    def test_a_driver_named_meanwhile_leaves_it_true(self, clinic: SmallClinic) -> None:
        visit, kept = self.printed(clinic)
        with clinic.store.write(clinic.desk) as unit:
            unit.save(replace(unit.get(Visit, visit.id), plan_name="Ann Lee"))
            unit.commit()
        assert self.against(clinic, kept) == ()

    def test_only_who_may_print_prints(self, clinic: SmallClinic) -> None:
        visit, _ = self.printed(clinic)
        with pytest.raises(ClinicProblem):
            preparation_pages(clinic.store, Actor(1, frozenset()), visit.id, render_pdf)
