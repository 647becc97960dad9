"""How a visit or a course that the one line offers reads as a row: what Enter will do, and what speaks."""

from clinic_desktop.foundation.rulebook import Finding, Severity, blocking, holding
from clinic_desktop.foundation.words import clock_time, plain_date, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.typed_line import Line
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.booking import flow
from clinic_desktop.ui.booking.course_words import course_findings, unplaced_words
from clinic_desktop.ui.booking.words import day_words, home_words, place_words, when_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded


def books_at_once(desk: Desk, seen: Look) -> bool:
    """Whether Enter books (or holds) it; else it opens the panel with all that was said."""
    return seen.wish is not None and not flow.refused(seen) and may(desk.actor, Right.BOOK)


def books_course_at_once(desk: Desk, planned: PlannedCourse) -> bool:
    """The same of a whole course: every visit has a place and no rule refuses one."""
    refused = any(severity in (Severity.LOCKED, Severity.HARD) for _, severity in course_findings(planned))
    return planned.plan.whole and planned.count > 0 and not refused and may(desk.actor, Right.BOOK)


def visit_row(desk: Desk, seen: Look, line: Line) -> Row:
    """ "Book tomorrow, 10:00 AM: Okafor, Amara"."""
    setup, today = desk.setup, desk.today()
    kind = seen.type.name if seen.type else ""
    if seen.spot is None:
        title = tr("No free time for {what}").format(what=kind)
        return Row(_named(title, seen), _joined(_not_then(seen)), icon="warning", tone=Tone.WARN)
    when = when_words(seen.spot.at, today)
    where = place_words(setup, seen.choice) if seen.choice else ""
    if seen.about is None:
        title = tr("First free {what}: {when}").format(what=kind, when=when)
        return Row(title, _joined(where, tr("Choose who comes")), icon="search")
    if not books_at_once(desk, seen):
        title = _named(tr("Look at {when}").format(when=when), seen)
    else:
        title = _named(flow.verb(seen, today).text, seen)
    badge, tone = _badge(seen.findings)
    home = home_words(seen.plan) if seen.plan and seen.asks_driver(setup) else ""
    detail = (
        kind,
        where,
        home,
        *_besides(desk, seen, line),
        *_said(seen.findings),
        _born(seen.about.patient),
    )
    return Row(title, _joined(*detail), icon="plus", badge=badge, tone=tone)


def course_row(desk: Desk, planned: PlannedCourse) -> Row:
    """ "Book all 6 visits: Okafor, Amara", with the first, the last and the clock time."""
    count, placed = planned.count, planned.plan.placed
    findings = tuple(one for some in planned.findings.values() for one in some)
    verb = (
        tr("Hold all %n visit(s)", "", count) if holding(findings) else tr("Book all %n visit(s)", "", count)
    )
    if not books_course_at_once(desk, planned):
        verb = tr("Look at the course")
    badge, tone = _badge(findings)
    said = [] if planned.plan.whole else [unplaced_words(planned)]
    if placed:
        days = f"{short_date(placed[0].day)} \N{EN DASH} {short_date(placed[-1].day)}"
        said.append(days)
    if planned.plan.clock is not None:
        off = sum(one.minute != planned.plan.clock for one in placed)
        said.append(_clock_words(planned.plan.clock, off))
    homes = {plan.name or home_words(plan) for plan in planned.homes.values() if plan is not None}
    said += [tr("Driver: {name}").format(name=", ".join(sorted(homes)))] if homes else []
    said += [planned.template.name, *_said(findings), _born(planned.about.patient)]
    return Row(
        f"{verb}: {planned.about.patient.name}", _joined(*said), icon="calendar", badge=badge, tone=tone
    )


def _clock_words(clock: int, off: int) -> str:
    time = clock_time(clock)
    return tr("{time}, %n visit(s) at another time", "", off).format(time=time) if off else time


def _named(title: str, seen: Look) -> str:
    return f"{title}: {seen.about.patient.name}" if seen.about else title


def _born(patient: Patient) -> str:
    return tr("born {day}").format(day=plain_date(patient.birth_date)) if patient.birth_date else ""


def _besides(desk: Desk, seen: Look, line: Line) -> list[str]:
    """What is not as it was asked: another day; and somebody of that day with a similar name."""
    out = []
    if line.day is not None and seen.spot is not None and seen.spot.at.day != line.day:
        pattern = tr("nothing free {day}")
        out.append(pattern.format(day=day_words(line.day, desk.today(), inside=True)))
    if seen.namesakes:
        out.append(tr("a similar name that day: {name}").format(name=seen.namesakes[0].patient.name))
    return out


def _not_then(seen: Look) -> str:
    return " ".join(worded(one) for one in seen.not_earlier.reasons[:1]) if seen.not_earlier else ""


def _badge(findings: tuple[Finding, ...]) -> tuple[str, Tone]:
    if blocking(findings):
        return tr("A rule refuses it"), Tone.DANGER
    if holding(findings):
        return tr("Held"), Tone.WARN
    return (tr("To know"), Tone.WARN) if findings else ("", Tone.NEUTRAL)


def _said(findings: tuple[Finding, ...]) -> list[str]:
    """What the rules say, the gravest first, each sentence once."""
    order = {Severity.LOCKED: 0, Severity.HARD: 0, Severity.HOLD: 1}
    ranked = sorted(findings, key=lambda one: order.get(one.severity, 2))
    return list(dict.fromkeys(worded(one).rstrip(".") for one in ranked))[:1]


def _joined(*parts: str) -> str:
    return ". ".join(part[:1].upper() + part[1:] for part in parts if part)
