"""What every screen stands on: the store, who acts, the clock, and the news of changes."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import Clock, local_day, local_time
from clinic_desktop.foundation.document import RenderPdf
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.security.ports import OnlyLookedAt
from clinic_desktop.ui.outage.outage import Outage
from clinic_desktop.ui.widgets.square_code import SquaresOf


class ChangeHub(QObject):
    """Hands every change, this desk's or another's, to the views; each decides whether it is stale."""

    changed = Signal(object)  # Changes

    def tell(self, changes: Changes) -> None:
        """News from a use case or the change feed. Nothing touched: nobody is told."""
        if changes:
            self.changed.emit(changes)


class Desk(QObject):
    """One running desk. Screens get it from the shell and keep no other handle to the program."""

    remembered = Signal(object)  # Changes
    recorded = Signal()
    actor_changed = Signal()
    setup_changed = Signal()

    def __init__(
        self,
        store: ScheduleStore,
        actor: Actor,
        clock: Clock,
        setup: Setup,
        render: RenderPdf | None = None,
        squares: SquaresOf | None = None,
    ) -> None:
        """``render`` sets pages for paper; None where nothing is printed. ``squares`` makes square codes."""
        super().__init__()
        self.squares = squares
        self.store, self.clock, self.render = store, clock, render
        self.hub = ChangeHub(self)
        self.outage = Outage(store, clock, self)
        self._actor, self._setup = actor, setup

    @property
    def actor(self) -> Actor:
        """Who acts now; an argument of every use case."""
        return self._actor

    @property
    def only_looks(self) -> bool:
        """Whether the clinic is open to look at only: nothing is saved."""
        return isinstance(self.store, OnlyLookedAt)

    def act_as(self, actor: Actor) -> None:
        same, self._actor = actor == self._actor, actor
        if not same:
            self.actor_changed.emit()

    def did(self, changes: Changes) -> bool:
        """Whether whoever acts now did this, and nobody who left before it was answered."""
        return changes.by in (None, self._actor.person_id)

    def remember(self, changes: Changes) -> None:
        """Whoever acts did this here: a change of the plan can be undone from now on. After it was said."""
        if self.did(changes):
            self.remembered.emit(changes)

    def record(self, changes: Changes) -> None:
        """Whoever acts wrote this here, and no key takes it back: it is corrected where it stands. Every view
        hears of it."""
        self.hub.tell(changes)
        if self.did(changes):
            self.recorded.emit()

    @property
    def setup(self) -> Setup:
        """The set-up as last read: for drawing. Use cases read their own inside the transaction."""
        return self._setup

    def renew_setup(self, setup: Setup) -> None:
        self._setup = setup
        self.setup_changed.emit()

    def name_of(self, person_id: int) -> str:
        """Of somebody who works here or did; empty for nobody."""
        return next((one.name for one in self._setup.staff if one.id == person_id), "")

    @property
    def zone(self) -> str:
        return self._setup.clinic.zone

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return local_day(self.now(), self.zone)

    def minute_now(self) -> int:
        """Minute of the clinic's day."""
        return local_time(self.now(), self.zone).minute

    def work(self, use_case: Callable[..., Changes], *args: object, **more: object) -> Callable[[], Changes]:
        """The work of an operation, ``use_case(store, actor, ...)``, by whoever acts now: by the time that a
        worker begins it somebody else may sit here."""
        return partial(use_case, self.store, self._actor, *args, **more)
