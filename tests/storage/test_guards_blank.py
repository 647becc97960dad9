"""What must be said in words is not said by signs that show nothing, whoever writes: nobody is named by a
blank, and nobody let go by one."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.booking import book
from clinic_desktop.scheduling.model import Override
from clinic_desktop.storage.failures import GuardRefused
from clinic_desktop.treatment.after import close_incident
from clinic_desktop.treatment.model import Stamp, StampKind
from tests.small_clinic import BEA, SmallClinic, instant
from tests.storage.conftest import Direct
from tests.storage.test_guards_release import checked, letting_go_refused, past_the_rules, sprayed
from tests.treatment.stays import booked

K = StampKind
BLANKS = ["", "   ", "\t", "\n ", "\u00a0", "\u200b", "\u2007\u3000", "\ufeff"]
blanks = pytest.mark.parametrize("blank", BLANKS, ids=ascii)


@blanks
def test_a_driver_is_not_named_by_a_blank(clinic: SmallClinic, direct: Direct, blank: str) -> None:
    (visit,) = book(clinic.store, clinic.desk, clinic.wish(plan=None)).visits
    plan = "plan_kind = 'adult drives', plan_name = '{}', plan_phone = '{}', plan_adult = true"
    for name, phone in ((blank, "555-0142"), ("Bea", blank)):
        what = f"state = 'booked', {plan.format(name, phone)}"
        assert "no way home" in direct.refused(f"UPDATE visit SET {what} WHERE id = {visit.id}")
    what = f"state = 'booked', {plan.format(f'{blank}Bea', '555-0142')}"
    direct.run(f"UPDATE visit SET {what} WHERE id = {visit.id}")


@blanks
def test_h7_nobody_is_fetched_by_a_blank(clinic: SmallClinic, blank: str) -> None:
    stay = checked(sprayed(clinic), without=K.DRIVER_SEEN)
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.DRIVER_SEEN, person=blank))
    assert letting_go_refused(stay)
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.DRIVER_SEEN, person=BEA.name))
    assert not letting_go_refused(stay)


@blanks
def test_h5_why_the_forty_minute_pressure_was_missed_is_said(clinic: SmallClinic, blank: str) -> None:
    stay = booked(clinic).prepared()
    stay.device()
    stay.at(10, 15).device()
    checked(stay.at(12, 15))
    past_the_rules(clinic, stay.visit_id, Stamp(kind=K.FORTY_MISSED, note=blank))
    assert letting_go_refused(stay)


@blanks
def test_a_prescriber_allows_and_answers_in_words(clinic: SmallClinic, direct: Direct, blank: str) -> None:
    stay = booked(clinic, "IVM").infused().at(10, 58)
    stay.corrected(K.INFUSION_STOP, instant(10, 40))
    over = Override(visit_id=stay.visit_id, rule="driver", by=clinic.lin.id, reason=blank, day=stay.visit.day)
    with clinic.store.write(PROGRAM) as unit, pytest.raises(GuardRefused, match="prescriber"):
        unit.add(over)
    close = "UPDATE incident SET closed_at = 1, closed_by = {}, answer = '{}'"
    assert "answered by no prescriber" in direct.refused(close.format(clinic.lin.id, blank))
    with clinic.store.write(PROGRAM) as unit:
        unit.add(replace(over, reason="a neighbor"))
        unit.commit()
    close_incident(clinic.store, clinic.prescriber, stay.incidents()[0], "the pump says 10:40")
