"""Why a visit did not take place, and when that was said: a notice in its panel."""

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.ui.board.troubles import Trouble
from clinic_desktop.ui.cancel_reasons import reason_words
from clinic_desktop.ui.glyphs import state_word
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone


def ended_by(latest: Trace[object] | None) -> Trace[object] | None:
    """What was written last of a visit, where that is its end."""
    if latest is None or not isinstance(latest.after, Visit) or not isinstance(latest.before, Visit):
        return None
    return latest if latest.before.state is not latest.after.state else None


def ending_of(visit: Visit, ended: Trace[object] | None, setup: Setup) -> Trouble | None:
    """ "Cancelled, late: Unwell", with the note and who said so when; None for a visit that is still to come
    or took place."""
    if visit.state not in NEVER_CAME:
        return None
    reason, note = reason_words(visit.end_reason)
    word = state_word(visit.state)
    word = tr("{state}, late").format(state=word) if visit.end_late else word
    title = f"{word}: {reason}" if reason else word
    lines = [note, _when(ended, visit, setup) if ended is not None else ""]
    return Trouble(title, "\n".join(line for line in lines if line), Tone.NEUTRAL)


def _when(ended: Trace[object], visit: Visit, setup: Setup) -> str:
    at = local_time(ended.at, visit.zone)
    by = next((one.initials or one.name for one in setup.staff if one.id == ended.person_id), "")
    said = tr("Recorded {day}, {time}").format(day=short_date(at.day), time=clock_time(at.minute))
    return f"{said}, {by}" if by else said
