"""The drug log of the ledger at work: lots on hand, what was moved today, and the panels beside them."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.people.model import Drug, DrugMovement
from clinic_desktop.treatment.stock import Lot
from clinic_desktop.treatment.stocking import Logged, take_back
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ChoiceDialog, ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.ledger import drug_commands as commands
from clinic_desktop.ui.ledger.commands import PUT_BACK
from clinic_desktop.ui.ledger.drug_panel import (
    WIDTH,
    CountPanel,
    Deed,
    DeedPanel,
    DrawPanel,
    LotPanel,
    ReceivePanel,
    SendPanel,
    WastePanel,
)
from clinic_desktop.ui.ledger.drugs_read import DrugsRead, csv_of, read_drugs
from clinic_desktop.ui.ledger.drugs_view import DrugsView
from clinic_desktop.ui.ledger.lot_panel import LotLogPanel
from clinic_desktop.ui.ledger.part import LedgerPart
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.table_file import ask_save, save_table
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.wording import all_worded, problem_worded

_EVERY_MS = 60_000  # at midnight another lot may have expired
_MATTERS = frozenset({"drug_movement", "stock_count", "stamp", "visit", "patient"})
_DEEDS = {
    Deed.WASTED: QT_TR_NOOP("Wasted, with a witness"),
    Deed.SENT: QT_TR_NOOP("Returned or transferred"),
    Deed.COUNTED: QT_TR_NOOP("Counted by two"),
    Deed.DRAWN: QT_TR_NOOP("Drawn for a visit"),  # of vials alone: the others keep their digits
}


_PANELS: dict[Deed, Callable[[Desk, Lot], LotPanel]] = {
    Deed.WASTED: WastePanel,
    Deed.SENT: SendPanel,
    Deed.COUNTED: CountPanel,
}
_SLIPS = (
    ("amount", QT_TR_NOOP("The amount was wrong")),
    ("lot", QT_TR_NOOP("It was another lot")),
    ("twice", QT_TR_NOOP("It was recorded twice")),
)


class DrugsPart(LedgerPart):
    """The lots at the left; Enter opens the log of one beside them."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        self._frame, self._desk = frame, desk
        self._active = False
        self._read_now: DrugsRead | None = None
        self._deed: DeedPanel | None = None
        self._dialog: QFileDialog | None = None
        self._untell: Callable[[], object] | None = None  # takes away what the log said to the last line
        self.view = DrugsView()
        self.panel = LotLogPanel(self.view)
        self.panel.hide()
        self._reader: LatestReader[DrugsRead] = LatestReader(self.view, self._came)
        self._clock = QTimer(self.view)
        self._clock.setInterval(_EVERY_MS)
        self._clock.timeout.connect(self.look)
        self.view.opened.connect(self.open)
        self.view.new.fired.connect(self.receive)
        self.view.export.fired.connect(self.export)
        self.panel.closed.connect(self._close)
        self.panel.wanted.connect(self.ask_what)
        self.panel.put_back.connect(self.put_back)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._stale)
        desk.actor_changed.connect(self._other_actor)

    # The part.

    def widget(self) -> QWidget:
        return self.view

    def panes(self) -> Sequence[QWidget]:
        return (self.view.lots, self.view.today)

    def activated(self) -> None:
        self._active = True
        self._clock.start()
        self.look()

    def deactivated(self) -> None:
        self._active = False
        self._clock.stop()

    def focus_work(self) -> None:
        self.view.focus_work()

    def escape(self) -> bool:
        """Out of a panel, back to the lots; first from what is recorded to the lot's log."""
        if not self.panel.isVisible() and (self._deed is None or not self._deed.isVisible()):
            return False
        self._close()
        return True

    def commands(self) -> Sequence[Bound]:
        return (
            Bound(commands.NEW, self.receive),
            Bound(commands.WHAT, self.ask_what, self._has_lot),
            Bound(PUT_BACK, self.put_back, self._has_line),
            Bound(commands.EXPORT, self.export),
        )

    # What is shown.

    def look(self) -> None:
        self._reader.read(partial(read_drugs, self._desk.store, self._desk.now()))

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & _MATTERS:
            self._stale()

    def _stale(self) -> None:
        if self._active:
            self.look()

    def _came(self, read: DrugsRead) -> None:
        self._read_now = read
        self.view.show_read(read)
        if self.panel.lot is not None:
            lot = read.lot(self.panel.lot.drug, self.panel.lot.lot)
            if lot is not None:
                self.panel.show_lot(lot, read)

    def _other_actor(self) -> None:
        if self._deed is not None:
            self._deed.renew_rights()

    @property
    def lot(self) -> Lot | None:
        """The lot that is open beside the list, else the one under the cursor."""
        return self.panel.lot if self.panel.isVisible() else self.view.lot

    def _has_lot(self) -> bool:
        return self.lot is not None

    def _has_line(self) -> bool:
        return self.panel.isVisible() and self.panel.movement is not None

    # What is done.

    def open(self) -> None:
        """The log of the chosen lot."""
        lot, read = self.view.lot, self._read_now
        if lot is not None and read is not None:
            self.panel.show_lot(lot, read)
            if self._frame.show_panel(self.panel, WIDTH):
                self._drop_deed()
                self.panel.start()

    def receive(self) -> None:
        if self._read_now is not None:
            self._show(ReceivePanel(self._desk, self._read_now))

    def ask_what(self) -> None:
        """What became of the lot: a digit says it."""
        lot = self.lot
        if lot is None:
            return
        vials = lot.drug is Drug.KETAMINE
        deeds = [one for one in _DEEDS if vials or one is not Deed.DRAWN]
        choices = [Choice(one.value, Row(tr(_DEEDS[one]))) for one in deeds]
        title = tr("Lot {lot}: what to record?").format(lot=lot.lot or "?")
        text = "" if vials else tr("Devices that are given count by their dose on the floor.")
        ChoiceDialog.ask(self.view, title, text, choices, partial(self._chosen, lot))

    def _chosen(self, lot: Lot, deed: str) -> None:
        self.record(Deed(deed), lot)

    def record(self, deed: Deed, lot: Lot) -> None:
        """The panel for one of the things that become of a lot."""
        read = self._read_now
        if deed is Deed.DRAWN and read is not None:
            self._show(DrawPanel(self._desk, lot, read.to_draw))
        elif deed in _PANELS:
            self._show(_PANELS[deed](self._desk, lot))

    def _show(self, panel: DeedPanel) -> None:
        panel.closed.connect(self._close)
        panel.done.connect(self._done)
        if self._frame.show_panel(panel, WIDTH):
            self._drop_deed()
            self._deed = panel
            if isinstance(panel, CountPanel):
                self._be_silent()
            self.view.set_counting(panel.lot if isinstance(panel, CountPanel) else None)
            panel.start()
        else:
            panel.deleteLater()

    def _be_silent(self) -> None:
        """While two count, no notice beside them says how much there should be."""
        if self._untell is not None:
            self._untell()
        self._untell = None

    def _drop_deed(self) -> None:
        """Each thing that is recorded has a panel of its own, and that goes when it is done or left."""
        if self._deed is not None:
            self._deed.deleteLater()
            self.view.set_counting(None)
        self._deed = None

    def _close(self) -> None:
        self.panel.lot = None
        self._frame.close_panel()
        self._drop_deed()
        self.focus_work()

    def _done(self, told: Sequence[Finding], changes: Changes) -> None:
        self._close()
        said = tr("It is in the drug log.")
        self._frame.say(said)
        announce(self.view, said)
        if told:
            self._untell = self._frame.notice(tr("The drug log says"), all_worded(told), Tone.WARN)
        self._desk.record(changes)

    def put_back(self) -> None:
        """A line was a slip: why?"""
        movement = self.panel.movement if self.panel.isVisible() else None
        if movement is None:
            self._frame.say(tr("Doses are corrected on the floor, and counts by another count."))
            return
        ReasonDialog.ask(
            self.view,
            tr("Take the line back: why?"),
            tr("Both lines stay in the log."),
            _SLIPS,
            tr("Take it back"),
            partial(self._take_back, movement),
        )

    def _take_back(self, movement: DrugMovement, _code: str, why: str) -> None:
        work = partial(take_back, self._desk.store, self._desk.actor, movement.id, why)
        run(self.view, work, self._taken, self._not_taken, key="ledger.drugs")

    def _taken(self, logged: Logged) -> None:
        self._done(logged.warnings, logged.changes)

    def _not_taken(self, problem: ClinicProblem) -> None:
        self._frame.notice(tr("Not taken back"), problem_worded(problem), Tone.WARN)

    # Saving.

    def export(self) -> None:
        """The whole log by day and lot, where the person says."""
        name = f"drug-log-{self._desk.today()}.csv"
        self._dialog = ask_save(self.view, name, self.save_to)

    def save_to(self, path: str) -> None:
        run(self.view, partial(_write, self._desk, Path(path)), self._saved, key="ledger.drugs.csv")

    def _saved(self, file: Path) -> None:
        self._frame.say(tr("Saved as {file}. Keep it at least 2 years.").format(file=file))


def _write(desk: Desk, file: Path) -> Path:
    return save_table(desk, "drug log", file, csv_of(desk.store))
