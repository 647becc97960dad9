"""A search line with its list of findings below; the keyboard never leaves the line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QSizePolicy, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import key_height, key_width, paint_box, paint_key
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import tokens
from clinic_desktop.ui.widgets.finding_line import FindingLine
from clinic_desktop.ui.widgets.follow_selection import follow_selection
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate

_ICON = 15
_PAD = 10
_FRAME = 4
_SHOWN_ROWS = 8
_LEAST_WIDTH = 460
_COMES_BACK = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding: how it looks, and what it is to whoever asked. acts: it must have been seen when Enter
    takes it; one that was pressed before it came shows it and no more."""

    row: Row
    payload: object = None
    acts: bool = False


Source = Callable[[str], Sequence[Hit]]


class SuggestField(QWidget):
    """``source`` runs off the GUI thread with the text typed. ``chosen`` carries the hit's payload.

    Arrows move in the list, Enter takes the current row (the first when none was chosen), Esc closes
    the list, then clears the line, then goes on to whoever is outside; all of it at once when ``passing``:
    a line that one comes to for a moment. rows: how many the list shows at once. A row without a payload
    only says something: it is not taken.

    ``moved`` carries the payload of the row that Enter would take, and None when the list ends without one.
    """

    chosen = Signal(object)
    moved = Signal(object)
    left = Signal()  # the focus went elsewhere in the window
    entered = Signal(str)  # Enter with nothing found: the text as it stands

    def __init__(
        self,
        source: Source,
        placeholder: str,
        *,
        name: str,
        key: str = "",
        icon: str = "search",
        passing: bool = False,
        rows: int = _SHOWN_ROWS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._icon, self._passing, self._shown_rows = source, icon, passing, rows
        self._cap = key_text(key) if key else ""
        self._hits: tuple[Hit, ...] = ()
        self._enter_waits = False
        self._again = False  # what is read was not asked for by typing
        self._put_away = False  # the list, while another window has the focus
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.line = FindingLine(self)  # what was chosen is its owner's
        self.line.setProperty("plain", "true")
        self.line.setPlaceholderText(placeholder)
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(self._cap)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.line)
        self._fit()
        self.setFocusProxy(self.line)
        self.popup = self._make_popup()
        self._reader: LatestReader[tuple[Hit, ...]] = LatestReader(self, self._found, self._not_found)

    def _make_popup(self) -> QListView:
        popup = QListView(self)
        popup.setModel(RowModel(popup))
        follow_selection(popup)
        popup.setItemDelegate(RowDelegate(popup, wrap=True))
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        popup.setObjectName("suggestions")
        popup.setProperty("framed", "true")
        popup.setAccessibleName(tr("Findings"))
        popup.clicked.connect(self._take)
        popup.hide()
        self.destroyed.connect(popup.deleteLater)  # it moves to the window when it is first shown
        return popup

    def set_source(self, source: Source) -> None:
        self._source = source

    def start(self, text: str = "") -> None:
        """Put the focus here, with a text already typed."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if text == self.line.text():
            self._typed(text)  # nothing changes that the line would tell of
        self.line.setText(text)
        if not text:
            self.line.selectAll()

    def look_again(self) -> None:
        """By the same text, where the list is open: what it says may have changed. Not under somebody's
        choice, nor under an Enter."""
        idle = not self._reader.busy or self._again  # what comes while it looks is news, too
        if self.popup.isVisible() and idle and self.popup.currentIndex().row() == 0:
            self._typed(self.line.text())
            self._again = self._reader.busy

    def show_text(self, text: str) -> None:
        """What was chosen, in words; nothing is looked for by it."""
        self._forget()
        self.line.blockSignals(True)
        self.line.setText(text)
        self.line.blockSignals(False)

    def clear(self) -> None:
        """Forget the text, the list and any answer that is still on its way."""
        self._forget()
        self._close()

    def _forget(self) -> None:
        self._reader.cancel()
        self.line.blockSignals(True)  # of an empty line nothing is asked
        self.line.clear()
        self.line.blockSignals(False)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(340), theme().px(tokens().control["field"]))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(90), theme().px(tokens().control["field"]))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self._row.setContentsMargins(_PAD + theme().px(_ICON) + 6, 1, _PAD + self._cap_width(), 1)

    def _cap_width(self) -> int:
        """What the key takes of the line; nothing while somebody types there."""
        return round(key_width(self._cap)) + 4 if self._cap and not self.line.hasFocus() else 0

    def _typed(self, text: str) -> None:
        self._enter_waits = self._again = False
        words, source = text.strip(), self._source
        if not words:
            self._reader.cancel()
            self._close()
            return
        self._reader.read(lambda: tuple(source(words)))

    def _found(self, hits: tuple[Hit, ...]) -> None:
        again, self._again = self._again, False
        if again and (not self.popup.isVisible() or self.popup.currentIndex().row() != 0):
            return  # somebody chose meanwhile, or left
        self._hits = hits
        model = self.popup.model()
        if isinstance(model, RowModel):
            model.set_things([hit.row for hit in hits])
        if not hits or not self.line.hasFocus():
            self._close()
        else:
            self._place_popup()
            self._set_current(0)
        if self._enter_waits and not (hits and hits[0].acts):
            self._take_entered()
        self._enter_waits = False

    def _not_found(self, _problem: ClinicProblem) -> None:
        self._found(())

    def _place_popup(self) -> None:
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
        rows = min(len(self._hits), self._shown_rows)
        corner = self.mapTo(window, QPoint(0, self.height() + 4))
        width = min(max(self.width(), theme().px(_LEAST_WIDTH)), window.width() - 8)
        left = max(4, min(corner.x(), window.width() - width - 4))
        self.popup.setGeometry(left, corner.y(), width, self.popup.height())
        self.popup.show()  # how high its rows are hangs on its width, and one that is hidden has none yet
        room = window.height() - corner.y() - 4
        height = self._height_of(rows, with_bar=rows < len(self._hits))
        if height > room and rows == len(self._hits):
            height = self._height_of(rows, with_bar=True)
        self.popup.resize(width, min(height, room))
        self.popup.doItemsLayout()
        self.popup.raise_()

    def _height_of(self, rows: int, *, with_bar: bool) -> int:
        """Of the first rows. Whether there is a bar is settled first: it takes of the width, and a row in
        which words find no room in a line is higher."""
        bars = Qt.ScrollBarPolicy
        self.popup.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOn if with_bar else bars.ScrollBarAlwaysOff)
        return sum(self.popup.sizeHintForRow(number) for number in range(rows)) + _FRAME

    def _set_current(self, number: int) -> None:
        model = self.popup.model()
        index = model.index(max(0, min(number, len(self._hits) - 1)), 0)
        self.popup.setCurrentIndex(index)
        announce(self.line, str(index.data(Qt.ItemDataRole.AccessibleTextRole) or ""))
        self.moved.emit(self._hits[index.row()].payload)

    def _close(self, *, taken: bool = False) -> None:
        self._hits = ()
        self.popup.hide()
        if not taken:
            self.moved.emit(None)

    def _enter(self) -> None:
        if self._reader.busy and not self._again:
            self._enter_waits = True  # the answer is on its way: take its first row when it comes
        else:
            self._take_entered()

    def _take_entered(self) -> None:
        self._enter_waits = False
        if self.popup.isVisible():
            self._take(self.popup.currentIndex())
        elif self.line.text().strip():
            self.entered.emit(self.line.text().strip())

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        hit = self._hits[index.row()]
        if hit.payload is None:
            announce(self.line, hit.row.spoken)
            return
        self._forget()
        self._close(taken=True)
        self.chosen.emit(hit.payload)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if kind in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._fit()
            self.update()
            if isinstance(event, QFocusEvent):
                self._focus_turned(event, comes_back=event.reason() in _COMES_BACK)
        return super().eventFilter(watched, event)

    def _focus_turned(self, event: QFocusEvent, *, comes_back: bool) -> None:
        """Findings are of the moment: behind another window withdrawn, and looked for anew after."""
        if event.gotFocus():
            if comes_back and self._put_away:
                self._typed(self.line.text())
            self._put_away = False
            return
        self.popup.hide()
        if not comes_back:
            self.left.emit()
        elif self._hits:
            self._put_away = True
            self.moved.emit(None)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
            return True
        if key in _STEPS and self.popup.isVisible():
            self._set_current(self.popup.currentIndex().row() + _STEPS[key])
            return True
        return key == Qt.Key.Key_Escape and self._step_out()

    def _step_out(self) -> bool:
        """Esc: False when there is nothing to step out of here."""
        if self._passing:
            self.clear()
        elif self.popup.isVisible():
            self._close()
        elif self.line.text():
            self.line.clear()
        else:
            return False
        return not self._passing

    def hideEvent(self, _event: QHideEvent) -> None:
        self.popup.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme().colours
        focused = self.line.hasFocus()
        edge, width = (c.accent, 2) if focused else (c.control, 1)
        paint_box(painter, QRectF(self.rect()), c.surface, edge, 8, width)
        size, middle = theme().px(_ICON), self.height() / 2
        paint_icon(painter, self._icon, QPointF(_PAD, middle - size / 2), size, c.ink3)
        if self._cap and not focused:
            left = self.width() - _PAD + 3 - key_width(self._cap)
            paint_key(painter, QPointF(left, middle - key_height() / 2), self._cap)
