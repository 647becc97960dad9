"""That a patient waits, or that a visit is parked: said wherever they are opened, with the key there."""

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.pending import Pending
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.waitlist.words import suits_words, type_words
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.notice_box import NoticeBox

WAITLIST_KEY, PINBOARD_KEY = "Ctrl+Shift+W", "Ctrl+Shift+B"


class PendingNotices(QWidget):
    """``waitlist_wanted`` and ``pinboard_wanted`` by the buttons; hidden where nothing is open."""

    waitlist_wanted = Signal()
    pinboard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.waits, self.parked = NoticeBox("", "", Tone.INFO), NoticeBox("", "", Tone.INFO)
        self.to_waitlist = Button(tr("Waitlist"), key=WAITLIST_KEY, size="small")
        self.to_pinboard = Button(tr("Pinboard"), key=PINBOARD_KEY, size="small")
        self.to_waitlist.fired.connect(self.waitlist_wanted)
        self.to_pinboard.fired.connect(self.pinboard_wanted)
        self.waits.add_action(self.to_waitlist)
        self.parked.add_action(self.to_pinboard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.waits)
        column.addWidget(self.parked)
        self.hide()

    def show_pending(self, found: Pending, setup: Setup, today: date) -> None:
        self.waits.setVisible(bool(found.waits))
        self.waits.set_notice(*wait_words(found, setup, today))
        self.parked.setVisible(bool(found.parked))
        self.parked.set_notice(*parked_words(found, setup, today))
        self.setVisible(bool(found.waits or found.parked))


def wait_words(found: Pending, setup: Setup, today: date) -> tuple[str, str]:
    """ "Waits since Mon, Nov 9", "IV ketamine: Tue, before 12:00 PM"; each entry in a line."""
    if not found.waits:
        return "", ""
    since = short_date(_day(found.waits[0].added_at, setup, today))
    lines = [
        tr("{type}: {when}").format(type=type_words(one, setup), when=suits_words(one)) for one in found.waits
    ]
    return tr("Waits since {day}").format(day=since), "\n".join(lines)


def parked_words(found: Pending, setup: Setup, today: date) -> tuple[str, str]:
    """ "Parked since Mon, Nov 9", "IV ketamine, Tue, Nov 17, 10:00 AM: wants mornings"."""
    if not found.parked:
        return "", ""
    since = short_date(_day(found.parked[0].pin.parked_at, setup, today))
    lines = []
    for one in found.parked:
        visit = one.visit
        what = setup.type_by_id(visit.type_id).name
        words = tr("{type}, {day}, {time}").format(
            type=what, day=short_date(visit.day), time=clock_time(visit.minute)
        )
        lines.append(f"{words}: {one.pin.note}" if one.pin.note else words)
    return tr("Parked since {day}").format(day=since), "\n".join(lines)


def _day(at: datetime | None, setup: Setup, today: date) -> date:
    return local_day(at, setup.clinic.zone) if at else today
