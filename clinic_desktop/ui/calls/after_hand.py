"""What is done in the check-in calls: recorded, corrected, told to a prescriber; a visit is offered."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Staff
from clinic_desktop.scheduling.day_after import SUICIDE
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.day_after import AfterOutcome
from clinic_desktop.treatment.day_after_answering import answer_flag
from clinic_desktop.treatment.day_after_calling import AfterCalled, record_after_call
from clinic_desktop.treatment.day_after_list import AfterRow
from clinic_desktop.treatment.day_after_offer import Offer, offer_of
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.board.ports import BookingPanels
from clinic_desktop.ui.calls import after_words
from clinic_desktop.ui.calls.after_list import AfterListView
from clinic_desktop.ui.calls.after_panel import AfterPanel
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.wording import all_worded, problem_worded

_RECORDING = "calls.after"


class AfterHand(QObject):
    """The list and the panel of the check-in calls, and what is done with them. ``width``: of the panel."""

    def __init__(
        self, desk: Desk, panels: BookingPanels, frame: Frame, view: AfterListView, width: int
    ) -> None:
        super().__init__(view)
        self._desk, self._panels, self._frame, self._width = desk, panels, frame, width
        self._after: Sequence[int] = ()  # a call was just recorded: what stood below it
        self._offer: Offer | None = None
        self.list, self.panel = view, AfterPanel()
        self._offers: LatestReader[Offer | None] = LatestReader(self, self._offered)
        panel = self.panel
        view.picked.connect(self._picked)
        view.digit.connect(self._digit)
        view.entered.connect(self._entered)
        panel.record_wanted.connect(self.record)
        panel.book_wanted.connect(self.book)
        panel.crisis_wanted.connect(self.crisis)
        panel.told.told.connect(self._tell)
        desk.actor_changed.connect(self._renew)

    # What is shown.

    def only_show(self) -> None:
        """The list could not be read: once it is, nobody is chosen by itself."""
        self._after = ()

    def show_rows(self, rows: Sequence[AfterRow]) -> None:
        self.list.show_rows(rows)
        after, self._after = self._after, ()
        if after:
            self.list.go_to_next(list(after))

    def _picked(self, row: AfterRow | None) -> None:
        self.panel.show_row(row, self._desk.setup.staff)
        self._offers.cancel()
        self._offered(None)
        self._renew()
        if row is not None:
            self._offers.read(partial(_read_offer, self._desk, row))

    def _renew(self) -> None:
        row = self.panel.row
        self.panel.told.offer(self._prescribers() if row is not None and row.waits else ())

    def _prescribers(self) -> Sequence[Staff]:
        """Whose words this person may write down; who prescribes answers in "My decisions"."""
        actor = self._desk.actor
        if not may(actor, Right.RECORD) or may(actor, Right.CLEAR):
            return ()
        there = self._desk.setup.staff
        return [one for one in there if one.active and Role.PRESCRIBER in one.roles]

    def _offered(self, offer: Offer | None) -> None:
        self._offer = offer
        self.panel.show_offer(offer)

    @property
    def has_row(self) -> bool:
        return self.list.current is not None

    @property
    def has_offer(self) -> bool:
        return self._offer is not None

    @property
    def has_call(self) -> bool:
        row = self.list.current
        return row is not None and row.last is not None

    @property
    def may_tell(self) -> bool:
        return not self.panel.told.isHidden()

    # What is done.

    def _digit(self, number: int) -> None:
        self.open_panel()
        self.panel.choose(number)

    def _entered(self) -> None:
        """Record what was selected; where nothing was, go there."""
        if self.panel.isVisible() and self.panel.outcome is not None:
            self.record()
        elif self.has_row:
            self.open_panel()
            self.panel.outcomes.setFocus()

    def open_panel(self) -> None:
        """Where the window is small, the call lies over the list."""
        if not self.panel.isVisible():
            self._frame.show_panel(self.panel.parentWidget() or self.panel, self._width)

    def to_note(self) -> None:
        self.open_panel()
        self.panel.note.setFocus()

    def next_call(self) -> None:
        row = self.list.current
        if not self.list.go_to_next(self.list.below(row.visit.id if row else 0)):
            self._frame.say(tr("No other call is left here."))
        self.list.setFocus()

    def record(self) -> None:
        """Put the call on record; the next one follows."""
        row, call = self.panel.row, self.panel.call
        if row is None:
            return
        if call is None:
            self.panel.outcomes.setFocus()
            return
        work = partial(record_after_call, self._desk.store, self._desk.actor, call)
        run(self.list, work, partial(self._recorded, row), self._refused, key=_RECORDING)

    def _recorded(self, row: AfterRow, called: AfterCalled) -> None:
        call = called.call
        done = call.outcome is not AfterOutcome.REACHED or called.flag is None
        if self.panel.row is not None and self.panel.row.visit.id == row.visit.id:
            self._after = self.list.below(row.visit.id) if done else ()
            self.panel.begin(row)
            self.list.setFocus()
            # At once: what is typed before the list is read anew must not stand with the one who was called.
            if called.flag is None and self.list.go_to_next(list(self._after)):
                self._after = ()
        said = after_words.said(row, call)
        self._frame.say(said)
        announce(self.list, said)
        if called.findings:
            self._frame.notice(tr("The call is on record"), all_worded(called.findings), Tone.WARN)
        self._desk.record(called.changes)
        if SUICIDE in call.yes:
            self._crisis_card(row)

    def _refused(self, problem: ClinicProblem) -> None:
        self._frame.notice(tr("Not recorded"), problem_worded(problem), Tone.WARN)

    def crisis(self) -> None:
        """Thoughts of suicide: the crisis card of this patient."""
        if self.panel.row is not None:
            self._crisis_card(self.panel.row)

    def _crisis_card(self, row: AfterRow) -> None:
        self._panels.crisis_card(self._frame, self._desk, row.patient.id, by_name=True)

    def correct(self) -> None:
        """How the last call really was."""
        self.open_panel()
        if self.panel.correct():
            self.panel.questions.stand_at_first()

    def book(self) -> None:
        """The visit that is offered."""
        row, offer = self.panel.row, self._offer
        if row is not None and offer is not None:
            desk = self._desk
            self._panels.offer(self._frame, desk, row.patient.id, offer.type.code, offer.since)

    def to_told(self) -> None:
        self.open_panel()
        self.panel.told.words.setFocus()

    def _tell(self, told_by: int, words: str) -> None:
        """Of all that waits about this visit: what the prescriber said, read back."""
        row = self.panel.row
        if row is None or not row.waits:
            return
        desk, flag = self._desk, row.waits[0]
        work = partial(answer_flag, desk.store, desk.actor, flag.id, words, told_by)
        run(self.list, work, partial(self._was_told, row), self._refused, key=_RECORDING)

    def _was_told(self, row: AfterRow, changes: Changes) -> None:
        self.panel.told.words.clear()
        self.list.setFocus()
        self._frame.say(tr("{name}: it waits for the signature, due today.").format(name=row.patient.name))
        self._desk.record(changes)


def _read_offer(desk: Desk, row: AfterRow) -> Offer | None:
    with desk.store.read() as records:
        return offer_of(records, row.visit, desk.now())
