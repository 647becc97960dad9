"""How far a change of one visit of a course reaches: this visit, this and later, or the whole course, or
its end; and what would be where, before it is done.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from clinic_desktop.scheduling.looking_elastic import Elastic
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.reflow import Scope
from clinic_desktop.scheduling.stopping import Stop
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.booking.scope_words import (
    Line,
    blocked_words,
    change_lines,
    scope_detail,
    scope_title,
    stop_detail,
    stop_lines,
    stop_title,
)
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

STOP = "stop"


class ScopePart(QWidget):
    """``entered`` by Enter on a reach. Hidden until there is something to choose.

    before_after: the list of what changes, for whoever shows this to put where it is always seen.
    """

    entered = Signal()
    changed = Signal()

    def __init__(self, asks: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen: Mapping[Scope, Elastic] = {}
        self._stop: Stop | None = None
        self._setup: Setup | None = None
        self.list = AnswerList(asks, len(Scope) + 1)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        reach = Part(asks)
        reach.content.addWidget(self.list)
        self.before_after = QWidget()
        inside = QVBoxLayout(self.before_after)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(label(tr("Before and after"), TextRole.STRONG))
        inside.addLayout(self._lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(reach)
        self.list.moved.connect(self._show)
        self.list.picked.connect(self._picked)
        self.list.entered.connect(self._entered)

    @property
    def chosen(self) -> Elastic | None:
        """What would be done; None before it is known, and where the course is stopped."""
        current = self.list.current
        return self._seen.get(Scope(current)) if current not in ("", STOP) else None

    @property
    def stop(self) -> Stop | None:
        """The end of the course, where that is chosen."""
        return self._stop if self.list.current == STOP else None

    @property
    def texts(self) -> list[str]:
        """The lines below, as they are read."""
        items = (self._lines.itemAt(n) for n in range(self._lines.count()))
        widgets = [one.widget() for one in items if one is not None]
        return [one.text() for one in widgets if isinstance(one, QLabel)]

    def clear(self) -> None:
        self._seen, self._stop = {}, None
        self.list.set_choices(())
        self.before_after.hide()
        self.hide()

    def show_reaches(self, seen: Mapping[Scope, Elastic], setup: Setup, stop: Stop | None = None) -> None:
        """Those, and the end of the course where there is one; the first chosen unless one is already."""
        self._seen, self._setup, self._stop = seen, setup, stop
        choices = [
            Choice(scope.value, Row(scope_title(one), scope_detail(one))) for scope, one in seen.items()
        ]
        if stop is not None:
            choices.append(Choice(STOP, Row(stop_title(stop), stop_detail(stop))))
        self.list.set_choices(choices)
        self.show()
        self._show()

    def _show(self, _scope: str = "") -> None:
        if self._setup is None or not self.list.current:
            return
        lines = self._said(self._setup)
        self._take_lines()
        for line in lines:
            self._lines.addWidget(label(line.text, TextRole.LABEL, line.ink, wrap=True))
        self.before_after.setVisible(bool(lines))
        self.changed.emit()

    def _said(self, setup: Setup) -> list[Line]:
        if self.stop is not None:
            return stop_lines(self.stop)
        one = self.chosen
        if one is None:
            return []
        blocked = blocked_words(one)
        return [Line(blocked, "danger")] if blocked else change_lines(one, setup)

    def _take_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _picked(self, _scope: str) -> None:
        self._show()
        self.list.setFocus()

    def _entered(self, _scope: str) -> None:
        self.entered.emit()
