"""The audit trail as a place, for whoever may read it: by person, patient, days and deed, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtWidgets import QFileDialog, QWidget

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import day_span, instant_at
from clinic_desktop.foundation.errors import ClinicProblem, EnvironmentFailure
from clinic_desktop.foundation.private_file import private_text
from clinic_desktop.people.model import Patient
from clinic_desktop.people.person_row import PersonRow
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.typed_dates import typed_day
from clinic_desktop.security.audit import PAGE, Asked, TrailLine, TrailStore, export_trail, read_trail
from clinic_desktop.security.trail_checking import Checked, CheckedStore, Found, accept_found, found_now
from clinic_desktop.ui import trail_watch
from clinic_desktop.ui.audit import commands
from clinic_desktop.ui.audit.value_words import Names
from clinic_desktop.ui.audit.view import AuditView
from clinic_desktop.ui.audit.words import WHY_ACCEPTED, accept_words, line_words, named_in
from clinic_desktop.ui.commands import Bound
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.dialogs import ReasonDialog
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.operations import BEHIND, LatestReader, Operation, run
from clinic_desktop.ui.patients.live_directory import live_directory
from clinic_desktop.ui.patients.wording import born_words
from clinic_desktop.ui.places import Frame, Place, PlaceSpec
from clinic_desktop.ui.table_file import ask_save
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.rows import Row
from clinic_desktop.ui.widgets.suggest_field import Hit
from clinic_desktop.ui.wording import problem_worded

_MOST = 8  # people that are found at once


@dataclass(frozen=True, slots=True)
class Page:
    """Lines that were read, and whom they are about."""

    lines: list[TrailLine]
    names: Names
    on_top: bool  # else they go on from those before


class AuditPlace(Place):
    """Nothing is changed from here. What it was narrowed to stays while it is open."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        self.title = tr("Audit trail")
        self._desk, self._frame = desk, frame
        self._dialog: QFileDialog | None = None
        self._lines: list[TrailLine] = []
        self._more = False
        self.people = live_directory(desk)
        self._patient: int | None = None  # whom the list is narrowed to
        self.view = AuditView(self._parse, self._found)
        self._heading = label(self.title, TextRole.NAME)
        self._reader: LatestReader[Page] = LatestReader(self.view, self._came, self._refused)
        self.view.asked.connect(self.read)
        self.view.patient.chosen.connect(self._chosen)
        self.view.patient.entered.connect(lambda _typed: self.view.say(tr("Nobody is found by that.")))
        self.view.patient.line.textChanged.connect(self._emptied)
        self.view.list.wanted_more.connect(self._older)
        self.view.export.fired.connect(self.export)
        self.view.check.fired.connect(self.check)
        desk.actor_changed.connect(self._somebody_else)
        self._shown = False
        self._checking: Operation[list[Found]] | None = None
        self.dialog: ReasonDialog | None = None

    def widget(self) -> QWidget:
        return self.view

    def top_bar_widget(self) -> QWidget:
        return self._heading

    def panes(self) -> Sequence[QWidget]:
        return (self.view.list, self.view.person)

    def focus_work(self) -> None:
        self.view.list.setFocus()

    def activated(self) -> None:
        self._shown = True
        self.view.set_people(self._desk.setup.staff)
        self.read()

    def deactivated(self) -> None:
        self._shown = False

    def commands(self) -> Sequence[Bound]:
        return (
            Bound(commands.FIND, self._find),
            Bound(commands.EXPORT, self.export, self._has_lines),
            Bound(commands.CHECK, self.check),
        )

    def _find(self) -> None:
        self.view.patient.setFocus()
        self.view.patient.line.selectAll()

    def _found(self, typed: str) -> Sequence[Hit]:
        today = self._desk.today()
        found = (one.person for one in self.people.directory.find(typed, _MOST))
        return [Hit(Row(one.name, one.chart_number, right=born_words(one, today)), one) for one in found]

    def _chosen(self, person: PersonRow) -> None:
        self._patient = person.id
        named = tr("{name}, {number}").format(name=person.name, number=person.chart_number)
        self.view.patient.show_text(named)
        self.read()

    def _emptied(self, typed: str) -> None:
        if not typed and self._patient is not None:
            self._patient = None
            self.read()

    def _parse(self, text: str) -> date | None:
        return typed_day(text.strip().lower(), self._desk.today())

    def _somebody_else(self) -> None:
        """What the one might read is not left on the screen for the other, nor what was on its way."""
        self._reader.cancel()
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
        self._lines, self._patient = [], None
        self.view.patient.clear()
        self.view.list.set_lines(())
        self.view.say("")
        if self._shown:
            self.read()

    # Reading.

    def read(self) -> None:
        """The newest lines of what is asked for."""
        self._reader.read(partial(_read, self._desk, self._asked(), None))

    def _older(self) -> None:
        if self._more and not self._reader.busy:
            self._reader.read(partial(_read, self._desk, self._asked(), self._lines[-1]))

    def _asked(self) -> Asked:
        view, zone = self.view, self._desk.zone
        first, last = view.first.value, view.last.value
        return Asked(
            instant_at(day_span(first, zone)[0]) if first else None,
            instant_at(day_span(last, zone)[1]) if last else None,
            view.person.currentData(),
            self._patient,
            actions=tuple(view.deed.currentData() or ()),
        )

    def _came(self, page: Page) -> None:
        self._more = len(page.lines) == PAGE
        self._lines = page.lines if page.on_top else [*self._lines, *page.lines]
        there = [] if page.on_top else list(self.view.list.lines)
        self.view.list.set_lines([*there, *(line_words(one, page.names) for one in page.lines)])
        if not self._lines:
            self.view.say(tr("Nothing of that is in the trail."))
        else:
            self.view.say(tr("Down on the last line shows older ones.") if self._more else "")

    def _refused(self, problem: ClinicProblem) -> None:
        self._lines = []
        self.view.list.set_lines(())
        self.view.say(problem_worded(problem))

    # Saving.

    def _has_lines(self) -> bool:
        return bool(self._lines)

    def export(self) -> None:
        """Ask where to, then write all that is asked for, not only what was read."""
        if self._lines:
            name = f"audit-trail-{self._desk.today()}.csv"
            self._dialog = ask_save(self.view, name, self.save_to)

    def save_to(self, path: str) -> None:
        """Write the file; that it was saved is in the trail."""
        work = partial(_save, self._desk, self._desk.actor, self._asked(), Path(path))
        run(self.view, work, self._saved, key="audit-csv")

    def _saved(self, file: Path) -> None:
        self._frame.say(tr("Saved as {file}.").format(file=file))

    # Whether it holds, and accepting what was looked into.

    def check(self) -> None:
        """Look through all of it now, behind the window."""
        if self._checking is not None and self._checking.busy:
            return
        self.view.say(tr("Checking all of the trail and every record. This may take a minute."))
        work = partial(found_now, _checked_store(self._desk), self._desk.actor)
        self._checking = Operation(self.view, work, self._checked, self._refused_check, pool=BEHIND)
        self._checking.start()

    def _refused_check(self, problem: ClinicProblem) -> None:
        self.view.say(problem_worded(problem))

    def _checked(self, found: Sequence[Found]) -> None:
        if not found:
            self.view.say(tr("Everything holds: the trail, and every record as the trail says."))
            return
        self.view.say(tr("%n thing(s) do not hold.", "", len(found)))
        self.dialog = ReasonDialog.ask(
            self.view,
            tr("Accept what does not hold?"),
            accept_words([one.message for one in found]),
            WHY_ACCEPTED,
            tr("Accept it as it stands"),
            lambda _code, reason: self._accept(found, reason),
        )

    def _accept(self, found: Sequence[Found], reason: str) -> None:
        work = partial(accept_found, _checked_store(self._desk), self._desk.actor, found, reason)
        run(self.view, work, self._accepted, self._refused_check, key="audit-accept")

    def _accepted(self, _checked: Checked) -> None:
        self._frame.clear_banner(trail_watch.ID)
        self._frame.say(tr("Accepted, and on record."))
        self.read()


def _checked_store(desk: Desk) -> CheckedStore:
    return cast(CheckedStore, cast(Any, desk.store))


def _read(desk: Desk, asked: Asked, below: TrailLine | None) -> Page:
    with desk.store.read() as records:
        setup = records.setup()
    lines = read_trail(_store(desk), desk.actor, asked, PAGE, below)
    people, numbers = named_in(lines)
    with desk.store.read() as records:
        visits = {one.id: one for one in records.find(Visit, id=sorted(numbers))} if numbers else {}
        people |= {one.patient_id for one in visits.values()}
        found = records.find(Patient, id=sorted(people)) if people else []
    return Page(lines, Names(setup, {one.id: one.name for one in found}, visits), below is None)


def _save(desk: Desk, actor: Actor, asked: Asked, file: Path) -> Path:
    with desk.store.read() as records:
        names = {one.id: one.name for one in records.setup().staff}
    try:
        with private_text(file) as out:
            export_trail(_store(desk), actor, asked, out.write, names)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        said = tr("{file} could not be written: {why}. Choose another place.")
        raise EnvironmentFailure(said.format(file=file, why=why)) from problem
    return file


def _store(desk: Desk) -> TrailStore:
    return cast(TrailStore, cast(Any, desk.store))


def audit_spec(desk: Desk, key: str = commands.KEY) -> PlaceSpec:
    """The place; the mark of Set-up is its own."""
    also = QT_TR_NOOP("log who changed viewed history access HIPAA")
    factory = partial(AuditPlace, desk)
    return PlaceSpec(
        commands.AUDIT, QT_TR_NOOP("Audit trail"), "list", key, factory, under="set-up", also=also
    )
