"""A refusal in words: everything that is missing, and the two ways on that the rules leave open."""

from collections.abc import Collection

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.asking_rules import SOFT
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.rules import DOSE_DRIVER, DOSE_FIRST_84, DRIVER_HERE, STAY_ALONE
from clinic_desktop.treatment.slip_rules import ASKED
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.floor.commands import OVERRIDE
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import Tone, paint_box, tone_ink
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label, numbers_whole
from clinic_desktop.ui.wording import worded

INSIST_KEY = "Ctrl+Return"
INSIST = QT_TR_NOOP("It has happened: record it anyway")
CONFIRM = QT_TR_NOOP("That is right: record it")
REASON = QT_TR_NOOP("Give it all the same, with a reason")
_GONE = QT_TR_NOOP("Gone all the same: left early")
_DRIVER = frozenset({DOSE_DRIVER.code, DRIVER_HERE.code, STAY_ALONE.code})


class RefusalBox(QWidget):
    """``insisted``: it has happened, record it. ``overridden``: a prescriber goes over the driver, or over
    the first day's dose.

    Neither takes plain Enter: whoever presses it twice records nothing by that.
    """

    insisted = Signal()
    overridden = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", TextRole.STRONG, "danger", wrap=True)
        self._words = QVBoxLayout()
        self._words.setSpacing(4)
        self._sentences: list[str] = []
        self._first_dose = False
        self.insist = Button(tr(INSIST), key=INSIST_KEY, size="small")
        self.override = Button(tr("Allow without a driver"), key=OVERRIDE.keys[0], size="small")
        self.insist.fired.connect(self.insisted)
        for key in (INSIST_KEY, "Ctrl+Enter"):  # wherever the focus is while this is shown
            shortcut = QShortcut(QKeySequence(key), self, self.insist.click)
            shortcut.setAutoRepeat(False)  # the press that was refused does not insist by being held
        self.override.fired.connect(self.overridden)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 12)
        column.setSpacing(7)
        column.addWidget(self._title)
        column.addLayout(self._words)
        column.addWidget(self.insist)
        column.addWidget(self.override)
        self.setAccessibleName(tr("Not recorded"))
        self.hide()

    @property
    def sentences(self) -> list[str]:
        """What stands in the way, one by one; empty while nothing was refused."""
        return [] if self.isHidden() else self._sentences

    @property
    def about_first_dose(self) -> bool:
        """Whether what was refused is more than 56 mg on a first day."""
        return self._first_dose and not self.isHidden()

    def show_refusal(
        self, refusal: Refusal, title: str, kinds: Collection[StampKind], *, may_override: bool
    ) -> None:
        """Show why; the override only where it would help: whoever may not give it asks for it. kinds: what
        was to be recorded; where nothing was (a print, a permission), nothing can have happened."""
        sentences = [worded(one) for one in refusal.findings]
        self._title.setText(title)
        self._fill(sentences)
        codes = {one.code for one in refusal.findings}
        self._first_dose = DOSE_FIRST_84.code in codes
        words = tr("Allow 84 mg on the first day") if self._first_dose else tr("Allow without a driver")
        self.override.setText(words if may_override else tr("Ask a prescriber"))
        gone = StampKind.RELEASED in kinds
        self.insist.setText(tr(_GONE if gone and not codes <= ASKED else _way_on(codes)))
        self.insist.setVisible(bool(kinds))
        self.override.setVisible(self._first_dose or bool(codes & _DRIVER))
        self.setAccessibleDescription(" ".join(sentences))
        self.show()
        announce(self, f"{title} {' '.join(sentences)}", urgent=True)

    def _fill(self, sentences: list[str]) -> None:
        while (item := self._words.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._sentences = sentences
        for sentence in sentences:
            self._words.addWidget(label(numbers_whole(sentence), TextRole.BODY, wrap=True))

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink = tone_ink(Tone.DANGER)
        paint_box(QPainter(self), QRectF(self.rect()), ink.fill, ink.edge, tokens().radius["card"])


def _way_on(codes: Collection[str]) -> str:
    """How it is recorded all the same."""
    if set(codes) <= ASKED:
        return CONFIRM
    return REASON if set(codes) <= ASKED | SOFT else INSIST
