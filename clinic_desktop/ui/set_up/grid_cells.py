"""How the cells of a grid look and how they are edited."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import elided, paint_box, paint_focus
from clinic_desktop.ui.set_up.grid_model import CHOICES_ROLE, LOCKED_ROLE, PROBLEM_ROLE
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole, tokens

Index = QModelIndex | QPersistentModelIndex

_PAD = 9
_TICK = 17
_MARK = 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Q = Qt.ItemDataRole


class CellDelegate(QStyledItemDelegate):
    """Text, a tick, or one of a few choices; the problem and the lock are seen in the cell.

    ``entered`` when Enter has taken what was typed.
    """

    entered = Signal()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), theme().px(tokens().row["table"] - 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        c, rect = theme().colours, QRectF(option.rect)
        here = bool(option.state & QStyle.StateFlag.State_HasFocus)
        problem, locked = index.data(PROBLEM_ROLE), index.data(LOCKED_ROLE)
        if problem:
            painter.fillRect(rect, c.danger_soft)
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, c.accent_soft)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), c.line)
        if index.data(_Q.CheckStateRole) is not None:
            self._tick(painter, rect, index, bool(locked))
        else:
            self._words(painter, rect, index, bool(problem), bool(locked))
        if here:
            paint_focus(painter, rect.adjusted(1, 0, -1, -1), 5)
        painter.restore()

    @staticmethod
    def _tick(painter: QPainter, rect: QRectF, index: Index, locked: bool) -> None:
        c, size = theme().colours, theme().px(_TICK)
        on = Qt.CheckState(index.data(_Q.CheckStateRole)) == Qt.CheckState.Checked
        box = QRectF(rect.left() + _PAD, rect.center().y() - size / 2, size, size)
        fill = c.control if on and locked else c.accent if on else c.closed if locked else c.surface
        paint_box(painter, box, fill, c.control if locked or not on else c.accent, 4)
        if on:
            paint_icon(painter, "check", QPointF(box.left() + 2, box.top() + 2), size - 4, c.on_accent)

    @staticmethod
    def _words(painter: QPainter, rect: QRectF, index: Index, problem: bool, locked: bool) -> None:
        c, right = theme().colours, rect.right() - _PAD
        mark = "warning" if problem else "lock" if locked else "down" if index.data(CHOICES_ROLE) else ""
        if mark:
            size = theme().px(_MARK)
            right -= size
            ink = c.danger if problem else c.ink3
            paint_icon(painter, mark, QPointF(right, rect.center().y() - size / 2), size, ink)
            right -= 4
        words = QRectF(rect.left() + _PAD, rect.top(), max(0.0, right - rect.left() - _PAD), rect.height())
        font = theme().font(TextRole.BODY)
        painter.setFont(font)
        painter.setPen(c.danger if problem else c.ink2 if locked else c.ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, elided(str(index.data()), font, words.width()))

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        choices = index.data(CHOICES_ROLE)
        editor: QWidget
        if choices:
            editor = QComboBox(parent)
            for value, words in choices:
                editor.addItem(words, value)
            editor.activated.connect(self._picked)
        else:
            editor = QLineEdit(parent)
        set_text(editor, TextRole.BODY)
        editor.setAccessibleName(str(index.data(_Q.AccessibleTextRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = str(index.data(_Q.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QObject, index: Index) -> None:
        text = editor.currentData() if isinstance(editor, QComboBox) else None
        if isinstance(editor, QLineEdit):
            text = editor.text()
        index.model().setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:
        editor.setGeometry(option.rect)

    def _picked(self) -> None:
        editor = self.sender()
        if isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes what was typed at once; Qt would take it one turn of the loop later.

        With Ctrl it goes on to the form around, which takes what was typed and saves, or goes on.
        """
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENTER
            and isinstance(editor, QLineEdit)
        ):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            self.entered.emit()
            return True
        return super().eventFilter(editor, event)

    def editorEvent(self, event: QEvent, _model: object, _option: QStyleOptionViewItem, index: Index) -> bool:
        """Space or a click turns a tick."""
        turns = (isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space) or (
            isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease
        )
        if not turns or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        on = Qt.CheckState(index.data(_Q.CheckStateRole)) == Qt.CheckState.Checked
        other = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return index.model().setData(index, other, _Q.CheckStateRole)
