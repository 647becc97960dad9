"""What a course has of its own for one patient: visits, gaps, the type of a visit; and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.scheduling.model import CourseTemplate, OwnCourse, OwnType, Setup
from clinic_desktop.scheduling.own_course import as_template, own_template
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.own_words import own_words
from clinic_desktop.ui.set_up.fields import number_line
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.choice_box import ChoiceBox
from clinic_desktop.ui.widgets.field import FieldRow
from clinic_desktop.ui.widgets.label import label

OWN_KEY, BACK_KEY = "Ctrl+W", "Ctrl+U"


class CourseOwn(QWidget):
    """``changed`` with every change; ``back_wanted`` when all is to be as the template says."""

    changed = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setup: Setup | None = None
        self._template: CourseTemplate | None = None
        self._types: dict[int, str] = {}
        self._no = 0  # the visit whose type is shown
        self.button = Button(tr("Adjust"), key=OWN_KEY, size="small", name=tr("Adjust for this patient only"))
        self.visits = number_line(tr("Visits of this course"))
        self.least = number_line(tr("Clear days between, at least"))
        self.most = number_line(tr("Days to the next, at most"))
        self.type = ChoiceBox()
        self.type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._type_row = FieldRow(tr("Type of the visit"), self.type)
        self.words = label("", TextRole.LABEL, "second", wrap=True)
        self.back = Button(tr("As the template says"), key=BACK_KEY, size="small")
        self._lay_out()
        for line in (self.visits, self.least, self.most):
            line.value_changed.connect(self._told)
        self.type.activated.connect(self._type_chosen)
        self.button.fired.connect(self.toggle)
        self.back.fired.connect(self.back_wanted)

    def _lay_out(self) -> None:
        self._fields = QWidget()
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(FieldRow(tr("Visits"), self.visits), 3)
        row.addWidget(FieldRow(tr("Clear days, least"), self.least), 5)
        row.addWidget(FieldRow(tr("To next, most"), self.most), 4)
        row.addWidget(self._type_row, 9)
        self._fields.hide()
        self._said = QWidget()
        said = QHBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(8)
        said.addWidget(self.words, 1)
        said.addWidget(self.back)
        self._said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._fields)
        column.addWidget(self._said)

    @property
    def value(self) -> OwnCourse:
        """What is the patient's own, besides when they like to come."""
        own = OwnCourse(
            self.visits.value,
            self.least.value,
            self.most.value,
            tuple(OwnType(no, code) for no, code in sorted(self._types.items())),
        )
        return as_template(self._template, own) if self._template else own

    @property
    def understood(self) -> bool:
        return all(line.understood for line in (self.visits, self.least, self.most))

    def toggle(self) -> None:
        """Show or put away what can be changed; the first field has the cursor."""
        self._fields.setVisible(self._fields.isHidden())
        if not self._fields.isHidden():
            self.visits.setFocus()

    def show_course(self, setup: Setup, template: CourseTemplate, own: OwnCourse) -> None:
        """A course and what it has of its own, without telling of it."""
        self._setup, self._template = setup, template
        most = tr("any") if template.max_gap_days is None else str(template.max_gap_days)
        self.blockSignals(True)
        for line, value, usual in (
            (self.visits, own.visits, str(len(template.type_codes))),
            (self.least, own.min_clear_days, str(template.min_clear_days)),
            (self.most, own.max_gap_days, most),
        ):
            line.setPlaceholderText(usual)
            line.set_value(value)
        self._types = {one.no: one.type_code for one in own.types}
        self._fill_types(setup, template)
        self.blockSignals(False)
        self.show_visit(self._no, movable=True)

    def show_words(self, own: OwnCourse) -> None:
        """What differs, and the way back; nothing where nothing does."""
        words = own_words(self._setup, self._template, own) if self._setup else []
        text = tr("This patient: {words}").format(words=" \N{MIDDLE DOT} ".join(words)) if words else ""
        self.words.setText(text)
        self._said.setVisible(bool(words))

    def show_visit(self, no: int, *, movable: bool) -> None:
        """The type of the current visit; one that stands in the book keeps its own."""
        self._no = no
        if self._template is None:
            return
        codes = own_template(self._template, self.value).type_codes if no and self.understood else ()
        self._type_row.set_text(tr("Type of visit {no}").format(no=no) if no else tr("Type of the visit"))
        self.type.setEnabled(movable and 0 < no <= len(codes))
        if 0 < no <= len(codes):
            self.type.setCurrentIndex(self.type.findData(codes[no - 1]))

    def forget(self) -> None:
        """Back to nothing of its own, with the fields put away."""
        self.blockSignals(True)
        for line in (self.visits, self.least, self.most):
            line.clear()
        self._types.clear()
        self.blockSignals(False)
        self._fields.hide()
        self._said.hide()

    def _fill_types(self, setup: Setup, template: CourseTemplate) -> None:
        modality = setup.type_by_code(template.type_codes[0]).modality
        self.type.clear()
        for one in setup.types:
            if one.current and one.modality == modality:
                self.type.addItem(one.name, one.code)

    def _type_chosen(self) -> None:
        self._types[self._no] = str(self.type.currentData())
        self.changed.emit()

    def _told(self, _value: object) -> None:
        self.changed.emit()
