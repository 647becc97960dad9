"""A field with its visible label, and what is wrong with it tied to it."""

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.icons import IconLabel
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label, repolish


class FieldRow(QWidget):
    """Label above, field, and one line below: the hint, or the problem in its place.

    A screen reader hears the label as the field's name and the line below as its description.
    """

    def __init__(self, text: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint, self._problem = hint, ""
        self._label = label(text, TextRole.LABEL, "second", wrap=True)
        self._label.setBuddy(editor)
        self._icon = IconLabel("warning", "danger", 14)
        self._below = self.said_in = label(hint, TextRole.LABEL, "third", wrap=True)
        below = QHBoxLayout()
        below.setSpacing(5)
        below.addWidget(self._icon)
        below.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addWidget(editor)
        column.addLayout(below)
        if not editor.accessibleName():
            editor.setAccessibleName(text)
        if isinstance(editor, QPlainTextEdit):
            editor.setTabChangesFocus(True)
        self._show()

    @property
    def problem(self) -> str:
        return self._problem

    @property
    def title(self) -> str:
        """What the field is called."""
        return self._label.text()

    def set_problem(self, problem: str) -> None:
        """What is wrong and what to do; empty when all is well."""
        if problem == self._problem:
            return
        self._problem = problem
        self._show()
        self.editor.setProperty("problem", "true" if problem else "false")
        repolish(self.editor)
        if problem and self.editor.hasFocus():
            announce(self.editor, problem)

    def set_text(self, text: str) -> None:
        """Another label, which is the field's name too."""
        self._label.setText(text)
        self.editor.setAccessibleName(text)

    def set_hint(self, hint: str) -> None:
        self._hint = hint
        self._show()

    def _show(self) -> None:
        text = self._problem or self._hint
        self._below.setText(text)
        self._below.setProperty("ink", "danger" if self._problem else "third")
        repolish(self._below)
        self._below.setVisible(bool(text))
        self._icon.setVisible(bool(self._problem))
        self.editor.setAccessibleDescription(text)
