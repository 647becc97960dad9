"""Changes to the small clinic's people that several tests want."""

from dataclasses import replace

from clinic_desktop.people.model import Patient, UsualDriver
from tests.small_clinic import SmallClinic

BEA_MARSH = UsualDriver("Bea Marsh", "(217) 555-0142", "sister")


def give_driver(clinic: SmallClinic, *drivers: UsualDriver) -> None:
    """Amara's usual drivers, on the record before the window opens."""
    with clinic.store.write(clinic.desk) as unit:
        record = unit.get(Patient, clinic.amara.id)
        unit.save(replace(record, drivers=drivers or (BEA_MARSH,)))
        unit.commit()
