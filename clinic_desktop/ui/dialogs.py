"""The few dialogs there are: a choice, a reason, a question. None blocks; each answers by a callback.

Every dialog has a parent, is deleted when it closes, and never has patient data in its window title.
Tests replace ``ask``.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.ui.dialog_keys import DialogKeys
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.on_screen import keep_on_screen, room_for
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.reason_picker import ReasonPicker
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled

APP_NAME = "Clinic Desktop"
CRISIS_ID, HELP_ID, LOCK_ID = "window.crisis", "window.call-help", "window.lock"
_WIDTH = 480
_SIDE, _TOP, _BOTTOM, _SPACE = 22, 20, 18, 16
_LEAST_LIST, _AROUND_LIST = 120, 220
_VEIL = 0.34


def list_height(parent: QWidget, most: int) -> int:
    """How high a list in a dialog over a window is at most, so that what is around it has room too."""
    return min(most, max(_LEAST_LIST, parent.window().height() - _AROUND_LIST))


def keep_urgent_keys(dialog: QWidget, parent: QWidget | None) -> None:
    """A crisis, a call for help and the lock wait for no dialog: their keys work in it too."""
    urgent = (CRISIS_ID, HELP_ID, LOCK_ID)
    actions = parent.window().actions() if parent is not None else []
    dialog.addActions([one for one in actions if one.objectName() in urgent])


class _Scrim(QWidget):
    """Dims the window behind a dialog, as large as that becomes; for the eye only."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = QColor(Qt.GlobalColor.black)
        veil.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)


class Dialog(QDialog):
    """Title, sentence, a body of one's own in ``body``, and buttons at the foot. ``open()`` shows it."""

    def __init__(self, parent: QWidget, title: str, text: str = "", icon: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(APP_NAME)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(min(theme().px(_WIDTH), max(320, parent.window().width() - 24)))
        self._scrim: QWidget | None = None
        self._keys: DialogKeys | None = None
        keep_urgent_keys(self, parent)
        for key in ("F1", "Ctrl+/"):
            QShortcut(QKeySequence(key), self, self.show_keys)
        head = QHBoxLayout()
        head.setSpacing(12)
        if icon:
            head.addWidget(IconLabel(icon, "warn", 22), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label(title, TextRole.TITLE, wrap=True))
        if text:
            words.addWidget(label(text, TextRole.BODY, "second", wrap=True))
        head.addLayout(words, 1)
        self.body = QVBoxLayout()
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        words.addStretch(1)
        inside = Inside()
        whole = self._whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(_SPACE)
        whole.addLayout(head)
        whole.addLayout(self.body)
        self._scroll = Scrolled(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, _BOTTOM)
        column.setSpacing(_SPACE)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._foot)
        self._soon = QTimer(self, singleShot=True, interval=0)  # once the layout has caught up
        self._soon.timeout.connect(self._grow)
        inside.installEventFilter(self)

    def add_leave_button(self, text: str) -> Button:
        """The way back at the left; Esc does the same."""
        button = Button(text, Kind.QUIET, key="Escape", parent=self)
        button.fired.connect(self.reject)
        self._foot.insertWidget(0, button)
        return button

    def add_button(self, text: str, kind: Kind = Kind.NORMAL, key: str = "") -> Button:
        """A button at the right; connect its ``fired``."""
        button = Button(text, kind, key=key, parent=self)
        self._foot.addWidget(button)
        return button

    def show_keys(self) -> None:
        """F1: what can be done here stands under the head and is said; once more, and it is gone."""
        if self._keys is not None:
            self._keys.hide()
            self._keys.deleteLater()
            self._keys = None
            self._scroll.show_focus()
            return
        self._keys = DialogKeys(self)
        self._whole.insertWidget(1, self._keys)
        self._keys.show()
        self._scroll.show_also(self._keys)
        self._keys.say()

    def showEvent(self, event: QShowEvent) -> None:
        if not event.spontaneous():
            self.fit_words()
        super().showEvent(event)

    def fit_words(self) -> None:
        """As high as its words need at its width; where the screen is lower, all but the foot scrolls."""
        self.resize(self._wanted())
        keep_on_screen(self)

    def _wanted(self) -> QSize:
        wide = max(self.width(), self.minimumSizeHint().width())
        around = _TOP + _SPACE + self._foot.sizeHint().height() + _BOTTOM
        room, bar = wide - 2 * _SIDE, self._scroll.verticalScrollBar()
        if bar.isVisible():  # beside it the words go on in more lines, and it would never go away
            room -= bar.sizeHint().width()
        return QSize(wide, self._scroll.height_for(room) + around)

    def _grow(self) -> None:
        """Words came in it, or a button says more: what it needs and the screen has. It never shrinks by
        itself under somebody's hand."""
        wanted = self._wanted().boundedTo(room_for(self).size())
        if self.isVisible() and (wanted.width() > self.width() or wanted.height() > self.height()):
            self.resize(wanted.expandedTo(self.size()))
            keep_on_screen(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return super().eventFilter(watched, event)

    def open(self) -> None:
        """Show it over the dimmed window, which waits."""
        parent = self.parentWidget()
        if parent is not None:
            self._scrim = _Scrim(parent.window())
        super().open()

    def done(self, result: int) -> None:
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None
        super().done(result)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colours.surface)


class ChoiceDialog(Dialog):
    """Something changed; here are the ways on. A digit goes to one, Enter takes it, Esc goes back."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        choices: Sequence[Choice],
        on_choice: Callable[[str], None],
        *,
        confirm: Callable[[Choice], str] | None = None,
        leave: str = "",
        begin: bool = True,
    ) -> None:
        super().__init__(parent, title, text, "swap")
        self._choices = {choice.id: choice for choice in choices}
        self._on_choice, self._confirm = on_choice, confirm
        self.list = ChoiceList(choices, title, self, begin=begin)
        self.body.addWidget(self.list)
        self.add_leave_button(leave or tr("Back"))
        self.take = self.add_button(tr("Take it"), Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self.list.picked.connect(self._picked)
        self.list.current_changed.connect(self._name_button)
        self.list.setFocus()
        self._name_button()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        title: str,
        text: str,
        choices: Sequence[Choice],
        on_choice: Callable[[str], None],
        *,
        confirm: Callable[[Choice], str] | None = None,
        leave: str = "",
        begin: bool = True,
    ) -> "ChoiceDialog":
        """``confirm`` words the button for the current choice: "Book Thu Nov 19, 10:15". begin: the first
        stands chosen."""
        made = cls(parent, title, text, choices, on_choice, confirm=confirm, leave=leave, begin=begin)
        made.open()
        return made

    def _name_button(self) -> None:
        current = self._choices.get(self.list.current)
        if current is not None and self._confirm is not None:
            self.take.setText(self._confirm(current))
            self.take.updateGeometry()

    def _take(self) -> None:
        if self.list.current:
            self._picked(self.list.current)

    def _picked(self, choice_id: str) -> None:
        self.accept()
        self._on_choice(choice_id)


class ReasonDialog(Dialog):
    """Asks why before something that needs a reason; the button repeats what will be done."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        reasons: Sequence[tuple[str, str]],
        verb: str,
        on_reason: Callable[[str, str], None],
        *,
        begin: bool = False,
    ) -> None:
        super().__init__(parent, title, text, "note")
        self._on_reason = on_reason
        self.picker = ReasonPicker(reasons, self, begin=begin)
        self.body.addWidget(self.picker)
        self.add_leave_button(tr("Back"))
        self.take = self.add_button(verb, Kind.PRIMARY, key="Return")
        self.take.fired.connect(self._take)
        self.take.refused.connect(self.picker.setFocus)
        self.picker.picked.connect(self._picked)
        self.picker.changed.connect(self._say_missing)
        self._say_missing()
        self.picker.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        title: str,
        text: str,
        reasons: Sequence[tuple[str, str]],
        verb: str,
        on_reason: Callable[[str, str], None],
        *,
        begin: bool = False,
    ) -> "ReasonDialog":
        """``reasons``: (code, words marked for translation). ``on_reason`` gets both, for the record.

        begin: the first stands chosen; for what is usual, never for a reason to go over a rule.
        """
        made = cls(parent, title, text, reasons, verb, on_reason, begin=begin)
        made.open()
        return made

    def _say_missing(self) -> None:
        code, _text = self.picker.current
        self.take.set_missing([] if code else [tr("choose a reason")])

    def _take(self) -> None:
        self._picked(*self.picker.current)

    def _picked(self, code: str, text: str) -> None:
        self.accept()
        self._on_reason(code, text)


class QuestionDialog(Dialog):
    """One question with a verb for an answer; Esc leaves all as it is."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        on_yes: Callable[[], object],
        danger: bool = False,
        leave: str = "",
    ) -> None:
        super().__init__(parent, title, text, "question")
        self._on_yes = on_yes
        stay = self.add_leave_button(leave or tr("Leave it"))
        self.yes = self.add_button(verb, Kind.DANGER if danger else Kind.PRIMARY)
        self.yes.fired.connect(self._answered)
        (stay if danger else self.yes).setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        title: str,
        text: str,
        verb: str,
        on_yes: Callable[[], object],
        danger: bool = False,
        leave: str = "",
    ) -> "QuestionDialog":
        made = cls(parent, title, text, verb, on_yes, danger, leave)
        made.open()
        return made

    def _answered(self) -> None:
        self.accept()
        self._on_yes()
