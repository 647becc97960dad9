"""The check list: what it asks, who may sign it, and what a contraindication needs."""

import re
from dataclasses import replace

import pytest

from clinic_desktop.foundation.errors import Refusal, RightMissing
from clinic_desktop.people.check_list import CHECK_LIST, Weight, answers
from clinic_desktop.people.model import Screening, ScreeningItem
from clinic_desktop.people.screenings import answer, current, review
from tests.shared_data import shared


def all_no(patient_id: int, **yes: str) -> Screening:
    """Every line answered with no, but ``yes`` (code with _ for -) with its note."""
    items = tuple(
        ScreeningItem(line.code, line.code.replace("-", "_") in yes, yes.get(line.code.replace("-", "_"), ""))
        for line in CHECK_LIST
    )
    return Screening(patient_id=patient_id, items=items)


def test_the_contraindications_are_those_of_the_label():
    forbids = [line.code for line in CHECK_LIST if line.weight is Weight.CONTRAINDICATION]
    assert forbids == ["aneurysm", "brain-bleed", "drug-allergy"]


def test_each_line_has_a_code_of_its_own_and_a_source_of_the_reference():
    assert len({line.code for line in CHECK_LIST}) == len(CHECK_LIST)
    text = shared("clinic/reference.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^\| ([A-Z]{1,2}\d+)", text, re.M)) | {"SA", "SB"}
    assert {key for line in CHECK_LIST for key in line.source.split(", ")} <= known


def test_a_nurse_signs_when_every_line_is_answered(clinic):
    amara = clinic.patient()
    signed = review(clinic.store, clinic.nurse, all_no(amara.id, opioids="tramadol, daily")).screening
    assert (signed.reviewed_by, signed.reviewed_at) == (clinic.nurse.person_id, clinic.clock.at)
    with clinic.store.read() as records:
        assert current(records, amara.id) == signed


def test_an_open_line_is_named(clinic):
    amara = clinic.patient()
    items = all_no(amara.id).items[:-1]
    with pytest.raises(Refusal, match="Open: suicidal thoughts"):
        review(clinic.store, clinic.nurse, Screening(patient_id=amara.id, items=items))


def test_the_desk_notes_answers_and_does_not_sign(clinic):
    amara = clinic.patient()
    kept = answer(clinic.store, clinic.reception, all_no(amara.id)).screening
    assert not kept.reviewed
    with pytest.raises(RightMissing):
        review(clinic.store, clinic.reception, kept)


def test_a_contraindication_is_signed_by_a_prescriber_with_a_note(clinic):
    amara = clinic.patient()
    bare = all_no(amara.id, aneurysm="")
    with pytest.raises(Refusal, match="Aneurysm or vessel malformation: a prescriber reviews this"):
        review(clinic.store, clinic.nurse, bare)
    with pytest.raises(Refusal, match="add a note why"):
        review(clinic.store, clinic.prescriber, bare)
    noted = all_no(amara.id, aneurysm="clipped 2011, neurology agrees, letter on file")
    assert review(clinic.store, clinic.prescriber, noted).screening.reviewed


def test_a_changed_answer_asks_for_a_new_review(clinic):
    amara = clinic.patient()
    signed = review(clinic.store, clinic.nurse, all_no(amara.id)).screening
    same = answer(clinic.store, clinic.reception, signed).screening
    assert same.reviewed
    changed = answer(clinic.store, clinic.reception, replace(same, items=all_no(amara.id, maoi="").items))
    assert not changed.screening.reviewed


def test_lines_of_an_older_list_are_not_lost():
    old = Screening(items=(ScreeningItem("glaucoma", True, "left eye"), ScreeningItem("liver", False)))
    shown = answers(old)
    assert [item.code for item in shown] == [*(line.code for line in CHECK_LIST), "glaucoma"]
    assert next(item for item in shown if item.code == "liver").present is False
    assert shown[-1].note == "left eye"
