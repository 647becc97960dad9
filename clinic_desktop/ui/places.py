"""What a place of the program is to the window, and what the window is to a place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from clinic_desktop.ui.banner import Banner
from clinic_desktop.ui.commands import Bound, Commands
from clinic_desktop.ui.paint import Tone


@dataclass(frozen=True, slots=True)
class NoticeAction:
    """A verb on a notice and what it does. key: of the command that does the same at any time."""

    text: str
    handler: Callable[[], object]
    key: str = ""


@runtime_checkable
class Holding(Protocol):
    """A panel in which something is made that no other panel may push away by the way."""

    def holds(self) -> str:
        """What is not booked yet, in words: "The course of Okafor, David"; empty where nothing is."""
        ...


@runtime_checkable
class Pressing(Protocol):
    """A panel that waits for nobody, such as the crisis card."""

    presses: bool


class Frame(Protocol):
    """The window as a place sees it; a place knows nothing else of it."""

    commands: Commands

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Name the last action in the status bar, with its undo."""
        ...

    def notice(
        self, title: str, text: str = "", tone: Tone = Tone.INFO, action: NoticeAction | None = None
    ) -> Callable[[], object]:
        """A calm notice that goes by itself, unless there is something to do about it. What it answers takes
        it away sooner."""
        ...

    def withdraw(self, action: NoticeAction) -> None:
        """Take the notice that offers this away: it was done another way, or there is no need any more."""
        ...

    def show_banner(self, banner: Banner) -> None:
        """A lasting trouble; the same id replaces what it said before."""
        ...

    def clear_banner(self, banner_id: str) -> None: ...

    def show_panel(self, widget: QWidget, width: int = 0) -> bool:
        """Put a panel (booking, inspector) at the right side; 0 is the inspector's own width. False, and it
        is said why, where the panel that stands there holds what is not booked yet (:class:`Holding`)."""
        ...

    def renew_keys(self) -> None:
        """Other keys answer in the place from now on: the status bar names those."""
        ...

    def want_room(self, width: int) -> None:
        """How wide the place would have to be to scroll no more sideways; the inspector gives way."""
        ...

    def close_panel(self) -> None:
        """Take the panel away again, back to the place's inspector, and the focus to the work."""
        ...

    def go(self, place_id: str) -> "Place":
        """Show another place; answers it, so that it can be told what to show."""
        ...

    def search(self, text: str = "") -> None:
        """Open the search line with a text already typed."""
        ...

    def set_badge(self, place_id: str, count: int, tone: Tone = Tone.NEUTRAL) -> None:
        """The number on a place's mark in the rail; 0 takes it away."""
        ...

    def set_age(self, text: str) -> None:
        """How old the shown data is, "as of 9:53"; empty while it is fresh."""
        ...


class Place:
    """One of the places of the rail. Made when it is first shown; ``widget`` is asked once."""

    title = ""
    names_people = True  # False where it is seen by everybody: what the window adds shows initials then
    by_name = False  # whether its chosen patient was opened by name; else it is who the cursor stands on
    inspector_width = 0  # what its inspector needs; 0 is the usual width

    def widget(self) -> QWidget:
        """The main view."""
        raise NotImplementedError

    def activated(self) -> None:
        """It is shown now, for the first time or again."""

    def deactivated(self) -> None:
        """Another place is shown now."""

    def commands(self) -> Sequence[Bound]:
        """Commands of this place, with its id as context."""
        return ()

    def names_key(self, _command_id: str) -> bool:
        """Whether the status bar names the key of a command now."""
        return True

    def top_bar_widget(self) -> QWidget | None:
        """What stands at the left of the top bar: mostly the date navigator."""
        return None

    def inspector(self) -> QWidget | None:
        """What stands at the right side while no other panel does."""
        return None

    def panes(self) -> Sequence[QWidget]:
        """What F6 visits, in order: the main view, then trays."""
        return (self.widget(),)

    def focus_work(self) -> None:
        """Put the focus where the work is."""
        self.widget().setFocus()

    def chosen_room(self) -> int | None:
        """The room of whoever is chosen here, for a call for help; None where nobody is."""
        return None

    def chosen_patient(self) -> int | None:
        """Whom a command of everywhere is about; None when nobody is chosen here."""
        return None

    def forget(self) -> None:
        """Somebody else is at work now: nobody stays chosen whom the one before had on show."""

    def covered(self, width: int) -> None:
        """So many px at its right lie under a panel now; 0 when nothing does."""

    def escape(self) -> bool:
        """One step out inside the place; False when it is at its outermost already."""
        return False


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """A place that is not made yet. text is marked with QT_TR_NOOP; key such as "Alt+1". also: other words it
    is looked for by. under: the place that it belongs to, whose mark in the rail is its own too."""

    id: str
    text: str
    icon: str
    key: str
    factory: Callable[[Frame], Place]
    at_bottom: bool = False
    also: str = ""
    under: str = ""
