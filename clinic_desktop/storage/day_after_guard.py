"""What a check-in call brought up, as SQL for both databases: a red answer is on record only with its request
to the prescriber; what was asked stays as it was asked, and only a prescriber's word answers it.

It says in the database what :mod:`clinic_desktop.treatment.day_after_calling` does in one transaction. A
request is never deleted: its table is one of those that are kept for good.
"""

from clinic_desktop.foundation.actor import Role
from clinic_desktop.scheduling.day_after import RED

NOT_ASKED = "red answer without its request"
NO_PRESCRIBER = "answered by no prescriber"

_ASKED = ("visit_id", "items", "note", "asked_at", "asked_by")
_ANSWER = ("answer", "answered_at", "answered_by", "told_by", "due_on")
_SIGNED = ("signed_at", "signed_by", "agreed")


def unasked(call: str = "NEW") -> str:
    """A call (``NEW`` in a trigger, a table's name in a query) with a red answer that no request carries."""
    return " OR ".join(f"({_yes(code, call)} AND {_no_request(code, call)})" for code in RED)


def _yes(code: str, call: str) -> str:
    return f'''replace({call}."yes", '"{code}"', \'\') <> {call}."yes" '''.strip()


def _no_request(code: str, call: str) -> str:
    return " ".join(
        f"""NOT EXISTS (SELECT 1 FROM after_flag f WHERE f.id = {call}.flag_id
            AND f.visit_id = {call}.visit_id AND replace(f.items, '"{code}"', '') <> f.items)""".split()
    )


def flag_rewritten(differs: str) -> str:
    """A change of what was asked, of an answer that is there, or of a signature. ``differs``: the database's
    word for "is another value"."""
    return " ".join(
        f"""{_changed(_ASKED, differs)} OR OLD.answered_at IS NOT NULL AND {_changed(_ANSWER, differs)}
        OR OLD.signed_at IS NOT NULL AND {_changed(_SIGNED, differs)}""".split()
    )


def answered_by_nobody() -> str:
    """A request (``NEW``) that is answered, and by the word of no prescriber."""
    return " ".join(
        f"""NEW.answered_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM staff w
            WHERE w.id = coalesce(NEW.told_by, NEW.answered_by)
            AND replace(w.roles, '"{Role.PRESCRIBER}"', '') <> w.roles)""".split()
    )


def _changed(columns: tuple[str, ...], differs: str) -> str:
    return "(" + " OR ".join(f'NEW."{one}" {differs} OLD."{one}"' for one in columns) + ")"
