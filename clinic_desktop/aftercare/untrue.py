"""What made a printed sheet untrue, in words: what it says, and what the record says now."""

from collections.abc import Iterator

from clinic_desktop.aftercare.facts import compute_facts, findings_against, match
from clinic_desktop.aftercare.facts_json import facts_from_json
from clinic_desktop.aftercare.rules import DOSE_DAY, INFUSION_RUNS, NO_DOSE, NO_KIND, UNTRUE
from clinic_desktop.aftercare.values import Sheet, SheetFacts, SheetSource
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.treatment.moments import same_minute

_AGAINST = {
    NO_DOSE.code: "no dose is on record any more",
    INFUSION_RUNS.code: "the infusion runs again",
    DOSE_DAY.code: "the dose is on another day than the visit",
    NO_KIND.code: "this visit type has no sheet any more",
}


def speaks_against(sheet: Sheet, source: SheetSource, *, withdrawn: bool = False) -> list[Finding]:
    """Why a sheet may not be handed out; empty while it is true. withdrawn: its words were."""
    printed = facts_from_json(sheet.facts)
    void = match(printed, source).void
    if void:
        changed = tuple(_changes(printed, source))
    elif sheet.voided_at is not None:
        changed = ("a newer one was made",)
    elif withdrawn:
        changed = ("its text was withdrawn",)
    else:
        return []
    return [Finding(UNTRUE, {"changed": changed})]


def _changes(printed: SheetFacts, source: SheetSource) -> Iterator[str]:
    if against := findings_against(source):
        yield from (_AGAINST[one.code] for one in against)
        return
    now = compute_facts(source)
    if printed.kind != now.kind or printed.zone != now.zone:
        yield "the treatment or the clinic's time zone is another one"
    if printed.visit_day != now.visit_day:
        yield f"the visit is on {short_date(now.visit_day)}, not on {short_date(printed.visit_day)}"
    if not same_minute(printed.counts_from, now.counts_from):
        what = "the infusion ended" if now.infusion_ended_at else "the last dose was given"
        yield f"{what} at {_clock(now)}, not at {_clock(printed)}"


def _clock(facts: SheetFacts) -> str:
    return clock_time(local_time(facts.counts_from, facts.zone).minute)
