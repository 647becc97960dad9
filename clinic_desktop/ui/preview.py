"""The page that prints, on the screen: one page at a time, with zoom and page keys."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader
from clinic_desktop.ui.paint import paint_box, paint_focus
from clinic_desktop.ui.pdf_pages import POINTS_PER_INCH, PageView, render_page
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.wording import problem_worded

_MARGIN = 14
_LOGICAL_DPI = 96
_LETTER = 612.0  # points across: what a page is taken for until it is known
_WIDTH, _HEIGHT, _EDGE = 900, 560, 40  # of pages in a dialog
_ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class PdfPreview(QAbstractScrollArea):
    """Page Up and Page Down turn pages, arrows scroll, Ctrl + and - zoom, Ctrl 0 fits the width.

    The page's text is its accessible description. ``page_changed`` carries the page, from 1, and the count.
    """

    page_changed = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._data = b""
        self._number = 0
        self._zoom: float | None = None  # None fits the width
        self._view: PageView | None = None
        self._message = ""
        self._reader: LatestReader[PageView] = LatestReader(self, self._rendered, self._failed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        # A page as wide as the room is nearly always higher: a bar that came with it would take of its width.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(24)

    def take_room(self, behind: QWidget, less: int = 0) -> None:
        """In a dialog: as large as pages are read well, and no larger than the window behind it leaves. less:
        the px in height that something else in the dialog takes."""
        room = behind.window().size()
        self.setMinimumSize(
            min(theme().px(_WIDTH), max(300, room.width() - 2 * _EDGE)),
            min(theme().px(_HEIGHT), max(160, room.height() - 5 * _EDGE)) - less,
        )

    @property
    def page(self) -> int:
        """The page shown, from 1; 0 when there is none."""
        return self._view.number + 1 if self._view else 0

    @property
    def page_count(self) -> int:
        return self._view.count if self._view else 0

    @property
    def busy(self) -> bool:
        return self._reader.busy

    @property
    def message(self) -> str:
        """What stands there in place of a page that cannot be shown."""
        return self._message

    def show_pdf(self, data: bytes) -> None:
        """Show a document from its first page; the same page again when only its content changed."""
        self._number = min(self._number, max(0, self.page_count - 1)) if self._data else 0
        self._data = data
        self._read()

    def clear(self) -> None:
        self._reader.cancel()
        self._data, self._view, self._number, self._message = b"", None, 0, ""
        self._describe()
        self._lay_out()

    def go_to(self, page: int) -> None:
        """A page, counted from 1."""
        wanted = max(0, min(page - 1, self.page_count - 1))
        if wanted != self._number:
            self._number = wanted
            self.verticalScrollBar().setValue(0)
            self._read()

    def zoom_in(self) -> None:
        self._set_zoom(next((z for z in _ZOOMS if z > self._scale() + 0.01), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        self._set_zoom(next((z for z in reversed(_ZOOMS) if z < self._scale() - 0.01), _ZOOMS[0]))

    def fit_width(self) -> None:
        self._set_zoom(None)

    def _set_zoom(self, zoom: float | None) -> None:
        self._zoom = zoom
        self._lay_out()
        self._read()

    def _scale(self) -> float:
        """1.0 is the paper's own size on the screen."""
        if self._zoom is not None:
            return self._zoom
        width = self._view.width if self._view else _LETTER
        return max(0.1, self._room() / (width * _LOGICAL_DPI / POINTS_PER_INCH))

    def _room(self) -> float:
        return self.viewport().width() - 2 * _MARGIN

    def _read(self) -> None:
        if not self._data:
            return
        ratio = self._scale() * _LOGICAL_DPI / POINTS_PER_INCH * self.devicePixelRatioF()
        self._reader.read(partial(render_page, self._data, self._number, ratio))

    def _rendered(self, view: PageView) -> None:
        before, self._view, self._message = self._view, view, ""
        self._number = view.number
        self._describe()
        self._lay_out()
        if before is None and self._zoom is None and view.width != _LETTER:
            self._read()  # only now the page's width is known
        if before is None or (before.number, before.count) != (view.number, view.count):
            self.page_changed.emit(self.page, view.count)
            announce(self, self.accessibleName())

    def _failed(self, problem: ClinicProblem) -> None:
        self._view, self._message = None, problem_worded(problem)
        self._describe()
        self._lay_out()

    def _describe(self) -> None:
        place = tr("page {page} of {count}").format(page=self.page, count=self.page_count)
        self.setAccessibleName(f"{self._name}, {place}" if self._view else self._name)
        self.setAccessibleDescription(self._view.text if self._view else self._message)

    def _page_size(self) -> tuple[float, float]:
        if self._view is None:
            return 0.0, 0.0
        factor = self._scale() * _LOGICAL_DPI / POINTS_PER_INCH
        return self._view.width * factor, self._view.height * factor

    def _lay_out(self) -> None:
        width, height = self._page_size()
        seen = self.viewport().size()
        for bar, size, room in (
            (self.horizontalScrollBar(), width, seen.width()),
            (self.verticalScrollBar(), height, seen.height()),
        ):
            bar.setPageStep(room)
            bar.setRange(0, max(0, round(size + 2 * _MARGIN - room)))
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, c = QPainter(self.viewport()), theme().colours
        painter.fillRect(self.viewport().rect(), c.closed)
        if self._view is not None:
            width, height = self._page_size()
            left = max(_MARGIN, (self.viewport().width() - width) / 2) - self.horizontalScrollBar().value()
            page = QRectF(left, _MARGIN - self.verticalScrollBar().value(), width, height)
            paint_box(painter, page.adjusted(-1, -1, 1, 1), None, c.line2, 1)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, self._view.image)
        elif self._message:
            painter.setFont(theme().font(TextRole.BODY))
            painter.setPen(c.ink2)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect().adjusted(20, 20, -20, -20), flags, self._message)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.viewport().rect()), 3)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._lay_out()
        if self._zoom is None:
            self._read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = Qt.Key(event.key()), event.modifiers() & Qt.KeyboardModifier.ControlModifier
        turns = {
            Qt.Key.Key_PageDown: self._number + 2,
            Qt.Key.Key_PageUp: self._number,
            Qt.Key.Key_Home: 1,
            Qt.Key.Key_End: self.page_count,
        }
        if key in turns:
            self.go_to(turns[key])
        elif control and key in _LARGER:
            self.zoom_in()
        elif control and key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif control and key == Qt.Key.Key_0:
            self.fit_width()
        else:
            self._scroll(key, event)

    def _scroll(self, key: Qt.Key, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Down: (self.verticalScrollBar(), 1),
            Qt.Key.Key_Up: (self.verticalScrollBar(), -1),
            Qt.Key.Key_Right: (self.horizontalScrollBar(), 1),
            Qt.Key.Key_Left: (self.horizontalScrollBar(), -1),
        }
        if key in steps:
            bar, step = steps[key]
            bar.setValue(bar.value() + step * bar.singleStep())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.zoom_in if event.angleDelta().y() > 0 else self.zoom_out)()
            event.accept()
        else:
            super().wheelEvent(event)
