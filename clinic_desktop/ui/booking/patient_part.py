"""The first question of a booking panel: for whom. Found as one types, or somebody new on the phone."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.people.directory import Found
from clinic_desktop.people.model import Patient
from clinic_desktop.people.search import Matched
from clinic_desktop.scheduling.looking_patient import About, CourseStand
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.ui.announce import announce
from clinic_desktop.ui.attendance_words import attendance_words
from clinic_desktop.ui.booking.answer_list import AnswerList
from clinic_desktop.ui.booking.caller_form import CallerForm
from clinic_desktop.ui.booking.panel_shell import Part
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.patients.listing import same_names
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.patients.wording import born_words, day_words, known_as
from clinic_desktop.ui.pending_notices import PendingNotices
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.choice_list import Choice
from clinic_desktop.ui.widgets.label import ElidedLabel, label
from clinic_desktop.ui.widgets.panel import Card
from clinic_desktop.ui.widgets.rows import Row

MOST = 5
NEW = "new"
CHANGE_KEY = "Ctrl+F"
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PatientPart(Part):
    """``chosen`` carries a patient's id and whether Ctrl was held; ``dropped`` when another is looked for;
    ``resumed`` when somebody goes on with the patient that ``begin`` offered."""

    chosen = Signal(int, bool)
    dropped = Signal()
    resumed = Signal()
    waitlist_wanted = Signal(int)  # the patient who waits
    pinboard_wanted = Signal(int)  # whose visit is parked
    named = Signal(str)  # whom it is about: name and birth date; empty while nobody is chosen

    def __init__(self, desk: Desk, people: LiveDirectory) -> None:
        self.change = Button(
            tr("Change"), Kind.QUIET, size="small", name=tr("Change the patient"), key=CHANGE_KEY
        )
        super().__init__(tr("Patient"))
        self._desk, self._people = desk, people
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Name, birth date or phone"))
        self.line.setAccessibleName(tr("Patient"))
        self.line.installEventFilter(self)
        self.hits = AnswerList(tr("Patients found"), MOST + 1, numbered=False)
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.hide()
        self.which = label("", TextRole.LABEL, "danger", wrap=True)
        self.which.hide()
        self.former = Button("", icon="undo", size="small", key="Return")
        self.former.hide()
        self.card = PatientCard(self.change)
        self.pending = PendingNotices()
        self._patient_id, self._who = 0, ""
        self._stepped = False  # whether somebody went to one of those found
        self._several = False  # whether others fit as well as the first, or none fits but for a misspelling
        self.caller = CallerForm(desk, people)
        for widget in (self.line, self.hits, self.which, self.former, self.card, self.pending, self.caller):
            self.content.addWidget(widget)
        self.line.textChanged.connect(self._typed)
        self.hits.picked.connect(self._take)
        self.change.fired.connect(self.ask)
        self.former.fired.connect(self.resumed)
        self.caller.added.connect(self._added)
        self.caller.known.connect(self._known)
        self.caller.left.connect(self.ask)
        self.pending.waitlist_wanted.connect(self.to_waitlist)
        self.pending.pinboard_wanted.connect(self._to_pinboard)
        people.changed.connect(self._typed)
        self._show(asking=True)

    def begin(self, former: str) -> None:
        """Look for somebody; a draft for somebody else waits and is offered by name."""
        self.line.clear()
        self.former.setText(tr("Go on with {name}").format(name=former))
        self._show(asking=True, offering=True)
        self.line.setFocus()

    def ask(self, typed: str = "") -> None:
        """Look for somebody, with a beginning already typed."""
        self.line.setText(typed)
        self._show(asking=True)
        self.line.setFocus()
        self.dropped.emit()

    def start_typing(self, text: str) -> None:
        """A letter typed elsewhere in the panel goes on in the name, while nobody is chosen."""
        if self.asking:
            self.line.setFocus()
            self.line.setText(self.line.text() + text)

    def show_patient(self, patient_id: int) -> None:
        """Somebody is known already."""
        if patient_id != self._patient_id:
            self.pending.hide()
        self._patient_id = patient_id
        person = self._people.directory.kept(patient_id)
        if person is not None:
            born = born_words(person, self._desk.today())
            self._name(known_as(person), born)
            phone = person.phones[0] if person.phones else ""
            self.card.set_lines([_joined(born, phone)])
        else:
            self._name("", "")
            self.card.set_lines([])
        self._show(asking=False)

    def show_about(self, known: About, setup: Setup) -> None:
        """What the record says, once it was read."""
        patient, today = known.patient, self._desk.today()
        born = born_words(patient, today)
        self._name(patient.name, born)
        phone = patient.phones[0].number if patient.phones else ""
        lines = [
            _joined(born, phone),
            *[course_words(one) for one in known.courses[:1] if one.visits],
            clearance_words(known, setup, today),
            *([kept] if (kept := attendance_words(known.attendance)) else []),
        ]
        self.card.set_lines(lines, patient.alerts)
        self._patient_id = patient.id
        self._show(asking=False)
        self.pending.show_pending(known.pending, setup, today)

    def _name(self, name: str, born: str) -> None:
        self.card.name.set_text(name)
        self._who = _joined(name, born)

    @property
    def certain(self) -> bool:
        """Whether it is one person who fits, or somebody went to one of them: only then one key does all."""
        return self._stepped or len(self.hits.choices) <= 2  # one of them is the new caller

    def highlighted(self) -> int | None:
        """Whom Enter would take; None while nobody is found."""
        current = self.hits.current
        return int(current) if self.hits.isVisible() and current.isdigit() else None

    def to_waitlist(self) -> None:
        """The waitlist; with the entry of whoever is chosen."""
        self.waitlist_wanted.emit(0 if self.asking else self._patient_id)

    def _to_pinboard(self) -> None:
        self.pinboard_wanted.emit(self._patient_id)

    @property
    def asking(self) -> bool:
        return not self.line.isHidden()

    def _show(self, *, asking: bool, calling: bool = False, offering: bool = False) -> None:
        self.line.setVisible(asking)
        self.former.setVisible(offering)
        self.caller.setVisible(calling)
        self.card.setVisible(not asking and not calling)
        if asking or calling:
            self.pending.hide()
        self.title.setVisible(asking or calling)
        self.named.emit("" if asking or calling else self._who)
        self.hits.setVisible(asking and bool(self.line.text().strip()))
        self.which.setVisible(self.which.isVisible() and asking)

    def _typed(self) -> None:
        text, self._stepped = self.line.text().strip(), False
        self.which.hide()
        if not self.asking or not text:
            self.hits.set_choices(())
            return
        found = self._people.directory.find(text, 4 * MOST)
        alive = [one for one in found if one.person.death_date is None][:MOST]
        best = [one for one in alive if one.matched == alive[0].matched]
        self._several = len(best) > 1 or any(one.matched is Matched.SIMILAR for one in best)
        confusing = same_names([one.person for one in alive])
        choices = [self._choice(one, one.person.id in confusing) for one in alive]
        choices.append(Choice(NEW, Row(tr("New caller"), tr("Name and phone are enough"), icon="plus")))
        self.hits.set_choices(choices, choices[0].id)
        announce(self.line, choices[0].row.spoken)

    def _choice(self, found: Found, same_name: bool) -> Choice:
        person = found.person
        phone = person.phones[0] if person.phones else ""
        detail = _joined(born_words(person, self._desk.today()), phone)
        badge = tr("Same name") if same_name else ""
        return Choice(str(person.id), Row(known_as(person), detail, badge=badge, tone=Tone.WARN))

    def _step(self, by: int) -> None:
        ids = [one.id for one in self.hits.choices]
        place = ids.index(self.hits.current) + by
        if 0 <= place < len(ids):
            self.hits.set_current(ids[place])
            self._stepped = True
            announce(self.line, self.hits.choices[place].row.spoken)

    def _ask_which(self) -> None:
        """Enter that came before anybody could see who else fits takes nobody; the next one does."""
        self._stepped = True
        words = tr("Who of them? Enter again takes the marked one, an arrow another.")
        self.which.setText(words)
        self.which.show()
        announce(self.line, f"{words} {self._marked()}")

    def _marked(self) -> str:
        return next((one.row.spoken for one in self.hits.choices if one.id == self.hits.current), "")

    def _take(self, choice_id: str, at_once: bool = False) -> None:
        if choice_id == NEW:
            self._show(asking=False, calling=True)
            self.caller.start(self.line.text().strip())
            return
        patient_id = int(choice_id)
        self.show_patient(patient_id)
        self.chosen.emit(patient_id, at_once and self.certain)

    def _added(self, patient: Patient) -> None:
        self._name(patient.name, born_words(patient, self._desk.today()))
        self._show(asking=False)
        self.chosen.emit(patient.id, False)

    def _known(self, patient_id: int) -> None:
        self._take(str(patient_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.line:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS and self.hits.isVisible():
            self._step(_STEPS[key])
        elif key in _ENTER:
            if self.hits.isVisible() and self._several and not self._stepped:
                self._ask_which()
            elif self.hits.isVisible():
                self._take(self.hits.current, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            elif not self.line.text() and not self.former.isHidden():
                self.resumed.emit()
        elif key == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
        else:
            return False
        return True


class PatientCard(Card):
    """Who it is about: name, birth date and phone, course, clearance, how visits were kept, an alert."""

    def __init__(self, change: Button, parent: QWidget | None = None) -> None:
        super().__init__("sunken", "line2", parent=parent)
        self.name = ElidedLabel("", TextRole.STRONG)
        self._lines = [ElidedLabel("", TextRole.LABEL, "ink2") for _ in range(4)]
        self._alert = label("", TextRole.LABEL, "danger", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(change)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 3, 4, 8)
        column.setSpacing(1)
        column.addLayout(head)
        for widget in (*self._lines, self._alert):
            column.addWidget(widget)
        self._alert.hide()

    def set_lines(self, lines: Sequence[str], alert: str = "") -> None:
        for widget, text in zip(self._lines, (*lines, "", "", "", ""), strict=False):
            widget.set_text(text)
            widget.setVisible(bool(text))
        self._alert.setText(alert)
        self._alert.setVisible(bool(alert))
        self.setAccessibleName(". ".join(part for part in (self.name.text(), *lines, alert) if part))


def course_words(stand: CourseStand) -> str:
    """ "Course: 5 of 6 booked, the last Nov 9, 2026"; those from before it was kept here count too."""
    last, planned = max(stand.visits, key=lambda one: one.start), stand.course.planned
    pattern = tr("Course: {done} of {planned} booked, the last {day}")
    return pattern.format(done=planned - len(stand.missing), planned=planned, day=day_words(last.day))


def clearance_words(known: About, setup: Setup, today: date) -> str:
    """ "Cleared for IV ketamine, Spravato to Nov 1, 2027", for every treatment of a clearance."""
    named: dict[date, list[str]] = {}
    for modality in setup.modalities:
        until = known.cleared_until(modality.code, today)
        if until is not None:
            named.setdefault(until, []).append(modality.name)
    if not named:
        return tr("Not cleared for a treatment")
    pattern = tr("{what} to {day}")
    out = [pattern.format(what=", ".join(names), day=day_words(until)) for until, names in named.items()]
    return tr("Cleared for {what}").format(what=", ".join(out))


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)
