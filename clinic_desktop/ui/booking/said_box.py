"""What the rules say about a booking as it stands: what refuses it, what holds it, what to know."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.rulebook import Finding, Severity, blocking
from clinic_desktop.scheduling.settle import right_to_pass
from clinic_desktop.security.rights import may
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.booking.cut_box import CutBox
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_may import over_rule_words
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import TONE_ICONS, TONE_INKS
from clinic_desktop.ui.wording import worded

_SHOWN, _HIDDEN = QEvent.Type.ShowToParent, QEvent.Type.HideToParent


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
    return bool(refused) and not locked and may(actor, right_to_pass(refused))


class SaidBox(CutBox):
    """Hidden while there is nothing to say. ``override_wanted`` when a reason is to be asked for.

    then: what is read after that, such as what would change; it hides itself where there is nothing of it.
    """

    override_wanted = Signal()

    def __init__(self, then: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Said, ...] = ()
        self._then = then
        self._said = QVBoxLayout()
        self._said.setSpacing(4)
        self.rows.addLayout(self._said)
        self.override = Button(tr("Override with a reason"), icon="note", size="small")
        self.override.fired.connect(self.override_wanted)
        self.override.hide()
        self._who = label("", TextRole.LABEL, "second", wrap=True)
        self._who.hide()
        self.column.insertWidget(1, self._who)
        self.buttons.insertWidget(0, self.override)
        self.hide()
        if then is not None:
            self.rows.addWidget(then)
            then.hide()
            then.installEventFilter(self)

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
        can = over_rule_words(right_to_pass(refused))
        self._who.setText(can if refused and not locked and not overridable else "")
        self._who.setVisible(bool(self._who.text()))
        self._set_lines((*more, *said_of(findings)))

    def _set_lines(self, lines: Sequence[Said]) -> None:
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            while (item := self._said.takeAt(0)) is not None:
                if (old := item.widget()) is not None:
                    old.hide()
                    old.deleteLater()
            for one in lines:
                line = _Line(one)
                self._said.addWidget(line)
                line.show()  # else it has no height before the next turn of the event loop
            self.setAccessibleName(" ".join(one.text for one in lines))
            self.area.setAccessibleName(self.accessibleName())
            announce(self, " ".join(one.text for one in lines))
            self.area.verticalScrollBar().setValue(0)
        self._show_or_hide()

    def clear(self) -> None:
        """Nothing is said any more."""
        self.override.hide()
        self._who.setText("")
        self._who.hide()
        self._set_lines(())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (_SHOWN, _HIDDEN) and watched is self._then:
            self._show_or_hide()
        return super().eventFilter(watched, event)

    def _show_or_hide(self) -> None:
        self.setVisible(bool(self._lines) or (self._then is not None and not self._then.isHidden()))
        self.fit()


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
