"""The assistant that sets up a clinic: five short pages; Ctrl Enter goes on, Esc goes back, stopping is
safe. Enter goes from field to field, and makes a new line in the address."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.scheduling.set_up_new import Answers
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.first_run.keys_step import KeysStep
from clinic_desktop.ui.first_run.step_list import StepList
from clinic_desktop.ui.first_run.steps import ClinicStep, HoursStep, PeopleStep, ReadyStep, RoomsStep, Step
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.zones import system_zone
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Scrolled

_RAIL, _PAGE = 300, 860
_NARROW = 960  # at 150 % a screen of 1366 has 910
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


def fresh_answers() -> Answers:
    """What stands filled in before anybody has answered."""
    return replace(Answers(), zone=system_zone())


class Inset(QVBoxLayout):
    """A notice that does not touch the edges, and takes no room while it is hidden: margins would."""

    def __init__(self, box: QWidget, side: int) -> None:
        super().__init__()
        self.setContentsMargins(side, 8, side, 12)
        self.addWidget(box)

    def sizeHint(self) -> QSize:
        return QSize() if self.isEmpty() else super().sizeHint()

    def minimumSize(self) -> QSize:
        return QSize() if self.isEmpty() else super().minimumSize()

    def hasHeightForWidth(self) -> bool:
        return not self.isEmpty() and super().hasHeightForWidth()


class Assistant(QWidget):
    """``finished`` carries the answers when all of them stand; ``changed`` after every page and when it
    is left; ``left`` when somebody stops. place: where the clinic will be kept, for people to read. keys: the
    page for them, where the clinic is encrypted; plain: what is said where it is not."""

    finished = Signal(object)  # Answers
    changed = Signal(object)  # Answers
    left = Signal()

    def __init__(
        self,
        answers: Answers | None = None,
        place: str = "",
        parent: QWidget | None = None,
        *,
        keys: KeysStep | None = None,
        plain: str = "",
    ) -> None:
        super().__init__(parent)
        self._answers = answers or fresh_answers()
        self._steps: list[Step] = [ClinicStep(), HoursStep(), RoomsStep(), PeopleStep()]
        self._steps += [keys] if keys is not None else []
        self._steps.append(ReadyStep(place, plain))
        self._here = -1
        self._list = StepList([one.name for one in self._steps])
        self._rail = self._make_rail()
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._scroll = Scrolled(inside)
        self._problem = NoticeBox("", "", Tone.DANGER)
        right = Panel("surface")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addLayout(Inset(self._problem, 40))
        column.addWidget(Line())
        column.addLayout(self._make_foot())
        self._problem.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addWidget(right, 1)
        for step in self._steps:
            self._inside.addWidget(step, 1)
            step.hide()
            step.submitted.connect(self.go_on)
            step.ended.connect(self.next_button.setFocus)  # one more Enter goes on
        self._inside.addStretch(0)
        self._show(0)

    def _make_rail(self) -> QWidget:
        rail = Panel("canvas", ("right",))
        rail.setFixedWidth(theme().px(_RAIL))
        column = QVBoxLayout(rail)
        column.setContentsMargins(20, 26, 20, 20)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("setup", "accent", 26))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(tr("Set up your clinic"), TextRole.NAME))
        words.addWidget(label(tr("About 10 minutes. Nothing is final."), TextRole.LABEL, "second"))
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self._list)
        column.addStretch(1)
        kept = tr("You can stop here. Your answers are kept, and the set-up opens again next time.")
        column.addWidget(label(kept, TextRole.LABEL, "second", wrap=True))
        return rail

    def _make_foot(self) -> QHBoxLayout:
        self.back_button = Button(tr("Back"), key="Escape", size="large")
        self.stop_button = Button(tr("Stop for now"), Kind.QUIET, key="Alt+S", size="large")
        self.next_button = Button(tr("Next"), Kind.PRIMARY, key="Ctrl+Return", size="large")
        self._count = label("", TextRole.LABEL, "second")
        self.back_button.fired.connect(self.go_back)
        self.stop_button.fired.connect(self.stop)
        QShortcut(QKeySequence(self.stop_button.key), self, self.stop_button.click)
        self.next_button.fired.connect(self.go_on)
        foot = self._foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.back_button)
        foot.addWidget(self.stop_button)
        foot.addStretch(1)
        foot.addWidget(self._count)
        foot.addWidget(self.next_button)
        return foot

    @property
    def answers(self) -> Answers:
        """Everything answered so far, the open page included."""
        return self._steps[self._here].answered(self._answers)

    @property
    def step(self) -> Step:
        return self._steps[self._here]

    def _show(self, number: int) -> None:
        if self._here >= 0:
            self.step.hide()
        self._here = number
        step = self.step
        step.fill(self._answers)
        step.show_problems({})
        step.show()
        self._problem.hide()
        self._list.show_steps(number, [one.summary(self._answers) for one in self._steps])
        self._count.setText(tr("Step {n} of {all}").format(n=number + 1, all=len(self._steps)))
        last = number + 1 == len(self._steps)
        following = "" if last else self._steps[number + 1].name
        self.next_button.setText(tr("Make the clinic") if last else tr("Next: {step}").format(step=following))
        self.next_button.updateGeometry()
        self._scroll.verticalScrollBar().setValue(0)
        self.take_focus()
        announce(self, step.accessibleName())

    def take_focus(self) -> None:
        """The focus to where the page begins."""
        first = self.step.first()
        (self.next_button if first is self.step else first).setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self) -> None:
        """To the next page, or done, unless something of this page does not stand."""
        self._answers = self.answers
        found = self.step.problems(self._answers)
        self.step.show_problems(found)
        if found:
            self._scroll.show_focus()
            announce(self, next(iter(found.values())))
            return
        self.changed.emit(self._answers)
        if self._here + 1 < len(self._steps):
            self._show(self._here + 1)
        else:
            self.next_button.set_missing([tr("The clinic is being made.")])
            self.finished.emit(self._answers)

    def go_back(self) -> None:
        """To the page before; from the first one it stops."""
        self._answers = self.answers
        self.changed.emit(self._answers)
        if self._here == 0:
            self.left.emit()
        else:
            self._show(self._here - 1)

    def stop(self) -> None:
        """Leave; the answers are kept."""
        self._answers = self.answers
        self.changed.emit(self._answers)
        self.left.emit()

    def keep(self) -> None:
        """The window closes: what was answered is kept, also before somebody has gone on."""
        if self.answers != fresh_answers():
            self._answers = self.answers
            self.changed.emit(self._answers)

    def show_problem(self, text: str) -> None:
        """Making the clinic did not work: say why; the answers stand."""
        self._problem.set_notice(tr("The clinic was not made"), text, Tone.DANGER)
        self._problem.show()
        self.next_button.set_missing([])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() in _PAGES:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + _PAGES[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW)
        self._rail.setVisible(not narrow)
        side = 16 if narrow else 40
        self._inside.setContentsMargins(side, 14 if narrow else 36, side, 16)
        self._foot.setContentsMargins(side, 10, side, 12)
        for step in self._steps:
            step.setMaximumWidth(theme().px(_PAGE))
