"""The commands that work everywhere, as data."""

from collections.abc import Sequence

from clinic_desktop.ui.commands import Command
from clinic_desktop.ui.i18n import QT_TR_NOOP
from clinic_desktop.ui.places import PlaceSpec

SEARCH = Command("search", QT_TR_NOOP("Search"), ("Ctrl+K",), icon="search", opens=True)
ALL_KEYS = Command(
    "keys.all",
    QT_TR_NOOP("All keys"),
    ("F1", "Ctrl+/"),
    icon="keyboard",
    hint=QT_TR_NOOP("all keys"),
    opens=True,
)
MENU = Command("menu", QT_TR_NOOP("Menu"), ("F10",), icon="menu", opens=True)
NEXT_PANE = Command("pane.next-part", QT_TR_NOOP("Next part of the window"), ("F6",), opens=True)
PREVIOUS_PANE = Command(
    "pane.previous-part", QT_TR_NOOP("Previous part of the window"), ("Shift+F6",), opens=True
)
SIDE_PANEL = Command("panel.toggle", QT_TR_NOOP("Show or hide the side panel"), ("Ctrl+I",), opens=True)
UNDO = Command("undo", QT_TR_NOOP("Undo the last action"), ("Ctrl+Z",), icon="undo")
REDO = Command("redo", QT_TR_NOOP("Do what was undone again"), ("Ctrl+Y", "Ctrl+Shift+Z"), icon="redo")
QUIT = Command("quit", QT_TR_NOOP("Quit"), ("Ctrl+Q",), opens=True, also=QT_TR_NOOP("exit close leave"))

SHELL_COMMANDS = (SEARCH, ALL_KEYS, MENU, NEXT_PANE, PREVIOUS_PANE, SIDE_PANEL, UNDO, REDO, QUIT)


def place_command_id(place_id: str) -> str:
    """The command that shows a place."""
    return f"place.{place_id}"


def place_commands(specs: Sequence[PlaceSpec]) -> list[Command]:
    """One command for each place, from its own data."""
    return [
        Command(place_command_id(spec.id), spec.text, (spec.key,), icon=spec.icon, opens=True, also=spec.also)
        for spec in specs
    ]
