"""A clinic in which a prescriber has approved the texts of the program."""

from dataclasses import replace
from datetime import date

from clinic_desktop.aftercare.sheet_text import TextStatus
from clinic_desktop.aftercare.texts import kept, kinds_in_use, shipped_text
from clinic_desktop.foundation.actor import PROGRAM
from tests.small_clinic import MONDAY, SmallClinic


def approve_shipped(clinic: SmallClinic, day: date = MONDAY) -> None:
    with clinic.store.write(PROGRAM) as unit:
        for kind in kinds_in_use(unit.setup()):
            text = replace(kept(unit, shipped_text(unit, kind)), status=TextStatus.APPROVED)
            unit.save(
                replace(
                    text,
                    decided_by=clinic.lin.id,
                    decided_name=clinic.lin.name,
                    decided_at=unit.at,
                    effective_from=day,
                )
            )
        unit.commit()
