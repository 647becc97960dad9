"""Somebody else was faster: who has the place now, and the next times instead. Nothing typed is lost."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.looking import Offer
from clinic_desktop.scheduling.looking_lost import Lost, LostCourse
from clinic_desktop.scheduling.looking_patient import About
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui.booking.words import day_words, offer_reason, place_words, span_words, when_words
from clinic_desktop.ui.dialogs import ChoiceDialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row


class LostRace:
    """The dialog about one lost race; ``kept``: what is not done, and that nothing typed is lost."""

    def __init__(self, setup: Setup, today: date, lost: Lost, kept: str, known: About | None = None) -> None:
        self._setup, self._today, self._lost, self._known = setup, today, lost, known
        self.text = f"{_who(lost)} {kept}".strip()

    @property
    def title(self) -> str:
        """ "Infusion 4 on Thu, Nov 19 at 1:30 PM was just taken"."""
        at = self._lost.at
        what = self._lost.taken[0] if self._lost.taken else tr("That time")
        if at is None:
            return tr("{what} was just taken").format(what=what)
        day, time = day_words(at.day, self._today, inside=True), clock_time(at.minute)
        pattern = tr("{what} {day} at {time} was just taken")
        if day not in (tr("today"), tr("tomorrow")):
            pattern = tr("{what} on {day} at {time} was just taken")
        return pattern.format(what=what, day=day, time=time)

    def ask(self, parent: QWidget, verb: str, leave: str, on_offer: Callable[[int], object]) -> ChoiceDialog:
        """Name who has the place and offer the others; Enter takes the first. verb: "Book {when}"."""
        offers = self._lost.offers
        choices = [Choice(str(n), self._row(one)) for n, one in enumerate(offers)]

        def confirm(choice: Choice) -> str:
            return verb.format(when=when_words(offers[int(choice.id)].at, self._today))

        def taken(key: str) -> None:
            on_offer(int(key))

        return ChoiceDialog.ask(parent, self.title, self.text, choices, taken, confirm=confirm, leave=leave)

    def _row(self, offer: Offer) -> Row:
        visit_type = self._lost.type
        if visit_type is None:
            return Row(when_words(offer.at, self._today))
        span = span_words(self._setup, visit_type, offer.at, short=True)
        words = f"{day_words(offer.at.day, self._today)}  {span}"
        reason = offer_reason(self._setup, self._known, visit_type, offer)
        return Row(words, reason, place_words(self._setup, offer.choice))


def of_booking(setup: Setup, today: date, lost: Lost, known: About | None) -> LostRace:
    who = known.patient.name if known else ""
    kept = tr("Your visit for {patient} is not booked. Everything you entered is kept.").format(patient=who)
    return LostRace(setup, today, lost, kept, known)


def of_course(setup: Setup, today: date, lost: LostCourse, known: About) -> LostRace:
    pattern = tr("It was for visit {no} of {patient}. Nothing is booked; everything you entered is kept.")
    return LostRace(setup, today, lost.lost, pattern.format(no=lost.no, patient=known.patient.name), known)


def of_move(setup: Setup, today: date, lost: Lost, patient: str) -> LostRace:
    kept = tr("The visit of {patient} was not moved.").format(patient=patient)
    return LostRace(setup, today, lost, kept)


def of_longer(setup: Setup, today: date, lost: Lost, patient: str) -> LostRace:
    kept = tr("The visit of {patient} stays as long as it was. At these times it could be longer.")
    return LostRace(setup, today, lost, kept.format(patient=patient))


def of_swap(setup: Setup, today: date, lost: Lost, patient: str, other: str) -> LostRace:
    kept = tr("{patient} and {other} stay in their rooms.").format(patient=patient, other=other)
    return LostRace(setup, today, lost, kept)


def _who(lost: Lost) -> str:
    winner = lost.winner
    if winner.patient and winner.by:
        return tr("{by} booked {patient} there.").format(by=winner.by, patient=winner.patient)
    return tr("{patient} is there now.").format(patient=winner.patient) if winner.patient else ""
