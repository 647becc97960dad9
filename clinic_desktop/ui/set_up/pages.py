"""The two halves of a section: the list of its rows, and the page that holds the form with its foot."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.subject import Entry, Subject
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.label import label, set_ink
from clinic_desktop.ui.widgets.list_model import Index
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate
from clinic_desktop.ui.widgets.scrolled import Inside, Scrolled

LIST_WIDTH = 268
NARROW_LIST = 180
_AROUND = 90  # px that are seen below and above a field that has the focus


class _Rows(QListView):
    opened = Signal()
    moved = Signal(int)

    def doItemsLayout(self) -> None:
        super().doItemsLayout()
        self.scrollTo(self.currentIndex())  # rows have another height in another width

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid():
            self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class ListPage(Panel):
    """The rows of a subject. ``chosen`` while moving, ``opened`` on Enter."""

    chosen = Signal(str)
    opened = Signal()
    add_pressed = Signal()

    def __init__(self, subject: Subject[Any]) -> None:
        super().__init__("surface", ("right",))
        self._keys: list[str] = []
        self._quiet = self._narrow = False
        self._shown: tuple[Sequence[Entry], Collection[str]] = ((), ())
        self._model = RowModel(self)
        self.view = _Rows()
        self._delegate = RowDelegate(self.view, wrap=True)
        self.view.setModel(self._model)
        follow_selection(self.view)
        self.view.setItemDelegate(self._delegate)
        self.view.setWordWrap(True)  # and laid out anew for each width
        self.view.setAccessibleName(tr(subject.title))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.moved.connect(self._moved)
        self.view.opened.connect(self.opened)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 9, 10)
        column.setSpacing(8)
        column.addWidget(self.view, 1)
        self._add = tr(subject.add) if subject.add else ""
        self.add_button = Button(self._add, icon="plus", key="Ctrl+N", name=self._add)
        self.add_button.fired.connect(self.add_pressed)
        column.addWidget(self.add_button)
        self.add_button.setVisible(bool(self._add))
        self.setFocusProxy(self.view)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """In a small window the list leaves more to the form."""
        self.add_button.setText(tr("Add") if narrow else self._add)
        self.setFixedWidth(theme().px(NARROW_LIST if narrow else LIST_WIDTH))
        if narrow != self._narrow:
            self._narrow, row = narrow, self.view.currentIndex().row()
            self.show_rows(*self._shown, self._keys[row] if row >= 0 else "")

    def show_rows(self, entries: Sequence[Entry], unsaved: Collection[str], current: str) -> None:
        """All rows; those with something typed and not saved are marked."""
        self._quiet, self._shown = True, (entries, unsaved)
        self._keys = [one.key for one in entries]
        marked = [self._marked(one.row) if one.key in unsaved else one.row for one in entries]
        self._model.set_things(marked)
        self._quiet = False
        self.set_current(current)

    def _marked(self, row: Row) -> Row:
        """In a narrow list on a line of its own: beside them a badge would lie on the words."""
        if self._narrow:
            return replace(row, note="\n".join(filter(None, (row.note, tr("Not saved")))))
        return replace(row, badge=tr("not saved"), tone=Tone.WARN)

    def set_current(self, key: str) -> None:
        if key in self._keys:
            self._quiet = True
            self.view.setCurrentIndex(self._model.index(self._keys.index(key), 0))
            self._quiet = False

    def _moved(self, row: int) -> None:
        if not self._quiet:
            self.chosen.emit(self._keys[row])


class FormPage(Panel):
    """The form in a scroll area and, below it, what can be done."""

    save_pressed = Signal()
    put_back_pressed = Signal()
    remove_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self._editor: Editor[Any] | None = None
        inside = Inside()
        # A row, though there is one form: a column would ask how high the form is in the whole width of the
        # window, not in the width that it is kept to, and squash what has to wrap in that.
        self._inside = QHBoxLayout(inside)
        self._inside.setContentsMargins(24, 18, 20, 20)
        self._inside.addStretch()
        self._scroll = Scrolled(inside, _AROUND)
        self._empty = EmptyState("setup", tr("Nothing here yet"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(Line())
        column.addWidget(self._foot())
        theme().changed.connect(self._fit)
        self._fit()

    def _foot(self) -> QWidget:
        self._said = label("", TextRole.LABEL, "third", wrap=True)
        self.remove_button = Button(tr("Remove"), Kind.QUIET, icon="close", key="Ctrl+Shift+Del")
        self.put_back_button = Button(tr("Put back"), Kind.QUIET, icon="undo", key="Ctrl+U")
        self.save_button = Button(tr("Save"), Kind.PRIMARY, key="Ctrl+S")
        self.remove_button.fired.connect(self.remove_pressed)
        self.put_back_button.fired.connect(self.put_back_pressed)
        self.save_button.fired.connect(self.save_pressed)
        self.save_button.refused.connect(self.save_pressed)
        foot = Panel("surface")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 8, 20, 8)
        row.setSpacing(8)
        row.addWidget(self.remove_button)
        row.addWidget(self._said, 1)
        row.addWidget(self.put_back_button)
        row.addWidget(self.save_button)
        return foot

    def _fit(self) -> None:
        if self._editor is not None:
            self._editor.setMaximumWidth(theme().px(self._editor.widest))

    def show_editor(self, editor: Editor[Any], *, removable: bool, again: bool) -> None:
        """The form of a row; the others wait. again: the same row, read again; it stays in its place."""
        if self._inside.indexOf(editor) < 0:
            self._inside.insertWidget(0, editor, 1)
        if self._editor is not None and self._editor is not editor:
            self._editor.hide()
        self._editor = editor
        editor.show()
        self._fit()
        self._stack.setCurrentWidget(self._scroll)
        if not again:
            self._scroll.verticalScrollBar().setValue(0)
        self.remove_button.setVisible(removable)

    def order_buttons(self, first: QWidget) -> None:
        """Tab comes from the form to ``first`` - what adds a row - and then to the buttons of the foot."""
        before = _last_inside(self._editor) if self._editor is not None else None
        for button in (first, self.remove_button, self.put_back_button, self.save_button):
            if before is not None:
                QWidget.setTabOrder(before, button)
            before = button

    def show_empty(self, text: str) -> None:
        self._empty.set_words(tr("Nothing here yet"), text)
        self._stack.setCurrentWidget(self._empty)
        self.remove_button.hide()

    def set_state(self, *, dirty: bool, missing: str) -> None:
        """``missing``: why this person cannot save."""
        self.put_back_button.setVisible(dirty)
        self.save_button.set_missing([missing] if missing else [])
        self.save_button.set_kind(Kind.PRIMARY if dirty else Kind.NORMAL)
        self.say(missing or (tr("Not saved yet.") if dirty else ""))

    @property
    def said(self) -> str:
        return self._said.text()

    def say(self, text: str, *, danger: bool = False) -> None:
        """One line beside the buttons."""
        self._said.setText(text)
        set_ink(self._said, "danger" if danger else "third")

    def focus_first(self) -> None:
        """The focus into the first field that can be typed in."""
        if self._editor is None:
            return
        fields = [one for one in self._editor.findChildren(QWidget) if _takes_focus(one)]
        if fields:
            fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)


def _takes_focus(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return (
        bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisibleTo(widget.window()) and widget.isEnabled()
    )


def _last_inside(editor: QWidget) -> QWidget | None:
    """The last widget of a form that Tab can come to, seen or not; not the list of a box, a window itself."""
    fields = [one for one in editor.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return next((one for one in reversed(fields) if editor.isAncestorOf(one)), None)
