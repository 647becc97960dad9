"""The bar over the board: which view, what wants somebody, and the two things most often done."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from clinic_desktop.ui.board import commands
from clinic_desktop.ui.board.counts import Count
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import paint_icon
from clinic_desktop.ui.paint import Ink, Tone, paint_box, paint_focus, strong_ink, text_width, tone_ink
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole, tokens
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

HEIGHT = 42
_CHIP = 24
_ICON = 14
_PAD = 7
_GAP = 5


class CountChip(QAbstractButton):
    """A count; pressing it goes to the next visit that it counts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.count = Count("", "", ())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_count(self, count: Count) -> None:
        self.count = count
        self.setAccessibleName(count.text)
        self.setAccessibleDescription(count.leads or tr("Goes to the next of them"))
        go = tr("{count}: go to the next").format(count=count.text)
        self.setToolTip(f"{count.text}: {count.leads}" if count.leads else go)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        mark = theme().px(_ICON) + _GAP if self.count.icon else 0
        return QSize(
            round(text_width(self.count.text, TextRole.CAPTION)) + mark + 2 * _PAD + 2, theme().px(_CHIP)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ink(self) -> Ink:
        if self.count.tone is Tone.NEUTRAL:
            return Ink(theme().colours.ink2)
        return strong_ink(self.count.tone) if self.count.tone is Tone.DANGER else tone_ink(self.count.tone)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, ink = QPainter(self), self._ink()
        rect = QRectF(self.rect())
        paint_box(painter, rect.adjusted(1, 1, -1, -1), ink.fill, ink.edge, tokens().radius["badge"])
        if self.hasFocus():
            paint_focus(painter, rect, tokens().radius["badge"] + 1)
        left = float(_PAD)
        if self.count.icon:
            size = theme().px(_ICON)
            paint_icon(painter, self.count.icon, QPointF(left, (self.height() - size) / 2), size, ink.text)
            left += size + _GAP
        painter.setFont(theme().font(TextRole.CAPTION))
        painter.setPen(ink.text)
        painter.drawText(rect.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.count.text)


class ChipRow(QWidget):
    """As many counts as there is room for; the gravest stay longest."""

    pressed = Signal(object)  # Count

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[CountChip] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_counts(self, counts: Sequence[Count]) -> None:
        while len(self._chips) < len(counts):
            chip = CountChip(self)
            chip.clicked.connect(self._clicked)
            self._chips.append(chip)
        for chip, count in zip(self._chips, counts, strict=False):
            chip.set_count(count)
        self._shown = len(counts)
        self._place()

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, CountChip):
            self.pressed.emit(sender.count)

    def _place(self) -> None:
        """Plain counts give way first; what wants somebody goes last."""
        chips = self._chips[: self._shown]
        wanted = sorted(chips, key=lambda chip: chip.count.tone is Tone.NEUTRAL)
        room, fitting = self.width(), []
        for chip in wanted:
            room -= chip.sizeHint().width() + _GAP
            if room >= 0:
                fitting.append(chip)
        left = 0
        for chip in self._chips:
            chip.setVisible(chip in fitting)
            if chip in fitting:
                size = chip.sizeHint()
                chip.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())
                left += size.width() + _GAP

    _shown = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(120, theme().px(_CHIP))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme().px(_CHIP))


class ViewBar(Panel):
    """``view_picked`` with a view's id; the buttons run commands."""

    view_picked = Signal(str)
    count_pressed = Signal(object)  # Count

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", ("bottom",), parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.views = SegmentedSwitch(
            [
                Segment(ViewKind.ROOMS, tr("Rooms"), "Ctrl+1"),
                Segment(ViewKind.STAFF, tr("Staff"), "Ctrl+2"),
                Segment(ViewKind.WEEK, tr("Week"), "Ctrl+3"),
                Segment(ViewKind.LIST, tr("List"), "Ctrl+4"),
            ],
            tr("View"),
        )
        self.chips = ChipRow()
        self.openings = Button(tr("Openings"), icon="search", key=commands.OPENINGS.keys[0])
        self.openings.setAccessibleName(tr("First openings"))
        self.book = Button(tr("Book"), Kind.PRIMARY, icon="plus", key=commands.BOOK.keys[0])
        self.views.picked.connect(self.view_picked)
        self.chips.pressed.connect(self.count_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 1)
        row.setSpacing(10)
        row.addWidget(self.views)
        row.addWidget(self.chips, 1)
        row.addWidget(self.openings)
        row.addWidget(self.book)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Where it is narrow the key and the menu still open the first openings.
        self.openings.setVisible(self.width() >= theme().px(700))
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(300), theme().px(HEIGHT))
