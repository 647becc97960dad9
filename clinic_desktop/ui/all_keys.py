"""All keys that work here, with a line to narrow them down; arrows choose, Enter runs the chosen one.

Last come the keys that panels and lists have for themselves: told, for there is nothing to run.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.commands import Command, best_first
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.keys import key_text
from clinic_desktop.ui.narrowing import Narrowing
from clinic_desktop.ui.told_keys import told_keys
from clinic_desktop.ui.widgets.rows import Row

_KEY_ROOM = 92


class AllKeys(Narrowing[Command]):
    """``commands`` are those awake now; ``run`` runs one after the overlay has closed."""

    def __init__(self, parent: QWidget, commands: Sequence[Command], run: Callable[[str], object]) -> None:
        self._told = told_keys()
        self._commands = [*_once(command for command in commands if command.keys), *self._told]
        self._run = run
        super().__init__(parent, tr("All keys"), tr("Keys"), tr("Type a few letters of what you want to do"))

    @classmethod
    def ask(cls, parent: QWidget, commands: Sequence[Command], run: Callable[[str], object]) -> "AllKeys":
        made = cls(parent, commands, run)
        made.open()
        return made

    def found(self, typed: str) -> Sequence[Command]:
        return best_first(self._commands, typed)

    def instead(self) -> str:
        there = tr("Other places have other keys: Alt and a number goes there.")
        return f"{super().instead()} {there}"

    def row_of(self, one: Command) -> Row:
        return _row(one, told=one in self._told)

    def taken(self, one: Command) -> None:
        if one not in self._told:
            self._run(one.id)


def _once(commands: Iterable[Command]) -> list[Command]:
    """Those of a row of keys that are called the same are one line, with the first and the last key."""
    called: dict[str, list[Command]] = {}
    for one in commands:
        called.setdefault(one.text, []).append(one)
    return [
        found[0] if len(found) == 1 else replace(found[0], keys=(found[0].keys[0], found[-1].keys[-1]))
        for found in called.values()
    ]


def _row(command: Command, *, told: bool) -> Row:
    others = [key_text(key) for key in command.keys[1:]]
    where = [tr(command.hint)] if told and command.hint else []
    return Row(tr(command.text), right=", ".join([*others, *where]), key=command.key, key_room=_KEY_ROOM)
