"""Whom a stay that runs on makes late, in words: the same on the floor and on the board."""

from collections.abc import Sequence

from clinic_desktop.foundation.clock import from_utc_minute
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.scheduling.knock_on import Late
from clinic_desktop.ui.i18n import tr


def late_words(late: Sequence[tuple[Late, str]]) -> str:
    """ "If nobody repairs the day: Ruiz, Eva, 11:00 AM, begins at 11:35 AM; ...."; empty for nobody."""
    if not late:
        return ""
    parts = []
    for one, name in late:
        begins = from_utc_minute(one.visit.start + one.minutes, one.visit.zone).minute
        words = tr("{name}, {time}, begins at {later}")
        parts.append(words.format(name=name, time=clock_time(one.visit.minute), later=clock_time(begins)))
    return tr("If nobody repairs the day: {who}.").format(who="; ".join(parts))
