"""Watches the alarms of the house whatever place is shown: the rail's badge, the banner, the sound.

Everything is worked out from what was read last, once a minute and after every change; nothing is counted.
While the store does not answer, what is known is watched on, with what this computer keeps meanwhile.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, QTimer

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import ClinicProblem, ServerAway
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.treatment.alarms import AlarmLevel, shown_everywhere
from clinic_desktop.treatment.calling import House, Standing, answer_alarm, read_house
from clinic_desktop.treatment.kept_entries import house_with, kept_answer
from clinic_desktop.ui.alarms import commands
from clinic_desktop.ui.alarms.sounding import Sounds
from clinic_desktop.ui.alarms.words import ID, actions_of, answered_words, banner_of, line_of
from clinic_desktop.ui.banner import BannerAction
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, run, show_problem
from clinic_desktop.ui.outage.since_read import SinceRead
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame
from clinic_desktop.ui.sound import Speaker

FLOOR = "floor"
_MINUTE_MS = 60_000
_AFTER_MS = 20  # into the new minute
_MATTERS = frozenset({
    "stamp", "visit", "help_call", "alarm_answer", "rule_override", "patient",
    "room", "staff", "visit_type", "modality", "clinic",
})  # fmt: skip


def _read(store: ScheduleStore, desk: Desk) -> House:
    with store.read() as records:
        return read_house(records, desk.now())


class AlarmWatch(QObject):
    """``may_name`` says whether the screen may show patients' names now. ``sounds``: this computer's."""

    def __init__(self, frame: Frame, desk: Desk, may_name: Callable[[], bool]) -> None:
        super().__init__(desk)
        self._frame, self._desk, self._may_name = frame, desk, may_name
        self._house: House | None = None  # until it is first read
        self._there: list[Standing] = []
        self._late: list[int] = []  # visits, the most urgent first
        self._went = -1  # which of these was gone to last: the key goes on to the next
        self.sounds = Sounds(self)
        self.sounds.trouble_changed.connect(self.show)
        self._reader: LatestReader[House] = LatestReader(self, self._arrived, self._could_not)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        self._kept = SinceRead(self, desk.outage, self.show, self._saved)

    def start(self, speaker: Speaker) -> None:
        """Once the window is shown; ``speaker`` makes the sounds of this computer."""
        self.sounds.use(speaker)
        self._desk.hub.changed.connect(self._heard)
        self._desk.setup_changed.connect(self.look)
        self.look()

    @property
    def standing(self) -> list[Standing]:
        """Every alarm that stands, the most urgent first."""
        return self._there

    @property
    def wait_ms(self) -> int:
        """From the last look to the next."""
        return self._timer.interval()

    def look(self) -> None:
        """Say what is known, and read again; the next time is when the clock shows another minute. Where the
        server hangs no answer comes, and what is known becomes late all the same."""
        self.show()
        self._kept.asks()
        self._reader.read(partial(_read, self._desk.store, self._desk))
        now = self._desk.now()
        into = now.second * 1000 + now.microsecond // 1000
        self._timer.start(_MINUTE_MS - into + _AFTER_MS)
        self.sounds.ask_now_and_then(now)

    def _heard(self, changes: Changes) -> None:
        if changes.kinds & _MATTERS:
            self.look()

    def _arrived(self, house: House) -> None:
        before, self._house = self._house, house
        self._kept.was_read()
        self.show()
        if before is not None:
            self._tell_answered(before, house)

    def _tell_answered(self, before: House, house: House) -> None:
        """A call that stood here does not vanish: every desk reads who sees to it, and since when."""
        calls = {one.id: one for one in before.calls}
        known = {one.help_id for one in before.answers}
        for answer in house.answers:
            if answer.help_id in calls and answer.help_id not in known:
                title, text = answered_words(calls[answer.help_id], answer, house, self._desk.zone)
                self._frame.notice(title, text if self._may_name() else "", Tone.OK)

    def _saved(self) -> None:
        """The server is back, and has what was kept, or soon has."""
        if self._house is not None:
            self.look()

    def _could_not(self, _problem: ClinicProblem) -> None:
        """Said elsewhere. What is known goes on becoming late."""
        self.show()

    def show(self) -> None:
        """Badge, banner and sound, from what is known, at the desk's clock."""
        if self._house is None:
            return
        now = self._desk.now()
        self._there = house_with(self._house, self._kept.entries).standing(now)
        late = [one for one in self._there if one.alarm.level >= AlarmLevel.LATE]
        places = {one.visit_id or (one.alarm.room_id, one.alarm.desk) for one in late}
        self._frame.set_badge(FLOOR, len(places), Tone.DANGER)
        visits = list(dict.fromkeys(one.visit_id for one in late if one.visit_id is not None))
        if visits != self._late:
            self._late, self._went = visits, -1
        shown = self._shown()
        if shown:
            named = self._may_name()
            banner = banner_of(shown, self._desk.zone, named=named)
            self._frame.show_banner(replace(banner, actions=self._actions(shown) if named else ()))
        else:
            self._frame.clear_banner(ID)
        self.sounds.sound([one.alarm for one in self._there if one.alarm.answer is None], now)

    def _shown(self) -> list[Standing]:
        """What every place shows, what nobody has answered first."""
        mute = self.sounds.trouble is not None
        shown = [one for one in self._there if shown_everywhere(one.alarm, mute=mute)]
        return sorted(shown, key=lambda one: one.alarm.answer is not None)

    def _actions(self, shown: list[Standing]) -> tuple[BannerAction, ...]:
        go = BannerAction(tr("Go there"), self.go, commands.GO.keys[0])
        answer = BannerAction(tr("Answer"), self.answer, commands.ANSWER.keys[0])
        return actions_of(shown, go, answer)

    # What people do.

    def go(self) -> None:
        """To the patient of the most urgent alarm; pressed again, to the next one's."""
        if not self._late:
            self._frame.say(tr("Nothing is late"))
            return
        self._went = (self._went + 1) % len(self._late)
        tell = getattr(self._frame.go(FLOOR), "show_visit", None)
        if callable(tell):
            tell(self._late[self._went])

    def answer(self) -> None:
        """Whoever acts here sees to the first that nobody has answered: it sounds no more, anywhere. The
        others wait for their own answer. While the server is away it is kept, and this computer alone is
        quiet."""
        first = next((one for one in self._shown() if one.alarm.answer is None), None)
        if first is None:
            self._frame.say(tr("No alarm waits for an answer"))
            return
        if not self._may_name():
            self._frame.say(tr("Answer it at a desk where somebody is at work: whoever answers is named"))
            return
        # Whose answer it is, and of when: a line that is lost may be noticed much later.
        keep = partial(self._keep_answer, first, self._desk.actor, self._desk.now())
        if self._desk.outage.keeps:
            keep()
        else:
            work = self._desk.work(answer_alarm, first.alarm)
            lost = partial(self._not_answered, keep)
            run(self, work, partial(self._answered, first), lost, key="answer-alarm")

    def _not_answered(self, keep: Callable[[], None], problem: ClinicProblem) -> None:
        if isinstance(problem, ServerAway):
            self._desk.outage.gone()
            keep()
        else:
            show_problem(problem)

    def _keep_answer(self, one: Standing, actor: Actor, now: datetime) -> None:
        said = _answered_line(one)
        try:
            entry = kept_answer(actor, one.alarm, now, said, one.patient)
        except ClinicProblem as problem:
            show_problem(problem)
            return
        words = tr("Kept on this computer, quiet here alone. {what}")
        then = partial(self._frame.say, words.format(what=said))
        self._desk.outage.keep(entry, then, show_problem)

    def _answered(self, one: Standing, changes: Changes) -> None:
        self._desk.record(changes)
        self._frame.say(_answered_line(one))


def _answered_line(one: Standing) -> str:
    return tr("Answered: {what}").format(what=line_of(one, named=True))
