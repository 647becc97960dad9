"""The list to look at once the server is back: each entry that was kept, and what became of it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.treatment.kept_entries import KeptEntry, Outcome, Returned
from clinic_desktop.ui.dialogs import Dialog, list_height
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import all_worded

OUTCOMES = {
    Outcome.SAVED: QT_TR_NOOP("Saved"),
    Outcome.MARKED: QT_TR_NOOP("Saved and marked for the prescriber"),
    Outcome.THERE: QT_TR_NOOP("Was saved already"),
    Outcome.NOT_SAVED: QT_TR_NOOP("NOT saved: record it by hand"),
}
_FIRST = (Outcome.NOT_SAVED, Outcome.MARKED, Outcome.SAVED, Outcome.THERE)  # what wants to be seen first
_MOST = 420
_WIDE, _LEAST, _EDGE = 720, 300, 120  # as wide as why something was not saved is read


class ReviewDialog(Dialog):
    """``on_seen`` once somebody has looked at what was saved; what still waits stays."""

    def __init__(
        self,
        parent: QWidget,
        returned: Sequence[Returned],
        waiting: Sequence[KeptEntry],
        zone: str,
        on_seen: Callable[[], object],
    ) -> None:
        super().__init__(parent, tr("What was kept while the server was away"), _words(returned, waiting))
        self._on_seen = on_seen
        ordered = sorted(returned, key=lambda one: _FIRST.index(one.outcome))
        rows = [_row(one, zone) for one in ordered] + [_waits(one, zone) for one in waiting]
        choices = [Choice(str(n), row) for n, row in enumerate(rows)]
        self.list = ChoiceList(choices, tr("Kept entries"), self, wrap=True)  # some are recorded by hand
        self.list.setMaximumHeight(list_height(parent, _MOST))
        self.list.setMinimumWidth(min(theme().px(_WIDE), max(_LEAST, parent.window().width() - _EDGE)))
        self.body.addWidget(self.list)
        self.add_leave_button(tr("Back"))
        if returned:
            seen = self.add_button(tr("I have looked at them"), Kind.PRIMARY, key="Return")
            seen.fired.connect(self._seen)
            self.list.picked.connect(self._seen)
        self.list.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        returned: Sequence[Returned],
        waiting: Sequence[KeptEntry],
        zone: str,
        on_seen: Callable[[], object],
    ) -> "ReviewDialog":
        made = cls(parent, returned, waiting, zone, on_seen)
        made.open()
        return made

    def _seen(self) -> None:
        self.accept()
        self._on_seen()


def _words(returned: Sequence[Returned], waiting: Sequence[KeptEntry]) -> str:
    lost = sum(one.outcome is Outcome.NOT_SAVED for one in returned)
    if lost:
        words = "%n of them could not be saved. Record it on the floor with its time, then come back."
        return tr(words, "", lost)
    if waiting:
        return tr("They lie on this computer, sealed, and are saved in this order once the server is back.")
    return tr("Each has the time at which it happened, and the time at which it was saved.")


def _row(one: Returned, zone: str) -> Row:
    why = all_worded(one.why) or one.entry.not_saved or ""
    return Row(one.entry.said, f"{tr(OUTCOMES[one.outcome])}. {why}".strip(), _time(one.entry, zone))


def _waits(entry: KeptEntry, zone: str) -> Row:
    return Row(entry.said, tr("Waits for the server"), _time(entry, zone))


def _time(entry: KeptEntry, zone: str) -> str:
    return clock_time(local_time(entry.kept_at, zone).minute)
