"""What the panel beside the board says about one visit: read off the GUI thread, then worded."""

from dataclasses import dataclass, replace
from typing import Protocol, cast

from clinic_desktop.foundation.clock import from_utc_minute, instant_minute
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.claims import came_early, phases_of
from clinic_desktop.scheduling.model import Course, Override, PhaseKind, Setup, Visit
from clinic_desktop.scheduling.open_visits import STOPPED
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.session import Session, standing
from clinic_desktop.ui.board.block import BandKind
from clinic_desktop.ui.board.day_axis import axis_of, short_clock
from clinic_desktop.ui.board.ending import ended_by
from clinic_desktop.ui.board.facts import Fact
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

_LATEST = 6

PHASES = {
    PhaseKind.CHECK_IN: QT_TR_NOOP("Check-in"),
    PhaseKind.PREP: QT_TR_NOOP("Prep"),
    PhaseKind.DOSING: QT_TR_NOOP("Dosing"),
    PhaseKind.INFUSION: QT_TR_NOOP("Infusion"),
    PhaseKind.SESSION: QT_TR_NOOP("Session"),
    PhaseKind.MONITORING: QT_TR_NOOP("Monitoring"),
    PhaseKind.RECOVERY: QT_TR_NOOP("Recovery"),
    PhaseKind.RELEASE: QT_TR_NOOP("Release"),
    PhaseKind.TURNOVER: QT_TR_NOOP("Turnover"),
}
_DRAWN = {
    PhaseKind.DOSING: BandKind.DOSE,
    PhaseKind.INFUSION: BandKind.DOSE,
    PhaseKind.MONITORING: BandKind.WATCH,
    PhaseKind.RECOVERY: BandKind.WATCH,
}
_STAMPS = {
    StampKind.ARRIVED: QT_TR_NOOP("Arrived"),
    StampKind.IN_ROOM: QT_TR_NOOP("In the room"),
    StampKind.DOSE: QT_TR_NOOP("Dose given"),
    StampKind.INFUSION_START: QT_TR_NOOP("Infusion started"),
    StampKind.INFUSION_STOP: QT_TR_NOOP("Infusion stopped"),
    StampKind.DRIVER_SEEN: QT_TR_NOOP("Driver here"),
    StampKind.SHEET_HANDED: QT_TR_NOOP("Sheet handed over"),
    StampKind.READY: QT_TR_NOOP("Ready to leave"),
    StampKind.RELEASED: QT_TR_NOOP("Released"),
    StampKind.LEFT: QT_TR_NOOP("Left"),
    StampKind.NOT_TREATED: QT_TR_NOOP("Not treated"),
    StampKind.LEFT_EARLY: QT_TR_NOOP("Left before release"),
    StampKind.TRANSFERRED: QT_TR_NOOP("Transferred"),
}


@dataclass(frozen=True, slots=True)
class Detail:
    """One visit with what belongs to it."""

    visit: Visit
    patient: Patient
    course: Course | None
    course_visits: tuple[Visit, ...]
    session: Session
    ended: Trace[object] | None = None  # what recorded that it does not take place
    given: tuple[Override, ...] = ()  # what somebody went over for it as it stands


class _Trail(ScheduleRecords, Protocol):
    def last_written(self, kind: type[Visit], record_id: int) -> Trace[object] | None: ...


def read_detail(store: ScheduleStore, visit_id: int) -> Detail:
    """All of it from one moment."""
    with store.read() as records:
        visit = records.get(Visit, visit_id)
        course = records.get(Course, visit.course_id) if visit.course_id else None
        gone = visit.state in NEVER_CAME
        trail = cast("_Trail", records)  # every store's reader looks into its trail
        siblings = records.find(Visit, course_id=visit.course_id) if visit.course_id else []
        return Detail(
            visit,
            records.get(Patient, visit.patient_id),
            course,
            tuple(sorted(siblings, key=lambda one: (one.course_no or 0, one.start))),
            standing(records.find(Stamp, visit_id=visit_id)),
            ended_by(trail.last_written(Visit, visit_id)) if gone else None,
            tuple(one for one in records.find(Override, visit_id=visit_id) if one.stands(visit)),
        )


def phase_facts(visit: Visit, setup: Setup) -> list[Fact]:
    """Each phase with the clock time it begins and how long it takes; earlier for who came early."""
    visit_type = setup.type_by_id(visit.type_id)
    axis = axis_of(visit.day, visit.zone)
    out: list[Fact] = []
    lengths: list[int] = []
    for _, phase, span in phases_of(visit, visit_type):
        text = tr(PHASES[phase.kind])
        if out and out[-1].text == text:
            lengths[-1] += span.length
            continue
        outside = phase.kind in (PhaseKind.CHECK_IN, PhaseKind.TURNOVER)
        band = None if outside else _DRAWN.get(phase.kind, BandKind.PREP)
        time = short_clock(axis.minute(span.start - came_early(visit)))
        out.append(Fact(time, text, band=band, family=visit_type.family, indent=outside, lead_width=52))
        lengths.append(span.length)
    words = tr("{minutes} min")
    return [replace(one, right=words.format(minutes=n)) for one, n in zip(out, lengths, strict=True)]


def course_title(detail: Detail) -> str:
    """Its name, and that nothing more of it is planned."""
    course = detail.course
    if course is None:
        return tr("Course")
    name = course.name or tr("Course")
    return tr("{course}, stopped").format(course=name) if course.state == STOPPED else name


def course_facts(detail: Detail, setup: Setup) -> list[Fact]:
    """The visits of the course in their real rooms; the shown one stands out."""
    rooms = {one.id: one.name for one in setup.rooms}
    out = []
    for visit in detail.course_visits:
        here = visit.id == detail.visit.id
        ended = visit.state in NEVER_CAME
        where = state_word(visit.state) if ended else rooms.get(visit.room_id or 0, "")
        when = f"{short_date(visit.day)}  {short_clock(visit.minute)}"
        number = str(visit.course_no or "")
        out.append(
            Fact(number, when, where, state=visit.whereabouts, visit_id=visit.id, here=here, lead_width=20)
        )
    return out


def latest_facts(detail: Detail, setup: Setup) -> list[Fact]:
    """What happened and was arranged, the latest first."""
    names = {one.id: one.initials for one in setup.staff}
    visit = detail.visit
    said: list[tuple[int, str, str]] = []
    for stamp in detail.session.stamps:
        if stamp.at is not None and stamp.kind in _STAMPS:
            said.append((instant_minute(stamp.at), tr(_STAMPS[stamp.kind]), names.get(stamp.by, "")))
    if visit.plan_confirmed_at is not None:
        by = names.get(visit.plan_confirmed_by or 0, "")
        said.append((instant_minute(visit.plan_confirmed_at), tr("Driver confirmed"), by))
    if visit.booked_at is not None:
        said.append((instant_minute(visit.booked_at), tr("Booked"), names.get(visit.booked_by or 0, "")))
    said.sort(key=lambda one: -one[0])
    return [Fact(_moment(minute, visit), text, by, lead_width=88) for minute, text, by in said[:_LATEST]]


def _moment(minute: int, visit: Visit) -> str:
    """The clock on the visit's day, the day on another."""
    at = from_utc_minute(minute, visit.zone)
    return short_clock(at.minute) if at.day == visit.day else short_date(at.day)
