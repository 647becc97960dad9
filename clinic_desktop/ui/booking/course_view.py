"""What the course panel shows: the wishes, the visits, what the rules say, and what can be booked."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.scheduling.looking_course import PlannedCourse
from clinic_desktop.security.rights import Right
from clinic_desktop.ui.booking.course_choices import CourseChoices
from clinic_desktop.ui.booking.course_driver import CourseDriver
from clinic_desktop.ui.booking.course_fields import CourseFields
from clinic_desktop.ui.booking.course_paint import CourseHead
from clinic_desktop.ui.booking.course_rows import CourseRows
from clinic_desktop.ui.booking.course_words import (
    course_findings,
    course_rows,
    summary,
    unplaced_words,
)
from clinic_desktop.ui.booking.mover import Mover
from clinic_desktop.ui.booking.panel_shell import SIDE, PanelShell, Part
from clinic_desktop.ui.booking.patient_part import PatientPart
from clinic_desktop.ui.booking.said_box import Said, SaidBox, said_of
from clinic_desktop.ui.booking.to_place_part import ToPlacePart
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_may import lacks
from clinic_desktop.ui.widgets.busy import BusyOverlay
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.wording import worded

CARD_KEY = "Ctrl+P"


class CourseView(PanelShell):
    """The widgets, and how a plan is shown on them; what they do is the panel's."""

    least_body = 96  # px: three visits, or one with why it does not fit

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plan a course"), parent)
        self._desk = desk
        self.patient = PatientPart(desk, people)
        self.to_place = ToPlacePart()
        self.driver = CourseDriver()
        self.fields = CourseFields(desk, self.driver.row)
        self.choices = CourseChoices()
        self.rows = CourseRows()
        self.mover = Mover(desk.today)
        self.patient.named.connect(self.subtitle.setText)
        self._summary = label("", TextRole.LABEL, "second", wrap=True)
        self.said = SaidBox()
        self.relax = Button(tr("Allow longer gaps"), size="small")
        self.card = Button(tr("Course card"), icon="print", key=CARD_KEY, size="small")
        self.card.hide()
        self.book_part = Button(tr("Book these"), key="Ctrl+Shift+Return", size="small", by_enter=True)
        self.book = Button(tr("Book all"), Kind.PRIMARY, size="large", key="Ctrl+Return", by_enter=True)
        self.book.give_way()
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        self._wishes = Part("")
        self._wishes.title.hide()
        self._wishes.content.addWidget(self.fields)
        self._wishes.content.addWidget(self.driver)
        moving = QHBoxLayout()
        moving.setContentsMargins(SIDE, 5, SIDE, 5)
        moving.addWidget(self.mover)
        self.body.addWidget(self.patient)
        self.body.addWidget(self.to_place)
        self.body.addWidget(self._wishes)
        self.body.addWidget(self.choices)
        self.keys = label(self._key_words(), TextRole.LABEL, "second", wrap=True)
        self._head = CourseHead()
        self.body.addWidget(self._head)
        self.body.addWidget(self.rows)
        self.body.addLayout(moving)
        self.body.addStretch(1)
        more = QHBoxLayout()
        more.setSpacing(8)
        more.addWidget(self.book_part)
        more.addWidget(self.relax)
        more.addStretch(1)
        more.addWidget(self.card)
        self.foot.addWidget(self._summary)
        self.foot.addWidget(self.keys)
        self.foot.addWidget(self.said)
        self.foot.addLayout(more)
        self.foot.addWidget(self.book)
        self._busy = BusyOverlay(self.rows, tr("Planning the course"))

    @staticmethod
    def _key_words() -> str:
        """What the keys do to the current visit, while the list has the focus."""
        words = tr("{pin} pins  ·  {days} a day  ·  {free} next free day  ·  {skip} skips")
        days = f"{key_text('Alt+Left')}, {key_text('Right')}"
        pin, free, skip = (key_text(one) for one in ("Space", "Alt+Down", "Delete"))
        return words.format(pin=pin, days=days, free=free, skip=skip)

    def show_nothing(self) -> None:
        """Before there is a plan."""
        self.rows.set_rows(())
        for widget in (
            self._wishes,
            self.choices,
            self._head,
            self.rows,
            self.mover,
            self.relax,
            self.book_part,
            self.card,
            self.keys,
        ):
            widget.hide()
        self._summary.hide()
        self.said.clear()
        self.book.setText(tr("Book all: choose a patient"))
        self.book.set_missing([tr("choose a patient")])

    def show_plan(self, planned: PlannedCourse, first: Sequence[Said] = ()) -> None:
        """A plan in place of the one before; ``first`` is said before what the rules say."""
        setup = self._desk.setup
        for widget in (self.choices, self._head, self.rows, self.mover):
            widget.show()
        self.rows.set_rows(course_rows(planned, setup))
        self._summary.setText("  \N{MIDDLE DOT}  ".join(summary(planned, setup)))
        self._show_words()
        self.fields.own.show_words(planned.own)
        self._show_said(planned, first)
        self._show_buttons(planned)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_words()

    def _show_words(self) -> None:
        """What the plan comes to, and while the list has the focus its keys: in a low panel in its place."""
        on, planned = self.rows.hasFocus(), bool(self.rows.rows)
        self.keys.setVisible(on)
        self._summary.setVisible(planned and not (on and self._low))

    def _show_said(self, planned: PlannedCourse, first: Sequence[Said]) -> None:
        lines = [*first, *said_of(planned.beside)]
        if not planned.plan.whole:
            lines.append(Said(unplaced_words(planned) + " " + self._ways_on(planned), Tone.DANGER))
        lines += [Said(worded(one), Tone.INFO) for one in planned.not_earlier]
        for words, severity in course_findings(planned):
            refuses = severity in (Severity.LOCKED, Severity.HARD)
            lines.append(Said(words, Tone.DANGER if refuses else Tone.WARN))
        self.said.show_findings(self._desk.actor, (), lines)

    def _ways_on(self, planned: PlannedCourse) -> str:
        if not planned.plan.placed:
            return tr("Change a wish, or start later.")
        return tr("Book the others now and keep it on the to-place list, or change a wish.")

    def _show_buttons(self, planned: PlannedCourse) -> None:
        count, fits = planned.count, len(planned.plan.placed)
        held = any(severity is Severity.HOLD for _, severity in course_findings(planned))
        verb = tr("Hold all %n visit(s)", "", count) if held else tr("Book all %n visit(s)", "", count)
        if planned.beside:
            verb = tr("Book %n visit(s) beside them", "", count)
        if planned.changes_only:
            verb = tr("Keep the course with %n visit(s)", "", len(planned.template.type_codes))
        missing = self._missing(planned)
        whom = tr("{verb} for {patient}").format(verb=verb, patient=planned.about.patient.name)
        self.book.setText(f"{verb}: {missing[0]}" if missing else whom)
        self.book.set_missing(missing)
        self.book.updateGeometry()
        self.book_part.setVisible(0 < fits < count)
        self.book_part.setText(tr("Book these %n, list the rest", "", fits))
        self.book_part.updateGeometry()
        self.card.setVisible(planned.wish.course_id is not None)  # visits of it stand already
        self.relax.setVisible(not planned.plan.whole or planned.wish.relaxed)
        self.relax.setText(tr("Keep the usual gaps") if planned.wish.relaxed else tr("Allow longer gaps"))
        self.relax.updateGeometry()

    def _missing(self, planned: PlannedCourse) -> list[str]:
        if rightless := lacks(self._desk.actor, Right.BOOK, tr("Only a {who} can book")):
            return rightless
        if not planned.count and not planned.changes_only:
            return [tr("no open visits")]
        if not planned.plan.whole:
            return [tr("%n (does|do) not fit", "", len(planned.plan.unplaced))]
        if refused(planned):
            return [tr("a rule refuses it")]
        typed = self.mover.line.text().strip()
        return [tr("“{text}” is not taken yet").format(text=typed)] if typed else []

    def say(self, text: str, tone: Tone) -> None:
        """One sentence in place of what the rules said."""
        self.said.show_findings(self._desk.actor, (), [Said(text, tone)])


def refused(planned: PlannedCourse) -> bool:
    """Whether rules refuse some visit of the plan."""
    return any(severity in (Severity.LOCKED, Severity.HARD) for _, severity in course_findings(planned))
