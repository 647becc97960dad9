"""Clock times first, lengths second: the words of the floor."""

from datetime import date, datetime

from clinic_desktop.foundation.clock import is_twice, local_time, short_zone
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.i18n import tr

HOUR = 60
_SIGNED = (StampKind.CONSENT,)  # recorded without a word, and yet somebody's signature


def next_words(kind: StampKind) -> str:
    """The next step, as it stands on its button: whoever signs by it reads what."""
    words = tr("Sign: {step}") if kind in _SIGNED else tr("Next: {step}")
    return words.format(step=tr(BY_KIND[kind].label))


def at_clock(at: datetime, zone: str) -> str:
    """ "10:47 AM"; "1:30 AM CST" where the clock shows that twice."""
    here = local_time(at, zone)
    words = clock_time(here.minute)
    return f"{words} {short_zone(at, zone)}" if is_twice(here, zone) else words


def at_day_clock(at: datetime, zone: str, day: date) -> str:
    """The same, with the day where it is another than ``day``."""
    on, words = local_time(at, zone).day, at_clock(at, zone)
    return words if on == day else tr("{day}, {time}").format(day=short_date(on), time=words)


def minutes_between(now: datetime, at: datetime) -> int:
    """Whole minutes from now to a moment, as people read a clock: seconds dropped on both sides."""
    return int(at.timestamp()) // 60 - int(now.timestamp()) // 60


def length(minutes: int) -> str:
    """ "41 min", "1 h 22", "2 h"."""
    if minutes < HOUR:
        return tr("{n} min").format(n=minutes)
    hours, rest = divmod(minutes, HOUR)
    if not rest:
        return tr("{n} h").format(n=hours)
    return tr("{hours} h {minutes:02}").format(hours=hours, minutes=rest)


def counted(minutes: int) -> str:
    """ "0:41" and "1:22": in the ring."""
    return f"{minutes // HOUR}:{minutes % HOUR:02}"


def away(minutes: int) -> str:
    """ "in 3 min", "now", "5 min late"."""
    if minutes > 0:
        return tr("in {length}").format(length=length(minutes))
    return tr("now") if minutes == 0 else tr("{length} late").format(length=length(-minutes))


def ahead(minutes: int) -> str:
    """ "in 3 min", "now", "5 min ago": for what nobody is late with."""
    return away(minutes) if minutes >= 0 else tr("{length} ago").format(length=length(-minutes))


def unbroken(phone: str) -> str:
    """A phone number that stays on one line."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")
