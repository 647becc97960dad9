"""The report in words: what each figure is, and each room's day as a sentence."""

from dataclasses import dataclass

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.reports.room_day import RoomVisit
from clinic_desktop.reports.sums import CANCELLED_LATE, DISPLACED
from clinic_desktop.reports.tally import Tally
from clinic_desktop.reports.usage import LONGEST_TURNOVER, RoomUsage
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr

NONE = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the four utilisations: its name, its formula, the field of its share, and whether it
    speaks of what has happened."""

    name: str
    formula: str
    share: str
    happened: bool = True

    def minutes(self, room: RoomUsage) -> int:
        """What is divided by the open minutes."""
        return {
            "scheduled_pct": room.scheduled_min,
            "actual_pct": room.actual_min,
            "raw_pct": room.raw_min,
            "adjusted_pct": room.raw_min + room.turnover_min,
        }[self.share]


FIGURES = (
    Figure(QT_TR_NOOP("Scheduled"), QT_TR_NOOP("planned ÷ open minutes"), "scheduled_pct", False),
    Figure(QT_TR_NOOP("Actual"), QT_TR_NOOP("carried out ÷ open minutes"), "actual_pct"),
    Figure(QT_TR_NOOP("Raw"), QT_TR_NOOP("any patient in ÷ open minutes"), "raw_pct"),
    Figure(QT_TR_NOOP("Adjusted"), QT_TR_NOOP("raw and turnover ÷ open minutes"), "adjusted_pct"),
)


def percent(share: float | None) -> str:
    """ "71.4 %"; a dash where nothing was open."""
    return NONE if share is None else f"{share:.1f} %"


def minutes(count: int | None) -> str:
    """ "1,205"."""
    return NONE if count is None else f"{count:,}"


def hours(count: int) -> str:
    """ "12:05" hours and minutes."""
    return f"{count // 60:,}:{count % 60:02}"


def clock(minute: int, zone: str) -> str:
    """The clinic's clock at a UTC minute."""
    return clock_time(from_utc_minute(minute, zone).minute)


def span(start: int, end: int | None, zone: str) -> str:
    """ "10:02\N{EN DASH}11:41 AM"; an open end: still there, or nobody recorded that they left."""
    began = clock(start, zone)
    if end is None:
        return f"{began} {NONE}"
    ended = clock(end, zone)
    same_half = began[-2:] == ended[-2:]
    return f"{began[:-3] if same_half else began}{NONE}{ended}"


def became_word(became: str) -> str:
    """What became of a visit, in the person's language."""
    if became == CANCELLED_LATE:
        return tr("Cancelled late")
    return tr("Displaced") if became == DISPLACED else state_word(VisitState(became))


def spoken_visit(one: RoomVisit, type_name: str, zone: str) -> str:
    """One visit as a sentence."""
    said = [one.name, type_name, became_word(one.became)]
    said.append(tr("planned {time}").format(time=span(*one.planned, zone)))
    if one.entered is not None:
        said.append(tr("in the room {time}").format(time=span(one.entered, one.left, zone)))
    for count, words in (
        (one.late, tr("{n} minutes late")),
        (one.over, tr("{n} minutes over")),
        (one.turnover or 0, tr("after {n} minutes of turnover")),
    ):
        if count:
            said.append(words.format(n=count))
    return ", ".join(said)


def definition() -> str:
    """What stands below the figures."""
    return tr(
        "Open: clinic hours less closures. Planned: visits that held the room, without turnover. Carried "
        "out: in the room, of visits whose treatment or talk took place. Turnover: gaps of up to {n} minutes "
        "between two patients of a day; longer ones are idle."
    ).format(n=LONGEST_TURNOVER)


def tally_words(tally: Tally, *, over: bool = False) -> str:
    """ "1 no-show, 1 not treated, 2 cancelled late"; ``over``: the period lies behind."""
    here = tr("%n not recorded as gone", "", tally.here) if over else tr("%n here now", "", tally.here)
    open_ = tr("%n left open", "", tally.planned) if over else tr("%n to come", "", tally.planned)
    said = [
        (tally.here, here),
        (tally.planned, open_),
        (tally.missed, tr("%n no-show(s)", "", tally.missed)),
        (tally.not_treated, tr("%n not treated", "", tally.not_treated)),
        (tally.cancelled_late, tr("%n cancelled late", "", tally.cancelled_late)),
        (tally.cancelled, tr("%n cancelled in time", "", tally.cancelled)),
        (tally.displaced, tr("%n displaced", "", tally.displaced)),
    ]
    return ", ".join(words for count, words in said if count)
