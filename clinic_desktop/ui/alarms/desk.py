"""The window's part in alarms: the watch, a call for help, the keys, the struck speaker in the top bar."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.treatment.calling import call_for_help
from clinic_desktop.treatment.rooms import room_places
from clinic_desktop.ui.alarms import commands
from clinic_desktop.ui.alarms.help_dialog import HelpDialog
from clinic_desktop.ui.alarms.watch import AlarmWatch
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import Operation, run, show_problem
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.sound import Trouble, trouble_words

_CALL = "call-help"
_SOON_MS = 3_000  # until whoever calls is told that there is no answer yet


class AlarmDesk(QObject):
    """Made with the window; watches once it is started."""

    def __init__(self, window: Shell, desk: Desk) -> None:
        super().__init__(desk)
        self._window, self._desk = window, desk
        self._told: Callable[[], object] = _nothing  # takes away what was said of a call that nobody hears
        self.watch = AlarmWatch(window, desk, self._may_name)
        self.watch.sounds.trouble_changed.connect(self._show_trouble)
        self.watch.sounds.tested.connect(self._tested)
        window.top_bar.sound_pressed.connect(self._say_trouble)
        window.went.connect(self.watch.show)
        desk.actor_changed.connect(self.watch.show)
        window.lock_changed.connect(self.watch.show)

    def bound(self) -> list[Bound]:
        return [
            Bound(commands.HELP, self.call),
            Bound(commands.GO, self.watch.go),
            Bound(commands.ANSWER, self.watch.answer),
            Bound(commands.SOUND_TEST, self.watch.sounds.test),
        ]

    def _may_name(self) -> bool:
        """Not while nobody is at work here, as on a locked computer, and not in a place seen by everybody."""
        there = self._window.current
        if self._window.is_locked:
            return False
        return bool(self._desk.actor.person_id and there and self._window.place(there).names_people)

    def call(self) -> None:
        """Ask for the room, over whatever is open: that stays, with all that is typed in it."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, HelpDialog):
            return
        there = self._window.current
        places = room_places(self._desk.setup)
        rooms = sorted(
            (one for one in self._desk.setup.rooms if one.id in places), key=lambda one: places[one.id]
        )
        chosen = self._window.place(there).chosen_room() if there else None
        mute = self.watch.sounds.trouble is not None
        alone = self._desk.outage.away_since is not None
        HelpDialog.ask(dialog or self._window, rooms, self._call, chosen, mute=mute, alone=alone)

    def _call(self, room_id: int | None) -> None:
        """It is never kept to be called later: nobody would know what it is about."""
        work = self._desk.work(call_for_help, room_id)
        made = run(self, work, self._called, self._not_called, key=_CALL)
        if self._desk.outage.away_since is not None:
            self._say_alone(tr("Nobody else is called"))
        elif made is not None:
            QTimer.singleShot(_SOON_MS, self, partial(self._still_calling, made))

    def _still_calling(self, made: Operation[Changes]) -> None:
        """A server that hangs says so only after a while."""
        if made.busy:
            self._say_alone(tr("Nobody else may be called yet"))

    def _not_called(self, problem: ClinicProblem) -> None:
        if not isinstance(problem, ServerAway):
            show_problem(problem)
            return
        if self._desk.outage.away_since is None:
            self._desk.outage.gone()
            self._say_alone(tr("Nobody else is called"))

    def _say_alone(self, title: str) -> None:
        """Who is near hears it all the same."""
        self.watch.sounds.call()
        self._told()
        text = tr("The server does not answer. Call out, or phone.")
        self._told = self._window.notice(title, text, Tone.DANGER)

    def _called(self, changes: Changes) -> None:
        self._told()
        self._told = _nothing
        self._desk.record(changes)
        here = tr("This one makes no sound.") if self.watch.sounds.trouble is not None else ""
        said = tr("Help is called. Every screen says it, and who has sound hears it, until it is answered.")
        self._window.say(f"{said} {here}".rstrip())

    # The sound of this computer.

    def _show_trouble(self, trouble: Trouble | None) -> None:
        self._window.top_bar.set_no_sound(trouble_words(trouble) if trouble else "")

    def _say_trouble(self) -> None:
        trouble = self.watch.sounds.trouble
        if trouble is not None:
            self._window.notice(tr("No sound"), trouble_words(trouble), Tone.WARN)

    def _tested(self, trouble: Trouble | None) -> None:
        if trouble is not None:
            self._window.notice(tr("No sound"), trouble_words(trouble), Tone.WARN)
            return
        text = tr(
            "If you heard nothing, this computer is muted or its speaker is off: alarms do not sound here."
        )
        self._window.notice(tr("Three sounds were played"), text, Tone.INFO)


def _nothing() -> None:
    """Nothing was said."""
