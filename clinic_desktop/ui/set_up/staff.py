"""Staff and shifts: the person, their week from a day on, and when they are away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.rulebook import Problems
from clinic_desktop.people.model import Absence, Shift, Staff
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.scheduling.set_up import Edit, Saved
from clinic_desktop.scheduling.set_up_checks import (
    absence_problems,
    free_initials,
    shift_problems,
    staff_problems,
)
from clinic_desktop.scheduling.set_up_new import opening_shifts
from clinic_desktop.scheduling.set_up_week import in_force, week_edit
from clinic_desktop.ui.desk import Desk
from clinic_desktop.ui.i18n import QT_TR_NOOP, tr
from clinic_desktop.ui.set_up.editor import Editor
from clinic_desktop.ui.set_up.fields import Ticks
from clinic_desktop.ui.set_up.grid import Grid
from clinic_desktop.ui.set_up.shift_grid import absence_columns, shift_columns
from clinic_desktop.ui.set_up.subject import Entry, Subject, on_top
from clinic_desktop.ui.set_up.week_strip import WeekStrip
from clinic_desktop.ui.set_up.words import ROLES, choices, role_words
from clinic_desktop.ui.sign_in.account_box import AccountBox
from clinic_desktop.ui.widgets.rows import Row

_WORKS = "active"


@dataclass(frozen=True, slots=True)
class StaffValue:
    """A person with the shifts that hold from ``since`` on, and the absences that are not over."""

    person: Staff
    shifts: tuple[Shift, ...] = ()
    absences: tuple[Absence, ...] = ()
    since: date = date.min


class StaffEditor(Editor[StaffValue]):
    widest = 800

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._value = StaffValue(Staff())
        self._named = False  # initials follow the name until somebody types them
        self._name = self.text("name", tr("Name"))
        self._initials = self.text("initials", tr("Initials"), beside=True)
        self._watch = self.number(
            "watch_limit", tr("Patients watched at once"), hint=tr("Empty: as the clinic."), beside=True
        )
        self._roles = self.ticks(
            "roles", tr("Roles"), choices(ROLES), hint=tr("They decide what this person may do.")
        )
        self.header(tr("Week"))
        self._strip = WeekStrip()
        self.form.add_widget(self._strip)
        self._shifts: Grid[Shift] = Grid(
            shift_columns(desk.today), self._new_shift, name=tr("Shifts"), add=tr("Add a shift")
        )
        self.grid("shifts", self._shifts)
        self._since = self.day(
            "since", tr("Changes to the week hold from"), hint=tr("The days before stay as they were worked.")
        )
        self.header(tr("Away"))
        self._absences: Grid[Absence] = Grid(
            absence_columns(desk.today), self._new_absence, name=tr("Absences"), add=tr("Add an absence")
        )
        self.grid("absences", self._absences)
        self.header(tr("For the REMS form"), tr("How to reach somebody who watches Spravato sessions."))
        self._phone = self.text("phone", tr("Telephone"), hint=tr("Empty: the clinic's own."))
        self._email = self.text("email", tr("E-mail"), beside=True)
        self._works: Ticks = self.ticks(
            "active",
            tr("Works here"),
            [(_WORKS, tr("Can be picked for visits and at the start"))],
            hint=tr("Somebody who has left keeps their name on everything they did."),
        )
        self.header(tr("Account"))
        self.account = AccountBox(desk)
        self.form.add_widget(self.account)
        self.when_typed(self._name, self._suggest)
        self.when_typed(self._initials, self._typed_initials)

    def _new_shift(self) -> Shift:
        return Shift(
            staff_id=self._value.person.id,
            weekdays=frozenset(range(5)),
            start=480,
            end=990,
            valid_from=self.desk.today(),
        )

    def _new_absence(self) -> Absence:
        today = self.desk.today()
        return Absence(staff_id=self._value.person.id, from_day=today, to_day=today)

    def _suggest(self, name: str) -> None:
        if not self._named:
            taken = [one.initials for one in self.desk.setup.staff if one.active]
            self.suggest(self._initials, free_initials(name, taken))

    def _typed_initials(self, typed: str) -> None:
        self._named = bool(typed)

    def fill(self, value: StaffValue) -> None:
        self._value = value
        person = value.person
        self._named = bool(person.id or person.initials)
        self.account.show_person(person)
        self._name.setText(person.name)
        self._initials.setText(person.initials)
        self._watch.set_value(person.watch_limit)
        self._phone.setText(person.phone)
        self._email.setText(person.email)
        self._roles.set_values(frozenset(person.roles))
        self._works.set_values(frozenset({_WORKS} if person.active else ()))
        self._shifts.set_rows(value.shifts)
        self._absences.set_rows(value.absences)
        self._since.set_value(value.since)

    def value(self) -> StaffValue:
        person = replace(
            self._value.person,
            name=self._name.text().strip(),
            initials=self._initials.text().strip(),
            roles=frozenset(Role(one) for one in self._roles.values),
            watch_limit=self._watch.value,
            active=bool(self._works.values),
            phone=self._phone.text().strip(),
            email=self._email.text().strip(),
        )
        since = self._since.value or self._value.since
        return StaffValue(person, self._shifts.rows, self._absences.rows, since)

    def refresh(self) -> None:
        self._strip.show_week(self._shifts.rows, self.desk.setup.clinic.hours)
        self.form.row("watch_limit").setVisible(Role.NURSE in self._roles.values)


class StaffSubject(Subject[StaffValue]):
    id = "staff"
    title = QT_TR_NOOP("Staff and shifts")
    icon = "person"
    lead = QT_TR_NOOP("Everybody who works here, with their roles and their weeks.")
    add = QT_TR_NOOP("Add a person")
    new = QT_TR_NOOP("New person")

    parts = ("person",)

    def __init__(self, desk: Desk) -> None:
        self._today = desk.today
        self.note: Callable[[Staff], str] = lambda _person: ""  # of their account

    def record(self, value: StaffValue) -> object | None:
        return value.person

    def rows(self, setup: Setup) -> Sequence[Entry]:
        ordered = sorted(setup.staff, key=lambda one: (not one.active, one.name.casefold(), one.id))
        return [Entry(str(one.id), _row(one, self.note(one))) for one in ordered]

    def value(self, setup: Setup, key: str) -> StaffValue:
        person = {str(one.id): one for one in setup.staff}[key]
        today = self._today()
        away = [one for one in setup.absences if one.staff_id == person.id and one.to_day >= today]
        return StaffValue(
            person,
            tuple(in_force(setup.shifts, person.id, today)),
            tuple(sorted(away, key=lambda one: (one.from_day, one.from_minute, one.id))),
            today,
        )

    def fresh(self, setup: Setup) -> StaffValue:
        today = self._today()
        shifts = [replace(one, valid_from=today) for one in opening_shifts(0, setup.clinic.hours)]
        return StaffValue(Staff(), tuple(shifts), (), today)

    def typed_on(self, sent: StaffValue, typed: StaffValue, saved: StaffValue) -> StaffValue:
        return replace(
            typed,
            person=on_top(typed.person, saved.person),
            shifts=saved.shifts if typed.shifts == sent.shifts else typed.shifts,
            absences=saved.absences if typed.absences == sent.absences else typed.absences,
        )

    def edit(self, setup: Setup, before: StaffValue | None, value: StaffValue) -> Edit:  # noqa: ARG002 - the value knows
        if before is None:
            return Edit((value.person, *value.shifts, *value.absences))
        week = week_edit(before.shifts, value.shifts, value.since)
        person = () if value.person == before.person else (value.person,)
        kept = {one.id for one in value.absences}
        away = tuple(one for one in value.absences if one not in before.absences)
        back = tuple(one for one in before.absences if one.id not in kept)
        return Edit((*person, *week.write, *away), (*week.remove, *back))

    def problems(self, setup: Setup, before: StaffValue | None, value: StaffValue) -> Problems:  # noqa: ARG002 - the same
        found = staff_problems(value.person, setup)
        known = replace(setup, staff=(*setup.staff, value.person))
        for number, shift in enumerate(value.shifts):
            found |= {
                f"shifts.{number}.{field}": what for field, what in shift_problems(shift, setup).items()
            }
        for number, one in enumerate(value.absences):
            found |= {
                f"absences.{number}.{field}": what for field, what in absence_problems(one, known).items()
            }
        return found

    def name(self, value: StaffValue) -> str:
        return value.person.name

    def key_after(self, key: str, saved: Saved) -> str:
        people = [one for one in saved.records if isinstance(one, Staff)]
        return str(people[0].id) if people else key

    def editor(self, desk: Desk, kind: str) -> Editor[StaffValue]:  # noqa: ARG002 - one kind
        return StaffEditor(desk)


def _row(one: Staff, note: str) -> Row:
    left = "" if one.active else tr("left")
    return Row(one.name, role_words(one.roles), right=one.initials, badge=left, note=note)
