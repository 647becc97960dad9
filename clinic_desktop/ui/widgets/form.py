"""A form: labelled fields in a column, Enter goes on, problems show as one types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.ui.widgets.field import FieldRow

PAUSE_MS = 500  # a problem shows after this pause in typing, or when the field is left

Check = Callable[[], str]
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(slots=True)
class _Entry:
    row: FieldRow
    check: Check | None
    late: bool


class Form(QWidget):
    """Fields by name. A ``check`` answers what is wrong with its field now, or nothing.

    ``edited`` comes with every change, ``submitted`` when Enter is pressed in the last field or Ctrl
    Enter anywhere; neither looks at the checks: ask ``all_well``. submits_at_end: False where something
    to fill in follows the last field; Enter goes on to that then. chord: False where Ctrl Enter is for
    what the form is a part of.
    """

    edited = Signal()
    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.submits_at_end = self.chord = True
        self._entries: dict[str, _Entry] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._line: QHBoxLayout | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._check_focused)

    def add(
        self,
        name: str,
        text: str,
        editor: QWidget,
        check: Check | None = None,
        hint: str = "",
        *,
        beside: bool = False,
        late: bool = False,
    ) -> FieldRow:
        """Put a field at the end of the column; ``beside`` the one before, where both are short.

        late: looked at once it is left, not in a pause: a long key or a secret typed again is wrong until
        it is whole, and nobody is told so while they look at the paper.

        An editor of another kind tells of changes by a signal ``edited``.
        """
        row = FieldRow(text, editor, hint)
        if not beside or self._line is None:
            self._line = QHBoxLayout()
            self._line.setSpacing(12)
            self._column.addLayout(self._line)
        self._line.addWidget(row, 1, Qt.AlignmentFlag.AlignTop)
        self._entries[name] = _Entry(row, check, late)
        editor.installEventFilter(self)
        self._watch(editor)
        return row

    def add_widget(self, widget: QWidget) -> None:
        """Something between the fields: a section header, a notice."""
        self._column.addWidget(widget)

    def row(self, name: str) -> FieldRow:
        return self._entries[name].row

    @property
    def last(self) -> QWidget | None:
        """The editor at the end."""
        return next((one.row.editor for one in reversed(self._entries.values())), None)

    def title_of(self, name: str) -> str:
        """What a field is called; empty where there is none of that name."""
        return self._entries[name].row.title if name in self._entries else ""

    def problems(self) -> dict[str, str]:
        """What is wrong now, by field, shown or not."""
        found = {name: entry.check() for name, entry in self._entries.items() if entry.check}
        return {name: problem for name, problem in found.items() if problem}

    def all_well(self) -> bool:
        """Show every problem and put the focus on the first; True when there is none."""
        problems = self.problems()
        self.show_problems(problems)
        return not problems

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Show these and no others - such as those a use case answered - and focus the first."""
        self._pause.stop()  # a pause begun before would take away what a use case answered
        for name, entry in self._entries.items():
            entry.row.set_problem(problems.get(name, ""))
        first = next((e.row for name, e in self._entries.items() if name in problems), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _watch(self, editor: QWidget) -> None:
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.textChanged.connect(self._changed)
        elif isinstance(editor, QComboBox):
            editor.currentIndexChanged.connect(self._changed)
            editor.editTextChanged.connect(self._changed)  # what is typed and not in the list
        elif isinstance(editor, QAbstractButton):
            editor.toggled.connect(self._changed)
        elif isinstance(edited := getattr(editor, "edited", None), SignalInstance):
            edited.connect(self._changed)

    def _changed(self) -> None:
        for entry in self._entries.values():
            if entry.row.problem and entry.check is not None:
                entry.row.set_problem(entry.check())
        self._pause.start()
        self.edited.emit()

    def _check_focused(self) -> None:
        for entry in self._entries.values():
            if entry.row.editor.hasFocus() and _touched(entry.row.editor) and not entry.late:
                self._check(entry)

    def _check(self, entry: _Entry) -> None:
        if entry.check is not None:
            entry.row.set_problem(entry.check())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            for entry in self._entries.values():
                if entry.row.editor is watched and _touched(entry.row.editor):
                    self._check(entry)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() not in _ENTER:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.chord:
                self.submitted.emit()
            return self.chord
        if isinstance(watched, QPlainTextEdit):
            return False
        asked = next((one for one in self._entries.values() if one.row.editor is watched), None)
        if asked is not None and _unchosen(watched) and asked.check is not None and asked.check():
            self._check(asked)  # Enter would choose, and nothing is chosen: the question stays
            return True
        editors = [e.row.editor for e in self._entries.values() if e.row.editor.isVisible()]
        if not editors:
            return False  # nobody sees it
        if watched is editors[-1] and self.submits_at_end:
            self.submitted.emit()
        else:
            self.focusNextChild()
        return True


def _unchosen(editor: QObject) -> bool:
    return isinstance(editor, QComboBox) and not editor.isEditable() and editor.currentIndex() < 0


def _touched(editor: QWidget) -> bool:
    """An untouched empty field is not complained about, when it is passed by or as the page opens."""
    if isinstance(editor, QLineEdit):
        return bool(editor.text()) or editor.isModified()
    return not (isinstance(editor, QComboBox) and editor.isEditable() and not editor.currentText())
