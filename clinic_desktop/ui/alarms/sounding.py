"""The sounds of this computer: each once, off the GUI thread, and what is wrong where none can be heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from clinic_desktop.treatment.alarm_records import AlarmKind
from clinic_desktop.treatment.alarms import Alarm, sounds_by
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.sound import Silent, Speaker, Trouble, Tune

_ASK = timedelta(minutes=10)  # a cable is pulled, a volume turned down
_TUNES = {
    AlarmKind.HELP: Tune.HELP,
    AlarmKind.EMERGENCY: Tune.LIMIT,
    AlarmKind.SEDATION: Tune.LIMIT,
    AlarmKind.OXYGEN: Tune.LIMIT,
    AlarmKind.TELL: Tune.LIMIT,
    AlarmKind.FORTY: Tune.CHECK,
}


class Sounds(QObject):
    """``trouble_changed`` with what is wrong now, None for nothing; ``tested`` the same after a test."""

    trouble_changed = Signal(object)
    tested = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._speaker: Speaker = Silent()
        self._asked: datetime | None = None
        self._made: dict[object, int] = {}  # alarm -> how many of its sounds are over for this computer
        self.trouble: Trouble | None = None
        self._ear: LatestReader[Trouble | None] = LatestReader(self, self._learned)
        self._player: LatestReader[Trouble | None] = LatestReader(self, self._learned)

    def use(self, speaker: Speaker) -> None:
        self._speaker, self._asked = speaker, None

    def ask_now_and_then(self, now: datetime) -> None:
        """Whether anything could be heard; a clock that was set back is no reason to wait."""
        if self._asked is None or abs(now - self._asked) >= _ASK:
            self._asked = now
            self._ear.read(self._speaker.trouble)

    def sound(self, alarms: Sequence[Alarm], now: datetime) -> None:
        """What of these, the most urgent first, is due to sound and did not yet: one tune for all."""
        wanted: dict[object, int] = {one.key: sounds_by(one, now) for one in alarms}
        due = [one for one in alarms if wanted[one.key] > self._made.get(one.key, 0)]
        self._made = wanted
        if due:
            self._player.read(partial(self._speaker.play, _TUNES[due[0].kind]))

    def call(self) -> None:
        """The call for help, here: no other computer hears of it."""
        self._player.read(partial(self._speaker.play, Tune.HELP))

    def test(self) -> None:
        """All three, one after the other."""
        run(self, partial(_play_all, self._speaker), self._was_tested)

    def _was_tested(self, trouble: Trouble | None) -> None:
        self._learned(trouble)
        self.tested.emit(trouble)

    def _learned(self, trouble: Trouble | None) -> None:
        if trouble is not self.trouble:
            self.trouble = trouble
            self.trouble_changed.emit(trouble)


def _play_all(speaker: Speaker) -> Trouble | None:
    return [speaker.play(tune) for tune in Tune][-1]
