"""The forms of the ledger at work: the list, what is said of all of it, and the panel of the chosen one."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.document import RenderedPdf
from clinic_desktop.foundation.errors import EnvironmentFailure
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.ledger import Ledger, LedgerForm, ledger
from clinic_desktop.treatment.rems_sheet import read_worksheet, worksheet
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger import commands, words
from clinic_desktop.ui.ledger.form_panel import WIDTH, FormPanel
from clinic_desktop.ui.ledger.forms_list import FormsList
from clinic_desktop.ui.ledger.part import LedgerPart
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.paper import PaperDialog
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.recorded_print import leaving
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import ElidedLabel
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.wording import all_worded

_EVERY_MS = 60_000  # at midnight every form is a day older
_EDGE = 14
MATTERS = frozenset({"rems_form", "stamp", "patient", "clinic", "closure"})


class FormsPart(LedgerPart):
    """The list at the left; Enter opens the form beside it."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        self._frame, self._desk = frame, desk
        self._active = False
        self.view = Panel("surface", ())
        self.list = FormsList()
        self.panel = FormPanel(desk, self.view)
        self.panel.hide()
        self.there = Ledger()
        self._lay_out()
        self._reader: LatestReader[Ledger] = LatestReader(self.view, self._came)
        self._clock = QTimer(self.view)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self.list.picked.connect(self._picked)
        self.list.opened.connect(self.open)
        self.print.fired.connect(self.print_worksheet)
        self.panel.closed.connect(self._close_panel)
        self.panel.done.connect(self._done)
        self.panel.print_wanted.connect(self.print_worksheet)
        self.panel.session_wanted.connect(self.to_floor)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._stale)
        desk.actor_changed.connect(self.panel.renew_rights)

    def _lay_out(self) -> None:
        self.count = ElidedLabel("", TextRole.LABEL, "ink2")
        self.print = Button(tr("Print the worksheet"), icon="print", key=commands.PRINT.keys[0], size="small")
        self.says = NoticeBox("", "", Tone.WARN)
        self.says.hide()
        self.nobody = EmptyState(
            "ledger", tr("No Spravato session yet"), tr("Each one stands here from its first device on.")
        )
        bar = QHBoxLayout()
        bar.setContentsMargins(_EDGE, 6, _EDGE, 6)
        bar.addWidget(self.count, 1)
        bar.addWidget(self.print)
        said = QHBoxLayout()
        said.setContentsMargins(_EDGE, 0, _EDGE, 6)
        said.addWidget(self.says)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nobody)
        column = QVBoxLayout(self.view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(said)
        column.addWidget(Line())
        column.addWidget(self._stack, 1)

    # The part.

    def widget(self) -> QWidget:
        return self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.list,)

    def activated(self) -> None:
        self._active = True
        self._clock.start()
        self.look()

    def deactivated(self) -> None:
        self._active = False
        self._clock.stop()

    def focus_work(self) -> None:
        (self.list if self._stack.currentWidget() is self.list else self.print).setFocus()

    def escape(self) -> bool:
        """Out of the panel, back to the list."""
        if not self.panel.isVisible():
            return False
        self._close_panel()
        return True

    def chosen_patient(self) -> int | None:
        one = self.list.current
        return one.patient.id if one else None

    def commands(self) -> Sequence[Bound]:
        return (
            Bound(commands.EDIT, self.open, self._has_form),
            Bound(commands.PRINT, self.print_worksheet, self._has_form),
            Bound(commands.NEXT_FORM, self.to_next),
            Bound(commands.PUT_BACK, self.take_back, self._was_sent),
            Bound(commands.PATIENT, self.to_patient, self._has_form),
            Bound(commands.FLOOR, self.to_floor, self._has_form),
        )

    # What is shown.

    def look(self) -> None:
        """Read it again."""
        self._read_then(None)

    def _read_then(self, then: Callable[[], object] | None) -> None:
        self._reader.read(partial(_read, self._desk.store, self._desk), then)

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & MATTERS:
            self._stale()

    def _stale(self) -> None:
        if self._active:
            self.look()

    def _came(self, there: Ledger) -> None:
        today = self._desk.today()
        self.there = there
        forms = (*there.waiting, *there.closed)
        self.count.set_text(words.counted(there, today))
        self.says.setVisible(bool(there.says))
        self.says.set_notice(all_worded(there.says), "", Tone.WARN)
        focused = self.list.hasFocus() or self.print.hasFocus()
        self._stack.setCurrentWidget(self.list if forms else self.nobody)
        self.print.setEnabled(bool(forms))
        self.list.set_forms(forms, today)
        if focused:
            self.focus_work()

    def _open_wanted(self, visit_id: int) -> None:
        if self.list.go_to(visit_id):
            self.open()

    def show_form(self, visit_id: int) -> None:
        """Choose a session and open its form as soon as the list is here."""
        self._read_then(partial(self._open_wanted, visit_id))

    def _picked(self, one: LedgerForm | None) -> None:
        if one is None:
            if self.panel.isVisible():
                self._close_panel()
        else:
            self.panel.show_form(one)

    def _has_form(self) -> bool:
        return self.list.current is not None

    # What is done.

    def open(self) -> None:
        """The form beside the list, at what is done next."""
        one = self.list.current
        if one is None:
            return
        self.panel.show_form(one)
        if self._frame.show_panel(self.panel, WIDTH):
            self.panel.start()

    def _close_panel(self) -> None:
        self._frame.close_panel()
        self.focus_work()

    def _done(self, said: str, changes: Changes) -> None:
        self._frame.say(said)
        announce(self.view, said)
        self._desk.record(changes)

    def to_next(self) -> None:
        """The next form that is to be sent."""
        if not self.there.waiting or not self.list.go_to_next(self._desk.today()):
            self._frame.say(tr("No form is to be sent."))
        self.focus_work()

    def _was_sent(self) -> bool:
        one = self.list.current
        return one is not None and one.form.sent_on is not None and may(self._desk.actor, Right.RECORD)

    def take_back(self) -> None:
        """That the chosen form was sent, with a reason."""
        one = self.list.current
        if one is not None:
            self.panel.show_form(one)
            self.panel.ask_back()

    def print_worksheet(self) -> None:
        """The pages of the chosen form, to look at and to print."""
        one = self.list.current
        if one is None:
            return
        make, name = partial(_pages, self._desk, one.visit.id), f"rems-{one.visit.id}"
        title = tr("Worksheet: {name}").format(name=one.patient.name)
        about = {"what": "REMS worksheet", "visit": one.visit.id}
        PaperDialog.ask(
            self.view,
            self._frame,
            title,
            make,
            job=tr("REMS worksheet"),
            name=name,
            done=_nothing,
            on_record=lambda: leaving(self._desk, "patient", one.patient.id, about).send,
        )

    def to_patient(self) -> None:
        one = self.list.current
        if one is not None:
            self._ask("patients", "show_patient", one.patient.id)

    def to_floor(self) -> None:
        """The session on its day, where what is missing is recorded."""
        one = self.list.current
        if one is not None:
            self._ask("floor", "show_visit", one.visit.id)

    def _ask(self, place_id: str, what: str, number: int) -> None:
        """Go to another place and show it whom we mean, where it can be told."""
        tell = getattr(self._frame.go(place_id), what, None)
        if callable(tell):
            tell(number)


def _read(store: ScheduleStore, desk: Desk) -> Ledger:
    with store.read() as records:
        return ledger(records, desk.today())


def _pages(desk: Desk, visit_id: int) -> RenderedPdf:
    if desk.render is None:
        raise EnvironmentFailure(tr("Nothing is printed from this window."))
    return desk.render(worksheet(read_worksheet(desk.store, visit_id, desk.now())))


def _nothing() -> None:
    """A worksheet is no record: it is made again from the record."""
