"""Which column of a list is what: recognised by itself, told by the person where it is not clear."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people.importing.columns import IGNORE, DateOrder, Mapping
from clinic_desktop.people.importing.fields import DATES, Field
from clinic_desktop.people.importing.preview import Preview
from clinic_desktop.people.importing.rules import DATE_QUESTIONS
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.import_reading import field_words
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import worded

Example = tuple[str, date, date]  # a date as written, and both readings
_EXAMPLE: Example = ("4/12/1984", date(1984, 4, 12), date(1984, 12, 4))
_OPEN = "?"
_COMBO_WIDTH = 280


class ColumnsPane(QWidget):
    """``told_changed`` whenever an answer changes; ``told`` is what ``--map`` would say."""

    told_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.told: dict[str, str] = {}
        self._combos: dict[str, QComboBox] = {}
        self._asked = NoticeBox("", "", Tone.WARN)
        self._order = ChoiceBox()
        self._order.setAccessibleName(tr("What stands first in dates"))
        for order in ("", DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST):
            self._order.addItem("", str(order))
        self._name_orders(_EXAMPLE)
        self._order.currentIndexChanged.connect(self._ordered)
        self._inside = QWidget()
        self._lines = QFormLayout(self._inside)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(20)
        self._lines.setVerticalSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 12, 10, 12)
        column.setSpacing(12)
        column.addWidget(self._asked)
        column.addWidget(self._order, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._inside, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def stops(self) -> list[QWidget]:
        """Where Tab comes by, in reading order."""
        return [self._order, *self._combos.values()]

    def start(self) -> None:
        """To the first open question."""
        unclear = (combo for combo in self._combos.values() if combo.currentData() == _OPEN)
        next(unclear, self._order).setFocus()

    def forget(self) -> None:
        """Another file: nothing was told about it yet."""
        self.told = {}
        self._order.blockSignals(True)
        self._order.setCurrentIndex(0)
        self._order.blockSignals(False)

    def show_preview(self, preview: Preview) -> None:
        """The columns as they are read now."""
        questions = " ".join(map(worded, preview.questions))
        self._asked.setVisible(bool(questions))
        self._asked.set_notice(tr("To answer first"), questions, Tone.WARN)
        self._name_orders(_asked_with(preview) or _EXAMPLE)
        self._order.setVisible(any(preview.mapping.places(field) for field in DATES))
        if list(self._combos) != _headings(preview):
            self._rebuild(preview)
        for heading, combo in self._combos.items():
            combo.blockSignals(True)
            combo.setCurrentIndex(combo.findData(_answer(preview.mapping, heading)))
            combo.blockSignals(False)

    def _name_orders(self, example: Example) -> None:
        """Each order with what it makes of a date: of one of this list, where it is asked."""
        text, month_first, day_first = example
        self._order.setItemText(0, tr("Dates: as recognized"))
        for row, pattern, read in (
            (1, tr("Dates: month first, {text} is {day}"), month_first),
            (2, tr("Dates: day first, {text} is {day}"), day_first),
        ):
            self._order.setItemText(row, pattern.format(text=text, day=plain_date(read)))

    def _rebuild(self, preview: Preview) -> None:
        while self._lines.rowCount():
            self._lines.removeRow(0)
        self._combos = {}
        for heading in _headings(preview):
            self._combos[heading] = self._combo(heading, preview.mapping)
            self._lines.addRow(label(heading), self._combos[heading])
        for heading in preview.mapping.dropped:
            self._lines.addRow(
                label(heading), label(tr("Left out: identity numbers"), TextRole.BODY, "second")
            )

    def _combo(self, heading: str, mapping: Mapping) -> QComboBox:
        combo = ChoiceBox()
        combo.setMinimumWidth(theme().px(_COMBO_WIDTH))
        combo.setAccessibleName(tr("Column {heading}").format(heading=heading))
        combo.addItem(tr("Choose"), _OPEN)
        combo.addItem(tr("Leave out"), IGNORE)
        likely = next((c.candidates for c in mapping.ambiguous if c.heading == heading), ())
        for field in (*likely, *(one for one in Field if one not in likely)):
            combo.addItem(field_words(field), str(field))
        combo.setObjectName(heading)
        combo.currentIndexChanged.connect(self._chosen)
        return combo

    def _chosen(self) -> None:
        combo = self.sender()
        if not isinstance(combo, QComboBox):
            return
        heading, answer = combo.objectName(), str(combo.currentData())
        if answer == _OPEN:
            self.told.pop(heading, None)
        else:
            self.told[heading] = answer
        self._ordered()

    def _ordered(self) -> None:
        """The order of dates is told with the first column of dates."""
        order = str(self._order.currentData())
        for heading, combo in self._combos.items():
            answer = str(combo.currentData())
            if answer in DATES:
                plain = self.told.get(heading, answer).partition(":")[0]
                self.told[heading] = f"{plain}:{order}" if order else plain
                break
        self.told_changed.emit()


def _asked_with(preview: Preview) -> Example | None:
    """The date of this list that is asked about."""
    for one in preview.questions:
        if one.rule in DATE_QUESTIONS:
            month_first, day_first = (
                date.fromisoformat(str(one.params[name])) for name in ("month_first", "day_first")
            )
            return str(one.params["value"]), month_first, day_first
    return None


def _headings(preview: Preview) -> list[str]:
    """Every column that may be told, each once."""
    dropped = set(preview.mapping.dropped)
    return [one for one in dict.fromkeys(preview.headings) if one.strip() and one not in dropped]


def _answer(mapping: Mapping, heading: str) -> str:
    known = {column.heading: str(column.field) for column in mapping.known}
    if heading in known:
        return known[heading]
    return _OPEN if any(column.heading == heading for column in mapping.ambiguous) else IGNORE
