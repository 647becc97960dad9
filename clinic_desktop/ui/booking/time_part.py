"""When: the next times with what speaks for each, or whatever day and time one types."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.looking import Offer
from clinic_desktop.scheduling.looking_booking import Look, Spot
from clinic_desktop.scheduling.model import Setup, VisitType
from clinic_desktop.scheduling.typed_dates import When, typed_when
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.booking.words import day_words, offer_reason, place_words, span_words, when_words
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label, set_ink
from clinic_desktop.ui.widgets.parsed_line import ParsedLine
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import worded

ASKED = "asked"
NOON = 12 * 60
MOST_REASONS = 2


class TimePart(Part):
    """``picked`` and ``entered`` carry a :class:`Spot`, ``moved`` too; ``typed`` a :class:`When`.
    ``written``: somebody types, understood or not yet."""

    moved = Signal(object)
    picked = Signal(object)
    entered = Signal(object)
    typed = Signal(object)
    written = Signal()
    wanted_more = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        self.line: ParsedLine[When] = ParsedLine(
            self._read,
            self._write,
            name=tr("Day and time"),
            placeholder=tr("thu 10:15, +2w, fri pm"),
        )
        super().__init__(tr("When"), self.line)
        self.line.setMinimumWidth(190)
        self._today = today
        self._spots: dict[str, Spot] = {}
        self._shown_day: date | None = None
        self._typed_on: date | None = None  # the day that was shown when the words in the line were begun
        self.list = AnswerList(tr("Times"), 6)
        self._below = label("", TextRole.LABEL, "second", wrap=True)
        self.more = Button(tr("More times"), Kind.QUIET, size="small")
        foot = QHBoxLayout()
        foot.addWidget(self._below, 100)
        foot.addStretch(1)
        foot.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.content.addWidget(self.list)
        self.content.addLayout(foot)
        self.list.moved.connect(self._moved)
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._entered)
        self.list.typed.connect(self.start_typing)
        self.list.wanted_more.connect(self.wanted_more)
        self.more.fired.connect(self.wanted_more)
        self.line.value_changed.connect(self._valued)
        self.line.written.connect(self._written)

    def stand_on(self, day: date) -> None:
        """The day of a time that is typed without one, from the next words on."""
        self._shown_day = day

    def forget_typed(self) -> None:
        """Another time was taken than the one that stands in the line."""
        self._typed_on = None
        self.line.set_value(None)

    def show_look(self, seen: Look, setup: Setup) -> None:
        """The times of a booking as it stands."""
        if seen.type is None:
            self._say(tr("Pick the type of visit; the next times follow."), "third")
            self.list.set_choices(())
            self.more.hide()
            return
        choices = self._choices(seen, setup, seen.type)
        chosen = next((key for key, spot in self._spots.items() if spot == seen.spot), "")
        self.list.set_choices(choices, chosen)
        self.more.setVisible(len(seen.offers) >= seen.answers.count)
        self._say(*self._words_below(seen))

    def start_typing(self, text: str) -> None:
        """A letter typed in the list goes on in the line."""
        self.line.setFocus()
        self._typed_on = None
        self.line.setText(text)

    @property
    def below(self) -> str:
        """The line below the times: why not earlier, or why not then."""
        return self._below.text()

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The times of the list, in order."""
        return tuple(self._spots.values())

    def other_than_typed(self, at: WallTime) -> bool:
        """Whether a day was typed, without a time, and ``at`` is on another, or in the other half of it."""
        typed = self.line.value
        if typed is None or typed.minute is not None:
            return False
        half = "am" if at.minute < NOON else "pm"
        return typed.day != at.day or typed.half not in ("", half)

    def say_other_than_typed(self) -> None:
        """The time that is shown is not on the day that was typed."""
        typed = self.line.value
        if typed is not None:
            pattern = tr("Nothing is free {when}. The first times after it stand above: Enter takes one.")
            words = f"{day_words(typed.day, self._today())} {typed.half}".strip()
            self._say(pattern.format(when=words), "danger")

    def say_not_understood(self) -> None:
        """What was typed is no day and no time."""
        pattern = tr("“{text}” is no day or time here. Write thu 10:15, +2w, 12/4 or tomorrow pm.")
        self._say(pattern.format(text=self.line.text().strip()), "danger")

    def _choices(self, seen: Look, setup: Setup, visit_type: VisitType) -> list[Choice]:
        self._spots = {}
        out: list[Choice] = []
        asked = seen.answers.spot
        offered = [Spot(one.at, one.choice.room_id) for one in seen.offers]
        listed = asked in offered or _same_time(asked, seen)
        if asked is not None and not listed:
            out.append(self._asked(seen, setup, visit_type, asked))
            self._spots[ASKED] = asked
        for n, (offer, spot) in enumerate(zip(seen.offers, offered, strict=True)):
            key = str(n)
            self._spots[key] = asked if asked and listed and asked.at == spot.at else spot
            out.append(Choice(key, self._row(seen, setup, visit_type, offer)))
        return out

    def _asked(self, seen: Look, setup: Setup, visit_type: VisitType, spot: Spot) -> Choice:
        fits = seen.fit is not None and seen.fit.choice is not None
        where = place_words(setup, seen.choice) if seen.choice else _room(setup, spot)
        words = self._time_words(setup, visit_type, spot.at)
        badge = "" if fits else tr("Does not fit")
        detail = tr("The time you picked") if fits else ""
        return Choice(ASKED, Row(words, detail, where, badge=badge, tone=Tone.DANGER))

    def _row(self, seen: Look, setup: Setup, visit_type: VisitType, offer: Offer) -> Row:
        words = self._time_words(setup, visit_type, offer.at)
        reason = offer_reason(setup, seen.about, visit_type, offer)
        return Row(words, reason, place_words(setup, offer.choice))

    def _time_words(self, setup: Setup, visit_type: VisitType, at: WallTime) -> str:
        return f"{day_words(at.day, self._today())}  {span_words(setup, visit_type, at, short=True)}"

    def _words_below(self, seen: Look) -> tuple[str, str]:
        if seen.fit is not None and seen.fit.choice is None and seen.fit.reasons:
            return " ".join(worded(one) for one in seen.fit.reasons[:MOST_REASONS]), "danger"
        if not seen.offers:
            return tr("No free time in the next 180 days."), "danger"
        earlier = seen.not_earlier
        if earlier is None or not earlier.reasons:
            return "", "second"
        why = worded(earlier.reasons[0])
        pattern = tr("Not {when}: {why}")
        return pattern.format(when=when_words(earlier.at, self._today()), why=why), "second"

    def _say(self, text: str, ink: str) -> None:
        self._below.setText(text)
        set_ink(self._below, ink)
        self._below.setVisible(bool(text))

    def _moved(self, key: str) -> None:
        self.moved.emit(self._spots[key])

    def _picked(self, key: str) -> None:
        self.picked.emit(self._spots[key])

    def _entered(self, key: str) -> None:
        self.entered.emit(self._spots[key])

    def _valued(self, when: When | None) -> None:
        if when is not None:
            self.typed.emit(when)

    def _written(self) -> None:
        if not self.line.text():
            self._typed_on = None
        self.written.emit()

    def _read(self, text: str) -> When | None:
        """What is read meanwhile may show another day; the words mean the one of when they were begun."""
        if self._typed_on is None or len(text) <= 1:
            self._typed_on = self._shown_day
        return typed_when(text, self._today(), self._typed_on)

    def _write(self, when: When) -> str:
        words = day_words(when.day, self._today())
        if when.minute is not None:
            return tr("{day}, {time}").format(day=words, time=clock_time(when.minute))
        return f"{words} {when.half}".strip()


def _same_time(asked: Spot | None, seen: Look) -> bool:
    """A time without a room is the offer of that time."""
    return asked is not None and asked.room_id is None and any(one.at == asked.at for one in seen.offers)


def _room(setup: Setup, spot: Spot) -> str:
    return next((one.name for one in setup.rooms if one.id == spot.room_id), "")
