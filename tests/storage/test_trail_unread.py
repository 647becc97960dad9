"""A row that nobody can read, or that has no number of its own, is a finding and stops nothing."""

import json
from datetime import timedelta

import pytest

from clinic_desktop.foundation import settings
from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Patient
from clinic_desktop.security.audit import Asked, export_trail, read_trail
from clinic_desktop.security.trail_checking import accept_found, found_now, last_check, verify
from clinic_desktop.storage import against_backups, check
from clinic_desktop.storage.as_read import moment
from clinic_desktop.storage.audit import chained, image
from clinic_desktop.storage.keeper import ClinicKeeper
from clinic_desktop.storage.store import SqlStore
from clinic_desktop.treatment.alarm_records import HelpCall
from tests.small_clinic import SmallClinic
from tests.storage.conftest import Direct, as_owner, beside, put_in_trail
from tests.storage.forging import add, entry, told, unguarded

MANAGER = Actor(1, frozenset({Role.MANAGER}), "office")
FAR = 10**12  # seconds: the year 33658


@pytest.fixture
def store(file_clinic: SmallClinic) -> SqlStore:
    return file_clinic.store


def pages(store: SqlStore) -> list[int]:
    """The numbers of all lines, seven at a time."""
    lines = read_trail(store, MANAGER, Asked(), 7)
    found = list(lines)
    while lines:
        lines = read_trail(store, MANAGER, Asked(), 7, lines[-1])
        found += lines
    return [one.number for one in found]


def test_a_backup_is_made_of_it_and_says_what_was_found(store, tmp_path, monkeypatch):
    monkeypatch.setenv(settings.HOME_VARIABLE, str(tmp_path / "home"))
    with unguarded(store.where) as direct:
        entry(direct, "clinic", 0, "restored", change_number=0, at=FAR, after='["instead"]')
        entry(direct, "clinic", 0, "backed up", change_number=0, at=FAR, after="x")
    made = ClinicKeeper(store).make(PROGRAM)
    assert [one.good for one in made.backups] == [False]
    assert [one.code for one in against_backups.findings(store.where)] == []


@pytest.mark.parametrize("at", [FAR, -FAR, "soon"])
def test_entries_of_no_moment(store, at):
    with unguarded(store.where) as direct:
        numbers = [entry(direct, "staff", 0, "viewed", change_number=0, at=at) for _ in range(9)]
    goes_on(store, [f"The audit trail does not hold at entry {one}." for one in numbers])


def goes_on(store: SqlStore, messages: list[str]) -> None:
    """All is told and put on record, a manager accepts it, and the trail is read and saved to its end."""
    assert told(store) == sorted(messages)
    written = store.last_written()
    assert written is not None
    assert written <= store.clock.now()
    checked = verify(store, lambda _seconds: False)
    assert checked is not None
    assert sorted(checked.messages) == sorted([*messages, *marks(store)])
    assert store.last_written() == checked.at
    accept_found(store, MANAGER, found_now(store, MANAGER), "Looked into")
    assert told(store) == []
    with store.read() as records:
        (count,) = records.rows("SELECT count(*) FROM audit")[0]
    numbers = pages(store)
    assert len(numbers) == len(set(numbers)) == count
    assert export_trail(store, MANAGER, Asked(), lambda _text: None, {}) == count


def marks(store: SqlStore) -> list[str]:
    return [one.message for one in check.findings(store.where) if one.code == "mark"]


@pytest.mark.parametrize(
    "says",
    [
        *("{}", "x", "[]", None, '{"count": "many", "messages": []}', '{"count": 3, "messages": []}'),
        *('{"count": -1, "messages": ["x"]}', '{"count": 0}', "[" * 20_000),
    ],
)
def test_a_check_that_does_not_say_what_it_found_is_none(store, says):
    with unguarded(store.where) as direct:
        number = entry(direct, "trail", 0, "checked", change_number=0, after=says)
    assert last_check(store) is None
    goes_on(store, [f"The audit trail does not hold at entry {number}."])


def test_a_change_of_no_day_is_no_news_and_the_next_one_is(store):
    seen = store.change_number()
    with unguarded(store.where) as direct:
        add(direct, "change", {"number": seen + 1, "kind": "day", "record_id": 0, "day": "nonsense"})
        direct.silent(f"UPDATE head SET change_number = {seen + 1}")
    with store.write(PROGRAM) as unit:
        unit.add(Patient(given_name="Dee"))
        unit.commit()
    news = store.changes_since(seen)
    assert (news.number, news.days, news.kinds) == (seen + 2, frozenset(), frozenset({"patient"}))
    goes_on(store, [f"Change {seen + 1} of the feed cannot be read."])


@pytest.mark.parametrize("says", ["x", "[]", "7", '{"birth_date": "soon"}', "[" * 20_000])
def test_an_image_of_nothing_hides_no_other_line_of_a_patient(store, says):
    with store.read() as records:
        before = records.history_of(1)
        was = image(records.get(Patient, 1))
    with unguarded(store.where) as direct:
        number = entry(direct, "patient", 1, before=was, after=says)
    with store.read() as records:
        assert records.history_of(1) == before
        assert records.history_of(1, most=1) == before[:1]
        assert records.last_written(Patient, 1) is None
        assert records.changed_since(Patient, 1, 0) == [
            one for one in before if isinstance(one.after, Patient)
        ]
        assert records.noted(Patient, [1])[-1].number == number
    goes_on(store, ["patient 1: it is not as the trail says it was left."])


def test_records_with_a_number_that_none_has(store):
    with store.write(PROGRAM) as unit:
        call = unit.add(HelpCall(at=unit.at))
        unit.commit()
    names = ", ".join(f'"{one}"' for one in HelpCall.__slots__ if one != "id")
    with unguarded(store.where) as direct:
        for number in (0, -1, -(2**63)):
            query = f"INSERT INTO help_call (id, {names}) SELECT {number}, {names} FROM help_call"
            direct.silent(f"{query} WHERE id = {call.id}")
    said = "help_call {number}: no record has such a number."
    goes_on(store, [said.format(number=one) for one in (-(2**63), -1, 0)])
    with unguarded(store.where) as direct:
        direct.silent("UPDATE help_call SET desk = 'forged' WHERE id = -1")
    assert told(store) == [said.format(number=-1)]


@pytest.mark.parametrize("number", [0, -1, -(2**63), 10**6])
def test_an_entry_beside_the_trail_accepts_nothing_and_is_told(store, number):
    with unguarded(store.where) as direct:
        direct.silent("UPDATE patient SET notes = 'forged' WHERE id = 1")
    otherwise = told(store)
    found = [
        {"code": one.code, "message": one.message, "proof": one.proof} for one in found_now(store, MANAGER)
    ]
    about = {"count": 0, "messages": [], "accepted": found}
    with unguarded(store.where) as direct:
        beside_it(direct, number, "accepted", "trail", 0, json.dumps(about))
    assert told(store) == sorted([f"Entry {number} is no part of the audit trail.", *otherwise])
    assert check.accepted(store.where) == []
    assert last_check(store) is None


def test_an_entry_that_its_hash_does_not_hold_accepts_nothing(store):
    with unguarded(store.where) as direct:
        direct.silent("UPDATE patient SET notes = 'forged' WHERE id = 1")
    accept_found(store, MANAGER, found_now(store, MANAGER), "Looked into")
    assert told(store) == []
    with unguarded(store.where) as direct:
        direct.silent("UPDATE audit SET reason = 'another' WHERE action = 'accepted'")
    assert len(told(store)) == 2


def test_an_entry_below_the_trail_is_no_image_of_a_record(store):
    with unguarded(store.where) as direct:
        direct.silent(
            "INSERT INTO patient SELECT 77, version" + columns(Patient) + " FROM patient WHERE id = 1"
        )
        beside_it(direct, -1, "add", "patient", 77, '{"id": 77}', change_number=1)
    assert "patient 77: nothing in the trail says that it was written." in told(store)


def columns(kind: type) -> str:
    names = ("'X77'" if one == "chart_number" else f'"{one}"' for one in kind.__slots__[2:])
    return "".join(f", {one}" for one in names)


def beside_it(
    direct: Direct, number: int, action: str, kind: str, record_id: int, after: str, change_number: int = 0
) -> None:
    row = {
        **{"id": number, "at": 1_793_642_400, "person_id": 0, "roles": "", "desk": "", "login": ""},
        **{"action": action, "kind": kind, "record_id": record_id, "before": None, "after": after},
        **{"reason": "x", "change_number": change_number, "previous_hash": ""},
    }
    row["hash"] = chained(row | {"at": moment(row["at"])})
    add(direct, "audit", row)


def test_the_last_check_may_be_dated_far_ahead(store):
    with unguarded(store.where) as direct:
        entry(direct, "trail", 0, "checked", change_number=0, at=FAR, after='{"count": 0, "messages": []}')
    checked = verify(store, lambda _seconds: False)
    assert checked is not None
    assert checked.at - store.clock.now() < timedelta(minutes=1)


@pytest.mark.parametrize("deed", ["checked", "accepted"])
def test_no_desk_says_for_another_that_it_has_looked(server_clinic, deed):
    """One row a day of one desk would keep all of them from looking."""
    store = server_clinic.store
    said = json.dumps({"count": 0, "messages": [], "accepted": []})
    with unguarded(store.where) as direct:
        direct.silent("UPDATE patient SET notes = 'forged' WHERE id = 1")
    with beside(as_owner(store.where)) as other:
        row = {"at": int(store.clock.now().timestamp()), "change_number": 0, "before": None}
        with other.connection.transaction():
            put_in_trail(other.connection, deed, "trail", [(0, said)], fed=False, **row)
    assert last_check(store) is None
    checked = verify(store, lambda _seconds: False)
    assert checked is not None
    assert checked.messages == ("patient 1: it is not as the trail says it was left.",)
    assert last_check(store) == verify(store, lambda _seconds: False) == checked  # its own of today stands
