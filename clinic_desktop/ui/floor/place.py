"""The Floor as a place of the window: its commands, its parts, and the ways between them."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.scoring import Scored
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.rights import Right, may
from clinic_desktop.treatment.model import StampKind
from clinic_desktop.treatment.to_see import ToSee
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.decisions.commands import KEY as TO_DECISIONS
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.floor import commands
from clinic_desktop.ui.floor.actions import FloorActions
from clinic_desktop.ui.floor.checklist import Item
from clinic_desktop.ui.floor.driver_hand import DriverHand
from clinic_desktop.ui.floor.entries import BY_KIND
from clinic_desktop.ui.floor.floor import Floor
from clinic_desktop.ui.floor.hand import Hand
from clinic_desktop.ui.floor.next_due import after
from clinic_desktop.ui.floor.panel import WIDTH, RecordPanel
from clinic_desktop.ui.floor.tile import Tile
from clinic_desktop.ui.floor.to_see_panel import ToSeePanel
from clinic_desktop.ui.floor.view import FloorView
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.scores.panel import Asked, ScorePanel, tell
from clinic_desktop.ui.theme import theme
from clinic_desktop.ui.wall.wall import Wall, show_wall
from clinic_desktop.ui.widgets.date_navigator import DateNavigator

_BESIDE = 1100  # from this width of the window on the panel stands beside the cards


class FloorPlace(Place):
    """The screen a clinic leaves open all day."""

    def __init__(self, frame: Frame, desk: Desk, render: RenderPdf) -> None:
        self.title = tr("Floor")
        self._frame, self._desk = frame, desk
        self.navigator = DateNavigator(desk.today, self._parse, short_date)
        self.view = FloorView(self.navigator)
        # They belong to the view and end with it, shown or not; the window puts them beside the cards.
        self.panel = RecordPanel(self.view)
        self.waiting = ToSeePanel(lambda: desk.setup, self.view)
        self.scores: ScorePanel | None = None
        self.wall: Wall | None = None
        self.panel.hide()
        self.waiting.hide()
        self.floor = Floor(desk, self.view, self.panel)
        self.actions = FloorActions(frame, desk, render, self.view)
        self.hand = Hand(frame, desk, self.floor, self.panel, self.actions, self.view)
        self.driver = DriverHand(desk, self.hand, self.panel, self.actions)
        self.hand.reveal, self.hand.back = self._reveal, self._to_cards
        self._beside: bool | None = None
        self._shown = False
        self.view.list.typed.connect(self.hand.open)
        self.view.list.opened.connect(self._opened)
        self.view.due.picked.connect(self.view.list.go_to)
        self.navigator.picked.connect(self.floor.go_to)
        self.navigator.through.connect(self.focus_work)
        self.floor.turned.connect(self.navigator.set_day)
        self.view.list.picked.connect(self.hand.chose)
        self.view.resized.connect(self._place_panel)
        self.panel.line.left.connect(self.escape)
        self.panel.item_chosen.connect(self._item)
        self.panel.entry_chosen.connect(self.hand.correct)
        self.panel.command.connect(frame.commands.run)
        self._connect_waiting()
        self.floor.overrun.connect(self.actions.note_overruns)

    def _connect_waiting(self) -> None:
        """What is to be seen to, with its own panel."""
        self.view.to_see.fired.connect(self._to_see)
        self.floor.came.connect(self._show_waiting)
        self._desk.actor_changed.connect(self._show_waiting)
        self.waiting.decision_wanted.connect(partial(self._ask, "decisions", "show_incident"))
        self.waiting.form_wanted.connect(partial(self._ask, "ledger", "show_form"))
        self.waiting.visit_wanted.connect(self._show_waiting_visit)
        self.waiting.left.connect(self.escape)

    # The place.

    def widget(self) -> QWidget:
        return self.view

    def top_bar_widget(self) -> QWidget:
        return self.view.clock

    def panes(self) -> Sequence[QWidget]:
        return (self.view.list,)

    def activated(self) -> None:
        self._shown, self._beside = True, None
        self.panel.refusal.hide()  # it was true before; what was missing may have been settled elsewhere
        self._place_panel()
        self.floor.start()

    def deactivated(self) -> None:
        self._shown = False
        self.floor.rest()

    def focus_work(self) -> None:
        self.view.list.setFocus()

    def escape(self) -> bool:
        """Out of a refusal or a correction, then back to the cards; there it ends."""
        if self.waiting.isVisible() and self.waiting.chosen is not None:
            self.waiting.choose_none()
            self.waiting.focus_list()
            return True
        open_ = (self.panel.refusal, self.panel.correcting, self.panel.naming, self.panel.driver)
        if any(one.isVisible() for one in open_):
            self.hand.calm()
        self._to_cards()
        return True

    def commands(self) -> Sequence[Bound]:
        hand, chosen = self.hand, self._has_stay
        picks = (Bound(one, partial(self._pick, n)) for n, one in enumerate(commands.PICK, 1))
        return (
            Bound(commands.LINE, hand.open, chosen),
            Bound(commands.ARRIVED, hand.arrived, chosen),
            Bound(commands.NEXT, hand.next, chosen),
            Bound(commands.LOG, self._to_log, chosen),
            Bound(commands.DRIVER_HERE, hand.driver_here, chosen),
            Bound(commands.SHEET, hand.sheet, chosen),
            Bound(commands.RELEASE, hand.release, chosen),
            Bound(commands.END, hand.end, chosen),
            Bound(commands.NAME_DRIVER, self.driver.open, chosen),
            Bound(commands.OVERRIDE, hand.override, chosen),
            Bound(commands.SCORES, self.ask_scores, chosen),
            Bound(commands.PATIENT, self._patient, chosen),
            Bound(commands.BOARD, self._board, chosen),
            Bound(commands.REPAIR_DAY, self._repair_day),
            Bound(commands.TO_SEE, self._to_see),
            Bound(commands.NEXT_DUE, self._next_due),
            Bound(commands.WALL, self.show_wall),
            Bound(commands.UNCLOSED, self._next_unclosed),
            Bound(commands.TODAY, self.navigator.go_today),
            Bound(commands.BACK, self.navigator.back),
            Bound(commands.FORWARD, self.navigator.forward),
            Bound(commands.GO_TO, self.navigator.ask),
            *picks,
        )

    def chosen_room(self) -> int | None:
        return self.floor.stay.visit.room_id if self.floor.stay else None

    def show_visit(self, visit_id: int, day: date | None = None) -> None:
        """Choose a visit, asked for by another place; ``day`` spares looking it up."""
        self.floor.show_visit(visit_id, day)

    def choose_patient(self, patient_id: int) -> bool:
        """Choose the visit of somebody by name; False where they have none on the floor as it is shown."""
        read = self.floor.read
        there = (*read.here, *read.unclosed, *read.coming, *read.done)
        stay = next((one for one in there if one.care.patient.id == patient_id), None)
        if stay is None or not self.view.list.go_to(stay.id):
            return False
        self._to_cards()
        return True

    def ask_time(self, visit_id: int, day: date, kind: StampKind) -> None:
        """Choose a visit of an earlier day and ask when something happened, for another place."""
        self.floor.show_visit(visit_id, day, partial(self.hand.ask_time, kind))

    # What is to be seen to.

    def _to_see(self) -> None:
        self._show_waiting()
        if self.floor.read.waiting == ToSee():
            self._frame.say(tr("No incident is open, and no form is due"))
            return
        self._frame.show_panel(self.waiting, WIDTH)
        self.waiting.focus_list()

    def _show_waiting(self) -> None:
        read = self.floor.read
        self.waiting.show_waiting(read.waiting, read.today, may_close=may(self._desk.actor, Right.CLEAR))

    # Scores.

    def ask_scores(self) -> None:
        """The panel where a score of the chosen patient is typed, for the visit."""
        stay = self.floor.stay
        if stay is None:
            return
        self._drop_scores()
        care = stay.care
        missing = care.course.missing(care.type)
        asked = Asked(care.patient.id, care.patient.name, stay.id, missing)
        self.scores = ScorePanel(self._desk, asked)
        self.scores.done.connect(partial(self._scored, asked.name))
        self.scores.closed.connect(self.escape)
        if self._frame.show_panel(self.scores, WIDTH):
            self.scores.start()
        else:
            self._drop_scores()

    def _scored(self, name: str, scored: Scored) -> None:
        self._to_cards()
        tell(self._frame, name, scored)

    def _drop_scores(self) -> None:
        if self.scores is not None:
            self.scores.deleteLater()
            self.scores = None

    def _show_waiting_visit(self, visit: Visit) -> None:
        self.waiting.choose_none()
        self._to_cards()
        self.show_visit(visit.id, visit.day)

    # Between the parts.

    def _place_panel(self) -> None:
        """Beside the cards where there is room, else folded away until it is wanted."""
        beside = self.view.window().width() >= theme().px(_BESIDE)
        if not self._shown or beside == self._beside:
            return
        self._beside = beside
        self.navigator.set_narrow(not beside)
        if beside:
            self._reveal()
        else:
            self._frame.close_panel()

    def _reveal(self) -> None:
        if not self.panel.isVisible():
            self._frame.show_panel(self.panel, WIDTH)

    def _to_cards(self) -> None:
        self.focus_work()
        if not self._beside:
            self._frame.close_panel()
        elif self.waiting.isVisible() or self.scores is not None:
            self._reveal()
        self._drop_scores()

    def _has_stay(self) -> bool:
        return self.floor.stay is not None

    def _parse(self, typed: str) -> date | None:
        return typed_day(typed.strip().lower(), self._desk.today())

    def _opened(self) -> None:
        """Enter: to the line, or to the day of a visit that another day left open."""
        stay = self.floor.stay
        if stay is not None and stay in self.floor.read.unclosed and stay.visit.day != self.floor.day:
            self.floor.show_visit(stay.id, stay.visit.day)
        else:
            self.hand.open()

    def _next_unclosed(self) -> None:
        if not self.floor.to_next_unclosed():
            self._frame.say(tr("Every visit of the days before is closed"))

    def show_wall(self) -> None:
        """The rooms for a screen in the corridor; where it is open already, it is brought to the front."""
        if self.wall is not None:
            self.wall.activateWindow()
            return
        self.wall = show_wall(self._desk, self.view.window())
        self.wall.left.connect(self._wall_left)

    def _wall_left(self) -> None:
        self.wall = None

    def _next_due(self) -> None:
        found = after(self.view.due.lines, self.view.list.current)
        if not self.view.list.go_to(found):
            self._frame.say(tr("Nothing is due"))
        self.focus_work()

    def _pick(self, number: int) -> None:
        """To the tile of a room: who is in it, or the room itself; on another day who was to have it."""
        self.floor.once_read(partial(self._go_to_number, number))
        self.focus_work()

    def _go_to_number(self, number: int) -> None:
        row = next((one for one in self.floor.rows if one.number == number), None)
        if row is None or not row.visit_id:
            self._frame.say(self._nobody_has(number))
        if isinstance(row, Tile):
            self.view.list.go_to_room(row.room_id)
        elif row is not None:
            self.view.list.go_to(row.visit_id)

    def _nobody_has(self, number: int) -> str:
        """Whoever is in the room keeps the number that they have: nobody is chosen by another."""
        card = self.floor.in_room(number)
        if card is None:
            return tr("Nobody is in room number {n}, and nobody comes").format(n=number)
        if not card.number:
            return tr("{name} is in {room}, and has no number").format(name=card.name, room=card.room)
        key = key_text(commands.PICK[card.number - 1].key)
        return tr("{name} is in {room}: {key}").format(name=card.name, room=card.room, key=key)

    def _to_log(self) -> None:
        self._reveal()
        self.panel.to_log()

    def _item(self, item: Item) -> None:
        """Settle an item: the key that stands on it."""
        if item.kind is StampKind.SHEET_HANDED:
            self.hand.next_sheet()
        elif item.kind is not None:
            self.hand.open(BY_KIND[item.kind].begins.lower())
        elif item.key == commands.NAME_DRIVER.key:
            self.driver.open()
        elif item.key == commands.SCORES.key:
            self.ask_scores()
        elif item.key == TO_DECISIONS:
            self._about_patient("decisions", "show_review")
        elif item.key:
            self._patient()

    def _patient(self) -> None:
        self._about_patient("patients", "show_patient")

    def _about_patient(self, place_id: str, what: str) -> None:
        stay = self.floor.stay
        if stay is not None:
            self._ask(place_id, what, stay.care.patient.id)

    def _repair_day(self) -> None:
        """For the visit that lost its room, to this patient or as this patient's."""
        stay = self.floor.stay
        lost = [] if stay is None else [one.id for one, _ in stay.displaced]
        if stay is not None and stay.visit.displaced:
            lost.insert(0, stay.id)
        self.actions.repair_day(self.floor.day, lost[0] if lost else None)

    def _board(self) -> None:
        stay = self.floor.stay
        if stay is not None:
            self._ask("board", "show_visit", stay.id)

    def _ask(self, place_id: str, what: str, number: int) -> None:
        """Go to another place and show it whom we mean, where it can be told."""
        tell = getattr(self._frame.go(place_id), what, None)
        if callable(tell):
            tell(number)


def floor_spec(desk: Desk, render: RenderPdf) -> PlaceSpec:
    """The floor for the rail; ``render`` sets the pages of a sheet."""
    return PlaceSpec(
        commands.FLOOR, QT_TR_NOOP("Floor"), "floor", "Alt+2", lambda frame: FloorPlace(frame, desk, render)
    )
