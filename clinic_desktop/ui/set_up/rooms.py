"""Rooms: name, what they are fit for, and their place on the board."""

from collections.abc import Sequence
from dataclasses import replace

from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.scheduling.model import Room, Setup
from clinic_desktop.scheduling.set_up import Edit
from clinic_desktop.scheduling.set_up_checks import room_problems
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.subject import Entry, Subject
from clinic_desktop.ui.set_up.words import fit_choices
from clinic_desktop.ui.widgets.rows import Row

_IN_USE = "active"


class RoomEditor(Editor[Room]):
    def __init__(self, desk: Desk, kind: str = "") -> None:  # noqa: ARG002 - there is one kind
        super().__init__(desk)
        self._room = Room()
        self._name = self.text(
            "name", tr("Name"), hint=tr("As on its door. A room with two chairs is two rooms.")
        )
        self._fits = self.ticks("fits", tr("Used for"), fit_choices(desk.setup))
        self._position = self.number("position", tr("Column on the board"), hint=tr("1 stands at the left."))
        self._use = self.ticks(
            "active",
            tr("In use"),
            [(_IN_USE, tr("Visits can be booked here"))],
            hint=tr("A room out of use keeps its history. For a few days, enter a closure instead."),
        )

    def fill(self, value: Room) -> None:
        self._room = value
        self._name.setText(value.name)
        self._fits.set_choices(fit_choices(self.desk.setup))
        self._fits.set_values(value.fits)
        self._position.set_value(value.position)
        self._use.set_values(frozenset({_IN_USE} if value.active else ()))

    def value(self) -> Room:
        return replace(
            self._room,
            name=self._name.text().strip(),
            fits=self._fits.values,
            position=self._position.value or 0,
            active=bool(self._use.values),
        )


class RoomsSubject(Subject[Room]):
    id = "rooms"
    title = QT_TR_NOOP("Rooms")
    icon = "rooms"
    lead = QT_TR_NOOP("Each room is one column on the board.")
    add = QT_TR_NOOP("Add a room")
    new = QT_TR_NOOP("New room")

    def rows(self, setup: Setup) -> Sequence[Entry]:
        ordered = sorted(setup.rooms, key=lambda room: (not room.active, room.position, room.id))
        return [Entry(str(room.id), _row(room, setup)) for room in ordered]

    def value(self, setup: Setup, key: str) -> Room:
        return {str(room.id): room for room in setup.rooms}[key]

    def fresh(self, setup: Setup) -> Room:
        return Room(position=max((room.position for room in setup.rooms), default=0) + 1)

    def edit(self, setup: Setup, before: Room | None, value: Room) -> Edit:
        """The room first, then those that make place for it."""
        if before is not None and before.position == value.position:
            return Edit((value,))
        others = sorted(
            (room for room in setup.rooms if room.id != value.id), key=lambda room: (room.position, room.id)
        )
        place = min(max(value.position, 1), len(others) + 1)
        order = [*others[: place - 1], value, *others[place - 1 :]]
        moved = [replace(room, position=n) for n, room in enumerate(order, start=1)]
        mine = moved[place - 1]
        rest = [new for new, old in zip(moved, order, strict=True) if new != old and new is not mine]
        return Edit((mine, *rest))

    def problems(self, setup: Setup, before: Room | None, value: Room) -> Problems:  # noqa: ARG002 - the rooms that make place are fine
        return room_problems(value, setup)

    def name(self, value: Room) -> str:
        return value.name

    def editor(self, desk: Desk, kind: str) -> Editor[Room]:
        return RoomEditor(desk, kind)


def _row(room: Room, setup: Setup) -> Row:
    fits = ", ".join(words for fit, words in fit_choices(setup) if fit in room.fits)
    return Row(room.name, fits, badge="" if room.active else tr("out of use"))
