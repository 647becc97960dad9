"""The texts and their versions as they look: beside the list the versions of one, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from clinic_desktop.aftercare.sheet_text import SheetText
from clinic_desktop.aftercare.text_list import TextLine
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.line_list import LineList
from clinic_desktop.ui.patients.page_rows import Line as ListLine
from clinic_desktop.ui.set_up.fields import FlowLayout
from clinic_desktop.ui.texts import commands
from clinic_desktop.ui.texts.words import Here, about, counted, heading, text_row, version_row
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import ElidedLabel, label
from clinic_desktop.ui.widgets.panel import Line, Panel

LIST_WIDTH = 500
SIDE_BY_SIDE = 820  # below this width the two take turns
_NO_LIMIT = 16_777_215


class TextsView(Panel):
    """Texts at the left, versions at the right; where they do not both fit, one at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", (), parent)
        self._versions_first = False
        self.texts = LineList(tr("Sheet texts"), wrap=True, marked=True)
        self.texts.setAccessibleDescription(tr("Enter goes to the versions."))
        self.versions = LineList(tr("Versions"), wrap=True, marked=True)
        self.versions.setAccessibleDescription(
            tr("Enter opens the words of a version, to write on or to read.")
        )
        self._count = ElidedLabel("", TextRole.LABEL, "ink2")
        self._title = label("", TextRole.TITLE, wrap=True)
        self._about = label("", TextRole.BODY, "second", wrap=True)
        self.write = _button(tr("Write"), commands.EDIT.keys[0], "edit", Kind.PRIMARY)
        self.read = _button(tr("Read"), "Return", "sheets")
        self.compare = _button(tr("Compare"), commands.COMPARE.keys[0], "swap")
        self.ask = _button(tr("Ask for approval"), commands.ASK.keys[0], "check")
        self.withdraw = _button(tr("Withdraw"), commands.WITHDRAW.keys[0], "close")
        self.delete = _button(tr("Delete the draft"), commands.DELETE.keys[0], "close")
        self.new = _button(tr("New text"), commands.NEW.keys[0], "plus")
        self.answer = _button(tr("Answer it in My decisions"), "", "right")
        self._left, self._right = self._make_left(), self._make_right()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._right, 1)

    def _make_left(self) -> QWidget:
        made = Panel("surface", ("right",))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(14, 7, 10, 7)
        top.addWidget(self._count, 1)
        top.addWidget(self.new)
        column.addLayout(top)
        column.addWidget(Line())
        column.addWidget(_scrolled(self.texts), 1)
        return made

    def _make_right(self) -> QWidget:
        made = Panel("surface")
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(6, 4, 6, 4)
        rows.addWidget(self.versions)
        self._about.setContentsMargins(10, 8, 10, 8)
        rows.addWidget(self._about)
        rows.addStretch(1)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, below=8)
        for button in (
            self.write,
            self.read,
            self.compare,
            self.ask,
            self.delete,
            self.withdraw,
            self.answer,
        ):
            flow.addWidget(button)
        self._title.setContentsMargins(14, 10, 14, 9)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 9, 14, 10)
        foot.addWidget(buttons)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._title)
        column.addWidget(Line())
        column.addWidget(_area(inside, self.versions), 1)
        column.addWidget(Line())
        column.addLayout(foot)
        return made

    # What is shown.

    @property
    def text(self) -> TextLine | None:
        payload = _current(self.texts)
        return payload if isinstance(payload, TextLine) else None

    @property
    def version(self) -> SheetText | None:
        payload = _current(self.versions)
        return payload if isinstance(payload, SheetText) else None

    def show_texts(self, lines: Sequence[TextLine], here: Here) -> None:
        """All of them; what stood chosen stays chosen."""
        kept = self.text
        self._count.set_text(counted(lines))
        self.texts.set_lines([ListLine(text_row(one, here), one) for one in lines])
        self._stand(lines, kept)

    def _stand(self, lines: Sequence[TextLine], kept: TextLine | None) -> None:
        wanted = (kept.kind, kept.language) if kept is not None else None
        self.go_to_text(wanted or ("", ""), lines)

    def go_to_text(self, name: tuple[str, str], lines: Sequence[TextLine]) -> None:
        """To a kind in a language; to the first where there is none such."""
        places = (n for n, one in enumerate(lines) if (one.kind, one.language) == name)
        if lines:
            self.texts.setCurrentIndex(self.texts.model().index(next(places, 0), 0))

    def show_versions(self, line: TextLine | None, here: Here, number: int = 0) -> None:
        """Those of one text, the newest first; ``number`` is the one to stand on, else the one that stood."""
        before = self.version
        wanted = number or (before.number if before is not None else 0)
        versions = line.versions if line is not None else ()
        self._title.setText(heading(line) if line is not None else "")
        self.versions.set_lines(
            [ListLine(version_row(one, line, here), one) for one in versions] if line is not None else []
        )
        place = next((n for n, one in enumerate(versions) if one.number == wanted), 0)
        if versions:
            self.versions.setCurrentIndex(self.versions.model().index(place, 0))

    def show_about(self, here: Here) -> None:
        """What was decided on the chosen version."""
        one = self.version
        self._about.setText(about(one, here) if one is not None else "")

    @property
    def about(self) -> str:
        return self._about.text()

    def turn_to(self, *, versions: bool) -> None:
        """To the versions or back to the texts; the focus goes along."""
        self._versions_first = versions
        self._arrange()
        (self.versions if versions else self.texts).setFocus()

    @property
    def narrow(self) -> bool:
        return self.width() < theme().px(SIDE_BY_SIDE)

    def _arrange(self) -> None:
        self._left.setVisible(not (self.narrow and self._versions_first))
        self._right.setVisible(not self.narrow or self._versions_first)
        width = theme().px(LIST_WIDTH)
        self._left.setMinimumWidth(0 if self.narrow else width)
        self._left.setMaximumWidth(_NO_LIMIT if self.narrow else width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _current(view: LineList) -> object:
    place, lines = view.currentIndex().row(), view.lines()
    return lines[place].payload if 0 <= place < len(lines) else None


def _scrolled(view: LineList) -> QScrollArea:
    inside = QWidget()
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(6, 4, 6, 4)
    rows.addWidget(view)
    rows.addStretch(1)
    return _area(inside, view)


def _area(inside: QWidget, focus: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusProxy(focus)
    return area


def _button(text: str, key: str, icon: str, kind: Kind = Kind.NORMAL) -> Button:
    return Button(text, kind, icon=icon, key=key)
