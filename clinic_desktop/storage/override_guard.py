"""Overrides of the treatment room as SQL for both databases: a prescriber gives them, with a reason, whatever
program writes. A dose and a release go by them.

It says in the database what :mod:`clinic_desktop.treatment.overriding` says in words. It is asked once, when
one is given: whoever is no prescriber any more was one then.
"""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.storage.guard_sql import blank
from clinic_desktop.treatment.rules import DOSE_FIRST_84, DRIVER_AT_DOSING, DRIVER_AT_RELEASE

NOT_THEIRS = "allowed by no prescriber"
_RULES = ", ".join(f"'{code}'" for code in (DRIVER_AT_DOSING, DRIVER_AT_RELEASE, DOSE_FIRST_84.code))


def allowed_by_nobody(true: str) -> str:
    """An override (``NEW``) of the driver or of the first dose that is no prescriber's, or gives no reason.
    What merely happened (a deviation) allows nothing, and is anybody's to record."""
    return " ".join(
        f"""NEW.rule IN ({_RULES}) AND NEW.deviation <> {true} AND ({blank("NEW.reason", true)}
            OR NOT EXISTS (SELECT 1 FROM staff w WHERE w.id = NEW."by"
                AND replace(w.roles, '"{Role.PRESCRIBER}"', '') <> w.roles))""".split()
    )
