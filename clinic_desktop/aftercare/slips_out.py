"""A paper in the patient's hands names their next times: a visit that moves or is cancelled makes it untrue.

Nobody can take the paper back, so whoever speaks with the patient next must know of it [R-18]. Of several
sheets the last one that was handed over counts, and of several course cards the last one that was printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from clinic_desktop.aftercare.facts_json import facts_from_json
from clinic_desktop.aftercare.in_hand import handed_over
from clinic_desktop.aftercare.preparing import stale_preparations
from clinic_desktop.aftercare.rules import SLIP_STALE
from clinic_desktop.aftercare.values import NextVisit, Sheet
from clinic_desktop.foundation.clock import local_day, local_time
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.papers import stale_cards
from clinic_desktop.scheduling.ports import ScheduleRecords
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.session import standing, when


def stale_slips(
    records: ScheduleRecords, patient_ids: Iterable[int], now: datetime
) -> dict[int, tuple[Finding, ...]]:
    """What to tell each patient whose sheet or course card names a time ahead that is not theirs any more."""
    people = sorted(set(patient_ids))
    visits = records.find(Visit, patient_id=people) if people else []
    cards = stale_cards(records, people, visits, now)
    sheets = _stale_sheets(records, visits, now)
    before = stale_preparations(records, visits, now)
    told = {*sheets, *cards, *before}
    return {one: sheets.get(one, ()) + cards.get(one, ()) + before.get(one, ()) for one in told}


def _stale_sheets(
    records: ScheduleRecords, visits: Sequence[Visit], now: datetime
) -> dict[int, tuple[Finding, ...]]:
    sheets = records.find(Sheet, visit_id=[one.id for one in visits]) if visits else []
    last = _last_handed(records, sheets, {one.id: one.patient_id for one in visits})
    names = {one.id: one.name for one in (records.find(Patient, id=sorted(last)) if last else ())}
    found = {
        patient: _finding(names[patient], *handed, [one for one in visits if one.patient_id == patient], now)
        for patient, handed in last.items()
    }
    return {patient: (one,) for patient, one in found.items() if one is not None}


def _last_handed(
    records: ScheduleRecords, sheets: Iterable[Sheet], whose: Mapping[int, int]
) -> dict[int, tuple[Sheet, datetime]]:
    """By patient the sheet that was handed over last, and when."""
    printed = [one for one in sheets if one.handed_at is not None]
    stamps = records.find(Stamp, visit_id=sorted({one.visit_id for one in printed})) if printed else []
    sessions = {
        one.visit_id: standing(some for some in stamps if some.visit_id == one.visit_id) for one in printed
    }
    found = ((one, handed_over(one, sessions[one.visit_id])) for one in printed)
    handed = sorted((when(stamp), one.id, one) for one, stamp in found if stamp is not None)
    return {whose[one.visit_id]: (one, at) for at, _, one in handed}


def _finding(
    name: str, sheet: Sheet, handed_at: datetime, visits: Sequence[Visit], now: datetime
) -> Finding | None:
    facts = facts_from_json(sheet.facts)
    theirs = {NextVisit(one.day, one.minute) for one in visits if one.state not in NEVER_CAME}
    clock = local_time(now, facts.zone)
    gone = [
        f"{short_date(one.day)}, {clock_time(one.minute)}"
        for one in facts.next_visits
        if one not in theirs and (one.day, one.minute) > (clock.day, clock.minute)
    ]
    if not gone:
        return None
    day = short_date(local_day(handed_at, facts.zone))
    return Finding(SLIP_STALE, {"day": day, "times": tuple(gone), "patient": name})
