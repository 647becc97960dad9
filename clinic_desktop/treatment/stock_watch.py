"""What of the drug log somebody has to settle: for the rail's mark and the end of the day. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people import stock_rules as rules
from clinic_desktop.treatment.stock import Entry, Lot
from clinic_desktop.treatment.stocking import told_of

WEEK = timedelta(days=7)


def to_settle(lots: Iterable[Lot], today: date, count_days: int) -> list[Finding]:
    """Lots that have expired with something left, lots that stand below zero, and the count that is due: what
    expires soon can wait."""
    there = list(lots)
    grave = [one for one in told_of(there, today) if one.rule is not rules.SOON]
    return [*grave, *count_due(there, today, count_days)]


def count_due(lots: Iterable[Lot], today: date, count_days: int) -> list[Finding]:
    """The lots that nobody counted for so long; a lot was counted when it came."""
    due = [one.lot for one in lots if one.left and (today - _counted_on(one, today)).days > count_days]
    return [Finding(rules.COUNT_DUE, {"days": count_days, "lots": ", ".join(due)})] if due else []


def ends_within(lots: Iterable[Lot], today: date, ahead: timedelta = WEEK) -> list[Finding]:
    """Lots with something left that have expired or will in this time, the first one first."""
    soon = [one for one in lots if one.left and one.expires is not None and one.expires <= today + ahead]
    return list(told_of(soon, today))


def _counted_on(lot: Lot, today: date) -> date:
    """When it was last counted; of one that was never, when it came."""
    counts = [one.day for one in lot.lines if one.what is Entry.COUNTED]
    came = [one.day for one in lot.lines if one.what is Entry.RECEIVED]
    return max(counts, default=min(came, default=today))
