"""How a visit or a course that the one line offers reads as a row: what Enter will do, and what speaks."""

from clinic_desktop.foundation.rulebook import Finding, Severity, blocking, holding
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.looking import NotEarlier
from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.scheduling.reasons import ALL_BUSY, ROOMS_TAKEN, TOO_EARLY
from clinic_desktop.scheduling.typed_answers import WITHIN, VisitMeant
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.booking import flow
from clinic_desktop.ui.booking.course_words import course_findings, unplaced_words
from clinic_desktop.ui.booking.words import day_words, home_words, place_words, when_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.wording import day_words as born_day
from clinic_desktop.ui.set_up.words import day_names
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded


def books_at_once(desk: Desk, seen: Look) -> bool:
    """Whether Enter books (or holds) it; else it opens the panel with all that was said."""
    return seen.wish is not None and not flow.refused(seen) and may(desk.actor, Right.BOOK)


def books_course_at_once(desk: Desk, planned: PlannedCourse) -> bool:
    """The same of a whole course: every visit has a place, no rule refuses one, and no other course of the
    treatment is to be known of first."""
    refused = any(severity in (Severity.LOCKED, Severity.HARD) for _, severity in course_findings(planned))
    clean = planned.plan.whole and planned.count > 0 and not refused and not planned.beside
    return clean and may(desk.actor, Right.BOOK)


def visit_row(desk: Desk, meant: VisitMeant) -> Row:
    """ "Book Okafor, Amara: tomorrow, 10:00 AM". What speaks against it has a line of its own."""
    seen = meant.seen
    setup, today, kind = desk.setup, desk.today(), seen.type.name if seen.type else ""
    who = seen.about.patient if seen.about else None
    if seen.spot is None:
        title = tr("{patient}: no free time").format(patient=who.name) if who else tr("No free time")
        return Row(title, kind, note=_not_earlier(seen), icon="warning", tone=Tone.WARN)
    when = when_words(seen.spot.at, today)
    where = place_words(setup, seen.choice) if seen.choice else ""
    if who is None:
        title = tr("First free {what}: {when}").format(what=kind, when=when)
        note = _joined(*_besides(desk, meant))
        return Row(title, _joined(where, tr("Choose who comes")), note=note, icon="search")
    badge, tone = _badge(seen.findings)
    home = home_words(seen.plan) if seen.plan and seen.asks_driver(setup) else ""
    note = _joined(*_said(seen.findings), *_besides(desk, meant))
    title = _verb(books=books_at_once(desk, seen), holds=bool(holding(seen.findings)))
    return Row(
        title.format(patient=who.name, when=when),
        _joined(identity(who), kind, where, home),
        note=note,
        icon="plus",
        badge=badge,
        tone=tone,
    )


def another_time_row(desk: Desk, meant: VisitMeant) -> Row | None:
    """Before a visit that Enter would book at another time than was typed: Enter takes nothing here, for
    that time is somebody's own choice."""
    seen, line = meant.seen, meant.line
    if seen.spot is None or seen.about is None or not books_at_once(desk, seen):
        return None
    at = seen.spot.at
    if line.minute in (None, at.minute) and line.day in (None, at.day):
        return None
    title = _joined(*_not_as_typed(desk, meant)) or tr("Not the time that was typed")
    detail = tr("Down goes to {when}.").format(when=when_words(at, desk.today()))
    return Row(title, detail, icon="warning", tone=Tone.WARN)


def _verb(*, books: bool, holds: bool) -> str:
    """What Enter will do."""
    if not books:
        return tr("Look at {patient}: {when}")
    return tr("Hold {patient}: {when}") if holds else tr("Book {patient}: {when}")


def course_row(desk: Desk, planned: PlannedCourse) -> Row:
    """ "Book all 6 visits: Okafor, Amara", with the first, the last, the clock time and the driver."""
    count = planned.count
    findings = tuple(one for some in planned.findings.values() for one in some)
    known_first = tuple(worded(one).rstrip(".") for one in planned.beside)
    verb = (
        tr("Hold all %n visit(s)", "", count) if holding(findings) else tr("Book all %n visit(s)", "", count)
    )
    if not books_course_at_once(desk, planned):
        verb = tr("Look at the course")
    badge, tone = _badge((*planned.beside, *findings))
    homes = {plan.name or home_words(plan) for plan in planned.homes.values() if plan is not None}
    driver = tr("Driver: {name}").format(name=", ".join(sorted(homes))) if homes else ""
    fit = "" if planned.plan.whole else unplaced_words(planned).rstrip(".")
    later = (worded(one).rstrip(".") for one in planned.not_earlier)
    note = _joined(*known_first, fit, _off_days(planned), *_said(findings), *later)
    who = planned.about.patient
    detail = _joined(identity(who), _span(planned), driver, planned.template.name)
    return Row(f"{verb}: {who.name}", detail, note=note, icon="calendar", badge=badge, tone=tone)


def _off_days(planned: PlannedCourse) -> str:
    """ "Not on Tue, Fri: Wed, Dec 2 and Thu, Dec 10": weekdays are wishes, and whoever typed them hears which
    visits are on others."""
    wished = planned.wish.weekdays
    off = [short_date(one.day) for one in planned.plan.placed if wished and one.day.weekday() not in wished]
    if not off:
        return ""
    return tr("not on {weekdays}: {days}").format(weekdays=day_names(wished), days="; ".join(off))


def _span(planned: PlannedCourse) -> str:
    """ "Tue, Nov 17 - Fri, Dec 4, 10:00 AM": the common time, unless it is not kept everywhere."""
    placed, clock = planned.plan.placed, planned.plan.clock
    if not placed:
        return ""
    days = f"{short_date(placed[0].day)} \N{EN DASH} {short_date(placed[-1].day)}"
    off = sum(one.minute != clock for one in placed)
    if clock is None or off > len(placed) // 2:
        return tr("{days}, different times").format(days=days)
    if off:
        return tr("{days}, {time} but for %n", "", off).format(days=days, time=clock_time(clock))
    return f"{days}, {clock_time(clock)}"


def identity(patient: Patient) -> str:
    """ "Apr 12, 1984 ...0142": what tells people of one name apart, first, so that it is never cut off."""
    born = born_day(patient.birth_date) if patient.birth_date else tr("no birth date")
    digits = "".join(one for one in patient.phones[0].number if one.isdigit()) if patient.phones else ""
    return f"{born} …{digits[-4:]}" if digits else born


def _besides(desk: Desk, meant: VisitMeant) -> list[str]:
    """What is not as it was asked: another day or time; and somebody of that day with a similar name."""
    out, seen = _not_as_typed(desk, meant), meant.seen
    if seen.namesakes:
        out.append(tr("a similar name that day: {name}").format(name=seen.namesakes[0].patient.name))
    return out


def _not_as_typed(desk: Desk, meant: VisitMeant) -> list[str]:
    """Another day or time than was typed."""
    seen, line = meant.seen, meant.line
    out = [_taken(meant.not_then)] if meant.not_then else []
    if line.minute is not None and seen.spot is not None and abs(seen.spot.at.minute - line.minute) > WITHIN:
        out.append(tr("nothing near {time}").format(time=clock_time(line.minute)))
    if line.day is not None and seen.spot is not None and seen.spot.at.day != line.day:
        pattern = tr("nothing free {day}")
        out.append(pattern.format(day=day_words(line.day, desk.today(), inside=True)))
    return out


def _taken(wished: NotEarlier) -> str:
    """ "10:00 AM is taken in every room": why not the very time that was typed, in a few words."""
    time, why = clock_time(wished.at.minute), wished.reasons[0]
    if why.code == ROOMS_TAKEN.code:
        return tr("{time} is taken in every room").format(time=time)
    if why.code == ALL_BUSY.code:
        return tr("{time} is taken: everybody is busy then").format(time=time)
    if why.code == TOO_EARLY.code:
        return tr("{time} is too early").format(time=time)
    return tr("not {time}: {why}").format(time=time, why=worded(why).rstrip("."))


def _not_earlier(seen: Look) -> str:
    return " ".join(worded(one) for one in seen.not_earlier.reasons[:1]) if seen.not_earlier else ""


def _badge(findings: tuple[Finding, ...]) -> tuple[str, Tone]:
    if blocking(findings):
        return tr("Refused"), Tone.DANGER
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
