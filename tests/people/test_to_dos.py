"""What is missing before a treatment stands in a list."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from clinic_desktop.people.model import (
    Clearance,
    Contact,
    Indication,
    Order,
    Patient,
    Phone,
    Screening,
    UsualDriver,
)
from clinic_desktop.people.to_dos import Chart, lacks_details, to_dos

TODAY = date(2026, 11, 17)
CALLER = Patient(1, given_name="Amara", phones=(Phone("(512) 555-0142"),))
COMPLETE = replace(
    CALLER,
    birth_date=date(1984, 4, 12),
    emergency=Contact("Daniel", "husband", "(512) 555-0178"),
    allergies="None known",
    indication=Indication.TRD,
    drivers=(UsualDriver("Daniel", "(512) 555-0178"),),
)
SIGNED = Screening(1, 1, 1, reviewed_by=2, reviewed_at=datetime(2026, 11, 3, tzinfo=UTC))
CLEARED = Clearance(1, 1, 1, "spravato", 1, date(2026, 11, 3), date(2027, 11, 3))
ORDER = Order(1, 1, 1, "spravato", "esketamine", "nasal", 56)
READY = Chart(
    replace(COMPLETE, rems_enrolled_on=date(2026, 11, 3)),
    [CLEARED],
    SIGNED,
    [ORDER],
    {"spravato": "Spravato"},
    frozenset({"spravato"}),
)


def said(chart: Chart) -> list[str]:
    return [one.finding.code for one in to_dos(chart, TODAY)]


def test_a_caller_has_the_whole_list_before_them():
    assert said(Chart(CALLER)) == [
        "to-do-birth-date",
        "to-do-emergency",
        "to-do-allergies",
        "to-do-indication",
        "to-do-driver",
        "to-do-check-list",
        "to-do-clearance",
    ]


def test_who_has_everything_has_nothing_to_do():
    assert said(READY) == []


def test_each_gap_is_said_alone():
    assert said(replace(READY, screening=None)) == ["to-do-check-list"]
    assert said(replace(READY, screening=Screening(1, 1, 1))) == ["to-do-review"]
    assert said(replace(READY, orders=[])) == ["to-do-order"]
    assert said(replace(READY, orders=[replace(ORDER, visits=0)])) == ["to-do-order"]
    assert said(replace(READY, orders=[replace(ORDER, visits=8)], given={1: 7})) == []
    assert said(replace(READY, orders=[replace(ORDER, visits=8)], given={1: 8})) == ["to-do-order"]
    assert said(replace(READY, patient=COMPLETE)) == ["to-do-enrol"]
    assert said(replace(READY, patient=replace(READY.patient, phones=()))) == ["to-do-phone"]


def test_a_clearance_asks_for_renewal_four_weeks_ahead_and_says_when_it_ended():
    soon = replace(CLEARED, until=TODAY + timedelta(weeks=4))
    ended = replace(CLEARED, until=date(2026, 11, 16))
    assert said(replace(READY, clearances=[soon])) == ["to-do-renew"]
    (lapsed,) = to_dos(replace(READY, clearances=[ended]), TODAY)
    assert lapsed.finding.sentence() == "The clearance for Spravato ended on November 16, 2026."


def test_the_dead_have_nothing_to_do():
    assert said(Chart(replace(CALLER, death_date=date(2026, 1, 2)))) == []


def test_lists_mark_who_has_to_be_asked_for_something():
    assert lacks_details(CALLER)
    assert not lacks_details(COMPLETE)
    assert not lacks_details(replace(COMPLETE, drivers=()))
    assert not lacks_details(replace(CALLER, death_date=date(2026, 1, 2)))
