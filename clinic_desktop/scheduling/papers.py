"""Papers that name times. Nobody can take them back, so what has become of the times is said [R-18].

A course card is the patient's own, a day sheet lies at the desk. Of several the last one counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day, local_time
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.call_rules import CARD_GONE, CARD_MOVED, DAY_SHEET_STALE
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import LIVE, NEVER_CAME, PLANNED
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Named:
    """A visit as a paper names it, in clinic wall-clock time."""

    visit_id: int
    day: date
    minute: int
    room_id: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that went to the printer or into a file: a patient's course card, or the sheet of a day.

    text_id, facts: the words of a course card and what they were filled with, of which it can be made again.
    """

    id: int = 0
    version: int = 0
    patient_id: int | None = None
    day: date | None = None
    named: tuple[Named, ...] = ()
    made_at: datetime | None = None
    made_by: int = 0
    text_id: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def keep_day_sheet(store: ScheduleStore, actor: Actor, day: date, visits: Iterable[Visit]) -> Changes:
    """Put on record that the sheet of a day was printed, with the visits as it names them."""
    require(actor, Right.PRINT_SHEET)
    with store.write(actor) as unit:
        unit.add(Paper(day=day, named=named(visits), made_at=unit.at, made_by=actor.person_id))
        unit.touch_days([day])
        return unit.commit()


def named(visits: Iterable[Visit]) -> tuple[Named, ...]:
    """A displaced visit has lost its room, and stands on paper without one."""
    return tuple(
        Named(one.id, one.day, one.minute, None if one.displaced and one.state in LIVE else one.room_id)
        for one in visits
    )


def stale_cards(
    records: ScheduleRecords, patient_ids: Sequence[int], visits: Iterable[Visit], now: datetime
) -> dict[int, tuple[Finding, ...]]:
    """What to tell each patient whose card names a time ahead that is not theirs. ``visits``: all theirs."""
    papers = records.find(Paper, patient_id=patient_ids) if patient_ids else []
    last = {
        one.patient_id: one for one in sorted(papers, key=lambda one: one.id) if one.patient_id is not None
    }
    if not last:
        return {}
    zone = records.setup().clinic.zone
    clock = local_time(now, zone)
    theirs: dict[int, list[Visit]] = {patient: [] for patient in last}
    for one in visits:
        if one.patient_id in theirs:
            theirs[one.patient_id].append(one)
    found = {
        patient.id: tuple(
            _card(last[patient.id], patient, theirs[patient.id], (clock.day, clock.minute), zone)
        )
        for patient in records.find(Patient, id=sorted(last))
    }
    return {patient: findings for patient, findings in found.items() if findings}


def _card(
    paper: Paper, patient: Patient, visits: Sequence[Visit], clock: tuple[date, int], zone: str
) -> Iterator[Finding]:
    """A time that still belongs to some visit of theirs is true, whichever visit that is."""
    stand = {(one.day, one.minute) for one in visits if one.state not in NEVER_CAME}
    by_id = {one.id: one for one in visits}
    moved: list[tuple[Named, Visit]] = []
    gone: list[Named] = []
    for named in paper.named:
        if (named.day, named.minute) in stand or (named.day, named.minute) <= clock:
            continue
        visit = by_id.get(named.visit_id)
        if visit is not None and visit.state in PLANNED:
            moved.append((named, visit))
        elif visit is None or visit.state in NEVER_CAME:
            gone.append(named)
    about = {"day": _made_on(paper, zone), "patient": patient.name}
    if moved:
        was, now_is = tuple(_time(one) for one, _ in moved), tuple(_time(one) for _, one in moved)
        yield Finding(CARD_MOVED, about | {"times": was, "now": now_is})
    if gone:
        yield Finding(CARD_GONE, about | {"times": tuple(map(_time, gone))})


def _time(one: Named | Visit) -> str:
    return f"{short_date(one.day)}, {clock_time(one.minute)}"


def _made_on(paper: Paper, zone: str) -> str:
    return short_date(local_day(paper.made_at, zone)) if paper.made_at else ""


def last_day_sheets(records: ScheduleRecords, days: Sequence[date]) -> dict[date, Paper]:
    """The sheet of each day that was printed last."""
    papers = sorted(records.find(Paper, day=days), key=lambda one: one.id)
    return {one.day: one for one in papers if one.day is not None}


def day_sheet_stale(paper: Paper, visits: Iterable[Visit], zone: str) -> Finding | None:
    """How many visits of the day moved, went or came since its sheet. ``visits`` are the day's."""
    stands = set(named(one for one in visits if one.state not in NEVER_CAME))
    changed = {one.visit_id for one in stands ^ set(paper.named)}
    if not changed or paper.made_at is None:
        return None
    made = local_time(paper.made_at, zone)
    day, time = short_date(made.day), clock_time(made.minute)
    return Finding(DAY_SHEET_STALE, {"day": day, "time": time, "count": len(changed)})
