"""Everything that is kept about one patient, of one moment; that it was given out is on record."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from clinic_desktop.aftercare.course_card import card_document
from clinic_desktop.aftercare.preparing import Preparation, preparation_document
from clinic_desktop.aftercare.sheets import document_of
from clinic_desktop.aftercare.values import Sheet
from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.clock import Clock
from clinic_desktop.foundation.document import Document
from clinic_desktop.foundation.trail import Deed, Noted
from clinic_desktop.people.model import Merge, Patient
from clinic_desktop.record.kinds import INTERNAL, LINKS, NAMES, NOT_GIVEN
from clinic_desktop.record.plain import Names, given, moment, names_of, person, said
from clinic_desktop.record.words import words_of
from clinic_desktop.scheduling.merging import kept_id
from clinic_desktop.scheduling.papers import Paper
from clinic_desktop.scheduling.ports import ScheduleRecords, ScheduleUnit
from clinic_desktop.security.rights import Right, require

FORMAT, SCHEMA = "Clinic Desktop patient record", 1
_DEEDS = frozenset(Deed)
# Kinds whose images between a merge and its undoing may hold what belongs to somebody else.
_JOINED = frozenset({"patient", "screening"})

Found = dict[type[Any], dict[int, Any]]


class RecordReads(ScheduleRecords, Protocol):
    def noted(self, kind: type[Any], record_ids: Sequence[int]) -> list[Noted]:
        """Every row of the trail about some records of a kind, the oldest first."""
        ...


class RecordUnit(ScheduleUnit, RecordReads, Protocol):
    """A transaction that reads the trail too."""


class RecordStore(Protocol):
    @property
    def clock(self) -> Clock: ...

    def write(self, actor: Actor) -> AbstractContextManager[RecordUnit]: ...


@dataclass(frozen=True, slots=True)
class WholeRecord:
    """The record as plain values, in the form that docs/patient-record.md describes."""

    content: Mapping[str, Any]

    @property
    def chart_number(self) -> str:
        return str(self.content["patient"]["chart_number"])

    def as_json(self) -> bytes:
        """UTF-8, letter for letter."""
        text = json.dumps(self.content, ensure_ascii=False, indent=1)
        return f"{text}\n".encode(errors="replace")


def may_take(actor: Actor) -> None:
    """Raises :class:`RightMissing` for who may not give a record out. Whoever may see reports
    answers for what goes out."""
    require(actor, Right.VIEW)
    require(actor, Right.REPORT)


def take_record(store: RecordStore, actor: Actor, patient_id: int, files: Sequence[str]) -> WholeRecord:
    """Gather a patient's whole record to give it out. That is in the audit trail before anybody has it.

    files: the kinds that are made of it ("json", "pdf"). A merged record's number leads to the one that was
    kept.
    """
    may_take(actor)
    with store.write(actor) as unit:
        found = gather(unit, patient_id)
        kept = next(iter(found[Patient].values()))
        content = _content(unit, found, kept, unit.at, actor)
        unit.witness(Deed.EXPORTED, "patient", kept.id, {"what": "whole record", "files": sorted(files)})
        unit.commit()
    return WholeRecord(content)


def gather(records: ScheduleRecords, patient_id: int) -> Found:
    """Every record about a patient, by kind and number. The first of the patients is the one that is kept."""
    kept = records.get(Patient, kept_id(records, patient_id))
    found: Found = {kind: {} for kind in NAMES}
    wave = [kept]
    while wave:
        found[Patient] |= {one.id: one for one in wave}
        wave = records.find(Patient, merged_into=[one.id for one in wave])
    for kind, field, named in LINKS:
        if named_ids := list(found[named]):
            found[kind] |= {one.id: one for one in records.find(kind, **{field: named_ids})}
    return found


def _content(
    records: RecordReads, found: Found, kept: Patient, at: datetime, actor: Actor
) -> dict[str, object]:
    setup = records.setup()
    names, clinic = names_of(setup), setup.clinic
    trail = sorted(
        (one for kind, records_of in found.items() for one in records.noted(kind, sorted(records_of))),
        key=lambda one: one.number,
    )
    apart = [one for one in found[Merge].values() if one.undone_at is not None]
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "made_at": moment(at, names),
        "made_by": person(actor.person_id, names),
        "zone": clinic.zone,
        "paper": setup.policies.sheet_page,
        "clinic": {
            "name": clinic.name,
            "address": clinic.address,
            "phones": [{"number": one.number, "hours": one.hours} for one in clinic.phones],
        },
        "patient": given(kept, names),
        "internal": list(INTERNAL),
        "records": {
            name: [_given(name, one, names) for _, one in sorted(found[kind].items())]
            for kind, name in NAMES.items()
        },
        "papers": list(_papers(records, found, names)),
        "history": [_changed(one, apart, names) for one in trail if one.action not in _DEEDS],
        "seen": [_seen(one, names) for one in trail if one.action in _DEEDS],
    }


def _given(name: str, record: object, names: Names) -> dict[str, Any]:
    hidden = NOT_GIVEN.get(name, frozenset())
    return {field: value for field, value in given(record, names).items() if field not in hidden}


def _papers(records: ScheduleRecords, found: Found, names: Names) -> Iterator[dict[str, Any]]:
    """What was handed out, in the words in which it went out."""
    for sheet in found[Sheet].values():
        yield _paper("sheet", sheet.id, sheet.made_at, document_of(records, sheet), names)
    for printed in found[Preparation].values():
        document = preparation_document(records, printed)
        yield _paper("preparation", printed.id, printed.made_at, document, names)
    for paper in found[Paper].values():
        if paper.facts:
            yield _paper("paper", paper.id, paper.made_at, card_document(records, paper), names)


def _paper(
    kind: str, number: int, made_at: datetime | None, document: Document, names: Names
) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": number,
        "made_at": moment(made_at, names) if made_at else None,
        "language": document.language,
        "words": words_of(document),
    }


def _changed(row: Noted, apart: Sequence[Merge], names: Names) -> dict[str, Any]:
    """One change: each field that differs, before and after."""
    withheld = row.kind in _JOINED and any(_within(row.at, one) for one in apart)
    before, after = row.before or {}, row.after or {}
    hidden = NOT_GIVEN.get(row.kind, frozenset()) | {"version"}
    differing = [
        name for name in {**before, **after} if before.get(name) != after.get(name) and name not in hidden
    ]
    changes = {
        name: [said(name, before.get(name), names), said(name, after.get(name), names)] for name in differing
    }
    if row.before is None:
        changes = {name: pair for name, pair in changes.items() if pair[1] not in ("", [], {}, False)}
    return {
        "number": row.number,
        "at": moment(row.at, names),
        "by": person(row.person_id, names),
        "action": row.action,
        "kind": row.kind,
        "id": row.record_id,
        "changes": {} if withheld else changes,
        "withheld": withheld,
        "reason": row.reason,
    }


def _within(at: datetime, merge: Merge) -> bool:
    return merge.at is not None and merge.undone_at is not None and merge.at <= at <= merge.undone_at


def _seen(row: Noted, names: Names) -> dict[str, Any]:
    return {
        "number": row.number,
        "at": moment(row.at, names),
        "by": person(row.person_id, names),
        "deed": row.action,
        "kind": row.kind,
        "id": row.record_id,
        "about": dict(row.after or {}),
    }
