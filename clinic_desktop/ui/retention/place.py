"""Records that are older than the clinic keeps them, for whoever decides what becomes of them. Read only:
nothing is deleted from here, or by itself."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from clinic_desktop.foundation.errors import ClinicProblem
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.record.retention import PastRetention, RetentionStore, as_csv, past_retention
from clinic_desktop.security.put_on_record import put_on_record
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import LatestReader, run
from clinic_desktop.ui.patients.wording import day_words
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.retention import commands
from clinic_desktop.ui.table_file import ask_save, save_table
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.usage.plain_table import Heading, PlainTable
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.empty_state import EmptyState
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.panel import Panel
from clinic_desktop.ui.wording import problem_worded

KIND = "old records"  # what the trail calls the list
_NONE = QT_TR_NOOP(
    "Records of which nothing is younger than the clinic keeps them will be listed here, to look at, to save "
    "as CSV, and for somebody to decide about. Nothing is ever deleted by itself."
)
_HEADINGS = (
    Heading(QT_TR_NOOP("Patient")),
    Heading(QT_TR_NOOP("Chart number")),
    Heading(QT_TR_NOOP("Birth date")),
    Heading(QT_TR_NOOP("Last visit or change")),
    Heading(QT_TR_NOOP("Under 18 then")),
)


class RetentionView(QWidget):
    """What the list says, and the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Old records"))
        self.note = label("", TextRole.LABEL, "second", wrap=True)
        self.export = Button(tr("Save as CSV"), icon="save", key=commands.EXPORT.keys[0])
        self.table = PlainTable(tr("Old records"))
        self.none = EmptyState("list", tr("No record is that old"), tr(_NONE))
        self.none.hide()
        bar = Panel("surface", ("bottom",))
        row = QHBoxLayout(bar)
        row.setContentsMargins(14, 6, 14, 7)
        row.setSpacing(8)
        row.addWidget(self.note, 1)
        row.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self.none, 1)

    def show_none(self, none: bool) -> None:
        """Whether there is nothing to list, and nothing to save."""
        if none and self.table.hasFocus():
            self.export.setFocus()
        self.table.setHidden(none)
        self.none.setHidden(not none)
        self.export.set_missing([tr("there is nothing to save")] if none else [])


class RetentionPlace(Place):
    """Read anew each time that somebody comes to it; that they did is in the trail before they see it."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.title = tr("Old records")
        self._desk, self._frame = desk, frame
        self._dialog: QFileDialog | None = None
        self.found: tuple[PastRetention, ...] = ()
        self._shown = False
        self.view = RetentionView()
        self._heading = label(self.title, TextRole.NAME)
        self._reader: LatestReader[Sequence[PastRetention]] = LatestReader(
            self.view, self._came, self._refused
        )
        self.view.export.fired.connect(self.export)
        self.view.table.activated.connect(self._activated)
        desk.actor_changed.connect(self._somebody_else)

    def widget(self) -> QWidget:
        return self.view

    def top_bar_widget(self) -> QWidget:
        return self._heading

    def panes(self) -> Sequence[QWidget]:
        return (self.view.table,)

    def focus_work(self) -> None:
        (self.view.export if self.view.table.isHidden() else self.view.table).setFocus()

    def activated(self) -> None:
        self._shown = True
        self._reader.read(partial(_read, self._desk))

    def deactivated(self) -> None:
        self._shown = False

    def commands(self) -> Sequence[Bound]:
        return (
            Bound(commands.OPEN, self.open, self._has_rows),
            Bound(commands.EXPORT, self.export, self._has_rows),
        )

    def _somebody_else(self) -> None:
        """What the one might read is not left on the screen for the other, nor what was on its way."""
        self._reader.cancel()
        self._came(())
        self.view.none.hide()
        self.view.note.setText("")
        if self._shown:
            self.activated()

    def _came(self, found: Sequence[PastRetention]) -> None:
        self.found = tuple(found)
        self._show()
        years = self._desk.setup.policies.retention_years
        if self.found:
            said = tr(
                "%n record(s) of which nothing is younger than {years} years (Set-up, Policies). The program "
                "deletes nothing by itself. Of somebody under 18 then a longer time may hold: ask.",
                "",
                len(self.found),
            )
        else:
            said = tr("No record is older than {years} years (Set-up, Policies).")
        self.view.show_none(not self.found)
        self.view.note.setText(said.format(years=years))

    def _show(self) -> None:
        there = self.view.table.currentIndex().row()
        self.view.table.set_rows(_HEADINGS, list(map(_row, self.found)))
        if self.found:
            self.view.table.selectRow(max(0, min(there, len(self.found) - 1)))

    def _refused(self, problem: ClinicProblem) -> None:
        self._came(())
        self.view.none.hide()  # nobody knows whether there is one
        self.view.note.setText(problem_worded(problem))

    def _has_rows(self) -> bool:
        return bool(self.found)

    def _activated(self, _index: QModelIndex) -> None:
        self.open()

    def open(self) -> None:
        """The page of the patient whose record it is."""
        row = self.view.table.currentIndex().row()
        show = (
            getattr(self._frame.go("patients"), "show_patient", None) if 0 <= row < len(self.found) else None
        )
        if show is not None:
            show(self.found[row].patient.id)

    def export(self) -> None:
        """Ask where to, then write the list as it is shown."""
        if self.found:
            name = f"old-records-{self._desk.today()}.csv"
            self._dialog = ask_save(self.view, name, self.save_to)

    def save_to(self, path: str) -> None:
        """Write the file; that it was saved is in the trail."""
        work = partial(save_table, self._desk, KIND, Path(path), as_csv(self.found), count=len(self.found))
        run(self.view, work, self._saved, key="retention-csv")

    def _saved(self, file: Path) -> None:
        self._frame.say(tr("Saved as {file}.").format(file=file))


def _read(desk: Desk) -> Sequence[PastRetention]:
    found = past_retention(cast(RetentionStore, cast(Any, desk.store)), desk.actor)
    put_on_record(desk.store, desk.actor, Deed.VIEWED, KIND, {"count": len(found)})
    return found


def _row(one: PastRetention) -> tuple[str, ...]:
    born = day_words(one.patient.birth_date) if one.patient.birth_date else ""
    return (
        one.patient.name,
        one.patient.chart_number,
        born,
        day_words(one.last),
        tr("yes") if one.was_child else tr("no"),
    )


def retention_spec(desk: Desk, key: str = commands.KEY) -> PlaceSpec:
    """The place; the mark of Set-up is its own."""
    also = QT_TR_NOOP("retention keep records years past delete destroy archive")
    factory = partial(RetentionPlace, desk)
    return PlaceSpec(
        commands.RETENTION, QT_TR_NOOP("Old records"), "list", key, factory, under="set-up", also=also
    )
