"""Incidents as SQL for both databases: only a prescriber closes one, for a release may wait for that answer;
and what was answered stays, whatever program writes.

It says in the database what :func:`clinic_desktop.treatment.after.close_incident` does.
"""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.storage.guard_sql import blank

_ASKED = ("visit_id", "stamp_id", "codes", "opened_at", "opened_by")
_ANSWER = ("closed_at", "closed_by", "answer")


def closed_by_nobody(true: str) -> str:
    """An incident (``NEW``) that is closed, and not by a prescriber's words. ``true``: the database's word
    for it."""
    return " ".join(
        f"""NEW.closed_at IS NOT NULL AND ({blank("NEW.answer", true)}
            OR NOT EXISTS (SELECT 1 FROM staff w WHERE w.id = NEW.closed_by
                AND replace(w.roles, '"{Role.PRESCRIBER}"', '') <> w.roles))""".split()
    )


def incident_rewritten(differs: str) -> str:
    """A change of what an incident is about, or of an answer that is there. ``differs``: the database's word
    for "is another value"."""
    return f"{_changed(_ASKED, differs)} OR OLD.closed_at IS NOT NULL AND {_changed(_ANSWER, differs)}"


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return "(" + " OR ".join(f'NEW."{one}" {differs} OLD."{one}"' for one in columns) + ")"
