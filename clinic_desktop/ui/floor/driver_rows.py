"""The driver on the day, row by row: how far it is, who said so and when, and what can be done next. Pure."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.calls import CallAttempt
from clinic_desktop.treatment.driving import DriverDay, call_by, driver_day, in_the_house
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.calls.words import outcome_words
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.words import at_day_clock, unbroken
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.page_rows import Line
from clinic_desktop.ui.widgets.rows import Row

_STAYING = 3  # of those who stay longest, as many are named


class Act(StrEnum):
    """What a row is chosen for."""

    CONFIRM = "confirm"
    COMES = "comes"
    CALL = "call"
    HERE = "here"
    OVER = "over"
    CHAIR = "chair"
    CONTACT = "contact"
    ESCORT = "escort"
    STAYS = "stays"


def driver_lines(stay: Stay, now: datetime) -> list[Line]:
    """The rows with their digits; each stands for its act. Where the driver is not here after a dose, what
    there is to do meanwhile follows."""
    day = driver_day(stay.care, stay.calls)
    rows = [*_steps(stay, day), *(_meanwhile(stay, day, now) if _waits(stay, day) else ())]
    return [
        Line(Row(text, detail, right, key=str(number)), act)
        for number, (act, text, detail, right) in enumerate(rows, 1)
    ]


_Said = tuple[Act, str, str, str]  # text, detail, and by whom and when on the right


def _waits(stay: Stay, day: DriverDay) -> bool:
    whole = stay.care.whole
    return whole.dosed and whole.ended_at is None and day.here is None


def _steps(stay: Stay, day: DriverDay) -> Iterator[_Said]:
    visit = stay.visit
    named = ", ".join(part for part in (visit.plan_name, unbroken(visit.plan_phone)) if part)
    said = _who_when(stay, visit.plan_confirmed_by, visit.plan_confirmed_at)
    yield (
        Act.CONFIRM,
        tr("Confirmed") if visit.plan_confirmed_at else tr("Not confirmed"),
        named or tr("nobody is named"),
        said if visit.plan_confirmed_at else "",
    )
    if day.expected is None:
        yield Act.COMES, tr("Arriving"), tr("not said when"), _by_call(stay, day.said)
    else:
        time = at_day_clock(day.expected, visit.zone, visit.day)
        yield Act.COMES, tr("Arriving at {time}").format(time=time), "", _by_call(stay, day.said)
    yield Act.CALL, *_called(stay, day.calls, _to_call(stay))
    yield Act.HERE, tr("Here"), day.here.person if day.here else tr("not yet"), _stamped(stay, day.here)
    over = day.took_over
    yield (
        Act.OVER,
        tr("Took over"),
        (over.person or tr("nobody, alone")) if over else tr("at the release"),
        _stamped(stay, over),
    )


def _meanwhile(stay: Stay, day: DriverDay, now: datetime) -> Iterator[_Said]:
    chair = stay.care.whole.last(StampKind.WAITING)
    yield Act.CHAIR, tr("Waiting chair"), tr("the room is free, somebody watches"), _stamped(stay, chair)
    contact = stay.care.patient.emergency
    who = ", ".join(part for part in (contact.name, contact.relationship, unbroken(contact.phone)) if part)
    tries = _called(stay, day.contacted, who or tr("none on record"))
    yield Act.CONTACT, tr("Emergency contact"), tries[1], tries[2]
    yield Act.ESCORT, tr("Paid escort"), tr("name and phone, in one line"), ""
    yield Act.STAYS, tr("Who stays"), _staying(stay, day, now), _stamped(stay, day.stays)


def _staying(stay: Stay, day: DriverDay, now: datetime) -> str:
    """Who was chosen; else who is here, and until when."""
    if day.stays is not None:
        return day.stays.person
    zone = stay.visit.zone
    there = groupby(in_the_house(stay.care.setup, now)[:_STAYING], key=lambda both: both[1])
    said = [
        tr("{names} until {time}").format(
            names=", ".join(one.name for one, _ in some), time=clock_time(local_time(until, zone).minute)
        )
        for until, some in there
    ]
    return "; ".join(said) or tr("nobody is on site by the shifts")


def _to_call(stay: Stay) -> str:
    by = call_by(stay.care)
    return tr("call by {time}").format(time=_clock(stay, by)) if by else ""


def _called(stay: Stay, calls: tuple[CallAttempt, ...], otherwise: str) -> tuple[str, str, str]:
    if not calls:
        return tr("Not called today"), otherwise, ""
    last = calls[-1]
    words = ", ".join(part for part in (outcome_words(last.outcome), last.note) if part)
    return tr("Called, %n time(s)", "", len(calls)), words, _by_call(stay, last)


def _by_call(stay: Stay, call: CallAttempt | None) -> str:
    return _who_when(stay, call.by, call.at) if call else ""


def _stamped(stay: Stay, stamp: Stamp | None) -> str:
    return _who_when(stay, stamp.by, stamp.at) if stamp else ""


def _who_when(stay: Stay, by: int | None, at: datetime | None) -> str:
    people = {one.id: one.initials or one.name for one in stay.care.setup.staff}
    when = at_day_clock(at, stay.visit.zone, stay.visit.day) if at else ""
    return ", ".join(part for part in (when, people.get(by or 0, "")) if part)


def _clock(stay: Stay, at: datetime) -> str:
    return at_day_clock(at, stay.visit.zone, stay.visit.day)
