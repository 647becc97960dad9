"""The window of an open clinic: its places, the search line, who acts, and the ways between places."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.model import Setup, Visit
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.scheduling.typed_answers import CourseMeant, PersonMeant, VisitMeant
from clinic_desktop.scheduling.typed_dates import When
from clinic_desktop.ui import finding
from clinic_desktop.ui.alarms.desk import AlarmDesk
from clinic_desktop.ui.backups.keeping import Keeping
from clinic_desktop.ui.before_first import BEFORE_FIRST, BeforeFirst
from clinic_desktop.ui.board import commands as board
from clinic_desktop.ui.board.in_hand import InHand
from clinic_desktop.ui.board.place import BoardPlace
from clinic_desktop.ui.board.ports import BookingPanels
from clinic_desktop.ui.closing.closing import END_OF_DAY, Closing
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import CRISIS_ID, Dialog, QuestionDialog
from clinic_desktop.ui.encryption.keys import ClinicKeys
from clinic_desktop.ui.fail_safe.fail_safe import PAPER, FailSafe
from clinic_desktop.ui.first_run.person_picker import PersonPicker
from clinic_desktop.ui.floor import commands as floor
from clinic_desktop.ui.floor.place import FloorPlace
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.messages.watch import KEY as MESSAGES_KEY
from clinic_desktop.ui.messages.watch import MessageWatch
from clinic_desktop.ui.operations import LatestReader, at_printers, show_unless_away
from clinic_desktop.ui.outage.watch import OutageWatch
from clinic_desktop.ui.patients import commands as patients
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.patients.place import PatientsPlace
from clinic_desktop.ui.places import Place, PlaceSpec
from clinic_desktop.ui.printer_dialog import PRINTER, PrinterDialog
from clinic_desktop.ui.settings_store import LAST_PERSON, LAST_PLACE, SettingsStore
from clinic_desktop.ui.several_pcs.work import SeveralPcs
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sign_in.gate import Gate
from clinic_desktop.ui.sign_in.half_typed import half_typed
from clinic_desktop.ui.sound import Speaker
from clinic_desktop.ui.undoing import Undoer
from clinic_desktop.ui.wall.lobby import LOBBY, show_lobby

ACT_AS = Command(
    "window.act-as",
    QT_TR_NOOP("Act as somebody else"),
    ("Ctrl+Shift+A",),
    icon="person",
    also=QT_TR_NOOP("person user name sign in log in change"),
)
WAITLIST = Command("window.waitlist", QT_TR_NOOP("Waitlist"), ("Ctrl+Shift+W",), icon="list", opens=True)
MESSAGES = Command("window.messages", QT_TR_NOOP("Messages"), (MESSAGES_KEY,), icon="bell", opens=True)
CRISIS = Command(
    CRISIS_ID,
    QT_TR_NOOP("Crisis call"),
    ("Ctrl+F12",),
    icon="warning",
    opens=True,
    also=QT_TR_NOOP("988 911 suicide danger"),
)
SET_UP_KINDS = frozenset({
    "clinic", "modality", "staff", "shift", "absence",
    "room", "closure", "profile", "visit_type", "course_template",
})  # fmt: skip


class Window(Shell):
    """The shell with an open clinic in it. ``desk`` and the directory live as long as the window."""

    def __init__(
        self,
        desk: Desk,
        specs: Sequence[PlaceSpec],
        panels: BookingPanels,
        store: SettingsStore | None = None,
    ) -> None:
        super().__init__(specs, store)
        self._desk, self._panels, self._store = desk, panels, store
        desk.setParent(self)
        self._people = live_directory(desk)
        self.take_back_with(Undoer(self, desk, self))
        own = {ACT_AS: self.act_as, WAITLIST: self.waitlist, MESSAGES: self.messages, CRISIS: self.crisis}
        bound = [Bound(command, handler) for command, handler in own.items()]
        self.commands.add([*bound, *self._from_elsewhere()])
        found = finding.source(
            self._people, desk, self.commands.matching, self._shown_day, self._in_hand, self._todays
        )
        self.top_bar.search.set_source(found)
        self.top_bar.search.moved.connect(self._offer)
        self.top_bar.search.left.connect(self._line_left)
        self.top_bar.found.connect(self._go_to)
        desk.outage.changed.connect(self.top_bar.search.look_again)
        self.top_bar.person_pressed.connect(self.act_as)
        self.top_bar.messages_pressed.connect(self.messages)
        self._mail = MessageWatch(self, desk, self.top_bar.set_messages, self.messages)
        desk.actor_changed.connect(self._name_person)
        desk.actor_changed.connect(self.notices.end_with_person)
        desk.actor_changed.connect(self.status_bar.forget)
        self._setup_reader: LatestReader[Setup] = LatestReader(self, desk.renew_setup, show_unless_away)
        desk.hub.changed.connect(self._heard)
        self._name_person()
        self.alarms = AlarmDesk(self, desk)
        self.commands.add(self.alarms.bound())
        self._before_first = BeforeFirst(self, desk)
        self.commands.add([Bound(BEFORE_FIRST, self._before_first.open)])
        self.fail_safe = FailSafe(self, desk, self, store)
        self.commands.add(self.fail_safe.bound())
        self.backups = Keeping(self, desk, self)
        self.commands.add(self.backups.bound())
        self.clinic_keys = ClinicKeys(self, desk, self)
        self.commands.add(self.clinic_keys.bound())
        self.several = SeveralPcs(self, desk, self)
        self.commands.add(self.several.bound())
        self._closing = Closing(self, desk, self, self.fail_safe)
        self.commands.add([Bound(END_OF_DAY, self._closing.open), Bound(PRINTER, self.choose_printer)])
        self.outage = OutageWatch(self, desk, self, (self.fail_safe.show, PAPER.key))
        self.commands.add(self.outage.bound())
        self.gate = Gate(self, self._centre, desk, self.begun)
        self.commands.add(self.gate.bound())
        self._last_in = store.get(LAST_PERSON) if store else LAST_PERSON.default
        self._in_emergency = False
        self.gate.let_in.connect(self._let_in)
        self.commands.add([Bound(LOBBY, self.show_lobby)])
        self._leaves_printing = False

    def _from_elsewhere(self) -> list[Bound]:
        """What its own place is not needed for: the same keys in every other one."""
        ways = {
            board.PLAN: self.plan_course,
            board.TO_PLACE: self.list_to_place,
            board.REPAIRS: self.repairs,
            board.TO_PINBOARD: self.pinboard,
            patients.IMPORT: self.import_list,
        }
        return [
            Bound(replace(command, id=f"{place_id}.{command.id}", context=place_id), handler)
            for place_id in self._specs
            for command, handler in ways.items()
            if place_id != command.context
        ]

    def start_alarms(self, speaker: Speaker) -> None:
        """Watch the alarms of the house, once the window is shown."""
        self.alarms.watch.start(speaker)

    def start_mail(self) -> None:
        """Look for messages, once the window is shown."""
        self._mail.look()

    @property
    def desk(self) -> Desk:
        return self._desk

    def open_first(self) -> None:
        """Show the place that was open last on this computer, or the board."""
        last = self._store.get(LAST_PLACE) if self._store else ""
        self.go(last if last in self._specs else next(iter(self._specs)))

    def start_anew(self) -> None:
        """As the program begins, for somebody else: its first place, nobody chosen or looked for."""
        self.top_bar.search.clear()
        for place in self._places.values():
            place.forget()
        self.go(next(iter(self._specs)))

    def _let_in(self, actor: Actor) -> None:
        """Somebody else starts anew, and so does emergency access in whoever's name; the same person, also of
        the day before, goes on where they were."""
        before, self._last_in = self._last_in, actor.person_id
        began, self._in_emergency = not self._in_emergency, actor.until is not None
        if self._store is not None and before != actor.person_id:
            self._store.set(LAST_PERSON, actor.person_id)
        if self.current and ((self._in_emergency and began) or before not in (0, actor.person_id)):
            self.start_anew()

    def place(self, place_id: str) -> Place:
        """The place; what belongs to another one finds its way there."""
        new = place_id not in self._places
        made = super().place(place_id)
        if new and isinstance(made, PatientsPlace):
            made.view.book_wanted.connect(self.book_patient)
            made.view.visit_wanted.connect(self.show_visit)
        return made

    def book_patient(self, patient_id: int) -> None:
        """The booking panel beside the board, for somebody found among the patients."""
        self.go("board")
        self._panels.book(self, self._desk, self._desk.today(), None, None, patient_id)

    def plan_course(self) -> None:
        """A course, for whoever is chosen in the place that is shown."""
        patient = self._places[self.current].chosen_patient()
        self.go("board")
        self._panels.plan_course(self, self._desk, patient)

    def list_to_place(self) -> None:
        """The courses with visits that still want a time."""
        self.go("board")
        self._panels.to_place(self, self._desk)

    def waitlist(self) -> None:
        """Who waits; with whoever is chosen in the place that is shown."""
        self._panels.waitlist(self, self._desk, self._places[self.current].chosen_patient())

    def pinboard(self) -> None:
        """What is parked; with whoever is chosen in the place that is shown."""
        patient = self._places[self.current].chosen_patient()
        self._place("board").board.to_pinboard(patient)

    def messages(self) -> None:
        """What waits for who is at work; a new message is about whoever is chosen."""
        self.notices.done_otherwise(self.messages)
        self._panels.messages(self, self._desk, self._places[self.current].chosen_patient())

    def crisis(self) -> None:
        """From anywhere: what is open gives way, and nothing of it is lost."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Dialog):
            dialog.reject()
        self.notices.done_otherwise(self.messages)  # the bell still counts them
        place = self._places[self.current]
        self._panels.crisis_card(self, self._desk, place.chosen_patient(), by_name=place.by_name)

    def import_list(self) -> None:
        """Patients from another system."""
        self._place("patients").bring()

    def repairs(self) -> None:
        self._place("set-up").open_part("repairs")

    def act_as(self) -> None:
        """Somebody else sits down: by the PIN where there are accounts, else chosen from the staff list."""
        if self.gate.on:
            self.gate.switch()
            return
        PersonPicker.ask(self, self._desk.setup.staff, self._take_person, self._desk.actor.person_id)

    def show_lobby(self) -> None:
        """Time, initials and status for those who wait, on the second screen."""
        show_lobby(self._desk, self)

    def choose_printer(self) -> None:
        """Where what is printed on this computer goes."""
        PrinterDialog.ask(self, self)

    def _take_person(self, staff_id: int) -> None:
        person = next(one for one in self._desk.setup.staff if one.id == staff_id)
        self._desk.act_as(Actor(person.id, person.roles, self._desk.actor.desk))
        self.say(tr("You act as {name} now.").format(name=person.name))

    def _name_person(self) -> None:
        wanted = self._desk.actor.person_id
        person = next((one for one in self._desk.setup.staff if one.id == wanted), None)
        name = person.name if person else tr("Nobody chosen")
        self.top_bar.person.set_person(name, person.initials if person else "?")

    def _heard(self, changes: Changes) -> None:
        if changes.days:  # what the line offers may be somebody else's by now
            self.top_bar.search.look_again()
        if changes.kinds & SET_UP_KINDS:
            self._setup_reader.read(self._read_setup)

    def _read_setup(self) -> Setup:
        return read_setup(self._desk.store)

    def _shown_day(self) -> date | None:
        place = self._places.get(board.BOARD)
        return place.shown_day if isinstance(place, BoardPlace) else None

    def _in_hand(self) -> InHand | None:
        place = self._places.get(board.BOARD)
        return place.in_hand if isinstance(place, BoardPlace) else None

    def begun(self, held: Sequence[QWidget]) -> bool:
        """Whether something is half-typed or in somebody's hand, with these dialogs open."""
        return self._in_hand() is not None or half_typed(self._centre, held)

    def _on_floor(self) -> bool:
        """Where whoever is looked for is mostly somebody who is here, or comes today."""
        return self.current == floor.FLOOR

    def _todays(self) -> Sequence[Visit] | None:
        """Today's visits as the floor shows them, where whoever is looked for is mostly one of theirs."""
        place = self._places.get(floor.FLOOR)
        return place.floor.read.visits if self._on_floor() and isinstance(place, FloorPlace) else None

    def _offer(self, found: object) -> None:
        """What Enter would take, as ghosts on the board where that is shown."""
        if self.current == board.BOARD or found is None:
            self._panels.preview(found, self._picked)

    def _picked(self, found: object) -> None:
        """A ghost was clicked."""
        self.top_bar.search.clear()
        self._go_to(found)

    def _line_left(self) -> None:
        """Whoever was found is who is worked on now; the text stays while ghosts of it are to be seen."""
        if not self._panels.stay():
            self.top_bar.search.clear()

    def _step_out(self) -> bool:
        """Esc: first what the line drew on the board, where somebody has left it for the board."""
        if not self.top_bar.search.line.hasFocus() and self._panels.preview(None, self._picked):
            self.top_bar.search.clear()
            return True
        return super()._step_out()

    def _go_to(self, found: object) -> None:
        if isinstance(found, VisitMeant | CourseMeant):
            self.go(board.BOARD)
            self.leave_search()
        if self._panels.take(self, found):
            return
        if isinstance(found, PersonMeant):
            self._to_person(found.found.person.id)
        elif isinstance(found, finding.NewPatient):
            self._place("patients").new_patient(found.typed)
        elif isinstance(found, finding.FoundCommand):
            self.leave_search()
            self.commands.run(found.command_id)
        elif isinstance(found, When):
            self._place("board").show_day(found.day, found.minute)

    def _to_person(self, patient_id: int) -> None:
        """On the floor to their card, else to their record: there a key means something else."""
        place = self._places.get(floor.FLOOR)
        if not (self._on_floor() and isinstance(place, FloorPlace) and place.choose_patient(patient_id)):
            self.show_patient(patient_id)

    def show_patient(self, patient_id: int) -> None:
        self._place("patients").show_patient(patient_id)

    def show_visit(self, visit: Visit) -> None:
        self._place("board").show_visit(visit.id, visit.day)

    def _place(self, place_id: str) -> Any:  # noqa: ANN401 - each place has calls of its own
        return self.go(place_id)

    def closeEvent(self, event: QCloseEvent) -> None:
        if at_printers() and not self._leaves_printing:
            event.ignore()
            self._ask_to_leave_printing()
            return
        if self._store is not None:
            self._store.set(LAST_PLACE, self.current)
        self.fail_safe.at_close()
        self.gate.end()
        self.backups.stop()
        super().closeEvent(event)

    def _ask_to_leave_printing(self) -> None:
        text = tr(
            "%n job(s) on the way to a printer. If you close now, nobody waits for them: what the printer "
            "has comes out, and it is on record that nobody knows.",
            "",
            at_printers(),
        )
        QuestionDialog.ask(self, tr("Something is still being printed"), text, tr("Close now"), self.leave)

    def leave(self) -> None:
        """Close without a question."""
        self._leaves_printing = True
        self.close()


def read_setup(store: ScheduleStore) -> Setup:
    with store.read() as records:
        return records.setup()
