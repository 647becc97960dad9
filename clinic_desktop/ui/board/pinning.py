"""Parking the selected visit, and taking one from the pinboard into the hand on the day that is shown."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.pinboard import Parked, Pinned, park, pinboard, put_back
from clinic_desktop.ui.board.block import Block
from clinic_desktop.ui.board.board import Board
from clinic_desktop.ui.board.parking import Parking
from clinic_desktop.ui.board.scene import ViewKind
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.places import Frame

_EVERY_MS = 60_000  # since when it lies there
_MATTERS = frozenset({"pin", "visit", "patient"})


class Pinning(QObject):
    """Fills the tray, and does what is asked of it."""

    def __init__(self, frame: Frame, desk: Desk, board: Board) -> None:
        super().__init__(board)
        self._frame, self._desk, self._board = frame, desk, board
        self._tray = board.page.tray
        self._taking: tuple[int, date] | None = None  # the visit, and the day it is to be placed on
        self._awake = False
        self._whose: int | None = None  # the patient whose visit is looked for on the pinboard
        self._reader: LatestReader[list[Parked]] = LatestReader(self, self._read)
        self._parking = Parking(board.page.board, board.page.bar, self._tray, self._park_held)
        self._minute = QTimer(self)
        self._minute.setInterval(_EVERY_MS)
        self._minute.timeout.connect(self._look)
        self._tray.list.wanted.connect(self.take)
        self._tray.list.unwanted.connect(self._put_back)
        board.page.board.visit_changed.connect(self._visit_selected)
        board.pinboard_wanted.connect(self.enter)
        desk.hub.changed.connect(self._heard)

    def start(self) -> None:
        self._awake = True
        self._minute.start()
        self._look()

    def rest(self) -> None:
        self._awake = False
        self._taking = None
        self._minute.stop()

    def _heard(self, changes: Changes) -> None:
        if self._awake and changes.kinds & _MATTERS:
            self._look()

    def _look(self, then: Callable[[], object] | None = None) -> None:
        store = self._desk.store

        def work() -> list[Parked]:
            with store.read() as records:
                return pinboard(records)

        self._reader.read(work, then)

    def _read(self, pins: list[Parked]) -> None:
        focused = self._tray.list.hasFocus()
        self._tray.show_pins(pins, self._desk.setup, self._desk.now())
        if focused and not pins:
            self._board.page.focus_work()

    def enter(self, patient_id: int | None = None) -> None:
        """To the pinboard, and to a patient's visit there; read anew, for whoever just came here."""
        self._whose = patient_id
        if self._tray.list.pins:
            self._enter()
        self._look(self._enter)

    def _enter(self) -> None:
        pins = self._tray.list.pins
        if not pins:
            self._frame.say(tr("Nothing is parked."))
            return
        self._tray.list.setFocus()
        mine = (place for place, one in enumerate(pins) if one.patient.id == self._whose)
        self._tray.list.take(next(mine, -1))

    # What is done.

    def park(self) -> None:
        """The selected visit: it keeps its time until it is placed again."""
        block = self._board.selected_block
        if block is None:
            self._frame.say(tr("Select a visit first"))
        else:
            self._park(block)

    def _park_held(self, block: Block) -> None:
        """What was in the hand; one that lies on the pinboard already stays there."""
        if any(one.visit.id == block.id for one in self._tray.list.pins):
            self._frame.say(tr("It stays on the pinboard."))
        else:
            self._park(block)

    def _park(self, block: Block) -> None:
        desk = self._desk
        run(
            self,
            partial(park, desk.store, desk.actor, block.id),
            partial(self._parked, block.name),
            key="pin",
        )

    def _parked(self, name: str, done: Pinned) -> None:
        pin = done.pin
        words = tr("{name} is parked and keeps the old time.").format(name=name)
        mine = self._desk.did(done.changes)
        self._frame.say(words, partial(self._take_off, pin.id, pin.version) if mine else None)
        self._desk.hub.tell(done.changes)

    def _put_back(self, parked: Parked) -> None:
        self._take_off(parked.pin.id, parked.pin.version)

    def _take_off(self, pin_id: int, version: int) -> None:
        desk = self._desk
        run(self, partial(put_back, desk.store, desk.actor, pin_id, version), self._off, key="pin")

    def _off(self, done: Pinned) -> None:
        self._frame.say(tr("Off the pinboard. The visit stays where it is."))
        self._desk.hub.tell(done.changes)

    def take(self, parked: Parked) -> None:
        """Into the hand, over the day that is shown: arrows or the mouse place it, Esc puts it back."""
        board, visit = self._board, parked.visit
        self._taking = (visit.id, board.turner.shown.day)
        if board.turner.shown.kind is not ViewKind.ROOMS:
            board.look(ViewKind.ROOMS)
        board.page.focus_work()
        if board.page.board.selected_visit == visit.id:
            self._pick_up()
        else:
            board.show_visit(visit.id, visit.day)

    def _visit_selected(self, visit_id: int | None) -> None:
        if self._taking is not None and visit_id == self._taking[0]:
            self._pick_up()

    def _pick_up(self) -> None:
        taking, self._taking = self._taking, None
        if taking is None or not self._board.page.board.pick_up(by_key=True):
            return
        self._board.page.board.carrying.lead()
        self._frame.say(tr("Arrows or the mouse place it, Enter saves, Esc leaves it on the pinboard."))
        if self._board.turner.shown.day != taking[1]:
            self._board.turner.go_to(taking[1])
