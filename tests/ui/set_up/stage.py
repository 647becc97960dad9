"""A desk with a small clinic, and a window that remembers what it was told."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import NoticeAction
from tests.scheduling.set_up_world import World, new_world


class Window:
    """Stands in for the window's frame."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.noticed: list[str] = []

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        self.said.append(text)

    def notice(
        self, title: str, text: str = "", tone: Tone = Tone.INFO, action: NoticeAction | None = None
    ) -> None:
        self.noticed.append(f"{title} {text}".strip())

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the set-up asked the window for {name}")


class Stage:
    def __init__(self, folder: Path, actor: str = "Priya Kaur") -> None:
        self.world: World = new_world(folder)
        self.window = Window()
        self.desk = Desk(self.world.store, self.acting(actor), self.world.clock, self.world.setup)

    def acting(self, name: str) -> Actor:
        return self.world.acting(name)

    def close(self) -> None:
        self.world.store.close()


def shown(widget: QWidget, width: int = 1294, height: int = 620) -> QWidget:
    """The widget, laid out as if it were on the screen."""
    widget.resize(width, height)
    widget.show()
    return widget
