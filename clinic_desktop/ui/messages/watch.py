"""What waits for who is at work: a count in the top bar, and a notice when something urgent comes."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.scheduling.messages import Open, messages_for
from clinic_desktop.scheduling.ports import ScheduleStore
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.operations import LatestReader, show_unless_away
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, NoticeAction

KEY = "Ctrl+Shift+M"  # of the messages, in every place


class Counter(Protocol):
    def __call__(self, count: int, *, urgent: bool) -> None: ...


def read_messages(store: ScheduleStore, actor: Actor) -> list[Open]:
    with store.read() as records:
        return messages_for(records, actor)


class MessageWatch(QObject):
    """Looks anew after each change of a message, and when somebody else is at work."""

    def __init__(self, frame: Frame, desk: Desk, count: Counter, show: Callable[[], object]) -> None:
        super().__init__(desk)
        self._frame, self._desk, self._count, self._show = frame, desk, count, show
        self._told: set[int] = set()
        self._notices: list[Callable[[], object]] = []  # takes each away
        self._reader: LatestReader[list[Open]] = LatestReader(self, self._read, show_unless_away)
        desk.hub.changed.connect(self._heard)
        desk.actor_changed.connect(self._somebody_else)

    def look(self) -> None:
        self._reader.read(partial(read_messages, self._desk.store, self._desk.actor))

    def _heard(self, changes: Changes) -> None:
        if "message" in changes.kinds:
            self.look()

    def _somebody_else(self) -> None:
        """What was told the one is not for the other to read; what is for both is told anew."""
        for take_away in self._notices:
            take_away()
        self._notices.clear()
        self._told.clear()
        self.look()

    def _read(self, there: list[Open]) -> None:
        urgent = [one for one in there if one.message.urgent]
        self._count(len(there), urgent=bool(urgent))
        for one in urgent:
            if one.message.id not in self._told:
                self._told.add(one.message.id)
                name = one.patient.name if one.patient else one.message.caller
                title = tr("Urgent message: {name}").format(name=name or tr("unknown caller"))
                action = NoticeAction(tr("Open messages"), self._show)
                self._notices.append(self._frame.notice(title, one.message.text, Tone.DANGER, action))
