"""The right half of a section: one value in a form, with its grids and what is wrong in them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.set_up.fields import Ticks, combo, day_line, number_line, text_line
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.parsed_line import ParsedLine, time_line
from clinic_desktop.ui.widgets.section import SectionHeader

V = TypeVar("V")
_APART = 10  # px above a part of the form
Choices = Sequence[tuple[str, str]]
Problems = dict[str, str]  # worded


class Editor(QWidget, Generic[V]):
    """Shows one value and gives it back as it stands now. A field's name is the rules' name for it."""

    edited = Signal()
    submitted = Signal()
    widest = 560  # a form wider than this is hard to follow; one with a grid may say more

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form()
        self._grids: dict[str, Grid[Any]] = {}
        self._problems: Callable[[], Problems] = dict
        self._loading = False
        self._suggesting = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.form.edited.connect(self.changed)
        self.form.submitted.connect(self.submitted)

    # What an editor says of itself

    def fill(self, value: V) -> None:
        """Put a value into the fields."""
        raise NotImplementedError

    def value(self) -> V:
        """The value as the fields say it; equal to what was filled in while nobody has edited."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Bring everything that follows from the value up to date: pictures, hints, locks."""

    # What the section asks

    def title_of(self, name: str) -> str:
        """What a field of the value is called here: "policies.grid" by its last name."""
        last = name.rpartition(".")[2]
        found = self.form.title_of(name) or self.form.title_of(last)
        return found or last.removesuffix("_id").replace("_", " ").capitalize()

    def load(self, value: V) -> None:
        """Show a value; nobody has edited it."""
        self._loading = True
        self.fill(value)
        self._loading = False
        self.form.show_problems({})
        self.refresh()
        self._mark_grids(self._problems())

    def check_with(self, problems: Callable[[], Problems]) -> None:
        """Where problems come from: the rules, asked about the value as it stands."""
        self._problems = problems

    def commit(self) -> None:
        """Take what is being typed in a cell of a grid; fields tell of every key themselves."""
        for grid in self._grids.values():
            grid.commit()

    def problems(self) -> Problems:
        """All that does not stand: what the rules say, and what was typed and not understood."""
        return self.untaken() | self._problems() | self.form.problems()

    def untaken(self) -> Problems:
        """What was typed in a cell of a grid and not understood."""
        found: Problems = {}
        for prefix, grid in self._grids.items():
            found |= grid.untaken(prefix)
        return found

    def show_problems(self, found: Problems) -> None:
        """Show these, the first one focused."""
        self.form.show_problems(found)
        self._mark_grids(found)
        for prefix, grid in self._grids.items():
            if grid.untaken(prefix):
                grid.go_to_problem()
                return

    def changed(self) -> None:
        """A person edited something."""
        if not self._loading:
            self.refresh()
            self.edited.emit()
            self._mark_grids(self._problems())

    def _mark_grids(self, found: Problems) -> None:
        for prefix, grid in self._grids.items():
            cells = {}
            for name, what in found.items():
                parts = name.split(".")
                if parts[0] == prefix and len(parts) == 3:
                    cells[int(parts[1]), parts[2]] = what
            grid.set_problems(cells, found.get(prefix, ""))

    # What forms are made of

    def when_typed(self, line: QLineEdit, handler: Callable[[str], object]) -> None:
        """Tell of what a person typed or a screen reader set, and not of what the program fills in."""

        def changed(text: str) -> None:
            if not (self._loading or self._suggesting):
                handler(text)

        line.textChanged.connect(changed)

    def suggest(self, line: QLineEdit, text: str) -> None:
        """Fill in what follows from another field, as long as nobody typed it."""
        self._suggesting = True
        line.setText(text)
        self._suggesting = False

    def header(self, text: str, lead: str = "") -> None:
        """A part of the form begins."""
        made = SectionHeader(text)
        made.setContentsMargins(0, _APART, 0, 0)
        self.form.add_widget(made)
        if lead:
            self.note(lead)

    def note(self, text: str) -> None:
        self.form.add_widget(label(text, TextRole.BODY, "second", wrap=True))

    def action(self, button: Button) -> None:
        """A button of its own width."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        self.form.add_widget(line)

    def text(
        self, name: str, text: str, *, hint: str = "", placeholder: str = "", beside: bool = False
    ) -> QLineEdit:
        line = text_line(placeholder)
        self.form.add(name, text, line, self._check(name), hint, beside=beside)
        return line

    def number(self, name: str, text: str, *, hint: str = "", beside: bool = False) -> ParsedLine[int]:
        line = number_line(text)
        self.form.add(name, text, line, self._check(name, line, tr("Type a number.")), hint, beside=beside)
        return line

    def day(self, name: str, text: str, *, hint: str = "", beside: bool = False) -> ParsedLine[date]:
        line = day_line(text, self.desk.today)
        what = tr("Type a day, such as 12/24, fri or +2w.")
        self.form.add(name, text, line, self._check(name, line, what, needed=True), hint, beside=beside)
        return line

    def time(
        self, name: str, text: str, *, hint: str = "", placeholder: str = "", beside: bool = False
    ) -> ParsedLine[int]:
        line = time_line(name=text, placeholder=placeholder)
        what = tr("Type a time, such as 9:30 or 2p.")
        self.form.add(name, text, line, self._check(name, line, what), hint, beside=beside)
        return line

    def choice(
        self, name: str, text: str, choices: Choices, *, hint: str = "", beside: bool = False
    ) -> QComboBox:
        box = combo(choices)
        self.form.add(name, text, box, self._check(name), hint, beside=beside)
        return box

    def ticks(self, name: str, text: str, choices: Choices, *, hint: str = "") -> Ticks:
        made = Ticks(choices)
        self.form.add(name, text, made, self._check(name), hint)
        return made

    def grid(self, prefix: str, grid: Grid[Any]) -> None:
        """A grid whose problems are named "prefix.row.field"."""
        self._grids[prefix] = grid
        self.form.add_widget(grid)
        grid.edited.connect(self.changed)

    def _check(
        self, name: str, line: ParsedLine[Any] | None = None, what: str = "", *, needed: bool = False
    ) -> Callable[[], str]:
        def check() -> str:
            if line is not None and (not line.understood or (needed and line.value is None)):
                return what
            return self._problems().get(name, "")

        return check
