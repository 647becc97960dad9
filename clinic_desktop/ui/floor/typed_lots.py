"""The lots that a dose offers: a digit names one."""

import re
from collections.abc import Sequence

from clinic_desktop.foundation.words import plain_date
from clinic_desktop.treatment.stock import Lot
from clinic_desktop.ui.i18n import tr

_MOST = 5
_DIGIT = re.compile(r"\d")


def lots_offered(lots: Sequence[Lot]) -> str:
    """Each on a line: "1  41K207, 12 here, to December 8, 2026"; empty where there are none."""
    lines = []
    for n, one in enumerate(lots[:_MOST], 1):
        line = tr("{n}  {lot}, {here} here").format(n=n, lot=one.lot, here=one.words())
        until = tr("to {day}").format(day=plain_date(one.expires)) if one.expires else ""
        lines.append(", ".join(part for part in (line, until) if part))
    return "\n".join(lines)


def lot_by_digit(words: list[str], lots: Sequence[Lot]) -> tuple[str, str]:
    """The lot that the first word names, which is taken out of the words, and what is wrong with it; both
    empty where it names none."""
    if not (words and lots and _DIGIT.fullmatch(words[0])):
        return "", ""
    number = int(words.pop(0))
    if not 0 < number <= len(lots[:_MOST]):
        return "", tr("There is no lot {n}. Write it out, or take another.").format(n=number)
    return lots[number - 1].lot, ""
