"""A window with invented places, for pictures and for the tests of the shell."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.foundation.words import short_date
from clinic_desktop.scheduling.states import VisitState
from clinic_desktop.ui.commands import Bound, Command
from clinic_desktop.ui.driver_badge import DriverMark
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.settings_store import SettingsStore
from clinic_desktop.ui.shell import Shell
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.badge import Badge, DriverBadge, StateMark
from clinic_desktop.ui.widgets.button import Button, Kind
from clinic_desktop.ui.widgets.date_navigator import DateNavigator
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Line, Panel
from clinic_desktop.ui.widgets.section import SectionHeader
from clinic_desktop.ui.widgets.segmented import Segment, SegmentedSwitch

FRIDAY = date(2026, 12, 4)
BOOK = Command("board.book", "Book a visit", ("F3",), "board", icon="plus", hint="book")
MOVE = Command("board.move", "Move the visit", ("Ctrl+M",), "board", icon="move", hint="move")
PLACES = (
    ("board", "Board", "board"),
    ("floor", "Floor", "floor"),
    ("patients", "Patients", "patients"),
    ("sheets", "Sheets", "sheets"),
    ("usage", "Usage", "usage"),
    ("setup", "Set-up", "setup"),
)


class PlainPlace(Place):
    """One line to type in, and nothing else."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.shown = 0
        self.line = QLineEdit()
        self.line.setAccessibleName(title)
        self._widget = Panel("surface")
        QVBoxLayout(self._widget).addWidget(self.line)

    def widget(self) -> QWidget:
        return self._widget

    def activated(self) -> None:
        self.shown += 1

    def focus_work(self) -> None:
        self.line.setFocus()


class BoardLike(Place):
    """Looks like an empty day on the board."""

    title = "Board"

    def __init__(self) -> None:
        self.done: list[str] = []
        self._widget = Panel("surface")
        self._navigator = DateNavigator(lambda: date(2026, 11, 20), lambda _text: None, short_date)
        self._navigator.set_day(FRIDAY)
        self._inspector = _inspector()
        self.book = Button("Book", Kind.PRIMARY, icon="plus", key="F3")
        self.book.fired.connect(self._book)
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 5, 14, 5)
        bar.setSpacing(10)
        segments = [Segment("rooms", "Rooms"), Segment("staff", "Staff"), Segment("week", "Week")]
        bar.addWidget(SegmentedSwitch(segments, "View"))
        bar.addWidget(label("0 visits", TextRole.LABEL, "second"))
        bar.addWidget(Badge("2 no driver", Tone.DANGER, "warning", strong=True))
        bar.addStretch(1)
        bar.addWidget(self.book)
        column = QVBoxLayout(self._widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(Line())
        text = "Open 8:00 to 5:30, 3 nurses and Dr. Lin on site. Room for about 18 visits."
        again = Button("Book a visit", Kind.PRIMARY, icon="plus", key="F3")
        people = Button("See the 4 people", key="Ctrl+W")
        column.addWidget(
            EmptyState("calendar", "No visits on Friday, December 4 yet", text, [again, people]), 1
        )

    def _book(self) -> None:
        self.done.append("book")

    def widget(self) -> QWidget:
        return self._widget

    def commands(self) -> Sequence[Bound]:
        return (Bound(BOOK, self._book), Bound(MOVE, lambda: self.done.append("move")))

    def top_bar_widget(self) -> QWidget:
        return self._navigator

    def inspector(self) -> QWidget:
        return self._inspector

    def focus_work(self) -> None:
        self.book.setFocus()


def _inspector() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(14, 12, 14, 12)
    column.setSpacing(9)
    column.addWidget(label("Okafor, Amara", TextRole.TITLE))
    column.addWidget(label("Apr 12, 1984 (42)  ·  (512) 555-0142", TextRole.LABEL, "second"))
    column.addWidget(StateMark(VisitState.ARRIVED))
    column.addWidget(Line())
    column.addWidget(SectionHeader("Going home", DriverBadge(DriverMark.CONFIRMED)))
    column.addWidget(label("Daniel Okafor, husband", TextRole.STRONG))
    column.addWidget(label("(512) 555-0178, drives, picks up 12:05", TextRole.LABEL, "second", wrap=True))
    column.addStretch(1)
    column.addWidget(Button("Next: to room", Kind.PRIMARY, key="F5"))
    return made


def specs() -> list[PlaceSpec]:
    def factory(place_id: str, text: str) -> PlaceSpec:
        def make(_frame: Frame) -> Place:
            return BoardLike() if place_id == "board" else PlainPlace(text)

        number = [one[0] for one in PLACES].index(place_id) + 1
        icon = dict((one[0], one[2]) for one in PLACES)[place_id]
        return PlaceSpec(place_id, text, icon, f"Alt+{number}", make, at_bottom=place_id == "setup")

    return [factory(place_id, text) for place_id, text, _icon in PLACES]


def make_shell(settings: SettingsStore | None = None) -> Shell:
    """The window with its six places, none opened."""
    return Shell(specs(), settings)
