"""What is in the hand, what the keys do with it, and what a day or a time typed into the one line does."""

from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.words import clock_time, long_date, short_date
from clinic_desktop.ui.board.carrying import Carried, Carrying
from clinic_desktop.ui.board.forecast import Fit
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class InHand:
    """A visit that was picked up, or its end. ``day``: where it lay."""

    name: str
    day: date
    end: bool

    def saves(self, minute: int | None) -> bool:
        """Whether a typed day and time lets it go."""
        return minute is not None and not self.end

    def row(self, day: date, minute: int | None) -> Row:
        """Whose visit goes where."""
        title, detail = self._end_words(day, minute) if self.end else self._words(day, minute)
        return Row(title, detail, icon="calendar")

    def _words(self, day: date, minute: int | None) -> tuple[str, str]:
        if minute is None:
            title = tr("Take {name} to {day}")
            detail = tr("It stays in the hand there, to be looked at first")
            return title.format(name=self.name, day=self._day(day)), detail
        title = tr("Move {name} to {day}, {time}")
        detail = tr("Saved if nothing needs a look first; else held there with what does")
        return title.format(name=self.name, day=self._day(day), time=clock_time(minute)), detail

    def _end_words(self, day: date, minute: int | None) -> tuple[str, str]:
        if day != self.day:
            words = tr("Go to this day: the visit of {name} stays as long as it is")
            return long_date(day), words.format(name=self.name)
        if minute is None:
            return long_date(day), tr("The end of {name} stays in the hand").format(name=self.name)
        title = tr("Let {name} stay until {time}")
        detail = tr("It stays in the hand, to be looked at first")
        return title.format(name=self.name, time=clock_time(minute)), detail

    def _day(self, day: date) -> str:
        """The year is said where it is another."""
        return short_date(day) if day.year == self.day.year else long_date(day)


def in_hand(carrying: Carrying) -> InHand | None:
    """None while nothing is, or once it was let go."""
    carried = carrying.carried
    if carried is None or carried.saving:
        return None
    return InHand(carried.block.name, carried.block.day, carried.stretching)


def keys_of(carried: Carried) -> str:
    """What the keys do with it where it is held; nothing while only the mouse holds it."""
    verdict = carried.verdict
    if verdict is None or not carried.by_key:
        return ""
    if verdict.fit is Fit.ASKS:
        enter = tr("Enter asks for the reason, Esc puts it back")
        end = tr("Up and Down, or type the time; Enter asks for the reason")
    elif verdict.fit is not Fit.NOT:
        enter = tr("Enter saves, Esc puts it back")
        end = tr("Up and Down, or type the time; Enter saves")
    elif verdict.nearest is not None:
        enter = tr("Enter goes to the nearest, Esc puts it back")
        end = tr("Up and Down, or type the time; Enter takes the most")
    else:
        enter = tr("Arrows, or type where to; Esc puts it back")
        end = tr("Up and Down, or type the time; Esc puts it back")
    return end if carried.stretching else enter
