"""Courses: which visits, in which order, how far apart."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.scheduling.model import CourseTemplate, Setup, Step
from clinic_desktop.scheduling.set_up import Edit
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import Ticks
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.set_up.subject import Entry, Subject
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row

_OFFERED = "active"


def parse_weeks(typed: str) -> tuple[int, ...] | None:
    """ "2 2 2 2 1 1" or "2,2,2,2": visits per week; none for an empty text."""
    parts = typed.replace(",", " ").split()
    if all(part.isascii() and part.isdigit() and len(part) == 1 for part in parts):
        return tuple(int(part) for part in parts)
    return None


class CourseEditor(Editor[CourseTemplate]):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._template = CourseTemplate()
        self._code = self.text("code", tr("Code"), hint=tr("Short, as on lists."))
        self._name = self.text("name", tr("Name"), beside=True)
        self.header(tr("Visits, in order"))
        self._steps: Grid[Step] = Grid(
            _columns(desk.setup),
            self._new_step,
            name=tr("Visits"),
            add=tr("Add visits"),
            movable=True,
            least=1,
        )
        self.grid("steps", self._steps)
        self._total = label("", TextRole.LABEL, "third")
        self.form.add_widget(self._total)
        self.header(tr("How far apart"))
        self._clear = self.number("min_clear_days", tr("Clear days between, at least"))
        self._gap = self.number(
            "max_gap_days", tr("Days to the next, at most"), hint=tr("Empty: any."), beside=True
        )
        self._span = self.number(
            "span_days",
            tr("All within days"),
            hint=tr("The last visit, counted from the first. Empty: any."),
            beside=True,
        )
        self._weeks = self.text(
            "weeks",
            tr("Visits in each week"),
            hint=tr("For courses by weeks, such as 2 2 2 2 1 1 1 1. A week is 7 days from visit 1."),
        )
        self._offered: Ticks = self.ticks(
            "active", tr("In use"), [(_OFFERED, tr("Offered when a course is booked"))]
        )
        self.note(tr("A course that is booked already stays as it is."))

    def _new_step(self) -> Step:
        return Step(self._steps.rows[-1].type_code if self._steps.rows else "", 1)

    def fill(self, value: CourseTemplate) -> None:
        self._template = value
        self._code.setText(value.code)
        self._code.setReadOnly(bool(value.id))
        self._name.setText(value.name)
        self._steps.set_columns(_columns(self.desk.setup))
        self._steps.set_rows(value.steps)
        self._clear.set_value(value.min_clear_days)
        self._gap.set_value(value.max_gap_days)
        self._span.set_value(value.span_days)
        self._weeks.setText(" ".join(str(one) for one in value.weeks))
        self._offered.set_values(frozenset({_OFFERED} if value.active else ()))

    def value(self) -> CourseTemplate:
        weeks = parse_weeks(self._weeks.text())
        return replace(
            self._template,
            code=self._code.text().strip(),
            name=self._name.text().strip(),
            steps=self._steps.rows,
            min_clear_days=-1 if self._clear.value is None else self._clear.value,
            max_gap_days=self._gap.value,
            span_days=self._span.value,
            weeks=(0,) if weeks is None else weeks,
            active=bool(self._offered.values),
        )

    def refresh(self) -> None:
        count = sum(step.count for step in self._steps.rows)
        self._total.setText(tr("%n visit(s) in all", "", count))


def _columns(setup: Setup) -> list[Column[Step]]:
    types = tuple((one.code, one.name) for one in setup.types if one.current)
    return [
        Column("type_code", tr("Visit type"), lambda s: s.type_code, _put_type, choices=types),
        Column(
            "count", tr("How many"), lambda s: str(s.count), _put_count, width=110, hint=tr("Type a number.")
        ),
    ]


def _put_type(step: Step, typed: str | bool) -> Step:
    return replace(step, type_code=str(typed))


def _put_count(step: Step, typed: str | bool) -> Step | None:
    text = str(typed)
    return replace(step, count=int(text)) if text.isascii() and text.isdigit() and len(text) < 3 else None


class CoursesSubject(Subject[CourseTemplate]):
    id = "courses"
    title = QT_TR_NOOP("Courses")
    icon = "week"
    lead = QT_TR_NOOP("A course books several visits at once, as far apart as it says.")
    add = QT_TR_NOOP("Add a course")
    new = QT_TR_NOOP("New course")

    def rows(self, setup: Setup) -> Sequence[Entry]:
        ordered = sorted(setup.templates, key=lambda one: (not one.active, one.id))
        return [Entry(str(one.id), _row(one)) for one in ordered]

    def value(self, setup: Setup, key: str) -> CourseTemplate:
        return {str(one.id): one for one in setup.templates}[key]

    def fresh(self, setup: Setup) -> CourseTemplate:
        code = next((one.code for one in setup.types if one.current and one.is_treatment), "")
        return CourseTemplate(steps=(Step(code, 6),))

    def edit(
        self,
        setup: Setup,  # noqa: ARG002 - one record, written as it is
        before: CourseTemplate | None,  # noqa: ARG002 - the same
        value: CourseTemplate,
    ) -> Edit:
        return Edit((value,))

    def name(self, value: CourseTemplate) -> str:
        return value.name

    def editor(self, desk: Desk, kind: str) -> Editor[CourseTemplate]:  # noqa: ARG002 - one kind
        return CourseEditor(desk)


def _row(one: CourseTemplate) -> Row:
    count = len(one.type_codes)
    words = tr("%n visit(s)", "", count)
    return Row(one.name, f"{one.code} · {words}", badge="" if one.active else tr("out of use"))
