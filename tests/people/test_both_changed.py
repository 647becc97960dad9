"""What two desks typed into one patient's record is brought together field by field."""

from dataclasses import replace

from clinic_desktop.foundation.both_changed import Side
from clinic_desktop.people.model import Address, ContactPermissions, Patient, Phone
from clinic_desktop.people.patients import brought_together

SEEN = Patient(7, 3, "C00007", "Amara", "Okafor", email="old@example.org", notes="quiet")


def test_changes_of_different_fields_both_stand():
    mine = replace(SEEN, email="mine@example.org")
    theirs = replace(SEEN, version=4, phones=(Phone("(512) 555-0142"),))
    both = brought_together(SEEN, mine, theirs)
    assert both.decided({}) == replace(theirs, email="mine@example.org")


def test_one_field_changed_by_both_is_asked_about():
    mine = replace(SEEN, email="mine@example.org", notes="loud")
    theirs = replace(SEEN, version=4, email="theirs@example.org")
    both = brought_together(SEEN, mine, theirs)
    assert [one.name for one in both.clashes] == ["email"]
    assert both.decided({"email": Side.THEIRS}) == replace(theirs, notes="loud")
    assert both.decided({"email": Side.MINE}) == replace(theirs, email="mine@example.org", notes="loud")


def test_the_same_change_twice_is_no_clash_however_it_was_typed():
    mine = replace(SEEN, phones=(Phone("512 555 0142"),), email=" new@example.org ")
    theirs = replace(SEEN, version=4, phones=(Phone("(512) 555-0142"),), email="new@example.org")
    assert brought_together(SEEN, mine, theirs).clashes == ()


def test_what_the_store_keeps_is_never_mine():
    mine = replace(SEEN, merged_into=3, source="x")
    theirs = replace(SEEN, version=4)
    assert brought_together(SEEN, mine, theirs).decided({}) == theirs


def test_ways_to_reach_somebody_are_joined_and_an_address_is_not_mixed():
    mine = replace(SEEN, permissions=ContactPermissions(voicemail=True), address=Address("1 Oak Road"))
    theirs = replace(
        SEEN, version=4, permissions=ContactPermissions(text=True), address=Address(city="Austin")
    )
    both = brought_together(SEEN, mine, theirs)
    assert [one.name for one in both.clashes] == ["address"]
    assert both.typed_stays.permissions == ContactPermissions(voicemail=True, text=True)


def test_a_blank_in_a_record_that_was_imported_with_it_is_nobodys_change():
    seen = replace(SEEN, given_name="Amara ")
    theirs = replace(seen, version=4, given_name="Amarah")
    assert brought_together(seen, replace(seen, email="x@example.org"), theirs).clashes == ()
