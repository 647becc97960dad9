"""How many coming visits stand on the repair list, of whatever day: said above the board."""

from PySide6.QtCore import QObject, QTimer, Signal

from clinic_desktop.foundation.clock import instant_minute
from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.scheduling.stranded import repair_list
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.operations import LatestReader

QUIET = 1000  # ms: every coming visit is looked at, so it waits until nothing has changed for as long


class RepairCount(QObject):
    """``changed`` carries the number. It is read while the board is shown, after news has settled."""

    changed = Signal(int)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._awake = False
        self._reader: LatestReader[int] = LatestReader(self, self.changed.emit, self._failed)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET)
        self._quiet.timeout.connect(self._read)
        desk.hub.changed.connect(self.later)
        desk.setup_changed.connect(self.later)

    def start(self) -> None:
        """The board is shown, for the first time or again."""
        self._awake = True
        self.later()

    def rest(self) -> None:
        """It is not shown any more."""
        self._awake = False
        self._quiet.stop()

    def later(self) -> None:
        """Count anew once it is quiet."""
        if self._awake:
            self._quiet.start()

    def _read(self) -> None:
        store, now = self._desk.store, instant_minute(self._desk.now())

        def work() -> int:
            with store.read() as records:
                return len(repair_list(records, now))

        self._reader.read(work)

    def _failed(self, _problem: ClinicProblem) -> None:
        """The number stays as it was; that the data does not answer is said by the board itself."""
