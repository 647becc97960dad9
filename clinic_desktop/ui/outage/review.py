"""The list to look at once the server is back: each entry that was kept, and what became of it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.treatment.kept_entries import KeptEntry, Outcome, Returned
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import tr
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


class ReviewDialog(Dialog):
    """``on_seen`` with what had come back and was shown, once somebody has looked at it; what still waits
    stays."""

    def __init__(
        self,
        parent: QWidget,
        returned: Sequence[Returned],
        waiting: Sequence[KeptEntry],
        zone: str,
        on_seen: Callable[[Sequence[Returned]], object],
    ) -> None:
        super().__init__(parent, tr("What was kept while the server was away"))
        self._on_seen, self._zone, self._returned = on_seen, zone, returned
        self._said = label("", TextRole.BODY, "second", wrap=True)
        self.list = ChoiceList([], tr("Kept entries"), self, wrap=True)  # some are recorded by hand
        self.list.setMaximumHeight(list_height(parent, _MOST))
        self.list.setMinimumWidth(min(theme().px(_WIDE), max(_LEAST, parent.window().width() - _EDGE)))
        self.body.addWidget(self._said)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        self._look = self.add_button(tr("I have looked at them"), Kind.PRIMARY, key="Return")
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
    ) -> "ReviewDialog":
        made = cls(parent, returned, waiting, zone, on_seen)
        made.open()
        return made

    def follow(self, returned: Sequence[Returned], waiting: Sequence[KeptEntry]) -> None:
        """What still waited may have come back meanwhile."""
        self._show(returned, waiting)
        announce(self, self.accessibleDescription())
        self.fit_words()

    def _show(self, returned: Sequence[Returned], waiting: Sequence[KeptEntry]) -> None:
        self._returned = tuple(returned)
        words = _words(returned, waiting)
        self._said.setText(words)
        self.setAccessibleDescription(words)
        ordered = sorted(returned, key=_rank)
        rows = [_row(one, self._zone) for one in ordered] + [_waits(one, self._zone) for one in waiting]
        self.list.show_choices([Choice(str(n), row) for n, row in enumerate(rows)])
        self._look.setVisible(bool(returned))

    def _seen(self) -> None:
        if self._returned:
            self.accept()
            self._on_seen(self._returned)


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


def _row(one: Returned, zone: str) -> Row:
    return Row(one.entry.said, f"{outcome_words(one)}. {why_words(one)}".strip(), _time(one.entry, zone))


def _waits(entry: KeptEntry, zone: str) -> Row:
    return Row(entry.said, tr("Waits for the server"), _time(entry, zone))


def _time(entry: KeptEntry, zone: str) -> str:
    return clock_time(local_time(entry.kept_at, zone).minute)
