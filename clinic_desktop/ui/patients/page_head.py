"""The top of a patient's page: who it is, what to do, and what must not be overlooked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.states import LIVE
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients import commands
from clinic_desktop.ui.patients.page_facts import PageFacts
from clinic_desktop.ui.patients.wording import born_words, day_words
from clinic_desktop.ui.pending_notices import PendingNotices
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label, numbers_whole
from clinic_desktop.ui.widgets.notice_box import NoticeBox


class PageHead(QWidget):
    """Name and numbers, the two next steps, and notices."""

    edit_wanted = Signal()
    book_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label("", TextRole.PAGE, wrap=True)
        self._who = label("", TextRole.BODY, "second", wrap=True)
        self.back = Button(tr("All patients"), Kind.QUIET, icon="left", key="Escape", size="small")
        self.back.fired.connect(self.back_wanted)
        self.back.hide()
        self.edit = Button(tr("Edit"), icon="edit", key=commands.EDIT.keys[0], name=tr(commands.EDIT.text))
        self.book = Button(
            tr("Book"), Kind.PRIMARY, icon="plus", key=commands.BOOK.keys[0], name=tr(commands.BOOK.text)
        )
        self.edit.fired.connect(self.edit_wanted)
        self.book.fired.connect(self.book_wanted)
        self._died = NoticeBox("", "", Tone.NEUTRAL)
        self._alert = NoticeBox("", "", Tone.DANGER)
        self._similar = NoticeBox("", "", Tone.WARN)
        self.pending = PendingNotices()
        self._lay_out()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._who)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.edit)
        buttons.addWidget(self.book)
        buttons.addStretch(1)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.setSpacing(12)
        self._top.addLayout(words, 1)
        self._top.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._top)
        for notice in (self._died, self._alert, self._similar, self.pending):
            column.addWidget(notice)

    def set_narrow(self, narrow: bool) -> None:
        """Buttons below the name where both do not fit beside each other."""
        directions = QBoxLayout.Direction
        self._top.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)

    def show_facts(self, facts: PageFacts) -> None:
        patient = facts.patient
        self._name.setText(name_words(patient))
        self._who.setText(numbers_whole(identity_words(facts)))
        gone = patient.death_date is not None
        self.book.setVisible(not gone)
        self._died.setVisible(gone)
        if patient.death_date is not None:
            pattern = tr("Died on {day}. Never offered for booking.")
            self._died.set_notice(
                pattern.format(day=day_words(patient.death_date)), _still_booked(facts), Tone.NEUTRAL
            )
        self._alert.setVisible(bool(patient.alerts))
        self._alert.set_notice(tr("Alert"), patient.alerts, Tone.DANGER)
        self._similar.setVisible(bool(facts.similar))
        self._similar.set_notice(similar_title(facts), similar_words(facts.similar), Tone.WARN)
        self.pending.show_pending(facts.pending, facts.setup, facts.today)


def name_words(patient: Patient) -> str:
    """ "Okafor, Amara “Mara”"."""
    if not patient.preferred_name or patient.preferred_name == patient.given_name:
        return patient.name
    return tr("{name} “{preferred}”").format(name=patient.name, preferred=patient.preferred_name)


def identity_words(facts: PageFacts) -> str:
    """Birth date and age, number, first phone; numbers of merged records."""
    patient = facts.patient
    phone = patient.phones[0].number if patient.phones else ""
    was = ", ".join(one.patient.chart_number for one in facts.formers)
    formerly = tr("formerly {numbers}").format(numbers=was) if was else ""
    parts = (born_words(patient, facts.today), patient.chart_number, formerly, phone)
    return "  ·  ".join(part for part in parts if part)


def similar_title(facts: PageFacts) -> str:
    """On the day of their own next visit; who has none could still be taken for somebody of today."""
    comes = any(one.state in LIVE and one.day >= facts.today for one in facts.visits)
    return tr("Similar name on the same day") if comes else tr("A similar name is booked today")


def similar_words(others: Sequence[Patient]) -> str:
    """Whom not to take them for."""
    shown = "; ".join(f"{one.name}, {_born(one)}, {one.chart_number}" for one in others)
    return tr("{people}. Ask for the birth date.").format(people=shown)


def _born(patient: Patient) -> str:
    return day_words(patient.birth_date) if patient.birth_date else tr("birth date unknown")


def _still_booked(facts: PageFacts) -> str:
    coming = len(facts.coming)
    return tr("%n visit(s) are still booked. Cancel them.", "", coming) if coming else ""
