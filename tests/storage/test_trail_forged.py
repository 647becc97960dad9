"""Who writes past the program, with an entry of the trail that looks like one, is told all the same."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor, Role
from clinic_desktop.people.model import Patient
from clinic_desktop.scheduling.booking import book
from clinic_desktop.security.trail_checking import accept_found, found_now
from clinic_desktop.storage import check, trail_records
from clinic_desktop.storage.audit import image
from clinic_desktop.storage.store import SqlStore
from tests.small_clinic import SmallClinic
from tests.storage.conftest import Direct
from tests.storage.forging import entry, told, unguarded

OTHERWISE = "patient 1: it is not as the trail says it was left."
FORGED = "UPDATE patient SET notes = 'forged' WHERE id = 1"


@pytest.fixture
def store(clinic: SmallClinic) -> SqlStore:
    assert told(clinic.store) == []
    return clinic.store


def patient(store: SqlStore) -> Patient:
    with store.read() as records:
        return records.get(Patient, 1)


def accept(store: SqlStore) -> None:
    manager = Actor(1, frozenset({Role.MANAGER}), "office")
    accept_found(store, manager, found_now(store, manager), "Looked into")


def test_an_image_that_says_nothing_passes_for_none(store):
    before = image(patient(store))
    with unguarded(store.where) as direct:
        direct.silent(FORGED)
        number = entry(direct, "patient", 1, before=before)
    assert told(store) == [OTHERWISE]
    with unguarded(store.where) as direct:
        entry(direct, "patient", 1, before="{}", after=image(patient(store)))
    assert told(store) == [f"patient 1: entry {number} does not say what was written."]


@pytest.mark.parametrize("left_out", ["notes", "id", "version"])
def test_what_an_image_leaves_out_may_not_be_otherwise(store, left_out):
    was = patient(store)
    says = json.loads(image(was))
    del says[left_out]
    with unguarded(store.where) as direct:
        direct.silent(FORGED)
        entry(direct, "patient", 1, before=image(was), after=json.dumps(says))
    assert OTHERWISE in told(store)


@pytest.mark.parametrize(
    ("action", "said"),
    [("viewed", {}), ("remove", {}), ("add", {"before": "{}"}), ("change", {"after": None})],
)
def test_an_entry_of_something_else_is_no_image(store, action, said):
    """Nor one that has an image where it can have none, or none where it must have one."""
    with unguarded(store.where) as direct:
        direct.silent(FORGED)
        number = entry(direct, "patient", 1, action, **said)
    found = told(store)
    if action == "viewed":
        assert found == [f"The audit trail does not hold at entry {number}.", OTHERWISE]
    else:
        assert f"patient 1: entry {number} does not say what was written." in found


@pytest.mark.parametrize(
    "deaf",
    ["kind = 'room'", "record_id = 77", "kind = 'day', record_id = 0, day = '2026-11-16'"],
)
def test_a_change_that_the_feed_does_not_tell_is_told(store, deaf):
    """No other desk heard of it, and boards show what was before."""
    with store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, 1), notes="new"))
        unit.commit()
    with unguarded(store.where) as direct:
        ((number,),) = direct.silent("SELECT audit_id FROM head")
        direct.silent(f"UPDATE change SET {deaf} WHERE number = (SELECT max(number) FROM change)")
    assert told(store) == [f"The change of entry {number} is not in the feed."]


def test_a_day_of_the_feed_that_says_no_day_is_told(clinic: SmallClinic):
    store = clinic.store
    book(store, clinic.desk, clinic.wish())
    with unguarded(store.where) as direct:
        ((number,),) = direct.silent("SELECT max(number) FROM change WHERE kind = 'day'")
        direct.silent(f"UPDATE change SET day = NULL WHERE number = {number}")
    assert told(store) == [f"Change {number} of the feed cannot be read."]


def test_a_change_that_was_put_back_is_seen_where_the_story_breaks(store):
    """What stands there is as the last image says, and that begins from what no entry had left."""
    was = patient(store)
    with unguarded(store.where) as direct:
        direct.silent(FORGED)
    forged = patient(store)
    with store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, 1), notes=was.notes))
        unit.commit()
    assert forged.notes == "forged"
    (said,) = told(store)
    assert said.startswith("patient 1: before entry ")
    assert said.endswith(" it was not as the trail says it was left.")


def test_what_was_accepted_as_it_stood_is_accepted_when_it_is_changed_on(store):
    with unguarded(store.where) as direct:
        direct.silent(FORGED)
    accept(store)
    assert told(store) == []
    with store.write(PROGRAM) as unit:
        unit.save(replace(unit.get(Patient, 1), notes="right again"))
        unit.commit()
    assert told(store) == []


def test_who_gives_themself_a_role_and_takes_it_back_is_told(store):
    with store.read() as records:
        (roles,) = records.rows("SELECT roles FROM staff WHERE id = 1")[0]
    for now in ('["manager"]', roles):
        with unguarded(store.where) as direct:
            direct.silent(f"UPDATE staff SET roles = '{now}' WHERE id = 1")
            number = entry(direct, "staff", 1, "viewed")
    said = "The audit trail does not hold at entry {number}."
    assert told(store) == [said.format(number=one) for one in (number - 1, number)]


def test_an_older_versions_images_say_nothing_of_what_was_added_since(store, monkeypatch):
    """As if a revision had given patients two columns: they have what it gave them, and nothing else."""
    given = {"language": patient(store).language, "notes": patient(store).notes}
    with unguarded(store.where) as direct:
        rewrite(direct, given)
    assert len(told(store)) >= 2
    monkeypatch.setattr(trail_records, "_given", lambda name: given if name == "patient" else {})
    assert told(store) == []
    with store.write(PROGRAM) as unit:  # by this version, from there on
        unit.save(replace(unit.get(Patient, 1), notes="new"))
        unit.commit()
    assert told(store) == []
    with unguarded(store.where) as direct:
        direct.silent("UPDATE patient SET notes = 'forged' WHERE id = 2")
    assert told(store) == ["patient 2: it is not as the trail says it was left."]


def rewrite(direct: Direct, without: dict[str, object]) -> None:
    """The patients' stories told once more, as a version would have that did not know these columns."""
    rows = direct.silent(
        'SELECT record_id, action, "before", "after" FROM audit WHERE kind = \'patient\' ORDER BY id'
    )
    for number, after in {row[0]: row[3] for row in rows}.items():
        before = after
        says = {name: value for name, value in json.loads(after).items() if name not in without}
        entry(direct, "patient", number, before=before, after=json.dumps(says))


def test_a_coming_visit_that_claims_no_place_is_told_every_day(clinic: SmallClinic):
    """To whoever books the room looks free."""
    store = clinic.store
    book(store, clinic.desk, clinic.wish())
    with unguarded(store.where) as direct:
        direct.silent("DELETE FROM claim WHERE visit_id = 1")
    (said,) = told(store)
    assert said.startswith("Visit 1 (booked) lacks hands ")
    now = clinic.clock.at
    clinic.clock.at = now + timedelta(days=1)  # the visit's day is over: the whole check goes on to tell it
    assert [one for step in store.trail_steps() for one in step] == []
    assert [one.code for one in check.findings(store.where)] == ["claims-differ"]
    clinic.clock.at = now
    accept(store)
    assert told(store) == []
