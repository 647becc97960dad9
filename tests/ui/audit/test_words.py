"""Every field of every record kind is said in words, and none of its numbers as a bare number."""

import inspect
import typing
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import UTC, datetime

import pytest

from clinic_desktop.foundation.secrets import Secret
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.security.account import Account
from clinic_desktop.security.audit import TrailLine
from clinic_desktop.storage.as_read import moment
from clinic_desktop.storage.audit import image, witnessed
from clinic_desktop.storage.tables import RECORDS
from clinic_desktop.ui.audit.field_labels import FIELDS, KINDS, PATHS, words_of
from clinic_desktop.ui.audit.value_words import Names, sort_of
from clinic_desktop.ui.audit.words import line_words, named_in
from tests.small_clinic import SmallClinic

_OWN = {"id", "version"}


def _inside(path: str, hint: object) -> Iterator[tuple[str, object]]:
    """Each field and what it is, those of its parts too."""
    yield path, hint
    for one in typing.get_args(hint):
        yield from _inside(path, one)
    if inspect.isclass(hint) and is_dataclass(hint):
        for name, inner in typing.get_type_hints(hint).items():
            yield from _inside(f"{path}.{name}", inner)


def every_field() -> Iterator[tuple[str, object]]:
    for kind, table in RECORDS.items():
        for name, hint in typing.get_type_hints(kind).items():
            if name not in _OWN:
                yield from _inside(f"{table.name}.{name}", hint)


def test_no_kind_and_no_field_of_any_is_without_words():
    assert [table.name for table in RECORDS.values() if table.name not in KINDS] == []
    assert sorted({path for path, _ in every_field() if words_of(path) is None}) == []
    assert [text for text in (*FIELDS.values(), *PATHS.values()) if "_" in text or not text] == []


def test_of_each_whole_number_it_is_known_what_it_counts():
    numbers = {path for path, hint in every_field() if hint is int}
    assert len(numbers) > 150
    assert sorted(path for path in numbers if sort_of(path) is None) == []


def test_the_words_belong_to_the_field():
    names = {path.rpartition(".")[2] for path, _ in every_field()} | _OF_DEEDS
    assert sorted(set(FIELDS) - names) == []
    assert sorted(set(PATHS) - {path for path, _ in every_field()} - _PATHS_OF_DEEDS) == []


_OF_DEEDS = {
    *("where", "checked", "findings", "messages", "hash", "files", "from", "had moved to", "person_id"),
    *(
        "actions",
        "backup",
        "instead",
        "aside",
        "happened",
        "meanwhile",
        "first",
        "last",
        "folder",
        "accepted",
    ),
}
_PATHS_OF_DEEDS = {
    *(
        "trail.count",
        "old records.count",
        "clinic.number",
        "patient.at",
        "staff.by",
        "staff.until",
        "audit.since",
        "audit.until",
    ),
}


def line(action: str, kind: str, number: int, before: str | None, after: str | None) -> TrailLine:
    at = datetime(2026, 11, 17, 15, 12, tzinfo=UTC)
    return TrailLine(7, at, 1, "", "floor", "", action, kind, number, before, after, "", "")


def test_a_visit_is_told_by_names_and_the_clinics_clock(file_clinic: SmallClinic):
    clinic = file_clinic
    book(clinic.store, clinic.desk, clinic.wish())
    with clinic.store.read() as records:
        setup, (visit,) = records.setup(), records.find(Visit)
    names = Names(setup, {clinic.amara.id: clinic.amara.name}, {visit.id: visit})
    made = line("add", "visit", visit.id, None, image(visit))
    told = line_words(made, names)
    text = " ".join(told.what)
    assert told.what[0] == f"Added: Visit, {clinic.amara.name}, Mon, Nov 16, 2026, 10:00 AM"
    assert str(visit.start) not in text
    for words in (
        *("Room or staff from: Nov 16, 2026, 10:00 AM", f"Patient: {clinic.amara.name}", "Room: Infusion 1"),
        *("Time: 10:00 AM", "Driver: Bea Marsh", "Way home: A named adult drives", "State: Booked"),
        *("Driver is 18 or over: yes", f"Nurse: {clinic.maya.name}", "Visit type: IV ketamine"),
    ):
        assert words in text
    order = [text.index(words) for words in ("Patient: ", "Visit type: ", "Room: ", "Nurse: ", "Driver: ")]
    assert order == sorted(order)  # and not by the letters of the fields
    assert named_in([made]) == ({clinic.amara.id}, {visit.id})
    other = replace(visit, room_id=clinic.rooms["Infusion 2"].id, minute=615, version=2)
    moved = line_words(line("change", "visit", visit.id, image(visit), image(other)), names)
    assert set(moved.what[1:]) == {"Room: Infusion 1 → Infusion 2", "Time: 10:00 AM → 10:15 AM"}


def test_of_a_part_only_what_differs_is_told_and_a_secret_never(file_clinic: SmallClinic):
    with file_clinic.store.read() as records:
        setup = records.setup()
    names, clinic = Names(setup, {}), setup.clinic
    other = replace(clinic, policies=replace(clinic.policies, cancel_minute=15 * 60, sheet_codes=False))
    told = line_words(line("change", "clinic", 1, image(clinic), image(other)), names)
    assert told.what == (
        f"Changed: Clinic, {clinic.name}",
        "On that day, by: 5:00 PM → 3:00 PM",
        "Square codes for a phone's camera: yes → no",
    )
    bare = line_words(line("add", "patient", 9, None, image(Patient(9, family_name="Reed"))), names)
    assert bare.what == ("Added: Patient, no. 9", "Last name: Reed; Language: English")
    before, after = (image(Account(1, 1, 1, Secret(one))) for one in ("$a", "$b"))
    (_, secret) = line_words(line("change", "account", 1, before, after), names).what
    assert secret == "Password: changed"


def test_a_time_that_lies_before_the_entrys_own_stands_beside_it_and_both_are_named(file_clinic):
    with file_clinic.store.read() as records:
        names = Names(records.setup(), {})
    about = {"happened": "2026-11-17T14:55:00+00:00", "meanwhile": "the server was away", "by": "password"}
    entry = witnessed(Deed.SIGNED_IN, "staff", 1, about)
    told = line_words(line(entry.action, entry.kind, 1, None, entry.after), names)
    assert told.when == "Happened Nov 17, 2026, 8:55 AM; written in the trail Nov 17, 2026, 9:12 AM"
    assert told.what[1:] == ("With: password; Because: the server was away",)
    viewed = witnessed(Deed.VIEWED, "patient", 1, {"where": "page", "at": "2026-11-17T15:12:00+00:00"})
    told = line_words(line(viewed.action, viewed.kind, 1, None, viewed.after), names)
    assert (told.when, told.what[1:]) == (
        "Nov 17, 2026, 9:12 AM",
        ("Where in the program: the patient's page",),
    )


def test_a_code_of_a_phone_is_told_and_never_which(file_clinic: SmallClinic):
    clinic = file_clinic
    there = (("vm", datetime(2026, 11, 17, 15, 12, tzinfo=UTC)),)
    account = Account(id=1, staff_id=clinic.maya.id, factor=Secret("sealed"), signed_in_at=there)
    after = replace(account, factor_step=59_861_234)
    with clinic.store.read() as records:
        names = Names(records.setup(), {})
    for before in (account, None):
        made = line("change" if before else "add", "account", 1, before and image(before), image(after))
        told = " ".join(line_words(made, names).what)
        assert "A code of the second factor was used" in told
        assert "5986" not in told
        assert "sealed" not in told
    assert "Signed in by password: on the PC called vm, Nov 17, 2026, 9:12 AM" in told


@pytest.mark.parametrize(
    ("action", "kind", "after"),
    [
        ("viewed", "patient", '{"at": "soon"}'),
        ("viewed", "patient", '{"happened": "2026-13-45T00:00:00+00:00"}'),
        ("change", "visit", '{"start": 99999999999999999999, "patient_id": 1}'),
        ("change", "visit", '{"minute": -5000000}'),
        ("change", "patient", '{"birth_date": "2026-13-45"}'),
        ("change", "patient", "[" * 20_000),
        ("change", "patient", "nonsense"),
        ("change", "visit", '{"patient_id": 99999999999999999999, "visit_id": -1}'),
    ],
)
def test_an_entry_that_the_program_never_wrote_stops_no_screen(file_clinic, action, kind, after):
    with file_clinic.store.read() as records:
        names = Names(records.setup(), {})
    forged = line(action, kind, 1, None, after)
    told = line_words(forged, names)
    assert (told.number, told.why, told.desk) == (forged.number, forged.reason, forged.desk)
    assert told.what[0].partition(":")[0] in ("Viewed", "Changed")
    assert all(number < 2**31 for some in named_in([forged]) for number in some)


@pytest.mark.parametrize("year", [1, 9999])
def test_an_entry_of_no_moment_has_the_first_or_last_day_there_is(file_clinic, year):
    with file_clinic.store.read() as records:
        names = Names(records.setup(), {})
    forged = replace(line("viewed", "patient", 1, None, "{}"), at=moment(10**12 * (1 if year > 1 else -1)))
    assert str(year) in line_words(forged, names).when
