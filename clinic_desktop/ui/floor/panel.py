"""The panel beside the floor: who it is about, the line, what is missing, and what was recorded."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.model import Stamp, StampKind
from clinic_desktop.ui.floor.card import Card
from clinic_desktop.ui.floor.check_view import CheckView
from clinic_desktop.ui.floor.checklist import CheckList, Item
from clinic_desktop.ui.floor.commands import END, NEXT, RELEASE
from clinic_desktop.ui.floor.correcting import CorrectBox
from clinic_desktop.ui.floor.driver_box import DriverBox
from clinic_desktop.ui.floor.head import Head, Who
from clinic_desktop.ui.floor.log import log_of
from clinic_desktop.ui.floor.naming import NameBox
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.record_line import RecordLine
from clinic_desktop.ui.floor.refusal_box import RefusalBox
from clinic_desktop.ui.free_spot import keep_clear
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as LogLine
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import Badge
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.scrolled import Inside

WIDTH = 390
_MARGIN = 14
_LEAST = 32  # px of the part that scrolls, in a low window
_ABOVE = 2  # px above a part that is higher than what can be seen
_LOW = 420  # px of a panel in which what is typed and asked has the room; the keys of buttons go on working


_CHANGES_ROOM = frozenset({
    QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.FocusIn, QEvent.Type.FocusOut,
})  # fmt: skip


class RecordPanel(Panel):
    """Shows one stay. What somebody wants comes out as signals; the place does it."""

    item_chosen = Signal(object)  # Item
    entry_chosen = Signal(object)  # Stamp
    command = Signal(str)  # a command's id
    presses = True  # what happens to a patient is recorded, whatever is being planned

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self.setAccessibleName(tr("Recording"))
        self.who = Who()
        self.head = Head()
        for about in (self.who, self.head):
            keep_clear(about)
        self.line = RecordLine(tr("Record"))
        self._countdown = label("", TextRole.TITLE, "accent")
        self._what_to_do = label("", TextRole.BODY, "danger", wrap=True)  # in a low panel
        self.refusal = RefusalBox()
        self.correcting = CorrectBox()
        self.naming = NameBox()
        self.driver = DriverBox()
        self._list_title = label("", TextRole.STRONG)
        self._count = Badge("")
        self.list = CheckView(tr("What is missing"))
        self._log_title = label(tr("Recorded"), TextRole.STRONG)
        self.log = LineList(tr("What was recorded"), wrap=True)
        self._waits = label("", TextRole.BODY, "warn", wrap=True)
        self.next = Button("", Kind.PRIMARY, icon="play", key=NEXT.keys[0])
        self.next.give_way()
        self.release = Button(tr("Release"), Kind.NORMAL, icon="check", key=RELEASE.keys[0])
        self.end = Button(tr("Another end"), Kind.QUIET, key=END.keys[0])
        self._nobody = EmptyState("floor", tr("Nobody chosen"), tr("Pick a patient to record what happens."))
        self._wanted: QWidget | None = None  # None: the head
        self._lay_out()
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._bring_up)
        self.list.chosen.connect(self._item)
        self.log.chosen.connect(self._entry)
        self.driver.opened.connect(lambda: self.bring_up(self.driver.asked))
        self._asking = (self.refusal, self.correcting, self.naming, self.driver)
        for box in self._asking:
            box.installEventFilter(self)
        self.line.line.installEventFilter(self)
        self.line.edited.connect(self._fit)
        for button, command in ((self.next, NEXT), (self.release, RELEASE), (self.end, END)):
            button.setObjectName(command.id)
            button.fired.connect(self._fired)
        self.release.refused.connect(self._release_refused)
        self._may_release = self._may_end = False
        self.show_nobody()

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(self._list_title)
        title.addStretch(1)
        title.addWidget(self._count)
        body = QVBoxLayout()
        body.setContentsMargins(_MARGIN, 1, _MARGIN, 12)
        body.setSpacing(9)
        above: list[QWidget] = [
            self._what_to_do,
            self.head,
            Line(),
            self._countdown,
            self.refusal,
            self.correcting,
            self.driver,
            self.naming,
        ]
        below: list[QWidget] = [self.list, self._log_title, self.log]
        for widget in above:
            body.addWidget(widget)
        body.addLayout(title)
        for widget in below:
            body.addWidget(widget)
        body.addStretch(1)
        self._inside = Inside()
        self._inside.setLayout(body)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setMinimumHeight(theme().px(_LEAST))  # what stands above it is never squeezed
        self._top = QWidget()
        self._top_rows = top = QVBoxLayout(self._top)
        top.setContentsMargins(_MARGIN, 10, _MARGIN, 8)
        top.setSpacing(8)
        top.addWidget(self.who)
        top.addWidget(self.line)  # what is typed is never scrolled away
        self._foot = QWidget()
        lower = QHBoxLayout()
        lower.setSpacing(8)
        lower.addWidget(self.release, 1)
        lower.addWidget(self.end)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(_MARGIN, 9, _MARGIN, 10)
        foot.setSpacing(7)
        foot.addWidget(self._waits)
        foot.addWidget(self.next)
        foot.addLayout(lower)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._nobody, 1)
        column.addWidget(self._top)
        column.addWidget(self._scroll, 1)
        self._divider = Line()
        column.addWidget(self._divider)
        column.addWidget(self._foot)

    def show_nobody(self) -> None:
        self._show(False)

    def _show(self, somebody: bool) -> None:
        self._nobody.setVisible(not somebody)
        for widget in (self._top, self._scroll):
            widget.setVisible(somebody)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES_ROOM:
            self._fit()
        elif watched is self._wanted and event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._laid_out.start()  # it found its place only now
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """In a low panel the line comes first: an emergency takes one line, of the buttons only the next step
        stays beside an empty line, and none while something is typed or asked."""
        low = self.height() < theme().px(_LOW)
        asks = any(not box.isHidden() for box in self._asking)
        for widget in (self._divider, self._foot):
            widget.setVisible(self._nobody.isHidden() and not (low and (asks or self.line.text)))
        typing = low and self.line.line.hasFocus()
        self._waits.setVisible(bool(self._waits.text()) and not typing)
        self.release.setVisible(self._may_release and not typing)
        self.end.setVisible(self._may_end and not typing)
        self.who.set_low(low)
        self._what_to_do.setText(self.who.alarm_words)
        self._what_to_do.setVisible(low and bool(self.who.alarm_words))
        margins = (_MARGIN, 4, _MARGIN, 4) if low else (_MARGIN, 10, _MARGIN, 8)
        self._top_rows.setContentsMargins(*margins)

    def show_stay(self, stay: Stay, card: Card, checks: CheckList, next_word: str, waits: str = "") -> None:
        """Everything but the line, which its context is given for itself. waits: for whom."""
        self.who.show_stay(stay, card)
        self.head.show_stay(stay, card)
        # What is missing first: in a low window nothing that keeps the dose back is scrolled away.
        self.list.show_items(sorted(checks.items, key=lambda one: one.done))
        self._list_title.setText(checks.title)
        self._list_title.setVisible(bool(checks.items))
        self._count.setVisible(bool(checks.items))
        words = tr("{n} missing").format(n=checks.missing) if checks.missing else tr("all settled")
        self._count.set_badge(words, Tone.NEUTRAL if checks.missing else Tone.OK)
        self.driver.show_stay(stay, stay.care.at)
        self.log.set_lines([LogLine(row, stamp) for row, stamp in log_of(stay)])
        self._log_title.setVisible(bool(self.log.lines()))
        self._waits.setText(waits)
        self.next.setText(next_word)
        self.next.setVisible(bool(next_word))
        self.next.updateGeometry()
        dosed, over = stay.care.whole.dosed, stay.care.whole.ended_at is not None
        self._may_release, self._may_end = dosed and not over, not over
        self.release.set_missing([one.text for one in checks.items if not one.done])
        self.line.setVisible(self.correcting.isHidden())
        self._show(True)

    def show_countdown(self, words: str) -> None:
        """The rest between two devices; nothing while none is due."""
        self._countdown.setText(words)
        self._countdown.setVisible(bool(words))

    def refuse(
        self, refusal: Refusal, title: str, kinds: Collection[StampKind], *, may_override: bool
    ) -> None:
        """Show why it was not recorded; the line keeps what was typed."""
        self.refusal.show_refusal(refusal, title, kinds, may_override=may_override)
        self.bring_up(self.refusal)

    @property
    def typed(self) -> tuple[object, ...]:
        """What is typed in it, and what is open for typing: another one when somebody has gone on."""
        asked = (self.correcting, self.naming, self.driver)
        lines = (self.line.line, self.correcting.line.line, self.correcting.why, self.naming.line)
        texts = (one.text() for one in (*lines, self.driver.line))
        return (*texts, *(one.isHidden() for one in asked))

    @property
    def in_use(self) -> bool:
        """Whether something is typed or asked."""
        return bool(self.line.text) or any(not one.isHidden() for one in self._asking)

    @property
    def names_next(self) -> bool:
        """Whether the next step can be read."""
        return self.next.visibleRegion().boundingRect() == self.next.rect()

    def to_log(self) -> None:
        """The focus to what was recorded, and that into view."""
        self.log.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bring_up(self.log)

    def bring_up(self, widget: QWidget) -> None:
        """Scroll to a part, once it has found its place."""
        self._wanted = widget
        self._laid_out.start()

    def _bring_up(self) -> None:
        if self._wanted is None or not self._inside.isAncestorOf(self._wanted):
            self._scroll.verticalScrollBar().setValue(0)
        elif self._wanted.height() > self._scroll.viewport().height():
            self._scroll.verticalScrollBar().setValue(self._wanted.y() - _ABOVE)  # from its first word on
        else:
            self._scroll.ensureWidgetVisible(self._wanted, 0, _MARGIN)

    def calm(self) -> None:
        """Take refusals, corrections and naming away; the line is empty again, and how the patient stands is
        in view."""
        self.refusal.hide()
        self.correcting.hide()
        self.naming.hide()
        self.driver.hide()
        self.line.show()
        self.line.clear()
        self._wanted = None
        self._laid_out.start()

    def _fired(self) -> None:
        self.command.emit(self.sender().objectName())

    def _release_refused(self) -> None:
        self.command.emit(RELEASE.id)

    def _item(self, item: Item) -> None:
        self.item_chosen.emit(item)

    def _entry(self, stamp: Stamp | None) -> None:
        if stamp is not None:  # what was struck out is not corrected any more
            self.entry_chosen.emit(stamp)
