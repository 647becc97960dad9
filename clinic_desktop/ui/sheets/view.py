"""The Sheets place as it looks: the day's sheets, beside them the page that prints and what can be done."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from clinic_desktop.aftercare.day_sheets import SheetLine
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.preview import PdfPreview
from clinic_desktop.ui.printer_dialog import PRINTER
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.sheets import commands
from clinic_desktop.ui.sheets.listing import SheetList
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.busy import BusyOverlay
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label, set_ink
from clinic_desktop.ui.widgets.panel import Line, Panel

LIST_WIDTH = 460
SIDE_BY_SIDE = 820  # below this width list and page take turns
_NO_LIMIT = 16_777_215


class SheetsView(Panel):
    """List and page with the buttons below; where they do not both fit, one at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self._page_first = False
        self.list = SheetList()
        self.preview = PdfPreview(tr("The page that prints"))
        self.nothing = EmptyState("sheets", "")
        self.to_texts = [Button(tr("Texts"), icon="edit", key="Alt+0", size="small") for _ in range(2)]
        self.nobody = EmptyState("sheets", "", buttons=self.to_texts[:1])
        self.print = Button(tr(commands.PRINT.text), Kind.PRIMARY, icon="print", key=commands.PRINT.keys[0])
        self.hand_over = _button(commands.HAND_OVER.text, commands.HAND_OVER.keys[0], "check")
        self.save = _button(commands.SAVE.text, commands.SAVE.keys[0], "save")
        self.receipt = _button(QT_TR_NOOP("Receipt"), commands.RECEIPT.keys[0], "note")
        self.prepare = Button(
            tr("Preparation sheets"), icon="list", key=commands.PREPARE.keys[0], size="small"
        )
        self.printer = Button(tr("Printer"), icon="print", key=PRINTER.keys[0], size="small")
        self._count = label("", TextRole.LABEL, "second")
        self._said = label("", TextRole.BODY, "second", wrap=True)
        self._pages = label("", TextRole.LABEL, "third")
        self._left, self._right = self._make_left(), self._make_right()
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.nobody)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self.preview.page_changed.connect(self._turned)

    def _make_left(self) -> QWidget:
        made = Panel("surface", ("right",))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        self._count.setContentsMargins(14, 11, 14, 9)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 10, 0)
        top.addWidget(self._count, 1)
        top.addWidget(self.to_texts[1])
        column.addLayout(top)
        column.addWidget(Line())
        column.addWidget(self.list, 1)
        column.addWidget(Line())
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, below=6)
        flow.addWidget(self.prepare)
        flow.addWidget(self.printer)
        below = QVBoxLayout()
        below.setContentsMargins(14, 7, 14, 7)
        below.addWidget(buttons)
        column.addLayout(below)
        return made

    def _make_right(self) -> QWidget:
        made = Panel("surface")
        self._page = QStackedWidget()
        self._page.addWidget(self.preview)
        self._page.addWidget(self.nothing)
        self.busy = BusyOverlay(self._page, tr("Setting the page"))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, below=8)
        for button in (self.print, self.hand_over, self.save, self.receipt):
            flow.addWidget(button)
        words = QHBoxLayout()
        words.addWidget(self._said, 1)
        words.addWidget(self._pages, 0, Qt.AlignmentFlag.AlignTop)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 9, 14, 10)
        foot.setSpacing(8)
        foot.addLayout(words)
        foot.addWidget(buttons)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._page, 1)
        column.addWidget(Line())
        column.addLayout(foot)
        return made

    @property
    def said(self) -> str:
        """How the chosen sheet stands."""
        return self._said.text()

    @property
    def narrow(self) -> bool:
        return self.width() < theme().px(SIDE_BY_SIDE)

    def show_lines(self, lines: list[SheetLine], counted: str) -> None:
        """The day's sheets; without any, why."""
        self._count.setText(counted)
        self._stack.setCurrentWidget(self._both if lines else self.nobody)
        self.list.show_rows(lines)

    def show_none(self, title: str, text: str) -> None:
        self.nobody.set_words(title, text)

    def say(self, text: str, ink: str = "second") -> None:
        """How the chosen sheet stands and what is next."""
        self._said.setText(text)
        set_ink(self._said, ink)

    def show_page(self, data: bytes) -> None:
        self._page.setCurrentWidget(self.preview)
        self.preview.show_pdf(data)

    def show_nothing(self, title: str, text: str) -> None:
        """Why there is no page."""
        self.preview.clear()
        self._pages.setText("")
        self.nothing.set_words(title, text)
        self._page.setCurrentWidget(self.nothing)

    def turn_to(self, *, page: bool) -> None:
        """List or page, where only one fits; the focus goes along."""
        self._page_first = page
        self._arrange()
        (self.preview if page else self.list).setFocus()

    def _turned(self, page: int, count: int) -> None:
        self._pages.setText(tr("Page {page} of {count}").format(page=page, count=count))

    def _arrange(self) -> None:
        self._left.setVisible(not (self.narrow and self._page_first))
        self._right.setVisible(not self.narrow or self._page_first)
        width = theme().px(LIST_WIDTH)
        self._left.setMinimumWidth(0 if self.narrow else width)
        self._left.setMaximumWidth(_NO_LIMIT if self.narrow else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _button(text: str, key: str, icon: str) -> Button:
    return Button(tr(text), icon=icon, key=key)
