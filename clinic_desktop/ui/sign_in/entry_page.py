"""Who is here, and the password or the PIN: signing in, unlocking and changing places are this one page."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.people.model import Staff
from clinic_desktop.security.tries import Known, NotLetIn
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import SLOW_MS
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.sign_in.page import Trouble, hold_while_waiting, secret_line
from clinic_desktop.ui.sign_in.people_list import PeopleList, with_alt
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Card, Line

_NARROW, _LOW = 620, 480
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WIDE = 820


class EntryPage(Card):
    """``entered`` carries the person's id, what was typed, and whether it may be a PIN. ``code_wanted`` and
    ``emergency_wanted`` carry the person who is current; ``left`` is Esc, where there is a way back."""

    entered = Signal(int, str, bool)
    code_wanted = Signal(int)
    emergency_wanted = Signal(int)
    left = Signal()
    anew = Signal()  # it begins with another name, though something is looked at still

    def __init__(self, desk: str, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._desk, self._now = desk, now
        self._known: dict[int, Known] = {}
        self._busy = self._away = self._filling = False
        self._long = QTimer(self, interval=SLOW_MS, singleShot=True)  # since something was entered
        self._long.timeout.connect(self._takes_long)
        self._told = 0  # whom the trouble is about
        self._tried = 0  # whose word is looked at, while it is
        self._chosen = False
        self.people = PeopleList(tr("Who is here?"))
        self.heading = label("", TextRole.NAME, wrap=True)
        self._hint = label("", TextRole.LABEL, "second", wrap=True)
        self.secret = secret_line()
        self.trouble = Trouble(now)
        self.take = Button(tr("Open"), Kind.PRIMARY, key="Return", size="large")
        self.back = Button(tr("Stay"), Kind.QUIET, key="Escape", size="large")
        self.code = Button(tr("Recovery code"), key="Alt+C", size="small")
        self.emergency = Button(tr("Emergency access"), key="Alt+E", size="small")
        hold_while_waiting(self.trouble, self.secret, self.take)
        self._lay_out()
        self.people.chosen.connect(self._to_secret)
        self.people.changed.connect(self._name)
        self.people.line.installEventFilter(self)
        self.secret.installEventFilter(self)
        self.take.fired.connect(self.enter)
        self.back.fired.connect(self.left)
        self.code.fired.connect(self.want_code)
        self.emergency.fired.connect(self.want_emergency)
        ways = (
            (self.code, self.want_code),
            (self.emergency, self.want_emergency),
            (self.other, self.ask_who),
        )
        for button, way in ways:
            QShortcut(QKeySequence(button.key), self, way)

    def _lay_out(self) -> None:
        self._left = QWidget()
        inside = QVBoxLayout(self._left)
        inside.setContentsMargins(22, 20, 22, 20)
        inside.addWidget(self.people)
        right = QVBoxLayout()
        right.setContentsMargins(24, 20, 24, 18)
        right.setSpacing(10)
        self.other = Button(tr("Somebody else"), Kind.QUIET, icon="person", key="Ctrl+Shift+A", size="small")
        self.other.fired.connect(self.ask_who)
        for widget in (self.heading, self._hint, self.secret, self.trouble):
            right.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.take, 1)
        row.addWidget(self.back)
        right.addLayout(row)
        right.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        right.addStretch(1)
        ways = FlowLayout(gap=8, below=8)  # beside each other they would take the names their room
        ways.addWidget(self.code)
        ways.addWidget(self.emergency)
        right.addLayout(ways)
        self._line = Line(Qt.Orientation.Vertical)
        self._line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._left, 2)
        whole.addWidget(self._line)
        whole.addLayout(right, 3)
        self.setMaximumWidth(theme().px(_WIDE))

    @property
    def chosen(self) -> bool:
        """Whether the page asks for somebody's password, and not for a name still."""
        return self._chosen

    def show_known(
        self, known: Sequence[Known], staff: Sequence[Staff], current: int = 0, *, chosen: bool = True
    ) -> None:
        """Who can sign in here; ``current`` was here last, and their password is asked for if ``chosen``."""
        self._known = {one.person.id: one for one in known}
        self._chosen = chosen and current in self._known
        self._filling = True  # on the way somebody else is current for a moment
        self.people.show_people([one for one in staff if one.id in self._known], current)
        self._filling = False
        self._name()

    def set_away(self, away: bool) -> None:
        """Whether the server does not answer: then it is the password, and neither codes nor emergency
        access, which nobody could be told of."""
        self._away = away
        missing = [tr("Not before the server answers again.")] if away else []
        for button in (self.code, self.emergency):
            button.set_missing(missing)
        self._name()

    def ask_who(self) -> None:
        """Begin with the name."""
        self._give_up()
        self.wipe()
        self._left.show()
        self._line.show()
        self.people.setFocus(Qt.FocusReason.OtherFocusReason)
        self.people.line.selectAll()  # the next name takes the place of the one that was tried

    def first(self, *, who: bool) -> QWidget:
        """Where the focus begins: at the name, or at the password of whoever is current."""
        return self.people.line if who else self.secret

    @property
    def current(self) -> Known | None:
        person = self.people.current
        return self._known.get(person.id) if person is not None else None

    def _name(self) -> None:
        """Another one is current, perhaps; what was said of the same one stands."""
        if self._filling:
            return
        number = self.current.person.id if self.current is not None else 0
        if number != self._told or not number:
            self.trouble.clear()
        if number != self._tried:
            self._give_up()
        self._head()

    def _give_up(self) -> None:
        if self._busy:
            self._answered()
            self.anew.emit()

    def _mean(self, *, chosen: bool) -> None:
        if chosen != self._chosen:
            self._chosen = chosen
            self._head()

    def _head(self) -> None:
        """It names somebody only while keys go to their password: a password that was typed into the line of
        the names could be read."""
        one = self.current
        if one is None or not self._chosen:
            hint = tr("Type some letters of it or your initials, then Enter.")
            self.heading.setText(tr("Your name first"))
            self._hint.setText(hint)
            self._hint.show()
            self.secret.setAccessibleName(tr("Password"))
            self.secret.setAccessibleDescription(hint)
            return
        by_pin = self._by_pin(one)
        what = tr("PIN of {name}") if by_pin else tr("Password of {name}")
        said = what.format(name=one.person.name)
        self.heading.setText(said)
        self.secret.setAccessibleName(said)
        hint = tr("Or the password.") if by_pin else ""
        if one.has_pin and not by_pin:
            hint = tr("The password once; then the PIN is enough on this computer.")
        if one.given:
            hint = tr("The one that a manager gave you. You choose your own next.")
        if self._away:
            hint = tr("The server does not answer. The password that you used here last opens this computer.")
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.secret.setAccessibleDescription(hint)

    def _by_pin(self, one: Known) -> bool:
        return not self._away and one.by_pin(self._desk, self._now())

    def _to_secret(self, letter: str) -> None:
        self._mean(chosen=True)
        self.secret.setText("" if self.secret.isReadOnly() else letter)
        self.secret.setFocus(Qt.FocusReason.OtherFocusReason)
        self.secret.end(False)

    def enter(self) -> None:
        """What was typed is looked at, unless a try is refused still or one is on its way."""
        one, typed = self.current, self.secret.text()
        if one is None or not self._chosen:
            self.people.setFocus()
        elif not typed:
            self.secret.setFocus()
        elif not self._busy and not self.trouble.waiting:
            pin = self._by_pin(one) and typed.isascii() and typed.isdigit()
            self._busy, self._tried = True, one.person.id
            self._long.start()
            self.entered.emit(one.person.id, typed, pin)

    def show_problem(self, problem: ClinicProblem) -> None:
        """Not let in."""
        self._answered()
        self.secret.clear()
        self.trouble.show_problem(problem)
        one = self.current
        self._told = one.person.id if one is not None else 0
        if isinstance(problem, NotLetIn) and problem.needs_password and one is not None:
            self._known[one.person.id] = Known(one.person, one.has_password, one.has_pin)
            self._head()
        if self.isVisible():  # else keys would go to a line that nobody sees
            self.secret.setFocus()

    def _takes_long(self) -> None:
        """A server may hang for half a minute before it is known to be away."""
        said = tr("Not answered yet ...")
        self._hint.setText(said)
        self._hint.show()
        announce(self, said)

    def _answered(self) -> None:
        self._busy = False
        self._long.stop()
        self._head()

    def wipe(self) -> None:
        self._answered()
        self.secret.clear()
        self.trouble.clear()

    def want_code(self) -> None:
        if self._away:
            self._say_away()
            return
        self.code_wanted.emit(self._current_id())

    def want_emergency(self) -> None:
        if self._away:
            self._say_away()
            return
        self.emergency_wanted.emit(self._current_id())

    def _say_away(self) -> None:
        text = tr("Use a password that was used on this computer, or the paper for the day.")
        self.trouble.say(tr("Not before the server answers again"), text, Tone.WARN)

    def _current_id(self) -> int:
        """Whoever was chosen, or is at work here; nobody whose name only happens to stand first."""
        person = self.people.current
        meant = self._chosen or self.people.line.text().strip()
        return person.id if person is not None and meant else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._mean(chosen=watched is self.secret and self.current is not None)
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and watched is self.secret and with_alt(event):  # type: ignore[arg-type]  # a key's
            return True
        if pressed and watched is self.secret and event.key() in _ENTER:  # type: ignore[attr-defined]  # a key's
            self.enter()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.back.isVisible():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW)
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            way = QHBoxLayout.Direction.TopToBottom if narrow else QHBoxLayout.Direction.LeftToRight
            layout.setDirection(way)
        self._line.setVisible(not narrow)
        low = self.window().height() < theme().px(_LOW)
        self.people.set_low(low)
