"""Changes to the small clinic's people that several tests want."""

from dataclasses import replace
from datetime import date

from clinic_desktop.people.model import Clearance, Patient, Screening, UsualDriver
from tests.small_clinic import SmallClinic

BEA_MARSH = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")


def give_driver(clinic: SmallClinic, *drivers: UsualDriver) -> None:
    """Amara's usual drivers, on the record before the window opens."""
    with clinic.store.write(clinic.desk) as unit:
        record = unit.get(Patient, clinic.amara.id)
        unit.save(replace(record, drivers=drivers or (BEA_MARSH,)))
        unit.commit()


def clear_noah(clinic: SmallClinic) -> None:
    """Noah may have infusions, too."""
    noah, lin = clinic.noah.id, clinic.lin.id
    with clinic.store.write(clinic.desk) as unit:
        unit.add(Clearance(0, 0, noah, "iv", lin, date(2026, 11, 1), date(2027, 11, 1)))
        unit.add(Screening(patient_id=noah, reviewed_by=lin, reviewed_at=clinic.clock.now()))
        unit.commit()
