"""The list to look at once the server is back: each entry that was kept, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time, short_date
from clinic_desktop.treatment.kept_entries import KeptEntry, Outcome, Returned, happened_at
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.outage.words import by_another, by_hand, outcome_words, why_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

_FIRST = (Outcome.NOT_SAVED, Outcome.MARKED, Outcome.SAVED, Outcome.THERE)  # what wants to be seen first
_MOST = 420
_WIDE, _LEAST, _EDGE = 720, 300, 120  # as wide as why something was not saved is read
_READ_MS = 1_000  # a line that came later than that before Enter nobody can have read
_ALL = QT_TR_NOOP("I have looked at them")
_OTHERS = QT_TR_NOOP("I have looked at the others")
_FIRST_LOOK = QT_TR_NOOP("Look at them first")
_CAME = QT_TR_NOOP("%n came just now and (stays|stay) in the list until you have looked at (it|them), too.")


class ReviewDialog(Dialog):
    """``on_seen`` with what had come back and was shown, once somebody has looked at it. What still waits
    stays; so does what came back a moment ago, while the list was open, until it could be read. today: times
    of another day stand with that. people: names of who recorded, by their number. What wants to be seen
    stands first, and of each kind what happened first."""

    def __init__(
        self,
        parent: QWidget,
        returned: Sequence[Returned],
        waiting: Sequence[KeptEntry],
        zone: str,
        on_seen: Callable[[Sequence[Returned]], object],
        today: date | None = None,
        people: Mapping[int, str] | None = None,
    ) -> None:
        super().__init__(parent, tr("What was kept while the server was away"))
        self._on_seen, self._zone, self._today, self._returned = on_seen, zone, today, tuple(returned)
        self._people = people or {}
        self._new: tuple[Returned, ...] = ()  # came while the list was open
        self._unread: tuple[Returned, ...] = ()  # a moment ago
        self._said = label("", TextRole.BODY, "second", wrap=True)
        self.list = ChoiceList([], tr("Kept entries"), self, wrap=True)  # some are recorded by hand
        self.list.setMaximumHeight(list_height(parent, _MOST))
        self.list.setMinimumWidth(min(theme().px(_WIDE), max(_LEAST, parent.window().width() - _EDGE)))
        self.body.addWidget(self._said)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        self._look = self.add_button(tr(_ALL), Kind.PRIMARY, key="Return")
        self._look.fired.connect(self._seen)
        self.list.picked.connect(self._seen)
        self._show(returned, waiting)
        self.list.setCurrentIndex(self.list.model().index(0, 0))
        self.list.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        returned: Sequence[Returned],
        waiting: Sequence[KeptEntry],
        zone: str,
        on_seen: Callable[[Sequence[Returned]], object],
        today: date | None = None,
        people: Mapping[int, str] | None = None,
    ) -> "ReviewDialog":
        made = cls(parent, returned, waiting, zone, on_seen, today, people)
        made.open()
        return made

    def follow(self, returned: Sequence[Returned], waiting: Sequence[KeptEntry]) -> None:
        """What still waited may have come back meanwhile."""
        if new := _without(returned, self._returned):
            self._new, self._unread = (*self._new, *new), (*self._unread, *new)
            QTimer.singleShot(_READ_MS, self, partial(self._can_be_read, new))
        self._show(returned, waiting)
        if new:  # where it is out of sight, nobody would have read it
            self.list.set_current(str(next(n for n, one in enumerate(self._ordered()) if one in new)))
            self.list.scrollTo(self.list.currentIndex())
        announce(self, self.accessibleDescription())
        self.fit_words()

    def _can_be_read(self, these: Sequence[Returned]) -> None:
        self._unread = _without(self._unread, these)
        self._say()

    def _ordered(self) -> list[Returned]:
        return sorted(self._returned, key=lambda one: (_rank(one), happened_at(one.entry)))

    def _show(self, returned: Sequence[Returned], waiting: Sequence[KeptEntry]) -> None:
        self._returned, self._waiting = tuple(returned), tuple(waiting)
        rows = [self._row(one) for one in self._ordered()] + [self._waits(one) for one in waiting]
        self.list.show_choices([Choice(str(n), row) for n, row in enumerate(rows)])
        self._say()

    def _say(self) -> None:
        words = _words(self._returned, self._waiting)
        if self._unread:
            words = f"{tr(_CAME, '', len(self._unread))} {words}"
        self._said.setText(words)
        self.setAccessibleDescription(words)
        seen = _without(self._returned, self._unread)
        self._look.setText(tr(_ALL if not self._unread else _OTHERS if seen else _FIRST_LOOK))
        self._look.setVisible(bool(self._returned))

    def _seen(self) -> None:
        seen = _without(self._returned, self._unread)
        if self._unread and not seen:
            announce(self, self._look.text())
        elif self._unread:
            self._on_seen(seen)  # and the list goes on with the others
        elif seen:
            self.accept()
            self._on_seen(seen)

    def _row(self, one: Returned) -> Row:
        said = f"{outcome_words(one)}. {why_words(one)}".strip()
        if not _without([one], self._new):
            said = f"{tr('New here')}: {said}"
        return Row(one.entry.said, said, self._time(one.entry), note=self._by(one.entry))

    def _waits(self, entry: KeptEntry) -> Row:
        return Row(entry.said, tr("Waits for the server"), self._time(entry), note=self._by(entry))

    def _by(self, entry: KeptEntry) -> str:
        """Who recorded it: they know what was done, and are asked."""
        name = self._people.get(entry.person_id)
        return tr("Recorded by {name}").format(name=name) if name else ""

    def _time(self, entry: KeptEntry) -> str:
        at = local_time(happened_at(entry), self._zone)
        time = clock_time(at.minute)
        if self._today in (None, at.day):
            return time
        return tr("{day}, {time}").format(day=short_date(at.day), time=time)


def _without(those: Sequence[Returned], these: Sequence[Returned]) -> tuple[Returned, ...]:
    """Two may say the same, of which one was seen."""
    ids = {id(one) for one in these}
    return tuple(one for one in those if id(one) not in ids)


def _words(returned: Sequence[Returned], waiting: Sequence[KeptEntry]) -> str:
    lost = sum(map(by_hand, returned))
    if lost:
        words = "%n of them could not be saved. Record it on the floor with its time, then come back."
        return tr(words, "", lost)
    if any(map(by_another, returned)):
        return tr(
            "Some of it may be on record already. Look on the floor: what stands there twice, strike out "
            "once; what is missing there, record with its time."
        )
    if waiting:
        return tr("They lie on this computer, sealed, and are saved in this order once the server is back.")
    return tr("Each has the time at which it happened, and the time at which it was saved.")


def _rank(one: Returned) -> int:
    place = _FIRST.index(one.outcome)
    return min(place, _FIRST.index(Outcome.MARKED)) if by_another(one) else place
