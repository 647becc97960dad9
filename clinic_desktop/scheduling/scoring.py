"""Recording what a patient answered before a visit or at any other time; and telling a prescriber at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.changes import Changes
from clinic_desktop.foundation.clock import local_day
from clinic_desktop.foundation.errors import BadInput, Refusal
from clinic_desktop.foundation.message import Message
from clinic_desktop.foundation.rulebook import Finding
from clinic_desktop.foundation.words import short_date
from clinic_desktop.people import rules as people_rules
from clinic_desktop.people import score_rules as rules
from clinic_desktop.people.model import Patient
from clinic_desktop.people.scores import Score, score_problems
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.ports import ScheduleStore, ScheduleUnit
from clinic_desktop.scheduling.states import NEVER_CAME
from clinic_desktop.security.rights import Right, require


@dataclass(frozen=True, slots=True)
class Scored:
    """The entries as they stand, what is told of them, and the news."""

    scores: tuple[Score, ...]
    told: tuple[Finding, ...]
    changes: Changes


def record_scores(store: ScheduleStore, actor: Actor, scores: Sequence[Score]) -> Scored:
    """Keep scores in one transaction. One without a visit belongs to the patient's visit of its day, if there
    is one. With ``corrects`` it takes the place of an earlier entry, which stays on record.

    Thoughts of self-harm (PHQ-9, item 9) are an urgent message for the prescribers in the same breath.
    """
    require(actor, Right.EDIT_PATIENT)
    with store.write(actor) as unit:
        written, told = [], []
        for score in scores:
            saved, said = _record(unit, score)
            written.append(saved)
            told += said
        return Scored(tuple(written), tuple(told), unit.commit())


def _record(unit: ScheduleUnit, score: Score) -> tuple[Score, list[Finding]]:
    today = local_day(unit.at, unit.setup().clinic.zone)
    if problems := score_problems(score, today):
        raise BadInput(problems)
    patient = unit.get(Patient, score.patient_id)
    if patient.merged_into is not None and score.corrects is None:
        raise Refusal([Finding(people_rules.MERGED_AWAY)])
    before = _corrected(unit, score)
    whole = replace(
        score,
        id=0,
        version=0,
        visit_id=score.visit_id if before is not None else _visit_id(unit, score),
        total=score.sum,
        at=unit.at,
        by=unit.actor.person_id,
        reason=score.reason.strip(),
    )
    if whole.corrects is not None:
        unit.because(whole.reason)
    saved = unit.add(whole)
    return saved, [] if saved.struck else _tell(unit, patient, saved, before)


def _corrected(unit: ScheduleUnit, score: Score) -> Score | None:
    """The entry that is corrected, as nobody else has corrected it yet."""
    if score.corrects is None:
        return None
    unit.hold(Patient, score.patient_id)  # two desks do not both correct it
    if unit.find(Score, corrects=score.corrects):
        raise Refusal([Finding(rules.CORRECTED)])
    return unit.get(Score, score.corrects)


def _visit_id(unit: ScheduleUnit, score: Score) -> int | None:
    if score.visit_id is not None:
        if unit.get(Visit, score.visit_id).patient_id != score.patient_id:
            raise Refusal([Finding(rules.OTHER_PATIENT)])
        return score.visit_id
    setup = unit.setup()
    there = [
        one
        for one in unit.find(Visit, patient_id=score.patient_id, day=score.on)
        if one.state not in NEVER_CAME
    ]
    there.sort(key=lambda one: (score.instrument not in setup.type_by_id(one.type_id).scores, one.start))
    return there[0].id if there else None


def _tell(unit: ScheduleUnit, patient: Patient, score: Score, before: Score | None) -> list[Finding]:
    """What a prescriber must hear; said once, though the rest of an entry is corrected."""
    if score.of.told is None:
        return []
    if score.told is None:
        return [Finding(rules.ITEM_NINE_UNKNOWN, {"patient": patient.name})]
    if not score.told or (before is not None and before.told == score.told):
        return []
    answer = score.of.answers[score.told].lower()
    text = (
        f"{score.of.name} of {short_date(score.on)}, item {score.of.told}: thoughts of being better off "
        f"dead or of self-harm, {answer}. {score.said}."
    )
    unit.add(
        Message(
            patient_id=patient.id,
            text=text,
            urgent=True,
            for_role=Role.PRESCRIBER,
            taken_at=unit.at,
            taken_by=unit.actor.person_id,
        )
    )
    return [Finding(rules.ITEM_NINE, {"patient": patient.name, "answer": answer})]
