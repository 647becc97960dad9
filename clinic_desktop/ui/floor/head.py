"""Who the panel is about: name, birth date and an emergency, which stay in view; room, state, what was
ordered and given, and the way home.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.words import plain_date
from clinic_desktop.people.orders import PER_WEIGHT, dose_in_mg, dose_words
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.treatment.acknowledging import counts_again_from, emergency_standing
from clinic_desktop.treatment.alarms import told_of
from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.infused import given_mg, running_run
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.oxygen import oxygen_to_tell
from clinic_desktop.treatment.sedation import DEEP, deeply_sedated
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.floor.card import Card
from clinic_desktop.ui.floor.commands import REPAIR_DAY
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.reading import Stay
from clinic_desktop.ui.floor.words import at_clock
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.late_words import late_words
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import DriverBadge, StateMark
from clinic_desktop.ui.widgets.label import ElidedLabel, label, numbers_whole
from clinic_desktop.ui.widgets.notice_box import NoticeBox

_ACKNOWLEDGED = BY_KIND[StampKind.PRESSURE_ACCEPTED]
_TOLD = BY_KIND[StampKind.TOLD]
_NO_ALLERGIES = frozenset({"", "none", "none known", "no known allergies", "nka", "nkda"})


class Who(QWidget):
    """Name, birth date and an emergency, whatever the panel below is scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ElidedLabel("", TextRole.TITLE)
        self._born = label("", TextRole.BODY, "second")
        self.alarm = NoticeBox("", "", Tone.DANGER)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._name, 1)
        row.addWidget(self._born)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(row)
        column.addWidget(self.alarm)
        self._low = False
        self._title = self.alarm_words = ""

    def set_low(self, low: bool) -> None:
        """An emergency in one line; what to do stands with the rest in what can be scrolled."""
        if low != self._low:
            self._low = low
            self._show_alarm()

    def _show_alarm(self) -> None:
        self.alarm.set_notice(self._title, "" if self._low else self.alarm_words, Tone.DANGER)
        self.alarm.setAccessibleName(f"{self._title} {self.alarm_words}".strip())
        self.alarm.set_low(self._low)
        self.alarm.setVisible(bool(self._title))

    def show_stay(self, stay: Stay, card: Card) -> None:
        patient = stay.care.patient
        self._name.set_text(patient.name)
        born = patient.birth_date
        self._born.setText(tr("born {day}").format(day=plain_date(born)) if born else "")
        what, at, _ = card.alarm
        title = tr("{what} at {time}").format(what=what, time=at) if what else ""
        self._title = "; ".join(part for part in (title, card.also) if part)
        self.alarm_words = what_to_do(stay.care) if what else ""
        self._show_alarm()


class Head(QWidget):
    """Shows a stay and its card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._similar = label("", TextRole.STRONG, "warn", wrap=True)
        self._state = StateMark(VisitState.BOOKED)
        self._day = label("", TextRole.STRONG, "warn", wrap=True)
        self._where = ElidedLabel("", TextRole.BODY, "ink2")
        self._what = label("", TextRole.BODY, "second", wrap=True)
        self._alert = label("", TextRole.STRONG, "danger", wrap=True)
        self._late = label("", TextRole.BODY, "warn", wrap=True)
        self._driver = DriverBadge(DriverMark.MISSING)
        self._driver_name = label("", TextRole.BODY, "second", wrap=True)
        state = QHBoxLayout()
        state.setSpacing(10)
        state.addWidget(self._state)
        state.addWidget(self._where, 1)
        home = QHBoxLayout()
        home.setSpacing(8)
        home.addWidget(self._driver)
        home.addWidget(self._driver_name, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._day)
        column.addWidget(self._similar)
        column.addLayout(state)
        column.addWidget(self._what)
        column.addWidget(self._alert)
        column.addWidget(self._late)
        column.addLayout(home)

    @property
    def late(self) -> str:
        """Whom the stay makes late; empty where nobody is."""
        return self._late.text()

    def show_stay(self, stay: Stay, card: Card) -> None:
        self._day.setText(tr("Earlier day: {day}").format(day=card.earlier))
        self._day.setVisible(bool(card.earlier))
        self._similar.setText(similar_words(stay, card))
        self._similar.setVisible(bool(card.alike))
        self._state.set_state(card.state)
        nurse = tr("nurse {name}").format(name=card.nurse) if card.nurse else ""
        self._where.set_text(", ".join(part for part in (card.room, nurse) if part))
        given = ordered_and_given(stay) if stay.care.type.is_treatment else ""
        self._what.setText(numbers_whole("\n".join(part for part in (card.what, given) if part)))
        patient = stay.care.patient
        alerts = ". ".join(
            part for part in (patient.alerts, _allergies(patient.allergies), card.trouble) if part
        )
        self._alert.setText(alerts)
        self._alert.setVisible(bool(alerts))
        self._late.setText(made_late(stay))
        self._late.setVisible(bool(stay.late))
        self._driver.setVisible(card.driver is not None)
        if card.driver is not None:
            self._driver.set_mark(card.driver)
        self._driver_name.setText(card.driver_name)
        self.setAccessibleName(" ".join(part for part in (card.spoken, made_late(stay)) if part))


def made_late(stay: Stay) -> str:
    """Whom the stay makes late, and what repairs it."""
    key = key_text(REPAIR_DAY.keys[0])
    offer = tr("{key} proposes other places.").format(key=key) if stay.late else ""
    return " ".join(part for part in (late_words(stay.late), offer) if part)


def what_to_do(care: Care) -> str:
    """About a reading at a limit. Deep sedation calls for help whatever else was reached."""
    said = _about_the_first(care)
    if emergency_standing(care) is None or deeply_sedated(care) is None:
        return said
    return " ".join((tr("Call for help: {help}.").format(help="F12"), said))


def _about_the_first(care: Care) -> str:
    """About the most urgent: before a dose a lower pressure may take the place of an emergency."""
    reading = emergency_standing(care)
    if reading is None and deeply_sedated(care) is not None:
        said = tr("Call for help: {help}. Call the prescriber. Stands until a score above {deep}: {key}.")
        return said.format(help="F12", deep=DEEP, key=BY_KIND[StampKind.SEDATION].letter)
    if reading is None and oxygen_to_tell(care) is not None:
        said = tr(
            "Tell the prescriber. Stands until that is recorded: {told}, they accept it: {key}, or it is "
            "above {limit} when taken again."
        )
        return said.format(told=_TOLD.letter, key=_ACKNOWLEDGED.letter, limit=care.limits.oxygen_low)
    if reading is None:
        said = tr("Tell the prescriber. Stands until that is recorded: {told}, or they accept it: {key}.")
        return said.format(told=_TOLD.letter, key=_ACKNOWLEDGED.letter)
    told = told_of(care, reading)
    if told is not None:
        said = tr("The prescriber was told at {time}. Stands until a prescriber acknowledges it: {key}.")
        return said.format(time=care.shown(told), key=_ACKNOWLEDGED.letter)
    if care.session.dosed:
        said = tr("Call the prescriber now. Stands until a prescriber acknowledges it: {key}.")
        return said.format(key=_ACKNOWLEDGED.letter)
    said = tr(
        "Give no dose. Call the prescriber now. Stands until a prescriber acknowledges it: {key}; or until "
        "one below the limit is taken, from {time} on."
    )
    return said.format(key=_ACKNOWLEDGED.letter, time=care.shown(counts_again_from(care, reading)))


def similar_words(stay: Stay, card: Card) -> str:
    """Whom not to take the patient for, and what tells them apart."""
    born = stay.care.patient.birth_date
    words = tr("{similar}. Ask for the birth date: {day}.")
    return words.format(similar=card.similar, day=plain_date(born) if born else tr("not recorded"))


def _allergies(text: str) -> str:
    """Those there are; that there are none is no alarm, and stands in the list before the dose."""
    none = text.strip().rstrip(".").casefold() in _NO_ALLERGIES
    return "" if none else tr("Allergies: {text}").format(text=text)


def ordered_mg(stay: Stay) -> float | None:
    """The ordered dose in mg; None without an order, or without the weight it needs."""
    return dose_in_mg(stay.order)


def ordered_and_given(stay: Stay) -> str:
    """ "Ordered 0.5 mg/kg (36 mg at 72 kg), IV; given 22 mg by 10:31 AM": the two beside each other."""
    session, mg = stay.care.whole, ordered_mg(stay)
    given = given_mg(session, stay.care.at)
    ordered = tr("Ordered {mg:g} mg").format(mg=mg) if mg else tr("No order on record")
    if stay.order is not None and stay.order.unit == PER_WEIGHT and mg:
        ordered = tr("Ordered {dose:g} mg/kg ({mg:g} mg at {kg:g} kg)").format(
            dose=stay.order.dose, mg=mg, kg=stay.order.weight_kg or 0
        )
    if stay.order is not None and mg and stay.order.route:
        ordered = f"{ordered}, {stay.order.route}"
    if stay.care.unsettled:
        doses = tr(" or ").join(dose_words(one) for one in stay.care.unsettled)
        ordered = tr("Order not settled: {doses}").format(doses=doses)
    run = running_run(session)
    if run is not None and run.mg_by(stay.care.at) is not None:
        by = at_clock(stay.care.at, stay.visit.zone)
        return tr("{ordered}; given {mg:g} mg by {time}").format(ordered=ordered, mg=given, time=by)
    words = tr("{ordered}; given {mg:g} mg") if given else tr("{ordered}; nothing given yet")
    return words.format(ordered=ordered, mg=given)
