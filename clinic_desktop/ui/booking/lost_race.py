"""Somebody else was faster: who has the place now, and the next times instead. Nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.errors import Conflict, NotFound
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Patient, Staff
from clinic_desktop.scheduling.looking import Offer
from clinic_desktop.scheduling.looking_booking import Look, Spot, look
from clinic_desktop.scheduling.model import ClaimKind, Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleStore
from clinic_desktop.ui.booking.words import day_words, offer_reason, place_words, span_words, when_words
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row

OTHERS = 3
JUST_NOW = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Winner:
    """Who has the place now. by: who booked it, where that was only just."""

    patient: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """A race that was lost, the winner of each place, and times that are still free."""

    seen: Look
    taken: tuple[str, ...]
    winner: Winner
    offers: tuple[Offer, ...]


def look_after(store: ScheduleStore, now: datetime, seen: Look, problem: Conflict) -> Lost:
    """Who won, and the three times nearest to the lost one."""
    with store.read() as records:
        winner = winner_of(records, now, problem)
    rooms_first = sorted(problem.taken, key=lambda one: one.kind != ClaimKind.ROOM)
    names = tuple(dict.fromkeys(one.name for one in rooms_first))
    return Lost(seen, names, winner, _others(store, now, seen))


def winner_of(records: ScheduleRecords, now: datetime, problem: Conflict) -> Winner:
    """The visit that has the first of the places."""
    number = next((one.visit_id for one in problem.taken if one.visit_id is not None), None)
    if number is None:
        return Winner()
    try:
        visit = records.get(Visit, number)
        patient = records.get(Patient, visit.patient_id).name
        fresh = visit.booked_at is not None and now - visit.booked_at <= JUST_NOW
        return Winner(patient, records.get(Staff, visit.booked_by).name if fresh and visit.booked_by else "")
    except NotFound:
        return Winner()


def _others(store: ScheduleStore, now: datetime, seen: Look) -> tuple[Offer, ...]:
    if seen.spot is None:
        return ()
    at = seen.spot.at
    return look(
        store, now, replace(seen.answers, spot=None, since=at.day, half="", near=at.minute, count=OTHERS)
    ).offers


def ask(
    parent: QWidget, setup: Setup, today: date, lost: Lost, on_spot: Callable[[Spot], object]
) -> ChoiceDialog:
    """Name who has the place and offer the others; Enter takes the first."""
    spots = {str(n): Spot(one.at, one.choice.room_id) for n, one in enumerate(lost.offers)}
    choices = [Choice(str(n), _row(setup, today, lost, one)) for n, one in enumerate(lost.offers)]

    def taken(key: str) -> None:
        on_spot(spots[key])

    def confirm(choice: Choice) -> str:
        return tr("Book {when}").format(when=when_words(spots[choice.id].at, today))

    leave = tr("Back to the booking")
    return ChoiceDialog.ask(
        parent, title(lost, today), text(lost), choices, taken, confirm=confirm, leave=leave
    )


def title(lost: Lost, today: date) -> str:
    """ "Infusion 4 on Thu, Nov 19 at 1:30 PM was just taken"."""
    at = lost.seen.spot.at if lost.seen.spot else None
    what = lost.taken[0] if lost.taken else tr("That time")
    if at is None:
        return tr("{what} was just taken").format(what=what)
    day, time = day_words(at.day, today, inside=True), clock_time(at.minute)
    pattern = tr("{what} {day} at {time} was just taken")
    if day not in (tr("today"), tr("tomorrow")):
        pattern = tr("{what} on {day} at {time} was just taken")
    return pattern.format(what=what, day=day, time=time)


def text(lost: Lost) -> str:
    """Who has it, that nothing was booked, and that nothing is lost."""
    winner, who = lost.winner, lost.seen.about.patient.name if lost.seen.about else ""
    first = ""
    if winner.patient and winner.by:
        first = tr("{by} booked {patient} there.").format(by=winner.by, patient=winner.patient)
    elif winner.patient:
        first = tr("{patient} is there now.").format(patient=winner.patient)
    kept = tr("Your visit for {patient} is not booked. Everything you entered is kept.").format(patient=who)
    return f"{first} {kept}".strip()


def _row(setup: Setup, today: date, lost: Lost, offer: Offer) -> Row:
    visit_type = lost.seen.type
    if visit_type is None:
        return Row(when_words(offer.at, today))
    words = f"{day_words(offer.at.day, today)}  {span_words(setup, visit_type, offer.at, short=True)}"
    reason = offer_reason(setup, lost.seen.about, visit_type, offer)
    return Row(words, reason, place_words(setup, offer.choice))
