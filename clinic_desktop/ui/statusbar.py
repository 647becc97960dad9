"""The bar below: the last action with its undo, how old the data is, and the keys that work here."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import key_height, key_width, paint_key, text_width
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import ElidedLabel, label, set_ink
from clinic_desktop.ui.widgets.panel import Panel

_GAP = 6
_BETWEEN = 16


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and a word or two for what it does here."""

    key: str
    text: str


class HintLine(QWidget):
    """As many hints as fit, the first ones first; the last one always stays (all keys)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hints: tuple[KeyHint, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_hints(self, hints: Sequence[KeyHint]) -> None:
        self._hints = tuple(hints)
        self.setAccessibleName(", ".join(f"{hint.key}: {hint.text}" for hint in hints))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(_hint_width(hint) for hint in self._hints)
        return QSize(round(width), theme().px(20))

    def minimumSizeHint(self) -> QSize:
        width = _hint_width(self._hints[-1]) if self._hints else 0.0
        return QSize(round(width), theme().px(20))

    def shown(self) -> list[KeyHint]:
        """The hints that fit now."""
        if not self._hints:
            return []
        *others, last = self._hints
        room = self.width() - _hint_width(last)
        fitting: list[KeyHint] = []
        for hint in others:
            room -= _hint_width(hint)
            if room < 0:
                break
            fitting.append(hint)
        return [*fitting, last]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme().font(TextRole.LABEL))
        shown = self.shown()
        left = self.width() - sum(_hint_width(hint) for hint in shown)
        for hint in shown:
            left += _BETWEEN
            paint_key(painter, QPointF(left, (self.height() - key_height()) / 2), hint.key)
            left += key_width(hint.key) + _GAP
            painter.setFont(theme().font(TextRole.LABEL))
            painter.setPen(theme().colours.ink2)
            width = text_width(hint.text, TextRole.LABEL)
            painter.drawText(
                QRectF(left, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, hint.text
            )
            left += width


def _hint_width(hint: KeyHint) -> float:
    return _BETWEEN + key_width(hint.key) + _GAP + text_width(hint.text, TextRole.LABEL)


FORGETS_MS = 30_000
"""How long what was done last is named: long enough to read it and to undo it."""


class StatusBar(Panel):
    """``undo_pressed`` and ``redo_pressed`` are the little buttons; the keys belong to the commands."""

    undo_pressed = Signal()
    redo_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", ("top",), parent)
        self.setAccessibleName(tr("Status bar"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._said = ElidedLabel("", TextRole.LABEL, "ink2")
        self._forgets = QTimer(self, interval=FORGETS_MS, singleShot=True)
        self._forgets.timeout.connect(self.forget)
        self._waits = label(tr("Not done yet ..."), TextRole.LABEL, "ink2")
        self._waits.hide()
        self._undo = Button(tr("Undo"), Kind.QUIET, icon="undo", key="Ctrl+Z", size="small")
        self._undo.fired.connect(self.undo_pressed)
        self._undo.hide()
        self._redo = Button(tr("Redo"), Kind.QUIET, icon="redo", key="Ctrl+Y", size="small")
        self._redo.fired.connect(self.redo_pressed)
        self._redo.hide()
        self._age = label("", TextRole.LABEL, "third")
        self._backup_icon = IconLabel("warning", "danger", 14)
        self._backup_icon.hide()
        self._backup = label("", TextRole.LABEL, "third")
        self._backup.hide()
        self.hints = HintLine()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._waits)
        row.addWidget(self._said)
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        row.addWidget(self._age)
        row.addWidget(self._backup_icon)
        row.addWidget(self._backup)
        row.addWidget(self.hints, 1)

    def forget(self) -> None:
        """What was said names people, and who passes by need not read it. The little buttons go with it: they
        are named after the same people, and without the words nobody knew what they take back. The keys go
        on to work."""
        self._forgets.stop()
        self._said.set_text("")
        self.offer(None, None)

    @property
    def said(self) -> str:
        return self._said.text()

    def say(self, text: str, can_undo: bool) -> None:
        """Name the last action; it is announced."""
        self.wait(False)
        self._said.set_text(text)
        self._forgets.start()
        self.offer("" if can_undo else None, None)
        announce(self, text)

    def wait(self, on: bool) -> None:
        """What was entered last takes long: nobody takes what was said before it for its answer."""
        self._waits.setVisible(on)
        self._said.setVisible(not on)
        if on:
            announce(self, self._waits.text())

    @property
    def offers(self) -> bool:
        """Whether one of the little buttons is there."""
        return not (self._undo.isHidden() and self._redo.isHidden())

    def offer(self, undo: str | None, redo: str | None) -> None:
        """The little buttons beside what was said; the name of what each takes back, None for no button. None
        stands there by itself, where nothing is said."""
        if not self.said:
            undo = redo = None
        _offer(self._undo, undo, tr("Undo"), tr("Undo: {what}"))
        _offer(self._redo, redo, tr("Redo"), tr("Redo: {what}"))

    def set_age(self, text: str) -> None:
        self._age.setText(text)
        self._age.setVisible(bool(text))

    @property
    def backup(self) -> str:
        """What it says of the backups; empty where it says nothing."""
        return self._backup.text()

    def set_backup(self, text: str, *, alarming: bool) -> None:
        """How old the last good backup is: quiet, or with a sign where somebody has to see to it."""
        self._backup.setText(text)
        set_ink(self._backup, "danger" if alarming else "third")
        self._backup.setAccessibleName(tr("Attention: {text}").format(text=text) if alarming else text)
        self._backup.setVisible(bool(text))
        self._backup_icon.setVisible(bool(text) and alarming)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(30))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(30))


def _offer(button: Button, what: str | None, plain: str, pattern: str) -> None:
    name = pattern.format(what=what) if what else plain
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setVisible(what is not None)
