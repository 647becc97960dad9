"""Scores are kept on both databases: only ever added, the visit's own, and told at once where it matters."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clinic_desktop.foundation.actor import Actor, Role
from clinic_desktop.foundation.errors import BadInput, Refusal, RightMissing
from clinic_desktop.people.scores import Score, scores_of, standing_scores
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.merging import merge_patients, undo_merge
from clinic_desktop.scheduling.messages import messages_for
from clinic_desktop.scheduling.model import Visit
from clinic_desktop.scheduling.scoring import Scored, record_scores
from tests.small_clinic import MONDAY, SmallClinic

CALM = (1, 2, 3, 0, 1, 2, 3, 0, 0)
DARK = (1, 2, 3, 0, 1, 2, 3, 0, 1)


def phq(clinic: SmallClinic, items: tuple[int, ...] = CALM, **more: object) -> Score:
    return replace(Score(patient_id=clinic.amara.id, instrument="phq9", items=items, on=MONDAY), **more)


def kept(clinic: SmallClinic, *scores: Score) -> Scored:
    return record_scores(clinic.store, clinic.desk, scores)


def standing(clinic: SmallClinic, patient_id: int = 0) -> list[tuple[int, ...]]:
    with clinic.store.read() as records:
        return [one.items for one in standing_scores(scores_of(records, patient_id or clinic.amara.id))]


def messages(clinic: SmallClinic) -> list[str]:
    with clinic.store.read() as records:
        return [one.message.text for one in messages_for(records, clinic.prescriber)]


def visit(clinic: SmallClinic, **changes: object) -> Visit:
    return book(clinic.store, clinic.desk, clinic.wish(**changes)).visits[0]


def test_a_score_is_kept_with_who_and_when_and_its_total(clinic: SmallClinic) -> None:
    (score,) = kept(clinic, phq(clinic)).scores
    assert (score.total, score.by, score.at) == (12, clinic.desk.person_id, clinic.clock.now())
    with clinic.store.read() as records:
        assert records.get(Score, score.id) == score


def test_several_are_kept_at_once_or_none(clinic: SmallClinic) -> None:
    gad = Score(patient_id=clinic.amara.id, instrument="gad7", total=22, on=MONDAY)
    with pytest.raises(BadInput):
        kept(clinic, phq(clinic), gad)
    assert standing(clinic) == []
    assert len(kept(clinic, phq(clinic), replace(gad, total=21)).scores) == 2


def test_it_belongs_to_the_visit_of_its_day_that_asks_for_it(clinic: SmallClinic) -> None:
    talk = visit(clinic, type_code="CON", minute=540)
    asked = visit(clinic, type_code="SP56", minute=840)
    (score,) = kept(clinic, phq(clinic)).scores
    assert score.visit_id == asked.id
    (other,) = kept(clinic, Score(patient_id=clinic.amara.id, instrument="gad7", total=4, on=MONDAY)).scores
    assert other.visit_id == talk.id
    (before,) = kept(clinic, phq(clinic, on=MONDAY - timedelta(days=1))).scores
    assert before.visit_id is None


def test_the_visit_of_somebody_else_is_refused(clinic: SmallClinic) -> None:
    one = visit(clinic)
    with pytest.raises(Refusal):
        kept(clinic, phq(clinic, patient_id=clinic.noah.id, visit_id=one.id))


def test_thoughts_of_self_harm_are_an_urgent_message_for_the_prescribers_at_once(clinic: SmallClinic) -> None:
    told = kept(clinic, phq(clinic, DARK)).told
    assert [one.code for one in told] == ["score-item-9"]
    assert told[0].sentence().startswith("Okafor, Amara has thoughts of being better off dead")
    assert "several days" in told[0].sentence()
    assert messages(clinic) == [
        "PHQ-9 of Mon, Nov 16, item 9: thoughts of being better off dead or of self-harm, several days. "
        "PHQ-9 13, moderate."
    ]


def test_no_such_thoughts_no_message(clinic: SmallClinic) -> None:
    assert kept(clinic, phq(clinic)).told == ()
    assert messages(clinic) == []


def test_a_total_alone_does_not_know_and_says_so(clinic: SmallClinic) -> None:
    told = kept(clinic, phq(clinic, (), total=14)).told
    assert [one.code for one in told] == ["score-item-9-unknown"]
    assert kept(clinic, Score(patient_id=clinic.amara.id, instrument="pain", total=6, on=MONDAY)).told == ()


def test_a_correction_is_a_new_entry_with_a_reason(clinic: SmallClinic) -> None:
    one = visit(clinic)
    (first,) = kept(clinic, phq(clinic)).scores
    fixed = replace(first, items=(0,) * 9, corrects=first.id)
    with pytest.raises(BadInput):
        kept(clinic, fixed)
    (second,) = kept(clinic, replace(fixed, reason="typed the form of last week")).scores
    assert (second.visit_id, second.total) == (one.id, 0)
    assert standing(clinic) == [(0,) * 9]
    with clinic.store.read() as records:
        assert records.get(Score, first.id) == first
    with pytest.raises(Refusal):  # somebody else did already
        kept(clinic, replace(fixed, reason="so did I"))


def test_what_is_told_is_told_once(clinic: SmallClinic) -> None:
    (first,) = kept(clinic, phq(clinic, DARK)).scores
    fixed = replace(first, items=(0, *DARK[1:]), corrects=first.id, reason="first item")
    (second,) = kept(clinic, fixed).scores
    assert len(messages(clinic)) == 1
    worse = replace(second, items=(*DARK[:8], 3), corrects=second.id, reason="last item")
    assert [one.code for one in kept(clinic, worse).told] == ["score-item-9"]
    assert len(messages(clinic)) == 2


def test_an_entry_is_struck_out_with_a_reason(clinic: SmallClinic) -> None:
    (first,) = kept(clinic, phq(clinic, DARK)).scores
    kept(clinic, replace(first, corrects=first.id, struck=True, reason="another patient's form"))
    assert standing(clinic) == []
    assert len(messages(clinic)) == 1  # what was told was told


def test_it_needs_the_right_to_change_patients(clinic: SmallClinic) -> None:
    with pytest.raises(RightMissing):
        record_scores(clinic.store, Actor(0, frozenset(), "nobody"), [phq(clinic)])


def test_two_records_of_one_person_are_read_as_one_and_come_apart_again(clinic: SmallClinic) -> None:
    kept(clinic, phq(clinic))
    kept(clinic, phq(clinic, (0,) * 9, patient_id=clinic.noah.id, on=MONDAY - timedelta(days=7)))
    manager = Actor(0, frozenset({Role.MANAGER}), "office")
    merged = merge_patients(clinic.store, manager, clinic.amara, clinic.noah)
    assert standing(clinic) == [(0,) * 9, CALM]
    with clinic.store.read() as records:
        told = [one.after for one in records.history_of(clinic.amara.id) if isinstance(one.after, Score)]
        assert len(told) == 2
    with pytest.raises(Refusal):
        kept(clinic, phq(clinic, patient_id=clinic.noah.id))
    undo_merge(clinic.store, manager, merged.merge.id)
    assert standing(clinic) == [CALM]
    assert standing(clinic, clinic.noah.id) == [(0,) * 9]
