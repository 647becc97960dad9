"""A typed time in an order that a day seldom has is asked about once; said again, it is recorded."""

from dataclasses import replace
from datetime import datetime

import pytest

from clinic_desktop.foundation.errors import Refusal
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import SmallClinic, instant
from tests.treatment.stays import K, Stay, booked


def asked(stay: Stay, *stamps: Stamp) -> list[str]:
    try:
        stay.says(*stamps)
    except Refusal as refusal:
        return [one.sentence() for one in refusal.findings]
    return []


def test_a_consent_before_the_arrival_is_asked_about_and_then_recorded(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(10, 2)
    stay.is_(K.ARRIVED)
    consent = Stamp(kind=K.CONSENT, at=instant(9, 50))
    words = "'consent seen' at 9:50 AM is before 'arrived' at 10:02 AM. Is that right?"
    assert asked(stay.at(10, 20), consent) == [words]
    saved = stay.says(consent, happened=True).stamps[0]
    assert (saved.at, saved.deviations, stay.incidents()) == (instant(9, 50), (), [])


@pytest.mark.parametrize(
    ("kind", "at", "words"),
    [
        (K.CONSENT, instant(9, 40), "'consent seen' at 9:40 AM is before 'arrived' at 9:50 AM"),
        (K.CONSENT, instant(10, 12), "'dose' at 10:10 AM is before 'consent seen' at 10:12 AM"),
        (K.ARRIVED, instant(10, 1), "'in room' at 10:00 AM is before 'arrived' at 10:01 AM"),
        (K.IN_ROOM, instant(10, 14), "'dose' at 10:10 AM is before 'in room' at 10:14 AM"),
        (
            K.DOSE,
            instant(9, 58),
            "'dose' at 9:58 AM is before 'in room' at 10:00 AM. Is that right? "
            "'dose' at 9:58 AM is before 'consent seen' at 10:02 AM",
        ),
        (K.RELEASED, instant(11, 30), "'released' at 11:30 AM is before 'sheet handed over' at 12:10 PM"),
    ],
)
def test_a_correction_is_asked_about_too(
    clinic: SmallClinic, kind: StampKind, at: datetime, words: str
) -> None:
    stay = booked(clinic).sprayed()
    if kind is K.RELEASED:
        stay.at(12, 10).checked().at(12, 16).is_(K.RELEASED)
    old = stay.stamps(kind)[0]
    wrong = replace(old, id=0, version=0, at=at, corrects=old.id, reason="a typing error", deviations=())
    assert " ".join(asked(stay.at(13), wrong)) == f"{words}. Is that right?"
    assert stay.says(wrong, happened=True).stamps[0].at == at


def test_what_is_usual_or_repeated_or_left_as_it_was_is_not_asked_about(clinic: SmallClinic) -> None:
    stay = booked(clinic).sprayed()
    assert asked(stay.at(10, 55), Stamp(kind=K.VITALS, at=instant(10, 30), systolic=130, diastolic=80)) == []
    assert asked(stay, Stamp(kind=K.SETTLED, at=instant(10, 15))) == []
    assert asked(stay, Stamp(kind=K.CONSENT, at=instant(10, 40))) == []
    stay.says(Stamp(kind=K.WALKS, at=instant(10, 8)), happened=True)
    old = stay.stamps(K.WALKS)[0]
    again = replace(old, id=0, version=0, corrects=old.id, reason="who", note="with a stick", deviations=())
    assert asked(stay, again) == []


def test_what_a_key_stamps_now_and_what_goes_out_of_the_house_is_not_asked_about(clinic: SmallClinic) -> None:
    stay = booked(clinic).at(9, 30)
    assert asked(stay, Stamp(kind=K.TOLD, at=instant(9), person="Dr. Lin")) == []
    stay.at(10).is_(K.CONSENT)
    assert asked(stay.at(10, 2), Stamp(kind=K.ARRIVED)) == []


@pytest.mark.parametrize(
    "stamp", [Stamp(kind=K.VITALS, systolic=210, diastolic=125), Stamp(kind=K.SEDATION, score=1)]
)
def test_what_is_measured_now_in_somebody_who_has_gone_is_asked_about(
    clinic: SmallClinic, stamp: Stamp
) -> None:
    """They are here, and no alarm stands for them; or it is another patient's."""
    stay = booked(clinic).sprayed()
    stay.at(11).is_(K.LEFT_EARLY, note="the wrong row")
    words = f"'left before release' at 11:00 AM is before '{stamp.kind}' at 11:05 AM. Is that right?"
    assert asked(stay.at(11, 5), stamp) == [words]
    assert asked(stay, Stamp(kind=K.FORTY_MISSED, note="gone")) == []  # what is still to be written
    saved = stay.says(stamp, happened=True).stamps[0]
    assert (saved.at, saved.deviations) == (instant(11, 5), ())


def test_a_correction_names_everything_that_it_contradicts(clinic: SmallClinic) -> None:
    stay = booked(clinic, "IVM").infused()
    end = stay.stamps(K.INFUSION_STOP)[0]
    wrong = replace(end, id=0, version=0, at=instant(9, 45), corrects=end.id, reason="read wrong")
    words = "'infusion stopped' at 9:45 AM is before '{}' at {} AM. Is that right?"
    before = {"arrived": "9:50", "infusion started": "10:15"}
    assert asked(stay.at(11), wrong) == [words.format(*one) for one in before.items()]
