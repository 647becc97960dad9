"""What a sheet says is computed from the record."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_desktop.aftercare.facts import compute_facts, findings_against, match
from clinic_desktop.aftercare.facts_json import facts_from_json, facts_to_json
from clinic_desktop.aftercare.values import (
    DriverFacts,
    Moment,
    NextVisit,
    Sheet,
    SheetSettings,
    SheetVersion,
)
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.document import PageSize
from clinic_desktop.foundation.errors import Refusal
from tests.aftercare.sample import VISIT_DAY, ZONE, at, facts, source

CHOSEN = SheetSettings(adult_hours=8, statements_off=frozenset({4, 14}), page_size=PageSize.A4)


def codes(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def iv_on(day: date, ended: datetime, **settings):
    """Facts of an infusion that ended at an instant of that day."""
    made = SheetSettings(**settings)
    begun = ended - timedelta(minutes=40)
    return compute_facts(source(visit_day=day, last_dose_at=begun, infusion_ended_at=ended, settings=made))


class TestDriving:
    def test_spravato_counts_days_not_hours(self):
        assert facts("spravato").drive_from == Moment(date(2026, 11, 18))
        assert facts("spravato").no_drive_hours is None

    def test_spravato_dosed_late_in_the_evening_still_means_the_next_day(self):
        assert facts("spravato", last_dose_at=at(23, 50)).drive_from == Moment(date(2026, 11, 18))

    def test_iv_counts_from_the_end_of_the_infusion(self):
        assert facts("iv").drive_from == Moment(date(2026, 11, 18), 11 * 60 + 11)

    def test_iv_hours_are_the_clinics_choice(self):
        longer = facts("iv", settings=SheetSettings(iv_no_drive_hours=36))
        assert (longer.drive_from, longer.no_drive_hours) == (Moment(date(2026, 11, 18), 23 * 60 + 11), 36)

    def test_a_begun_minute_is_not_yet_over(self):
        ended = at(11, 11) + timedelta(seconds=1)
        assert facts(infusion_ended_at=ended).drive_from == Moment(date(2026, 11, 18), 11 * 60 + 12)

    def test_24_hours_over_the_night_that_loses_an_hour(self):
        """Clocks go from 2:00 to 3:00 on March 8, 2026: 24 hours after 2:30 PM are 3:30 PM."""
        saturday = date(2026, 3, 7)
        assert iv_on(saturday, at(14, 30, saturday)).drive_from == Moment(date(2026, 3, 8), 15 * 60 + 30)

    def test_24_hours_over_the_night_that_gains_an_hour(self):
        """Clocks go from 2:00 back to 1:00 on November 1, 2026: 24 hours after 2:30 PM are 1:30 PM."""
        saturday = date(2026, 10, 31)
        assert iv_on(saturday, at(14, 30, saturday)).drive_from == Moment(date(2026, 11, 1), 13 * 60 + 30)

    def test_a_reading_that_comes_twice_says_which(self):
        saturday = date(2026, 10, 31)
        first = iv_on(saturday, at(13, 30, saturday), iv_no_drive_hours=12).drive_from
        second = iv_on(saturday, at(13, 30, saturday), iv_no_drive_hours=13).drive_from
        assert first == Moment(date(2026, 11, 1), 90, "CDT")
        assert second == Moment(date(2026, 11, 1), 90, "CST")

    def test_spravato_tomorrow_is_not_24_hours_later(self):
        """24 hours after 12:30 AM on the long day it is the same day; after 11:30 PM before the short
        one it is the day after next."""
        long_day, before_short = date(2026, 11, 1), date(2026, 3, 7)
        early = facts("spravato", visit_day=long_day, last_dose_at=at(0, 30, long_day))
        late = facts("spravato", visit_day=before_short, last_dose_at=at(23, 30, before_short))
        assert (early.drive_from.day, late.drive_from.day) == (date(2026, 11, 2), date(2026, 3, 8))

    def test_spravato_on_both_clock_change_days(self):
        for day in (date(2026, 3, 8), date(2026, 11, 1), date(2026, 3, 7), date(2026, 10, 31)):
            dosed = facts("spravato", visit_day=day, last_dose_at=at(10, 0, day))
            assert dosed.drive_from == Moment(day + timedelta(days=1))

    @given(
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),  # noqa: DTZ001 - a clock reading
        st.sampled_from(["America/Chicago", "America/Phoenix", "Australia/Lord_Howe", "Europe/London"]),
        st.integers(1, 168),
    )
    def test_the_printed_time_is_never_before_the_hours_are_over(self, reading, zone, hours):
        ended = reading.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        day = local_day(ended, zone)
        made = SheetSettings(iv_no_drive_hours=hours)
        visit = source(visit_day=day, zone=zone, last_dose_at=ended, infusion_ended_at=ended, settings=made)
        until = compute_facts(visit).drive_from
        over = ended + timedelta(hours=hours)
        fold = _fold(until, zone)
        printed = datetime(
            until.day.year, until.day.month, until.day.day, until.minute // 60, until.minute % 60,
            fold=fold, tzinfo=ZoneInfo(zone),
        )  # fmt: skip
        assert timedelta() <= printed.astimezone(UTC) - over < timedelta(minutes=1)

    @given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 23))
    def test_spravato_is_always_the_next_day_of_the_calendar(self, day, hour):
        dosed = at(hour, 30, day)
        same = local_day(dosed, ZONE)
        made = compute_facts(source("spravato", visit_day=same, last_dose_at=dosed))
        assert made.drive_from == Moment(same + timedelta(days=1))


def _fold(moment: Moment, zone: str) -> int:
    """1 when the mark says the second of two equal readings."""
    first = datetime(
        moment.day.year, moment.day.month, moment.day.day, moment.minute // 60, moment.minute % 60,
        tzinfo=ZoneInfo(zone),
    )  # fmt: skip
    return int(bool(moment.zone_mark) and first.tzname() != moment.zone_mark)


class TestOtherTimes:
    def test_alcohol_and_choices_have_their_own_hours(self):
        made = facts(settings=SheetSettings(alcohol_hours=72, decision_hours=48))
        assert made.alcohol_from == Moment(date(2026, 11, 20), 671)
        assert made.decisions_from == Moment(date(2026, 11, 19), 671)

    def test_spravato_counts_them_from_the_last_dose(self):
        assert facts("spravato").alcohol_from == Moment(date(2026, 11, 18), 631)

    def test_an_adult_stays_only_where_the_clinic_asks_for_it(self):
        assert facts().adult_until is None
        assert facts(settings=SheetSettings(adult_hours=8)).adult_until == Moment(date(2026, 11, 17), 1151)

    @pytest.mark.parametrize("hours", [0, -1, 169])
    def test_hours_out_of_range_are_refused(self, hours):
        with pytest.raises(ValueError, match="1 to 168"):
            SheetSettings(iv_no_drive_hours=hours)


class TestWithoutAnInfusion:
    """An injection, or ketamine with therapy: the same text, counted from the last dose."""

    INJECTED = source(infused=False, infusion_ended_at=None)

    def test_everything_counts_from_the_last_dose(self):
        made = compute_facts(self.INJECTED)
        assert made.drive_from == made.alcohol_from == Moment(date(2026, 11, 18), 10 * 60 + 31)
        assert made.no_drive_hours == 24

    def test_the_sheet_knows_one_time_to_count_from(self):
        injected, infused = compute_facts(self.INJECTED), facts()
        assert (injected.infusion_end, injected.last_dose) == (None, Moment(VISIT_DAY, 631))
        assert (infused.infusion_end, infused.last_dose) == (Moment(VISIT_DAY, 671), None)
        assert (injected.counts_from, infused.counts_from) == (at(10, 31), at(11, 11))

    def test_there_is_no_iv_site_to_look_after(self):
        assert compute_facts(self.INJECTED).statements_off == {14}
        assert facts().statements_off == frozenset()

    def test_a_later_dose_voids(self):
        later = replace(self.INJECTED, last_dose_at=at(10, 50))
        assert match(compute_facts(self.INJECTED), later).void == ("last_dose_at",)

    def test_it_reads_back_as_it_was(self):
        made = compute_facts(self.INJECTED)
        assert facts_from_json(json.loads(json.dumps(facts_to_json(made)))) == made


class TestDosesBesideAnInfusion:
    def test_one_while_it_ran_leaves_its_end_to_count_from(self):
        made = facts(last_dose_at=at(10, 50))
        assert (made.counts_from, made.infusion_end, made.last_dose) == (
            at(11, 11), Moment(VISIT_DAY, 671), None,
        )  # fmt: skip

    def test_one_after_it_is_what_counts_and_the_arm_is_still_looked_after(self):
        made = facts(last_dose_at=at(11, 20))
        assert (made.counts_from, made.infusion_end, made.last_dose) == (
            at(11, 20), None, Moment(VISIT_DAY, 680),
        )  # fmt: skip
        assert made.drive_from == Moment(date(2026, 11, 18), 680)
        assert 14 not in made.statements_off


class TestNoSheetYet:
    def test_before_the_last_dose(self):
        with pytest.raises(Refusal) as refused:
            facts("spravato", last_dose_at=None)
        assert codes(refused) == ["sheet.no-dose"]
        assert "Record the dose" in str(refused.value)

    def test_while_the_infusion_runs(self):
        with pytest.raises(Refusal) as refused:
            facts("iv", infusion_ended_at=None)
        assert codes(refused) == ["sheet.infusion-runs"]

    def test_when_dose_and_visit_are_on_different_days(self):
        """A date typed wrong would let somebody drive a day early."""
        with pytest.raises(Refusal) as refused:
            facts("spravato", last_dose_at=at(10, 31, date(2026, 11, 16)))
        assert codes(refused) == ["sheet.dose-day"]
        assert "Monday, November 16, 2026" in str(refused.value)

    def test_for_a_visit_that_has_none(self):
        with pytest.raises(Refusal) as refused:
            facts("")
        assert codes(refused) == ["sheet.no-kind"]

    def test_a_receipt_is_no_sheet(self):
        assert [finding.code for finding in findings_against(source("receipt"))] == ["sheet.no-kind"]


class TestMatch:
    def test_an_unchanged_record(self):
        assert match(facts(), source()).holds

    def test_a_later_dose_voids(self):
        later = source("spravato", last_dose_at=at(10, 36))
        assert match(facts("spravato"), later).void == ("last_dose_at",)

    def test_a_moved_day_voids(self):
        other = date(2026, 11, 18)
        moved = source("spravato", visit_day=other, last_dose_at=at(10, 31, other))
        assert match(facts("spravato"), moved).void == ("visit_day", "last_dose_at")

    def test_an_infusion_that_ran_on_voids(self):
        assert match(facts(), source(infusion_ended_at=at(11, 20))).void == ("infusion_ended_at",)

    def test_an_infusion_that_started_again_voids(self):
        again = source(last_dose_at=at(11, 30), infusion_ended_at=None)
        assert match(facts(), again).void == ("sheet.infusion-runs",)

    def test_a_dose_after_the_infusion_voids(self):
        assert match(facts(), source(last_dose_at=at(11, 30))).void == ("last_dose_at",)

    def test_a_dose_that_was_the_start_of_an_infusion_voids(self):
        assert match(facts(infused=False), source()).void == ("infusion_ended_at",)

    def test_an_infusion_that_was_one_dose_voids(self):
        assert match(facts(), source(infused=False)).void == ("last_dose_at",)

    def test_a_dose_taken_back_voids(self):
        assert match(facts(), source(last_dose_at=None)).void == ("sheet.no-dose",)

    def test_another_driver_or_next_visit_only_ages_it(self):
        newer = source(driver=DriverFacts("Ruth Okafor"), next_visits=())
        assert (match(facts(), newer).void, match(facts(), newer).aged) == ((), ("driver", "next_visits"))

    def test_a_changed_setting_leaves_it_true(self):
        changed = match(facts(), source(settings=SheetSettings(iv_no_drive_hours=36)))
        assert (changed.holds, changed.aged) == (True, ("drive_from",))


class TestStored:
    @pytest.mark.parametrize(
        "made",
        [
            facts("iv"),
            facts("spravato", birth_date=None, next_visits=(), driver=DriverFacts()),
            facts("iv", large_print=True, language="vi", settings=CHOSEN),
        ],
    )
    def test_facts_come_back_as_they_were(self, made):
        stored = facts_to_json(made)
        assert facts_from_json(json.loads(json.dumps(stored))) == made

    def test_a_record_names_its_wording(self):
        record = Sheet(visit_id=7, kind="iv", language="en", template_version=3)
        assert record.wording == SheetVersion("iv", 3, "en")

    def test_next_visits_are_clock_readings(self):
        stored = facts_to_json(replace(facts(), next_visits=(NextVisit(date(2026, 11, 20), 615),)))
        assert stored["next_visits"] == [{"day": "2026-11-20", "minute": 615}]
