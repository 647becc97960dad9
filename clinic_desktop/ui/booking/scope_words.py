"""A change of a course in words: how far it reaches, and what was where and will be."""

from datetime import date
from typing import NamedTuple, Protocol

from clinic_desktop.foundation.rulebook import Finding, Severity
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.looking_elastic import Elastic
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.ui.booking.words import room_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import worded


class Line(NamedTuple):
    text: str
    ink: str


def scope_title(one: Elastic) -> str:
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
        return tr("it waits on the to-place list; the others stay")
    day = short_date(one.reflow.made_up.day)
    return tr("made up {day}; {others}").format(day=day, others=others)


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
