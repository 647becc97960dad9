"""What is asked over the window: the page that stands there, and whether what is typed on it lets in."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.security import accounts as core
from clinic_desktop.security import emergency_access
from clinic_desktop.security.tries import FactorNeeded, FactorWanted, OwnPasswordWanted
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import HERE, run
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sign_in.cover import Cover
from clinic_desktop.ui.sign_in.entry_page import EntryPage
from clinic_desktop.ui.sign_in.known_people import KnownPeople
from clinic_desktop.ui.sign_in.new_passwords import NewPasswords
from clinic_desktop.ui.sign_in.page import SIGN_IN, STILL, Page


class Asking(QObject):
    """``begun``: whether something is half-typed by whoever is at work. ``entered``: it was right, and who
    may come in. ``too_late``: it was right, but was given up before; nobody comes in by it."""

    entered = Signal(Actor)
    too_late = Signal(Actor)

    def __init__(
        self, window: Shell, desk: Desk, desk_name: str, people: KnownPeople, begun: Callable[[], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._desk, self._desk_name, self._people, self._begun = desk, desk_name, people, begun
        self._meant = 0  # whoever went from their password to another page
        # What the server is asked still: in which turn, and who hears that it is away.
        self._asked: tuple[int, Callable[[ClinicProblem], object]] | None = None
        self.cover = cover = Cover(window, desk, desk_name)
        window.look.keys_in(cover)
        cover.entry.entered.connect(self._enter)
        cover.entry.anew.connect(self.give_up)
        cover.entry.code_wanted.connect(self._to_recover)
        cover.entry.emergency_wanted.connect(self._to_emergency)
        cover.recover.left.connect(self._back_to_entry)
        cover.emergency.wanted.connect(self._emergency)
        cover.emergency.left.connect(self._back_to_entry)
        cover.own.wanted.connect(self._choose_own)
        cover.digits.wanted.connect(self._enter_by_digits)
        cover.digits.code_wanted.connect(self._recover_instead)
        cover.factor.wanted.connect(self._choose_factor)
        for page in (cover.own, cover.digits, cover.factor):
            page.left.connect(self._back_to_entry)
        self._new = NewPasswords(self, desk, desk_name, cover, self._refused, self._say_late)
        self._new.made.connect(people.read)
        self._new.typed.connect(self._enter_anew)
        self._new.over.connect(self.to_entry)
        desk.outage.changed.connect(self._server_went)

    @property
    def _person(self) -> int:
        return self._desk.actor.person_id

    def show_known(self) -> None:
        """Others can sign in than before, or have a code: said, unless somebody has begun to type."""
        if self.cover.page is self.cover.entry:
            entry, people = self.cover.entry, self._people
            if not entry.secret.text() and not entry.people.line.text():
                current, chosen = entry.people.current, entry.chosen
                entry.show_known(people.known, people.staff(), current.id if current else 0, chosen=chosen)
                if chosen and not entry.chosen:  # theirs was closed: it begins with the name
                    self.cover.turn_to(entry, entry.first(who=True))
        elif self.cover.page is self.cover.recover:
            self._show_recoverable(self.cover.recover.meant)

    # Pages.

    def to_entry(self, staff_id: int = 0) -> None:
        """The password of ``staff_id``, else of whoever is at work here, else whoever chooses a name."""
        entry = self.cover.entry
        entry.wipe()
        there = {one.person.id for one in self._people.known}
        entry.show_known(
            self._people.known, self._people.staff(), staff_id if staff_id in there else self._person
        )
        entry.back.hide()
        self.cover.turn_to(entry, entry.first(who=not entry.chosen))

    def _back_to_entry(self) -> None:
        """To the password of whoever left it for another page, in whose line it cannot be read."""
        self.give_up()
        self.to_entry(self._meant)

    def to_switch(self) -> None:
        """A name, and back for whoever is at work here."""
        entry = self.cover.entry
        entry.wipe()
        entry.show_known(self._people.known, self._people.staff())
        entry.back.show()
        self.cover.turn_to(entry, entry.first(who=True))

    def to_first(self) -> None:
        """The first manager makes a password."""
        page = self.cover.first
        page.show_managers(self._people.managers())
        self.cover.turn_to(page, page.first())

    def _to_recover(self, current: int) -> None:
        self._meant = current
        page = self.cover.recover
        self._show_recoverable(current or self._person)
        self.cover.turn_to(page, page.first())
        self._people.read()  # one that was just made at another desk counts

    def _show_recoverable(self, current: int) -> None:
        """Who has a code, and whoever came to the page for their own."""
        people, able = self._people, {one.person.id for one in self._people.known}
        offered = people.with_code() | ({current} & able)
        managers = [one for one in people.managers() if one.id in able]
        those = [one for one in people.staff() if one.id in offered]
        self.cover.recover.show_people(those, current, people.with_code(), managers)

    def _to_emergency(self, current: int) -> None:
        """The name is asked for: in a hurry nobody looks whose stands there."""
        self._meant = current
        page = self.cover.emergency
        page.show_people(self._people.in_an_emergency(), 0)
        self.cover.turn_to(page, page.first())

    # Coming in.

    def _enter(self, staff_id: int, typed: str, pin: bool) -> None:
        if self._desk.outage.by_door:
            self._enter_away(staff_id, typed, pin)
            return
        way = core.switch if pin else core.sign_in
        work = partial(way, self._desk.store, self._desk_name, staff_id, typed)
        entered = self.entered.emit if pin else partial(self._admitted, typed)
        self._look(self.cover.entry, work, entered, partial(self._not_entered, staff_id, typed, pin))

    def give_up(self) -> None:
        """Whoever was to come in does not: an answer that is on its way opens nothing any more."""
        self.cover.left_alone()

    def _look(
        self,
        page: EntryPage | Page,
        work: Callable[[], Actor],
        right: Callable[[Actor], object],
        wrong: Callable[[ClinicProblem], object],
        pool: str = "",
        late: str = "",
    ) -> None:
        """Whether what was typed on the page is right, behind the window; one thing at a time. The answer is
        for whoever typed it, and for nobody who stands there after them. What this computer looks at by
        itself waits for nothing that a server was asked. ``late``: what is said, by their name, of what was
        done after they left."""
        turn = self.cover.turn

        def came(actor: Actor) -> None:
            if self._waited_for(page, turn):
                right(actor)
            else:
                self.too_late.emit(actor)
                if late:
                    self._say_late(tr(late).format(name=self._desk.name_of(actor.person_id)))

        def not_come(problem: ClinicProblem) -> None:
            if self._waited_for(page, turn):
                wrong(problem)

        key = _AT_THE_DOOR if pool == HERE else SIGN_IN
        if run(self, work, came, not_come, key=key, quiet=True, pool=pool) is None:
            page.show_problem(EnvironmentFailure(tr(STILL)))
        elif key == SIGN_IN:
            self._asked = turn, wrong

    def _waited_for(self, page: EntryPage | Page, turn: int) -> bool:
        if self._asked is not None and self._asked[0] == turn:
            self._asked = None
        stays = turn == self.cover.turn
        if not stays and isinstance(page, Page):
            page.busy(on=False)
        return stays

    def _server_went(self) -> None:
        """What it was asked and does not answer lets nobody in later, and holds up nobody now: it is as if
        it had answered that it is away."""
        if self._desk.outage.by_door and self._asked is not None:
            (turn, wrong), self._asked = self._asked, None
            if turn == self.cover.turn:
                self.give_up()
                wrong(ServerAway(tr(_WENT)))

    def _enter_anew(self, staff_id: int, password: str) -> None:
        self.to_entry()
        self._enter(staff_id, password, pin=False)

    def _admitted(self, password: str, actor: Actor) -> None:
        self._desk.outage.admit(actor, password)
        self.entered.emit(actor)

    def _not_entered(self, staff_id: int, typed: str, pin: bool, problem: ClinicProblem) -> None:
        if isinstance(problem, OwnPasswordWanted | FactorWanted | FactorNeeded):
            self._to_next(staff_id, typed, problem)
        elif isinstance(problem, ServerAway) and self._desk.outage.door is not None:
            self._desk.outage.gone()
            self._enter_away(staff_id, typed, pin)
        else:
            self._refused(self.cover.entry, problem)

    def _to_next(self, staff_id: int, password: str, wanted: ClinicProblem) -> None:
        """The password is right, and something more is asked before anything opens."""
        name = next((one.name for one in self._people.staff() if one.id == staff_id), "")
        self._meant = staff_id
        cover = self.cover
        cover.entry.wipe()
        if isinstance(wanted, OwnPasswordWanted):
            cover.own.begin(staff_id, password, name)
            cover.turn_to(cover.own, cover.own.first())
        elif isinstance(wanted, FactorWanted):
            cover.digits.begin(staff_id, password, name)
            cover.turn_to(cover.digits, cover.digits.first())
        else:
            cover.factor.begin(staff_id, password, name, self._desk.setup.clinic.name)
            cover.turn_to(cover.factor, cover.factor.first())

    def _choose_own(self, staff_id: int, given: str, new: str) -> None:
        work = partial(core.choose_password, self._desk.store, self._desk_name, staff_id, given, new)
        self._go_further(self.cover.own, (staff_id, new), work, _GIVEN_AWAY)

    def _enter_by_digits(self, staff_id: int, password: str, code: str) -> None:
        work = partial(core.sign_in, self._desk.store, self._desk_name, staff_id, password, code)
        self._go_further(self.cover.digits, (staff_id, password), work, _FACTOR_AWAY)

    def _choose_factor(self, staff_id: int, password: str, secret: bytes, code: str) -> None:
        store, desk = self._desk.store, self._desk_name
        work = partial(core.choose_factor, store, desk, staff_id, password, secret, code)
        self._go_further(self.cover.factor, (staff_id, password), work, _FACTOR_AWAY)

    def _go_further(self, page: Page, who: tuple[int, str], work: Callable[[], Actor], away: str) -> None:
        """In by what a page asks for beside the password. ``away``: what is said without the server."""
        staff_id, password = who
        if self._desk.outage.by_door:
            self._refused(page, EnvironmentFailure(tr(away)))
            return

        def refused(problem: ClinicProblem) -> None:
            if isinstance(problem, FactorNeeded):
                self._to_next(staff_id, password, problem)
            elif isinstance(problem, ServerAway):
                self._desk.outage.gone()
                self._refused(page, EnvironmentFailure(tr(away)))
            else:
                self._refused(page, problem)

        def admitted(actor: Actor) -> None:
            if page is self.cover.factor:
                self.cover.factor.confirmed(staff_id)
            self._admitted(password, actor)

        page.busy(on=True)
        late: dict[Page, str] = {self.cover.own: _OWN_SET, self.cover.factor: _FACTOR_SET}
        self._look(page, work, admitted, refused, late=late.get(page, ""))

    def _say_late(self, said: str) -> None:
        """Where it is seen now: of whoever typed it and has left."""
        if self.cover.isVisible():
            self.cover.say_why(said)
        else:
            self._window.notice(said)

    def _recover_instead(self) -> None:
        """Without the phone: the password goes, and the code is asked for."""
        self._to_recover(self._meant)

    def _refused(self, page: EntryPage | Page, problem: ClinicProblem) -> None:
        """Not done: the page of the cover that was asked says why."""
        page.show_problem(problem)

    def _enter_away(self, staff_id: int, typed: str, pin: bool) -> None:
        """By the password that opens what this computer keeps. A PIN opens nothing: it is too short."""
        door, now = self._desk.outage.door, self._desk.now()
        entry = self.cover.entry
        if pin or door is None:
            self._refused(entry, EnvironmentFailure(tr(_NO_PIN)))
            return
        if any(one.given for one in self._people.known if one.person.id == staff_id):
            self._refused(entry, EnvironmentFailure(tr(_GIVEN_AWAY)))
            return
        if any(one.has_factor for one in self._people.known if one.person.id == staff_id):
            self._refused(entry, EnvironmentFailure(tr(_FACTOR_AWAY)))
            return
        if self._person not in (0, staff_id) and self._begun():
            name = next((one.name for one in self._desk.setup.staff if one.id == self._person), "")
            self._refused(entry, EnvironmentFailure(tr(_NOT_FINISHED).format(name=name)))
            return
        enter = partial(door.enter, staff_id, typed, self._desk_name, now)
        self._look(entry, lambda: enter()[0], self.entered.emit, partial(self._refused, entry), HERE)

    def _emergency(self, staff_id: int, reason: str) -> None:
        self.cover.emergency.busy(on=True)
        work = partial(emergency_access.emergency, self._desk.store, self._desk_name, staff_id, reason)
        page = self.cover.emergency
        self._look(page, work, self._emergency_given, partial(self._refused, page))

    def _emergency_given(self, actor: Actor) -> None:
        self.cover.emergency.busy(on=False)
        self.entered.emit(actor)


_AT_THE_DOOR = "sign-in-here"
_WENT = QT_TR_NOOP(
    "The server does not answer any more. Use a password that was used on this computer, or the paper for "
    "the day."
)
_OWN_SET = QT_TR_NOOP("The new password of {name} is set.")
_FACTOR_SET = QT_TR_NOOP("The second factor of {name} is on.")
_NO_PIN = QT_TR_NOOP("The server does not answer; use your password. The PIN counts again once it is back.")
_GIVEN_AWAY = QT_TR_NOOP(
    "The server does not answer. A password that a manager gave opens nothing until it is changed, and that "
    "waits for the server. Let a colleague in who has signed in here before, or use the paper for the day."
)
_FACTOR_AWAY = QT_TR_NOOP(
    "The server does not answer. Nobody who signs in with a second factor comes in until it is back. Let a "
    "colleague in who has signed in here before, or use the paper for the day."
)
_NOT_FINISHED = QT_TR_NOOP(
    "{name} was typing something, and it can only be put away with the server. {name} unlocks and finishes "
    "or leaves it; until then write down on paper what happens."
)
