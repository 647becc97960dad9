"""What one of the two databases could not hold is taken by neither, and said by field."""

from dataclasses import replace

import pytest

from clinic_desktop.foundation.actor import PROGRAM, Actor
from clinic_desktop.foundation.errors import BadInput
from clinic_desktop.foundation.rules import TOO_LARGE, UNSTORABLE
from clinic_desktop.foundation.trail import Deed
from clinic_desktop.people.model import Address, Patient, Screening
from clinic_desktop.storage import check
from clinic_desktop.storage.unit_of_work import UnitOfWork
from tests.small_clinic import SmallClinic


def refused(clinic: SmallClinic, write, actor: Actor = PROGRAM) -> dict[str, object]:
    """What is said of it by field; nothing of it is written."""
    before = clinic.store.change_number()
    with pytest.raises(BadInput) as caught:
        done(clinic, write, actor)
    assert clinic.store.change_number() == before
    return {name: one.rule for name, one in caught.value.problems.items()}


def done(clinic: SmallClinic, write, actor: Actor = PROGRAM) -> None:
    with clinic.store.write(actor) as unit:
        write(unit)
        unit.commit()


def with_notes(unit: UnitOfWork) -> None:
    unit.save(replace(unit.get(Patient, 1), notes="seen"))


def test_a_nul_within_a_value_of_parts(clinic: SmallClinic):
    def add(street: str):
        return lambda unit: unit.save(replace(unit.get(Patient, 1), address=Address(street=street)))

    for text in ("1 Main\0 St", "\0", "\\\0", "a\\\\\0"):
        assert refused(clinic, add(text)) == {"address": UNSTORABLE}
    for text in (r"C:\u0000", r"C:\\u0000", "\\", "\U0001f600"):  # letters, and no NUL
        done(clinic, add(text))
        with clinic.store.read() as records:
            assert records.get(Patient, 1).address.street == text
    done(clinic, lambda unit: unit.save(replace(unit.get(Patient, 1), notes=r"\u0000")))
    assert check.findings(clinic.store.where) == []


def test_a_nul_in_a_reason_and_in_what_is_only_in_the_trail(clinic: SmallClinic):
    def because(unit: UnitOfWork) -> None:
        with_notes(unit)
        unit.because("a\0b")

    def printed(unit: UnitOfWork) -> None:
        unit.witness(Deed.PRINTED, "patient", 1, {"what": "a list", "printer": "front\0"})

    assert refused(clinic, because) == {"reason": UNSTORABLE}
    assert refused(clinic, printed) == {"printer": UNSTORABLE}
    assert refused(clinic, lambda unit: unit.witness(Deed.VIEWED, "pat\0ient", 1)) == {"kind": UNSTORABLE}
    assert refused(clinic, with_notes, replace(PROGRAM, desk="front\0")) == {"desk": UNSTORABLE}


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 2**63 - 1, 2**70])
def test_a_number_beyond_a_servers(clinic: SmallClinic, number: int):
    said = refused(clinic, lambda unit: unit.witness(Deed.VIEWED, "patient", number))
    assert said == {"number": TOO_LARGE}
    add = Screening(patient_id=1, reviewed_by=number)
    assert refused(clinic, lambda unit: unit.add(add)) == {"reviewed_by": TOO_LARGE}
    done(clinic, lambda unit: unit.witness(Deed.VIEWED, "patient", 2**31 - 1))
