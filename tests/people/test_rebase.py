"""What two desks typed into one record is brought together field by field."""

from dataclasses import replace

from clinic_desktop.people.model import Patient, Phone
from clinic_desktop.people.rebase import rebased

SEEN = Patient(7, 3, "C00007", "Amara", "Okafor", email="old@example.org", notes="quiet")


def test_changes_of_different_fields_both_stand():
    mine = replace(SEEN, email="mine@example.org")
    theirs = replace(SEEN, version=4, phones=(Phone("(512) 555-0142"),))
    both = rebased(SEEN, mine, theirs)
    assert both.patient == replace(theirs, email="mine@example.org")
    assert both.clashes == ()


def test_one_field_changed_by_both_is_named_and_mine_waits_there():
    mine = replace(SEEN, email="mine@example.org", notes="loud")
    theirs = replace(SEEN, version=4, email="theirs@example.org")
    both = rebased(SEEN, mine, theirs)
    assert (both.patient.email, both.patient.notes, both.patient.version) == ("mine@example.org", "loud", 4)
    assert both.clashes == ("email",)


def test_the_same_change_twice_is_no_clash():
    mine = replace(SEEN, email="new@example.org")
    assert rebased(SEEN, mine, replace(mine, version=4)).clashes == ()


def test_what_the_store_keeps_is_never_mine():
    mine = replace(SEEN, merged_into=3, source="x")
    assert rebased(SEEN, mine, replace(SEEN, version=4)).patient == replace(SEEN, version=4)
