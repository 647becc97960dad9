"""The sheets of a day as rows: who leaves when, and how their sheet stands, in words."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from clinic_desktop.aftercare.day_sheets import SheetLine, Standing
from clinic_desktop.foundation.clock import from_utc_minute, local_time
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.widgets.row_model import RowModel
from clinic_desktop.ui.widgets.rows import Row, RowDelegate


class SheetList(QListView):
    """``picked`` carries the line under the cursor, whenever it becomes another one."""

    picked = Signal(object)  # SheetLine or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[SheetLine, ...] = ()
        self._model = RowModel(self)
        self._delegate = RowDelegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Sheets of the day"))
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def current(self) -> SheetLine | None:
        row = self.currentIndex().row()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def set_lines(self, lines: Sequence[SheetLine]) -> None:
        """Show other lines; the cursor stays on the same visit where it is still there."""
        kept = self.current.visit.id if self.current else 0
        self._lines = tuple(lines)
        self._model.set_rows([row_of(one) for one in lines])
        if not self.go_to(kept) and lines:
            self.setCurrentIndex(self._model.index(_first_to_do(lines)))
        if not lines:
            self.picked.emit(None)

    def go_to(self, visit_id: int) -> bool:
        """Put the cursor on a visit; False when it is not in the list."""
        for number, line in enumerate(self._lines):
            if line.visit.id == visit_id:
                self.setCurrentIndex(self._model.index(number))
                return True
        return False

    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.picked.emit(self._lines[current.row()] if current.isValid() else None)


def _first_to_do(lines: Sequence[SheetLine]) -> int:
    waiting = (Standing.READY, Standing.UNTRUE, Standing.PRINTED)
    return next((n for n, line in enumerate(lines) if line.standing in waiting), 0)


def row_of(line: SheetLine) -> Row:
    leaves = clock_time(from_utc_minute(line.leaves, line.visit.zone).minute)
    return Row(
        line.name,
        ", ".join((line.type_name, tr("leaves {time}").format(time=leaves))),
        state=line.visit.state,
        badge=standing_words(line),
        tone=_TONES[line.standing],
    )


_TONES = {
    Standing.NOT_YET: Tone.NEUTRAL,
    Standing.READY: Tone.WARN,
    Standing.PRINTED: Tone.INFO,
    Standing.UNTRUE: Tone.DANGER,
    Standing.HANDED: Tone.OK,
}


def standing_words(line: SheetLine) -> str:
    """How the sheet stands, short enough for a badge."""
    if line.standing is Standing.HANDED and line.handed_at:
        at = clock_time(local_time(line.handed_at, line.visit.zone).minute)
        return tr("handed over {time}").format(time=at)
    if line.standing is Standing.PRINTED and line.sheet and line.sheet.made_at:
        at = clock_time(local_time(line.sheet.made_at, line.visit.zone).minute)
        return tr("printed {time}").format(time=at)
    return {
        Standing.NOT_YET: tr("not yet"),
        Standing.READY: tr("to print"),
        Standing.UNTRUE: tr("print anew"),
        Standing.PRINTED: tr("printed"),
        Standing.HANDED: tr("handed over"),
    }[line.standing]
