"""What a plot shows, worked out before it is painted: points, days of treatment, and the words of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_desktop.foundation.words import short_date
from clinic_desktop.people.instruments import INSTRUMENTS, Instrument
from clinic_desktop.people.scores import Score
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.scores.words import point_words, score_words

_LEAST_DAYS = 14  # a single point is no line, and two of one week are not drawn across the page


@dataclass(frozen=True, slots=True)
class Point:
    """A score where it stands, and all that is said of it."""

    score: Score
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """One instrument over a course. ``doses``: the days of treatment within it."""

    instrument: Instrument
    points: tuple[Point, ...]
    doses: tuple[date, ...]
    first: date
    last: date

    def across(self, day: date) -> float:
        """0 for the first day, 1 for the last."""
        return (day - self.first).days / max(1, (self.last - self.first).days)

    def up(self, total: int) -> float:
        """0 for the lowest total, 1 for the highest."""
        return total / self.instrument.most_total

    @property
    def title(self) -> str:
        """ "PHQ-9 14, moderate on Mon, Nov 16"."""
        last = self.points[-1].score
        return tr("{score} on {day}").format(score=score_words(last), day=short_date(last.on))

    @property
    def spoken(self) -> str:
        """The whole of it, for whoever does not see it."""
        pattern = tr("{name} over the course: %n score(s)", "", len(self.points))
        doses = tr("%n day(s) of treatment", "", len(self.doses))
        return f"{pattern.format(name=self.instrument.name)}, {doses}"


def courses(
    scores: Sequence[Score], treated: Iterable[date], name_of: Callable[[int], str]
) -> tuple[Course, ...]:
    """A course for each instrument that has scores. ``scores``: those that stand, by day."""
    days = sorted(set(treated))
    out = []
    for one in INSTRUMENTS:
        mine = [score for score in scores if score.instrument == one.code]
        if mine:
            out.append(_course(one, mine, days, name_of))
    return tuple(out)


def _course(
    instrument: Instrument, scores: Sequence[Score], days: Sequence[date], name_of: Callable[[int], str]
) -> Course:
    points = tuple(
        Point(one, point_words(one, before, treated=one.on in days, by=name_of(one.by)))
        for one, before in zip(scores, (None, *scores), strict=False)
    )
    first, last = scores[0].on, scores[-1].on
    beside = [one for one in days if (first - one).days < _LEAST_DAYS and (one - last).days < _LEAST_DAYS]
    return Course(instrument, points, tuple(beside), min([first, *beside]), max([last, *beside]))
