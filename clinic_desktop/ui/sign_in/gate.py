"""Who may see the clinic on this computer: signing in, the lock, and who takes over from whom.

A clinic with accounts is opened behind the cover. The lock changes nobody: what is open belongs to whoever
opened it and is there when they are back. Before another person goes on, what is half-typed is closed, after
it was said: nothing is ever saved under another's name.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cached_property, partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day, local_time
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.people.model import Staff
from clinic_desktop.security import accounts as core
from clinic_desktop.security import emergency_access, giving_accounts, own_account
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.recovery_code import RecoveryCode
from clinic_desktop.security.tries import FactorNeeded, FactorWanted, Known, NotLetIn, OwnPasswordWanted
from clinic_desktop.ui.alarms.words import ID as ALARM
from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import HELP_ID, LOCK_ID
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import AT_PRINTERS, run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.printers import Printed, print_pages, printer_here
from clinic_desktop.ui.recorded_print import Leaving
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sign_in.code_sheet import code_sheet
from clinic_desktop.ui.sign_in.cover import Cover
from clinic_desktop.ui.sign_in.covering import Covering
from clinic_desktop.ui.sign_in.entry_page import EntryPage
from clinic_desktop.ui.sign_in.idle import IdleWatch
from clinic_desktop.ui.sign_in.own_secrets import OWN, OwnSecretsDialog
from clinic_desktop.ui.sign_in.page import Page
from clinic_desktop.ui.wording import problem_worded

LOCK = Command(
    LOCK_ID,
    QT_TR_NOOP("Lock now"),
    ("Ctrl+F1",),
    icon="lock",
    opens=True,
    also=QT_TR_NOOP("sign out log off leave away hide"),
)
EMERGENCY_BANNER = "emergency-access"
_FLOOR = "floor"
_AGAIN_MS = 5_000  # until it is asked again whether whoever is here still may be
_ACCOUNTS = frozenset({"staff", "account", "clinic"})


class Gate(QObject):
    """``start`` with the accounts of a clinic that has some, or is to have; without it nobody signs in.

    ``hand_over``: opens a fresh window for another person, where something half-typed is closed; without one
    the window stays. ``let_in`` comes with everybody who goes on.
    """

    let_in = Signal(Actor)

    def __init__(
        self, window: Shell, beneath: QWidget, desk: Desk, begun: Callable[[Sequence[QWidget]], bool]
    ) -> None:
        """``begun``: whether something is half-typed, with these dialogs open."""
        super().__init__(window)
        self._begun = begun
        self._window, self._desk = window, desk
        self.desk_name = settings.desk_name()
        self._on = False
        self._known: list[Known] = []
        self._taking_over: Actor | None = None
        self._code_for: Actor | None = None
        self._first_password = ("", 0)
        self._meant = 0  # whoever went from their password to another page
        self._signed_out = False
        self._renew_again = False
        self._missed = Changes()
        self.hand_over: Callable[[Actor], object] | None = None
        self._covering = Covering(window, beneath)
        self.idle = IdleWatch(self, desk.now, self._limit)
        self.idle.expired.connect(self._expired)
        self._ends = QTimer(self, singleShot=True)
        self._ends.timeout.connect(self._emergency_over)
        window.banners.changed.connect(self._show_alarm)
        desk.hub.changed.connect(self._heard)
        self._was_away = False
        desk.outage.changed.connect(self._server_went_or_came)

    @cached_property
    def cover(self) -> Cover:
        """Made when it is first wanted: where nobody signs in it never is."""
        cover = Cover(self._window, self._desk, self.desk_name)
        self._window.look.keys_in(cover)
        cover.entry.set_away(self._was_away)
        cover.entry.entered.connect(self._enter)
        cover.entry.left.connect(self._stay)
        cover.entry.code_wanted.connect(self._to_recover)
        cover.entry.emergency_wanted.connect(self._to_emergency)
        cover.first.wanted.connect(self._make_first)
        cover.recover.wanted.connect(self._recover)
        cover.recover.left.connect(self._back_to_entry)
        cover.emergency.wanted.connect(self._emergency)
        cover.emergency.left.connect(self._back_to_entry)
        cover.code.print_wanted.connect(self._print)
        cover.code.done.connect(self._code_typed)
        cover.own.wanted.connect(self._choose_own)
        cover.digits.wanted.connect(self._enter_by_digits)
        cover.digits.code_wanted.connect(self._recover_instead)
        cover.factor.wanted.connect(self._choose_factor)
        for page in (cover.own, cover.digits, cover.factor):
            page.left.connect(self._begun_left)
        cover.take_over.confirmed.connect(self._take_over)
        cover.take_over.left.connect(self._not_taken_over)
        return cover

    def bound(self) -> list[Bound]:
        return [
            Bound(LOCK, self.lock, lambda: self._on, otherwise=self._say_no_lock),
            Bound(OWN, self.own, self._has_account, otherwise=self._say_no_account),
        ]

    def own(self) -> None:
        """One's own password and PIN."""
        there = any(one.has_factor for one in self._known if one.person.id == self.person)
        shown = self.cover.factor.shown
        OwnSecretsDialog.ask(
            self._window, self._desk, self._window, self._read_known, factor=there, shown=shown
        )

    # Without the server.

    @property
    def _away(self) -> bool:
        """Whether people come in by what this computer keeps."""
        outage = self._desk.outage
        return outage.away_since is not None and outage.door is not None

    def _server_went_or_came(self) -> None:
        """The page says that the PIN does not count meanwhile; after it whoever came in is looked at."""
        if self._away == self._was_away:
            return
        self._was_away = self._away
        if "cover" in self.__dict__:
            self.cover.entry.set_away(self._away)
        if not self._was_away and self._on:
            self._read_known()
            self._renew()

    def _has_account(self) -> bool:
        return self._on and any(one.person.id == self.person for one in self._known)

    def _say_no_account(self) -> None:
        text = tr("A manager gives accounts in Set-up, Staff and shifts.")
        self._window.notice(tr("You have no account here"), text)

    # What it is now.

    @property
    def on(self) -> bool:
        """Whether people sign in here."""
        return self._on

    @property
    def shut(self) -> bool:
        """Whether nobody may see the clinic now."""
        return self._covering.on

    @property
    def person(self) -> int:
        return self._desk.actor.person_id

    # Beginning.

    def start(self, known: Sequence[Known]) -> None:
        """The clinic is open: nobody sees it before somebody was let in. Nobody known: the first manager
        makes a password. Where nobody is a manager nobody could: people choose who they are, as before."""
        if not known and not self._managers():
            return
        self._on, self._known = True, list(known)
        self._desk.act_as(Actor(0, frozenset(), self.desk_name))
        self.idle.start()
        if known:
            self._shut(self._to_entry)
        else:
            self._shut(self._to_first)

    def take_focus(self) -> None:
        """The focus to where keys belong, while nobody was let in."""
        if self.shut:
            self.cover.take_focus()

    def resume(self, actor: Actor, known: Sequence[Known]) -> None:
        """A fresh window for somebody who was let in already."""
        self._on, self._known = True, list(known)
        self.idle.start()
        self._desk.act_as(actor)
        self._show_emergency()
        self.let_in.emit(actor)

    def end(self) -> None:
        """The window closes, or another takes its place."""
        if self._on:
            self._on = False
            self.idle.stop()
            self._covering.end()
            if self.person and not self._signed_out:
                self._witness(core.sign_out, Deed.SIGNED_OUT)

    # The lock.

    def lock(self) -> None:
        """Now, by hand; also where whoever is at work was about to change places."""
        if self._on and (not self.shut or self._may_stay):
            self._lock(tr("Locked at {time}.").format(time=self._clock()))

    def switch(self) -> None:
        """Somebody else sits down: their name, their PIN."""
        if self._on and not self.shut:
            self._shut(self._to_switch)

    @property
    def _may_stay(self) -> bool:
        """Whether whoever is at work comes back without a word: for as long as they are about to change
        places."""
        entry = self.cover.entry
        return bool(self.shut and self.person) and self.cover.page is entry and not entry.back.isHidden()

    def _expired(self) -> None:
        if self._on and (not self.shut or self._may_stay):
            minutes = round(self._limit().total_seconds() / 60)
            words = tr("Locked at {time}, after %n minute(s) without a key or the mouse.", "", minutes)
            self._lock(words.format(time=self._clock()))
        elif self.shut and self.cover.page not in (self.cover.code, self.cover.first):
            cover = self.cover
            if cover.page in (cover.own, cover.digits, cover.factor, cover.take_over):
                self._taking_over = None  # whoever was let in has left
                cover.wipe_begun()
                self._to_entry()
            self.cover.wipe()  # a password that somebody began to type and left
            self.cover.show_time()

    def _lock(self, why: str) -> None:
        self._shut(self._to_entry)
        self.cover.say_why(f"{why} {self._kept_words()}".strip())
        self._witness(core.locked, Deed.LOCKED)

    def _kept_words(self) -> str:
        open_here = self.person and self._begun(self._covering.held)
        return tr("What you were typing is kept.") if open_here else ""

    def _limit(self) -> timedelta:
        policies = self._desk.setup.clinic.policies
        on_floor = self._window.current == _FLOOR
        return timedelta(minutes=policies.lock_floor_minutes if on_floor else policies.lock_minutes)

    def _clock(self) -> str:
        return clock_time(local_time(self._desk.now(), self._desk.zone).minute)

    def _shut(self, page: Callable[[], None]) -> None:
        """Hide everything at once, then say what is to be typed."""
        self._covering.cover(self.cover)
        self._window.commands.allow_only(frozenset({HELP_ID, LOCK_ID}))
        self.cover.say_why("")
        self.cover.show_time()
        page()
        self._window.locked(on=True)
        self._show_alarm()
        self._read_known()

    def _open(self) -> None:
        """The clinic is seen again, as it was left."""
        if not self.shut:
            return
        self.cover.wipe()
        self._window.commands.allow_only(None)
        self._covering.uncover()
        self._window.locked(on=False)
        self.idle.touch()
        missed, self._missed = self._missed, Changes()
        self._desk.hub.tell(missed)  # to views that were not seen, and read nothing meanwhile

    def _show_alarm(self) -> None:
        if self.shut:
            there = [one for one in self._window.banners.banners() if one.id == ALARM]
            self.cover.show_alarm(there[0] if there else None)

    def _say_no_lock(self) -> None:
        text = tr("This clinic has no accounts, so nobody could unlock it.")
        self._window.notice(tr("Nothing is locked"), text)

    def _witness(self, way: Callable[[AccountStore, Actor], None], deed: Deed) -> None:
        """Into the trail, behind the work; without the server it is kept until then."""
        actor, at, outage = self._desk.actor, self._desk.now(), self._desk.outage

        def kept(problem: ClinicProblem) -> None:
            if isinstance(problem, ServerAway):
                outage.keep_deed(deed, actor, at)

        if self._away:
            outage.keep_deed(deed, actor, at)
        else:
            run(self._desk, partial(way, self._desk.store, actor), _nothing, kept)

    # Pages.

    def _staff(self) -> list[Staff]:
        return sorted((one for one in self._desk.setup.staff if one.active), key=_by_name)

    def _managers(self) -> list[Staff]:
        return [one for one in self._staff() if Role.MANAGER in one.roles]

    def _to_entry(self, staff_id: int = 0) -> None:
        """The password of ``staff_id``, else of whoever is at work here, else whoever chooses a name."""
        entry = self.cover.entry
        entry.wipe()
        there = {one.person.id for one in self._known}
        entry.show_known(self._known, self._staff(), staff_id if staff_id in there else self.person)
        entry.back.hide()
        self.cover.turn_to(entry, entry.first(who=not entry.chosen))

    def _back_to_entry(self) -> None:
        """To the password of whoever left it for another page, in whose line it cannot be read."""
        self._to_entry(self._meant)

    def _to_switch(self) -> None:
        entry = self.cover.entry
        entry.wipe()
        entry.show_known(self._known, self._staff())
        entry.back.show()
        self.cover.turn_to(entry, entry.first(who=True))

    def _to_first(self) -> None:
        page = self.cover.first
        page.show_managers(self._managers())
        self.cover.turn_to(page, page.first())

    def _to_recover(self, current: int) -> None:
        self._meant = current
        page = self.cover.recover
        able = {one.person.id for one in self._known}
        page.show_people([one for one in self._staff() if one.id in able], current or self.person)
        self.cover.turn_to(page, page.first())

    def _to_emergency(self, current: int) -> None:
        """The name is asked for: in a hurry nobody looks whose stands there."""
        self._meant = current
        page = self.cover.emergency
        page.show_people(self._staff(), 0)
        self.cover.turn_to(page, page.first())

    def _stay(self) -> None:
        """Nobody else, after all: for a moment somebody was at work here all the time."""
        if self._may_stay:
            self._open()

    def _stay_no_more(self, why: str) -> None:
        """Whoever is at work may not go on: nothing but a password opens the clinic from now on."""
        if not self.shut:
            self._shut(self._to_entry)
        elif self._may_stay:
            self._to_entry()
        self.cover.say_why(why)

    def _read_known(self) -> None:
        if self._desk.outage.on_a_copy:
            return  # it has no accounts: who comes in without the server was said at the start
        run(self, partial(core.accounts, self._desk.store), self._know, _nothing, key="accounts", quiet=True)

    def _know(self, known: list[Known]) -> None:
        """Read anew: at another desk somebody may have got an account, or a password."""
        before, self._known = self._known, known
        if self.shut and self.cover.page is self.cover.entry and known and known != before:
            entry = self.cover.entry
            if not entry.secret.text() and not entry.people.line.text():
                current, chosen = entry.people.current, entry.chosen
                entry.show_known(known, self._staff(), current.id if current else 0, chosen=chosen)

    # Coming in.

    def _enter(self, staff_id: int, typed: str, pin: bool) -> None:
        if self._away:
            self._enter_away(staff_id, typed, pin)
            return
        way = core.switch if pin else core.sign_in
        work = partial(way, self._desk.store, self.desk_name, staff_id, typed)
        entered = self._entered if pin else partial(self._admitted, typed)
        run(self, work, entered, partial(self._not_entered, staff_id, typed, pin), key="sign-in")

    def _admitted(self, password: str, actor: Actor) -> None:
        self._desk.outage.admit(actor, password)
        self._entered(actor)

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
        name = next((one.name for one in self._staff() if one.id == staff_id), "")
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
        work = partial(core.choose_password, self._desk.store, self.desk_name, staff_id, given, new)
        self._go_further(self.cover.own, (staff_id, new), work, _GIVEN_AWAY)

    def _enter_by_digits(self, staff_id: int, password: str, code: str) -> None:
        work = partial(core.sign_in, self._desk.store, self.desk_name, staff_id, password, code)
        self._go_further(self.cover.digits, (staff_id, password), work, _FACTOR_AWAY)

    def _choose_factor(self, staff_id: int, password: str, secret: bytes, code: str) -> None:
        store, desk = self._desk.store, self.desk_name
        work = partial(core.choose_factor, store, desk, staff_id, password, secret, code)
        self._go_further(self.cover.factor, (staff_id, password), work, _FACTOR_AWAY)

    def _go_further(self, page: Page, who: tuple[int, str], work: Callable[[], Actor], away: str) -> None:
        """In by what a page asks for beside the password. ``away``: what is said without the server."""
        staff_id, password = who
        if self._away:
            self._refused(page, EnvironmentFailure(tr(away)))
            return

        def refused(problem: ClinicProblem) -> None:
            if isinstance(problem, FactorNeeded):
                self.cover.wipe_begun()
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
        run(self, work, admitted, refused, key="sign-in")

    def _begun_left(self) -> None:
        """Not now: what was typed goes, the password too."""
        self.cover.wipe_begun()
        self._back_to_entry()

    def _recover_instead(self) -> None:
        """Without the phone: the password goes, and the code is asked for."""
        self.cover.wipe_begun()
        self._to_recover(self._meant)

    def _refused(self, page: EntryPage | Page, problem: ClinicProblem) -> None:
        """Not done: the page of the cover that was asked says why."""
        self._first_password = ("", 0)
        page.show_problem(problem)

    def _enter_away(self, staff_id: int, typed: str, pin: bool) -> None:
        """By the password that opens what this computer keeps. A PIN opens nothing: it is too short."""
        door, now = self._desk.outage.door, self._desk.now()
        entry = self.cover.entry
        if pin or door is None:
            self._refused(entry, EnvironmentFailure(tr(_NO_PIN)))
            return
        if any(one.given for one in self._known if one.person.id == staff_id):
            self._refused(entry, EnvironmentFailure(tr(_GIVEN_AWAY)))
            return
        if any(one.has_factor for one in self._known if one.person.id == staff_id):
            self._refused(entry, EnvironmentFailure(tr(_FACTOR_AWAY)))
            return
        if self.person not in (0, staff_id) and self._begun(self._covering.held):
            name = next((one.name for one in self._desk.setup.staff if one.id == self.person), "")
            self._refused(entry, EnvironmentFailure(tr(_NOT_FINISHED).format(name=name)))
            return
        work = partial(door.enter, staff_id, typed, self.desk_name, now)
        run(self, work, self._entered_away, partial(self._refused, entry), key="sign-in")

    def _entered_away(self, came: tuple[Actor, bytes]) -> None:
        self._entered(came[0])

    def _entered(self, actor: Actor) -> None:
        """Right: the same person goes on where they were, another one after what is open here is closed."""
        if not self.person or self._is_same(actor):
            back = self.person == actor.person_id
            self._go_on(actor)
            if back:
                self._witness(core.unlocked, Deed.UNLOCKED)
            return
        self._taking_over = actor
        if not self._begun(self._covering.held):
            self._change(fresh=False)
            return
        names = {one.id: one.name for one in self._desk.setup.staff}
        page = self.cover.take_over
        page.show_whose(names.get(self.person, ""), names.get(actor.person_id, ""))
        self.cover.turn_to(page, page.first())

    def _is_same(self, actor: Actor) -> bool:
        """Whether what is open here is theirs. In an emergency nobody proved who they are: a name that was
        chosen opens nothing that a password had opened."""
        without_password = actor.until is not None and self._desk.actor.until is None
        return self.person == actor.person_id and not without_password

    def _take_over(self) -> None:
        self._change(fresh=True)

    def _not_taken_over(self) -> None:
        self._taking_over = None
        self._to_entry()

    def _change(self, *, fresh: bool) -> None:
        actor, self._taking_over = self._taking_over, None
        if actor is None:
            return
        self._witness(core.sign_out, Deed.SIGNED_OUT)
        self._signed_out = fresh and self.hand_over is not None
        self._covering.drop_held()
        if fresh and self.hand_over is not None:
            self.hand_over(actor)
            return
        self._window.body.show_panel(None)
        self._go_on(actor)

    def _go_on(self, actor: Actor) -> None:
        came = not self._is_same(actor)
        if self._desk.actor != actor:
            self._desk.act_as(actor)
        self._open()
        self._show_emergency()
        if came:
            self._window.back_to_work()
        self.let_in.emit(actor)
        self._read_known()

    # The first password, and codes.

    def _make_first(self, staff_id: int, password: str) -> None:
        self.cover.first.busy(on=True)
        self._first_password = (password, staff_id)
        work = partial(giving_accounts.make_first_manager, self._desk.store, staff_id, password)
        run(self, work, self._first_made, partial(self._refused, self.cover.first), key="sign-in")

    def _first_made(self, code: RecoveryCode) -> None:
        self.cover.first.busy(on=False)
        self._show_code(code)

    def _recover(self, staff_id: int, code: str, new: str) -> None:
        self.cover.recover.busy(on=True)
        self._first_password = (new, staff_id)
        work = partial(own_account.recover, self._desk.store, staff_id, code, new)
        run(self, work, self._recovered, partial(self._refused, self.cover.recover), key="sign-in")

    def _recovered(self, code: RecoveryCode) -> None:
        self.cover.recover.busy(on=False)
        self._show_code(code)

    def _show_code(self, code: RecoveryCode) -> None:
        page = self.cover.code
        page.show_code(code)
        self.cover.first.wipe()
        self.cover.recover.wipe()
        self.cover.turn_to(page, page.first())

    def _code_typed(self) -> None:
        """It can be read: now in, with the password that was just made."""
        (password, staff_id), self._first_password = self._first_password, ("", 0)
        self._to_entry()
        self._enter(staff_id, password, pin=False)

    def _print(self, code: RecoveryCode) -> None:
        names = {one.id: one.name for one in self._desk.setup.staff}
        staff_id = self._first_password[1]
        clinic, name = self._desk.setup.clinic, names.get(staff_id, "")
        day, render = local_day(self._desk.now(), self._desk.zone), self._desk.render
        if render is None:
            return

        def work() -> Printed | None:
            printer = printer_here()
            if not printer:
                return None  # a code is not left behind as a file
            Leaving(self._desk, "recovery code", staff_id).put(printer)
            sheet = code_sheet(code, name, clinic.name, day, clinic.policies.sheet_page)
            return print_pages(render(sheet).data, tr("Recovery code"), "recovery-code")

        run(self, work, self._printed, self._not_printed, key="print-code", pool=AT_PRINTERS)

    def _printed(self, printed: Printed | None) -> None:
        if printed is None:
            text = tr("This computer has no printer. Write the code down by hand.")
            self.cover.code.say_printed(text, Tone.WARN)
        else:
            self.cover.code.say_printed(printed.words, Tone.OK)

    def _not_printed(self, problem: ClinicProblem) -> None:
        self.cover.code.say_printed(problem_worded(problem), Tone.WARN)

    # Emergency access.

    def _emergency(self, staff_id: int, reason: str) -> None:
        self.cover.emergency.busy(on=True)
        work = partial(emergency_access.emergency, self._desk.store, self.desk_name, staff_id, reason)
        run(self, work, self._emergency_given, partial(self._refused, self.cover.emergency), key="sign-in")

    def _emergency_given(self, actor: Actor) -> None:
        self.cover.emergency.busy(on=False)
        self._entered(actor)

    def _show_emergency(self) -> None:
        until = self._desk.actor.until
        self._ends.stop()
        if until is None:
            self._window.clear_banner(EMERGENCY_BANNER)
            return
        time = clock_time(local_time(until, self._desk.zone).minute)
        title = tr("Emergency access until {time}").format(time=time)
        text = tr("You see the schedule and record what is done today. The managers were told.")
        self._window.show_banner(Banner(EMERGENCY_BANNER, title, text, Tone.DANGER, icon="warning"))
        left = (until - self._desk.now()).total_seconds()
        self._ends.start(max(0, round(left * 1000)))

    def _emergency_over(self) -> None:
        self._window.clear_banner(EMERGENCY_BANNER)
        self._stay_no_more(tr("The emergency access is over."))

    # What others change.

    def _heard(self, changes: Changes) -> None:
        if self.shut:
            self._missed |= changes
        if self._on and changes.kinds & _ACCOUNTS:
            self._read_known()
            self._desk.outage.look_at_accounts()
            self._renew()

    def _renew(self) -> None:
        if self._on and self.person:
            work = partial(core.renewed, self._desk.store, self._desk.actor)
            one = run(self, work, self._renewed, self._not_renewed, key="renew-actor", quiet=True)
            self._renew_again = one is None  # what is looked at now may be of before this change

    def _renewed(self, actor: Actor) -> None:
        """The same person; with other roles, if those were changed meanwhile."""
        if actor.person_id == self.person and actor != self._desk.actor:
            self._desk.act_as(actor)
        if self._renew_again:
            self._renew()

    def _not_renewed(self, problem: ClinicProblem) -> None:
        if isinstance(problem, NotLetIn):
            self._sent_away(problem)
        elif not self._away:  # after the time without the server it is looked at anyway
            QTimer.singleShot(_AGAIN_MS, self, self._renew)
        if self._renew_again:
            self._renew()

    def _sent_away(self, problem: NotLetIn) -> None:
        if self.person and (not self.shut or self._may_stay):
            given = isinstance(problem, OwnPasswordWanted)
            self._stay_no_more(tr(_GIVEN_NOW if given else _CLOSED))


_CLOSED = QT_TR_NOOP("This account was closed at another desk.")
_GIVEN_NOW = QT_TR_NOOP("A manager gave this account another password at another desk.")
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


def _by_name(one: Staff) -> str:
    return one.name.casefold()


def _nothing(_answer: object) -> None:
    """Whatever comes of it is seen elsewhere."""
