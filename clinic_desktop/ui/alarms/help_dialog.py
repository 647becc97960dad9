"""Where is help needed? The room of who is chosen stands ready: F12 and Enter call, or F12 and a digit."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from clinic_desktop.scheduling.model import Room
from clinic_desktop.ui.dialogs import Dialog
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.widgets.button import Kind
from clinic_desktop.ui.widgets.choice_list import Choice, ChoiceList
from clinic_desktop.ui.widgets.rows import Row

_DESK = "desk"


class HelpDialog(Dialog):
    """Answers ``on_room`` with the room's id, None for this desk; closing it calls nobody."""

    over_a_lock = True  # rooms only: whoever stands at a locked computer may call for help

    def __init__(
        self,
        parent: QWidget,
        rooms: Sequence[Room],
        on_room: Callable[[int | None], None],
        chosen: int | None = None,
        *,
        mute: bool = False,
        alone: bool = False,
    ) -> None:
        text = tr("Every screen of the clinic says it, and every computer whose sound is on sounds.")
        if alone:
            text = tr("The server does not answer: no other screen says it. Call out, or phone.")
        here = tr("This one makes no sound: call out as well.") if mute else ""
        super().__init__(parent, tr("Call for help: where?"), f"{text} {here}".rstrip(), "bell")
        self._on_room = on_room
        choices = [Choice(str(one.id), Row(one.name)) for one in rooms]
        choices.append(Choice(_DESK, Row(tr("Here, at this desk"))))
        self.list = ChoiceList(choices, tr("Rooms"), self, at_once=True)
        self.body.addWidget(self.list)
        self.add_leave_button(tr("No help needed"))
        self.take = self.add_button(tr("Call for help"), Kind.DANGER, key="Return")
        self.take.fired.connect(self._take)
        self.list.set_current(str(chosen or _DESK))
        self.list.picked.connect(self._picked)
        self.list.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        rooms: Sequence[Room],
        on_room: Callable[[int | None], None],
        chosen: int | None = None,
        *,
        mute: bool = False,
        alone: bool = False,
    ) -> "HelpDialog":
        """chosen: the room that stands ready, so that Enter alone is enough; this desk where it is None.
        mute: this computer makes no sound. alone: and no other would hear of it."""
        made = cls(parent, rooms, on_room, chosen, mute=mute, alone=alone)
        made.open()
        return made

    def _take(self) -> None:
        self._picked(self.list.current)

    def _picked(self, where: str) -> None:
        self.accept()
        self._on_room(None if where == _DESK else int(where))
