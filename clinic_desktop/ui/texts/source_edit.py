"""The words of a text as they stand in its file: numbered lines, marks that are seen, problems underlined."""

import re
from collections.abc import Collection

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.theme import set_text, theme
from clinic_desktop.ui.tokens import TextRole

_FIELD = re.compile(r"\{\{.*?\}\}")
_STATEMENT = re.compile(r"(?:^|(?<=\s))\[\s*\d+(?:\s*,\s*\d+)*\s*\]")
_BOLD = re.compile(r"\*\*.+?\*\*")
_BOX, _COMMENT, _HEADING = (
    re.compile(r"^\s*:::.*"),
    re.compile(r"<!--.*?-->"),
    re.compile(r"^\s*(#{1,3}|\^{1,2}) .*"),
)
_HEAD = re.compile(r"^(---|[a-z_]+:.*)$")
_PAD = 8


def _format(ink: QColor, *, bold: bool = False, italic: bool = False, line: bool = False) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(ink)
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    made.setFontItalic(italic)
    made.setFontUnderline(line)
    return made


class Marks(QSyntaxHighlighter):
    """Facts are underlined and bold, statement numbers and boxes bold, remarks slanted: by form too."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._make()
        theme().changed.connect(self._anew)

    def _make(self) -> None:
        c = theme().colours
        self._rules = (
            (_HEADING, _format(c.ink, bold=True)),
            (_BOLD, _format(c.ink, bold=True)),
            (_STATEMENT, _format(c.accent, bold=True)),
            (_BOX, _format(c.warn, bold=True)),
            (_FIELD, _format(c.info, bold=True, line=True)),
            (_COMMENT, _format(c.ink3, italic=True)),
        )
        self._head = _format(c.ink3)

    def _anew(self) -> None:
        self._make()
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """The head is over at its second line of dashes."""
        before = max(0, self.previousBlockState())
        dashes = before + (text.strip() == "---" and before < 2)
        self.setCurrentBlockState(dashes)
        if before < 2 and _HEAD.match(text):
            self.setFormat(0, len(text), self._head)
            return
        for pattern, style in self._rules:
            for found in pattern.finditer(text):
                self.setFormat(found.start(), found.end() - found.start(), style)


class _Gutter(QWidget):
    """The numbers of the lines; a line with a problem has a mark beside it."""

    def __init__(self, editor: "SourceEdit") -> None:
        super().__init__(editor)
        self._editor = editor

    def paintEvent(self, event: QPaintEvent) -> None:
        self._editor.paint_gutter(event.rect())


class SourceEdit(QPlainTextEdit):
    """Tab leaves it. Undo and redo are its own, and stay as long as the text is open. ``left_by_escape``."""

    left_by_escape = Signal()
    kept_elsewhere = True  # as a draft, a moment after it was typed

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Words of the text"))
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        set_text(self, TextRole.BODY)
        self._marks = Marks(self.document())
        self._wrong: frozenset[int] = frozenset()
        self._gutter = _Gutter(self)
        self.blockCountChanged.connect(self._fit)
        self.updateRequest.connect(self._scrolled)
        theme().changed.connect(self._fit)
        self._fit()

    def open_text(self, source: str, *, read_only: bool) -> None:
        """Another text; nothing of the one before can be brought back by undo."""
        self.setReadOnly(read_only)
        flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        if read_only:
            self.setTextInteractionFlags(flags)
        else:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextEditorInteraction)
        self.setPlainText(source)
        self.document().setModified(False)

    def set_problems(self, lines: Collection[int]) -> None:
        """Lines (from 1) that something is wrong with."""
        if frozenset(lines) == self._wrong:
            return
        self._wrong = frozenset(lines)
        self.setExtraSelections([self._under(line) for line in sorted(self._wrong) if line])
        self._gutter.update()

    def _under(self, line: int) -> QTextEdit.ExtraSelection:
        cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        made, style = QTextEdit.ExtraSelection(), QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(theme().colours.danger)
        made.cursor, made.format = cursor, style
        return made

    @property
    def line(self) -> int:
        """The line with the cursor, from 1."""
        return self.textCursor().blockNumber() + 1

    def go_to_line(self, line: int) -> None:
        """The cursor to the beginning of a line, in the middle of what is seen."""
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(max(0, line - 1))))
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_words(self, words: str, *, back: bool = False) -> bool:
        """Select the next place with these words, from the other end where none follows."""
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if not words:
            return False
        if self.find(words, flags):
            return True
        was, ends = self.textCursor(), QTextCursor.MoveOperation
        self.moveCursor(ends.End if back else ends.Start)
        if self.find(words, flags):
            return True
        self.setTextCursor(was)
        return False

    def insert_words(self, words: str, *, own_line: bool = False) -> None:
        """Where the cursor stands, or on a line of its own below it; undo takes it out in one step."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if own_line and cursor.block().text().strip():
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            cursor.insertText("\n")
        cursor.insertText(words)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left_by_escape.emit()
            return
        super().keyPressEvent(event)

    # The numbers.

    def _room(self) -> int:
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * (digits + 1) + 2 * _PAD

    def _fit(self) -> None:
        self.setViewportMargins(self._room(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        inside = self.contentsRect()
        self._gutter.setGeometry(QRect(inside.left(), inside.top(), self._room(), inside.height()))

    def _scrolled(self, rect: QRect, by: int) -> None:
        if by:
            self._gutter.scroll(0, by)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def paint_gutter(self, shown: QRect) -> None:
        """Number by number, as far as they are seen."""
        painter, c = QPainter(self._gutter), theme().colours
        painter.fillRect(shown, c.sunken)
        painter.setFont(theme().font(TextRole.LABEL))
        block, offset = self.firstVisibleBlock(), self.contentOffset()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(offset)
            if place.top() > shown.bottom():
                return
            if block.isVisible() and place.bottom() >= shown.top():
                self._paint_number(painter, block, place.top())
            block = block.next()

    def _paint_number(self, painter: QPainter, block: QTextBlock, top: float) -> None:
        c, number = theme().colours, block.blockNumber() + 1
        wrong = number in self._wrong
        painter.setPen(c.danger if wrong else c.ink3)
        place = QRectF(0, top, self._gutter.width() - _PAD, self.fontMetrics().height())
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, f"! {number}" if wrong else str(number))
