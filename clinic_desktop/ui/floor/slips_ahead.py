"""What Enter would refuse as a slip of the pen, known while it is typed: a green read-back is a promise."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.treatment.model import Stamp
from clinic_desktop.treatment.slips import filled, slips
from clinic_desktop.ui.floor.typed import Context, as_recorded
from clinic_desktop.ui.wording import all_worded


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
