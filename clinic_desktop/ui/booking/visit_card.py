"""Which visit a panel is about: patient, type, time and place in three lines."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.clock import WallTime
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui.booking.visit_reading import VisitRead
from clinic_desktop.ui.booking.words import day_words, room_words, span_words, visit_line
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.wording import born_words
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import ElidedLabel
from clinic_desktop.ui.widgets.panel import Card


class VisitCard(Card):
    """Empty until a visit was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sunken", "line2", parent=parent)
        self._name = ElidedLabel("", TextRole.STRONG)
        self._lines = [ElidedLabel("", TextRole.LABEL, "ink2") for _ in range(3)]
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 8)
        column.setSpacing(1)
        for widget in (self._name, *self._lines):
            column.addWidget(widget)

    def show_visit(self, read: VisitRead, setup: Setup, today: date) -> None:
        visit, patient = read.visit, read.about.patient
        at = WallTime(visit.day, visit.minute, visit.fold)
        times = f"{day_words(visit.day, today)}, {span_words(setup, read.type, at)}"
        room = room_words(setup, visit.room_id) or tr("no room")
        lines = (
            born_words(patient, today),
            visit_line(setup, visit, read.course.planned if read.course else 0),
            f"{times}, {room}",
        )
        self._name.set_text(patient.name)
        for widget, text in zip(self._lines, lines, strict=True):
            widget.set_text(text)
        self.setAccessibleName(". ".join((patient.name, *lines)))
