"""What became of a visit while a screen showed it: who moved it, from where to where, or how it ended."""

from clinic_desktop.scheduling.meanwhile import Meanwhile
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.cancel_reasons import reason_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.history_facts import History
from clinic_desktop.ui.patients.history_plan import visit_differences
from clinic_desktop.ui.who_changed import CANCELLED, MOVED, VISIT, told_title, told_too


def visit_told(told: Meanwhile[Visit], desk: Desk) -> tuple[str, str]:
    """ "Dana Reyes moved this visit 2 minutes ago, at FRONT-1" and "From Mon, Nov 16, 10:00 AM, Infusion 1 to
    Mon, Nov 16, 10:10 AM, Infusion 1.": what is different from what was seen, all in all."""
    seen, now = told.seen, told.now
    if now is None:
        return told_title(told, desk, VISIT), ""
    words = History(seen.patient_id, desk.setup, desk.today())
    moved = _place(seen) != _place(now)
    said: list[str] = []
    if now.state is not seen.state and now.state is VisitState.CANCELLED:
        title, why = CANCELLED, " ".join(part for part in reason_words(now.end_reason) if part)
        said.append(tr("Reason: {reason}.").format(reason=why) if why else "")
    else:
        title = MOVED if moved else VISIT
    if moved:
        pattern = tr("From {before} to {after}.")
        said.append(pattern.format(before=_where(words, seen), after=_where(words, now)))
    elif title == VISIT:
        said.append(_sentence("; ".join(visit_differences(words, seen, now))))
    said.append(told_too(told, desk))
    return told_title(told, desk, title), " ".join(part for part in said if part)


def _place(visit: Visit) -> tuple[object, ...]:
    return (visit.day, visit.minute, visit.fold, visit.room_id)


def _where(words: History, visit: Visit) -> str:
    return tr("{time}, {room}").format(time=words.time_of(visit), room=words.room(visit.room_id))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""
