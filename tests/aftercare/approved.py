"""A clinic in which a prescriber has approved the texts of the program."""

from dataclasses import replace
from datetime import date

from clinic_desktop.aftercare.sheet_text import ENGLISH, TextStatus
from clinic_desktop.aftercare.texts import kept, kinds_in_use, shipped_text
from clinic_desktop.foundation.actor import PROGRAM
from clinic_desktop.scheduling.ports import ScheduleUnit
from tests.small_clinic import MONDAY, SmallClinic


def approve_shipped(clinic: SmallClinic, day: date = MONDAY) -> None:
    with clinic.store.write(PROGRAM) as unit:
        for kind in kinds_in_use(unit.setup()):
            _approved(unit, clinic, kind, ENGLISH, day)
        unit.commit()


def approve_translation(clinic: SmallClinic, kind: str, language: str, day: date = MONDAY) -> None:
    with clinic.store.write(PROGRAM) as unit:
        _approved(unit, clinic, kind, language, day)
        unit.commit()


def _approved(unit: ScheduleUnit, clinic: SmallClinic, kind: str, language: str, day: date) -> None:
    text = replace(kept(unit, shipped_text(unit, kind, language)), status=TextStatus.APPROVED)
    unit.save(
        replace(
            text,
            decided_by=clinic.lin.id,
            decided_name=clinic.lin.name,
            decided_at=unit.at,
            effective_from=day,
        )
    )
