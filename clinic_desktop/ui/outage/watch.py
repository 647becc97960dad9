"""What the window says of the time without the server: how old what it shows is, what is kept on this
computer, and what became of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.treatment.kept_entries import Outcome, Returned
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.outage.review import ReviewDialog
from clinic_desktop.ui.outage.words import by_another
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction

REVIEW = Command(
    "window.kept-meanwhile",
    QT_TR_NOOP("What was kept while the server was away"),
    ("Shift+F2",),
    icon="list",
    opens=True,
    also=QT_TR_NOOP("outage offline downtime network review saved"),
)


AWAY_BANNER = "store-away"
_STILL = QT_TR_NOOP(
    "What is shown is as it was then. Go on recording on the floor: it is kept here, sealed, and saved in "
    "order. Booking, changing and releasing wait; what is typed stays. It reconnects by itself."
)


_OLDER = QT_TR_NOOP(
    "The floor is as this computer kept it at {time}: what others recorded after that is not on it, so ask "
    "before a dose. Go on recording there: it is kept here, sealed, and saved in order. All else waits; it "
    "reconnects by itself."
)


_COPY = QT_TR_NOOP(
    "This is what this computer kept then: today, the next seven days, and who comes on them. Other days "
    "are not kept here and not shown. Go on recording on the floor: it is kept here, sealed, and saved in "
    "order. All else waits; the clinic opens by itself once the server answers."
)


class OutageWatch(QObject):
    """Made with the window, on the desk's :class:`~clinic_desktop.ui.outage.outage.Outage`. paper: shows what
    this computer kept of the day."""

    def __init__(
        self, frame: Frame, desk: Desk, window: QWidget, paper: tuple[Callable[[], object], str] | None = None
    ) -> None:
        super().__init__(window)
        self._paper = paper
        self._frame, self._desk, self._window = frame, desk, window
        self._told: Callable[[], object] = _nothing  # takes away what was said of the last return
        self._review: ReviewDialog | None = None
        desk.outage.changed.connect(self._say)
        desk.outage.saved.connect(self._saved)
        desk.outage.left.connect(self._left)

    def bound(self) -> list[Bound]:
        return [Bound(REVIEW, self.review)]

    def _say(self) -> None:
        """In the status bar, quietly how old it is, what is kept and what is to be looked at; in the banner,
        what goes on meanwhile."""
        self._show_banner()
        self._follow()
        outage, parts = self._desk.outage, list[str]()
        if outage.away_since is not None:
            at = self._time(outage.floor_of or outage.away_since)
            parts.append(tr("As of {time}").format(time=at))
        if outage.kept:
            parts.append(tr("%n record(s) kept on this computer", "", len(outage.kept)))
        if doubtful := _doubtful(outage.returned):  # the notice goes with whoever is at the desk
            words = tr("%n kept record(s) to look at: {key}", "", len(doubtful))
            parts.append(words.format(key=REVIEW.key))
        self._frame.set_age(", ".join(parts))

    def _time(self, at: datetime) -> str:
        """With its day, where that is not today: what is shown may be of yesterday."""
        there = local_time(at, self._desk.zone)
        time = clock_time(there.minute)
        if there.day == self._desk.today():
            return time
        return tr("{day}, {time}").format(day=short_date(there.day), time=time)

    def _show_banner(self) -> None:
        since = self._desk.outage.away_since
        if since is None or self._desk.outage.moved:
            self._frame.clear_banner(AWAY_BANNER)  # another banner says where the clinic is
            return
        self._told()
        title = tr("The server has not answered since {time}").format(time=self._time(since))
        actions: tuple[BannerAction, ...] = ()
        if self._paper is not None:
            show, key = self._paper
            actions = (BannerAction(tr("The day's paper"), show, key),)
        text = tr(_COPY if self._desk.outage.on_a_copy else _STILL)
        if (of := self._desk.outage.floor_of) is not None:
            text = tr(_OLDER).format(time=self._time(of))
        self._frame.show_banner(Banner(AWAY_BANNER, title, text, actions=actions))

    def _saved(self, done: Sequence[Returned]) -> None:
        self._tell(tr("The server is back: %n kept record(s) went to it", "", len(done)), done)

    def _left(self, there: Sequence[Returned]) -> None:
        """From before: nothing went to the server now."""
        self._tell(tr("%n kept record(s) nobody has looked at yet", "", len(there)), there)

    def _tell(self, title: str, done: Sequence[Returned]) -> None:
        doubtful = _doubtful(done)
        lost = sum(one.outcome is Outcome.NOT_SAVED for one in done)
        text = tr("%n of them (is|are) not saved.", "", lost) if lost else ""
        if len(doubtful) > lost:
            text = (
                f"{text} {tr('%n of them (wants|want) to be looked at.', '', len(doubtful) - lost)}".lstrip()
            )
        tone = Tone.DANGER if lost else Tone.WARN if doubtful else Tone.INFO
        self._told()
        notice = NoticeAction(tr("Look at (it|them)", "", len(done)), self.review, REVIEW.key)
        saved = tr("(It|All) (is|are) saved.", "", len(done))
        self._told = self._frame.notice(title, text or saved, tone, notice)
        for one in done:
            self._desk.hub.tell(one.changes)

    def review(self) -> None:
        """What was kept, and what became of it."""
        outage = self._desk.outage
        if outage.returned or outage.kept:
            shown, zone, today = (outage.returned, outage.kept), self._desk.zone, self._desk.today()
            people = {one.id: one.name for one in self._desk.setup.staff}
            self._review = ReviewDialog.ask(self._window, *shown, zone, self._seen, today, people)
        else:
            self._frame.say(tr("Nothing is kept on this computer"))

    def _follow(self) -> None:
        """The list, where it is open: what waited for the server in it does no more."""
        outage, shown = self._desk.outage, self._review
        if shown is not None and isValid(shown):  # also behind the lock
            shown.follow(outage.returned, outage.kept)

    def _seen(self, returned: Sequence[Returned]) -> None:
        self._told()
        self._desk.outage.looked_at(returned)
        self._frame.say(tr("Looked at"))


def _nothing() -> None:
    """Nothing was said yet."""


def _doubtful(returned: Sequence[Returned]) -> list[Returned]:
    doubtful = (Outcome.MARKED, Outcome.NOT_SAVED)
    return [one for one in returned if one.outcome in doubtful or by_another(one)]
