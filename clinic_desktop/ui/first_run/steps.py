"""The pages of the assistant: one question each, with an answer filled in where there is a good one."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.before_first import before_first_treatment
from clinic_desktop.scheduling.defaults import TEMPLATES
from clinic_desktop.scheduling.defaults_types import VISIT_TYPES
from clinic_desktop.scheduling.model import ClinicPhone, Room
from clinic_desktop.scheduling.set_up_new import Answers, NewPerson, answer_problems, setup_of
from clinic_desktop.ui.i18n import tr
from clinic_desktop.ui.paint import Tone
from clinic_desktop.ui.set_up.clinic import AddressBox, phone_grid
from clinic_desktop.ui.set_up.fields import text_line
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.grid_model import Column
from clinic_desktop.ui.set_up.week_grid import WeekGrid, week_of, week_words
from clinic_desktop.ui.set_up.words import FITS, ROLES, role_words
from clinic_desktop.ui.set_up.zones import no_zone_words, set_zone, zone_box, zone_hint, zone_of
from clinic_desktop.ui.tokens import TextRole
from clinic_desktop.ui.widgets.button import Button
from clinic_desktop.ui.widgets.form import Form
from clinic_desktop.ui.widgets.label import label
from clinic_desktop.ui.widgets.notice_box import NoticeBox
from clinic_desktop.ui.wording import fields_worded, worded

Problems = dict[str, str]  # worded


class Step(QWidget):
    """One page. ``fields``: the answers it asks for, by the name of their problems.

    ``submitted``: go on. ``ended``: Enter came out of the last cell, and nothing else waits to be typed.
    """

    submitted = Signal()
    ended = Signal()
    fields: tuple[str, ...] = ()

    def __init__(self, name: str, question: str, lead: str) -> None:
        super().__init__()
        self.name = name
        self._said: Problems = {}  # what was said: what still holds of it follows every edit
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self._question = label(question, TextRole.PAGE, wrap=True)
        self.column.addWidget(self._question)
        self.column.addWidget(label(lead, TextRole.BODY, "second", wrap=True))
        self.setAccessibleName(question)

    def fill(self, answers: Answers) -> None:
        """Show the answers given so far."""

    def commit(self) -> None:
        """Take what is being typed in a cell."""

    def as_typed(self, answers: Answers) -> Answers:
        """The answers with what this page says, but for a cell that is being typed in."""
        return answers

    def answered(self, answers: Answers) -> Answers:
        """The answers with what this page says."""
        self.commit()
        return self.as_typed(answers)

    def summary(self, answers: Answers) -> str:  # noqa: ARG002 - for those that say something
        """A few words for the list of steps."""
        return ""

    def problems(self, answers: Answers) -> Problems:
        """What of this page does not stand."""
        found = answer_problems(answers)
        return fields_worded({name: one for name, one in found.items() if name.split(".")[0] in self.fields})

    def show_problems(self, found: Problems) -> None:
        """Say them where they belong, and go to the first."""
        self._said = found
        self.show_in_grid(found)
        if found:
            self.go_to_problem(found)

    def show_in_grid(self, found: Problems) -> None:
        """Say those of the page's grid."""

    def go_to_problem(self, found: Problems) -> None:
        """The focus to the first field that does not stand."""

    def _look_again(self) -> None:
        """A grid was edited: what was said of it goes as soon as it does not hold any more. What is new waits
        until somebody goes on: a line that is being filled in is not wrong yet."""
        found = self.problems(self.as_typed(Answers())) if self._said else {}
        self.show_in_grid({name: what for name, what in found.items() if name in self._said})

    def first(self) -> QWidget:
        """Where the focus begins."""
        return self


def _cells(prefix: str, found: Problems) -> dict[tuple[int, str], str]:
    """ "rooms.2.name" as the cell (2, "name")."""
    out = {}
    for name, what in found.items():
        parts = name.split(".")
        if parts[0] == prefix and len(parts) == 3:
            out[int(parts[1]), parts[2]] = what
    return out


class ClinicStep(Step):
    fields = ("name", "zone", "phones")

    def __init__(self) -> None:
        super().__init__(
            tr("Your clinic"),
            tr("What is your clinic called?"),
            tr("Name, address and phones stand on every sheet that a patient takes home."),
        )
        self._answers = Answers()
        self.form = Form()
        self._name = text_line()
        self.form.add("name", tr("Name"), self._name, self._check("name"))
        self._address = AddressBox()
        self.form.add("address", tr("Address"), self._address)
        self._zone = zone_box()
        self.form.add("zone", tr("Time zone"), self._zone, self._check("zone"))
        self.form.submits_at_end = False  # the phones come after it
        self.form.submitted.connect(self.submitted)
        self.form.edited.connect(self._show_hint)
        self.column.addWidget(self.form)
        self.column.addWidget(label(tr("Phones, and when somebody answers"), TextRole.LABEL, "second"))
        self._phones: Grid[ClinicPhone] = phone_grid()
        self.column.addWidget(self._phones)
        self._phones.walk_by_enter(self.ended.emit)
        self._phones.edited.connect(self._look_again)
        self.column.addStretch(1)

    def _check(self, name: str) -> Callable[[], str]:
        return lambda: self.problems(self.answered(self._answers)).get(name, "")

    def problems(self, answers: Answers) -> Problems:
        found = super().problems(answers)
        return found | {"zone": no_zone_words(answers.zone)} if "zone" in found else found

    def fill(self, answers: Answers) -> None:
        self._answers = answers
        self._name.setText(answers.name)
        self._address.setPlainText(answers.address)
        set_zone(self._zone, answers.zone)
        self._show_hint()
        self._phones.set_rows(answers.phones or (ClinicPhone("", tr("Front desk")),))

    def _show_hint(self) -> None:
        self.form.row("zone").set_hint(zone_hint(zone_of(self._zone)))

    def commit(self) -> None:
        self._phones.commit()

    def as_typed(self, answers: Answers) -> Answers:
        return replace(
            answers,
            name=self._name.text().strip(),
            address=self._address.toPlainText().strip(),
            zone=zone_of(self._zone),
            phones=tuple(one for one in self._phones.rows if one.number.strip() or one.hours.strip()),
        )

    def summary(self, answers: Answers) -> str:
        return answers.name

    def show_problems(self, found: Problems) -> None:
        self.form.show_problems(found)
        super().show_problems(found)

    def show_in_grid(self, found: Problems) -> None:
        self._phones.set_problems({}, found.get("phones", ""))

    def go_to_problem(self, found: Problems) -> None:
        if set(found) <= {"phones"}:  # the form has gone to its own
            self._phones.go_to_problem()

    def first(self) -> QWidget:
        return self._name


class HoursStep(Step):
    fields = ("hours",)

    def __init__(self) -> None:
        super().__init__(
            tr("Opening hours"),
            tr("When are you open?"),
            tr("Everybody works these hours until you set shifts. Type 8-5:30, or 8-12, 1-5, or closed."),
        )
        self._week = WeekGrid()
        self._week.walk_by_enter(self.ended.emit)
        self._week.edited.connect(self._look_again)
        self.column.addWidget(self._week)
        copy = Button(tr("Use this day's hours for Monday to Friday"), icon="copy", size="small")
        copy.fired.connect(self._week.copy_to_weekdays)
        self.column.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    def fill(self, answers: Answers) -> None:
        self._week.show_week(week_of(answers.hours))

    def commit(self) -> None:
        self._week.commit()

    def as_typed(self, answers: Answers) -> Answers:
        return replace(answers, hours=self._week.week.hours)

    def problems(self, answers: Answers) -> Problems:
        return self._week.untaken("hours") | super().problems(answers)

    def summary(self, answers: Answers) -> str:
        return week_words(week_of(answers.hours))

    def show_in_grid(self, found: Problems) -> None:
        self._week.set_problems({}, found.get("hours", ""))

    def go_to_problem(self, found: Problems) -> None:  # noqa: ARG002 - the grid knows
        self._week.go_to_problem()

    def first(self) -> QWidget:
        return self._week.view


def room_words(answers: Answers) -> str:
    """ "7 rooms"."""
    count = len(answers.rooms)
    return tr("%n room(s)", "", count)


def people_words(answers: Answers) -> str:
    """ "4 people"."""
    count = len(answers.people)
    return tr("%n (person|people)", "", count)


def _fit_column(fit: str, words: str) -> Column[Room]:
    def put(room: Room, on: str | bool) -> Room:
        return replace(room, fits=room.fits | {fit} if on else room.fits - {fit})

    return Column(f"fits-{fit}", tr(words), lambda room: fit in room.fits, put, width=120, tick=True)


class RoomsStep(Step):
    fields = ("rooms",)

    def __init__(self) -> None:
        super().__init__(
            tr("Rooms"),
            tr("Which rooms do you have?"),
            tr("Each is one column on the board, in this order. Change what is different."),
        )
        columns: list[Column[Room]] = [
            Column("name", tr("Name"), lambda r: r.name, lambda r, t: replace(r, name=str(t))),
            *(_fit_column(fit, words) for fit, words in FITS.items()),
        ]
        self._grid: Grid[Room] = Grid(columns, Room, name=tr("Rooms"), add=tr("Add a room"), movable=True)
        self._grid.walk_by_enter(self.ended.emit)
        self._grid.walk_by_tab()
        self._grid.edited.connect(self._look_again)
        self.column.addWidget(self._grid)
        self.column.addWidget(
            NoticeBox(tr("A room with two chairs is two rooms. Name them Bay A and Bay B."))
        )
        self.column.addStretch(1)

    def fill(self, answers: Answers) -> None:
        self._grid.set_rows(answers.rooms)

    def commit(self) -> None:
        self._grid.commit()

    def as_typed(self, answers: Answers) -> Answers:
        return replace(answers, rooms=tuple(one for one in self._grid.rows if one.name.strip() or one.fits))

    def summary(self, answers: Answers) -> str:
        return room_words(answers)

    def show_in_grid(self, found: Problems) -> None:
        self._grid.set_problems(_cells("rooms", found), found.get("rooms", ""))

    def go_to_problem(self, found: Problems) -> None:  # noqa: ARG002 - the grid knows
        self._grid.go_to_problem()

    def first(self) -> QWidget:
        return self._grid.view


def _role_column(role: Role, words: str) -> Column[NewPerson]:
    def put(person: NewPerson, on: str | bool) -> NewPerson:
        return replace(person, roles=person.roles | {role} if on else person.roles - {role})

    return Column(f"roles-{role}", tr(words), lambda person: role in person.roles, put, width=90, tick=True)


def _nobody(*roles: Role) -> NewPerson:
    return NewPerson("", frozenset(roles))


class PeopleStep(Step):
    fields = ("people",)

    def __init__(self) -> None:
        super().__init__(
            tr("People"),
            tr("Who works here?"),
            tr("Roles decide what a person may do. Lines without a name are left out."),
        )
        columns: list[Column[NewPerson]] = [
            Column("name", tr("Name"), lambda p: p.name, lambda p, t: replace(p, name=str(t))),
            *(_role_column(role, words) for role, words in ROLES.items()),
        ]
        self._grid: Grid[NewPerson] = Grid(columns, _nobody, name=tr("People"), add=tr("Add a person"))
        self._grid.walk_by_enter(self.ended.emit)
        self._grid.walk_by_tab()
        self._grid.edited.connect(self._look_again)
        self.column.addWidget(self._grid)
        self.column.addStretch(1)

    def fill(self, answers: Answers) -> None:
        usual = (
            _nobody(Role.PRESCRIBER),
            _nobody(Role.NURSE),
            _nobody(Role.NURSE),
            _nobody(Role.RECEPTIONIST, Role.MANAGER),
        )
        self._grid.set_rows(answers.people or usual)

    def commit(self) -> None:
        self._grid.commit()

    def as_typed(self, answers: Answers) -> Answers:
        return replace(answers, people=tuple(one for one in self._grid.rows if one.name.strip()))

    def summary(self, answers: Answers) -> str:
        return people_words(answers) if answers.people else ""

    def show_in_grid(self, found: Problems) -> None:
        general = found.get("people", "") or next(iter(found.values()), "")
        named = [n for n, one in enumerate(self._grid.rows) if one.name.strip()]
        cells = {(named[n], field): what for (n, field), what in _cells("people", found).items()}
        self._grid.set_problems(cells, general)

    def go_to_problem(self, found: Problems) -> None:
        if "people" in found:  # somebody is missing: beside what is said of it
            self._grid.go_to_last()
        self._grid.go_to_problem()

    def first(self) -> QWidget:
        return self._grid.view


class ReadyStep(Step):
    """What will be made, in sentences, and what is worth doing next."""

    def __init__(self, place: str, plain: str = "") -> None:
        super().__init__(
            tr("Ready"), tr("Ready to make your clinic"), tr("Everything can be changed in Set-up later.")
        )
        self._place, self._plain = place, plain
        self._lines = label("", TextRole.BODY, wrap=True)
        self.column.addWidget(self._lines)
        self._to_know = NoticeBox(tr("Before the first treatment"))
        self.column.addWidget(self._to_know)
        self.column.addStretch(1)

    def problems(self, answers: Answers) -> Problems:
        """Of all pages, and said with the name of whoever has it: here nobody sees the tables."""
        found = dict(fields_worded(answer_problems(answers)))
        for number, one in enumerate(answers.people):
            for field in [name for name in found if name.startswith(f"people.{number}.")]:
                found[field] = f"{one.name}: {found[field]}"
        return found

    def fill(self, answers: Answers) -> None:
        rooms = [one.name for one in answers.rooms]
        people = [f"{one.name} ({role_words(one.roles) or tr('no role')})" for one in answers.people]
        lines = [
            answers.name,
            week_words(week_of(answers.hours)),
            f"{room_words(answers)}: {', '.join(rooms)}",
            f"{people_words(answers)}: {', '.join(people)}",
            tr("{types} visit types and {courses} courses, ready to use").format(
                types=len(VISIT_TYPES), courses=len(TEMPLATES)
            ),
        ]
        if self._place:
            lines.append(tr("Kept in {place}").format(place=self._place))
        if self._plain:
            lines.append(self._plain)
        self._lines.setText("\n".join(f"•  {line}" for line in lines))
        self._lines.setAccessibleName(". ".join(lines))
        if found := self.problems(answers):
            words = " ".join([*found.values(), tr("Esc goes back, to mend it.")])
            self._to_know.set_notice(tr("The clinic cannot be made yet"), words, Tone.DANGER)
            self._to_know.show()
            return
        to_do = before_first_treatment(setup_of(answers))
        self._to_know.set_notice(tr("Before the first treatment"), " ".join(map(worded, to_do)), Tone.INFO)
        self._to_know.setVisible(bool(to_do))
