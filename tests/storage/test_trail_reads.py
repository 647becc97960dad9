"""The trail is read by page, by person, patient, days and deed, and saved with no formula in it."""

import csv
import json
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import RightMissing
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.security import audit
from clinic_desktop.security.audit import Asked, View, export_trail, read_trail, record_views
from clinic_desktop.storage import check
from tests.small_clinic import SmallClinic

MANAGER = Actor(0, frozenset({Role.MANAGER}), "office")
DANA = Actor(7, frozenset({Role.NURSE}), "floor")


@pytest.fixture
def lived(clinic: SmallClinic) -> SmallClinic:
    clock, store = clinic.clock, clinic.store
    clock.at += timedelta(days=1)
    views = [View(DANA, clinic.noah.id, clock.at, "page"), View(MANAGER, clinic.noah.id, clock.at, "page")]
    record_views(store, views)
    clock.at += timedelta(days=1)
    with store.write(DANA) as unit:
        unit.because("=cmd()")
        unit.save(unit.get(type(clinic.noah), clinic.noah.id))
        unit.commit()
    return clinic


def test_lines_come_newest_first_and_page_by_page(lived):
    whole = read_trail(lived.store, MANAGER, Asked(), most=10_000)
    assert [one.number for one in whole] == list(range(len(whole), 0, -1))
    pages, below = [], None
    while page := read_trail(lived.store, MANAGER, Asked(), 7, below):
        pages += page
        below = page[-1]
    assert pages == whole


def test_lines_are_asked_for_by_person_patient_days_and_deed(lived):
    def found(**asked):
        return [(one.action, one.person_id) for one in read_trail(lived.store, MANAGER, Asked(**asked))]

    now, noah = lived.clock.at, lived.noah.id
    assert found(person_id=7) == [("change", 7), (Deed.VIEWED, 7)]
    assert found(patient_id=noah)[:3] == [("change", 7), (Deed.VIEWED, 0), (Deed.VIEWED, 7)]
    assert found(patient_id=noah + 999) == []
    assert found(since=now) == [("change", 7)]
    assert found(since=now - timedelta(days=1), until=now) == [(Deed.VIEWED, 0), (Deed.VIEWED, 7)]
    assert found(actions=(Deed.VIEWED,), person_id=7) == [(Deed.VIEWED, 7)]


def test_only_who_may_reads_the_trail(lived):
    for use in (lambda: read_trail(lived.store, DANA, Asked()), lambda: exported(lived, DANA)):
        with pytest.raises(RightMissing):
            use()


def exported(lived, actor=MANAGER, **more) -> str:
    parts: list[str] = []
    count = export_trail(lived.store, actor, Asked(person_id=7), parts.append, {7: "@Dana"}, **more)
    assert count == 2
    return "".join(parts)


def test_it_is_saved_as_a_table_without_formulas_and_that_is_in_it(lived, monkeypatch):
    monkeypatch.setattr(audit, "_SAVED_PAGE", 1)
    rows = list(csv.DictReader(exported(lived).splitlines()))
    assert [(one["action"], one["person"], one["reason"]) for one in rows] == [
        ("change", "'@Dana", "'=cmd()"),
        ("viewed", "'@Dana", ""),
    ]
    (line, *_) = map(json.loads, exported(lived, as_json=True).splitlines())
    assert line["reason"] == "=cmd()"
    seen = read_trail(lived.store, MANAGER, Asked(actions=(Deed.EXPORTED,)))
    assert [(one.kind, json.loads(one.after)["person_id"]) for one in seen] == [("audit", "7")] * 2
    assert check.findings(lived.store.where) == []


def test_views_kept_for_later_say_when_they_were(lived):
    at = lived.clock.at - timedelta(hours=3)
    record_views(lived.store, [View(DANA, 1, at, "history")])
    (line,) = read_trail(lived.store, MANAGER, Asked(patient_id=1, actions=(Deed.VIEWED,)))
    assert json.loads(line.after) == {"where": "history", "at": at.isoformat(timespec="seconds")}
