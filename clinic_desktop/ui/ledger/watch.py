"""How much of the ledger is pressing, on the place's mark in the rail, whatever place is shown: forms, and
what is wrong in the drug log; and a certification that has run out, above them all.
"""

from functools import partial

from PySide6.QtCore import QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.rulebook import Finding, Severity
from clinic_desktop.people.stock_rules import BELOW, EXPIRED
from clinic_desktop.scheduling.certification import certification
from clinic_desktop.treatment.ledger import LedgerForm, unsent_forms
from clinic_desktop.treatment.stock import read_lots
from clinic_desktop.treatment.stock_watch import to_settle
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.ledger.commands import LEDGER
from clinic_desktop.ui.ledger.forms_part import MATTERS
from clinic_desktop.ui.operations import LatestReader, show_unless_away
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.wording import worded

_EVERY_MS = 60_000  # at midnight every form is a day older
# After two years the whole log takes a second to read: when one of its lines is new, once the screens have
# shown it, and every hour for what the doses change.
_LOG = frozenset({"drug_movement", "stock_count", "clinic"})
_LOG_MS, _LOG_AFTER_MS = 3_600_000, 1_000
_GRAVE = (EXPIRED, BELOW)
_BANNER = "certified"


class LedgerWatch(QTimer):
    """Counts the forms that are late or due within two days, and what is to be settled in the drug log; lives
    as long as the desk."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(desk)
        self._frame, self._desk = frame, desk
        self._forms: list[LedgerForm] = []
        self._drugs: list[Finding] = []
        self._reader: LatestReader[list[LedgerForm]] = LatestReader(self, self._forms_came, show_unless_away)
        self._log: LatestReader[list[Finding]] = LatestReader(self, self._drugs_came, show_unless_away)
        self._log_clock = QTimer(self, interval=_LOG_MS)
        self._log_soon = QTimer(self, interval=_LOG_AFTER_MS, singleShot=True)
        self._log_clock.timeout.connect(self.look_at_drugs)
        self._log_soon.timeout.connect(self.look_at_drugs)
        self.setInterval(_EVERY_MS)
        self.timeout.connect(self.look)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self._look_at_certification)

    def start(self) -> None:  # type: ignore[override]  # with the interval set above, and a first look
        super().start()
        self._log_clock.start()
        self.look()
        self._log_soon.start()

    def look(self) -> None:
        self._reader.read(partial(_read, self._desk))
        self._look_at_certification()

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & MATTERS:
            self.look()
        if changes.kinds & _LOG:
            self._log_soon.start()

    def look_at_drugs(self) -> None:
        self._log.read(partial(_read_drugs, self._desk))

    def _forms_came(self, forms: list[LedgerForm]) -> None:
        self._forms = forms
        self._count()

    def _drugs_came(self, found: list[Finding]) -> None:
        self._drugs = found
        self._count()

    def _count(self) -> None:
        today = self._desk.today()
        pressing = [one for one in self._forms if one.is_pressing(today)]
        grave = any(one.is_late(today) for one in pressing) or any(one.rule in _GRAVE for one in self._drugs)
        count = len(pressing) + len(self._drugs)
        self._frame.set_badge(LEDGER, count, Tone.DANGER if grave else Tone.NEUTRAL)

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


def _read_drugs(desk: Desk) -> list[Finding]:
    with desk.store.read() as records:
        return to_settle(read_lots(records), desk.today(), records.setup().policies.count_days)
