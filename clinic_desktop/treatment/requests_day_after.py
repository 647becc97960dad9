"""What waits for a prescriber because of a check-in call: red answers, and words to sign for."""

from collections.abc import Iterable, Iterator

from clinic_desktop.foundation.rulebook import Finding, Param, Word
from clinic_desktop.foundation.words import short_date
from clinic_desktop.treatment import day_after_rules as rules
from clinic_desktop.treatment.day_after import AfterFlag, names_of
from clinic_desktop.treatment.request import Reading, Request, RequestKind


def named(codes: Iterable[str]) -> tuple[Word, ...]:
    """What was asked, for a sentence."""
    return tuple(map(Word, names_of(codes)))


def red_answers(there: Reading) -> Iterator[Request]:
    """Yes to a red question, and no prescriber has said what is to be done. None of them waits."""
    flags = there.records.find(AfterFlag, answered_at=None)
    visits = there.visits(one.visit_id for one in flags)
    patients = there.patients(visits.values())
    for one in flags:
        visit = visits[one.visit_id]
        said: dict[str, Param] = {
            "type": there.setup.type_by_id(visit.type_id).name,
            "day": short_date(visit.day),
            "items": named(one.items),
            "note": f"“{one.note}” " if one.note else "",
        }
        yield Request(
            RequestKind.DAY_AFTER,
            Finding(rules.ASKED, said),
            one,
            one.asked_at or there.now,
            visit.patient_id,
            patients[visit.patient_id].name,
            visit,
            here=there.is_here(visit.patient_id),
            urgent=True,
            phones=tuple(phone.number for phone in patients[visit.patient_id].phones),
        )


def cosignatures(there: Reading) -> Iterator[Request]:
    """Answers that were told and read back, and are not signed."""
    flags = [one for one in there.records.find(AfterFlag, signed_at=None) if one.to_sign]
    visits = there.visits(one.visit_id for one in flags)
    patients = there.patients(visits.values())
    for one in flags:
        visit, at = visits[one.visit_id], one.answered_at or there.now
        late = one.due_on is not None and there.today > one.due_on
        said: dict[str, Param] = {
            "who": there.name(one.answered_by or 0),
            "words": one.answer,
            "items": named(one.items),
        }
        said |= {"day": short_date(one.due_on)} if late and one.due_on else {"at": there.shown(at, visit)}
        yield Request(
            RequestKind.DAY_AFTER_COSIGN,
            Finding(rules.SIGN_LATE if late else rules.SIGN, said),
            one,
            at,
            visit.patient_id,
            patients[visit.patient_id].name,
            visit,
            here=there.is_here(visit.patient_id),
            late=late,
        )
