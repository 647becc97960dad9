"""The plots of one patient, one for each instrument that has scores, each under its last score in words."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.people.instruments import INSTRUMENTS
from clinic_desktop.people.scores import Score
from clinic_desktop.ui.scores.plot import ScorePlot
from clinic_desktop.ui.scores.points import courses
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label

_INDENT = 10  # that of a list's rows


class ScorePlots(QWidget):
    """``chosen`` carries the :class:`Score` of a point."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plots = {one.code: ScorePlot() for one in INSTRUMENTS}
        self.titles = {one.code: label("", TextRole.BODY, wrap=True) for one in INSTRUMENTS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(4)
        for code, plot in self.plots.items():
            self.titles[code].setContentsMargins(_INDENT, 0, _INDENT, 0)
            column.addWidget(self.titles[code])
            column.addWidget(plot)
            plot.chosen.connect(self.chosen)

    def show_scores(
        self, scores: Sequence[Score], treated: Iterable[date], name_of: Callable[[int], str]
    ) -> None:
        """``scores``: those that stand, by day; ``treated``: the days of treatment."""
        there = {one.instrument.code: one for one in courses(scores, treated, name_of)}
        for code, plot in self.plots.items():
            course = there.get(code)
            if course is not None:
                plot.show_course(course)
                self.titles[code].setText(course.title)
            plot.setVisible(course is not None)
            self.titles[code].setVisible(course is not None)
        self.setVisible(bool(there))
