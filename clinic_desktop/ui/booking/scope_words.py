"""A change of a course in words: how far it reaches, and what was where and will be."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, Protocol

from clinic_desktop.foundation.rulebook import Finding, Severity
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.looking_elastic import Elastic
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.rules import planned_only
from clinic_desktop.scheduling.stopping import Stop
from clinic_desktop.ui.booking.words import room_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import worded


class Line(NamedTuple):
    text: str
    ink: str


def scope_title(one: Elastic) -> str:
    """What it does: a visit that falls away is made up, and others may move for it; none is cancelled."""
    if one.wish.ending is not None:
        return {
            Scope.THIS: tr("Only this one; it goes to the to-place list"),
            Scope.LATER: tr("Make it up; later visits may move"),
            Scope.WHOLE: tr("Make it up; the whole course may move"),
        }[one.wish.scope]
    return {
        Scope.THIS: tr("This visit only"),
        Scope.LATER: tr("This and later"),
        Scope.WHOLE: tr("Whole course"),
    }[one.wish.scope]


def scope_detail(one: Elastic) -> str:
    """ "2 others move", "made up Tue, Nov 24; no other moves"."""
    if one.what is None:
        return tr("does not fit")
    count = len(one.reflow.shifts)
    others = tr("%n other(s) (moves|move)", "", count) if count else tr("the others stay")
    if one.wish.ending is None:
        return others
    if one.reflow.made_up is None:
        return others
    day = short_date(one.reflow.made_up.day)
    return tr("made up {day}; {others}").format(day=day, others=others)


def stop_title(stop: Stop) -> str:
    later = len(stop.cancelled) - 1
    if not later:
        return tr("Stop the course: cancel this one")
    return tr("Stop the course: cancel this one and %n later", "", later)


def stop_detail(stop: Stop) -> str:
    """ "Nov 23 to Dec 3"."""
    first, last = stop.cancelled[0].day, stop.cancelled[-1].day
    if first == last:
        return tr("nothing is left to place")
    days = tr("{first} to {last}").format(first=short_date(first), last=short_date(last))
    return tr("{days}; nothing is left to place").format(days=days)


def stop_lines(stop: Stop) -> list[Line]:
    """The days that fall away, and what does not."""
    count = len(stop.cancelled)
    words = tr("Cancelled, %n visit(s): {days}.", "", count).format(days=_days(stop.cancelled))
    lines = [Line(words, "ink")]
    if stop.waiting:
        lines.append(Line(tr("%n visit(s) without a time (falls|fall) away too.", "", stop.waiting), "ink"))
    for one in stop.left:
        pattern = tr("Visit {no} on {day} stays: its time has come. Record what became of it.")
        if planned_only(one, "cancelled") is not None:
            pattern = tr("Visit {no} on {day} stays: the patient came.")
        lines.append(Line(pattern.format(no=one.course_no or 0, day=short_date(one.day)), "warn"))
    return lines


def _days(visits: Iterable[Visit]) -> str:
    return "; ".join(short_date(one.day) for one in visits)


def change_lines(one: Elastic, setup: Setup) -> list[Line]:
    """Each visit that changes, with what makes it move, and what the rules say."""
    lines: list[Line] = []
    moves, words = tr("Visit {no}: {before} to {after}"), tr("Visit {no}: {before} is made up {after}")
    new = one.reflow.made_up
    if (move := one.wish.move) is not None:
        lines += _change(setup, moves, one.changed, move)
        lines += _said(one.findings.get(one.changed.id, ()))
    elif new is not None:
        lines += _change(setup, words, one.changed, new)
        lines += _said(one.findings.get(0, ()))
    for shift in one.reflow.shifts:
        lines += _change(setup, moves, shift.visit, shift.to)
        lines += [Line(worded(why), "second") for why in shift.why]
        lines += _said(one.findings.get(shift.visit.id, ()))
    if one.reflow.relaxed:
        lines.append(Line(tr("The course gets longer than usual."), "warn"))
    return lines


class _Place(Protocol):
    @property
    def day(self) -> date: ...
    @property
    def minute(self) -> int: ...
    @property
    def room_id(self) -> int | None: ...


def _change(setup: Setup, pattern: str, visit: Visit, place: _Place) -> list[Line]:
    before = f"{short_date(visit.day)}, {clock_time(visit.minute)}"
    room = room_words(setup, place.room_id)
    after = ", ".join(part for part in (short_date(place.day), clock_time(place.minute), room) if part)
    return [Line(pattern.format(no=visit.course_no or 0, before=before, after=after), "ink")]


def blocked_words(one: Elastic) -> str:
    """Why nothing can be done; empty when it can."""
    return " ".join(dict.fromkeys(worded(why) for left in one.reflow.left for why in left.reasons))


def _said(findings: tuple[Finding, ...]) -> list[Line]:
    inks = {Severity.WARNING: "warn", Severity.HOLD: "warn"}
    return [Line(worded(one), inks.get(one.severity, "danger")) for one in findings]
