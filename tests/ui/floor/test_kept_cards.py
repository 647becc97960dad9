"""A card is worked out anew where anything that it follows from is another, and only there."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from clinic_desktop.treatment.care import Care
from clinic_desktop.treatment.kept_entries import kept_entry
from clinic_desktop.treatment.model import Stamp
from clinic_desktop.ui.floor.card import Group, card_of
from clinic_desktop.ui.floor.kept_cards import Asked, KeptCards, same
from clinic_desktop.ui.floor.reading import Stay as Read
from clinic_desktop.ui.floor.reading import read_floor, with_kept
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.treatment.stays import K, Stay, booked

FOLLOWS = ("at", "session", "whole")


@pytest.fixture
def stays(file_clinic: SmallClinic) -> list[Stay]:
    """Two who are in their rooms."""
    room = file_clinic.rooms["Infusion 2"].id
    other = booked(
        file_clinic,
        "IVM",
        600,
        room_id=room,
        patient_id=file_clinic.double("Bo").id,
        nurse_id=file_clinic.tunde.id,
    )
    both = [booked(file_clinic, "IVM"), other]
    for one in both:
        one.prepared(scored=False)
    return both


def asked(clinic: SmallClinic) -> list[Asked]:
    read = read_floor(clinic.store, MONDAY, clinic.clock.at)
    return [Asked(one, Group.HERE, number) for number, one in enumerate(read.here, start=1)]


def test_only_the_card_of_whom_something_was_recorded_is_made_anew(
    file_clinic: SmallClinic, stays: list[Stay]
) -> None:
    kept, clock = KeptCards(), file_clinic.clock
    before = kept.cards(asked(file_clinic), clock.at)
    stays[0].vitals()
    clock.at += timedelta(seconds=20)
    wanted = asked(file_clinic)
    after = kept.cards(wanted, clock.at)
    assert [new is old for new, old in zip(after, before, strict=True)] == [
        one.visit_id != stays[0].visit_id for one in before
    ]
    assert after == tuple(card_of(one.stay, one.group, one.number, clock.at) for one in wanted)


def test_in_another_minute_every_card_is_made_anew(file_clinic: SmallClinic, stays: list[Stay]) -> None:
    assert stays
    kept, wanted, at = KeptCards(), asked(file_clinic), instant(10, 30)
    first = kept.cards(wanted, at)
    assert all(one is two for one, two in zip(kept.cards(wanted, at), first, strict=True))
    later = at + timedelta(minutes=1)
    assert kept.cards(wanted, later) == tuple(
        card_of(one.stay, one.group, one.number, later) for one in wanted
    )
    assert not any(one is two for one, two in zip(kept.cards(wanted, later), first, strict=True))


def test_whatever_a_card_follows_from_makes_another_of_it(
    file_clinic: SmallClinic, stays: list[Stay]
) -> None:
    assert stays
    one, *_ = asked(file_clinic)
    assert same(one, replace(one))
    for part in ("group", "number", "alike"):
        assert not same(one, replace(one, **{part: "another"})), part
    for field in fields(Read):
        if field.name != "care":
            assert not same(one, replace(one, stay=replace(one.stay, **{field.name: "another"}))), field.name
    for field in fields(Care):
        other = replace(one.stay.care, **{field.name: "another"})
        assert same(one, replace(one, stay=replace(one.stay, care=other))) is (field.name in FOLLOWS), (
            field.name
        )


def test_what_is_kept_on_this_computer_makes_another_card_in_the_same_minute(
    file_clinic: SmallClinic, stays: list[Stay]
) -> None:
    cards, at = KeptCards(), file_clinic.clock.at
    read = read_floor(file_clinic.store, MONDAY, at)
    before, other = cards.cards([Asked(one, Group.HERE) for one in read.here], at)
    later = at + timedelta(seconds=20)
    high = Stamp(kind=K.VITALS, systolic=192, diastolic=118, oxygen=97)
    entry = kept_entry(file_clinic.nurse, before.visit_id, [high], later)
    there = with_kept(read, [entry])
    after, untouched = cards.cards([Asked(one, Group.HERE) for one in there.here], later)
    assert untouched is other
    assert "192/118" not in before.vitals.words
    assert "192/118" in after.vitals.words
