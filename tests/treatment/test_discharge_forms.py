"""Discharge forms: optional, with items a clinic may drop; hard only where the visit's type asks for one."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rulebook import Severity
from clinic_desktop.scheduling.discharge_forms import FORMS, kept_items, least_of, most_of
from clinic_desktop.scheduling.model import Setup
from clinic_desktop.treatment.leaving import before_release
from clinic_desktop.treatment.model import Stamp
from tests.small_clinic import SmallClinic, instant
from tests.treatment.cases import K, care, codes, setup, sprayed, stamp
from tests.treatment.stays import booked


def scored(form: str, *points: int, minute: int = 12) -> Stamp:
    items = FORMS[form][: len(points)]
    return stamp(K.DISCHARGE_FORM, instant(12, minute), form=form, form_items=items, form_scores=points)


def asking(form: str, clinic: Setup | None = None) -> Setup:
    """The clinic where every type asks for a form."""
    made = clinic or setup()
    return replace(made, types=tuple(replace(one, discharge_form=form) for one in made.types))


def missing(*more: Stamp, clinic: Setup | None = None) -> list[str]:
    return codes(before_release(care("SP56", [*sprayed(), *more], instant(12, 20), setup=clinic or setup())))


@pytest.mark.parametrize(("items", "most", "least"), [(5, 10, 9), (4, 8, 8), (3, 6, 6)])
def test_fewer_items_are_counted_by_themselves(items: int, most: int, least: int) -> None:
    assert (most_of(items), least_of(items)) == (most, least)


def test_what_says_nothing_after_ketamine_may_be_left_out() -> None:
    off = frozenset({"padss.bleeding", "padss.intake and output", "padss.walking"})
    assert kept_items("padss", off) == ("vital signs", "walking", "pain and nausea")
    assert kept_items("mpadss", frozenset()) == ("vital signs", "walking", "nausea", "pain", "bleeding")


def test_nobody_needs_a_form() -> None:
    assert missing() == []
    assert missing(scored("aldrete", 2, 2, 2, 2, 1)) == []


def test_a_low_one_that_nobody_asked_for_is_said_and_keeps_nobody() -> None:
    found = before_release(care("SP56", [*sprayed(), scored("padss", 2, 1, 1, 2, 2)], instant(12, 20)))
    assert [(one.code, one.severity) for one in found] == [("form-low", Severity.WARNING)]
    assert found[0].sentence() == "PADSS at 12:12 PM is 8 of 10; from 9 on somebody is ready."


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ([], ["release-form"]),
        ([scored("padss", 2, 2, 2, 2, 2)], ["release-form"]),  # another form than the one asked for
        ([scored("aldrete", 2, 2, 2, 2, 1)], []),
        ([scored("aldrete", 2, 2, 2, 1, 1)], ["release-form-low"]),
        ([scored("aldrete", 2, 2, 2, 1, 1), scored("aldrete", 2, 2, 2, 2, 1, minute=15)], []),
    ],
)
def test_where_the_type_asks_for_it_nobody_leaves_without_the_points(
    more: list[Stamp], wanted: list[str]
) -> None:
    assert missing(*more, clinic=asking("aldrete")) == wanted


def test_it_counts_as_the_other_checks_of_a_release_do() -> None:
    early = replace(scored("aldrete", 2, 2, 2, 2, 2), at=instant(11))
    assert missing(early, clinic=asking("aldrete")) == ["release-form"]


def test_the_items_are_those_the_clinic_asks(clinic: SmallClinic) -> None:
    off = frozenset({"padss.bleeding", "padss.intake and output"})
    with clinic.store.write(clinic.prescriber) as unit:
        kept = unit.setup().clinic
        unit.save(replace(kept, policies=replace(kept.policies, form_off=off)))
        unit.commit()
    stay = booked(clinic).sprayed()
    stay.is_(K.DISCHARGE_FORM, form="padss", form_scores=(2, 2, 2))
    assert [one.form_items for one in stay.stamps(K.DISCHARGE_FORM)] == [
        ("vital signs", "walking", "pain and nausea")
    ]


@pytest.mark.parametrize(
    ("form", "points", "said"),
    [
        ("apgar", (2, 2), "Say which form: aldrete, padss and mpadss."),
        (
            "mpadss",
            (2, 2, 2, 2),
            "Modified PADSS asks a number from 0 to 2 for each: vital signs, walking, nausea, pain and "
            "bleeding.",
        ),
        (
            "mpadss",
            (2, 2, 2, 2, 3),
            "Modified PADSS asks a number from 0 to 2 for each: vital signs, walking, nausea, pain and "
            "bleeding.",
        ),
    ],
)
def test_every_item_is_scored(clinic: SmallClinic, form: str, points: tuple[int, ...], said: str) -> None:
    with pytest.raises(BadInput) as slip:
        booked(clinic).sprayed().is_(K.DISCHARGE_FORM, form=form, form_scores=points)
    assert [one.sentence() for one in slip.value.problems.values()] == [said]


def test_a_form_stands_in_the_history(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    stay.is_(K.DISCHARGE_FORM, form="aldrete", form_scores=(2, 2, 2, 2, 1))
    with clinic.store.read() as records:
        told = [one.after for one in records.history_of(stay.visit.patient_id)]
    assert (2, 2, 2, 2, 1) in [one.form_scores for one in told if isinstance(one, Stamp)]
