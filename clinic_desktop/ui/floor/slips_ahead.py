"""What Enter would refuse or ask, known while it is typed: a green read-back is a promise."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.treatment.ahead import would_be_refused
from clinic_desktop.treatment.asking_rules import SOFT
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.treatment.slip_rules import ASKED
from clinic_desktop.treatment.slips import filled, slips
from clinic_desktop.ui.floor.typed import Context, as_recorded
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.wording import all_worded, worded


def slip_ahead(stamps: Sequence[Stamp], context: Context) -> str:
    """Of several entries the first slip, each looked at with those before it on record."""
    for stamp in stamps:
        at = min(stamp.at or context.now, context.now)
        care = context.care.at_time(at, context.care.whole)
        there = replace(stamp, **filled(care, stamp))  # type: ignore[arg-type]  # replace checks the names
        if found := slips(care, there, context.now):
            return all_worded(found.values())
        context = as_recorded(context, [stamp])
    return ""


def refused_ahead(stamps: Sequence[Stamp], context: Context) -> str:
    """What Enter would answer in place of recording it: the first of it, and how much more there is."""
    found: dict[str, str] = {}
    for stamp in stamps:
        # Who is in another room than the visit's own is read when it is saved.
        if not (stamp.kind is StampKind.MOVED_ROOM or stamp.room_id):
            found |= {worded(one): one.code for one in would_be_refused(context.care, stamp, context.now)}
        context = as_recorded(context, [stamp])
    if not found:
        return ""
    words = (
        tr("Enter asks first: {what}")
        if {*found.values()} <= ASKED | SOFT
        else tr("Enter refuses it: {what}")
    )
    more = tr("And {n} more.").format(n=len(found) - 1) if len(found) > 1 else ""
    return " ".join(part for part in (words.format(what=next(iter(found))), more) if part)
