"""H2 in the database: a first Spravato dose outside of the site's certification is on record only as the
deviation that it is, whoever writes. What happened is kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.model import Clinic
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.storage.tables import metadata
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import MONDAY, SmallClinic, instant
from tests.storage.conftest import Direct
from tests.treatment.stays import Stay, booked

K = StampKind
DAY = timedelta(days=1)
YESTERDAY, TOMORROW = MONDAY - DAY, MONDAY + DAY


def certified(clinic: SmallClinic, first: date | None, last: date | None) -> None:
    with clinic.store.write(PROGRAM) as unit:
        (itself,) = unit.find(Clinic)
        unit.save(replace(itself, certified_on=first, certified_until=last))
        unit.commit()


def raw(stay: Stay, kind: StampKind, deviations: str = "[]", minute: int = 10) -> str:
    """What another program writes: a copy of the arrival under another name."""
    own = {"id", "kind", "at", "deviations"}
    columns = ", ".join(f'"{one.name}"' for one in metadata.tables["stamp"].columns if one.name not in own)
    second = int(instant(10, minute).timestamp())
    return f"""INSERT INTO stamp ({columns}, kind, at, deviations) SELECT {columns}, '{kind}', {second},
               '{deviations}' FROM stamp WHERE visit_id = {stay.visit_id} AND kind = 'arrived'"""


OUTSIDE = [
    (None, YESTERDAY, "dose-certified"),
    (TOMORROW, None, "dose-certified-from"),
    (MONDAY - 400 * DAY, YESTERDAY, "dose-certified"),
    (TOMORROW, TOMORROW + DAY, "dose-certified-from"),
]


@pytest.mark.parametrize(("first", "last", "code"), OUTSIDE)
def test_h2_raw_sql_gives_no_first_dose_outside_of_the_certification(
    clinic: SmallClinic, direct: Direct, first: date | None, last: date | None, code: str
) -> None:
    stay = booked(clinic).prepared()
    certified(clinic, first, last)
    assert "not certified" in direct.refused(raw(stay, K.DOSE))
    assert "not certified" in direct.refused(raw(stay, K.DOSE, '["dose-rest"]'))
    direct.run(raw(stay, K.DOSE, f'["dose-rest", "{code}"]'))  # it happened, and is found as what it is


@pytest.mark.parametrize(("first", "last"), [(None, None), (MONDAY, None), (None, MONDAY), (MONDAY, MONDAY)])
def test_h2_raw_sql_gives_it_on_a_day_of_the_certification_or_where_none_is_on_record(
    clinic: SmallClinic, direct: Direct, first: date | None, last: date | None
) -> None:
    stay = booked(clinic).prepared()
    certified(clinic, first, last)
    direct.run(raw(stay, K.DOSE))


def test_h2_only_the_first_dose_of_a_visit_is_asked(clinic: SmallClinic, direct: Direct) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    certified(clinic, None, YESTERDAY)
    direct.run(raw(stay, K.DOSE, minute=15))
    assert "not certified" in direct.refused(raw(stay, K.DOSE, minute=9))  # it would be the first


def test_h2_a_dose_that_was_struck_out_is_none(clinic: SmallClinic, direct: Direct) -> None:
    stay = booked(clinic).prepared()
    device = stay.device().stamps[0]
    stay.says(Stamp(kind=K.STRUCK, corrects=device.id, reason="another patient"))
    certified(clinic, None, YESTERDAY)
    assert "not certified" in direct.refused(raw(stay, K.DOSE, minute=15))


def test_h2_another_treatment_is_not_asked(clinic: SmallClinic, direct: Direct) -> None:
    stay = booked(clinic, "IVM").prepared()
    certified(clinic, None, YESTERDAY)
    direct.run(raw(stay, K.INFUSION_START))


def test_h2_what_happened_is_kept_and_so_is_its_correction(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    certified(clinic, None, YESTERDAY)
    (given,) = stay.says(Stamp(kind=K.DOSE, lot="12K345"), happened=True).stamps
    assert "dose-certified" in given.deviations
    fixed = Stamp(kind=K.DOSE, lot="12K346", corrects=given.id, at=given.at, reason="read the wrong box")
    assert stay.says(fixed).stamps[0].lot == "12K346"


def test_h2_a_dose_that_names_what_it_does_not_correct_is_asked_like_any(clinic: SmallClinic) -> None:
    """Neither a consent nor another visit's dose is corrected by it."""
    stay = booked(clinic).prepared()
    with clinic.store.write(PROGRAM) as unit:
        other = unit.add(replace(stay.visit, id=0, version=0))
        unit.commit()
    device, consent = stay.device().stamps[0], stay.stamps(K.CONSENT)[-1]
    stay.says(Stamp(kind=K.STRUCK, corrects=device.id, reason="another patient"))
    again = stay.device().stamps[0]
    certified(clinic, None, YESTERDAY)
    for visit_id, number in ((other.id, again.id), (other.id, consent.id), (other.id, None)):
        with pytest.raises(GuardRefused, match="certification does not hold"):
            _says(clinic, Stamp(kind=K.DOSE, visit_id=visit_id, corrects=number))
    stay.says(Stamp(kind=K.STRUCK, corrects=again.id, reason="another patient"))
    for number in (device.id, again.id, consent.id):  # struck out, or no dose
        with pytest.raises(GuardRefused, match="certification does not hold"):
            _says(clinic, Stamp(kind=K.DOSE, visit_id=stay.visit_id, corrects=number))


def _says(clinic: SmallClinic, stamp: Stamp) -> None:
    """What a program writes that knows none of our rules."""
    with clinic.store.write(PROGRAM) as unit:
        unit.add(replace(stamp, at=unit.at, recorded_at=unit.at, by=clinic.maya.id))
        unit.commit()


def test_h2_it_is_said_in_words(clinic: SmallClinic) -> None:
    stay = booked(clinic).prepared()
    certified(clinic, None, YESTERDAY)
    with clinic.store.write(PROGRAM) as unit:
        dose = Stamp(kind=K.DOSE, visit_id=stay.visit_id, at=unit.at, recorded_at=unit.at, by=clinic.maya.id)
        with pytest.raises(GuardRefused, match="certification does not hold"):
            unit.add(dose)
