"""Answering the check list, and a clinician's review of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from clinic_desktop.foundation.actor import Actor
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.store import Records, Store
from clinic_desktop.people import rules
from clinic_desktop.people.check_list import Weight, names, open_lines, present
from clinic_desktop.people.model import Patient, Screening, ScreeningItem
from clinic_desktop.security.rights import Right, may, require


@dataclass(frozen=True, slots=True)
class Screened:
    """The check list as kept, and the news."""

    screening: Screening
    changes: Changes


def current(records: Records, patient_id: int) -> Screening | None:
    """The check list that counts: the patient's last."""
    found = records.find(Screening, patient_id=patient_id)
    return found[-1] if found else None


def answer(store: Store, actor: Actor, screening: Screening) -> Screened:
    """Keep answers (``screening.id`` 0: the first ones). A changed answer asks for a new review."""
    require(actor, Right.EDIT_PATIENT)
    return _write(store, actor, screening, reviewed=False)


def review(store: Store, actor: Actor, screening: Screening) -> Screened:
    """Keep the answers and sign them: a nurse or a prescriber read them.

    With a contraindication present a prescriber signs, and a note says why treatment is still right.
    Raises :class:`Refusal` when a line is open or that is missing.
    """
    require(actor, Right.RECORD)
    return _write(store, actor, screening, reviewed=True)


def review_findings(items: tuple[ScreeningItem, ...], *, by_prescriber: bool) -> list[Finding]:
    """What keeps a review from being signed."""
    if unanswered := open_lines(items):
        return [Finding(rules.CHECK_LIST_OPEN, {"items": tuple(line.name for line in unanswered)})]
    there = present(items, Weight.CONTRAINDICATION)
    if there and not by_prescriber:
        return [Finding(rules.CONTRAINDICATION_REVIEW, {"items": _named(there)})]
    bare = [item for item in there if not item.note.strip()]
    return [Finding(rules.CONTRAINDICATION_NOTE, {"items": _named(bare)})] if bare else []


def unreviewed_contraindications(screening: Screening | None) -> tuple[str, ...]:
    """Contraindications that nobody signed, by name: they forbid every treatment."""
    if screening is None or screening.reviewed:
        return ()
    return names(present(screening.items, Weight.CONTRAINDICATION))


def _named(items: Sequence[ScreeningItem]) -> tuple[str, ...]:
    spoken = names(list(items))
    return (spoken[0][:1].upper() + spoken[0][1:], *spoken[1:])


def _write(store: Store, actor: Actor, screening: Screening, *, reviewed: bool) -> Screened:
    by_prescriber = may(actor, Right.CLEAR)
    refused = review_findings(screening.items, by_prescriber=by_prescriber) if reviewed else []
    if refused:
        raise Refusal(refused)
    with store.write(actor) as unit:
        if unit.get(Patient, screening.patient_id).merged_into is not None:
            raise Refusal([Finding(rules.MERGED_AWAY)])
        signed = (actor.person_id, unit.at) if reviewed else _kept_signature(unit, screening)
        after = replace(screening, reviewed_by=signed[0], reviewed_at=signed[1])
        written = unit.save(after) if after.id else unit.add(after)
        return Screened(written, unit.commit())


def _kept_signature(unit: Records, screening: Screening) -> tuple[int | None, datetime | None]:
    """The review so far, when no answer changed."""
    before = unit.get(Screening, screening.id) if screening.id else Screening()
    return (before.reviewed_by, before.reviewed_at) if before.items == screening.items else (None, None)
