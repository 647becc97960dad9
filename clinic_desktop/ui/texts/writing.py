"""A version that is open: its words, beside them what is found in them and the pages they make."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.aftercare.sample_facts import Sample
from clinic_desktop.aftercare.text_trial import Length, Trial
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.preview import PdfPreview
from clinic_desktop.ui.set_up.fields import FlowLayout, combo, picked
from clinic_desktop.ui.texts import commands
from clinic_desktop.ui.texts.checks import GoTo, check_lines, summary
from clinic_desktop.ui.texts.source_edit import SourceEdit
from clinic_desktop.ui.texts.trying import Trying
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.finding_line import FindingLine
from clinic_desktop.ui.widgets.label import ElidedLabel, label, set_ink
from clinic_desktop.ui.widgets.panel import Line, Panel

WORDS, PAGES, CHECKS = "words", "pages", "checks"
SIDE_BY_SIDE = 820  # below this width words and pages take turns
_CHECKS = 170  # px of the checks above the pages
_SAMPLES = (
    (Sample.USUAL.value, QT_TR_NOOP("A usual visit")),
    (Sample.LONGEST.value, QT_TR_NOOP("The longest sheet")),
    (Sample.LARGE.value, QT_TR_NOOP("The longest in large print")),
    (Sample.NO_DRIVER.value, QT_TR_NOOP("A visit without a driver")),
)


class FindLine(FindingLine):
    """``wanted`` at Enter, and whether it was with Shift: back."""

    wanted = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)


class WritingView(Panel):
    """``typed`` at each change of the words, ``left`` at Esc, ``statements_wanted`` from the checks."""

    typed = Signal()
    left = Signal()
    hidden = Signal()
    statements_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self._quiet = False
        self._mode = WORDS  # which one is shown, where only one fits
        self.trial = Trial()
        self.length: Length | None = None
        self.editor = SourceEdit()
        self.find_line = FindLine()
        self.find_line.setAccessibleName(tr("Find in the text"))
        self.find_line.setPlaceholderText(tr("Find in the text: Enter goes on, Shift Enter back, Esc leaves"))
        self.find_line.hide()
        self.checks = LineList(tr("What is found in the text"), wrap=True)
        self.checks.setAccessibleDescription(tr("Enter goes to the place in the text."))
        self.preview = PdfPreview(tr("The pages of the text"))
        self.sample = combo([(value, tr(words)) for value, words in _SAMPLES])
        self.sample.setAccessibleName(tr("Which invented visit the pages show"))
        self._title = ElidedLabel("", TextRole.NAME)
        self._said = ElidedLabel("", TextRole.LABEL, "ink2")
        self._summary = label("", TextRole.LABEL, "second", wrap=True)
        self.insert = Button(tr("Insert"), icon="plus", key=commands.INSERT.keys[0])
        self.compare = Button(tr("Compare"), icon="swap", key=commands.COMPARE.keys[0])
        self.keep = Button(tr("Keep"), icon="save", key=commands.SAVE.keys[0])
        self.pages = Button(tr("Pages"), icon="sheets", key=commands.PAGES.keys[0])
        self.ask = Button(tr("Ask for approval"), Kind.PRIMARY, icon="check", key=commands.ASK.keys[0])
        self._trying = Trying(desk, self)
        self._lay_out()
        self.editor.textChanged.connect(self._changed)
        self.editor.left_by_escape.connect(self.left)
        self.find_line.wanted.connect(self._find_again)
        self.sample.currentIndexChanged.connect(self._sample_turned)
        self.checks.chosen.connect(self._go_to)
        self._trying.tried.connect(self._tried)
        self._trying.measured.connect(self._measured)
        self.pages.fired.connect(self.turn)

    def _lay_out(self) -> None:
        head = QWidget()
        self._buttons = FlowLayout(head, gap=8, below=6)
        for button in (self.ask, self.pages, self.insert, self.compare, self.keep):
            self._buttons.addWidget(button)
        names = QHBoxLayout()
        names.setContentsMargins(14, 8, 14, 4)
        names.setSpacing(10)
        names.addWidget(self._title, 3)
        names.addWidget(self._said, 2)
        tools = QVBoxLayout()
        tools.setContentsMargins(14, 0, 14, 7)
        tools.addWidget(head)
        self._left, self._right = Panel("surface", ("right",)), Panel("surface")
        words = QVBoxLayout(self._left)
        words.setContentsMargins(8, 8, 9, 8)
        words.addWidget(self.find_line)
        words.addWidget(self.editor, 1)
        words.addWidget(self._summary)
        self._make_right()
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self._left, 1)
        both.addWidget(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(names)
        column.addLayout(tools)
        column.addWidget(Line())
        column.addLayout(both, 1)

    def _make_right(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(4, 2, 4, 2)
        rows.addWidget(self.checks)
        rows.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._shown = QWidget()
        shown = QHBoxLayout(self._shown)
        shown.setContentsMargins(12, 6, 12, 6)
        shown.setSpacing(8)
        shown.addWidget(label(tr("Shown with"), TextRole.LABEL, "second"))
        shown.addWidget(self.sample, 1)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll)
        column.addWidget(Line())
        column.addWidget(self._shown)
        column.addWidget(self.preview, 1)

    # What is open.

    def open_text(self, title: str, source: str, *, read_only: bool) -> None:
        """The words of a version, to write on or only to read."""
        self._quiet = True
        self.editor.open_text(source, read_only=read_only)
        self._quiet = False
        self._title.set_text(title)
        self.editor.setAccessibleDescription(title)
        self.trial, self.length = Trial(), None
        self.preview.clear()
        self.ask.setVisible(not read_only)
        self._mode = WORDS
        self.find_line.hide()
        self._arrange()
        self._trying.take(source, self._sample(), at_once=True)
        self.editor.setFocus()

    @property
    def source(self) -> str:
        return self.editor.toPlainText()

    @property
    def read_only(self) -> bool:
        return self.editor.isReadOnly()

    @property
    def busy(self) -> bool:
        """Whether pages or checks of what was typed are still to come."""
        return self._trying.busy or self.preview.busy

    def set_title(self, title: str) -> None:
        self._title.set_text(title)
        self.editor.setAccessibleDescription(title)

    def say(self, words: str) -> None:
        """How the draft stands: kept, not kept yet."""
        self._said.set_text(words)

    @property
    def said(self) -> str:
        return self._said.text()

    def _sample(self) -> Sample:
        return Sample(picked(self.sample))

    # Trying.

    def _changed(self) -> None:
        if self._quiet:
            return
        self._trying.take(self.source, self._sample())
        self.typed.emit()

    def _sample_turned(self) -> None:
        self._trying.take(self.source, self._sample(), at_once=True)

    def _tried(self, trial: Trial) -> None:
        before = len(self.trial.problems)
        self.trial = trial
        if trial.template is None or trial.pages is None:
            self.length = None
        if trial.pages is not None:
            self.preview.show_pdf(trial.pages.data)
        self.editor.set_problems({one.line for one in trial.problems})
        self._show_checks()
        if len(trial.problems) != before:
            announce(self.editor, self._summary.text())

    def _measured(self, length: Length) -> None:
        self.length = length
        self._show_checks()

    def _show_checks(self) -> None:
        self.checks.set_lines(check_lines(self.trial, self.length))
        stale = self.trial.pages is None and self.preview.page_count > 0
        words = summary(self.trial, self.length)
        old = tr("The pages are those from before the problem.") if stale else ""
        self._summary.setText(". ".join(filter(None, (words, old))))
        wrong = bool(self.trial.problems) or self.trial.trouble is not None
        set_ink(self._summary, "danger" if wrong else "second")
        self._fit_checks()

    def _fit_checks(self) -> None:
        wanted = self.checks.sizeHint().height() + 8
        most = self.height() if self.narrow else min(theme().px(_CHECKS), self.height() // 3)
        self._scroll.setMaximumHeight(min(wanted, most))
        self._scroll.setMinimumHeight(0 if self.narrow else min(wanted, most))

    # Going about.

    def next_problem(self) -> bool:
        """To the next line with a problem, or from the top; a problem of the whole text is in the checks."""
        lines = sorted({one.line for one in self.trial.problems})
        if not lines:
            return False
        after = next((line for line in lines if line > self.editor.line), lines[0])
        if not after:
            after = next((line for line in lines if line), 0)
        if after:
            self._to_words()
            self.editor.go_to_line(after)
        else:
            self._to_checks()
        return True

    def _to_checks(self) -> None:
        self.show_part(CHECKS)
        self.checks.setFocus()

    def _to_words(self) -> None:
        self.show_part(WORDS)

    def _go_to(self, payload: object) -> None:
        if not isinstance(payload, GoTo):
            return
        if payload.statements:
            self.statements_wanted.emit()
        elif payload.line:
            self._to_words()
            self.editor.go_to_line(payload.line)
        elif payload.words:
            self._to_words()
            self.editor.find_words(payload.words)
            self.editor.setFocus()

    def find_in_text(self) -> None:
        """The line to find words by; what is selected stands in it."""
        self._to_words()
        chosen = self.editor.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.find_line.setText(chosen)
        self.find_line.show()
        self.find_line.selectAll()
        self.find_line.setFocus()

    def _find_again(self, back: bool) -> None:
        words = self.find_line.text()
        if words and not self.editor.find_words(words, back=back):
            self.say(tr("“{words}” is not in the text.").format(words=words))
            announce(self.find_line, self.said)

    def step_out(self) -> bool:
        """Esc: out of the find line, then from pages and checks back to the words; False in the words."""
        if self.find_line.isVisible():
            self.find_line.hide()
            self.editor.setFocus()
            return True
        if self.editor.hasFocus():
            return False
        self._to_words()
        self.editor.setFocus()
        return True

    def turn(self) -> None:
        """From the words to the pages, to what is found, and back to the words."""
        if self.preview.hasFocus():
            self._to_checks()
        elif self.checks.hasFocus():
            self._to_words()
            self.editor.setFocus()
        else:
            self.show_part(PAGES)
            self.preview.setFocus()

    def show_part(self, part: str) -> None:
        """Words, pages or what is found, where only one of them fits."""
        self._mode = part
        self._arrange()

    @property
    def narrow(self) -> bool:
        return self.width() < theme().px(SIDE_BY_SIDE)

    def _arrange(self) -> None:
        narrow, mode = self.narrow, self._mode
        self._left.setVisible(not narrow or mode == WORDS)
        self._right.setVisible(not narrow or mode != WORDS)
        self._scroll.setVisible(not narrow or mode == CHECKS)
        for one in (self._shown, self.preview):
            one.setVisible(not narrow or mode == PAGES)
        for button in (self.compare, self.insert, self.keep):  # their keys and the menu have them too
            button.setVisible(not narrow and (button is self.compare or not self.read_only))
        self._fit_checks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        QTimer.singleShot(0, self, self._fit_checks)  # once the rows have found their height

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()
