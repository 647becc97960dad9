"""The to-place list: courses with visits that still want a time, the longest waiting first."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.looking_to_place import ToPlace
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.rows import Row


class ToPlacePart(Part):
    """``chosen`` carries a :class:`ToPlace`. Hidden while nothing waits."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(tr("To place"))
        self._entries: dict[str, ToPlace] = {}
        self.list = AnswerList(tr("Courses with visits to place"), 8)
        self.content.addWidget(self.list)
        self.list.picked.connect(self._chosen)
        self.list.entered.connect(self._chosen)
        self.hide()

    def show_entries(self, entries: Sequence[ToPlace]) -> None:
        self._entries = {str(one.stand.course.id): one for one in entries}
        self.list.set_choices([Choice(key, _row(one)) for key, one in self._entries.items()])
        self.title.setText(tr("To place: %n course(s)", "", len(entries)))

    @property
    def entries(self) -> tuple[ToPlace, ...]:
        return tuple(self._entries.values())

    def _chosen(self, key: str) -> None:
        self.chosen.emit(self._entries[key])


def _row(entry: ToPlace) -> Row:
    stand = entry.stand
    numbers = ", ".join(map(str, stand.missing))
    last = max((one.day for one in stand.visits), default=None)
    detail = tr("{course}: visit {numbers} of {planned}").format(
        course=stand.course.name, numbers=numbers, planned=stand.course.planned
    )
    right = tr("last {day}").format(day=short_date(last)) if last else ""
    return Row(entry.patient.name, detail, right)
