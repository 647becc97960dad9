"""Several PCs: where the clinic's server is, what a look at it found, and what can be done there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.server_place import Found, Looked, ServerPlace, Told
from clinic_desktop.ui import operations
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.theme import set_spelled, theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled, show_in_scrolled
from clinic_desktop.ui.wording import problem_worded

_PAGE, _SQL = 760, 150
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)

OPEN = QT_TR_NOOP("Open the clinic there")
SWITCH = QT_TR_NOOP("Make a name for the desks, and open with it")
MOVE = QT_TR_NOOP("Move this clinic there")
NEW = QT_TR_NOOP("Set up a new clinic there")


@dataclass(frozen=True, slots=True)
class ServerPorts:
    """What is done for this page, each off the GUI thread; ``here`` names the clinic of this PC that could be
    moved, empty for none."""

    look: Callable[[ServerPlace, str], Looked]  # with the password that was typed
    here: str


class StepLine(QWidget):
    """One step of the look, by a sign, a word and what to do."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        icon, ink, said = (
            ("close", "danger", tr("does not work"))
            if not told.good
            else ("warning", "warn", tr("works, but"))
            if told.doubtful
            else ("check", "ok", tr("works"))
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        head = tr("{step}: {result}").format(step=tr(told.step), result=said)
        words.addWidget(label(head, TextRole.STRONG, wrap=True))
        if told.words:
            words.addWidget(label(tr(told.words), TextRole.BODY, "second", wrap=True))
        row.addLayout(words, 1)
        self.setAccessibleName(f"{head}. {tr(told.words)}")


class ServerPage(Panel):
    """``open_wanted``, ``switch_wanted``, ``move_wanted`` and ``new_wanted`` carry the place; ``left`` when
    somebody goes back. Ctrl Enter looks, and then does what the button says; Esc goes back."""

    open_wanted = Signal(object)
    switch_wanted = Signal(object)
    move_wanted = Signal(object)
    new_wanted = Signal(object)
    left = Signal()

    def __init__(self, ports: ServerPorts, place: ServerPlace | None = None) -> None:
        super().__init__("surface")
        self._ports = ports
        self._looked: Looked | None = None
        self._said: list[str] = []
        self._seen = ServerPlace()
        place = place or ServerPlace()
        self.host, self.port = QLineEdit(place.host), QLineEdit(place.port)
        self.database, self.user = QLineEdit(place.database), QLineEdit(place.user)
        self.password, self.root = QLineEdit(), QLineEdit(place.root)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.form = self._make_form()
        self._steps = QVBoxLayout()
        self._steps.setSpacing(8)
        self.sql = QPlainTextEdit(readOnly=True)
        self.sql.setAccessibleName(tr("Lines for the administrator"))
        self.sql.setTabChangesFocus(True)
        set_spelled(self.sql)  # a password is written down from it
        self.sql.setFixedHeight(theme().px(_SQL))
        self.copy = Button(tr("Copy the lines"), icon="copy")
        self.copy.fired.connect(self._copy)
        self._problem = NoticeBox("", "", Tone.DANGER)
        self._build()
        self._reset()

    def _make_form(self) -> Form:
        form = Form()
        hint = tr("As your IT names it: db.clinic.lan. Several servers are parted by commas.")
        form.add("host", tr("Server"), self.host, hint=hint)
        form.add("port", tr("Port"), self.port, beside=True)
        form.add("database", tr("Database"), self.database)
        form.add("user", tr("Name to sign in with"), self.user, beside=True)
        hint = tr("Kept in this computer's keyring where it has one, else asked at each start.")
        form.add("password", tr("Password"), self.password, hint=hint)
        hint = tr("The file (root.crt) proves that it is your server. Without it the line is encrypted only.")
        form.add("root", tr("Root certificate (a file, if your IT gave you one)"), self.root, hint=hint)
        form.edited.connect(self._reset)
        form.submitted.connect(self.go_on)
        return form

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(tr("Several PCs"), TextRole.PAGE, wrap=True))
        lead = tr(
            "The clinic's data is on a PostgreSQL server (13 or newer), and every PC works with it at once. "
            "Nothing is changed before you say so."
        )
        column.addWidget(label(lead, TextRole.BODY, "second", wrap=True))
        column.addWidget(self.form)
        column.addLayout(self._steps)
        column.addWidget(self.sql)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._problem)
        column.addStretch(1)
        middle = QHBoxLayout()
        inside.setMaximumWidth(theme().px(_PAGE))
        holder = Inside()
        holder.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)
        middle.addWidget(inside, 100)
        middle.addStretch(1)
        self._scroll = Scrolled(holder)
        self.back = Button(tr("Back"), key="Escape", size="large")
        self.other = Button("", size="large")
        self.next = Button("", Kind.PRIMARY, key="Ctrl+Return", size="large")
        self.back.fired.connect(self.left)
        self.next.fired.connect(self.go_on)
        self.other.fired.connect(self._move)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 10, 24, 12)
        foot.setSpacing(10)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.other)
        foot.addWidget(self.next)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(Line())
        whole.addLayout(foot)
        self.setFocusProxy(self.host)

    def fill(self, place: ServerPlace) -> None:
        """As if it had been typed; the password is still to be."""
        for line, words in (
            (self.host, place.host), (self.port, place.port), (self.database, place.database),
            (self.user, place.user), (self.root, place.root), (self.password, ""),
        ):  # fmt: skip
            line.setText(words)
        self._reset()

    @property
    def place(self) -> ServerPlace:
        """As it is typed now."""
        return ServerPlace(
            self.host.text().strip(),
            self.port.text().strip() or "5432",
            self.database.text().strip(),
            self.user.text().strip(),
            self.root.text().strip(),
        )

    @property
    def said(self) -> list[str]:
        """What each step says, in order."""
        return list(self._said)

    def _reset(self) -> None:
        """What was seen does not hold for another place."""
        self._looked = None
        self._said = []
        while (item := self._steps.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in (self.sql, self.copy, self._problem, self.other):
            one.hide()
        self._name_next(tr("Test the connection"))
        missing = []
        if not self.host.text().strip():
            missing.append(tr("name the server"))
        if not self.user.text().strip():
            missing.append(tr("name who signs in"))
        self.next.set_missing(missing)

    def _name_next(self, words: str) -> None:
        self.next.setText(words)
        self.next.updateGeometry()

    def go_on(self) -> None:
        """Look, or do what was found to be possible."""
        if self.next.missing:
            announce(self, ", ".join(self.next.missing))
            return
        if self._looked is None:
            self._look()
            return
        signal = {
            Found.CLINIC: self.open_wanted,
            Found.OWNED: self.switch_wanted,
            Found.EMPTY: self.move_wanted if self._ports.here else self.new_wanted,
        }.get(self._looked.found)
        if signal is not None:
            signal.emit(self._seen)
        else:
            self._reset()
            self._look()

    def _move(self) -> None:
        self.new_wanted.emit(self._seen)

    def _look(self) -> None:
        self._seen = self.place
        self.next.set_missing([tr("The server is being asked.")])
        work = partial(self._ports.look, self._seen, self.password.text())
        operations.run(self, work, self.show_looked, self._not_looked, key="look-at-server")

    def _not_looked(self, problem: ClinicProblem) -> None:
        self._reset()
        self.show_problem(problem_worded(problem))

    def show_looked(self, looked: Looked) -> None:
        """Every step, what each means, and what can be done now."""
        if self._seen != self.place:
            self._reset()  # somebody typed on
            return
        self._looked = looked
        line = None
        for told in looked.steps:
            line = StepLine(told)
            self._steps.addWidget(line)
            self._said.append(line.accessibleName())
        self.sql.setPlainText(looked.sql)
        self.sql.setVisible(bool(looked.sql))
        self.copy.setVisible(bool(looked.sql))
        self.next.set_missing([])
        first = MOVE if self._ports.here else NEW
        words = {Found.CLINIC: OPEN, Found.OWNED: SWITCH, Found.EMPTY: first}.get(looked.found)
        self._name_next(tr(words) if words else tr("Test again"))
        self.other.setText(tr(NEW))
        self.other.setVisible(looked.found is Found.EMPTY and bool(self._ports.here))
        last = self.said[-1] if looked.steps else ""
        announce(self, last, urgent=looked.failed is not None)
        self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        if (end := self.copy if looked.sql else line) is not None:
            self._scroll.show_also(end)  # what was found last is in sight

    def show_desks_name(self, place: ServerPlace, password: str) -> None:
        """The desks have a name of their own now. Its password is shown this once, for the other PCs."""
        self.user.setText(place.user)
        self.password.setText(password)
        self._reset()
        self._seen = self.place
        words = tr("Every other PC joins with this name and password. It is not shown again.")
        self.show_looked(
            Looked(
                (Told(QT_TR_NOOP("A name for the desks"), good=True, words=words),),
                Found.CLINIC,
                sql=tr("Name: {name}\nPassword: {password}").format(name=place.user, password=password),
            )
        )

    def show_problem(self, text: str) -> None:
        """It did not work: say why; what was typed stands."""
        self._problem.set_notice(tr("That did not work"), text, Tone.DANGER)
        self._problem.show()
        show_in_scrolled(self._problem)
        announce(self, text, urgent=True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sql.toPlainText())
        announce(self, tr("Copied."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
