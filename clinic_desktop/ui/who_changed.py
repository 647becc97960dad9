"""Who changed what stands on a screen, how long ago and from which PC; and the calm line that says it."""

from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.trail import Trace
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.meanwhile import Meanwhile
from clinic_desktop.ui.announce import announce, sentences
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.notice_box import NoticeBox

PATIENT = QT_TR_NOOP("{who} changed this patient {when}")
VISIT = QT_TR_NOOP("{who} changed this visit {when}")
MOVED = QT_TR_NOOP("{who} moved this visit {when}")
CANCELLED = QT_TR_NOOP("{who} cancelled this visit {when}")
SET_UP = QT_TR_NOOP("{who} changed this {when}")
REMOVED = QT_TR_NOOP("{who} removed this {when}")
_SOMEBODY = {
    PATIENT: QT_TR_NOOP("Somebody else changed this patient"),
    VISIT: QT_TR_NOOP("Somebody else changed this visit"),
    MOVED: QT_TR_NOOP("Somebody else changed this visit"),
    CANCELLED: QT_TR_NOOP("Somebody else changed this visit"),
    SET_UP: QT_TR_NOOP("Somebody else changed this"),
    REMOVED: QT_TR_NOOP("Somebody else removed this"),
}


def told_title(told: Meanwhile[Any], desk: Desk, what: str) -> str:
    """ "Dana Reyes changed this patient 2 minutes ago, at FRONT-1". what: one of the patterns above."""
    last = told.last
    name = _name(last, desk) if last is not None else ""
    if last is None or not name:  # the program itself, or somebody who is no longer on the list
        return tr(_SOMEBODY[what])
    said = tr(what).format(who=name, when=ago(last.at, desk))
    return tr("{said}, on the PC called {desk}").format(said=said, desk=last.desk) if last.desk else said


def told_too(told: Meanwhile[Any], desk: Desk) -> str:
    """ "Maya Jones changed it before that.", where others did; else nothing."""
    last = told.last
    names = [_name(one, desk) for one in told.traces if last is None or one.person_id != last.person_id]
    others = ", ".join(dict.fromkeys(name for name in names if name))
    return tr("Before that it was changed by {names}.").format(names=others) if others else ""


def by_this_desk(told: Meanwhile[Any], desk: Desk) -> bool:
    """Whether all of it was done here, by whoever acts: that is no news to them."""
    here = (desk.actor.person_id, desk.actor.desk)
    return all((one.person_id, one.desk) == here for one in told.traces)


def ago(at: datetime, desk: Desk) -> str:
    """ "a moment ago", "2 minutes ago", "at 9:12 AM", "on Tue, Nov 3 at 9:12 AM"."""
    minutes = int((desk.now() - at).total_seconds()) // 60
    if minutes < 1:
        return tr("a moment ago")
    if minutes < 60:
        return tr("%n minute(s) ago", "", minutes)
    then = local_time(at, desk.zone)
    if then.day == desk.today():
        return tr("at {time}").format(time=clock_time(then.minute))
    return tr("on {day} at {time}").format(day=short_date(then.day), time=clock_time(then.minute))


def _name(trace: Trace[Any], desk: Desk) -> str:
    if not trace.person_id:
        return ""
    if trace.person_id == desk.actor.person_id:
        return tr("You yourself")
    return next((one.name for one in desk.setup.staff if one.id == trace.person_id), "")


class MeanwhileBox(NoticeBox):
    """Hidden until there is something to tell. It is heard once, and takes no focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", Tone.WARN, parent)
        self.title = tr("Somebody else changed this")
        self.hide()

    def tell(self, title: str, text: str) -> None:
        news = self.isHidden() or self.accessibleName() != f"{title} {text}".strip()
        self.title = title
        self.set_notice(title, text, Tone.WARN)
        self.show()
        if news:
            announce(self, sentences(title, text))
