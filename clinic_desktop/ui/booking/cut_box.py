"""What a panel says in its foot: in a low panel it is cut, says so, and is read on by a key."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clinic_desktop.ui.booking.panel_shell import PanelShell, least_height
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.scrolled import Scrolled

_LEAST, _SHARE = 40, 0.36  # of the panel's height, for what is said
_GAP = 6
_STAYS = 18  # px that are still seen once the page is turned: a line
DOWN, UP = "PgDown", "PgUp"
_BAR, _NO_BAR = Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff


class CutBox(QWidget):
    """``rows`` is what is read, ``buttons`` stand below it. While not all of it is seen a button names the
    key to the rest, and the key works from anywhere in the panel: it goes before the lists there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inside = QWidget()
        self.rows = QVBoxLayout(self._inside)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(4)
        self.area = Scrolled(self._inside)
        self.area.setProperty("said", "true")
        self.area.setFixedHeight(theme().px(_LEAST))
        self.area.setVerticalScrollBarPolicy(_NO_BAR)  # as needed it came too late for lines just shown
        self._cut = False
        self._keys: list[QShortcut] = []
        self.below = Button(tr("More below"), Kind.QUIET, size="small", key=DOWN)
        self.above = Button(tr("More above"), Kind.QUIET, size="small", key=UP)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        for way, button in ((1, self.below), (-1, self.above)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard has the key
            button.hide()
            button.fired.connect(partial(self._turn, way))
            self.buttons.addWidget(button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(_GAP)
        self.column.addWidget(self.area)
        self.column.addLayout(self.buttons)
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._show_way)
        bar.rangeChanged.connect(self._show_way)
        self._inside.installEventFilter(self)
        self._soon = QTimer(self, singleShot=True, interval=0)  # once the layouts have caught up
        self._soon.timeout.connect(self.fit)

    @property
    def cut(self) -> bool:
        """Whether there is more to read than is seen."""
        return self._cut and not self.isHidden()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (panel := self.parentWidget()) is not None:
            panel.installEventFilter(self)
            self._keys = self._keys or [self._key(panel, DOWN, 1), self._key(panel, UP, -1)]
        self.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._show_way()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = event.type() == QEvent.Type.Resize and watched is not self._inside
        if resized or event.type() == QEvent.Type.LayoutRequest:
            self._soon.start()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """As high as it is; where there is less room it scrolls, so that no line is squeezed, and the buttons
        and the rest of the panel keep their place."""
        panel = self.parentWidget()
        if not isinstance(panel, PanelShell) or self.isHidden():
            return
        whole = self.area.height_for(self.area.width())
        self._inside.setMinimumHeight(whole)  # else as high as its lines are where they are narrowest
        self._cut = whole > self._room(panel, with_way=False)
        self.area.setFixedHeight(self._room(panel, with_way=True) if self._cut else whole)
        self.area.setVerticalScrollBarPolicy(_BAR if self._cut else _NO_BAR)
        # The keyboard comes into it only where there is something to scroll.
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus if self._cut else Qt.FocusPolicy.NoFocus)
        keys = tr("{on} reads on, {back} goes back.").format(on=key_text(DOWN), back=key_text(UP))
        self.area.setAccessibleDescription(keys if self._cut else "")
        self._show_way()

    def _room(self, panel: PanelShell, *, with_way: bool) -> int:
        """What may be seen of it: its share, as far as everything else has the least that it needs, and the
        way to the rest where there is one. Reckoned without its own height, which follows from it."""
        least = theme().px(_LEAST)
        items = [self.column.itemAt(n) for n in range(self.column.count())]
        others = [one for one in items if one is not None and one.widget() is not self.area]
        below = [one for one in others if one.layout() is not self.buttons and not one.isEmpty()]
        own = sum(least_height(one, self.width()) + _GAP for one in below)
        if with_way or self._acts():
            own += self.below.sizeHint().height() + _GAP
        return max(least, min(round(panel.height() * _SHARE), panel.room_for(self) - own))

    def _acts(self) -> bool:
        """Whether something can be done about it."""
        items = (self.buttons.itemAt(n) for n in range(self.buttons.count()))
        buttons = [one for item in items if item is not None and (one := item.widget()) is not None]
        return any(not one.isHidden() for one in buttons if one not in (self.below, self.above))

    def _show_way(self) -> None:
        """Which way there is more: down, and from the end up again."""
        bar = self.area.verticalScrollBar()
        ends = bar.value() >= bar.maximum()
        self.below.setVisible(self._cut and not ends)
        self.above.setVisible(self._cut and ends)
        for key in self._keys:
            key.setEnabled(self.cut)

    def _key(self, panel: QWidget, key: str, way: int) -> QShortcut:
        made = QShortcut(QKeySequence(key), panel, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(partial(self._turn, way))
        return made

    def _turn(self, way: int) -> None:
        """Read on from the first line that is not seen whole; or back, as far as shows the lines before."""
        bar, seen, stays = self.area.verticalScrollBar(), self.area.viewport().height(), theme().px(_STAYS)
        top = bar.value()
        spans = self._spans()
        if way > 0:
            inside_one = any(a <= top and b > top + seen for a, b in spans)
            starts = [a for a, b in spans if a > top and b > top + seen]
            bar.setValue(top + seen - stays if inside_one or not starts else starts[0])
        else:
            starts = [a for a, _ in spans if top - seen <= a < top]
            bar.setValue(starts[0] if starts else top - seen + stays)

    def _spans(self) -> list[tuple[int, int]]:
        """From where to where each text goes, from the top down."""
        texts = [one for one in self._inside.findChildren(QLabel) if one.text() and one.isVisible()]
        tops = [one.mapTo(self._inside, QPoint(0, 0)).y() for one in texts]
        return sorted((top, top + one.height()) for top, one in zip(tops, texts, strict=True))
