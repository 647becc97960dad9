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
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_time
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure, ServerAway
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.foundation.words import clock_time
from clinic_desktop.security import accounts as core
from clinic_desktop.security.ports import AccountStore
from clinic_desktop.security.tries import Known, NotLetIn
from clinic_desktop.ui.alarms.words import ID as ALARM
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import HELP_ID, LOCK_ID
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import run
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sign_in.asking import Asking
from clinic_desktop.ui.sign_in.code_dialog import CodeBanner
from clinic_desktop.ui.sign_in.cover import Cover
from clinic_desktop.ui.sign_in.covering import Covering
from clinic_desktop.ui.sign_in.emergency_banner import EmergencyBanner
from clinic_desktop.ui.sign_in.idle import IdleWatch
from clinic_desktop.ui.sign_in.known_people import KnownPeople
from clinic_desktop.ui.sign_in.last_entries import LastEntries
from clinic_desktop.ui.sign_in.own_secrets import OWN, OwnSecretsDialog
from clinic_desktop.ui.sign_in.renewing import Renewing, why_not

LOCK = Command(
    LOCK_ID,
    QT_TR_NOOP("Lock now"),
    ("Ctrl+F1",),
    icon="lock",
    opens=True,
    also=QT_TR_NOOP("sign out log off leave away hide"),
)
_FLOOR = "floor"
_HELD_UP_MS = 5_000  # until a hand-over that meets no answer can be called back
_HELD_UP = QT_TR_NOOP(
    "Nothing was closed, and nobody else goes on. Try again in a moment, or {name} unlocks and goes on."
)
_NOT_SAVED = QT_TR_NOOP(
    "What {name} entered last could not be saved, so nothing was closed. {name} unlocks and sees to it; or "
    "sign in once more and close it all the same."
)
_SAVED_STILL = QT_TR_NOOP(
    "What {name} entered last is still being saved, so nothing was closed. Try again in a moment."
)
_WENT = QT_TR_NOOP(
    "The server does not answer any more, so nothing was closed, and nobody else goes on. {name} unlocks and "
    "finishes what is open or leaves it; until then write down on paper what happens."
)
_ACCOUNTS = frozenset({"staff", "account", "clinic"})


class Gate(QObject):
    """``start`` with the accounts of a clinic that has some, or is to have; without it nobody signs in.

    ``hand_over``: opens a fresh window for another person, where something half-typed is closed, or tells
    ``not_handed_over``; without one the window stays. ``let_in`` comes with everybody who goes on.
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
        self._taking_over: Actor | None = None
        self._handing_over = False
        self._held_up = QTimer(self, singleShot=True, interval=_HELD_UP_MS)
        self._held_up.timeout.connect(self._say_held_up)
        self.left_meanwhile = False  # the place was left while it was handed over
        self._entries = LastEntries()  # of whoever is at work
        self._known_lost = 0  # how many of them, when somebody else was asked whether all may be closed
        self._wanted = False  # somebody else wanted to go on meanwhile
        self._missed = Changes()
        self.hand_over: Callable[[Actor], object] | None = None
        self._covering = Covering(window, beneath)
        self.idle = IdleWatch(self, desk.now, self._limit)
        self.idle.expired.connect(self._expired)
        self.people = KnownPeople(self, desk)
        self.people.changed.connect(self._show_known)
        self.no_code = CodeBanner(window, desk, self.people)
        self.emergency = EmergencyBanner(window, desk)
        self.emergency.over.connect(self._emergency_over)
        self.renewing = Renewing(self, desk, lambda: self._on and bool(self.person))
        self.renewing.sent_away.connect(self._sent_away)
        self.let_in.connect(self.renewing.begin)
        window.banners.changed.connect(self._show_alarm)
        desk.hub.changed.connect(self._heard)
        self._was_away = False
        desk.outage.changed.connect(self._server_went_or_came)

    @cached_property
    def asking(self) -> Asking:
        """Made when it is first wanted: where nobody signs in it never is."""
        asking = Asking(self._window, self._desk, self.desk_name, self.people, self._begun_here)
        asking.cover.entry.set_away(self._was_away)
        asking.entered.connect(self._entered)
        asking.too_late.connect(self._too_late)
        asking.cover.entry.left.connect(self._stay)
        asking.cover.take_over.confirmed.connect(self._take_over)
        asking.cover.take_over.left.connect(self._not_taken_over)
        return asking

    @property
    def cover(self) -> Cover:
        return self.asking.cover

    def bound(self) -> list[Bound]:
        return [
            Bound(LOCK, self.lock, lambda: self._on, otherwise=self._say_no_lock),
            Bound(OWN, self.own, self._has_account, otherwise=self._say_no_account),
        ]

    def own(self) -> None:
        """One's own password and PIN."""
        there = any(one.has_factor for one in self.people.known if one.person.id == self.person)
        shown = self.cover.factor.shown
        dialog = OwnSecretsDialog.ask(
            self._window, self._desk, self._window, self.people.read, factor=there, shown=shown
        )
        self.renewing.change_here(dialog)

    # Without the server.

    def _server_went_or_came(self) -> None:
        """The page says that the PIN does not count meanwhile; after it whoever came in is looked at."""
        if self._desk.outage.by_door == self._was_away:
            return
        self._was_away = self._desk.outage.by_door
        if "asking" in self.__dict__:
            self.cover.entry.set_away(self._was_away)
        if self._was_away and self._handing_over:
            self._call_back(_WENT)
        if not self._was_away and self._on:
            self.people.read()
            self.renewing.renew()

    def _has_account(self) -> bool:
        return self._on and any(one.person.id == self.person for one in self.people.known)

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
        if not known and not self.people.managers():
            return
        self._on, self.people.known = True, list(known)
        self._desk.act_as(Actor(0, frozenset(), self.desk_name))
        self.idle.start()
        if known:
            self._shut(self.asking.to_entry)
        else:
            self._shut(self.asking.to_first)

    def take_focus(self) -> None:
        """The focus to where keys belong, while nobody was let in."""
        if self.shut:
            self.cover.take_focus()

    def resume(self, actor: Actor, known: Sequence[Known]) -> None:
        """A fresh window for somebody who was let in already."""
        self._on, self.people.known = True, list(known)
        self.idle.start()
        self._desk.act_as(actor)
        self.emergency.show()
        self.let_in.emit(actor)

    def end(self) -> None:
        """The window closes, or another takes its place."""
        if self._on:
            self._on = False
            self._held_up.stop()
            self.idle.stop()
            self._covering.end()
            if self.person:
                self._witness(core.sign_out, Deed.SIGNED_OUT)

    # The lock.

    def lock(self) -> None:
        """Now, by hand; also where whoever is at work was about to change places."""
        if self._on and (not self.shut or self._may_stay):
            self._lock(tr("Locked at {time}.").format(time=self._clock()))
        elif self._on:
            self._leave_page()
            self.cover.take_focus()

    def switch(self) -> None:
        """Somebody else sits down: their name, their PIN."""
        if self._on and not self.shut:
            self._shut(self.asking.to_switch)

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
            self._lock(words.format(time=self._clock()), by_itself=True)
        elif self.shut:
            self._leave_page()

    def _leave_page(self) -> None:
        """Whoever stood at the lock has left: nothing they typed stays there, nor a code that was shown."""
        if self._handing_over and not self._is_held_up:  # the window that comes is locked at once
            self.left_meanwhile = True
            return
        cover = self.cover
        self.asking.give_up()
        if cover.page not in (cover.entry, cover.first):
            self._end_handing_over()
            self._give_up_taking_over()
            self.asking.to_entry()
        cover.wipe()
        cover.show_time()

    def _lock(self, why: str, *, by_itself: bool = False) -> None:
        self.asking.give_up()
        self._shut(self.asking.to_entry, by_itself=by_itself)
        self.cover.say_why(f"{why} {self._kept_words()}".strip())
        self._witness(core.locked, Deed.LOCKED)

    def _kept_words(self) -> str:
        open_here = self.person and self._begun_here()
        return tr("What you were typing is kept until somebody else goes on.") if open_here else ""

    def _begun_here(self) -> bool:
        """Whether something is half-typed by whoever is at work."""
        return self._begun(self._covering.held)

    def _limit(self) -> timedelta:
        policies = self._desk.setup.clinic.policies
        on_floor = self._window.current == _FLOOR
        return timedelta(minutes=policies.lock_floor_minutes if on_floor else policies.lock_minutes)

    def _clock(self) -> str:
        return clock_time(local_time(self._desk.now(), self._desk.zone).minute)

    def _shut(self, page: Callable[[], None], *, by_itself: bool = False) -> None:
        """Hide everything at once, then say what is to be typed."""
        self._covering.cover(self.cover, by_itself=by_itself)
        self._entries.look()
        self._window.commands.allow_only(frozenset({HELP_ID, LOCK_ID}))
        self.cover.say_why("")
        self.cover.show_time()
        page()
        self._window.locked(on=True)
        self._show_alarm()
        self.people.read()

    def _open(self) -> None:
        """The clinic is seen again, as it was left."""
        if not self.shut:
            return
        self.cover.wipe()
        self._window.commands.allow_only(None)
        self._covering.uncover()
        self._window.locked(on=False)
        self._entries.forget()
        self._wanted = False
        self.idle.touch()
        missed, self._missed = self._missed, Changes()
        self._desk.hub.tell(missed)  # to views that were not seen, and read nothing meanwhile

    def _show_alarm(self) -> None:
        if self.shut:
            there = [one for one in self._window.banners.banners() if one.id == ALARM]
            self.cover.show_alarm(there[0] if there else None)

    def _show_known(self) -> None:
        if self.shut:
            self.asking.show_known()

    def _say_no_lock(self) -> None:
        text = tr("This clinic has no accounts, so nobody could unlock it.")
        self._window.notice(tr("Nothing is locked"), text)

    def _witness(
        self, way: Callable[[AccountStore, Actor], None], deed: Deed, who: Actor | None = None
    ) -> None:
        """Into the trail, behind the work; without the server it is kept until then. Without ``who`` it is
        whoever is at work."""
        actor, at, outage = who or self._desk.actor, self._desk.now(), self._desk.outage

        def kept(problem: ClinicProblem) -> None:
            if isinstance(problem, ServerAway):
                outage.keep_deed(deed, actor, at)

        if self._desk.outage.by_door:
            outage.keep_deed(deed, actor, at)
        else:
            run(self._desk, partial(way, self._desk.store, actor), _nothing, kept)

    def _stay(self) -> None:
        """Nobody else, after all: for a moment somebody was at work here all the time."""
        if self._may_stay:
            self.asking.give_up()
            self._open()

    def _stay_no_more(self, why: str) -> None:
        """Whoever is at work may not go on: nothing but a password opens the clinic from now on."""
        if not self.shut:
            self._shut(self.asking.to_entry)
        elif self._may_stay:
            self.asking.to_entry()
        self.cover.say_why(why)

    # Coming in.

    def _entered(self, actor: Actor) -> None:
        """Right: the same person goes on where they were, another one after what is open here is closed."""
        if not self.person or self._is_same(actor):
            back = self.person == actor.person_id
            if back:
                self._tell_lost()
            self._go_on(actor)
            if back:
                self._witness(core.unlocked, Deed.UNLOCKED)
            return
        self._taking_over = actor
        if not self._begun_here():
            self._change(fresh=False)
            return
        self._wanted = True
        self._entries.look()
        page, lost = self.cover.take_over, self._entries.lost
        self._known_lost = lost
        page.show_whose(self._desk.name_of(self.person), self._desk.name_of(actor.person_id), lost=lost > 0)
        self.cover.turn_to(page, page.first())

    def _too_late(self, actor: Actor) -> None:
        """The trail says that they signed in: it says that they are not here, too."""
        self._witness(core.sign_out, Deed.SIGNED_OUT, actor)

    def _is_same(self, actor: Actor) -> bool:
        """Whether what is open here is theirs. In an emergency nobody proved who they are: a name that was
        chosen opens nothing that a password had opened."""
        without_password = actor.until is not None and self._desk.actor.until is None
        return self.person == actor.person_id and not without_password

    def _take_over(self) -> None:
        """They were let in before they were asked: meanwhile their account may have become another."""
        asked = self._taking_over
        if asked is None or self._handing_over:
            return
        if self._desk.outage.by_door:
            self._call_back(_WENT)
            return
        self._entries.look()
        self._handing_over = True
        self._held_up.start()
        self.cover.take_over.busy(on=True)
        turn, work = self.turn, partial(core.renewed, self._desk.store, asked)

        def still_let_in(actor: Actor) -> None:
            if turn == self.turn:  # else it was called back
                self._taking_over = actor
                self._change(fresh=True)

        def not_let_in(problem: ClinicProblem) -> None:
            if turn == self.turn:
                self.not_handed_over(problem)

        run(self, work, still_let_in, not_let_in)

    @property
    def turn(self) -> int:
        """Of whoever stands at the lock. What is handed over in an earlier one was called back."""
        return self.cover.turn

    @property
    def _is_held_up(self) -> bool:
        """Whether handing over takes so long that there is a way back."""
        return self._handing_over and not self._held_up.isActive()

    def saved(self) -> bool:
        """Whether all is saved that whoever was at work entered: asked before their window goes, until it is.
        What could not be saved calls the hand-over back."""
        self._entries.look()
        if self._entries.lost > self._known_lost:
            self._call_back(_NOT_SAVED)
            return False
        return not self._entries.open

    def tell_next(self, window: Shell) -> None:
        """Whoever goes on all the same: nobody else is there to be told."""
        if self._entries.lost:
            title = tr("{name}: not everything was saved")
            text = tr("What {name} entered last could not be saved. Tell them to look what is missing.")
            name = self._desk.name_of(self.person)
            window.notice(title.format(name=name), text.format(name=name), Tone.DANGER)

    def _tell_lost(self) -> None:
        """Whoever entered it is back, and others wanted to close it meanwhile."""
        self._entries.look()
        if self._wanted and self._entries.lost:
            text = tr("Look where you entered it: nobody else went on, and nothing was closed.")
            self._window.notice(tr("What you entered last could not be saved"), text, Tone.DANGER)

    def _say_held_up(self) -> None:
        self._entries.look()
        if self._handing_over and self._entries.open:
            self._call_back(_SAVED_STILL)
        elif self._handing_over:
            self.cover.take_over.say_held_up(self._desk.name_of(self.person))

    def _call_back(self, said: str) -> None:
        """Nobody else goes on for now, whatever is answered yet: whoever was at work finds what is open."""
        self._end_handing_over()
        self._give_up_taking_over()
        self.asking.to_entry()
        words = EnvironmentFailure(tr(said).format(name=self._desk.name_of(self.person)))
        self.cover.entry.show_problem(words)

    def _end_handing_over(self) -> None:
        self._handing_over = self.left_meanwhile = False
        self._held_up.stop()
        self.cover.take_over.busy(on=False)

    def _not_taken_over(self) -> None:
        if self._is_held_up:
            self._call_back(_HELD_UP)
        elif not self._handing_over:  # else what was open is about to be closed
            self._give_up_taking_over()
            self.asking.to_entry()

    def _give_up_taking_over(self) -> None:
        """Whoever was let in, to take over, does not: the trail says so."""
        actor, self._taking_over = self._taking_over, None
        if actor is not None:
            self._too_late(actor)

    def not_handed_over(self, problem: ClinicProblem) -> None:
        """Nobody else goes on: whoever was at work still is, with all that is open here."""
        self._end_handing_over()
        actor, self._taking_over = self._taking_over, None
        if isinstance(problem, NotLetIn) and actor is not None:
            self.asking.to_entry(actor.person_id)
            self.cover.say_why(f"{self._desk.name_of(actor.person_id)}: {why_not(problem)}")
            self.people.read()  # their PIN counts no more
        else:
            self.asking.to_entry()
            self.cover.entry.show_problem(problem)
        if actor is not None:
            self._too_late(actor)

    def _change(self, *, fresh: bool) -> None:
        actor = self._taking_over
        if actor is None:
            return
        if fresh and self.hand_over is not None:
            self.hand_over(actor)
            return
        self._end_handing_over()
        self._taking_over = None
        self._witness(core.sign_out, Deed.SIGNED_OUT)
        self._entries.look()
        self.tell_next(self._window)
        self._covering.drop_held()
        self._window.body.show_panel(None)
        self._go_on(actor)

    def _go_on(self, actor: Actor) -> None:
        came = not self._is_same(actor)
        self._desk.act_as(actor)
        self._open()
        self.emergency.show()
        if came:
            self._window.back_to_work()
        self.let_in.emit(actor)
        self.people.read()

    # What ends it.

    def _emergency_over(self) -> None:
        self._stay_no_more(tr("The emergency access is over."))

    def _heard(self, changes: Changes) -> None:
        if self.shut:
            self._missed |= changes
        if self._on and changes.kinds & _ACCOUNTS:
            self.people.read()
            self._desk.outage.look_at_accounts()
            self.renewing.renew()

    def _sent_away(self, why: str) -> None:
        if self.person and (not self.shut or self._may_stay):
            self._stay_no_more(why)


def _nothing(_answer: object) -> None:
    """Whatever comes of it is seen elsewhere."""
