"""The bar on top: what the place puts there, the search line, and who is at work."""

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.paint import elided, paint_box, paint_focus, text_width
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.suggest_field import Hit, SuggestField

_DISC = 28
_GAP = 7
_APART, _CLOSE = 10, 6  # px between the parts; with every one of them there a small window has no more
_MOST_NAME = 150
_SEARCH = 420
_HINT_EDGE = 3  # what a line keeps free at its ends
_ROWS = 5  # short, so that the ghosts on the board are seen below it
_HINT = QT_TR_NOOP("Name, phone, day, command, or “mar 10 sp”")


class PersonButton(QAbstractButton):
    """Who is at work: initials in a disc, and the name where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_text(self, TextRole.BUTTON)
        self.hide()

    def set_person(self, name: str, initials: str) -> None:
        self._initials = initials
        self.setText(name)
        self.setAccessibleName(tr("At work: {name}").format(name=name))
        self.setToolTip(name)
        self.setVisible(bool(name))
        self.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        disc = theme().px(_DISC)
        name = 0.0 if self._narrow else min(text_width(self.text(), TextRole.BUTTON), theme().px(_MOST_NAME))
        return QSize(round(disc + (_GAP + name + 6 if name else 4)) + 4, disc + 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as it does every button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        disc = theme().px(_DISC)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), 8)
        circle = QRectF(4, (self.height() - disc) / 2, disc, disc)
        paint_box(painter, circle, c.accent_soft, None, disc / 2)
        painter.setFont(theme().font(TextRole.CAPTION))
        painter.setPen(c.accent)
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, self._initials)
        if not self._narrow:
            painter.setFont(self.font())
            painter.setPen(c.ink)
            words = QRectF(circle.right() + _GAP, 0, self.width() - circle.right() - _GAP, self.height())
            name = elided(self.text(), self.font(), words.width())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, name)


class TopBar(Panel):
    """``found`` carries the payload of what was picked in the search line."""

    found = Signal(object)
    person_pressed = Signal()
    messages_pressed = Signal()
    sound_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", ("bottom",), parent)
        self.setAccessibleName(tr("Top bar"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._slot = QStackedWidget()
        self._slot.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._empty = QWidget()
        self._slot.addWidget(self._empty)
        self.search = SuggestField(
            _nothing,
            tr(_HINT),
            name=tr("Search"),
            key="Ctrl+K",
            passing=True,
            rows=_ROWS,
        )
        self.search.chosen.connect(self.found)
        self.search.line.installEventFilter(self)
        self._hint = tr(_HINT)
        self.person = PersonButton()
        self.person.clicked.connect(self.person_pressed)
        self.messages = Button("", icon="bell", size="small")
        self.messages.fired.connect(self.messages_pressed)
        self.messages.hide()
        self.no_sound = Button("", icon="sound_off", size="small")
        self.no_sound.fired.connect(self.sound_pressed)
        self.no_sound.hide()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 1)
        row.setSpacing(_APART)
        row.addWidget(self._slot)
        row.addStretch(1)
        row.addWidget(self.search, 4)
        row.addStretch(1)
        row.addWidget(self.no_sound)
        row.addWidget(self.messages)
        row.addWidget(self.person)

    def set_messages(self, count: int, *, urgent: bool) -> None:
        """How many messages wait for who is at work; nothing while none does."""
        self.messages.setText(str(count))
        said = tr("%n urgent message(s)", "", count) if urgent else tr("%n message(s)", "", count)
        self.messages.setAccessibleName(said)
        self.messages.setToolTip(said)
        self.messages.set_kind(Kind.DANGER if urgent else Kind.NORMAL)
        self.messages.setVisible(bool(count))

    def set_no_sound(self, why: str) -> None:
        """Why alarms do not sound at this computer; nothing while they do."""
        self.no_sound.set_name(why)
        self.no_sound.setVisible(bool(why))

    def show_slot(self, widget: QWidget | None) -> None:
        """Put a place's widget at the left end; it stays for the next time the place is shown."""
        shown = widget or self._empty
        if self._slot.indexOf(shown) < 0:
            self._slot.addWidget(shown)
        for number in range(self._slot.count()):
            self._claim_room(self._slot.widget(number), shown)
        self._slot.setCurrentWidget(shown)

    @staticmethod
    def _claim_room(widget: QWidget | None, shown: QWidget) -> None:
        """A stack is as wide as its widest page; pages that are not shown must not count."""
        policy = QSizePolicy.Policy.Preferred if widget is shown else QSizePolicy.Policy.Ignored
        if widget is not None:
            widget.setSizePolicy(policy, policy)

    def set_narrow(self, narrow: bool) -> None:
        self.person.set_narrow(narrow)
        self.no_sound.setText("" if narrow else tr("No sound"))
        self.search.setMaximumWidth(theme().px(_SEARCH))
        self._row.setSpacing(_CLOSE if narrow else _APART)
        for beside in (1, 3):  # the room around the line, of which there is none in a small window
            self._row.setStretch(beside, 0 if narrow else 1)
        self._hint = tr("Search") if narrow else tr(_HINT)
        self._show_hint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.search.line:
            self._show_hint()
        return super().eventFilter(watched, event)

    def _show_hint(self) -> None:
        """Whole or not at all: the glass and the key say the same."""
        room = self.search.line.width() - 2 * _HINT_EDGE
        hints = (self._hint, tr("Search"))
        fits = (one for one in hints if text_width(one, TextRole.BODY) <= room)
        self.search.line.setPlaceholderText(next(fits, ""))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(48))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), theme().px(48))


def _nothing(_text: str) -> list[Hit]:
    return []
