"""Says calmly what a new clinic has yet to do before its first treatment, and leads there."""

from functools import partial

from PySide6.QtCore import QObject

from clinic_desktop.aftercare.texts_waiting import unapproved
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.scheduling import set_up_rules as rules
from clinic_desktop.scheduling.before_first import WHOSE, before_first_treatment, who_may
from clinic_desktop.scheduling.certification import CERTIFIED_UNKNOWN
from clinic_desktop.security.rights import may
from clinic_desktop.ui.banner import Banner, BannerAction
from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.decisions.commands import DECISIONS
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, show_unless_away
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.set_up.place import ID as SET_UP
from clinic_desktop.ui.set_up.place import SetUpPlace
from clinic_desktop.ui.wording import worded

BEFORE_FIRST = Command(
    "window.before-first",
    QT_TR_NOOP("What is to do before the first treatment"),
    ("Ctrl+Shift+F",),
    icon="setup",
    opens=True,
)
_ID = "before-first"


class BeforeFirst(QObject):
    """The banner of a window, and where its button and key lead."""

    def __init__(self, frame: Frame, desk: Desk) -> None:
        super().__init__(desk)
        self._frame, self._desk = frame, desk
        self._approved = False
        self._reader: LatestReader[bool] = LatestReader(self, self._came, show_unless_away)
        desk.hub.changed.connect(self._heard)
        desk.setup_changed.connect(self.look)
        desk.actor_changed.connect(self.look)
        self.look()

    def look(self) -> None:
        """Read the set-up again; and the texts, while there is anything to say."""
        if self._found():
            self._reader.read(partial(_texts_approved, self._desk))
        self._show()

    def _heard(self, changes: Changes) -> None:
        if "sheet_text" in changes.kinds:
            self.look()

    def _came(self, approved: bool) -> None:
        self._approved = approved
        self._show()

    def _found(self) -> list[Finding]:
        return before_first_treatment(self._desk.setup, texts_approved=self._approved)

    def _show(self) -> None:
        found = self._found()
        if not found:
            self._frame.clear_banner(_ID)
            return
        go = BannerAction(tr("Open Set-up"), self.open, BEFORE_FIRST.keys[0])
        text = " ".join(map(self._said, found))
        self._frame.show_banner(Banner(_ID, tr("Before the first treatment"), text, Tone.INFO, (go,)))

    def _said(self, finding: Finding) -> str:
        if self._may(finding):
            return worded(finding)
        names = who_may(self._desk.setup, WHOSE[finding.code])[:3]
        can = tr("For {names} to do.").format(names=tr(" or ").join(names)) if names else ""
        return f"{worded(finding)} {can}".strip()

    def _may(self, finding: Finding) -> bool:
        return may(self._desk.actor, WHOSE[finding.code])

    def open(self) -> None:
        """To what this person can do, else to the first of all."""
        found = self._found()
        if not found:
            self._frame.say(tr("Nothing is left to do before a first treatment."))
            return
        finding = next(filter(self._may, found), found[0])
        if finding.rule is rules.FIRST_SHEETS:
            self._frame.go(DECISIONS)
            return
        place = self._frame.go(SET_UP)
        if isinstance(place, SetUpPlace) and finding.rule is rules.FIRST_LIMITS:
            place.open_limits()
        elif isinstance(place, SetUpPlace) and finding.rule is CERTIFIED_UNKNOWN:
            place.open_part("clinic")
        elif isinstance(place, SetUpPlace):
            place.open_part("staff")


def _texts_approved(desk: Desk) -> bool:
    with desk.store.read() as records:
        return not unapproved(records, desk.now())
