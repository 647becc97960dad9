"""What the rules say about a booking as it stands: what refuses it, what holds it, what to know."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.security.rights import Right, may
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.booking.words import who_may
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import TONE_ICONS, TONE_INKS
from clinic_desktop.ui.widgets.scrolled import Scrolled
from clinic_desktop.ui.wording import worded

_LEAST, _SHARE = 40, 0.36  # of the panel's height, for what is said


@dataclass(frozen=True, slots=True)
class Said:
    """One line, in a tone."""

    text: str
    tone: Tone = Tone.WARN


def said_of(findings: Sequence[Finding]) -> list[Said]:
    """Findings as lines: what refuses first, then what holds, then what to know; each once."""
    order = {Severity.LOCKED: 0, Severity.HARD: 0, Severity.HOLD: 1, Severity.WARNING: 2}
    lines = {}
    for one in sorted(findings, key=lambda found: order[found.severity]):
        refuses = one.severity in (Severity.LOCKED, Severity.HARD)
        lines[worded(one)] = Tone.DANGER if refuses else Tone.WARN
    return [Said(text, tone) for text, tone in lines.items()]


def may_override(actor: Actor, findings: Sequence[Finding]) -> bool:
    """Whether the person can go over everything that refuses."""
    refused = blocking(findings)
    locked = any(one.severity is Severity.LOCKED for one in refused)
    return bool(refused) and not locked and may(actor, Right.OVERRIDE_RULE)


class SaidBox(QWidget):
    """Hidden while there is nothing to say. ``override_wanted`` when a reason is to be asked for."""

    override_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Said, ...] = ()
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self._area = Scrolled(inside)
        self._area.setProperty("said", "true")
        self.override = Button(tr("Override with a reason"), icon="note", size="small")
        self.override.fired.connect(self.override_wanted)
        self._who = label("", TextRole.LABEL, "second", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._area)
        column.addWidget(self._who)
        column.addWidget(self.override)
        self.hide()

    @property
    def lines(self) -> tuple[Said, ...]:
        return self._lines

    @property
    def who(self) -> str:
        """Who can go over what refuses, where the person cannot."""
        return self._who.text()

    def show_findings(self, actor: Actor, findings: Sequence[Finding], more: Sequence[Said] = ()) -> None:
        """Everything there is to say, and who can go over what refuses."""
        refused = blocking(findings)
        overridable = may_override(actor, findings)
        locked = any(one.severity is Severity.LOCKED for one in refused)
        self.override.setVisible(overridable)
        can = tr("A {who} can go over this with a reason.").format(who=who_may(Right.OVERRIDE_RULE))
        self._who.setText(can if refused and not locked and not overridable else "")
        self._who.setVisible(bool(self._who.text()))
        self._set_lines((*more, *said_of(findings)))

    def _set_lines(self, lines: Sequence[Said]) -> None:
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            while (item := self._rows.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for one in lines:
                self._rows.addWidget(_Line(one))
            self.setAccessibleName(" ".join(one.text for one in lines))
            self._area.setAccessibleName(self.accessibleName())
            announce(self, " ".join(one.text for one in lines))
        self.setVisible(bool(lines))
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (panel := self.parentWidget()) is not None:
            panel.installEventFilter(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As high as the lines are; in a low panel they scroll, so that none is squeezed and the rest of it
        keeps its place."""
        panel = self.parentWidget()
        if panel is None:
            return
        most = max(theme().px(_LEAST), round(panel.height() * _SHARE))
        whole = self._area.height_for(self._area.viewport().width())
        self._area.setFixedHeight(min(most, whole))
        # The keyboard comes into it, and scrolls, only where there is something to scroll.
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus if whole > most else Qt.FocusPolicy.NoFocus)


class _Line(QWidget):
    def __init__(self, said: Said) -> None:
        super().__init__()
        ink, role = TONE_INKS[said.tone]
        words: QLabel = label(said.text, TextRole.LABEL, role, wrap=True)
        icon = IconLabel(TONE_ICONS[said.tone], ink, 15)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(7)
        column = QVBoxLayout()
        column.setContentsMargins(0, 1, 0, 0)
        column.addWidget(icon)
        column.addStretch(1)
        row.addLayout(column)
        row.addWidget(words, 1)
