"""How many forms are pressing, on the place's mark in the rail, whatever place is shown; and a certification
that has run out, above them all."""

from functools import partial

from PySide6.QtCore import QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.scheduling.certification import certification
from clinic_desktop.treatment.ledger import LedgerForm, unsent_forms
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger.commands import LEDGER
from clinic_desktop.ui.ledger.forms_part import MATTERS
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.wording import worded

_EVERY_MS = 60_000  # at midnight every form is a day older
_BANNER = "certified"


class LedgerWatch(QTimer):
    """Counts the forms that are late or due within two days; lives as long as the desk."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(desk)
        self._frame, self._desk = frame, desk
        self._reader: LatestReader[list[LedgerForm]] = LatestReader(self, self._count)
        self.setInterval(_EVERY_MS)
        self.timeout.connect(self.look)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._look_at_certification)

    def start(self) -> None:  # type: ignore[override]  # with the interval set above, and a first look
        super().start()
        self.look()

    def look(self) -> None:
        self._reader.read(partial(_read, self._desk))
        self._look_at_certification()

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & MATTERS:
            self.look()

    def _count(self, forms: list[LedgerForm]) -> None:
        today = self._desk.today()
        pressing = [one for one in forms if one.is_pressing(today)]
        late = any(one.is_late(today) for one in pressing)
        self._frame.set_badge(LEDGER, len(pressing), Tone.DANGER if late else Tone.NEUTRAL)

    def _look_at_certification(self) -> None:
        """Nobody is dosed any more: that is said before somebody stands in the room with a device."""
        setup = self._desk.setup
        found = certification(setup.clinic, self._desk.today())
        given = any(one.rems for one in setup.modalities)
        if found is not None and found.severity is Severity.LOCKED and given:
            self._frame.show_banner(Banner(_BANNER, tr("No Spravato today"), worded(found), Tone.DANGER))
        else:
            self._frame.clear_banner(_BANNER)


def _read(desk: Desk) -> list[LedgerForm]:
    with desk.store.read() as records:
        return unsent_forms(records)
