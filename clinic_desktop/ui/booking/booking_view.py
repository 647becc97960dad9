"""What the booking panel shows: four questions, what the rules say, and what will be booked."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from clinic_desktop.scheduling.looking_booking import Look
from clinic_desktop.security.rights import Right
from clinic_desktop.ui.booking import flow
from clinic_desktop.ui.booking.driver_part import DriverPart
from clinic_desktop.ui.booking.panel_shell import PanelShell, Part
from clinic_desktop.ui.booking.patient_part import PatientPart
from clinic_desktop.ui.booking.said_box import Said, SaidBox
from clinic_desktop.ui.booking.time_part import TimePart
from clinic_desktop.ui.booking.type_part import TypePart
from clinic_desktop.ui.booking.words import namesake_words, suggestion_words
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.patients.live_directory import LiveDirectory
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.who_may import lacks
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.label import label


class BookingView(PanelShell):
    """The widgets, and how a booking is shown on them; what they do is the panel's."""

    def __init__(self, desk: Desk, people: LiveDirectory, parent: QWidget | None = None) -> None:
        super().__init__(tr("New visit"), parent)
        self._desk = desk
        self.patient = PatientPart(desk, people)
        self.patient.named.connect(self.subtitle.setText)
        self.types = TypePart()
        self.times = TimePart(desk.today)
        self.driver = DriverPart()
        self.note = QLineEdit()
        self.note.setMaxLength(400)
        self.note.setPlaceholderText(tr("Note for this visit"))
        self.note.setAccessibleName(tr("Note for this visit"))
        note = Part(tr("Note"), line=False)
        note.content.addWidget(self.note)
        for part in (self.patient, self.types, self.times, self.driver, note):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.said = SaidBox()
        self._sentence = label("", TextRole.LABEL, "second", wrap=True)
        self.book = Button(tr("Book"), Kind.PRIMARY, size="large", key="Ctrl+Return", by_enter=True)
        self.book.give_way()
        for widget in (self.said, self._sentence, self.book):
            self.foot.addWidget(widget)

    def show_look(self, seen: Look) -> None:
        """The booking as it stands."""
        setup, today = self._desk.setup, self._desk.today()
        if seen.about is not None:
            self.patient.show_about(seen.about, setup)
        why = suggestion_words(seen)
        self.types.show_types(seen.likely, setup.types, seen.type, why)
        self.times.show_look(seen, setup)
        self._show_driver(seen)
        self.said.show_findings(self._desk.actor, seen.findings, self._namesakes(seen))
        self._sentence.setText(flow.sentence(seen, setup, today))
        self._sentence.setVisible(bool(self._sentence.text()))
        verb = flow.verb(seen, today)
        self.book.setText(verb.text)
        self.book.setAccessibleName(f"{verb.text}. {self._sentence.text()}")
        rightless = lacks(self._desk.actor, Right.BOOK, tr("Only a {who} can book"))
        self.book.set_missing(rightless or verb.missing)
        self.book.updateGeometry()

    def _show_driver(self, seen: Look) -> None:
        setup = self._desk.setup
        asks = seen.about is not None and seen.type is not None and seen.asks_driver(setup)
        self.driver.setVisible(asks)
        if asks and seen.about is not None and seen.type is not None:
            name = seen.about.patient.preferred_name or seen.about.patient.given_name
            self.driver.title.setText(tr("Who takes {name} home?").format(name=name))
            at = seen.spot.at if seen.spot else None
            self.driver.show_drivers(setup, seen.type, at, seen.about.drivers, seen.plan)

    def _namesakes(self, seen: Look) -> Sequence[Said]:
        setup, today = self._desk.setup, self._desk.today()
        return [Said(namesake_words(one, setup, today)) for one in seen.namesakes[:2]]
