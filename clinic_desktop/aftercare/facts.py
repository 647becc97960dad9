"""The facts of a sheet, computed from the record, and whether they still hold.

Spravato: no driving until the next day, after a restful sleep: a date, never hours [L4].
Other ketamine: elapsed hours (24 unless the clinic sets another number) from the end of the infusion, or
from the last dose where none was infused or something was given later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinic_desktop.aftercare.rules import DOSE_DAY, EARLIER_WAITS, INFUSION_RUNS, NO_DOSE, NO_KIND
from clinic_desktop.aftercare.statements import IV_SITE
from clinic_desktop.aftercare.values import AFTER_TREATMENT, KETAMINE, Moment, SheetFacts, SheetSource
from clinic_desktop.foundation.clock import is_twice, local_day, local_time, zone
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, long_date
from clinic_desktop.treatment.moments import same_minute

_MINUTE = timedelta(minutes=1)
_MUST_HOLD = ("kind", "zone", "visit_day")
READER = ("language", "large_print")  # in which words and letters it can be read
_MAY_AGE = (
    "patient_name",
    "birth_date",
    "driver",
    "next_visits",
    "clinic",
    "drive_from",
    "alcohol_from",
    "decisions_from",
    "adult_until",
    "statements_off",
    *READER,
)


def compute_facts(source: SheetSource) -> SheetFacts:
    """What the sheet of a visit says. Raises ``Refusal`` while the record cannot carry a sheet."""
    findings = findings_against(source)
    if findings or source.last_dose_at is None:
        raise Refusal(findings)
    infusion = _counted_infusion(source, source.last_dose_at)
    settings, ended = source.settings, infusion or source.last_dose_at
    hours = settings.iv_no_drive_hours if source.kind in KETAMINE else None
    off = settings.statements_off if source.infused else settings.statements_off | {IV_SITE}
    return SheetFacts(
        visit_id=source.visit_id,
        kind=source.kind,
        zone=source.zone,
        visit_day=source.visit_day,
        last_dose_at=source.last_dose_at,
        drive_from=_after(ended, hours, source.zone)
        if hours
        else _next_day(source.last_dose_at, source.zone),
        alcohol_from=_after(ended, settings.alcohol_hours, source.zone),
        decisions_from=_after(ended, settings.decision_hours, source.zone),
        patient_name=source.patient_name.strip(),
        birth_date=source.birth_date,
        clinic=source.clinic,
        infusion_ended_at=infusion,
        infusion_end=_after(infusion, 0, source.zone) if infusion else None,
        last_dose=None if infusion else _after(source.last_dose_at, 0, source.zone),
        no_drive_hours=hours,
        adult_until=_after(ended, settings.adult_hours, source.zone) if settings.adult_hours else None,
        driver=source.driver,
        next_visits=source.next_visits,
        language=source.language,
        large_print=source.large_print,
        statements_off=off,
        page_size=settings.page_size,
        first_name=source.first_name.strip(),
        visit_code=source.visit_code,
        phone_code=source.phone_code,
    )


def _counted_infusion(source: SheetSource, dose: datetime) -> datetime | None:
    """The end of the infusion where nothing was given after it: as the gate counts."""
    end = source.infusion_ended_at if source.infused else None
    return end if end is not None and end >= dose else None


def findings_against(source: SheetSource) -> list[Finding]:
    """Why no sheet can be printed yet; empty when it can."""
    if source.kind not in AFTER_TREATMENT:
        return [Finding(NO_KIND, {"kind": source.kind or "this visit type"})]
    dose = source.last_dose_at
    if dose is None:
        return [Finding(NO_DOSE)]
    if source.infused and source.infusion_ended_at is None:
        return [Finding(INFUSION_RUNS)]
    dose_day = local_day(dose, source.zone)
    if dose_day != source.visit_day:
        days = {"dose_day": long_date(dose_day), "visit_day": long_date(source.visit_day)}
        return [Finding(DOSE_DAY, days)]
    return []


def told_of(source: SheetSource) -> tuple[Finding, ...]:
    """What is said to whoever prints: that a correction to an earlier time does not count yet."""
    if source.corrected_to is None or findings_against(source):
        return ()
    at, then = (
        clock_time(local_time(one, source.zone).minute)
        for one in (compute_facts(source).counts_from, source.corrected_to)
    )
    return (Finding(EARLIER_WAITS, {"time": at, "then": then}),)


@dataclass(frozen=True, slots=True)
class SheetMatch:
    """How a printed sheet stands to the record now. Names are those of :class:`SheetFacts`.

    void: what made it untrue. aged: what is merely newer; the sheet stays true to what it says.
    """

    void: tuple[str, ...] = ()
    aged: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.void


def match(printed: SheetFacts, source: SheetSource) -> SheetMatch:
    """Whether a sheet's facts still match the record: a later dose or a moved day voids it.

    A changed setting or a corrected name ages a sheet; what it says of this visit stays true.
    """
    findings = findings_against(source)
    if findings:
        return SheetMatch(void=tuple(finding.code for finding in findings))
    now = compute_facts(source)
    void = _changed(printed, now, _MUST_HOLD)
    # When an infusion began is not on its sheet: a corrected start leaves it true.
    if not same_minute(printed.counts_from, now.counts_from):
        void += ("infusion_ended_at" if now.infusion_ended_at else "last_dose_at",)
    return SheetMatch(void=void, aged=_changed(printed, now, _MAY_AGE))


def _changed(printed: SheetFacts, now: SheetFacts, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if getattr(printed, name) != getattr(now, name))


def _next_day(dose: datetime, zone_name: str) -> Moment:
    return Moment(local_day(dose, zone_name) + timedelta(days=1))


def _after(start: datetime, hours: int, zone_name: str) -> Moment:
    """The clock reading that many elapsed hours later; a begun minute counts as not yet over."""
    end = start + timedelta(hours=hours)
    if hours and (end.second or end.microsecond):
        end = end.replace(second=0, microsecond=0) + _MINUTE
    reading = local_time(end, zone_name)
    mark = end.astimezone(zone(zone_name)).tzname() if is_twice(reading, zone_name) else ""
    return Moment(reading.day, reading.minute, mark or "")
