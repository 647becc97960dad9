"""Commands as data. Shortcuts, menus, tooltips, the status line and "All keys" are all made from them.

A screen declares its commands as a tuple and binds handlers; no screen makes a shortcut of its own.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.icons import icon
from clinic_desktop.ui.key_meanings import MEANINGS
from clinic_desktop.ui.keys import is_plain_character, key_text, normal_key

EVERYWHERE = "everywhere"
_PORTABLE = QKeySequence.SequenceFormat.PortableText


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do.

    text: the verb on menus and buttons, marked with QT_TR_NOOP. keys: portable key texts, the first
    is shown. context: a place's id, or EVERYWHERE. hint: the word beside the key in the status line,
    empty for none. name: for screen readers when the text alone says too little. opens: it only
    opens or moves, so that a single character may be its key. also: other words it is looked for by.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    context: str = EVERYWHERE
    icon: str = ""
    hint: str = ""
    name: str = ""
    opens: bool = False
    also: str = ""

    @property
    def key(self) -> str:
        """The key as people read it, "Ctrl K"; empty when there is none."""
        return key_text(self.keys[0]) if self.keys else ""


@dataclass(frozen=True, slots=True)
class Bound:
    """A command with what it does; ``enabled`` is asked when a menu opens and before it runs.

    checked: whether it holds already, for a mark in the menu; None for what is done and over.
    otherwise: says why it is not possible now, to whoever pressed its key. offered: whether the menu and the
    search line show it; its key answers in any case.
    """

    command: Command
    handler: Callable[[], object]
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    otherwise: Callable[[], object] | None = None
    offered: Callable[[], bool] | None = None


def tooltip(command: Command) -> str:
    """ "Book (F3)"."""
    return f"{tr(command.text)} ({command.key})" if command.key else tr(command.text)


def best_first(commands: Iterable[Command], typed: str) -> list[Command]:
    """Those whose words hold every word that was typed; first whose name begins so, then where words do."""
    wanted = typed.casefold().split()
    ranked = [(_rank(one, wanted), one) for one in commands]
    found = [(rank, one) for rank, one in ranked if rank is not None]
    return [one for _, one in sorted(found, key=lambda one: one[0])]


def _rank(command: Command, wanted: Sequence[str]) -> int | None:
    """How well a command fits some typed words (folded), 0 the best; None for not at all."""
    name = tr(command.text).casefold()
    means = [MEANINGS[key].words for key in command.keys if key in MEANINGS]
    words = " ".join([name, *(tr(one).casefold() for one in (command.also, command.hint, *means) if one)])
    if not all(one in words for one in wanted):
        return None
    if name.startswith(" ".join(wanted)):
        return 0
    return next((rank for rank, text in enumerate((name, words), 1) if _words_begin(text, wanted)), 3)


def _words_begin(text: str, wanted: Iterable[str]) -> bool:
    begun = re.findall(r"\w+", text)
    return all(any(word.startswith(one) for word in begun) for one in wanted)


def command_faults(commands: Iterable[Command]) -> list[str]:
    """What is wrong with a list of commands: double ids, double or unknown keys, letters that act."""
    faults: list[str] = []
    ids: set[str] = set()
    owners: dict[tuple[str, str], str] = {}
    known = sorted(commands, key=lambda one: one.context != EVERYWHERE)
    for command in known:
        if command.id in ids:
            faults.append(f"{command.id}: declared twice")
        ids.add(command.id)
        for key in command.keys:
            faults += _key_faults(command, key, owners)
    return faults


def _key_faults(command: Command, key: str, owners: dict[tuple[str, str], str]) -> list[str]:
    normal = normal_key(key)
    if not normal:
        return [f"{command.id}: there is no key {key}"]
    faults = []
    if is_plain_character(normal) and not command.opens:
        faults.append(f"{command.id}: {key} is a plain character and may not change data")
    for context in (EVERYWHERE, command.context):
        owner = owners.get((context, normal))
        if owner is not None and owner != command.id:
            faults.append(f"{command.id}: {key} belongs to {owner} already")
            break
    owners[command.context, normal] = command.id
    return faults


class Commands(QObject):
    """The commands of one window, with one action each. Those of other places sleep.

    ``impossible`` carries a command that was asked for where it can do nothing now and says nothing itself.
    """

    impossible = Signal(Command)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bound: dict[str, Bound] = {}
        self._actions: dict[str, QAction] = {}
        self._context = EVERYWHERE
        self._only: frozenset[str] | None = None

    def add(self, bound: Sequence[Bound]) -> None:
        """Take in commands with their handlers. ValueError when a key or id is taken already."""
        everything = [one.command for one in (*self._bound.values(), *bound)]
        faults = command_faults(everything)
        if faults:
            raise ValueError("; ".join(faults))
        for one in bound:
            self._bound[one.command.id] = one
            self._actions[one.command.id] = self._make_action(one.command)

    def set_context(self, context: str) -> None:
        """The place that is shown; only its keys and those of everywhere answer."""
        self._context = context
        self._wake()

    def allow_only(self, ids: frozenset[str] | None) -> None:
        """Let every other command sleep, as on a locked screen; None wakes them again."""
        self._only = ids
        self._wake()

    def run(self, command_id: str) -> bool:
        """Run a command by id; False when it is asleep or not possible now."""
        bound = self._bound[command_id]
        if not self._awake(bound.command):
            return False
        if bound.enabled is not None and not bound.enabled():
            if bound.otherwise is None:
                self.impossible.emit(bound.command)
            else:
                bound.otherwise()
            return False
        bound.handler()
        return True

    def can_run(self, command_id: str) -> bool:
        """Whether ``run`` would do something."""
        bound = self._bound[command_id]
        return self._awake(bound.command) and (bound.enabled is None or bound.enabled())

    def action(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def awake(self) -> list[Command]:
        """The commands whose keys answer now: the place's first, then everywhere's."""
        here = [one.command for one in self._bound.values() if self._awake(one.command)]
        return sorted(here, key=lambda one: one.context == EVERYWHERE)

    def offered(self) -> list[Command]:
        """Those of them that are shown to whoever looks for something to do."""
        asked = {one.id: self._bound[one.id].offered for one in self.awake()}
        return [one for one in self.awake() if (offered := asked[one.id]) is None or offered()]

    def rename(self, command_id: str, text: str) -> None:
        """Call a command otherwise from now on."""
        bound = self._bound[command_id]
        command = replace(bound.command, text=text)
        self._bound[command_id] = replace(bound, command=command)
        action = self._actions[command_id]
        action.setText(tr(text).replace("&", "&&"))
        action.setToolTip(tooltip(command))

    def matching(self, words: str) -> list[Command]:
        """Commands of here and everywhere whose words hold every word typed, the best match first."""
        return best_first(self.offered(), words) if words.strip() else []

    def fill_menu(self, menu: QMenu, leave_out: str = "") -> None:
        """Put every command that is awake into a menu that is about to open, the place's own on top.

        leave_out: the command that opens the menu.
        """
        context = None
        menu.aboutToHide.connect(self._wake)
        for command in self.offered():
            if command.id == leave_out:
                continue
            if context not in (None, command.context):
                menu.addSeparator()
            context = command.context
            action = self._actions[command.id]
            if command.icon:
                action.setIcon(icon(command.icon))
            action.setEnabled(self.can_run(command.id))
            checked = self._bound[command.id].checked
            if checked is not None:
                action.setCheckable(True)
                action.setChecked(checked())
            menu.addAction(action)

    def _wake(self) -> None:
        for command_id, action in self._actions.items():
            action.setEnabled(self._awake(self._bound[command_id].command))

    def _awake(self, command: Command) -> bool:
        if self._only is not None and command.id not in self._only:
            return False
        return command.context in (EVERYWHERE, self._context)

    def _make_action(self, command: Command) -> QAction:
        action = QAction(tr(command.text), self)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence.fromString(key, _PORTABLE) for key in command.keys])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setToolTip(tooltip(command))
        action.setEnabled(self._awake(command))
        action.triggered.connect(self._triggered)
        self._window.addAction(action)
        return action

    def _triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.run(sender.objectName())
