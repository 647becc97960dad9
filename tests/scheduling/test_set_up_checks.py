"""What a set-up record must be like, one line each: the change that breaks it and the field that says so."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_desktop.foundation.actor import Role
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.people.model import Absence, Break, Shift, Staff
from clinic_desktop.rule_list import rules_in
from clinic_desktop.scheduling import set_up_checks as checks
from clinic_desktop.scheduling import set_up_rules
from clinic_desktop.scheduling.defaults import HOURS, ROOMS, default_setup
from clinic_desktop.scheduling.model import ClinicPhone, Closure, Cover, OpenHours, Policies, Room

MAYA = Staff(id=1, name="Maya Jones", initials="MJ", roles=frozenset({Role.NURSE}))
KAUR = Staff(id=2, name="Priya Kaur", initials="PK", roles=frozenset({Role.MANAGER}))
SETUP = replace(
    default_setup(),
    rooms=tuple(replace(room, id=n) for n, room in enumerate(ROOMS, start=1)),
    staff=(MAYA, KAUR),
)
CLINIC = SETUP.clinic
SHIFT = Shift(staff_id=1, weekdays=frozenset({0}), start=480, end=960, breaks=(Break(720, 750),))
WEEK = {"from_day": date(2026, 11, 2), "to_day": date(2026, 11, 6)}


def test_what_ships_stands() -> None:
    assert checks.clinic_problems(CLINIC, SETUP) == {}
    assert [checks.room_problems(room, SETUP) for room in SETUP.rooms] == [{}] * len(ROOMS)
    assert [checks.staff_problems(one, SETUP) for one in SETUP.staff] == [{}, {}]
    assert checks.shift_problems(SHIFT, SETUP) == {}
    assert checks.absence_problems(Absence(staff_id=1, **WEEK), SETUP) == {}
    assert checks.closure_problems(Closure(**WEEK), SETUP) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"zone": "America/Nowhere"}, "zone"),
        ({"zone": ""}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"phones": (ClinicPhone("217 555 0142"), ClinicPhone("call us"))}, "phones"),
        ({"hours": (OpenHours(0, 600, 600),)}, "hours"),
        ({"hours": (OpenHours(0, 600, 1500),)}, "hours"),
        ({"hours": (OpenHours(0, 480, 720), OpenHours(0, 700, 900))}, "hours"),
    ],
)
def test_the_clinic(change: dict[str, object], field: str) -> None:
    assert list(checks.clinic_problems(replace(CLINIC, **change), SETUP)) == [field]


def test_a_day_may_have_two_stretches_of_opening() -> None:
    split = replace(CLINIC, hours=(*HOURS[1:], OpenHours(0, 480, 720), OpenHours(0, 780, 1020)))
    assert checks.clinic_problems(split, SETUP) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"grid": 7}, "grid"),
        ({"watch_limit": 0}, "watch_limit"),
        ({"min_staff_with_dosed": -1}, "min_staff_with_dosed"),
        ({"iv_cover": Cover.NOBODY}, "iv_cover"),
        ({"release_anchor": "middle"}, "release_anchor"),
        ({"sheet_page": "foolscap"}, "sheet_page"),
        ({"release_check_minutes": 61}, "release_check_minutes"),
        ({"iv_recovery_minutes": 29}, "iv_recovery_minutes"),
        ({"iv_no_drive_hours": 2}, "iv_no_drive_hours"),
        ({"alcohol_hours": 96}, "alcohol_hours"),
        ({"decision_hours": 0}, "decision_hours"),
        ({"adult_hours": 0}, "adult_hours"),
        ({"statements_off": frozenset({14, 12})}, "statements_off"),
        ({"form_off": frozenset({"padss.walking"})}, "form_off"),
        ({"pre_dose_minutes": 5}, "pre_dose_minutes"),
        ({"count_days": 731}, "count_days"),
        ({"pin_hours": 17}, "pin_hours"),
        ({"emergency_minutes": 241}, "emergency_minutes"),
    ],
)
def test_policies(change: dict[str, object], field: str) -> None:
    assert list(checks.policy_problems(replace(Policies(), **change))) == [field]


@pytest.mark.parametrize(
    ("room", "fields"),
    [
        (Room(name="Bay A", fits=frozenset({"iv"})), []),
        (Room(name="INFUSION 1 ", fits=frozenset({"iv"})), ["name"]),
        (Room(name="INFUSION 1 ", fits=frozenset({"iv"}), active=False), []),
        (Room(name="", fits=frozenset({"iv"})), ["name"]),
        (Room(name="Bay A"), ["fits"]),
    ],
)
def test_rooms(room: Room, fields: list[str]) -> None:
    assert list(checks.room_problems(room, SETUP)) == fields


def test_a_name_of_a_room_out_of_use_is_free() -> None:
    gone = replace(SETUP, rooms=tuple(replace(room, active=False) for room in SETUP.rooms))
    assert checks.room_problems(Room(name="Infusion 1", fits=frozenset({"iv"})), gone) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"initials": ""}, "initials"),
        ({"initials": "MAYAJ"}, "initials"),
        ({"initials": "pk"}, "initials"),
        ({"roles": frozenset()}, "roles"),
        ({"watch_limit": 0}, "watch_limit"),
    ],
)
def test_people(change: dict[str, object], field: str) -> None:
    assert list(checks.staff_problems(replace(MAYA, **change), SETUP)) == [field]


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Maya Jones", [], "MJ"),
        ("Maya Jones", ["mj"], "MaJ"),
        ("Maya Jones", ["MJ", "MaJ", "MayJ"], "MJ2"),
        ("Dr. Priya Lin", [], "PL"),
        ("Ana", [], "A"),
        ("Ana", ["A"], "An"),
        ("José Ñandú", [], "JÑ"),
        ("", [], ""),
        ("12", [], ""),
    ],
)
def test_initials_are_found_that_nobody_has(name: str, taken: list[str], expected: str) -> None:
    assert checks.free_initials(name, taken) == expected


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weekdays": frozenset()}, "weekdays"),
        ({"end": 480}, "end"),
        ({"end": 1441}, "end"),
        ({"breaks": (Break(470, 500),)}, "breaks"),
        ({"breaks": (Break(720, 720),)}, "breaks"),
        ({"breaks": (Break(720, 750), Break(740, 760))}, "breaks"),
        ({"every_weeks": 0}, "every_weeks"),
        ({"valid_from": date(2026, 11, 2), "valid_to": date(2026, 11, 1)}, "valid_to"),
    ],
)
def test_shifts(change: dict[str, object], field: str) -> None:
    assert list(checks.shift_problems(replace(SHIFT, **change), SETUP)) == [field]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"to_day": date(2026, 11, 1)}, "to_day"),
        ({"to_day": date(2026, 11, 2), "from_minute": 600, "to_minute": 600}, "to_minute"),
        ({"from_minute": 1440}, "to_minute"),
    ],
)
def test_absences_and_closures_end_after_they_begin(change: dict[str, object], field: str) -> None:
    assert list(checks.absence_problems(replace(Absence(staff_id=1, **WEEK), **change), SETUP)) == [field]
    assert list(checks.closure_problems(replace(Closure(**WEEK), **change), SETUP)) == [field]


def test_an_absence_is_somebodys_and_a_closure_is_of_a_room_there_is() -> None:
    assert list(checks.absence_problems(Absence(staff_id=9, **WEEK), SETUP)) == ["staff_id"]
    assert list(checks.closure_problems(Closure(room_id=99, **WEEK), SETUP)) == ["room_id"]


def test_no_message_scolds() -> None:
    said = [rule.sentence.casefold() for rule in rules_in(set_up_rules)]
    assert len(said) > 50
    scolding = ("error", "invalid", "please", "oops", "wrong")
    assert [one for one in said if any(word in one for word in scolding)] == []


def test_a_locked_rule_of_the_programme_has_its_number_and_nobody_goes_over_it() -> None:
    programme = [one for one in rules_in(set_up_rules) if one.code.startswith("set-up-rems")]
    assert [(one.reference, one.severity) for one in programme] == [
        (number, Severity.LOCKED) for number in ("H3", "H4", "H6", "H2", "H2")
    ]
